// Package report turns the marts of the database into documents. Read fills a
// Report with every number and caveat; formats render it. The only arithmetic
// here is rounding, bounds, and the intervals of package stats, which Read
// computes once per figure.
//
//	model.go         the Report and its parts
//	read.go          queries of the marts
//	trend.go         the comparison of two or more dates, with its queries
//	rulesets.go      results of other tools' rules, with their queries
//	explain.go       the evidence for an account's MFA verdict, with its queries
//	published.go     published figures, and their comparison with computed ones
//	parameters.go    what a report says about its making
//	printed.go       a report as it was handed on: version, parameters, lines
//	check.go         the comparison of a printed report with the one made again
//	format.go        the output formats of each kind of document
//	*markdown*, *json*  one output format each
//
// To add an output format, add a file with its renderer, a line in format.go,
// and its golden file (go test ./report -update).
package report
