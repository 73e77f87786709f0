package main

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"strings"
)

// bill is a CycloneDX document: https://cyclonedx.org/docs/1.6/json/
type bill struct {
	Schema       string `json:"$schema"`
	Format       string `json:"bomFormat"`
	SpecVersion  string `json:"specVersion"`
	Version      int    `json:"version"` // of the document
	Metadata     `json:"metadata"`
	Components   []component  `json:"components"`
	Dependencies []dependency `json:"dependencies"`
}

// Metadata names the program.
type Metadata struct {
	Component component `json:"component"`
}

type component struct {
	Type     string       `json:"type"`
	Ref      string       `json:"bom-ref"`
	Name     string       `json:"name"`
	Version  string       `json:"version"`
	Hashes   []hash       `json:"hashes,omitempty"`
	Licenses []expression `json:"licenses"`
	PURL     string       `json:"purl"`
}

type hash struct {
	Algorithm string `json:"alg"`
	Content   string `json:"content"`
}

type expression struct {
	Expression string `json:"expression"`
}

type dependency struct {
	Ref       string   `json:"ref"`
	DependsOn []string `json:"dependsOn,omitempty"`
}

// writeBill writes the bill of materials of a version. It has no time and no
// random number, so that equal modules give equal documents.
func writeBill(out io.Writer, version string, modules []module) error {
	program := componentOf("application", module{Path: "iamcensus", Version: version, License: "Apache-2.0"})
	b := bill{
		Schema: "http://cyclonedx.org/schema/bom-1.6.schema.json", Format: "CycloneDX", SpecVersion: "1.6", Version: 1,
		Metadata: Metadata{program}, Dependencies: []dependency{{Ref: program.Ref}},
	}
	for _, m := range modules {
		c := componentOf("library", m)
		if m.Sum != "" {
			sum, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(m.Sum, "h1:"))
			if err != nil {
				return fmt.Errorf("%s: %w", m.Path, err)
			}
			c.Hashes = []hash{{"SHA-256", hex.EncodeToString(sum)}}
		}
		b.Components = append(b.Components, c)
		b.Dependencies[0].DependsOn = append(b.Dependencies[0].DependsOn, c.Ref)
	}
	encoder := json.NewEncoder(out)
	encoder.SetIndent("", " ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(b)
}

func componentOf(kind string, m module) component {
	purl := "pkg:golang/" + m.Path + "@" + url.QueryEscape(m.Version)
	return component{Type: kind, Ref: purl, Name: m.Path, Version: m.Version, Licenses: []expression{{m.License}}, PURL: purl}
}
