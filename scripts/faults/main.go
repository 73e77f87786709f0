// Command faults kills iamcensus ingest at random points, repeats the same
// command, and compares the database, row for row, with that of a run that was
// not stopped.
//
//	go run ./scripts/faults -bin build/iamcensus -kills 200
//
// In half of the rounds the kill falls at a random time of the run, in the
// other half after a random number of written bytes, because commits and
// checkpoints are too short for a time to hit them often. In every fifth round
// the second run is killed too. After every tenth round follows one with an
// interrupt (Ctrl-C), for which the program must exit with 130.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"syscall"

	"golang.org/x/sync/errgroup"
)

func main() {
	program := flag.String("bin", "build/iamcensus", "program to test, as make build writes it")
	kills := flag.Int("kills", 20, "rounds with a kill")
	jobs := flag.Int("jobs", 2, "rounds at the same time")
	seed := flag.Uint64("seed", 1, "seed of the random points")
	big := flag.Bool("big", false, "load 2,500,000 users in several transactions, not the reference data set")
	flag.Parse()
	if err := run(*program, *kills, *jobs, *seed, *big); err != nil {
		fmt.Fprintln(os.Stderr, "faults:", err)
		os.Exit(1)
	}
}

// run removes its folder only if all rounds succeed: its files show why one
// failed.
func run(program string, kills, jobs int, seed uint64, big bool) error {
	program, err := filepath.Abs(program)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "iamcensus-faults-")
	if err != nil {
		return err
	}
	t := &trial{program: program, dir: dir, seed: seed}
	if err := t.prepare(big); err != nil {
		return err
	}
	defer t.reference.Close()

	group, ctx := errgroup.WithContext(context.Background())
	group.SetLimit(jobs)
	for n := 1; n <= kills; n++ {
		group.Go(func() error { return t.round(ctx, n, syscall.SIGKILL, n%2 == 0, n%5 == 0) })
		if n%10 == 0 {
			group.Go(func() error { return t.round(ctx, n, syscall.SIGINT, n%20 == 0, false) })
		}
	}
	if err := group.Wait(); err != nil {
		return err
	}
	fmt.Println(&t.count)
	return os.RemoveAll(dir)
}
