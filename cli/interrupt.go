package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// grace is how long a command may take to end after the first signal: the
// library that it waits for may not react.
const grace = 800 * time.Millisecond

// untilSignal returns a context that the first SIGINT, SIGTERM or SIGHUP
// cancels. A second one, or the end of the grace, ends the process. The command
// has ended once stop is called. Messages go to stderr; interrupted is the last.
func untilSignal(ctx context.Context, stderr io.Writer, interrupted string) (_ context.Context, stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	ended, end := context.WithCancel(context.Background())
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, syscall.SIGINT, syscall.SIGTERM)
	if !signal.Ignored(syscall.SIGHUP) { // nohup ignores it
		signal.Notify(signals, syscall.SIGHUP)
	}
	go func() {
		select {
		case <-signals:
		case <-ended.Done():
			return
		}
		cancel()
		go fmt.Fprintln(stderr, "iamcensus: ending; a second interrupt ends it at once") // a full pipe must not delay the end
		select {
		case <-signals:
		case <-time.After(grace):
		case <-ended.Done():
			return
		}
		endNow(stderr, interrupted)
	}()
	return ctx, func() { cancel(); end(); signal.Stop(signals) }
}

// endNow removes what is unfinished and ends the process.
func endNow(stderr io.Writer, message string) {
	unfinished.Lock() // until the end
	for path := range unfinished.paths {
		_ = os.RemoveAll(path) // it may be gone
	}
	said := make(chan struct{})
	go func() {
		fmt.Fprintln(stderr, message)
		close(said)
	}()
	select {
	case <-said:
	case <-time.After(grace / 8):
	}
	os.Exit(exitInterrupted)
}
