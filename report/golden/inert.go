package golden

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// hostile is a text that no document may have as it is. It has no backtick, so
// that a code span with it ends at the next one.
const hostile = "\n@x --> #1 <b>@x|https://x.org\u202e"

// Inert puts a hostile text in the place of each string of a document, one at a
// time, and renders it. The text may stand in code spans if the format is
// Markdown, or in a comment, and must not have invisible characters in any. Strings of named types
// are the program's own, as are those in structs of the trusted types.
func Inert(t *testing.T, document any, isMarkdown bool, render func() string, trusted ...any) {
	t.Helper()
	w := walk{trusted: make([]reflect.Type, len(trusted))}
	for i, x := range trusted {
		w.trusted[i] = reflect.TypeOf(x)
	}
	w.strings(fmt.Sprintf("%T", document), reflect.ValueOf(document))
	for _, place := range w.places {
		before := place.value.String()
		place.value.SetString(hostile)
		if page := render(); strings.Contains(page, "\u202e") || isMarkdown && strings.Contains(inert.ReplaceAllString(page, ""), "@x") {
			t.Errorf("%s is not inert", place.path)
		}
		place.value.SetString(strings.Repeat("x ", 50_000))
		if page := render(); isMarkdown && len(inert.ReplaceAllString(page, "")) > 50_000 {
			t.Errorf("%s is not shortened", place.path)
		}
		place.value.SetString(before)
	}
	if len(w.places) == 0 {
		t.Errorf("%T has no strings", document)
	}
}

// inert are comments and code spans.
var inert = regexp.MustCompile("<!--[^\n]*?-->|`[^`\n]*`")

// walk collects the strings of a document.
type walk struct {
	trusted []reflect.Type
	places  []place
}

type place struct {
	path  string
	value reflect.Value
}

func (w *walk) strings(path string, v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		if v.Type() == reflect.TypeFor[string]() {
			w.places = append(w.places, place{path, v})
		}
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			w.strings(path, v.Elem())
		}
	case reflect.Slice:
		for i := range v.Len() {
			w.strings(fmt.Sprintf("%s[%d]", path, i), v.Index(i))
		}
	case reflect.Struct:
		for i := 0; i < v.NumField() && !slices.Contains(w.trusted, v.Type()); i++ {
			if field := v.Type().Field(i); field.IsExported() {
				w.strings(path+"."+field.Name, v.Field(i))
			}
		}
	}
}
