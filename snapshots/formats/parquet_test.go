package formats

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/compress"
	"github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/schema"
	"github.com/google/go-cmp/cmp"
)

const parquetFolder = "testdata/formats/credential-report-parquet"

// parquetFile describes a file of the test data, which TestParquetFiles writes with
// -update. Values are string, bool, int64, float64, parquet.Int96 or nil.
type parquetFile struct {
	columns schema.FieldList
	groups  [][][]any // row groups of rows
	options []parquet.WriterProperty
}

func textNode(name string) schema.Node {
	return schema.NewByteArrayNode(name, parquet.Repetitions.Optional, -1)
}

func requiredNode(name string) schema.Node {
	return schema.NewByteArrayNode(name, parquet.Repetitions.Required, -1)
}

func flagNode(name string) schema.Node {
	return schema.NewBooleanNode(name, parquet.Repetitions.Optional, -1)
}

func numberNode(name string) schema.Node {
	return schema.NewInt64Node(name, parquet.Repetitions.Optional, -1)
}

func timeNode(name string, unit schema.TimeUnitType) schema.Node {
	return schema.Must(schema.NewPrimitiveNodeLogical(name, parquet.Repetitions.Optional,
		schema.NewTimestampLogicalType(true, unit), parquet.Types.Int64, -1, -1))
}

func fractionNode(name string) schema.Node {
	return schema.NewFloat64Node(name, parquet.Repetitions.Optional, -1)
}

// nothingNode is a column of Arrow's null type.
func nothingNode(name string) schema.Node {
	return schema.Must(schema.NewPrimitiveNodeLogical(name, parquet.Repetitions.Optional, schema.NullLogicalType{}, parquet.Types.Int32, -1, -1))
}

func groupNode(name string, fields ...schema.Node) schema.Node {
	return schema.Must(schema.NewGroupNode(name, parquet.Repetitions.Optional, fields, -1))
}

func clock(t string) time.Time {
	parsed, err := time.Parse(time.RFC3339, t)
	if err != nil {
		panic(err)
	}
	return parsed
}

func millis(t string) int64 { return clock(t).UnixMilli() }
func micros(t string) int64 { return clock(t).UnixMicro() }
func nanos(t string) int64  { return clock(t).UnixNano() }

func int96(t string) parquet.Int96 {
	var value parquet.Int96
	seconds := clock(t).Unix()
	binary.LittleEndian.PutUint64(value[:8], uint64(seconds%86400)*1e9)
	binary.LittleEndian.PutUint32(value[8:], uint32(seconds/86400)+2440588) // Julian day of 1970-01-01
	return value
}

// parquetFiles are written by arrow-go, which CloudQuery uses. duckdb.parquet beside
// them was written by DuckDB 1.5: COPY ... TO (FORMAT parquet).
var parquetFiles = map[string]parquetFile{
	"cloudquery.parquet": {
		columns: schema.FieldList{
			textNode("_cq_id"), timeNode("_cq_sync_time", schema.TimeUnitMicros), textNode("arn"), timeNode("user_creation_time", schema.TimeUnitMicros),
			textNode("password_enabled"), textNode("user"), textNode("password_status"), timeNode("password_last_used", schema.TimeUnitMicros),
			flagNode("mfa_active"), flagNode("access_key1_active"), timeNode("access_key_1_last_rotated", schema.TimeUnitMicros),
			timeNode("access_key_1_last_used_date", schema.TimeUnitMicros), textNode("access_key1_last_used_region"), textNode("access_key1_last_used_service"),
		},
		groups: [][][]any{{
			{"id1", micros("2021-01-24T02:00:00Z"), "arn:aws:iam::111122223333:root", micros("2017-03-01T10:00:00Z"), "not_supported", "<root_account>", "not_supported", nil, true, false, nil, nil, "N/A", "N/A"},
			{"id2", micros("2021-01-24T02:00:00Z"), "arn:aws:iam::111122223333:user/alice", micros("2019-02-03T04:05:06Z"), "true", "alice", "true", nil, false, true, micros("2020-11-11T11:11:11Z"), micros("2021-01-23T10:00:00Z"), "eu-west-1", "s3"},
			{"id3", micros("2021-01-24T02:00:00Z"), "arn:aws:iam::111122223333:user/bob", micros("2019-02-03T04:05:06Z"), "false", "bob", "false", nil, nil, nil, nil, nil, nil, nil},
		}},
	},
	"two-row-groups.parquet": {
		columns: schema.FieldList{requiredNode("user_name"), textNode("user_arn"), textNode("account_id"), timeNode("generated_time", schema.TimeUnitMillis),
			flagNode("password_enabled"), textNode("password_status"), timeNode("password_last_changed", schema.TimeUnitNanos)},
		groups: [][][]any{
			{
				{"alice", "arn:aws:iam::111122223333:user/alice", "111122223333", millis("2021-01-24T00:00:00Z"), true, "never_used", nanos("2020-10-01T00:00:00Z")},
				{"bob", "arn:aws:iam::444455556666:user/bob", "444455556666", millis("2021-01-24T00:00:05Z"), false, "not_set", nil},
			},
			{
				{"carol", "arn:aws:iam::444455556666:user/carol", "444455556666", millis("2021-01-24T00:00:05Z"), nil, nil, nil},
				{"dave", nil, "111122223333", millis("2021-01-24T00:00:00Z"), true, "used", nanos("1969-12-31T00:00:00Z")},
				{"", "arn:aws:iam::111122223333:user/", "111122223333", millis("2021-01-24T00:00:00Z"), true, "used", nil},
			},
		},
	},
	"columns-of-nothing.parquet": { // as pandas writes them: an all-null column is of doubles or of the null type, a column with gaps of doubles
		columns: schema.FieldList{textNode("user"), fractionNode("account_id"), flagNode("password_enabled"), fractionNode("password_last_used"),
			nothingNode("password_last_changed"), schema.NewFixedLenByteArrayNode("access_key_1_last_rotated", parquet.Repetitions.Optional, 16, -1), fractionNode("mfa_active")},
		groups: [][][]any{{
			{"alice", 111122223333.0, true, nil, nil, nil, nil, 1.0},
			{"bob", 111122223333.0, true, math.NaN(), nil, nil, nil, nil},
		}},
	},
	"wrong-types.parquet": {
		columns: schema.FieldList{textNode("user"), numberNode("account_id"), numberNode("user_creation_time"), numberNode("mfa_active"), textNode("password_last_used"),
			schema.NewInt96Node("access_key_1_last_rotated", parquet.Repetitions.Optional, -1), groupNode("access_key_1_active", flagNode("value")), fractionNode("password_enabled")},
		groups: [][][]any{{
			{"alice", int64(11112222), int64(1611446400), int64(1), "2021-01-20 09:00:00+00", int96("2020-11-11T11:11:11Z"), true, 1.0},
			{"bob", int64(111122223333), nil, int64(0), "soon", nil, false, nil},
		}},
	},
	"no-user.parquet": {
		columns: schema.FieldList{textNode("name"), flagNode("mfa_active")},
		groups:  [][][]any{{{"alice", true}}},
	},
	"two-names.parquet": {
		columns: schema.FieldList{textNode("user"), textNode("user_name")},
		groups:  [][][]any{{{"alice", "alice"}}},
	},
	"latin-1.parquet": {
		columns: schema.FieldList{textNode("user"), textNode("Pr\xe9nom"), textNode("department"), textNode(strings.Repeat("long", 100))},
		groups:  [][][]any{{{"alice", "x", "y", "z"}}},
	},
	"no-rows.parquet": {columns: schema.FieldList{textNode("user"), flagNode("mfa_active")}},
	"long-cell.parquet": {
		columns: schema.FieldList{textNode("user"), textNode("arn")},
		groups:  [][][]any{{{"alice", "arn:aws:iam::111122223333:user/alice"}, {"bob", strings.Repeat("x", 5000)}}},
	},
}

// write gives the bytes of the file.
func (f parquetFile) write(t testing.TB) []byte {
	var out bytes.Buffer
	root := schema.Must(schema.NewGroupNode("schema", parquet.Repetitions.Required, f.columns, -1))
	w := file.NewParquetWriter(&out, root.(*schema.GroupNode), file.WithWriterProps(parquet.NewWriterProperties(
		append(f.options, parquet.WithCompression(compress.Codecs.Snappy), parquet.WithVersion(parquet.V2_LATEST))...)))
	for _, rows := range f.groups {
		group, err := w.AppendRowGroupChecked()
		if err != nil {
			t.Fatal(err)
		}
		for i := range f.columns {
			writer, err := group.NextColumn()
			if err != nil {
				t.Fatal(err)
			}
			writeColumn(t, writer, rows, i)
			if err := writer.Close(); err != nil {
				t.Fatal(err)
			}
		}
		if err := group.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func writeColumn(t testing.TB, writer file.ColumnChunkWriter, rows [][]any, i int) {
	var err error
	levels := make([]int16, len(rows))
	for n, row := range rows {
		if row[i] != nil {
			levels[n] = writer.Descr().MaxDefinitionLevel()
		}
	}
	switch w := writer.(type) {
	case *file.ByteArrayColumnChunkWriter:
		var values []parquet.ByteArray
		for _, text := range present[string](rows, i) {
			values = append(values, parquet.ByteArray(text))
		}
		_, err = w.WriteBatch(values, levels, nil)
	case *file.BooleanColumnChunkWriter:
		_, err = w.WriteBatch(present[bool](rows, i), levels, nil)
	case *file.Int64ColumnChunkWriter:
		_, err = w.WriteBatch(present[int64](rows, i), levels, nil)
	case *file.Float64ColumnChunkWriter:
		_, err = w.WriteBatch(present[float64](rows, i), levels, nil)
	case *file.Int32ColumnChunkWriter:
		_, err = w.WriteBatch(present[int32](rows, i), levels, nil)
	case *file.FixedLenByteArrayColumnChunkWriter:
		_, err = w.WriteBatch(present[parquet.FixedLenByteArray](rows, i), levels, nil)
	case *file.Int96ColumnChunkWriter:
		_, err = w.WriteBatch(present[parquet.Int96](rows, i), levels, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// present gives the values of a column that are not null.
func present[T any](rows [][]any, i int) (values []T) {
	for _, row := range rows {
		if row[i] != nil {
			values = append(values, row[i].(T))
		}
	}
	return values
}

// TestParquetFiles compares the test data of TestFormats with parquetFiles. The damaged
// files are cloudquery.parquet with some bytes changed.
func TestParquetFiles(t *testing.T) {
	files := map[string][]byte{}
	for name, f := range parquetFiles {
		files[name] = f.write(t)
	}
	good := files["cloudquery.parquet"]
	files["cut-off.parquet"] = good[:len(good)/2]
	files["broken-page.parquet"] = inverted(good, 600, 700)
	files["broken-footer.parquet"] = inverted(good, len(good)-200, len(good)-20)
	files["huge-footer.parquet"] = append(bytes.Clone(good[:len(good)-8]), 0xff, 0xff, 0xff, 0x7f, 'P', 'A', 'R', '1')
	for name, data := range files {
		path := filepath.Join(parquetFolder, name)
		if *update {
			if err := os.WriteFile(path, data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if kept, err := os.ReadFile(path); err != nil || !bytes.Equal(kept, data) {
			t.Errorf("%s differs from its description: write it with go test ./snapshots/formats -update (%v)", path, err)
		}
	}
}

// inverted inverts the bytes from from to to.
func inverted(data []byte, from, to int) []byte {
	data = bytes.Clone(data)
	for i := from; i < to; i++ {
		data[i] = ^data[i]
	}
	return data
}

// FuzzParquet reads damaged Parquet files: the reader does not panic, and the rows that
// were returned or refused are no more than the bytes of the file.
func FuzzParquet(f *testing.F) {
	files, err := filepath.Glob(filepath.Join(parquetFolder, "*.parquet"))
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		got := &records{}
		credentialReportParquet.Read(input(t, data), got)
		rows := 0
		for _, part := range got.Parts {
			rows += len(part.Users)
			if part.Root != nil {
				rows++
			}
		}
		for _, issue := range got.Issues {
			rows += issue.RowsRefused
			if issue.RowsRefused < 0 {
				t.Errorf("%+v", issue)
			}
		}
		if rows > len(data) {
			t.Errorf("%d rows in %d bytes", rows, len(data))
		}
		if len(got.Parts)+len(got.Issues) == 0 {
			t.Error("no record and no issue")
		}
	})
}

// TestParquetDifferences reads the same rows from columns of differences and without
// these.
func TestParquetDifferences(t *testing.T) {
	rows := make([][]any, 300)
	for i := range rows {
		name := fmt.Sprintf("user-%d", i)
		rows[i] = []any{name, "arn:aws:iam::111122223333:user/" + name, millis("2021-01-24T00:00:00Z") + int64(i)*1000}
	}
	rows[150][2] = nil
	f := parquetFile{
		columns: schema.FieldList{textNode("user"), requiredNode("arn"), timeNode("user_creation_time", schema.TimeUnitMillis)},
		groups:  [][][]any{rows},
	}
	want := read(t, "plain.parquet", f.write(t))
	f.options = []parquet.WriterProperty{
		parquet.WithDictionaryDefault(false), parquet.WithEncodingFor("user", parquet.Encodings.DeltaByteArray),
		parquet.WithEncodingFor("arn", parquet.Encodings.DeltaLengthByteArray),
		parquet.WithEncodingFor("user_creation_time", parquet.Encodings.DeltaBinaryPacked),
	}
	for _, version := range []parquet.DataPageVersion{parquet.DataPageV1, parquet.DataPageV2} {
		f.options = append(f.options, parquet.WithDataPageVersion(version))
		got := read(t, "differences.parquet", f.write(t))
		if diff := cmp.Diff(want, got); diff != "" || len(got.Parts) != 1 || len(got.Parts[0].Users) != len(rows) {
			t.Errorf("version %v (-plain +differences):\n%.2000s", version, diff)
		}
	}
}
