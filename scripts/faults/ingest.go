package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"syscall"
	"time"
)

// progress is how far a run has come.
type progress struct {
	elapsed time.Duration
	written int64 // bytes in the database and its log
}

// ended is a run that ended, by itself or stopped.
type ended struct {
	reached progress
	stopped bool
	stderr  string
}

func never(progress) bool { return false }

// ingest runs the program, and sends it the signal once it is time.
func (t *trial) ingest(database string, signal syscall.Signal, isTime func(progress) bool) (ended, error) {
	var run ended
	var stderr bytes.Buffer
	cmd := exec.Command(t.program, "ingest", t.data(), "--db", database)
	cmd.Stderr = &stderr
	begin := time.Now()
	if err := cmd.Start(); err != nil {
		return run, err
	}
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }()
	poll := time.NewTicker(50 * time.Microsecond)
	defer poll.Stop()
	for {
		select {
		case err := <-done:
			run.stderr = stderr.String()
			run.stopped = run.stopped && err != nil
			return run, judge(cmd.ProcessState, run, signal, err)
		case <-poll.C:
		}
		run.reached.elapsed = time.Since(begin)
		run.reached.written = max(run.reached.written, size(database)+size(database+".wal"))
		if !run.stopped && isTime(run.reached) {
			run.stopped = cmd.Process.Signal(signal) == nil
		}
	}
}

// judge is an error unless the run succeeded, which the signal may have come
// too late to hinder, or ended as the signal wants it: an interrupt gives the
// exit code 130, or ends a program that does not listen yet.
func judge(state *os.ProcessState, run ended, signal syscall.Signal, err error) error {
	bySignal := state.Sys().(syscall.WaitStatus).Signal() == signal
	interrupted := signal == syscall.SIGINT && state.ExitCode() == 130
	if err == nil || run.stopped && (bySignal || interrupted) {
		return nil
	}
	return fmt.Errorf("ingest: %w\n%s", err, run.stderr)
}

// size is 0 where there is no file.
func size(name string) int64 {
	info, err := os.Stat(name)
	if err != nil {
		return 0
	}
	return info.Size()
}
