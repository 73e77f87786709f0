package formats

import (
	"iamcensus/snapshots"
	"strings"
)

// configCompliance are the results of AWS Config's rules for each resource,
// and the rules. Counts of resources are in it as well, but AWS caps them.
// https://docs.aws.amazon.com/config/latest/APIReference/API_EvaluationResult.html
// https://docs.aws.amazon.com/config/latest/APIReference/API_ConfigRule.html
var configCompliance = Format{
	Name:  "config-compliance",
	Title: "AWS Config rules and their results, JSON as aws configservice get-compliance-details-by-... and describe-config-rules print it",
	Match: hasKey("EvaluationResults", "ConfigRules", "ComplianceByConfigRules", "ComplianceByResources",
		"ComplianceSummary", "ComplianceSummariesByResourceType"),
	Read: readConfigCompliance,
}

func readConfigCompliance(in Input, out Sink) {
	a := newAnswer(in, out, "aws configservice get-compliance-details-by-config-rule")
	capped := refuseAll(a, "capped_counts",
		"AWS counts up to a maximum only in this answer: its counts are no totals",
		"save what aws configservice get-compliance-details-by-config-rule prints for each rule")
	if a.read(map[string]field{
		"EvaluationResults":                 list(a, a.evaluation),
		"ConfigRules":                       list(a, a.configRule),
		"ComplianceByConfigRules":           capped,
		"ComplianceByResources":             capped,
		"ComplianceSummary":                 capped,
		"ComplianceSummariesByResourceType": capped,
	}) {
		out.Document(a.Document)
	}
}

type evaluationResult struct {
	EvaluationResultIdentifier struct {
		EvaluationResultQualifier struct{ ConfigRuleName, ResourceType, ResourceID string }
	}
	ComplianceType, Annotation string

	ResultRecordedTime jsonTime
}

func (a *answer) evaluation(v evaluationResult) (wrong string) {
	of := v.EvaluationResultIdentifier.EvaluationResultQualifier
	switch "" {
	case of.ConfigRuleName:
		return "has no ConfigRuleName"
	case of.ResourceType:
		return "has no ResourceType"
	case of.ResourceID:
		return "has no ResourceId"
	case v.ComplianceType:
		return "has no ComplianceType"
	}
	a.Compliance = append(a.Compliance, snapshots.Compliance{
		RuleName: of.ConfigRuleName, ResourceType: of.ResourceType, ResourceID: of.ResourceID,
		Result: v.ComplianceType, Annotation: v.Annotation,
		RecordedAt: a.time("ResultRecordedTime", v.ResultRecordedTime),
	})
	return ""
}

type describedRule struct {
	ConfigRuleName, ConfigRuleArn string

	InputParameters jsonText
	Source          struct{ SourceIdentifier string }
}

func (a *answer) configRule(v describedRule) (wrong string) {
	if v.ConfigRuleName == "" {
		return "has no ConfigRuleName"
	}
	a.ownedBy(v.ConfigRuleArn)
	if parts := strings.Split(v.ConfigRuleArn, ":"); a.Region == "" && len(parts) > 3 {
		a.Region = parts[3]
	}
	a.Rules = append(a.Rules, snapshots.Rule{
		Name: v.ConfigRuleName, Identifier: v.Source.SourceIdentifier, Parameters: string(v.InputParameters),
	})
	return ""
}
