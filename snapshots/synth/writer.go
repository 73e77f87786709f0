package synth

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
)

// write writes all organizations, one per processor at a time.
func (g *generator) write(ctx context.Context, dir string) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var next atomic.Int64
	var writers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(g.orgs)) {
		writers.Go(func() {
			w := newWriter(g, dir)
			for i := next.Add(1) - 1; int(i) < len(g.orgs); i = next.Add(1) - 1 {
				if err := w.organization(ctx, int(i)); err != nil {
					stop(err)
					return
				}
			}
		})
	}
	writers.Wait()
	return context.Cause(ctx)
}

// A writer writes one account at a time, and reuses its buffers.
type writer struct {
	*generator
	dir     string
	random  stream
	current tendencies // of the current organization
	users   []user
	records []record
	text    []byte
	packed  bytes.Buffer
	founded []int64 // when the accounts of the current organization were created
}

func newWriter(g *generator, dir string) *writer {
	return &writer{generator: g, dir: dir, random: newStream(g.Seed, forDates)}
}

func (w *writer) organization(ctx context.Context, i int) error {
	org, name := w.orgs[i], organizationName(i)
	dir := filepath.Join(w.dir, name)
	if err := os.Mkdir(dir, 0o777); err != nil {
		return err
	}
	standalone := w.mostlyStandalone(org)
	if err := w.manifest(dir, name, org, standalone); err != nil {
		return err
	}
	w.current = w.tendencies(i, w.random)
	w.founded = w.founded[:0]
	for n := org.first; n < org.first+org.accounts; n++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := w.account(dir, n, standalone); err != nil {
			return err
		}
	}
	if w.Documents == ReportsOnly {
		return nil
	}
	return w.awsOrganization(dir, i)
}

func organizationName(i int) string { return fmt.Sprintf("org-%04d", i+1) }

// account writes the folder of account n.
func (w *writer) account(dir string, n int, standalone bool) error {
	dir = filepath.Join(dir, accountID(n))
	if err := os.Mkdir(dir, 0o777); err != nil {
		return err
	}
	f := w.report(n, w.usersOf(n))
	if err := os.WriteFile(filepath.Join(dir, "credential_report.csv"), w.text, 0o666); err != nil {
		return err
	}
	if w.Documents != ReportsOnly {
		w.founded = append(w.founded, f.created)
		if err := w.documents(dir, n, f); err != nil {
			return err
		}
	}
	if own := w.accounts[n].standalone; own != standalone {
		return writeManifest(dir, fmt.Sprintf(`{"standalone": %t}`, own))
	}
	return nil
}

// usersOf gives the users of account n.
func (w *writer) usersOf(n int) []user {
	a := w.accounts[n]
	if w.fitted != nil {
		return w.fitted[a.first : a.first+int(a.users)]
	}
	w.random.start(w.Seed, forUsers, n)
	w.users = a.addUsers(w.random, &w.current, w.users[:0])
	drawSteps(w.random, w.users)
	return w.users
}

// report draws the dates of account n and writes all rows to w.text.
func (w *writer) report(n int, users []user) facts {
	w.random.start(w.Seed, forDates, n)
	p := reportWriter{stream: w.random, text: append(w.text[:0], header...), id: accountID(n), at: w.at, path: "/"}
	if p.chance(0.1) {
		p.path = "/synth/"
	}
	if p.chance(0.25) {
		p.maxAge = 90 * day
	}
	w.records = w.records[:0]
	first := p.between(w.earliest, w.at-30*day)
	for i := range users {
		r := w.date(p.stream, &users[i])
		w.records = append(w.records, r)
		first = min(first, r.created)
	}
	p.text = append(p.text, '\n')
	p.root(p.between(first-200*day, first-hour))
	serial := p.IntN(serials)
	for i := range users {
		p.user(&users[i], serial+i, &w.records[i])
	}
	w.text = p.text
	return p.facts
}
