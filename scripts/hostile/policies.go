package main

import (
	"encoding/json"
	"fmt"
	"strings"
)

// policyBytes is below the limit of a policy: what is larger is refused unread.
const policyBytes = 120_000

// organization writes an AWS Organization of accounts whose root has policies of
// this content.
func organization(accounts int, content func(size int) string) func(string, int) error {
	return func(dir string, size int) error {
		quoted, err := json.Marshal(content(policyBytes))
		if err != nil {
			return err
		}
		policies := max(1, size/policyBytes)
		answers := map[string]string{
			"describe-organization.json":           `{"Organization":{"Id":"o-aaaaaaaaaa","Arn":"arn:aws:organizations::111100000001:organization/o-aaaaaaaaaa","FeatureSet":"ALL","MasterAccountId":"111100000001"}}`,
			"list-roots.json":                      `{"Roots":[{"Id":"r-aaaa","Arn":"arn:aws:organizations::111100000001:root/o-aaaaaaaaaa/r-aaaa","Name":"Root","PolicyTypes":[{"Type":"SERVICE_CONTROL_POLICY","Status":"ENABLED"}]}]}`,
			"list-policies.json":                   `{"Policies":[` + joined(policies, summary) + `]}`,
			"list-policies-for-target-r-aaaa.json": `{"Policies":[` + joined(policies, summary) + `]}`,
			"list-accounts.json":                   `{"Accounts":[` + joined(accounts, member) + `]}`,
			"list-children-r-aaaa.json":            `{"Children":[` + joined(accounts, `{"Id":"1111%08d","Type":"ACCOUNT"}`) + `]}`,
			"credential_report.csv":                reports(accounts),
		}
		for n := range policies {
			answers[number("describe-policy-", n)+".json"] = `{"Policy":{"PolicySummary":` + formatted(summary)(n) + `,"Content":` + string(quoted) + `}}`
		}
		for name, text := range answers {
			if err := writeFile(dir, "2021-01-24/org/"+name, func(w *writer) { w.text(text) }); err != nil {
				return err
			}
		}
		return nil
	}
}

const summary = `{"Id":"p-%08[1]d","Arn":"arn:aws:organizations::111100000001:policy/o-aaaaaaaaaa/service_control_policy/p-%08[1]d","Name":"p","Type":"SERVICE_CONTROL_POLICY","AwsManaged":false}`

func joined(count int, format string) string {
	texts := make([]string, count)
	for n := range texts {
		texts[n] = fmt.Sprintf(format, n)
	}
	return strings.Join(texts, ",")
}

func reports(accounts int) string {
	var text strings.Builder
	text.WriteString(standardHeader)
	for n := range accounts {
		text.WriteString(standardRow(accountID(n), "alice"))
	}
	return text.String()
}

// statements is a policy of size bytes.
func statements(format string) func(int) string {
	return func(size int) string {
		return `{"Version":"2012-10-17","Statement":[` + joined(size/(len(format)+4), format) + `]}`
	}
}

const denial = `{"Sid":"s%d","Effect":"Deny","NotAction":"iam:*","Resource":"*","Condition":{"BoolIfExists":{"aws:MultiFactorAuthPresent":"false"}}}`

var policies = []input{
	{name: "scp: statements, 10,000 accounts", write: organization(10_000, statements(denial))},
	{name: "scp: statements", write: organization(10, statements(denial))},
	{name: "scp: users in conditions", write: organization(100, statements(
		`{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"Bool":{"aws:MultiFactorAuthPresent":"false"},"StringNotLike":{"aws:username":"*a*a*a*a*a*a*a*a*b%d"}}}`))},
	{name: "scp: values of a condition", write: organization(100, func(size int) string {
		return `{"Statement":{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"Bool":{"aws:MultiFactorAuthPresent":"false"},"ArnNotLike":{"aws:PrincipalArn":[` +
			joined(size/40, `"arn:aws:iam::*:user/*a*a*%d"`) + `]}}}}`
	})},
	{name: "scp: actions", write: organization(100, func(size int) string {
		return `{"Statement":{"Effect":"Deny","Resource":"*","NotAction":[` + joined(size/20, `"iam:*a*a*a*%d"`) + `]}}`
	})},
	{name: "scp: conditions", write: organization(100, func(size int) string {
		return `{"Statement":{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"StringNotEquals":{` + joined(size/40, `"aws:PrincipalTag/%[1]d":"${aws:username}"`) + `}}}}`
	})},
	{name: "scp: brackets", write: organization(100, func(size int) string {
		return `{"Statement":` + strings.Repeat("[", size)
	})},
}
