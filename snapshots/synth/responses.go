package synth

import "iter"

// responses are the responses of aws organizations: for each file its name, with the
// id that the request named, and its content. Empty lists are omitted.
func (o *awsOrganization) responses(d Documents) iter.Seq2[string, object] {
	return func(yield func(string, object) bool) {
		if o.treeResponses(yield) && d == AllDocuments && o.settingResponses(yield) && o.hasSCPs {
			o.policyResponses(yield)
		}
	}
}

// treeResponses list the accounts and units. all is false if yield stopped.
func (o *awsOrganization) treeResponses(yield func(string, object) bool) (all bool) {
	var accounts []object
	inside, below := make([][]object, len(o.nodes)), make([][]object, len(o.nodes))
	for _, m := range o.members {
		account := o.account(m)
		accounts = append(accounts, account)
		inside[m.node] = append(inside[m.node], account)
	}
	for _, n := range o.nodes[1:] {
		below[n.parent] = append(below[n.parent], object{"Id": n.id, "Arn": o.arn("ou", n.id), "Name": n.name})
	}
	if !yield("list-accounts", object{"Accounts": accounts}) {
		return false
	}
	for i, n := range o.nodes {
		if len(below[i]) > 0 && !yield("list-organizational-units-for-parent-"+n.id, object{"OrganizationalUnits": below[i]}) ||
			len(inside[i]) > 0 && !yield("list-accounts-for-parent-"+n.id, object{"Accounts": inside[i]}) {
			return false
		}
	}
	return true
}

// settingResponses have the settings that enable service control policies.
func (o *awsOrganization) settingResponses(yield func(string, object) bool) (all bool) {
	types := []object{}
	if o.hasSCPs {
		types = append(types, object{"Type": "SERVICE_CONTROL_POLICY", "Status": "ENABLED"})
	}
	management, root := o.manager, o.nodes[0]
	return yield("describe-organization", object{"Organization": object{
		"Id": o.id, "Arn": "arn:aws:organizations::" + management + ":organization/" + o.id, "FeatureSet": o.features,
		"MasterAccountId": management, "MasterAccountArn": o.arn("account", management), "MasterAccountEmail": email(management),
		"AvailablePolicyTypes": types,
	}}) && yield("list-roots", object{"Roots": []object{{
		"Id": root.id, "Arn": o.arn("root", root.id), "Name": root.name, "PolicyTypes": types,
	}}})
}

// policyResponses have the policies and their targets.
func (o *awsOrganization) policyResponses(yield func(string, object) bool) {
	full := policy{scp: fullAccess, id: "p-FullAWSAccess"}
	summaries, everything := []object{o.summary(full)}, []object{}
	for i := range o.nodes {
		everything = append(everything, o.target(i))
	}
	for _, m := range o.members {
		everything = append(everything, object{"TargetId": m.id, "Arn": o.arn("account", m.id), "Name": accountName(m.id), "Type": "ACCOUNT"})
	}
	if !o.onePolicy(full, everything, yield) {
		return
	}
	for _, p := range o.policies {
		summaries = append(summaries, o.summary(p))
		if !o.onePolicy(p, []object{o.target(p.target)}, yield) {
			return
		}
	}
	yield("list-policies", object{"Policies": summaries})
}

// onePolicy gives the targets of a policy, and its content unless withheld.
func (o *awsOrganization) onePolicy(p policy, targets []object, yield func(string, object) bool) (all bool) {
	return yield("list-targets-for-policy-"+p.id, object{"Targets": targets}) &&
		(p.withheld || yield("describe-policy-"+p.id, object{"Policy": object{"PolicySummary": o.summary(p), "Content": p.content}}))
}

func (o *awsOrganization) account(m member) object {
	method := "CREATED"
	if m.invited {
		method = "INVITED"
	}
	return object{
		"Id": m.id, "Arn": o.arn("account", m.id), "Email": email(m.id), "Name": accountName(m.id), "Status": "ACTIVE",
		"JoinedMethod": method, "JoinedTimestamp": utc(m.joined).Format("2006-01-02T15:04:05.000000+00:00"),
	}
}

func (o *awsOrganization) summary(p policy) object {
	arn, own := o.arn("policy", "service_control_policy/"+p.id), p.name == fullAccess.name
	if own {
		arn = "arn:aws:organizations::aws:policy/service_control_policy/" + p.id
	}
	return object{"Id": p.id, "Arn": arn, "Name": p.name, "Description": p.description, "Type": "SERVICE_CONTROL_POLICY", "AwsManaged": own}
}

func (o *awsOrganization) target(node int) object {
	kind, name := "ORGANIZATIONAL_UNIT", "ou"
	if node == 0 {
		kind, name = "ROOT", "root"
	}
	n := o.nodes[node]
	return object{"TargetId": n.id, "Arn": o.arn(name, n.id), "Name": n.name, "Type": kind}
}

func (o *awsOrganization) arn(kind, id string) string {
	return "arn:aws:organizations::" + o.manager + ":" + kind + "/" + o.id + "/" + id
}

func accountName(account string) string { return "account-" + account }
func email(account string) string       { return "aws+" + account + "@synth.example" }
