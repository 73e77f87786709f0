package formats

import (
	"bytes"
)

// contentKind says what a file is that is not read, by its first bytes: in words, and
// without any of its content, which may be a secret.
func contentKind(data []byte) string {
	head := headOf(data)
	for _, magic := range magics {
		if len(head) >= magic.at && bytes.HasPrefix(head[magic.at:], []byte(magic.begins)) {
			return magic.kind
		}
	}
	text := bytes.TrimSpace(head)
	switch {
	case len(text) == 0:
		return "nothing"
	case bytes.IndexByte(head, 0) >= 0:
		return "binary data"
	case text[0] == '{' || text[0] == '[':
		return jsonKind(text)
	}
	return "text"
}

// magics are the beginnings of files that may be beside reports.
var magics = []struct {
	at           int
	begins, kind string
}{
	{0, "\x89PNG", "a PNG image"},
	{0, "\xff\xd8\xff", "a JPEG image"},
	{0, "GIF8", "a GIF image"},
	{8, "WEBP", "a WebP image"},
	{4, "ftyp", "a video or HEIC image"},
	{0, "%PDF", "a PDF"},
	{0, "-----BEGIN ", "a key or certificate"},
	{0, "SQLite format 3\x00", "an SQLite database"},
	{8, "DUCK", "a DuckDB database"},
	{0, "PGDMP", "a PostgreSQL dump"},
	{0, "\x7fELF", "a program"},
	{0, "MZ\x90", "a Windows program"},
	{0, "PAR1", "a Parquet file"},
	{0, "Obj\x01", "an Avro file"},
	{0, "ARROW1", "an Arrow file"},
	{0, "<?xml", "XML"},
	{0, "#!", "a script"},
}
