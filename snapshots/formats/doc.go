// Package formats reads the files that hold IAM users and what else AWS reports of
// accounts and AWS Organizations.
//
// Recognize tries the list Formats (format.go) in order, by content and never by
// name. The first Format that matches reads the file: it emits batches of users,
// documents and issues into a Sink. Formats share three readers:
//
//   - credential_report.go reads the CSV of AWS, which also comes in JSON and base64
//     (credential_report_json.go).
//   - report_reader.go reads credential reports that other tools exported as one
//     table, and restores the words of AWS that they replaced (table.go). The rows
//     come from CSV (report_csv.go), JSON (report_json.go) or Parquet (parquet.go).
//   - json.go reads other JSON responses of AWS, element by element.
//
// To add a format: write a file with its Format, add a line to Formats, and put
// examples into testdata/formats/<name>/. TestFormats compares the records and issues
// of every example with the .want file beside it (written by -update), and FuzzFormats
// starts from the examples.
//
// Every row of a file is emitted, or refused by an Issue. A cell that cannot be read
// is an Issue and unknown; the rest of its row counts.
//
// Two files make credential reports faster to read. Each says what it saves:
// credential_report_row.go and parse_time.go.
package formats
