package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// texts are words by which a license is known.
var texts = []struct{ id, words string }{
	{"Apache-2.0", "apache license version 2.0"},
	{"Apache-2.0", "licensed under the apache license, version 2.0"},
	{"BSD-2-Clause", "redistributions in binary form must reproduce the above copyright notice"},
	{"BSD-3-Clause", "neither the name of"},
	{"BSL-1.0", "boost software license - version 1.0"},
	{"MIT", "permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated"},
	{"MPL-2.0", "mozilla public license version 2.0"},
	{"Zlib", "this software is provided 'as-is', without any express or implied warranty"},
}

// readLicenses sets the licenses of modules. One without a license, or with an
// unknown one, is an error.
func readLicenses(modules []module) error {
	for i := range modules {
		m := &modules[i]
		found, err := filepath.Glob(filepath.Join(m.Dir, "LICENSE*"))
		if err != nil || len(found) == 0 {
			return fmt.Errorf("%s: no license file in %s", m.Path, m.Dir)
		}
		text, err := os.ReadFile(found[0])
		if err != nil {
			return err
		}
		if m.License = license(string(text)); m.License == "" {
			return fmt.Errorf("%s: unknown license: %s", m.Path, found[0])
		}
	}
	return nil
}

// license is the SPDX expression of all licenses in a text, "" if none is known.
func license(text string) string {
	text = strings.ToLower(strings.Join(strings.Fields(text), " "))
	var ids []string
	for _, known := range texts {
		switch {
		case !strings.Contains(text, known.words), len(ids) > 0 && ids[len(ids)-1] == known.id:
		case known.id == "BSD-3-Clause" && len(ids) > 0 && ids[len(ids)-1] == "BSD-2-Clause":
			ids[len(ids)-1] = known.id // the third clause
		default:
			ids = append(ids, known.id)
		}
	}
	return strings.Join(ids, " AND ")
}
