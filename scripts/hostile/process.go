package main

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"
)

// result is what a run of the program cost, and how it ended.
type result struct {
	exit    int  // -1: by a signal
	killed  bool // at the timeout
	wall    time.Duration
	cpu     time.Duration // user and system
	peak    float64       // MB of resident memory
	answer  time.Duration // to Ctrl-C: from the signal to the end
	outputs outputs
}

// outputs are the files that have stdout and stderr.
type outputs struct{ stdout, stderr string }

// start runs the program with limits of its processor time and address space, so
// that an input that takes all memory ends the program, not the machine.
func (h *harness) start(ctx context.Context, to outputs, cpu time.Duration, args ...string) (*exec.Cmd, error) {
	limits := fmt.Sprintf(`ulimit -t %.0f; ulimit -v %s; exec "$0" "$@"`, math.Ceil(cpu.Seconds()), h.addressSpace)
	cmd := exec.CommandContext(ctx, "/bin/sh", append([]string{"-c", limits, h.program}, args...)...)
	stdout, err := os.Create(to.stdout)
	if err != nil {
		return nil, err
	}
	defer stdout.Close()
	stderr, err := os.Create(to.stderr)
	if err != nil {
		return nil, err
	}
	defer stderr.Close()
	cmd.Stdout, cmd.Stderr = stdout, stderr
	return cmd, cmd.Start()
}

// runProgram runs the program to its end, or until it has used a processor for a
// time, or until the timeout.
func (h *harness) runProgram(ctx context.Context, folder, name string, cpu time.Duration, args ...string) (r result, err error) {
	limited, cancel := context.WithTimeout(ctx, h.timeout)
	defer cancel()
	r.outputs = outputs{filepath.Join(folder, name+".out"), filepath.Join(folder, name+".err")}
	begin := time.Now()
	cmd, err := h.start(limited, r.outputs, cpu, args...)
	if err != nil {
		return r, err
	}
	err = cmd.Wait()
	r.wall, r.killed = time.Since(begin), limited.Err() != nil
	return r, errors.Join(ctx.Err(), r.ended(cmd, err))
}

// ended reads the state of a process. An exit code is no error.
func (r *result) ended(cmd *exec.Cmd, err error) error {
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) && !r.killed {
		return err
	}
	state := cmd.ProcessState
	r.exit, r.cpu = state.ExitCode(), state.UserTime()+state.SystemTime()
	r.peak = float64(state.SysUsage().(*syscall.Rusage).Maxrss) * maxrssBytes / mega
	return nil
}

// interrupt sends Ctrl-C once the program has run for a time.
func (h *harness) interrupt(ctx context.Context, after time.Duration, folder, name string, args ...string) (r result, err error) {
	limited, cancel := context.WithTimeout(ctx, after+20*answerTime)
	defer cancel()
	r.outputs = outputs{filepath.Join(folder, name+".out"), filepath.Join(folder, name+".err")}
	cmd, err := h.start(limited, r.outputs, h.timeout, args...)
	if err != nil {
		return r, err
	}
	sent := make(chan time.Time, 1)
	signal := time.AfterFunc(after, func() {
		sent <- time.Now()
		_ = cmd.Process.Signal(os.Interrupt) // it may have ended
	})
	err = cmd.Wait()
	end := time.Now()
	r.killed = limited.Err() != nil
	if !signal.Stop() {
		r.answer = max(0, end.Sub(<-sent))
	}
	return r, errors.Join(ctx.Err(), r.ended(cmd, err))
}
