package formats

import (
	"context"
	"encoding/base64"
	"fmt"
	"iamcensus/snapshots"
	"slices"
	"strings"
	"testing"

	"github.com/apache/arrow-go/v18/parquet/schema"
)

// manyRows writes n users in every encoding. Their accounts are those of account.
func manyRows(t *testing.T, n int, account func(i int) string) map[string]string {
	t.Helper()
	csv, lines, rows := "user,account_id,mfa_active\n", "", [][]any{}
	for i := range n {
		csv += fmt.Sprintf("user%d,%s,true\n", i, account(i))
		lines += fmt.Sprintf("{\"user\": \"user%d\", \"account_id\": %q, \"mfa_active\": true}\n", i, account(i))
		rows = append(rows, []any{fmt.Sprint("user", i), account(i), "true"})
	}
	parquet := parquetFile{columns: schema.FieldList{textNode("user"), textNode("account_id"), textNode("mfa_active")}, groups: [][][]any{rows}}
	report := base64.StdEncoding.EncodeToString([]byte(csv))
	return map[string]string{
		"CSV":                     csv,
		"CSV with quotes":         `"user"` + strings.TrimPrefix(csv, "user"),
		"JSON lines":              lines,
		"JSON":                    "[" + strings.ReplaceAll(strings.TrimSpace(lines), "\n", ",") + "]",
		"JSON in a wrapper":       `{"rows": [` + strings.ReplaceAll(strings.TrimSpace(lines), "\n", ",") + "]}",
		"base64":                  report,
		"get-credential-report":   `{"Content": "` + report + `"}`,
		"base64 in base64":        base64.StdEncoding.EncodeToString([]byte(report)),
		"two that are one":        csv[:strings.LastIndex(csv, "user")] + csv[:strings.Index(csv, "\n")+1] + csv[strings.LastIndex(csv, "user"):],
		"Parquet":                 string(parquet.write(t)),
		"get-credential-report 2": `{"Content": "` + strings.ReplaceAll(csv, "\n", `\n`) + `"}`,
	}
}

// TestRowLimit: of rows beyond the limit there is one issue that counts them, however
// they are encoded.
func TestRowLimit(t *testing.T) {
	const n, limit = 2*snapshots.UserBatchSize + 10, snapshots.UserBatchSize + 5
	for name, text := range manyRows(t, n, func(i int) string { return fmt.Sprintf("%012d", i/100) }) {
		got := &records{}
		in := input(t, []byte(text))
		in.Limits.Rows = limit
		Read(in, got)
		if rows := rowsOf(got); rows != limit || !slices.Equal(refusals(got), []string{fmt.Sprint("too_many_rows ", n-limit)}) {
			t.Errorf("%s: %d rows, %q", name, rows, refusals(got))
		}
	}
}

func rowsOf(r *records) (n int) {
	for _, batch := range r.Parts {
		n += batch.Rows()
	}
	return n
}

// refusals lists the issues that refuse rows.
func refusals(r *records) (list []string) {
	for _, issue := range r.Issues {
		if issue.RowsRefused > 0 {
			list = append(list, fmt.Sprint(issue.Kind, " ", issue.RowsRefused))
		}
	}
	return list
}

func TestRowLimitCountsRoot(t *testing.T) {
	text := oldReport + strings.ReplaceAll(strings.TrimPrefix(oldReport, reportHeader), "111122223333", "444455556666")
	for _, limit := range []int{1, 2, 3, 4, 5, 7, 8} {
		got := &records{}
		in := input(t, []byte(text))
		in.Limits.Rows = limit
		Read(in, got)
		want := []string{fmt.Sprint("too_many_rows ", 8-limit)}
		if limit == 8 {
			want = nil
		}
		if rows := rowsOf(got); rows != limit || !slices.Equal(refusals(got), want) {
			t.Errorf("limit %d: %d rows, %q", limit, rows, refusals(got))
		}
	}
}

// TestSnapshotLimit: a file with too many accounts loads the first ones.
func TestSnapshotLimit(t *testing.T) {
	var text strings.Builder
	text.WriteString("user,account_id,mfa_active\n")
	for i := range maxSnapshots + 7 {
		fmt.Fprintf(&text, "a,%012d,true\n", i)
	}
	text.WriteString("b,000000000000,true\n")
	got := read(t, "r.csv", []byte(text.String()))
	if rows := rowsOf(got); rows != maxSnapshots+1 || !slices.Equal(refusals(got), []string{"too_many_snapshots 7"}) {
		t.Errorf("%d rows, %q", rows, refusals(got))
	}
}

func TestSnapshotLimitOfDocuments(t *testing.T) {
	var text strings.Builder
	text.WriteString(`{"Results":[`)
	for i := range maxSnapshots + 7 {
		fmt.Fprintf(&text, `"{\"accountId\":\"%012d\",\"resourceType\":\"AWS::IAM::Role\",\"resourceId\":\"AROA\"}",`, i)
	}
	text.WriteString(`"{\"accountId\":\"000000000000\",\"resourceType\":\"AWS::IAM::Role\",\"resourceId\":\"AROB\"}"]}`)
	got := read(t, "r.json", []byte(text.String()))
	if len(got.Documents) != maxSnapshots || got.Documents[0].Rows != 2 || !slices.Equal(refusals(got), []string{"too_many_snapshots 7"}) {
		t.Errorf("%d documents, %q", len(got.Documents), refusals(got))
	}
}

// TestColumnLimit: a table or row with too many columns is refused, and names the flag.
func TestColumnLimit(t *testing.T) {
	for text, want := range map[string]string{
		"user,mfa_active,a\nanna,true,1\n":                           "",
		"user,mfa_active,a,b\nanna,true,1,2\nbert,true,1,2\n":        "too_many_columns 2",
		"user,mfa_active\nanna,true\nuser,mfa_active,a,b\nbert,,,\n": "too_many_columns 1",
		`{"user": "a", "mfa_active": true, "b": 1}`:                  "",
		`[{"user": "a", "mfa_active": true, "b": 1, "c": 2}]`:        "too_many_columns 1",
	} {
		got := &records{}
		in := input(t, []byte(text))
		in.Limits.Columns = 3
		Read(in, got)
		if strings.Join(refusals(got), " ") != want {
			t.Errorf("%q: %q, want %s", text, refusals(got), want)
		}
	}
}

// TestJSONRowTooLong: a row that is too long does not affect the others.
func TestJSONRowTooLong(t *testing.T) {
	row := `{"user": "anna", "mfa_active": true, "more": "` + strings.Repeat("x", 100) + `"}`
	for _, text := range []string{row + "\n" + `{"user": "bert"}`, "[" + row + `, {"user": "bert"}]`} {
		for limit, want := range map[int]int{len(row): 2, len(row) - 1: 1} {
			got := &records{}
			in := input(t, []byte(text))
			in.Limits.RowBytes = limit
			Read(in, got)
			if rows := rowsOf(got); rows != want || len(refusals(got)) != 2-want {
				t.Errorf("limit %d: %d rows, %q", limit, rows, refusals(got))
			}
		}
	}
}

// TestEndedContext: every table ends soon after its context.
func TestEndedContext(t *testing.T) {
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	texts := manyRows(t, 3*snapshots.UserBatchSize, func(int) string { return "111122223333" })
	texts["refused rows"] = "user,account_id,mfa_active\n" + strings.Repeat("x\n", 5000)
	texts["refused JSON"] = `[{"user": "a", "mfa_active": true}` + strings.Repeat(",1", 5000) + "]"
	texts["refused JSON lines"] = `{"user": "a", "mfa_active": true}` + strings.Repeat("\n1", 5000)
	for name, text := range texts {
		got := &records{}
		in := input(t, []byte(text))
		in.Context = ended
		Read(in, got)
		if n := rowsOf(got) + len(got.Issues); n > 2100 {
			t.Errorf("%s: %d rows and issues after the end", name, n)
		}
	}
}

// TestRereads: texts with many open quotes are read a bounded number of times, and every
// row is still there or refused.
func TestRereads(t *testing.T) {
	const n = 20_000
	for name, text := range map[string]string{
		"open quotes":  "user,mfa_active\n" + strings.Repeat("a\",b,\"\n", n),
		"open at once": "user,mfa_active\n" + strings.Repeat("\"a\n", n),
	} {
		got := &records{}
		in := input(t, []byte(text))
		in.Limits.RowBytes = len(text)
		csv := newCSVTable(in, got)
		csv.newSection = func() {}
		rows := 0
		for row := (&tableRow{cells: make([]tableCell, len(tableColumns))}); csv.next(row); rows++ {
		}
		for _, issue := range got.Issues {
			rows += issue.RowsRefused
		}
		if csv.rows.rereads < -2*len(text) {
			t.Errorf("%s: %d bytes were read more than once, of %d", name, 8*len(text)-csv.rows.rereads, len(text))
		}
		if rows == 0 {
			t.Errorf("%s: no row", name)
		}
	}
}

func TestLineEnd(t *testing.T) {
	long := strings.Repeat("x", 2000)
	for text, want := range map[string]int{
		"": 0, "a": 1, "a\nb": 1, "a\r\nb": 1, "a\rb\n": 1, "\n": 0, long: 2000, long + "\r": 2000, long + "\n\r": 2000, long + "\r\n": 2000,
	} {
		if got := lineEnd(text); got != want {
			t.Errorf("%.10q: %d, want %d", text, got, want)
		}
	}
}

// TestUnknownColumns: tables with ever more columns keep a bounded list, which all
// batches share.
func TestUnknownColumns(t *testing.T) {
	var text strings.Builder
	for i := range 3 * snapshots.UserBatchSize {
		fmt.Fprintf(&text, "{\"user\": \"u%d\", \"mfa_active\": true, \"%sé_%d\": 1}\n", i, strings.Repeat("x_", 19)+"x", i%10000)
	}
	parts := read(t, "r.json", []byte(text.String())).Parts
	if len(parts) != 3 {
		t.Fatalf("%d batches", len(parts))
	}
	for _, batch := range parts {
		if n := len(batch.UnknownColumns); n > maxUnknownColumns+1 || &batch.UnknownColumns[0] != &parts[0].UnknownColumns[0] {
			t.Errorf("%d names of its own", n)
		}
		if name := batch.UnknownColumns[0]; name != strings.Repeat("x_", 19)+"x..." {
			t.Errorf("the name %q", name)
		}
	}
}
