package main

import (
	"crypto/sha256"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestInputs writes each input twice: it has content, and the same both times.
func TestInputs(t *testing.T) {
	folders := map[string]string{}
	for _, in := range inputs {
		if other, ok := folders[(&harness{}).folder(in)]; ok {
			t.Errorf("%s and %s have one folder", in.name, other)
		}
		folders[(&harness{}).folder(in)] = in.name
		if in.sql != "" {
			continue
		}
		first, second := hashes(t, in), hashes(t, in)
		if len(first) == 0 {
			t.Errorf("%s writes no file", in.name)
		}
		if diff := cmp.Diff(first, second); diff != "" {
			t.Errorf("%s differs the second time:\n%s", in.name, diff)
		}
	}
}

func hashes(t *testing.T, in input) map[string][sha256.Size]byte {
	t.Helper()
	dir := t.TempDir()
	if err := in.write(dir, 20_000); err != nil {
		t.Fatalf("%s: %v", in.name, err)
	}
	hashes := map[string][sha256.Size]byte{}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		hashes[path[len(dir):]] = sha256.Sum256(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return hashes
}

// TestFailures has runs at each bound and beyond it.
func TestFailures(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	hostile := filepath.Join(t.TempDir(), "hostile")
	for path, text := range map[string]string{out: "fine\n", hostile: "<script>\npanic: x\n"} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	clean, dirty := outputs{out, out}, outputs{hostile, hostile}
	small := result{cpu: time.Second, peak: 100, outputs: clean}
	for name, test := range map[string]struct {
		result
		plain time.Duration
		want  []string
	}{
		"at the bounds":     {result{cpu: 3 * time.Second, peak: 402, outputs: clean}, 0, nil},
		"as slow as plain":  {result{cpu: 8 * time.Second, outputs: clean}, 2 * time.Second, nil},
		"memory":            {result{peak: 403, outputs: clean}, 0, []string{"report: 303 MB, more than 302"}},
		"time":              {result{cpu: 4 * time.Second, outputs: clean}, 0, []string{"report: 4.0 s, more than 3.0"}},
		"exit":              {result{exit: 4, outputs: clean}, 0, []string{"report: exit code 4"}},
		"signal":            {result{exit: -1, outputs: clean}, 0, []string{"report: ended by a signal"}},
		"timeout":           {result{exit: -1, killed: true, wall: time.Minute, outputs: clean}, 0, []string{"report: killed after 60 s"}},
		"markup and crash":  {result{outputs: dirty}, 0, []string{`report: the output has "<script"`, `report: the output has "panic: "`}},
		"no output to read": {result{outputs: outputs{"/nonexistent", out}}, 0, []string{`report: the output has "open /nonexistent: no such file or directory"`}},
	} {
		m := measured{command: command{name: "report"}, result: test.result, empty: small, plain: result{cpu: test.plain}, mb: 1}
		if diff := cmp.Diff(test.want, m.failures([]int{0})); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestAnswer(t *testing.T) {
	c := command{name: "ingest"}
	for _, test := range []struct {
		result
		want string
	}{
		{result{exit: 0}, ""},
		{result{exit: 130, answer: time.Second}, ""},
		{result{exit: 130, answer: 2 * time.Second}, "ingest: ends 2.0 s after Ctrl-C"},
		{result{exit: 4, answer: time.Millisecond}, "ingest: exit code 4 after Ctrl-C"},
		{result{exit: -1, answer: time.Millisecond}, ""},
		{result{exit: -1, answer: time.Minute, killed: true}, "ingest: Ctrl-C has no effect"},
	} {
		if got := answerFailure(c, test.result, 0); got != test.want {
			t.Errorf("%+v: %q, not %q", test.result, got, test.want)
		}
	}
}

func TestRow(t *testing.T) {
	r := row{input: input{name: "csv: x"}, bytes: 1200, mb: 1, memory: 12.4, cpu: 1500 * time.Millisecond, plain: time.Second, exits: []string{"0", "4"}}
	if got, want := r.String(), "| csv: x | 1200 | 1.0 | 12 | 1.5 | 1.0 |  | 0 4 | ok |\n"; got != want {
		t.Errorf("%q, not %q", got, want)
	}
	r.failures = []string{"a", "b"}
	r.answer = 250 * time.Millisecond
	if got, want := r.String(), "| csv: x | 1200 | 1.0 | 12 | 1.5 | 1.0 | 0.25 | 0 4 | a; b |\n"; got != want {
		t.Errorf("%q, not %q", got, want)
	}
}
