// Package engine opens DuckDB and builds the tables and views of the census
// from the files of package sql.
//
//	open.go       opens a database: every setting of DuckDB is here
//	schema.go     creates the base tables, checks their version
//	check.go      refuses a database that something besides ingest has changed
//	bounds.go     ranges of times, ids, counts and texts
//	view.go       reads the files of sql/: name, header, query
//	views.go      the layers in their order; creates the views
//	template.go   expands the macros in queries, such as {days 45}
//	buckets.go    thresholds of rule sets, tiers of practices: how ages are grouped
//	settings.go   thresholds that a reader overrides
//	dates.go      evaluates the practices at several dates
//	datatests.go  runs the queries that must return no row
//
// A relation is one file in sql/. Its header has lines "-- Key: value"; the
// rest is a select, or several statements in schema.sql. The layers are folders
// of sql/ and are created in this order:
//
//	catalog/        settings, practices, rule sets and other lists; tables
//	staging/        base tables with flags and ages
//	organizations/  AWS Organizations: members, policies, what they enforce
//	users/          each user with all credentials
//	practices/      one row per user to whom a practice applies, with the verdict
//	rulesets/       the same data under the rules of other tools
//	accounts/       one row per account and check, with the verdict
//	verdicts/       practices, rule sets and account checks united
//	counts/         the verdicts counted, in each organization
//	marts/          everything that reports read
//
// For a report the views are temporary, and those of users/ and counts/ are
// tables: each user is read once. In a database they are views that a SQL shell
// can query, at one row per user.
package engine
