package progress

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"iamcensus/snapshots/files"
)

// shown is a Line on a recorded screen, with a clock that after sets.
type shown struct {
	Line
	screen strings.Builder
	clock  time.Time
}

func newShown(columns int, every time.Duration) *shown {
	s := &shown{clock: time.Date(2021, 1, 24, 0, 0, 0, 0, time.UTC)}
	s.out, s.now, s.columns, s.every = &s.screen, func() time.Time { return s.clock }, columns, every
	return s
}

// after lets time pass, steps, and returns what was drawn.
func (s *shown) after(d time.Duration, to Counts) string {
	s.screen.Reset()
	s.clock = s.clock.Add(d)
	s.Step(to)
	return s.screen.String()
}

func TestProgressLine(t *testing.T) {
	s := newShown(69, 100*time.Millisecond)
	s.draw(s.clock)
	for _, test := range []struct {
		name  string
		after time.Duration
		total int64
		to    Counts
		want  string
	}{
		{"too early for a line", 99 * time.Millisecond, 0, Counts{Files: 1, Rows: 14, Bytes: 1e6}, ""},
		{"no total yet", 901 * time.Millisecond, 0, Counts{Files: 10, Rows: 140, Bytes: 5e7},
			"\rreading  10 files  140 rows  50.0 MB/s"},
		{"time left", time.Second, 1e9, Counts{Files: 20, Rows: 280, Bytes: 1e8},
			"\r10%  18s left  20 files  280 rows  50.0 MB/s"},
		{"the speed is that of the last ten seconds", 10 * time.Second, 1e9, Counts{Files: 21, Rows: 290, Bytes: 101e6},
			"\r10%  2h29m left  21 files  290 rows  100.0 kB/s"},
		{"minutes and seconds", 10 * time.Second, 11_111e6, Counts{Files: 21, Rows: 290, Bytes: 1101e6},
			"\r9%  1m41s left  21 files  290 rows  100.0 MB/s "},
		{"the rest of a longer line is wiped, and a time left of days is not shown", 999 * time.Second, 1e12, Counts{Files: 12_000, Rows: 1_234_567, Bytes: 1111e6},
			"\r0%  12,000 files  1,234,567 rows  10.0 kB/s   "},
		{"more than the total", 1000 * time.Second, 5e8, Counts{Files: 12_001, Rows: 1_234_568, Bytes: 2111e6},
			"\r100%  0s left  12,001 files  1,234,568 rows  1.0 MB/s"},
		{"no longer than the screen is wide", 10 * time.Second, 9e9,
			Counts{Files: 123_456_789, Rows: 123_456_789_012_345, Bytes: 3111e6},
			"\r34%  59s left  123,456,789 files  123,456,789,012,345 rows  100.0 MB/s"[:70]},
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
	s.after(9*time.Second, Counts{Files: 1, Rows: 2, Bytes: 3})
	if s.screen.Len() > 0 {
		t.Errorf("after 9 seconds: %q", s.screen.String())
	}
	s.end()
	if got, want := s.screen.String(), "reading  1 file  2 rows  0.0 kB/s\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestNoProgressWithoutTerminal(t *testing.T) {
	if New(&strings.Builder{}, false, time.Now) != nil {
		t.Error("a line without a terminal and without --progress")
	}
}

func TestSize(t *testing.T) {
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
		if got := size(t.Context(), test.paths); got != test.want {
			t.Errorf("%q: %d, want %d", test.paths, got, test.want)
		}
	}
}

func TestShowAndWipe(t *testing.T) {
	s := newShown(20, time.Second)
	s.Show("building views")
	s.Show("computing")
	s.Wipe()
	s.Wipe()
	if got, want := s.screen.String(), "\rbuilding views\rcomputing     \r         \r"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestNilLine(t *testing.T) {
	var l *Line
	l.Show("building views")
	l.Step(Counts{Files: 1})
	l.Follow(t.Context(), nil)()
	l.Wipe()
}
