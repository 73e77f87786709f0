package main

import (
	"encoding/base64"
	"math"
	"strings"
)

const member = `{"Id":"1111%08[1]d","Arn":"arn:aws:organizations::111100000001:account/o-aaaaaaaaaa/1111%08[1]d","Name":"n","Status":"ACTIVE","JoinedTimestamp":"2020-01-01T00:00:00Z"}`

var documents = []input{
	{name: "json: joined responses", write: filled("r.json", "", func(n int) string {
		report := base64.StdEncoding.EncodeToString([]byte(standardHeader + standardRow(accountID(n), "alice")))
		return `{"Content":"` + report + `","ReportFormat":"text/csv","GeneratedTime":"2021-01-24T09:38:09+00:00"}`
	}, "")},
	{name: "json: joined empty responses", write: filled("r.json", "", always(`{"Accounts":[]}`), "")},
	{name: "json: joined objects", write: filled("r.json", `{"SummaryMap":{}}`, always(`{}`), "")},
	{name: "json: keys of an object", write: listed("r.json", "{", formatted(`"k%d":0`), "}")},
	{name: "json: keys of a summary", write: listed("r.json", `{"SummaryMap":{`, formatted(`"k%d":-1`), "}}")},
	{name: "json: one key", write: listed("r.json", `{`, always(`"Accounts":[]`), "}")},
	{name: "json: keys of rows", write: listed("r.json", "[", formatted(`{"user_name":"u%[1]d","password_enabled":true,"c%[1]d":1}`), "]")},
	{name: "json: rows by columns", write: listed("r.json", `{"user":{`, formatted(`"%d":"u"`), `},"password_enabled":{}}`)},
	{name: "json: short rows", write: listed("r.json", "[", formatted(`{"user":"%d","arn":""}`), "]")},
	{name: "json: lines", write: filled("r.jsonl", "", formatted("{\"user\":\"%d\",\"arn\":\"\"}\n"), "")},
	{name: "json: users", write: listed("r.json", `{"GroupDetailList":[],"UserDetailList":[`, formatted(`{"UserName":"u%d"}`), "]}")},
	{name: "json: bad users", write: listed("r.json", `{"GroupDetailList":[],"UserDetailList":[`, always("0"), "]}")},
	{name: "json: empty lists", write: listed("r.json", `{"Accounts":[`, always("[]"), "]}")},
	{name: "json: brackets", write: filled("r.json", `{"Accounts":`, always("["), "")},
	{name: "json: open text", write: filled("r.json", `{"Accounts":[{"Id":"`, always(`\u00e9`), "")},
	{name: "json: absurd counts", write: func(dir string, _ int) error {
		for n := range 3 {
			err := writeFile(dir, "2021-01-24/org/"+accountID(n)+"/summary.json", func(w *writer) {
				w.text(strings.ReplaceAll(`{"SummaryMap":{"Users":N,"Groups":N,"Roles":N,"Policies":N,"AccountMFAEnabled":N,"MFADevices":N}}`, "N", number("", math.MaxInt64)))
			})
			if err != nil {
				return err
			}
		}
		return nil
	}},
	{name: "json: names of accounts", write: listed("list-accounts.json", `{"Accounts":[`, func(n int) string {
		return strings.Replace(formatted(member)(n), `"n"`, `"`+strings.Repeat("n", 65_000)+`"`, 1)
	}, "]}")},
	{name: "json: accounts", write: listed("list-accounts.json", `{"Accounts":[`, formatted(member), "]}")},
	{name: "json: Latin-1 rule", write: listed("rules.json", `{"ConfigRules":[`, formatted("{\"ConfigRuleName\":\"r\xe9%d\",\"Source\":{\"SourceIdentifier\":\"MFA\"}}"), "]}")},
	{name: "json: parameters of rules", write: listed("rules.json", `{"ConfigRules":[`, func(n int) string {
		return `{"ConfigRuleName":"` + number("r", n) + `","Source":{"SourceIdentifier":"MFA"},"InputParameters":"` + strings.Repeat("p", 60_000) + `"}`
	}, "]}")},
	{name: "json: results", write: listed("select-resource-config.json", `{"Results":[`,
		formatted(`"{\"resourceType\":\"AWS::IAM::User\",\"resourceId\":\"AIDA%[1]d\",\"accountId\":\"111100000001\",\"resourceName\":\"u%[1]d\"}"`), "]}")},
	{name: "json: accounts of results", write: listed("select-resource-config.json", `{"Results":[`,
		formatted(`"{\"resourceType\":\"AWS::IAM::User\",\"resourceId\":\"AIDA\",\"accountId\":\"1111%08d\"}"`), "]}")},
	{name: "json: configuration items", write: listed("111100000001_Config_eu-west-1_ConfigSnapshot_20210124T040000Z_0.json",
		`{"fileVersion":"1.0","configSnapshotId":"0","configurationItems":[`,
		formatted(`{"resourceType":"AWS::IAM::Role","resourceId":"%d","awsAccountId":"111100000001"}`), "]}")},
}
