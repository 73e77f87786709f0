package engine

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Layer is a folder of sql/ with relations.
type Layer struct {
	Name  string
	Reads []string // layers that its relations may read; "tables" are the base tables
	store storage
}

// storage says which relations are tables, and which are views.
type storage int

const (
	views          storage = iota
	tables                 // filled when they are created
	tablesInReport         // views in a database, tables in a report, which reads them often
)

// Layers are in the order in which they are created. Relations of one layer are
// created in the order in which they read each other.
var Layers = []Layer{
	{"catalog", nil, tables},
	{"staging", []string{"tables", "catalog"}, views},
	organizations,
	{"users", []string{"staging", "users"}, tablesInReport},
	{"practices", []string{"catalog", "staging", "organizations", "users"}, views},
	{"rulesets", []string{"catalog", "users", "practices"}, views},
	{"accounts", []string{"catalog", "staging"}, views},
	{"verdicts", []string{"staging", "practices", "rulesets", "accounts", "verdicts"}, views},
	{"counts", []string{"catalog", "staging", "users", "practices", "verdicts", "counts"}, tablesInReport},
	{"marts", []string{"catalog", "staging", "organizations", "verdicts", "counts", "marts"}, views},
}

// organizations has the states of the AWS Organizations, which depend on the date
// of the census.
var organizations = Layer{"organizations", []string{"tables", "catalog", "staging", "organizations"}, tablesInReport}

// Choices are what a reader may choose.
type Choices struct {
	Settings  []Setting
	AsOf      time.Time // zero: the newest snapshot of each account
	ByAccount bool      // the account is the sampling unit of intervals, not the organization
	Pin       Pin       // for a report that is made again
	Temp      bool      // for a report: relations of this connection only, the database stays as it is
}

// CreateViews creates all layers over the base tables. An unknown setting is an
// ErrUnknownSetting.
func CreateViews(ctx context.Context, db *sql.DB, choices Choices) error {
	t := template{isReport: choices.Temp}
	catalog, staging, rest := Layers[0], Layers[1], Layers[2:]
	if err := t.createNow(ctx, db, catalog); err != nil {
		return err
	}
	if err := choose(ctx, db, choices); err != nil {
		return err
	}
	if err := pin(ctx, db, choices.Pin); err != nil {
		return err
	}
	if err := t.createNow(ctx, db, staging); err != nil {
		return err
	}
	var err error
	if t.tiers, err = readTiers(ctx, db); err != nil {
		return err
	}
	var statements []string
	for _, layer := range rest {
		of, err := t.create(layer)
		if err != nil {
			return err
		}
		statements = append(statements, of...)
	}
	if choices.Temp {
		return execute(ctx, db, statements...)
	}
	return replace(ctx, db, statements)
}

func (t *template) createNow(ctx context.Context, db *sql.DB, layer Layer) error {
	statements, err := t.create(layer)
	if err != nil {
		return err
	}
	return execute(ctx, db, statements...)
}

// create returns the statements that create the relations of a layer.
func (t *template) create(layer Layer) ([]string, error) {
	what := "view"
	if layer.store == tables || layer.store == tablesInReport && t.isReport {
		what = "table"
	}
	if t.isReport {
		what = "temp " + what
	}
	var statements []string
	for _, v := range byReads(Views(layer.Name)) {
		query, err := t.expand(v.Query)
		if err != nil {
			return nil, fmt.Errorf("sql/%s/%s.sql: %w", layer.Name, v.Name, err)
		}
		statements = append(statements, fmt.Sprintf("create or replace %s %s as\n%s", what, v.Name, query))
	}
	return statements, nil
}

// byReads puts each relation after those of the same layer that it reads.
func byReads(views []View) []View {
	var sorted []View
	isSorted := func(name string) bool {
		return slices.ContainsFunc(sorted, func(v View) bool { return v.Name == name })
	}
	for len(views) > 0 {
		i := slices.IndexFunc(views, func(v View) bool {
			return !slices.ContainsFunc(v.Reads(), func(name string) bool {
				return !isSorted(name) && slices.ContainsFunc(views, func(w View) bool { return w.Name == name })
			})
		})
		if i < 0 {
			panic("relations of a layer read each other in a circle: " + views[0].Name) // a test reads every file
		}
		sorted = append(sorted, views[i])
		views = slices.Delete(views, i, i+1)
	}
	return sorted
}

// replace executes statements unless the views of the database were created by
// the same ones: DuckDB plans each view that it creates, which takes longer than
// most loads.
func replace(ctx context.Context, db *sql.DB, statements []string) error {
	sum := fmt.Sprintf("%x", sha256.Sum256([]byte(strings.Join(statements, ";"))))
	var exist bool
	if err := db.QueryRowContext(ctx, "select count(*) > 0 from view_version where sha256 = $1", sum).Scan(&exist); err != nil || exist {
		return err
	}
	all, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = all.Rollback() }() // its error would repeat the one that caused it
	statements = append(statements, "delete from view_version", fmt.Sprintf("insert into view_version values ('%s')", sum))
	if err := execute(ctx, all, statements...); err != nil {
		return err
	}
	return all.Commit()
}

// executor is a database, or a transaction in one.
type executor interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

func execute(ctx context.Context, in executor, statements ...string) error {
	for _, statement := range statements {
		if _, err := in.ExecContext(ctx, statement); err != nil {
			return fmt.Errorf("%w in\n%s", err, statement)
		}
	}
	return nil
}
