package files

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// swapped is a folder of inputs, and a second one outside of it with the same names,
// of which nothing may be read.
type swapped struct{ root, folder, outside string }

const secret = "secret"

func newSwapped(t *testing.T) swapped {
	t.Helper()
	large := strings.Repeat("x", smallFileBytes+1)
	root := write(t, entry{name: "a.csv", body: "a"}, entry{name: "d/e/b.csv", body: "b"}, entry{name: "d/e/large.csv", body: large})
	outside := write(t, entry{name: "e/b.csv", body: secret}, entry{name: "e/large.csv", body: secret + large}, entry{name: "e/other.csv", body: secret})
	return swapped{root, filepath.Join(root, "d"), outside}
}

// away moves the folder away and puts a link to the outside in its place.
func (s swapped) away(t *testing.T) {
	if err := os.Rename(s.folder, s.folder+".away"); err != nil {
		t.Error(err)
	}
	if err := os.Symlink(s.outside, s.folder); err != nil {
		t.Skip(err)
	}
}

// back undoes away.
func (s swapped) back(t *testing.T) {
	if err := os.Remove(s.folder); err != nil {
		t.Error(err)
	}
	if err := os.Rename(s.folder+".away", s.folder); err != nil {
		t.Error(err)
	}
}

// TestSwappedFolder swaps a folder for a link at each point of a walk.
func TestSwappedFolder(t *testing.T) {
	t.Run("before it is opened", func(t *testing.T) {
		s, o := newSwapped(t), defaults()
		o.Unchanged = func(path string) func(File) bool {
			if strings.HasSuffix(path, "a.csv") {
				s.away(t)
			}
			return nil
		}
		same(t, walked(t, s.root, o), `a.csv "a"`, "d d/ {unreadable}")
	})
	t.Run("before its files are opened", func(t *testing.T) {
		s, o := newSwapped(t), defaults()
		o.Unchanged = func(path string) func(File) bool {
			if strings.HasSuffix(path, "b.csv") {
				s.away(t)
			}
			return nil
		}
		same(t, walked(t, s.root, o), `a.csv "a"`, `d/e/b.csv d/e "b"`, "d/e/large.csv d/e {unreadable}")
	})
	t.Run("before a large file is read", func(t *testing.T) {
		s := newSwapped(t)
		err := Walk(t.Context(), s.root, defaults(), func(b Batch) error {
			s.away(t)
			large := b.Files[len(b.Files)-1]
			if data, issue := large.Read(); issue == nil || issue.Kind != "unreadable" {
				t.Errorf("%s: %.20q, %+v", large.Path, data, issue)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

// TestSwappingFolder swaps a folder for a link all the time.
func TestSwappingFolder(t *testing.T) {
	s := newSwapped(t)
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		for {
			select {
			case <-stop:
				return
			default:
				s.away(t)
				s.back(t)
			}
		}
	}()
	for range 300 {
		for _, line := range walked(t, s.root, defaults()) {
			if strings.Contains(line, secret) || strings.Contains(line, "other.csv") {
				t.Errorf("read outside of the root: %s", line)
			}
		}
	}
	close(stop)
	<-stopped
}

// TestUTF8Name: names are text, and no two look the same.
func TestUTF8Name(t *testing.T) {
	seen := map[string]string{}
	for name, want := range map[string]string{
		"café": "café", `a\b`: `a\b`, "\ufffd": "\ufffd",
		"a\xff": `a\xff`, `a\xff`: `a\x5cxff`, "\\\xff": `\x5c\xff`, "a\x00": `a\x00`, `a\x00`: `a\x5cx00`, `a\x5cx00`: `a\x5cx5cx00`,
	} {
		got := UTF8Name(name)
		if got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
		if other, ok := seen[got]; ok {
			t.Errorf("%q and %q look the same", name, other)
		}
		seen[got] = name
	}
}
