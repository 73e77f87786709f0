package ledger

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"fmt"
	"time"

	"iamcensus/snapshots/files"
)

// Database is the connection of the load. The ledger only reads.
type Database interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
	// QueryRows visits the rows of a query, many at a time.
	QueryRows(ctx context.Context, query string, visit func(Rows)) error
}

// Request says what a load reads, and how.
type Request struct {
	Paths     []string
	Walk      files.Options // Fallback, Layout, Limits, Stdin and Jobs; Open sets the rest
	Version   string        // of iamcensus
	StartedAt time.Time     // of the load
}

// clockStep is more than the resolution of a file system's clock. A folder that
// changed this shortly before the load may change again without a new time.
const clockStep = 2 * time.Second

// Ledger is what the database holds about files. Several goroutines may use it.
type Ledger struct {
	db          Database
	request     Request
	readerHash  uint64 // of limits and version
	folders     []folder
	byPath      map[string]*folder
	checksums   map[int]Checksum // by file_id, once there is a walk
	roots       []string         // the paths of the request, clean
	superseded  []int32          // file_ids of files that have other bytes by now
	fingerprint *fingerprint
}

// Open reads which files the database holds.
func Open(ctx context.Context, db Database, r Request) (*Ledger, error) {
	l := &Ledger{db: db, request: r, readerHash: readerHash(r), fingerprint: &fingerprint{}}
	l.request.Walk.StableBefore = r.StartedAt.Add(-clockStep)
	l.request.Walk.PreviousFolder = l.previousFolder
	l.request.Walk.Unchanged = l.unchanged
	l.request.Walk.OnFolder = l.fingerprint.add
	for _, path := range r.Paths {
		l.roots = append(l.roots, files.OpenTree(path, r.StartedAt).Root)
	}
	if err := l.readFiles(ctx); err != nil {
		return nil, fmt.Errorf("read the ledger of files: %w", err)
	}
	return l, nil
}

// Walk visits the files below the paths of the request, in batches. Files that
// have not changed are among them, unopened.
func (l *Ledger) Walk(ctx context.Context, visit func(files.Batch) error) error {
	if err := l.readChecksums(ctx); err != nil {
		return fmt.Errorf("read the checksums in the ledger: %w", err)
	}
	if err := l.readRechecks(ctx); err != nil {
		return fmt.Errorf("read which files depend on others: %w", err)
	}
	for _, path := range l.request.Paths {
		if err := files.Walk(ctx, path, l.request.Walk, visit); err != nil {
			return err
		}
	}
	return nil
}

// Match is what the ledger holds of a file.
type Match struct {
	Unchanged    bool // there is nothing to read
	Reattributed bool // it is loaded and unchanged, but its attribution is another by now
	TouchedID    int  // file_id of an unchanged file with a new time of change, to be kept; 0 = none
	StaleID      int  // file_id of the row that is obsolete once the file has been read again; 0 = none

	entry *entry // nil if the ledger has none

	// For the file's row: the first if it is loaded, the other if it may have
	// to be read again.
	AttributionHash, RefusalHash uint64
}

// Lookup compares a file of the walk with the ledger. It reads the file where
// only its bytes can tell.
func (l *Ledger) Lookup(file *files.File) Match {
	hash := attributionHash(file.Attribution)
	e := l.entry(file.Path)
	m := Match{AttributionHash: hash, RefusalHash: l.refusalHash(hash), entry: e}
	switch {
	case e == nil:
	case l.isCurrent(e, file) || e.keepsBytes() && (file.Ignored || hasChecksum(file, l.checksums[e.id])):
		m.Unchanged = true
		m.Reattributed = e.loaded && !e.archive && e.hash != hash
		if !file.Member && !file.ModifiedAt.IsZero() && !e.sameStat(file) {
			m.TouchedID = e.id
		}
	case !e.loaded || e.archive:
		m.StaleID = e.id
	}
	return m
}

// isCurrent reports whether a file can stay unopened: its size and time of
// change are those of the ledger, and another try would end like the last one.
func (l *Ledger) isCurrent(e *entry, file *files.File) bool {
	return !e.recheck && !file.Member && e.sameStat(file) &&
		(e.loaded && !e.archive || e.hash == l.refusalHash(attributionHash(file.Attribution)))
}

// keepsBytes reports whether a file with the same bytes would end as it did.
func (e *entry) keepsBytes() bool { return e.loaded && !e.recheck && e.size != goneSize }

// hasChecksum reads the file, of which maybe only the time of change is new.
func hasChecksum(file *files.File, sum Checksum) bool {
	data, issue := file.Read()
	return issue == nil && sha256.Sum256(data) == sum
}

// unchanged is files.Options.Unchanged.
func (l *Ledger) unchanged(path string) func(files.File) bool {
	e := l.entry(path)
	if e == nil {
		return nil
	}
	return func(file files.File) bool { return l.isCurrent(e, &file) }
}

// previousFolder is files.Options.PreviousFolder.
func (l *Ledger) previousFolder(path string) files.FolderState {
	f := l.byPath[path]
	if f == nil {
		return files.FolderState{}
	}
	return files.FolderState{ChangedAt: f.changedAt, Names: f.names}
}
