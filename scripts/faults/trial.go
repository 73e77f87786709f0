package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"time"
)

// trial is what the rounds share.
type trial struct {
	program string
	dir     string
	seed    uint64
	length  progress // of a run that is not stopped

	mu        sync.Mutex // guards the fields below
	reference *reference
	count     count
}

func (t *trial) data() string { return filepath.Join(t.dir, "data") }

// prepare generates the data and loads the reference database, twice: the
// first run warms the caches, the second measures the length.
func (t *trial) prepare(big bool) error {
	synth := []string{"synth", "-o", t.data(), "--preset", "article"}
	if big {
		synth = []string{"synth", "-o", t.data(), "--accounts", "3000", "--users", "2500000", "--orgs", "300"}
	}
	if out, err := exec.Command(t.program, synth...).CombinedOutput(); err != nil {
		return fmt.Errorf("synth: %w\n%s", err, out)
	}
	database := filepath.Join(t.dir, "reference.duckdb")
	for range 2 {
		if err := os.RemoveAll(database); err != nil {
			return err
		}
		end, err := t.ingest(database, 0, never)
		if err != nil {
			return err
		}
		t.length = end.reached
	}
	fmt.Printf("reference: %v, %d bytes\n", t.length.elapsed.Round(time.Millisecond), t.length.written)
	var err error
	t.reference, err = openReference(context.Background(), database)
	return err
}

// round makes one database and compares it with the reference. It does nothing
// once another round has failed.
func (t *trial) round(ctx context.Context, n int, signal syscall.Signal, byBytes, twice bool) error {
	if ctx.Err() != nil {
		return nil
	}
	r := newRound(t, n, signal)
	err := r.run(byBytes, twice)
	if err == nil {
		err = t.compare(ctx, r)
	}
	if err != nil {
		return fmt.Errorf("round %d with seed %d, %v: %w\nits files are in %s", n, t.seed, signal, err, r.folder)
	}
	return errors.Join(os.RemoveAll(r.folder), os.RemoveAll(r.stopped()))
}

func (t *trial) compare(ctx context.Context, r *round) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	last, err := t.reference.compare(ctx, r.database())
	if err != nil {
		return err
	}
	t.count.add(r, last)
	if t.count.rounds%10 == 0 {
		fmt.Println(&t.count)
	}
	return nil
}

// count is the number of rounds, of stops, and of rounds by how many files the
// run after the last stop found loaded: it shows where the stops fell.
type count struct{ rounds, kills, interrupts, none, some, all int }

func (c *count) add(r *round, last lastRun) {
	c.rounds++
	if r.signal == syscall.SIGINT {
		c.interrupts += r.stops
	} else {
		c.kills += r.stops
	}
	switch last.unchanged {
	case 0:
		c.none++
	case last.files:
		c.all++
	default:
		c.some++
	}
}

func (c *count) String() string {
	return fmt.Sprintf("rounds: %d, all databases equal; kills: %d; interrupts: %d; files found loaded afterwards: none in %d rounds, some in %d, all in %d",
		c.rounds, c.kills, c.interrupts, c.none, c.some, c.all)
}
