// Package population compares one organization with a population of others,
// without disclosing any of them.
//
// Summarize turns a report on many organizations into a Summary: rates and
// their spread over organizations, with disclosure control (disclosure.go), to
// be published as a JSON file. ReadSummary reads such a file, or built-in
// published figures.
//
// Compare makes a Comparison of an organization with a Summary: its placement
// in each figure, the number of users to fix per practice to reach the
// population's rate, median and best tenth, and the users to fix first.
//
// SummaryFormats and ComparisonFormats list the output formats.
package population
