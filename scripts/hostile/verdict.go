package main

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"time"
)

// The bounds, which docs/security.md states. Memory is what exceeds that of the
// harmless file alone. The peak of a process is at least that of its parent, of this
// program: some 70 MB.
const (
	memoryMB      = 300        // for any input
	memoryPerMB   = 2.0        // for each MB of the largest file in memory, unpacked
	memoryPerUser = 1e3 / mega // for each user of a database that is read, in MB
	cpuRatio      = 4.0        // to plain reports of as many bytes
	cpuPerMB      = 2 * time.Second
	answerTime    = time.Second // to Ctrl-C
	issuesShown   = 401         // rows of issues that one file may give
)

// measured is a run of a command on an input, beside its two references.
type measured struct {
	command
	result
	empty, plain result
	mb           float64 // that were read, at least 1
	users        int     // of the database that is read
}

func (m *measured) memory() float64 { return m.peak - m.empty.peak }
func (m *measured) memoryBound() float64 {
	return memoryMB + memoryPerMB*m.mb + memoryPerUser*float64(m.users)
}

func (m *measured) cpuBound() time.Duration {
	return max(time.Duration(cpuRatio*float64(m.plain.cpu)), m.empty.cpu+time.Duration(m.mb*float64(cpuPerMB)))
}

// failures are the bounds that a run exceeds.
func (m *measured) failures(exits []int) []string {
	var failures []string
	check := func(fails bool, format string, values ...any) {
		if fails {
			failures = append(failures, m.name+": "+fmt.Sprintf(format, values...))
		}
	}
	check(m.killed, "killed after %.0f s", m.wall.Seconds())
	check(m.exit >= 0 && !slices.Contains(exits, m.exit), "exit code %d", m.exit)
	check(m.exit < 0 && !m.killed && m.cpu <= m.cpuBound(), "ended by a signal")
	check(m.memory() > m.memoryBound(), "%.0f MB, more than %.0f", m.memory(), m.memoryBound())
	check(m.cpu > m.cpuBound(), "%.1f s, more than %.1f", m.cpu.Seconds(), m.cpuBound().Seconds())
	for _, word := range m.hostile() {
		check(true, "the output has %q", word)
	}
	return failures
}

// hostile returns what no output may have: escapes of the input, its markup where
// the output is Markdown, and signs of a crash.
func (m *measured) hostile() []string {
	printed := []string{"\x1b", "\u009b"}
	if m.name == "report" || m.name == "explain" {
		printed = append(printed, "<script")
	}
	crash := []string{"\x1b", "panic: ", "goroutine ", "fatal error: ", "INTERNAL Error"}
	return append(contained(m.outputs.stdout, printed), contained(m.outputs.stderr, crash)...)
}

// contained returns the words that a file has, or why it cannot be read.
func contained(file string, words []string) (found []string) {
	text, err := os.ReadFile(file)
	if err != nil {
		return []string{err.Error()}
	}
	for _, word := range words {
		if bytes.Contains(text, []byte(word)) {
			found = append(found, word)
		}
	}
	return found
}

// answerFailure says why a run answers Ctrl-C too late. The bound is wall time:
// where this machine needs longer for a small ingest, that is the bound.
func answerFailure(c command, r result, smallest time.Duration) string {
	bound := max(answerTime, 2*smallest)
	switch {
	case r.answer == 0:
		return "" // it ended first
	case r.killed:
		return c.name + ": Ctrl-C has no effect"
	case r.answer > bound:
		return fmt.Sprintf("%s: ends %.1f s after Ctrl-C", c.name, r.answer.Seconds())
	case r.exit != 130 && r.exit > 0: // below 0 it had not installed its handler yet
		return fmt.Sprintf("%s: exit code %d after Ctrl-C", c.name, r.exit)
	}
	return ""
}
