// Command modules lists the modules that are linked into iamcensus, with their
// licenses, as a page of the docs or as a software bill of materials:
//
//	go run ./scripts/modules > docs/licenses.md
//	go run ./scripts/modules -sbom v1.0.0 > build/iamcensus.cdx.json
//
// The licenses are read from the module cache. Equal modules give equal output.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
)

func main() {
	version := flag.String("sbom", "", "write the bill of materials of this version of iamcensus, as CycloneDX 1.6")
	flag.Parse()
	if err := run(os.Stdout, *version); err != nil {
		fmt.Fprintln(os.Stderr, "modules:", err)
		os.Exit(1)
	}
}

func run(out io.Writer, version string) error {
	modules, err := linked()
	if err != nil {
		return err
	}
	if version == "" {
		return writePage(out, modules)
	}
	release, err := goVersion()
	if err != nil {
		return err
	}
	return writeBill(out, version, append(modules, module{Path: "std", Version: release, License: "BSD-3-Clause"}))
}
