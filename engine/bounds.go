package engine

import (
	"context"
	"database/sql"
	"fmt"
	"regexp"
	"strings"
	"sync"
)

// Ingest writes no value beyond these, so that no sum of ages or counts overflows
// and no cell fills the memory.
const (
	firstTime = "0001-01-01"
	lastTime  = "10000-01-02" // 9999 west of Greenwich
	maxID     = 2_000_000_000
	maxCount  = 1_000_000_000_000_000
	maxText   = 128 << 10              // bytes: a Sid may fill a policy
	wordIn    = `[a-z][a-z0-9_]{0,63}` // outcomes and kinds of issues, which are identifiers of ours
)

var (
	tableIn  = regexp.MustCompile(`(?s)create table if not exists (\w+) \((.*?)\n\);`)
	columnIn = regexp.MustCompile(`(?m)^    (\w+) +(\w+)`)
)

// baseTable is a table of schema.sql with its columns by what they hold.
type baseTable struct {
	name                             string
	times, ids, counts, texts, words []string
}

var baseTables = sync.OnceValue(func() []baseTable {
	var tables []baseTable
	for _, match := range tableIn.FindAllStringSubmatch(read("schema.sql"), -1) {
		table := baseTable{name: match[1]}
		for _, column := range columnIn.FindAllStringSubmatch(match[2], -1) {
			table.add(column[1], column[2])
		}
		tables = append(tables, table)
	}
	return tables
})

// add sorts a column of a type into the lists. Hashes may have any value, and so
// may the times of files and runs, which only a load reads, and the arguments of
// runs, which nothing reads.
func (t *baseTable) add(column, kind string) {
	switch {
	case kind == "timestamp_s":
		t.times = append(t.times, column)
	case strings.HasSuffix(column, "_id") && (kind == "integer" || kind == "bigint"):
		t.ids = append(t.ids, column)
	case column == "n" || strings.HasPrefix(column, "n_"):
		t.counts = append(t.counts, column)
	case column == "outcome", column == "kind" && t.name == "ingest_issue":
		t.words = append(t.words, column)
		t.texts = append(t.texts, column)
	case kind == "varchar" && column != "arguments":
		t.texts = append(t.texts, column)
	}
}

// checkRanges looks at the lowest and highest number or time of each column,
// which DuckDB has in its statistics.
func checkRanges(ctx context.Context, db *sql.DB) error {
	return checkTables(ctx, db, func(t baseTable) []string {
		return compact(
			outside(t.times, "a time", "timestamp '"+firstTime+"'", "timestamp '"+lastTime+"'"),
			outside(t.ids, "an id", "0", fmt.Sprint(maxID)),
			outside(t.counts, "a count", "0", fmt.Sprint(maxCount)),
		)
	})
}

// checkTexts reads all texts.
func checkTexts(ctx context.Context, db *sql.DB) error {
	return checkTables(ctx, db, func(t baseTable) []string {
		var conditions []string
		if len(t.texts) > 0 {
			longest := "max(greatest(0, strlen(" + strings.Join(t.texts, "), strlen(") + ")))"
			conditions = append(conditions, fmt.Sprintf("when %s > %d then 'a text of more than %d KiB'", longest, maxText, maxText>>10))
		}
		for _, word := range t.words {
			conditions = append(conditions, fmt.Sprintf("when count(*) filter (where not regexp_full_match(%[1]s, '%[2]s')) > 0 then 'an invalid %[1]s'", word, wordIn))
		}
		return conditions
	})
}

// checkGrain looks for rows that are there twice, which would multiply each other.
func checkGrain(ctx context.Context, db *sql.DB) error {
	for _, test := range Views(DataTests) {
		if test.Name != "grain" {
			continue
		}
		rows, err := failing(ctx, db, test.Query)
		if err != nil {
			return err
		}
		if len(rows) > 0 {
			return notOurs("rows with equal ids in " + strings.Join(rows, ", "))
		}
	}
	return nil
}

func outside(columns []string, what, low, high string) string {
	if len(columns) == 0 {
		return ""
	}
	lowest, highest := "min("+strings.Join(columns, "), min(")+")", "max("+strings.Join(columns, "), max(")+")"
	return fmt.Sprintf("when least(%s) < %s or greatest(%s) > %s then '%s out of range'", lowest, low, highest, high, what)
}

func compact(conditions ...string) []string {
	var some []string
	for _, condition := range conditions {
		if condition != "" {
			some = append(some, condition)
		}
	}
	return some
}

// checkTables fails for the first table that meets one of its conditions, each a
// branch of case over all rows.
func checkTables(ctx context.Context, db *sql.DB, conditions func(baseTable) []string) error {
	var tables []string
	for _, table := range baseTables() {
		if of := conditions(table); len(of) > 0 {
			tables = append(tables, fmt.Sprintf("select '%s' as name, case %s end as what from %[1]s", table.name, strings.Join(of, " ")))
		}
	}
	rows, err := failing(ctx, db, "select name, what from (\n"+strings.Join(tables, "\nunion all\n")+"\n) tables where what is not null limit 1")
	if err != nil || len(rows) == 0 {
		return err
	}
	return notOurs("table " + rows[0])
}
