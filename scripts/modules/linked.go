package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
)

// module is a linked module.
type module struct {
	Path, Version string
	Sum           string // as in go.sum: h1: and the base64 of a SHA-256
	Dir           string // in the module cache
	Main          bool
	License       string // an SPDX expression: all texts in the module's license file
}

// linked lists the modules of the program on Linux for amd64, sorted by path.
// Other systems link the library of DuckDB from another module.
func linked() ([]module, error) {
	cmd := exec.Command("go", "list", "-deps", "-json=Module", "iamcensus")
	cmd.Env = append(os.Environ(), "GOOS=linux", "GOARCH=amd64", "CGO_ENABLED=1")
	cmd.Stderr = os.Stderr
	text, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	var modules []module
	for decoder := json.NewDecoder(bytes.NewReader(text)); ; {
		var of struct{ Module *module }
		if err := decoder.Decode(&of); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, err
		}
		if of.Module != nil && !of.Module.Main && !slices.Contains(modules, *of.Module) {
			modules = append(modules, *of.Module)
		}
	}
	slices.SortFunc(modules, func(a, b module) int { return cmp.Compare(a.Path, b.Path) })
	return modules, readLicenses(modules)
}

// goVersion is that of the standard library, such as v1.26.0.
func goVersion() (string, error) {
	text, err := exec.Command("go", "env", "GOVERSION").Output()
	return strings.Replace(strings.TrimSpace(string(text)), "go", "v", 1), err
}
