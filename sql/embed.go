// Package sql holds every definition of a number, and nothing but SQL: one file
// per relation, and the metadata of each in the comment at its top. Package
// engine applies them.
package sql

import "embed"

// Files are the SQL files.
//
//go:embed schema.sql rates.sql catalog staging organizations users practices rulesets accounts verdicts counts marts tests
var Files embed.FS
