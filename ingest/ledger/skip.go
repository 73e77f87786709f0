package ledger

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"hash/fnv"
	"io/fs"
	"slices"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"iamcensus/snapshots"
	"iamcensus/snapshots/files"
)

// Total counts files.
type Total struct{ Files, Bytes int64 }

// Skip reports whether a walk would find exactly what it found in a previous
// run: the same folders, and in them the files of the ledger by size and time
// of change. If so, it gives their total.
func (l *Ledger) Skip(ctx context.Context) (Total, bool, error) {
	previous, err := l.previousRun(ctx)
	if previous == nil || err != nil {
		return Total{}, false, err
	}
	now := &state{newest: previous.startedAt.Add(-clockStep).UnixNano()}
	for _, path := range l.request.Paths {
		if err := l.compare(ctx, path, now); errors.Is(err, errChanged) {
			return Total{}, false, nil
		} else if err != nil {
			return Total{}, false, err
		}
	}
	if now.sum.Load() != previous.folders {
		return Total{}, false, nil
	}
	l.fingerprint = &now.fingerprint
	return Total{now.files.Load(), now.bytes.Load()}, true, nil
}

// Fingerprint is what the row of this run keeps for Skip in a later one: the
// request hash, and the fingerprint of all folders; NULL if it proves nothing.
func (l *Ledger) Fingerprint() (requestHash int64, folders sql.NullInt64) {
	return l.requestHash(), sql.NullInt64{Int64: l.fingerprint.sum.Load(), Valid: !l.fingerprint.unreliable.Load()}
}

// previousRun is a run with the same request, since which the ledger of files
// has not changed.
type previousRun struct {
	startedAt time.Time
	folders   int64 // fingerprint
}

// previousRun finds the last such run; nil if there is none.
func (l *Ledger) previousRun(ctx context.Context) (*previousRun, error) {
	var p previousRun
	err := l.db.QueryRowContext(ctx, `select started_at, folders from ingest_run
		where request_hash = $1 and folders is not null and file_ids = (select sum(file_id) from source_file)
			and not exists (select 1 from ingest_issue where `+l.timeHasCome()+`)
		order by run_id desc limit 1`, l.requestHash()).Scan(&p.startedAt, &p.folders)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return &p, err
}

// fingerprint sums up folders by name and time of change. Equal sums are of
// equal folders. Several goroutines may add.
type fingerprint struct {
	sum        atomic.Int64
	unreliable atomic.Bool // a folder has no time of change that proves anything
}

func (f *fingerprint) add(folder string, changedAt int64) {
	if changedAt == 0 {
		f.unreliable.Store(true)
		return
	}
	hash := fnv.New64a()
	hash.Write(binary.NativeEndian.AppendUint64(append(make([]byte, 0, 256), folder...), uint64(changedAt)))
	f.sum.Add(int64(hash.Sum64()))
}

// state is what the folders and files of the ledger look like now.
type state struct {
	fingerprint
	newest       int64 // a folder that changed at this time (nanoseconds since 1970) or later is no longer what the previous run found
	files, bytes atomic.Int64
}

// errChanged ends a comparison: something has changed, or nothing can tell.
var errChanged = errors.New("changed since the previous run")

// foldersTogether are compared by one goroutine, one after another.
const foldersTogether = 512

// compare adds the folders below one path to the state.
func (l *Ledger) compare(ctx context.Context, path string, now *state) error {
	tree := files.OpenTree(path, l.request.Walk.StableBefore)
	if path == files.Stdin || tree.ChangedAt(tree.Root) == 0 {
		return errChanged
	}
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(l.request.Walk.Jobs)
	for folders := range slices.Chunk(l.below(tree.Root), foldersTogether) {
		group.Go(snapshots.Guarded(func() error {
			for _, f := range folders {
				if err := now.add(tree, f); err != nil {
					return err
				}
			}
			return ctx.Err()
		}))
	}
	return group.Wait()
}

// add looks at one folder and its files. What is in an archive has no state of
// its own. What is gone was gone in the previous run too, or the fingerprint
// differs: that of the folder that is gone, or of the one that held the file.
func (s *state) add(tree files.Tree, f *folder) error {
	changedAt := tree.ChangedAt(f.path)
	switch {
	case changedAt == 0:
		return nil
	case changedAt >= s.newest:
		return errChanged
	}
	s.fingerprint.add(f.path, changedAt)
	for i := range f.entries {
		file, err := tree.Stat(f.path, f.entries[i].name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil || !f.entries[i].sameStat(&file) {
			return errChanged
		}
		s.files.Add(1)
		s.bytes.Add(file.Size)
	}
	return nil
}
