package main

import (
	"bufio"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// started runs the program in a new folder with a config, which it announces
// once it hears signals, and returns it with the rest of stderr.
func started(t *testing.T, args ...string) (*exec.Cmd, *bufio.Reader) {
	t.Helper()
	cmd := exec.Command("iamcensus", args...)
	cmd.Dir = t.TempDir()
	if err := errors.Join(os.WriteFile(filepath.Join(cmd.Dir, "iamcensus.yaml"), []byte("jobs: 1\n"), 0o600),
		syscall.Mkfifo(filepath.Join(cmd.Dir, "pipe"), 0o600)); err != nil {
		t.Fatal(err)
	}
	if _, err := cmd.StdinPipe(); err != nil { // it stays open
		t.Fatal(err)
	}
	stderr, err := cmd.StderrPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	lines := bufio.NewReader(stderr)
	expect(t, lines, "flags are taken from iamcensus.yaml in this folder")
	return cmd, lines
}

func expect(t *testing.T, lines *bufio.Reader, want string) {
	t.Helper()
	if line, err := lines.ReadString('\n'); err != nil || strings.TrimSpace(line) != want {
		t.Fatalf("stderr has %q (%v), not %q", line, err, want)
	}
}

// deaf are commands that wait in a system call: for the other end of a pipe, or
// for standard input.
var deaf = map[string][]string{
	"pipe":    {"inspect", "iamcensus.yaml", "--format", "text", "-o", "pipe"},
	"inspect": {"inspect", "-", "-o", "report.txt"},
	"ingest":  {"ingest", "-", "--db", "census.duckdb"},
	"run":     {"run", "-", "-o", "report.md"},
}

// TestSignals sends each command one signal or two.
func TestSignals(t *testing.T) {
	for name, args := range deaf {
		for _, signal := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
			for _, times := range []int{1, 2} {
				t.Run(name+"/"+signal.String(), func(t *testing.T) {
					t.Parallel()
					interrupt(t, args, signal, times)
				})
			}
		}
	}
}

func interrupt(t *testing.T, args []string, signal syscall.Signal, times int) {
	cmd, stderr := started(t, args...)
	if err := cmd.Process.Signal(signal); err != nil {
		t.Fatal(err)
	}
	first, err := stderr.ReadString('\n')
	if err != nil || !strings.HasPrefix(first, "iamcensus: ") {
		t.Fatalf("stderr has %q (%v)", first, err)
	}
	if times == 2 {
		_ = cmd.Process.Signal(signal) // it may have ended
	}
	rest, err := io.ReadAll(stderr)
	if err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	if code := cmd.ProcessState.ExitCode(); code != 130 {
		t.Errorf("exit code %d, stderr %s%s", code, first, rest)
	}
	if all := first + string(rest); !strings.Contains(all, "iamcensus: interrupted") || strings.Contains(all, "goroutine") {
		t.Errorf("stderr has %q", all)
	}
	onlyNamed(t, cmd.Dir)
}

// onlyNamed is an error for a temporary file in the folder.
func onlyNamed(t *testing.T, folder string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if strings.HasPrefix(entry.Name(), ".") || strings.Contains(entry.Name(), ".tmp") {
			t.Errorf("%s was left", entry.Name())
		}
	}
}

// TestKilled kills a command while it writes its output, which has no name yet.
func TestKilled(t *testing.T) {
	cmd, _ := started(t, "inspect", "-", "-o", "report.txt")
	descriptors := filepath.Join("/proc", strconv.Itoa(cmd.Process.Pid), "fd", "*")
	for isOpen := false; !isOpen; {
		names, err := filepath.Glob(descriptors)
		if err != nil || len(names) == 0 {
			t.Skip("no /proc")
		}
		for _, name := range names {
			target, _ := os.Readlink(name)
			isOpen = isOpen || strings.HasPrefix(target, cmd.Dir) && strings.HasSuffix(target, "(deleted)")
		}
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	onlyNamed(t, cmd.Dir)
	if _, err := os.Stat(filepath.Join(cmd.Dir, "report.txt")); err == nil {
		t.Error("report.txt was written")
	}
}

// TestCrash holds a crash that nothing can recover from apart from data issues.
func TestCrash(t *testing.T) {
	cmd := exec.Command("crash")
	_ = cmd.Run()
	if status := cmd.ProcessState.Sys().(syscall.WaitStatus); status.Signal() != syscall.SIGABRT || status.CoreDump() {
		t.Errorf("the process ended with %v", cmd.ProcessState)
	}
}
