// Command faults kills iamcensus ingest at random points, gives the same
// command again, and compares the database with that of an undisturbed run,
// row for row.
//
//	go run ./scripts/faults -kills 200
//
// Half of the kills fall at a random time of the run; the others once a random
// number of bytes is written, for commits and checkpoints are short. In every
// fifth round the second run is killed too, and after every tenth there is a
// round with an interrupt (Ctrl-C), which must exit with 130.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"time"

	"golang.org/x/sync/errgroup"
)

func main() {
	kills := flag.Int("kills", 20, "rounds with a kill")
	big := flag.Bool("big", false, "2,500,000 users, in several transactions, instead of the reference set")
	seed := flag.Uint64("seed", 1, "seed of the random points")
	jobs := flag.Int("jobs", 2, "rounds side by side")
	program := flag.String("bin", "build/iamcensus", "the program, as make build leaves it")
	flag.Parse()
	if err := run(*program, *kills, *jobs, *big, *seed); err != nil {
		fmt.Fprintln(os.Stderr, "faults:", err)
		os.Exit(1)
	}
}

// run keeps its folder when a round fails: what is in it shows why.
func run(program string, kills, jobs int, big bool, seed uint64) error {
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
	defer t.undisturbed.Close()

	group, ctx := errgroup.WithContext(context.Background())
	group.SetLimit(jobs)
	for n := 1; n <= kills; n++ {
		group.Go(func() error { return t.play(ctx, n, syscall.SIGKILL, n%2 == 0, n%5 == 0) })
		if n%10 == 0 {
			group.Go(func() error { return t.play(ctx, n, syscall.SIGINT, n%20 == 0, false) })
		}
	}
	if err := group.Wait(); err != nil {
		return err
	}
	fmt.Printf("%d kills in %d rounds: %d databases equal\n", t.count.kills, kills, kills)
	return os.RemoveAll(dir)
}

// trial is what the rounds share.
type trial struct {
	program     string
	dir         string
	seed        uint64
	undisturbed *undisturbed
	length      progress // of an undisturbed run

	mu    sync.Mutex // guards what follows, and undisturbed
	count count
}

func (t *trial) data() string { return filepath.Join(t.dir, "data") }

// prepare makes the data and the undisturbed database, twice: the first run
// warms the caches, the second gives the length.
func (t *trial) prepare(big bool) error {
	synth := []string{"synth", "-o", t.data(), "--preset", "article"}
	if big {
		synth = []string{"synth", "-o", t.data(), "--accounts", "3000", "--users", "2500000", "--orgs", "300"}
	}
	if out, err := exec.Command(t.program, synth...).CombinedOutput(); err != nil {
		return fmt.Errorf("synth: %w\n%s", err, out)
	}
	database := filepath.Join(t.dir, "undisturbed.duckdb")
	for range 2 {
		if err := os.RemoveAll(database); err != nil {
			return err
		}
		run, err := t.ingest(database, 0, never)
		if err != nil {
			return err
		}
		t.length = run.reached
	}
	fmt.Printf("undisturbed: %v, %d bytes\n", t.length.elapsed.Round(time.Millisecond), t.length.written)
	var err error
	t.undisturbed, err = openUndisturbed(context.Background(), database)
	return err
}

// play plays a round, unless another one failed.
func (t *trial) play(ctx context.Context, n int, signal syscall.Signal, byBytes, twice bool) error {
	if ctx.Err() != nil {
		return nil
	}
	r := newRound(t, n, signal)
	last, err := r.play(byBytes, twice)
	if err != nil {
		return fmt.Errorf("round %d with seed %d, %v: %w\nits files are in %s", n, t.seed, signal, err, r.folder)
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if err := t.undisturbed.compare(ctx, r.database()); err != nil {
		return fmt.Errorf("round %d with seed %d, %v: %w\nits files are in %s", n, t.seed, signal, err, r.folder)
	}
	t.count.add(r, last)
	if t.count.rounds%10 == 0 {
		fmt.Println(&t.count)
	}
	return errors.Join(os.RemoveAll(r.folder), os.RemoveAll(r.stopped()))
}

// count says how many rounds there were and, by what the run after the last
// stop found loaded, where the stops fell.
type count struct{ rounds, kills, interrupts, none, some, all int }

func (c *count) add(r *round, last loaded) {
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
	return fmt.Sprintf("%d rounds, %d kills, %d interrupts: all equal; of the files, the last run found none loaded %d times, some %d times, all %d times",
		c.rounds, c.kills, c.interrupts, c.none, c.some, c.all)
}
