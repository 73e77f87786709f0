package engine

import (
	"cmp"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"

	files "iamcensus/sql"
)

// View is one file of a layer: a relation, or a data test.
type View struct {
	Name   string
	Query  string // with macros
	header []headerLine
}

type headerLine struct{ key, value string }

// Views returns the files of one layer, sorted by name.
func Views(layer string) []View { return slices.Clone(parsed()[layer]) }

// parsed holds the files of all folders of sql/, which are read once.
var parsed = sync.OnceValue(func() map[string][]View {
	all := map[string][]View{}
	err := fs.WalkDir(files.Files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			layer := path.Dir(name)
			all[layer] = append(all[layer], parseView(strings.TrimSuffix(entry.Name(), ".sql"), read(name)))
		}
		return err
	})
	if err != nil {
		panic(err) // the files are embedded
	}
	return all
})

func read(name string) string {
	data, err := files.Files.ReadFile(name)
	if err != nil {
		panic(err) // a file that is embedded
	}
	return string(data)
}

// parseView splits the lines "-- Key: value" at the top of a file from its query.
func parseView(name, text string) View {
	v := View{Name: name, Query: text}
	for {
		line, rest, _ := strings.Cut(v.Query, "\n")
		comment, ok := strings.CutPrefix(line, "-- ")
		if !ok {
			return v
		}
		if key, value, ok := strings.Cut(strings.TrimSpace(comment), ": "); ok {
			v.header = append(v.header, headerLine{key, value})
		}
		v.Query = rest
	}
}

// Header returns the value of a line of the header, such as Title; "" if there
// is no such line.
func (v View) Header(key string) string {
	for _, line := range v.header {
		if line.key == key {
			return line.value
		}
	}
	return ""
}

// Keys returns the keys of the header in their order.
func (v View) Keys() []string {
	keys := make([]string, len(v.header))
	for i, line := range v.header {
		keys[i] = line.key
	}
	return keys
}

// lines returns the lines of the header whose key is a word and an argument:
// "-- Check root.no_mfa: Root without MFA" has the word Check.
func (v View) lines(word string) []headerLine {
	var lines []headerLine
	for _, line := range v.header {
		if argument, ok := strings.CutPrefix(line.key, word+" "); ok {
			lines = append(lines, headerLine{argument, line.value})
		}
	}
	return lines
}

// Reads returns the relations that the header says the query reads. A layer with
// a slash stands for all of its relations.
func (v View) Reads() []string {
	var names []string
	for name := range strings.SplitSeq(v.Header("Reads"), ", ") {
		if layer, ok := strings.CutSuffix(name, "/"); ok {
			for _, of := range Views(layer) {
				names = append(names, of.Name)
			}
		} else if name != "nothing" {
			names = append(names, name)
		}
	}
	return names
}

// ordered returns the files of a layer by the number in their Order line.
func ordered(layer string) []View {
	views := Views(layer)
	slices.SortStableFunc(views, func(a, b View) int { return cmp.Compare(a.order(), b.order()) })
	return views
}

func (v View) order() int {
	n, err := strconv.Atoi(v.Header("Order"))
	if err != nil {
		panic(fmt.Sprintf("%s: Order is not a number: %v", v.Name, err)) // a test reads every file
	}
	return n
}
