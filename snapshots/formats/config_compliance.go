package formats

import (
	"encoding/json"
	"fmt"
	"iamcensus/snapshots"
	"regexp"
	"strings"
)

// configCompliance is the AWS Config rules and their results for each resource.
// Counts of resources are refused, since AWS caps them.
// https://docs.aws.amazon.com/config/latest/APIReference/API_EvaluationResult.html
// https://docs.aws.amazon.com/config/latest/APIReference/API_ConfigRule.html
var configCompliance = Format{
	Name:  "config-compliance",
	Title: "AWS Config rules and results, the JSON of aws configservice get-compliance-details-by-... and describe-config-rules",
	Match: hasKey("EvaluationResults", "ConfigRules", "ComplianceByConfigRules", "ComplianceByResources",
		"ComplianceSummary", "ComplianceSummariesByResourceType"),
	Read: readConfigCompliance,
}

func readConfigCompliance(in Input, out Sink) {
	r := newResponse(in, out, "aws configservice get-compliance-details-by-config-rule")
	capped := refuseAll(r, "capped_counts",
		"AWS caps the counts in this response",
		"save the output of aws configservice get-compliance-details-by-config-rule for each rule")
	if r.read(map[string]fieldReader{
		"EvaluationResults":                 list(r, r.evaluation),
		"ConfigRules":                       list(r, r.configRule),
		"ComplianceByConfigRules":           capped,
		"ComplianceByResources":             capped,
		"ComplianceSummary":                 capped,
		"ComplianceSummariesByResourceType": capped,
	}) {
		out.Document(r.Document)
	}
}

type evaluationResult struct {
	EvaluationResultIdentifier struct {
		EvaluationResultQualifier struct{ ConfigRuleName, ResourceType, ResourceID string }
	}
	ComplianceType, Annotation string

	ResultRecordedTime jsonTime
}

func (r *response) evaluation(v evaluationResult) (problem string) {
	id := v.EvaluationResultIdentifier.EvaluationResultQualifier
	switch {
	case id.ConfigRuleName == "":
		return "has no ConfigRuleName"
	case id.ResourceType == "":
		return "has no ResourceType"
	case id.ResourceID == "":
		return "has no ResourceId"
	case v.ComplianceType == "":
		return "has no ComplianceType"
	case !isConfigRule(id.ConfigRuleName):
		return "has an invalid ConfigRuleName"
	case !resourceType.MatchString(id.ResourceType):
		return "has an invalid ResourceType"
	case !isResourceID(id.ResourceID):
		return "has an invalid ResourceId"
	case !capitals.MatchString(v.ComplianceType):
		return "has an invalid ComplianceType"
	}
	r.Compliance = append(r.Compliance, snapshots.Compliance{
		RuleName: id.ConfigRuleName, ResourceType: id.ResourceType, ResourceID: id.ResourceID,
		Result: v.ComplianceType, Annotation: r.text("Annotation", v.Annotation, maxAnnotation),
		RecordedAt: r.time("ResultRecordedTime", v.ResultRecordedTime),
	})
	return ""
}

type describedRule struct {
	ConfigRuleName, ConfigRuleArn string

	InputParameters jsonText
	Source          struct{ SourceIdentifier string }
}

func (r *response) configRule(v describedRule) (problem string) {
	switch {
	case v.ConfigRuleName == "":
		return "has no ConfigRuleName"
	case !isConfigRule(v.ConfigRuleName):
		return "has an invalid ConfigRuleName"
	}
	r.setAccount(v.ConfigRuleArn)
	if parts := strings.SplitN(v.ConfigRuleArn, ":", 5); r.Region == "" && len(parts) > 3 && regionName.MatchString(parts[3]) {
		r.Region = parts[3]
	}
	rule := snapshots.Rule{Name: v.ConfigRuleName, Parameters: knownParameters(v.InputParameters)}
	if capitals.MatchString(v.Source.SourceIdentifier) {
		rule.Identifier = v.Source.SourceIdentifier
	}
	r.Rules = append(r.Rules, rule)
	return ""
}

// ruleParameters are the parameters of rules that are kept: numbers of days, characters
// or passwords. Others may hold anything, such as a secret of a custom rule.
var ruleParameters = []string{
	"maxAccessKeyAge", "maxCredentialUsageAge", "MaxPasswordAge", "MinimumPasswordLength", "PasswordReusePrevention",
}

const maxParameters = 64 << 10 // bytes; AWS allows 1,024

var smallNumber = regexp.MustCompile(`^[0-9]{1,6}$`)

// knownParameters is the JSON of the known parameters of a rule, "" if it has none.
func knownParameters(text jsonText) string {
	var all map[string]any
	if len(text) > maxParameters || json.Unmarshal([]byte(text), &all) != nil {
		return ""
	}
	known := map[string]string{}
	for _, name := range ruleParameters {
		if value := fmt.Sprint(all[name]); smallNumber.MatchString(value) {
			known[name] = value
		}
	}
	if len(known) == 0 {
		return ""
	}
	out, _ := json.Marshal(known) // of texts: no error
	return string(out)
}
