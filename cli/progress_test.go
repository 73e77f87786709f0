package cli

import (
	"iamcensus/ingest"
	"iamcensus/snapshots/files"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// shown is a progress on a screen of its own, with a clock that steps set.
type shown struct {
	progress
	screen strings.Builder
	clock  time.Time
}

func newShown(columns int, every time.Duration) *shown {
	s := &shown{clock: time.Date(2021, 1, 24, 0, 0, 0, 0, time.UTC)}
	s.out, s.now, s.columns, s.every = &s.screen, func() time.Time { return s.clock }, columns, every
	return s
}

// after lets time pass, steps, and gives what came onto the screen.
func (s *shown) after(d time.Duration, to ingest.Progress) string {
	s.screen.Reset()
	s.clock = s.clock.Add(d)
	s.step(to)
	return s.screen.String()
}

func TestProgressLine(t *testing.T) {
	s := newShown(69, 100*time.Millisecond)
	s.draw(s.clock)
	for _, test := range []struct {
		name  string
		after time.Duration
		total int64
		to    ingest.Progress
		want  string
	}{
		{"too early for a line", 99 * time.Millisecond, 0, ingest.Progress{Files: 1, Rows: 14, Bytes: 1e6}, ""},
		{"no total yet", 901 * time.Millisecond, 0, ingest.Progress{Files: 10, Rows: 140, Bytes: 5e7},
			"\rreading  10 files  140 rows  50.0 MB/s"},
		{"time left", time.Second, 1e9, ingest.Progress{Files: 20, Rows: 280, Bytes: 1e8},
			"\rreading  20 files  280 rows  50.0 MB/s  10%  18s left"},
		{"the speed is that of the last ten seconds", 10 * time.Second, 1e9, ingest.Progress{Files: 21, Rows: 290, Bytes: 101e6},
			"\rreading  21 files  290 rows  100.0 kB/s  10%  2h29m50s left"},
		{"the rest of a longer line is wiped, and no end is in sight", 999 * time.Second, 1e12, ingest.Progress{Files: 22, Rows: 300, Bytes: 111e6},
			"\rreading  22 files  300 rows  10.0 kB/s  0%                 "},
		{"more than there was", 1000 * time.Second, 5e8, ingest.Progress{Files: 23, Rows: 310, Bytes: 1111e6},
			"\rreading  23 files  310 rows  1.0 MB/s  100%  0s left"},
		{"no more than the screen is wide", 10 * time.Second, 9e9,
			ingest.Progress{Files: 123_456_789, Rows: 123_456_789_012_345, Bytes: 1111e6 + 1e9},
			"\rreading  123456789 files  123456789012345 rows  100.0 MB/s  23%  1m9s left"[:70]},
	} {
		s.total.Store(test.total)
		if got := s.after(test.after, test.to); got != test.want {
			t.Errorf("%s:\ngot  %q\nwant %q", test.name, got, test.want)
		}
	}
	s.screen.Reset()
	s.end()
	if got, want := s.screen.String(), "\r"+strings.Repeat(" ", 69)+"\r"; got != want {
		t.Errorf("at the end\ngot  %q\nwant %q", got, want)
	}
}

func TestProgressWithoutTerminal(t *testing.T) {
	s := newShown(0, 10*time.Second)
	s.draw(s.clock)
	s.after(9*time.Second, ingest.Progress{Files: 1, Rows: 2, Bytes: 3})
	if s.screen.Len() > 0 {
		t.Errorf("after 9 seconds: %q", s.screen.String())
	}
	s.end()
	if got, want := s.screen.String(), "reading  1 files  2 rows  0.0 kB/s\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestNoProgressWithoutTerminal(t *testing.T) {
	if newProgress(&strings.Builder{}, false, time.Now) != nil {
		t.Error("shown, though stderr is no terminal and nobody asked")
	}
}

func TestBytesBelow(t *testing.T) {
	dir := t.TempDir()
	for name, size := range map[string]int{"a/b/one": 10, "a/two": 5, "three": 1} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, make([]byte, size), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for _, test := range []struct {
		paths []string
		want  int64
	}{
		{[]string{dir}, 16},
		{[]string{filepath.Join(dir, "a"), filepath.Join(dir, "three")}, 16},
		{[]string{dir, files.Stdin}, 0},
	} {
		if got := bytesBelow(t.Context(), test.paths); got != test.want {
			t.Errorf("%q: %d, want %d", test.paths, got, test.want)
		}
	}
}
