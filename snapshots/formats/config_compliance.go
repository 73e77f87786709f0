package formats

import (
	"iamcensus/snapshots"
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
	switch "" {
	case id.ConfigRuleName:
		return "has no ConfigRuleName"
	case id.ResourceType:
		return "has no ResourceType"
	case id.ResourceID:
		return "has no ResourceId"
	case v.ComplianceType:
		return "has no ComplianceType"
	}
	r.Compliance = append(r.Compliance, snapshots.Compliance{
		RuleName: id.ConfigRuleName, ResourceType: id.ResourceType, ResourceID: id.ResourceID,
		Result: v.ComplianceType, Annotation: v.Annotation,
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
	if v.ConfigRuleName == "" {
		return "has no ConfigRuleName"
	}
	r.setAccount(v.ConfigRuleArn)
	if parts := strings.Split(v.ConfigRuleArn, ":"); r.Region == "" && len(parts) > 3 {
		r.Region = parts[3]
	}
	r.Rules = append(r.Rules, snapshots.Rule{
		Name: v.ConfigRuleName, Identifier: v.Source.SourceIdentifier, Parameters: string(v.InputParameters),
	})
	return ""
}
