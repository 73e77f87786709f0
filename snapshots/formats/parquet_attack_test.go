package formats

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"iamcensus/snapshots"
	"runtime"
	"strings"
	"testing"

	"github.com/apache/arrow-go/v18/parquet/metadata"
	"github.com/apache/arrow-go/v18/parquet/schema"
	"github.com/apache/thrift/lib/go/thrift"
	"github.com/klauspost/compress/snappy"
	"github.com/klauspost/compress/zstd"
)

// manyUsers is a file of n users with the same ARN, which a dictionary stores once.
func manyUsers(t *testing.T, n int, arn string) []byte {
	rows := make([][]any, n)
	for i := range rows {
		rows[i] = []any{fmt.Sprintf("u%d", i), arn}
	}
	return parquetFile{columns: schema.FieldList{textNode("user"), textNode("arn")}, groups: [][][]any{rows}}.write(t)
}

// edited is a file with another footer.
func edited(t *testing.T, data []byte, edit func(*metadata.FileMetaData)) []byte {
	end := len(data) - 8
	start := end - int(binary.LittleEndian.Uint32(data[end:]))
	meta, err := metadata.NewFileMetaData(data[start:end], nil)
	if err != nil {
		t.Fatal(err)
	}
	edit(meta)
	var footer bytes.Buffer
	if _, err := meta.WriteTo(&footer, nil); err != nil {
		t.Fatal(err)
	}
	return withFooter(data[:start], footer.Bytes())
}

func withFooter(body, footer []byte) []byte {
	out := append(bytes.Clone(body), footer...)
	return append(binary.LittleEndian.AppendUint32(out, uint32(len(footer))), "PAR1"...)
}

// compact writes a structure of Thrift.
func compact(write func(*thrift.TCompactProtocol)) []byte {
	buffer := thrift.NewTMemoryBuffer()
	p := thrift.NewTCompactProtocolConf(buffer, nil)
	structOf(p, func() { write(p) })
	return buffer.Bytes()
}

func structOf(p *thrift.TCompactProtocol, write func()) {
	p.WriteStructBegin(noContext, "")
	write()
	p.WriteFieldStop(noContext)
	p.WriteStructEnd(noContext)
}

func number(p *thrift.TCompactProtocol, id int16, n int32) {
	p.WriteFieldBegin(noContext, "", thrift.I32, id)
	p.WriteI32(noContext, n)
}

// page is a data page of Parquet.
func page(values, encoding, unpacked int32, body []byte) []byte {
	return append(compact(func(p *thrift.TCompactProtocol) {
		number(p, 1, dataPage)
		number(p, 2, unpacked)
		number(p, 3, int32(len(body)))
		p.WriteFieldBegin(noContext, "", thrift.STRUCT, 5)
		structOf(p, func() {
			number(p, 1, values)
			number(p, 2, encoding)
			number(p, 3, 3)
			number(p, 4, 3)
		})
	}), body...)
}

// withPage is a file whose second column has another page in place of its own.
func withPage(t *testing.T, data, page []byte) []byte {
	end := len(data) - 8
	start := end - int(binary.LittleEndian.Uint32(data[end:]))
	longer := append(append(bytes.Clone(data[:start]), page...), data[start:]...)
	return edited(t, longer, func(meta *metadata.FileMetaData) {
		column := meta.RowGroups[0].Columns[1].MetaData
		column.DictionaryPageOffset = nil
		column.DataPageOffset = int64(start)
		column.TotalCompressedSize = int64(len(page))
	})
}

// footerOf has a schema of nodes, each with a number of children, and row groups whose
// list of columns has a number of empty structures.
func footerOf(children []int32, chunks int) []byte {
	return compact(func(p *thrift.TCompactProtocol) {
		p.WriteFieldBegin(noContext, "", thrift.LIST, 2)
		p.WriteListBegin(noContext, thrift.STRUCT, len(children))
		for _, n := range children {
			structOf(p, func() {
				p.WriteFieldBegin(noContext, "", thrift.STRING, 4)
				p.WriteString(noContext, "n")
				number(p, 5, n)
			})
		}
		p.WriteFieldBegin(noContext, "", thrift.LIST, 4)
		p.WriteListBegin(noContext, thrift.STRUCT, 1)
		structOf(p, func() {
			p.WriteFieldBegin(noContext, "", thrift.LIST, 1)
			p.WriteListBegin(noContext, thrift.STRUCT, chunks)
			for range chunks {
				structOf(p, func() {})
			}
		})
	})
}

// TestHostileParquet reads files that cost more than their bytes. Each gives one issue,
// and all rows are loaded or refused.
func TestHostileParquet(t *testing.T) {
	const rows = 3000
	small := manyUsers(t, rows, "arn:aws:iam::111122223333:user/x")
	body := small[:4]
	deep, wide := make([]int32, 500), make([]int32, 5000)
	for i := range deep {
		deep[i] = 1
	}
	deep[len(deep)-1], wide[0] = 0, int32(len(wide)-1)
	lie := bytes.Replace(footerOf(make([]int32, 15), 0), []byte{0xfc, 15}, []byte{0xfc, 0xff, 0xff, 0xff, 0x0f}, 1)
	// Levels of no nulls, and a block of 2^31 lengths, each of no bytes.
	hugeBlock := append([]byte{3, 0, 0, 0, 0xf0, 0x2e, 1}, 0x80, 0x80, 0x80, 0x80, 0x08, 1, 0xb8, 0x17, 0, 0, 0)
	ordinary := snapshots.DefaultTableLimits
	for name, test := range map[string]struct {
		data   []byte
		limit  func(*snapshots.TableLimits)
		kind   string
		reason string
		rows   int
	}{
		"a long text in a dictionary": {
			manyUsers(t, rows, "arn:aws:iam::111122223333:user/"+strings.Repeat("x", 4000)),
			func(l *snapshots.TableLimits) { l.Ratio = 10 }, "expansion", "more than 10 times its size", rows,
		},
		"the same beyond the size of a file": {
			manyUsers(t, rows, "arn:aws:iam::111122223333:user/"+strings.Repeat("x", 4000)),
			func(l *snapshots.TableLimits) { l.FileBytes = 2 << 20 }, "file_too_large", "the maximum of 2097152 bytes", rows,
		},
		"too many rows":            {small, func(l *snapshots.TableLimits) { l.Rows = 1000 }, "too_many_rows", "the maximum of 1000 rows", rows},
		"too many columns":         {small, func(l *snapshots.TableLimits) { l.Columns = 1 }, "too_many_columns", "the maximum of 1 columns", 0},
		"a deep schema":            {withFooter(body, footerOf(deep, 0)), nil, "bad_parquet", "nested more than 32 levels", 0},
		"a wide schema":            {withFooter(body, footerOf(wide, 0)), nil, "too_many_columns", "the maximum of 1000 columns", 0},
		"a false length of a list": {withFooter(body, lie), nil, "bad_parquet", "its footer cannot be read", 0},
		"many empty columns":       {withFooter(body, footerOf([]int32{1, 0}, 200_000)), nil, "bad_parquet", "more than 100000 column chunks", 0},
		"columns that overlap": {edited(t, small, func(meta *metadata.FileMetaData) {
			columns := meta.RowGroups[0].Columns
			columns[1].MetaData = columns[0].MetaData
			for range 5 {
				meta.RowGroups = append(meta.RowGroups, meta.RowGroups[0])
			}
		}), nil, "bad_parquet", "its columns overlap", 6 * rows},
		"more rows than bytes": {edited(t, small, func(meta *metadata.FileMetaData) {
			meta.RowGroups[0].NumRows = 1 << 40
		}), nil, "bad_parquet", "more rows than its", 0},
		"more values than rows": {edited(t, small, func(meta *metadata.FileMetaData) {
			meta.RowGroups[0].Columns[1].MetaData.NumValues = 1 << 40
		}), nil, "bad_parquet", "more values than its row group has rows", rows},
		"a page of too many lengths": {withPage(t, small, page(1<<30, 6, 20, make([]byte, 20))), nil, "bad_parquet", "not as many values", rows},
		"a page of negative values":  {withPage(t, small, page(-1, 0, 20, make([]byte, 20))), nil, "bad_parquet", "not as many values", rows},
		"a page of 2 GB":             {withPage(t, small, page(rows, 0, 1<<31-1, make([]byte, 20))), nil, "bad_parquet", "the maximum of 33554432 bytes", rows},
		"a page of prefixes":         {withPage(t, small, page(rows, 7, 30<<20, make([]byte, 20))), nil, "bad_parquet", "DELTA_BYTE_ARRAY", rows},
		"a page of a huge block": {
			withPage(t, small, page(rows, deltaLengthByteArray, 18, snappy.Encode(nil, hugeBlock))), nil, "bad_parquet", "a page of differences", rows,
		},
		"a page that Snappy makes larger": {
			withPage(t, small, page(rows, 0, 100, binary.AppendUvarint(nil, 1<<31))), nil, "bad_parquet", "column arn cannot be read", rows,
		},
	} {
		t.Run(name, func(t *testing.T) {
			in, got := input(t, test.data), &records{}
			in.Limits = ordinary
			if test.limit != nil {
				test.limit(&in.Limits)
			}
			before := allocated()
			Read(in, got)
			if more := allocated() - before; more > 64<<20 {
				t.Errorf("%d bytes were allocated", more)
			}
			read := 0
			for _, part := range got.Parts {
				read += len(part.Users)
			}
			found := 0
			for _, issue := range got.Issues {
				read += issue.RowsRefused
				if issue.Kind == test.kind && strings.Contains(issue.Reason, test.reason) {
					found++
				}
			}
			if found != 1 {
				t.Errorf("want one issue %s with %q, got %d: %+v", test.kind, test.reason, len(got.Issues), got.Issues[:min(len(got.Issues), 3)])
			}
			if read != test.rows {
				t.Errorf("%d rows are loaded or refused, want %d", read, test.rows)
			}
		})
	}
}

// allocated is the number of bytes that the program has allocated since its start.
func allocated() uint64 {
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.TotalAlloc
}

// TestCodecs decodes pages that are larger than their header states.
func TestCodecs(t *testing.T) {
	large := make([]byte, 100_000)
	encoder, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		decode func(page, packed []byte) ([]byte, error)
		packed []byte
	}{
		"snappy": {decodeSnappy, snappy.Encode(nil, large)},
		"zstd":   {decodeZstd, encoder.EncodeAll(large, nil)},
	} {
		if out, err := test.decode(make([]byte, len(large)), test.packed); err != nil || !bytes.Equal(out, large) {
			t.Errorf("%s: %v", name, err)
		}
		if out, err := test.decode(make([]byte, 1000), test.packed); err == nil {
			t.Errorf("%s: %d bytes in a page of 1000", name, len(out))
		}
	}
}

// cancelling ends the context with the first batch of users.
type cancelling struct {
	records
	cancel context.CancelFunc
}

func (c *cancelling) Users(b *snapshots.UserBatch) {
	c.records.Users(b)
	c.cancel()
}

func TestParquetEndsWithContext(t *testing.T) {
	in := input(t, manyUsers(t, 10_000, "arn:aws:iam::111122223333:user/x"))
	var out cancelling
	in.Context, out.cancel = context.WithCancel(t.Context())
	Read(in, &out)
	if n := len(out.Parts); n > 3 {
		t.Errorf("%d batches were read after the end of the context", n)
	}
}
