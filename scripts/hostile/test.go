package main

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"time"
)

const header = `
| input | bytes | read MB | peak MB above empty | CPU s | plain CPU s | Ctrl-C s | exit | verdict |
|---|--:|--:|--:|--:|--:|--:|---|---|
`

// row is a line of the table: the highest of each number over the commands.
type row struct {
	input
	bytes    int64
	mb       float64
	memory   float64
	cpu      time.Duration
	plain    time.Duration // of the command with that time
	answer   time.Duration
	exits    []string
	failures []string
}

func (r row) String() string {
	verdict := "ok"
	if len(r.failures) > 0 {
		verdict = strings.Join(r.failures, "; ")
	}
	answer := "" // no command was slow enough
	if r.answer > 0 {
		answer = fmt.Sprintf("%.2f", r.answer.Seconds())
	}
	return fmt.Sprintf("| %s | %d | %.1f | %.0f | %.1f | %.1f | %s | %s | %s |\n",
		r.name, r.bytes, r.mb, r.memory, r.cpu.Seconds(), r.plain.Seconds(), answer, strings.Join(r.exits, " "), verdict)
}

// test runs all commands on an input.
func (h *harness) test(ctx context.Context, in input) (r row, err error) {
	r.input = in
	if err := h.generate(ctx, in); err != nil {
		return r, err
	}
	if r.bytes, err = h.bytesOf(in); err != nil {
		return r, err
	}
	r.mb = max(1, float64(r.bytes)/mega)
	if in.packed {
		r.mb = max(r.mb, float64(h.size)/mega)
	}
	plain, err := h.plainCost(ctx, r.mb)
	if err != nil {
		return r, err
	}
	var l loaded
	for _, c := range h.commands(in) {
		m := measured{command: c, empty: h.empty[c.name], plain: plain[c.name], mb: r.mb, users: l.users}
		if m.result, err = h.runWith(ctx, in, m); err != nil {
			return r, err
		}
		r.add(m, in)
		if err := h.testInterrupt(ctx, in, m, &r); err != nil {
			return r, err
		}
		if c.name == "ingest" && in.sql == "" && m.exit == 0 {
			if l, err = readLoaded(ctx, filepath.Join(h.folder(in), database)); err != nil {
				return r, err
			}
			r.addLoaded(l)
		}
	}
	return r, nil
}

func (r *row) add(m measured, in input) {
	r.memory = max(r.memory, m.memory())
	if m.cpu > r.cpu {
		r.cpu, r.plain = m.cpu, m.plain.cpu
	}
	if exit := fmt.Sprint(m.exit); len(r.exits) == 0 || r.exits[len(r.exits)-1] != exit {
		r.exits = append(r.exits, exit)
	}
	r.failures = append(r.failures, m.failures(m.exits(in))...)
}

// runWith runs a command while the input changes.
func (h *harness) runWith(ctx context.Context, in input, m measured) (result, error) {
	limit := m.cpuBound() + time.Second // beyond the bound there is nothing to measure
	if in.during == nil {
		return h.runProgram(ctx, h.folder(in), m.name, limit, m.args...)
	}
	changing, stop := context.WithCancel(ctx)
	changed := make(chan error, 1)
	go func() { changed <- in.during(changing, filepath.Join(h.folder(in), data)) }()
	r, err := h.runProgram(ctx, h.folder(in), m.name, limit, m.args...)
	stop()
	if failed := <-changed; err == nil {
		err = failed
	}
	return r, err
}

// testInterrupt sends Ctrl-C to a command that is slow enough, halfway.
func (h *harness) testInterrupt(ctx context.Context, in input, m measured, r *row) error {
	if m.wall < 2*m.empty.wall || in.during != nil {
		return nil
	}
	args := m.args
	if m.name == "ingest" && in.sql == "" {
		db := filepath.Join(h.folder(in), "interrupted.duckdb")
		if err := copyFile(db, h.base); err != nil {
			return err
		}
		args = append([]string{"ingest", args[1], "--db", db}, in.flags...)
	}
	interrupted, err := h.interrupt(ctx, min(m.wall/2, 5*time.Second), h.folder(in), m.name+"-interrupted", args...)
	if err != nil {
		return err
	}
	r.answer = max(r.answer, interrupted.answer)
	if failure := answerFailure(m.command, interrupted, m.empty.wall); failure != "" {
		r.failures = append(r.failures, failure)
	}
	return nil
}

// addLoaded judges what a load left.
func (r *row) addLoaded(l loaded) {
	if l.good != 1 {
		r.failures = append(r.failures, fmt.Sprintf("the harmless file gives %d users", l.good))
	}
	if l.foreign > 0 {
		r.failures = append(r.failures, fmt.Sprintf("%d users come from outside the folder", l.foreign))
	}
	if l.issues > issuesShown {
		r.failures = append(r.failures, fmt.Sprintf("one file gives %d issues", l.issues))
	}
}
