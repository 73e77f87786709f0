package files

import (
	"strings"
	"testing"
)

func TestJSONTooDeep(t *testing.T) {
	l := Limits{JSONDepth: 3}
	for text, want := range map[string]bool{
		`[[[]]]`:                      false,
		`[[[[]]]]`:                    true,
		` {"a": [{}]}`:                false,
		"\ufeff{\"a\": [{\"b\":[]}]}": true,
		`["[[[[", "\"[[[["]`:          false,
		`[[],[],[],[]]`:               false,
		`user,"[[[["`:                 false,
		``:                            false,
	} {
		if issue := l.jsonTooDeep([]byte(text)); (issue != nil) != want {
			t.Errorf("jsonTooDeep(%s) = %v", text, issue)
		}
	}
}

// TestLimits reaches each limit, and exceeds it by one.
func TestLimits(t *testing.T) {
	a, b := entry{name: "a.csv", body: noise(1000)}, entry{name: "d/b.csv", body: noise(1000)}
	nested := zipOf(entry{name: "x", body: zipOf(a)})
	flatText := strings.Repeat("aaaaaaaaaa", 200_000) // compresses to less than 1 %
	ratio := int64(len(flatText))/int64(len(gzipOf(flatText))) + 1
	tests := []struct {
		name, body, kind string
		within, beyond   func(*Limits)
	}{
		{"file", noise(1000), "file_too_large", func(l *Limits) { l.FileBytes = 1000 }, func(l *Limits) { l.FileBytes = 999 }},
		{"compressed file", gzipOf(noise(1000)), "file_too_large", func(l *Limits) { l.FileBytes = 1000 }, func(l *Limits) { l.FileBytes = 999 }},
		{"large file", noise(smallFileBytes + 9), "file_too_large", func(l *Limits) { l.FileBytes = smallFileBytes + 9 }, func(l *Limits) { l.FileBytes = smallFileBytes + 8 }},
		{"member of a zip", zipOf(a, b), "file_too_large", func(l *Limits) { l.FileBytes = 1000 }, func(l *Limits) { l.FileBytes = 999 }},
		{"member of a tar", tarOf(a, b), "file_too_large", func(l *Limits) { l.FileBytes = 1000 }, func(l *Limits) { l.FileBytes = 999 }},
		{"large member of a compressed tar", gzipOf(tarOf(entry{name: "a", body: noise(2 * smallFileBytes)})), "file_too_large",
			func(l *Limits) { l.FileBytes = 2 * smallFileBytes }, func(l *Limits) { l.FileBytes = 2*smallFileBytes - 1 }},
		{"zip", zipOf(a, b), "archive_too_large", func(l *Limits) { l.ArchiveBytes = 2000 }, func(l *Limits) { l.ArchiveBytes = 1999 }},
		{"tar", tarOf(a, b), "archive_too_large", func(l *Limits) { l.ArchiveBytes = 4096 }, func(l *Limits) { l.ArchiveBytes = 1999 }},
		{"compressed tar", gzipOf(tarOf(a, b)), "archive_too_large", func(l *Limits) { l.ArchiveBytes = 4096 }, func(l *Limits) { l.ArchiveBytes = 4095 }},
		{"archives in an archive", nested, "archive_too_large", func(l *Limits) { l.ArchiveBytes = 1000 + int64(len(zipOf(a))) }, func(l *Limits) { l.ArchiveBytes = 999 + int64(len(zipOf(a))) }},
		{"ratio of a file", gzipOf(flatText), "expansion", func(l *Limits) { l.Ratio = ratio }, func(l *Limits) { l.Ratio = ratio - 1 }},
		{"ratio of a zip", zipOf(entry{name: "a", body: flatText}), "expansion", func(l *Limits) { l.Ratio = 1032 }, func(l *Limits) { l.Ratio = 99 }},
		{"ratio of a compressed tar", gzipOf(tarOf(entry{name: "a", body: flatText})), "expansion", func(l *Limits) { l.Ratio = 1032 }, func(l *Limits) { l.Ratio = 99 }},
		{"members of a zip", zipOf(a, b), "too_many_members", func(l *Limits) { l.Members = 2 }, func(l *Limits) { l.Members = 1 }},
		{"members of a tar", tarOf(a, b), "too_many_members", func(l *Limits) { l.Members = 2 }, func(l *Limits) { l.Members = 1 }},
		{"members of a compressed tar", zstdOf(tarOf(a, b)), "too_many_members", func(l *Limits) { l.Members = 2 }, func(l *Limits) { l.Members = 1 }},
		{"path", zipOf(a, b), "path_too_long", func(l *Limits) { l.PathBytes = 7 }, func(l *Limits) { l.PathBytes = 6 }},
		{"depth", zipOf(a, b), "too_deep", func(l *Limits) { l.Depth = 1 }, func(l *Limits) { l.Depth = 0 }},
		{"nesting", nested, "nested", func(l *Limits) { l.Nesting = 2 }, func(l *Limits) { l.Nesting = 1 }},
	}
	for _, test := range tests {
		for way, root := range map[string]string{"file": write(t, entry{name: "x", body: test.body}), "stdin": Stdin} {
			walk := func(set func(*Limits)) string {
				o := defaults()
				set(&o.Limits)
				o.Stdin = strings.NewReader(test.body)
				return strings.Join(walked(t, root, o), "\n")
			}
			if got := walk(test.within); strings.Contains(got, test.kind) {
				t.Errorf("%s, %s: at the limit:\n%s", test.name, way, got)
			}
			if got := walk(test.beyond); !strings.Contains(got, test.kind) {
				t.Errorf("%s, %s: beyond the limit:\n%s", test.name, way, got)
			}
		}
	}
}
