package cli

import (
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// progress shows how far a load is, on a terminal only.
type progress struct {
	bar *progressbar.ProgressBar // nil: nothing is shown
}

func newProgress(stderr io.Writer, always bool) *progress {
	file, ok := stderr.(*os.File)
	if !always && (!ok || !term.IsTerminal(int(file.Fd()))) {
		return &progress{}
	}
	return &progress{progressbar.NewOptions64(-1,
		progressbar.OptionSetWriter(stderr),
		progressbar.OptionSetDescription("reading"),
		progressbar.OptionSetItsString("files"),
		progressbar.OptionShowIts(),
		progressbar.OptionShowCount(),
		progressbar.OptionThrottle(100*time.Millisecond),
		progressbar.OptionClearOnFinish(),
	)}
}

func (p *progress) step(files, _ int64) {
	if p.bar != nil {
		_ = p.bar.Set64(files) // a bar that cannot be drawn is no reason to stop
	}
}

func (p *progress) end() {
	if p.bar != nil {
		_ = p.bar.Finish()
	}
}
