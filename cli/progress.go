package cli

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

	"iamcensus/ingest"
)

// progress shows how far a load is: on a terminal one line, drawn over and
// over, elsewhere a line now and then. It needs no escapes and has no colours.
type progress struct {
	out     io.Writer
	now     func() time.Time
	every   time.Duration // from one line to the next
	columns int           // most of a line; 0: lines follow one another
	total   atomic.Int64  // bytes there are; 0: not known
	last    ingest.Progress
	drawn   time.Time // when the last line was
	shown   int       // columns of it
	past    []mark    // of the last lines, for the speed
}

// mark is how far a load was at a time.
type mark struct {
	at    time.Time
	bytes int64
}

// speedOver is the time that the speed is an average of: long enough for
// batches, which arrive in bursts.
const speedOver = 10 * time.Second

// newProgress gives nil if nothing is to be shown.
func newProgress(stderr io.Writer, always bool, now func() time.Time) *progress {
	if file, ok := stderr.(*os.File); ok && term.IsTerminal(int(file.Fd())) {
		columns := 80
		if width, _, err := term.GetSize(int(file.Fd())); err == nil && width > 0 {
			columns = min(columns, width)
		}
		return &progress{out: stderr, now: now, every: 100 * time.Millisecond, columns: columns - 1}
	}
	if !always {
		return nil
	}
	return &progress{out: stderr, now: now, every: speedOver}
}

// follow shows the progress of a load below the paths until end is called.
func (p *progress) follow(ctx context.Context, paths []string) (end func()) {
	ctx, cancel := context.WithCancel(ctx)
	var counting sync.WaitGroup
	counting.Go(func() { p.total.Store(bytesBelow(ctx, paths)) })
	p.draw(p.now())
	return func() {
		cancel()
		counting.Wait()
		p.end()
	}
}

// step draws a line if it is time.
func (p *progress) step(to ingest.Progress) {
	p.last = to
	if now := p.now(); now.Sub(p.drawn) >= p.every {
		p.draw(now)
	}
}

func (p *progress) draw(now time.Time) {
	p.drawn = now
	p.past = append(p.past, mark{now, p.last.Bytes})
	recent := slices.IndexFunc(p.past, func(m mark) bool { return now.Sub(m.at) < speedOver })
	p.past = p.past[max(0, recent-1):]
	p.show(p.line())
}

// end wipes the line off a terminal, and elsewhere says how it ended.
func (p *progress) end() {
	if p.columns == 0 {
		p.draw(p.now())
		return
	}
	p.show("")
	fmt.Fprint(p.out, "\r")
}

func (p *progress) show(line string) {
	if p.columns == 0 {
		fmt.Fprintln(p.out, line)
		return
	}
	line = line[:min(len(line), p.columns)]
	rest := strings.Repeat(" ", max(0, p.shown-len(line)))
	p.shown = len(line)
	fmt.Fprint(p.out, "\r"+line+rest)
}

func (p *progress) line() string {
	line := fmt.Sprintf("reading  %d files  %d rows", p.last.Files, p.last.Rows)
	speed := p.speed()
	if speed > 0 {
		line += "  " + perSecond(speed)
	}
	total := p.total.Load()
	if total == 0 {
		return line
	}
	left := max(0, total-p.last.Bytes)
	line += fmt.Sprintf("  %d%%", 100*(total-left)/total)
	if seconds := float64(left) / speed; seconds < foreseeable {
		line += fmt.Sprintf("  %v left", time.Duration(math.Ceil(seconds))*time.Second)
	}
	return line
}

// foreseeable is the most time left that is worth showing, in seconds.
const foreseeable = 100 * 60 * 60

// speed is in bytes per second.
func (p *progress) speed() float64 {
	from := p.past[0]
	took := p.drawn.Sub(from.at).Seconds()
	if took <= 0 {
		return 0
	}
	return float64(p.last.Bytes-from.bytes) / took
}

func perSecond(bytes float64) string {
	for _, unit := range []string{"kB", "MB"} {
		if bytes /= 1000; bytes < 1000 {
			return fmt.Sprintf("%.1f %s/s", bytes, unit)
		}
	}
	return fmt.Sprintf("%.1f GB/s", bytes/1000)
}
