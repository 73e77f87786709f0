package formats

import (
	"fmt"
	"iamcensus/snapshots"
	"slices"
	"strings"
)

// Every snapshot of a table stores the names of the columns that are not read.
const (
	maxUnknownColumns = 10 // the rest is "..."
	maxColumnName     = 40 // bytes, the rest is "..."
)

// unknownColumns are the columns of a table that are not read. They need the same
// memory however many there are.
type unknownColumns struct{ names []string }

// add adds a name, unless it is there.
func (u *unknownColumns) add(name string) {
	name = shortName(name)
	switch {
	case len(u.names) > maxUnknownColumns || slices.Contains(u.names, name):
	case len(u.names) == maxUnknownColumns:
		u.names = append(u.names, "...")
	default:
		u.names = append(u.names, strings.Clone(name))
	}
}

// list gives the names so far, which later ones do not change.
func (u *unknownColumns) list() []string { return slices.Clip(u.names) }

// shortName is at most maxColumnName bytes of the name of a column, and ? in the place of
// what is no name.
func shortName(name string) string {
	switch name = strings.TrimSpace(name); {
	case !snapshots.IsColumnName(name):
		return "?"
	case len(name) > maxColumnName:
		return strings.ToValidUTF8(name[:maxColumnName], "") + "..."
	}
	return name
}

// columnLimit says that a table or row exceeds the limit of columns.
func columnLimit(limit int) (kind, reason, remedy string) {
	return "too_many_columns", fmt.Sprintf("the table has more than the maximum of %d columns", limit), "if this file is legitimate, raise --max-columns"
}

// invalidColumnName is the issue of a column whose name is not valid UTF-8.
func invalidColumnName(line, position int) snapshots.Issue {
	return snapshots.Issue{
		Line: line, Kind: "invalid_utf8",
		Reason: fmt.Sprintf("the name of column %d is not valid UTF-8; the column is not read", position),
		Remedy: "save the table as UTF-8, or export it again",
	}
}
