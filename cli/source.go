package cli

import (
	"database/sql"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"iamcensus/engine"
)

// databaseFlag is a database that a command reads: its last argument, or --db.
type databaseFlag struct{ path string }

func (d *databaseFlag) add(cmd *cobra.Command) {
	cmd.Flags().StringVar(&d.path, "db", "", "database `file`, in place of the argument")
}

// open opens the database; args are the arguments that may name it, at most one.
func (d *databaseFlag) open(cmd *cobra.Command, args []string) (*sql.DB, error) {
	path := d.path
	switch {
	case len(args) > 0 && onCommandLine(cmd, "db"):
		return nil, usage(fmt.Errorf("%s and --db %s both name a database: use one", args[0], d.path))
	case len(args) > 0:
		path = args[0]
	case path == "":
		return nil, usage(errors.New("no database: name its file as an argument or with --db"))
	}
	return openDatabase(cmd.Context(), path, engine.ReadOnly)
}

// source is the census that a command reads: a database file, or folders that
// are loaded into a database in memory.
type source struct {
	database databaseFlag
	loadFlags
}

func (s *source) add(cmd *cobra.Command) {
	s.database.add(cmd)
	cmd.Flags().Lookup("db").Usage = "database `file`, in place of folders"
	s.loadFlags.add(cmd)
}

// isFile reports whether the source is a database file.
func (s *source) isFile(cmd *cobra.Command, args []string) bool {
	return len(args) == 0 || len(args) == 1 && isDatabase(args[0]) || onCommandLine(cmd, "db")
}

// with opens the source, uses it, and closes it.
func (s *source) with(cmd *cobra.Command, args []string, use func(*sql.DB) error) error {
	db, err := s.open(cmd, args)
	if err != nil {
		return err
	}
	if err = use(db); err == nil {
		err = s.verdict(cmd.Context(), db)
	}
	return errors.Join(err, db.Close())
}

func (s *source) open(cmd *cobra.Command, args []string) (*sql.DB, error) {
	switch {
	case len(args) > 0 && onCommandLine(cmd, "db"), len(args) == 0 && s.database.path == "":
		return nil, usage(errors.New("name either folders to load or one database"))
	case s.isFile(cmd, args):
		return s.database.open(cmd, args)
	}
	return s.inMemory(cmd, args)
}
