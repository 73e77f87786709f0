package progress

import (
	"context"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/term"

	"iamcensus/report/text"
)

// Counts is how far a load has come.
type Counts struct {
	Files, Rows int64
	Bytes       int64 // of files as they are on disk
}

// Line shows progress. A nil Line shows nothing. It is used by one goroutine at
// a time.
type Line struct {
	out     io.Writer
	now     func() time.Time
	every   time.Duration // between two lines
	columns int           // maximum length of a line; 0: not a terminal
	total   atomic.Int64  // bytes to read; 0: unknown
	last    Counts
	drawn   time.Time // when the last line was drawn
	shown   int       // its length
	past    []mark    // of the last lines, for the speed
}

// mark is how far a load was at a time.
type mark struct {
	at    time.Time
	bytes int64
}

// speedOver is the time over which the speed is averaged: files are counted in
// batches, which arrive in bursts.
const speedOver = 10 * time.Second

// New returns nil if stderr is not a terminal, unless always is set. If stderr
// escapes what moves the cursor, its Unwrap returns the writer below.
func New(stderr io.Writer, always bool, now func() time.Time) *Line {
	if wrapper, ok := stderr.(interface{ Unwrap() io.Writer }); ok {
		stderr = wrapper.Unwrap()
	}
	if file, ok := stderr.(*os.File); ok && term.IsTerminal(int(file.Fd())) {
		columns := 80
		if width, _, err := term.GetSize(int(file.Fd())); err == nil && width > 0 {
			columns = min(columns, width)
		}
		return &Line{out: stderr, now: now, every: 100 * time.Millisecond, columns: columns - 1}
	}
	if !always {
		return nil
	}
	return &Line{out: stderr, now: now, every: speedOver}
}

// Show shows a text until Wipe or the next line.
func (l *Line) Show(text string) {
	if l == nil {
		return
	}
	if l.columns == 0 {
		fmt.Fprintln(l.out, text)
		return
	}
	text = text[:min(len(text), l.columns)]
	rest := strings.Repeat(" ", max(0, l.shown-len(text)))
	l.shown = len(text)
	fmt.Fprint(l.out, "\r"+text+rest)
}

// Wipe removes the line from a terminal, so that something else can be printed.
func (l *Line) Wipe() {
	if l == nil || l.columns == 0 || l.shown == 0 {
		return
	}
	l.Show("")
	fmt.Fprint(l.out, "\r")
}

// Follow shows the progress of a load of the paths until end is called.
func (l *Line) Follow(ctx context.Context, paths []string) (end func()) {
	if l == nil {
		return func() {}
	}
	ctx, cancel := context.WithCancel(ctx)
	var sizing sync.WaitGroup
	sizing.Go(func() { l.total.Store(size(ctx, paths)) })
	l.draw(l.now())
	return func() {
		cancel()
		sizing.Wait()
		l.end()
	}
}

// Step takes the counts of a load, and draws a line if it is time for one.
func (l *Line) Step(to Counts) {
	if l == nil {
		return
	}
	l.last = to
	if now := l.now(); now.Sub(l.drawn) >= l.every {
		l.draw(now)
	}
}

func (l *Line) draw(now time.Time) {
	l.drawn = now
	l.past = append(l.past, mark{now, l.last.Bytes})
	recent := slices.IndexFunc(l.past, func(m mark) bool { return now.Sub(m.at) < speedOver })
	l.past = l.past[max(0, recent-1):]
	l.Show(l.text())
}

// end wipes the line off a terminal, and elsewhere shows the final counts.
func (l *Line) end() {
	if l.columns == 0 {
		l.draw(l.now())
		return
	}
	l.Wipe()
}

// text is such as 42%  1m03s left  12,000 files  1,234,567 rows  85.2 MB/s.
func (l *Line) text() string {
	speed := l.speed()
	parts := append(l.remaining(speed), text.Quantity(l.last.Files, "file"), text.Quantity(l.last.Rows, "row"))
	if speed > 0 {
		parts = append(parts, perSecond(speed))
	}
	return strings.Join(parts, "  ")
}

// foreseeable is the longest time left that is worth showing, in seconds.
const foreseeable = 100 * 60 * 60

// remaining is the percentage that is done and the time left, as far as known.
func (l *Line) remaining(speed float64) []string {
	total := l.total.Load()
	if total == 0 {
		return []string{"reading"}
	}
	left := max(0, total-l.last.Bytes)
	parts := []string{fmt.Sprintf("%d%%", 100*(total-left)/total)}
	if seconds := float64(left) / speed; seconds < foreseeable {
		parts = append(parts, duration(int(math.Ceil(seconds)))+" left")
	}
	return parts
}

// duration writes seconds as 18s, 1m03s or 2h05m.
func duration(seconds int) string {
	switch {
	case seconds < 60:
		return fmt.Sprintf("%ds", seconds)
	case seconds < 60*60:
		return fmt.Sprintf("%dm%02ds", seconds/60, seconds%60)
	}
	return fmt.Sprintf("%dh%02dm", seconds/3600, seconds/60%60)
}

// speed is in bytes per second.
func (l *Line) speed() float64 {
	from := l.past[0]
	took := l.drawn.Sub(from.at).Seconds()
	if took <= 0 {
		return 0
	}
	return float64(l.last.Bytes-from.bytes) / took
}

func perSecond(bytes float64) string {
	for _, unit := range []string{"kB", "MB"} {
		if bytes /= 1000; bytes < 1000 {
			return fmt.Sprintf("%.1f %s/s", bytes, unit)
		}
	}
	return fmt.Sprintf("%.1f GB/s", bytes/1000)
}
