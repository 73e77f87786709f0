package synth

// An scp is a service control policy that an organization may have.
type scp struct {
	name, description string
	share             float64 // of the organizations
	content           string
}

// scps are attached independently of each other. The first three require MFA: for all
// requests, for console sessions only, and for a few actions only.
var scps = []scp{
	{"DenyAllWithoutMFA", "Nothing but MFA self-service without MFA", 0.3,
		deny("DenyAllWithoutMFA", `"NotAction":`+selfService, `"BoolIfExists":{"aws:MultiFactorAuthPresent":"false"}`)},
	{"DenyConsoleWithoutMFA", "Nothing but MFA self-service in sessions without MFA", 0.12,
		deny("DenyConsoleWithoutMFA", `"NotAction":`+selfService, `"Bool":{"aws:MultiFactorAuthPresent":"false"}`)},
	{"DenyStoppingWithoutMFA", "No stopping of instances without MFA", 0.15,
		deny("DenyStoppingWithoutMFA", `"Action":["ec2:StopInstances","ec2:TerminateInstances"]`,
			`"BoolIfExists":{"aws:MultiFactorAuthPresent":"false"}`)},
	{"DenyLeaving", "No account leaves the organization", 0.4,
		deny("DenyLeaving", `"Action":"organizations:LeaveOrganization"`, "")},
}

const selfService = `["iam:CreateVirtualMFADevice","iam:EnableMFADevice","iam:GetUser","iam:ListMFADevices",` +
	`"iam:ListVirtualMFADevices","iam:ResyncMFADevice","sts:GetSessionToken"]`

// fullAccess is managed by AWS, and attached to every node where policies are enabled.
var fullAccess = scp{"FullAWSAccess", "Allows access to every operation", 1,
	`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}`}

func deny(sid, actions, condition string) string {
	if condition != "" {
		condition = `,"Condition":{` + condition + `}`
	}
	return `{"Version":"2012-10-17","Statement":[{"Sid":"` + sid + `","Effect":"Deny",` + actions + `,"Resource":"*"` + condition + `}]}`
}

// A policy is a service control policy of one AWS Organization.
type policy struct {
	scp
	id       string
	target   int  // index of the root or unit it is attached to
	withheld bool // its content is in no file
}

// policies draws the policies of an AWS Organization with a number of units.
func (s stream) policies(units int) (list []policy) {
	for _, p := range scps {
		if !s.chance(p.share) {
			continue
		}
		target := 0
		if units > 0 && s.chance(0.5) {
			target = 1 + s.IntN(units)
		}
		list = append(list, policy{p, s.id("p-", 8), target, s.chance(0.1)})
	}
	return list
}
