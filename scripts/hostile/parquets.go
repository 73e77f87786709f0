package main

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/compress"
	pq "github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/schema"
)

// parquetFile writes a table whose columns are texts. Each of them has the value
// in every row: with a dictionary, the file does not grow with the rows.
func parquetFile(value string, rows int, fields func(size int) schema.FieldList, more ...parquet.WriterProperty) func(string, int) error {
	return func(dir string, size int) (err error) {
		path := filepath.Join(dir, "2021-01-24/org", accountID(1), "r.parquet")
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		out, err := os.Create(path)
		if err != nil {
			return err
		}
		root, err := schema.NewGroupNode("schema", parquet.Repetitions.Required, fields(size), -1)
		if err != nil {
			return errors.Join(err, out.Close())
		}
		properties := parquet.NewWriterProperties(append(more, parquet.WithCompression(compress.Codecs.Zstd))...)
		w := pq.NewParquetWriter(out, root, pq.WithWriterProps(properties))
		return errors.Join(writeColumns(w, value, rows), w.Close()) // which closes the file
	}
}

func writeColumns(w *pq.Writer, value string, rows int) error {
	group, err := w.AppendRowGroupChecked()
	if err != nil {
		return err
	}
	for range w.NumColumns() {
		column, err := group.NextColumn()
		if err != nil {
			return err
		}
		values := make([]parquet.ByteArray, min(rows, 1024))
		for i := range values {
			values[i] = parquet.ByteArray(value)
		}
		for left := rows; left > 0; left -= len(values) {
			values = values[:min(left, len(values))]
			if _, err := column.(*pq.ByteArrayColumnChunkWriter).WriteBatch(values, nil, nil); err != nil {
				return err
			}
		}
		if err := column.Close(); err != nil {
			return err
		}
	}
	return group.Close()
}

func leaf(name string) schema.Node {
	return schema.NewByteArrayNode(name, parquet.Repetitions.Required, -1)
}

// allLeaves are the columns of AWS.
func allLeaves(int) schema.FieldList {
	var fields schema.FieldList
	for name := range strings.SplitSeq(strings.TrimSpace(standardHeader), ",") {
		fields = append(fields, leaf(name))
	}
	return fields
}

func reportLeaves(int) schema.FieldList { return schema.FieldList{leaf("user"), leaf("arn")} }

// largePages has a page of up to 30 MB in each column, which compresses to little.
func largePages(encoding parquet.WriterProperty) func(string, int) error {
	return func(dir string, size int) error {
		write := parquetFile(strings.Repeat("n", 4000), min(size/120, 7500), allLeaves,
			encoding, parquet.WithDictionaryDefault(false), parquet.WithDataPageSize(32<<20))
		return write(dir, size)
	}
}

var parquets = []input{
	{name: "parquet: leaves", write: parquetFile("a", 1, func(size int) schema.FieldList {
		fields := schema.FieldList{leaf("user")}
		for n := range min(size, 3<<20) / 100 { // the footer has at most 4 MiB
			fields = append(fields, leaf(number("c", n)))
		}
		return fields
	})},
	{name: "parquet: depth", write: parquetFile("a", 1, func(size int) schema.FieldList {
		node := leaf("deep")
		for range min(size/20, 2000) { // the names of all levels are in each path
			node = schema.Must(schema.NewGroupNode("g", parquet.Repetitions.Required, schema.FieldList{node}, -1))
		}
		return schema.FieldList{leaf("user"), node}
	})},
	{name: "parquet: one name of 4 KB", write: func(dir string, size int) error {
		return parquetFile(strings.Repeat("n", 4000), size/100, reportLeaves)(dir, size)
	}},
	{name: "parquet: one short name", write: func(dir string, size int) error {
		return parquetFile("n", size/2, reportLeaves)(dir, size)
	}},
	{name: "parquet: large pages", write: largePages(parquet.WithEncoding(parquet.Encodings.Plain))},
	{name: "parquet: differences", write: largePages(parquet.WithEncoding(parquet.Encodings.DeltaByteArray))},
	{name: "parquet: Latin-1 column", write: parquetFile("a", 10, func(int) schema.FieldList {
		return schema.FieldList{leaf("user"), leaf("Pr\xe9nom")}
	})},
	{name: "parquet: long column", write: parquetFile("a", 10, func(size int) schema.FieldList {
		return schema.FieldList{leaf("user"), leaf(strings.Repeat("c", min(size, 1<<20)) + strconv.Itoa(size))}
	})},
}
