package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"syscall"
	"time"
)

// progress is how far a run is.
type progress struct {
	elapsed time.Duration
	written int64 // bytes in the database and its write-ahead log
}

// end is how a run ended.
type end struct {
	reached progress
	stopped bool // by the signal
}

func never(progress) bool { return false }

// ingest runs the program and sends it the signal once isTime is true.
func (t *trial) ingest(database string, signal syscall.Signal, isTime func(progress) bool) (end, error) {
	var e end
	var stderr bytes.Buffer
	cmd := exec.Command(t.program, "ingest", t.data(), "--db", database)
	cmd.Stderr = &stderr
	begin := time.Now()
	if err := cmd.Start(); err != nil {
		return e, err
	}
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }()
	poll := time.NewTicker(50 * time.Microsecond)
	defer poll.Stop()
	for {
		select {
		case err := <-done:
			e.stopped = e.stopped && err != nil
			if err != nil && !(e.stopped && endedBy(cmd.ProcessState, signal)) {
				return e, fmt.Errorf("ingest: %w\n%s", err, &stderr)
			}
			return e, nil
		case <-poll.C:
		}
		e.reached.elapsed = time.Since(begin)
		e.reached.written = max(e.reached.written, size(database)+size(database+".wal"))
		if !e.stopped && isTime(e.reached) {
			e.stopped = cmd.Process.Signal(signal) == nil
		}
	}
}

// endedBy is true if the signal ended the process. An interrupt gives the exit
// code 130, or ends a process that has not installed its handler yet.
func endedBy(state *os.ProcessState, signal syscall.Signal) bool {
	return state.Sys().(syscall.WaitStatus).Signal() == signal || signal == syscall.SIGINT && state.ExitCode() == 130
}

// size is 0 for a file that does not exist.
func size(name string) int64 {
	info, err := os.Stat(name)
	if err != nil {
		return 0
	}
	return info.Size()
}
