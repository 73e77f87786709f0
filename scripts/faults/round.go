package main

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"syscall"
	"time"
)

// round is one database that is stopped while it is made, and finished then.
type round struct {
	*trial
	folder string // of the database, which is all that may be left there
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

// stopped is a copy of what the last run began with.
func (r *round) stopped() string { return r.folder + "-stopped" }

// play stops an ingest, perhaps the next one too, and lets the last one end.
func (r *round) play(byBytes, twice bool) (loaded, error) {
	for r.stops == 0 { // a run may end before its time has come
		if err := errors.Join(os.RemoveAll(r.folder), os.Mkdir(r.folder, 0o755)); err != nil {
			return loaded{}, err
		}
		if err := r.stop(byBytes); err != nil {
			return loaded{}, err
		}
	}
	if twice {
		if err := r.stop(!byBytes); err != nil {
			return loaded{}, err
		}
	}
	if err := os.CopyFS(r.stopped(), os.DirFS(r.folder)); err != nil {
		return loaded{}, err
	}
	last, err := r.ingest(r.database(), 0, never)
	if err != nil {
		return loaded{}, err
	}
	if err := r.onlyDatabase(); err != nil {
		return loaded{}, err
	}
	return readLoaded(last.stderr)
}

// stop begins an ingest and sends it the signal at a random point.
func (r *round) stop(byBytes bool) error {
	point := progress{
		elapsed: time.Duration(r.random.Int64N(int64(r.length.elapsed))),
		written: r.random.Int64N(r.length.written),
	}
	run, err := r.ingest(r.database(), r.signal, func(now progress) bool {
		if byBytes {
			return now.written > point.written
		}
		return now.elapsed > point.elapsed
	})
	if run.stopped {
		r.stops++
	}
	return err
}

func (r *round) onlyDatabase() error {
	entries, err := os.ReadDir(r.folder)
	for _, entry := range entries {
		if name := filepath.Join(r.folder, entry.Name()); name != r.database() {
			err = errors.Join(err, fmt.Errorf("%s is left over", name))
		}
	}
	return err
}

// loaded is what ingest says of the files.
type loaded struct{ files, unchanged int }

var loadedText = regexp.MustCompile(`(\d+) files, (\d+) unchanged;`)

func readLoaded(stderr string) (l loaded, err error) {
	match := loadedText.FindStringSubmatch(stderr)
	if match == nil {
		return l, fmt.Errorf("ingest does not say how many files it found unchanged:\n%s", stderr)
	}
	l.files, _ = strconv.Atoi(match[1]) // it is digits
	l.unchanged, _ = strconv.Atoi(match[2])
	return l, nil
}
