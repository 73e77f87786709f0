package files

import (
	"errors"
	"strings"
)

// ownFiles are the database of the load and its .wal, which may be below the root.
// DuckDB locks the database, and a process loses its locks of a file when it closes any
// descriptor of that: another process could then write to the database, too.
type ownFiles struct {
	database string // "" = none
	status   status // of the database
}

var errOwn = errors.New("it is the database of this load")

func openOwn(database string) *ownFiles {
	if database == "" {
		return nil
	}
	s, err := targetStatus(database)
	if err != nil {
		return nil
	}
	return &ownFiles{database, s}
}

// has takes the name of a file in its folder, and its status. DuckDB writes new files
// of the name .wal during a load.
func (o *ownFiles) has(name string, s status) bool {
	switch {
	case o == nil:
		return false
	case s.isFile(o.status):
		return true
	case !strings.HasSuffix(name, ".wal"):
		return false
	}
	wal, err := targetStatus(o.database + ".wal")
	return err == nil && s.isFile(wal)
}
