package main

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// round is one database whose ingest is stopped once or twice, then finished.
type round struct {
	*trial
	folder string // of the database, the only file that may remain in it
	random *rand.Rand
	signal syscall.Signal
	stops  int
}

func newRound(t *trial, n int, signal syscall.Signal) *round {
	return &round{
		trial: t, signal: signal, random: rand.New(rand.NewPCG(t.seed, uint64(n))),
		folder: filepath.Join(t.dir, fmt.Sprintf("round-%d-%d", n, int(signal))),
	}
}

func (r *round) database() string { return filepath.Join(r.folder, "census.duckdb") }

// stopped is a copy of the files that the last run found.
func (r *round) stopped() string { return r.folder + "-stopped" }

// run stops an ingest, with twice also the next one, and lets the last finish.
func (r *round) run(byBytes, twice bool) error {
	for r.stops == 0 { // an ingest may finish before the random point
		if err := errors.Join(os.RemoveAll(r.folder), os.Mkdir(r.folder, 0o755)); err != nil {
			return err
		}
		if err := r.stop(byBytes); err != nil {
			return err
		}
	}
	if twice {
		if err := r.stop(!byBytes); err != nil {
			return err
		}
	}
	if err := os.CopyFS(r.stopped(), os.DirFS(r.folder)); err != nil {
		return err
	}
	if _, err := r.ingest(r.database(), 0, never); err != nil {
		return err
	}
	return r.onlyDatabase()
}

// stop starts an ingest and sends it the signal at a random point.
func (r *round) stop(byBytes bool) error {
	point := progress{
		elapsed: time.Duration(r.random.Int64N(int64(r.length.elapsed))),
		written: r.random.Int64N(r.length.written),
	}
	end, err := r.ingest(r.database(), r.signal, func(now progress) bool {
		if byBytes {
			return now.written > point.written
		}
		return now.elapsed > point.elapsed
	})
	if end.stopped {
		r.stops++
	}
	return err
}

// onlyDatabase is an error if the folder holds any other file.
func (r *round) onlyDatabase() error {
	entries, err := os.ReadDir(r.folder)
	for _, entry := range entries {
		if name := filepath.Join(r.folder, entry.Name()); name != r.database() {
			err = errors.Join(err, fmt.Errorf("%s was not removed", name))
		}
	}
	return err
}
