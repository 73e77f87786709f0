package ingest

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"iamcensus/snapshots/files"
	"io/fs"
	"slices"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"
)

// asked hashes all that decides what a load makes of the files below its paths.
func (o *Options) asked() int64 {
	sum := fnv.New64a()
	fmt.Fprintf(sum, "%q %q %+v %+v", o.Version, o.Paths, o.Fallback, o.Limits)
	return int64(sum.Sum64())
}

// folderSum sums up folders, by name and time of change: equal sums are of equal
// folders. Several goroutines may add.
type folderSum struct {
	sum    atomic.Int64
	unsure atomic.Bool // the time of some folder says nothing
}

func (f *folderSum) add(folder string, changed int64) {
	if changed == 0 {
		f.unsure.Store(true)
		return
	}
	hash := fnv.New64a()
	hash.Write(binary.NativeEndian.AppendUint64(append(make([]byte, 0, 256), folder...), uint64(changed)))
	f.sum.Add(int64(hash.Sum64()))
}

// before is an earlier load that was asked the same, and after which the ledger
// of files has not changed.
type before struct {
	at  time.Time // when it began
	sum int64     // of the folders that it went through
}

// before finds the last such load; nil if there is none.
func (s *store) before(o *Options) (*before, error) {
	var b before
	err := s.conn.QueryRowContext(s.ctx, `select started_at, folders from ingest_run
		where request_hash = $1 and folders is not null and file_ids = (select sum(file_id) from source_file)
		order by run_id desc limit 1`, o.asked()).Scan(&b.at, &b.sum)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return &b, err
}

// errChanged ends a look at what is known.
var errChanged = errors.New("something is not as it was")

// unchanged reports whether a walk would find what one before found: the same
// folders, and in them the files of the ledger by size and time of change.
func (w *writer) unchanged(ctx context.Context, s *store) (bool, error) {
	before, err := s.before(&w.options)
	if before == nil || err != nil {
		return false, err
	}
	var count, bytes atomic.Int64
	now := &folderSum{}
	newest := before.at.Add(-settling).UnixNano()
	for _, root := range w.options.Paths {
		tree := files.OpenTree(root, w.options.settled())
		if root == files.Stdin || tree.Changed(tree.Root) == 0 {
			return false, nil
		}
		look := func(folder *knownFolder) error {
			changed := tree.Changed(folder.path)
			if changed == 0 {
				return nil // it is in an archive, or gone: then the sum is another, or it was gone before, too
			}
			if changed >= newest {
				return errChanged
			}
			now.add(folder.path, changed)
			for i := range folder.files {
				file, err := tree.Look(folder.path, folder.files[i].name)
				if errors.Is(err, fs.ErrNotExist) {
					continue // likewise
				}
				if err != nil || !folder.files[i].same(&file) {
					return errChanged
				}
				count.Add(1)
				bytes.Add(file.Size)
			}
			return nil
		}
		group, ctx := errgroup.WithContext(ctx)
		group.SetLimit(w.options.Jobs)
		for folders := range slices.Chunk(w.known.below(tree.Root), 512) {
			group.Go(func() error {
				for _, folder := range folders {
					if err := look(folder); err != nil {
						return err
					}
				}
				return ctx.Err()
			})
		}
		if err := group.Wait(); errors.Is(err, errChanged) {
			return false, nil
		} else if err != nil {
			return false, err
		}
	}
	if now.sum.Load() != before.sum {
		return false, nil
	}
	w.folders = now
	w.summary.Files, w.summary.Unchanged = count.Load(), count.Load()
	if w.options.Progress != nil {
		w.options.Progress(Progress{Files: count.Load(), Bytes: bytes.Load()})
	}
	return true, nil
}
