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
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"syscall"
	"time"
)

func main() {
	kills := flag.Int("kills", 20, "rounds with a kill")
	big := flag.Bool("big", false, "400,000 users, in several transactions, instead of the reference set")
	seed := flag.Uint64("seed", 1, "seed of the random points")
	program := flag.String("bin", "build/iamcensus", "the program, as make build leaves it")
	flag.Parse()
	if err := run(*program, *kills, *big, *seed); err != nil {
		fmt.Fprintln(os.Stderr, "faults:", err)
		os.Exit(1)
	}
}

func run(program string, kills int, big bool, seed uint64) error {
	program, err := filepath.Abs(program)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "iamcensus-faults-")
	if err != nil {
		return err
	}
	t := &trial{
		program: program, data: filepath.Join(dir, "data"), folder: filepath.Join(dir, "round"),
		random: rand.New(rand.NewPCG(seed, 0)),
	}
	if err := t.prepare(filepath.Join(dir, "undisturbed.duckdb"), big); err != nil {
		return err
	}
	defer t.undisturbed.Close()
	for n := 1; n <= kills; n++ {
		if err := t.round(syscall.SIGKILL, n%2 == 0, n%5 == 0); err != nil {
			return fmt.Errorf("round %d with seed %d: %w\nits files are in %s", n, seed, err, dir)
		}
		if n%10 != 0 {
			continue
		}
		if err := t.round(syscall.SIGINT, n%20 == 0, false); err != nil {
			return fmt.Errorf("interrupt after round %d with seed %d: %w\nits files are in %s", n, seed, err, dir)
		}
		fmt.Println(t.count)
	}
	fmt.Printf("%d kills in %d rounds: %d databases equal\n", t.count.kills, kills, kills)
	return os.RemoveAll(dir)
}

// trial is what the rounds share.
type trial struct {
	program     string
	data        string // snapshots to ingest
	folder      string // of the database of a round, which is all that may be there
	random      *rand.Rand
	undisturbed *undisturbed
	length      progress // of an undisturbed run
	count       count
}

// count says how many rounds there were and, by what the run after a stop
// found loaded, where the stops fell.
type count struct{ rounds, kills, interrupts, none, some, all int }

func (c count) String() string {
	return fmt.Sprintf("%d kills, %d interrupts: %d databases equal; the last run found nothing loaded %d times, a part %d times, all %d times",
		c.kills, c.interrupts, c.rounds, c.none, c.some, c.all)
}

// prepare makes the data and the undisturbed database, twice: the first run
// warms the caches, the second gives the length.
func (t *trial) prepare(database string, big bool) error {
	synth := []string{"synth", "-o", t.data, "--preset", "article"}
	if big {
		synth = []string{"synth", "-o", t.data, "--accounts", "3000", "--users", "400000", "--orgs", "300"}
	}
	if out, err := exec.Command(t.program, synth...).CombinedOutput(); err != nil {
		return fmt.Errorf("%w\n%s", err, out)
	}
	for range 2 {
		if err := os.RemoveAll(database); err != nil {
			return err
		}
		run, err := t.ingest(database, 0, func(progress) bool { return false })
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

// round stops an ingest by a signal, perhaps the next one too, and compares
// what the last one leaves.
func (t *trial) round(signal syscall.Signal, byBytes, again bool) error {
	database := filepath.Join(t.folder, "census.duckdb")
	for stopped := false; !stopped; { // a run may end before its time has come
		if err := errors.Join(os.RemoveAll(t.folder), os.Mkdir(t.folder, 0o755)); err != nil {
			return err
		}
		var err error
		if stopped, err = t.stop(database, signal, byBytes); err != nil {
			return err
		}
	}
	if again {
		if _, err := t.stop(database, signal, !byBytes); err != nil {
			return err
		}
	}
	stopped := t.folder + "-stopped" // kept, to see what a failing run began with
	if err := errors.Join(os.RemoveAll(stopped), os.CopyFS(stopped, os.DirFS(t.folder))); err != nil {
		return err
	}
	last, err := t.ingest(database, 0, func(progress) bool { return false })
	if err != nil {
		return err
	}
	if err := t.place(last.stderr); err != nil {
		return err
	}
	t.count.rounds++
	return errors.Join(onlyFile(t.folder, database), t.undisturbed.compare(context.Background(), database))
}

// stop begins an ingest and sends it the signal at a random point. It is false
// if the run ended before.
func (t *trial) stop(database string, signal syscall.Signal, byBytes bool) (stopped bool, err error) {
	point := progress{
		elapsed: time.Duration(t.random.Int64N(int64(t.length.elapsed))),
		written: t.random.Int64N(t.length.written),
	}
	run, err := t.ingest(database, signal, func(now progress) bool {
		if byBytes {
			return now.written > point.written
		}
		return now.elapsed > point.elapsed
	})
	switch {
	case err != nil || !run.stopped:
	case signal == syscall.SIGINT:
		t.count.interrupts++
	default:
		t.count.kills++
	}
	return run.stopped, err
}

var unchanged = regexp.MustCompile(`(\d+) files, (\d+) unchanged;`)

// place counts where the last stop fell, by what ingest says.
func (t *trial) place(stderr string) error {
	match := unchanged.FindStringSubmatch(stderr)
	if match == nil {
		return fmt.Errorf("ingest does not say how many files it found unchanged:\n%s", stderr)
	}
	files, _ := strconv.Atoi(match[1])
	switch before, _ := strconv.Atoi(match[2]); before {
	case 0:
		t.count.none++
	case files:
		t.count.all++
	default:
		t.count.some++
	}
	return nil
}

// onlyFile says what lies in the folder beside the file.
func onlyFile(folder, file string) error {
	entries, err := os.ReadDir(folder)
	for _, entry := range entries {
		if name := filepath.Join(folder, entry.Name()); name != file {
			err = errors.Join(err, fmt.Errorf("%s is left over", name))
		}
	}
	return err
}
