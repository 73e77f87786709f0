package main

import (
	"fmt"
	"io"
	"text/template"
)

var page = template.Must(template.New("").Parse(`# Licenses

The modules that are linked into iamcensus on Linux for amd64. ` + "`go run ./scripts/modules > docs/licenses.md`" + ` writes this
page, and a test compares it with ` + "`go.mod`" + `. A license is that of the file in the module; where that file has several
texts, all are named, joined by AND.

| module | version | license |
|---|---|---|
{{range . -}}
| {{.Path}} | {{.Version}} | {{.License}} |
{{end}}
Beside them are the standard library of Go (BSD-3-Clause) and, in the module that ends in ` + "`lib/linux-amd64`" + `, DuckDB (MIT)
with [its own third parties](https://github.com/duckdb/duckdb/tree/main/third_party). Other systems link DuckDB from a
module with the same license. ` + "`make sbom`" + ` writes the same list as a bill of materials, in CycloneDX.
`))

func writePage(out io.Writer, modules []module) error {
	if err := page.Execute(out, modules); err != nil {
		return fmt.Errorf("page: %w", err)
	}
	return nil
}
