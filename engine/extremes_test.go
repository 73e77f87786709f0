package engine_test

import (
	"fmt"
	"strings"
	"testing"

	"iamcensus/engine"
)

// extremes are the lowest and the highest value that Check lets pass in a column.
func extremes(column, kind string) [2]string {
	switch {
	case kind == "TIMESTAMP_S":
		return [2]string{"timestamp '0001-01-01'", "timestamp '9999-12-31 23:59:59'"}
	case kind == "TIMESTAMP":
		return [2]string{"timestamp '-infinity'", "timestamp 'infinity'"}
	case column == "slot":
		return [2]string{"1", "2"}
	case strings.HasSuffix(column, "_id") && kind != "VARCHAR":
		return [2]string{"0", "2000000000"}
	case column == "n" || strings.HasPrefix(column, "n_"):
		return [2]string{"0", "1000000000000000"}
	case column == "outcome", column == "kind":
		return [2]string{"'a'", "'" + strings.Repeat("z", 64) + "'"}
	case kind == "INTEGER":
		return [2]string{"-2147483648", "2147483647"}
	case kind == "BIGINT":
		return [2]string{"-9223372036854775808", "9223372036854775807"}
	case kind == "UBIGINT":
		return [2]string{"0", "18446744073709551615"}
	case kind == "BOOLEAN":
		return [2]string{"false", "true"}
	case kind == "VARCHAR":
		return [2]string{"''", "repeat('é', 1000)"}
	}
	return [2]string{"null", "'N/A'"} // missing_reason
}

// TestExtremes fills each table with rows of the lowest values, of the highest
// and of NULL, and reads every mart at two dates.
func TestExtremes(t *testing.T) {
	db := open(t)
	t.Cleanup(func() { db.Close() })
	columns := map[string][][3]string{}
	for text := range strings.Lines(lines(t, db, `select table_name, column_name, data_type, is_nullable from duckdb_columns()
		where table_name in (select table_name from duckdb_tables() where table_name not in ('schema_version', 'view_version') and `+isBase(t)+`)
		order by table_name, column_index`)) {
		cells := strings.Split(strings.TrimSpace(text), " | ")
		columns[cells[0]] = append(columns[cells[0]], [3]string{cells[1], cells[2], cells[3]})
	}
	if len(columns) < 25 {
		t.Fatalf("only %d base tables", len(columns))
	}
	for table, of := range columns {
		var low, high, unknown []string
		for _, column := range of {
			both := extremes(column[0], column[1])
			low, high = append(low, both[0]), append(high, both[1])
			if column[2] == "true" {
				both[1] = "null"
			}
			unknown = append(unknown, both[1])
		}
		values := strings.Join(low, ", ") + "), (" + strings.Join(high, ", ")
		if table == "entity" || table == "described_user" || table == "account_expectation" || table == "ingest_issue" {
			values += "), (" + strings.Join(unknown, ", ") + "), (" + strings.Join(high, ", ")
		}
		run(t, db, fmt.Sprintf("insert into %s values (%s)", table, values))
	}
	compare(t, db, "2021-01-24T00:00:00Z 9999-12-31T23:59:59Z")
	for _, mart := range engine.Views("marts") {
		lines(t, db, "select * from "+mart.Name)
	}
	if err := engine.Check(t.Context(), db); err != nil {
		t.Error(err)
	}
}

// isBase selects the base tables.
func isBase(t *testing.T) string {
	t.Helper()
	var names []string
	for line := range strings.Lines(schema(t)) {
		if name, ok := strings.CutPrefix(line, "create table if not exists "); ok {
			names = append(names, "'"+strings.Fields(name)[0]+"'")
		}
	}
	return "table_name in (" + strings.Join(names, ", ") + ")"
}
