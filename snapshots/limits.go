package snapshots

// TableLimits bound the content of one file. Each has a flag, which the Issue of
// input beyond the limit names.
type TableLimits struct {
	RowBytes int // maximum length of a row in CSV or JSON
	Columns  int // maximum number of columns of a table, or keys of a JSON object
	Rows     int // maximum number of rows of a table, or elements of the lists of a response

	FileBytes int64 // maximum of bytes that the pages of a Parquet file unpack to
	Ratio     int64 // maximum of these per byte of the file, beyond the first MiB
}

// DefaultTableLimits leave room for real tables. A row of a credential report has at
// most some 500 bytes in 26 columns, and a file of the maximum size has at most two
// million of the shortest rows that AWS writes.
var DefaultTableLimits = TableLimits{
	RowBytes: 64 << 10,
	Columns:  1000,
	Rows:     2_000_000,

	FileBytes: 256 << 20,
	Ratio:     200,
}
