package formats

import (
	"cmp"
	"fmt"
	"iamcensus/snapshots"
	"maps"
	"slices"
	"strings"
)

// Issues of a table as a whole.

// missingColumns lists the columns of the report that no row of a section had so far.
type missingColumns struct {
	seen  uint64
	names []string // shared by all batches until another column is seen
}

func (m *missingColumns) of(seen uint64) []string {
	if seen == m.seen {
		return m.names
	}
	m.seen, m.names = seen, nil
	for at, name := range CredentialReportColumns {
		if seen>>at&1 == 0 {
			m.names = append(m.names, name)
		}
	}
	return m.names
}

// reportMissing emits the issue of missing columns. Without any row they are unknown.
func (r *reportReader) reportMissing() {
	if missing := r.missing.of(r.seen); r.seen != 0 && len(missing) > 0 {
		r.out.Issue(snapshots.Issue{
			Kind:   "missing_column",
			Reason: fmt.Sprintf("missing %s; dependent figures are unknown for these accounts", columnList(missing)),
			Remedy: "export all columns, or " + reportRemedy,
		})
	}
}

// reportWhole emits what can be known at the end only.
func (r *reportReader) reportWhole() {
	r.local.report(r.out, "local_words", "a spreadsheet wrote flags in its own language; these rows are not loaded",
		"use the report as AWS wrote it; do not save it in a spreadsheet")
	if !r.hadRow && !(r.csv != nil && r.csv.refused) {
		r.reportNoRows()
	}
	if r.hasEmpty && !r.hasWord && !r.words {
		r.out.Issue(snapshots.Issue{
			Kind:   "words_lost",
			Reason: "empty cells in place of N/A, no_information and not_supported; whether never used or not set is unknown",
			Remedy: "save the report without converting it; in pandas, read_csv(..., keep_default_na=False)",
		})
	}
	order := func(a, b tableSnapshot) int {
		return cmp.Or(strings.Compare(a.account, b.account), cmp.Compare(a.capturedAt.Unix, b.capturedAt.Unix))
	}
	for _, s := range slices.SortedFunc(maps.Keys(r.roots), order) {
		if !r.roots[s] {
			r.out.Issue(snapshots.Issue{
				Kind:   "no_root_row",
				Reason: fmt.Sprintf("no root row for account %s; its checks of root are unknown", snapshots.Quote(s.account)),
				Remedy: "download a new report; AWS writes a root row for every account",
			})
		}
	}
}

func (r *reportReader) reportNoRows() {
	r.out.Issue(snapshots.Issue{Kind: "no_rows", Reason: "the table has no valid row", Remedy: "export the whole table, or " + reportRemedy})
}

// columnList names columns for a message, the first two of many.
func columnList(names []string) string {
	switch n := len(names); {
	case n == 1:
		return "column " + names[0]
	case n > 3:
		return fmt.Sprintf("columns %s and %d more", strings.Join(names[:2], ", "), n-2)
	}
	return "columns " + strings.Join(names, ", ")
}
