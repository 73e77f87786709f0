package progress

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"iamcensus/snapshots/files"
)

// sizers is the number of goroutines that list folders: enough to finish
// before the load, without taking its processors.
const sizers = 4

// size adds up the sizes of the files below the paths. 0: unknown, since one
// path is standard input, or ctx was cancelled. Files that cannot be read are
// left out: the load reports them as issues.
func size(ctx context.Context, paths []string) int64 {
	if slices.Contains(paths, files.Stdin) {
		return 0
	}
	s := sizer{ctx: ctx}
	s.group.SetLimit(sizers)
	for _, path := range paths {
		if info, err := os.Stat(path); err == nil && info.IsDir() {
			s.folder(path)
		} else if err == nil {
			s.total.Add(info.Size())
		}
	}
	_ = s.group.Wait() // always nil
	if ctx.Err() != nil {
		return 0
	}
	return s.total.Load()
}

type sizer struct {
	ctx   context.Context
	group errgroup.Group
	total atomic.Int64
}

// folder adds the files in a folder, in a goroutine if one is free.
func (s *sizer) folder(path string) {
	if !s.group.TryGo(func() error { s.entries(path); return nil }) {
		s.entries(path)
	}
}

func (s *sizer) entries(path string) {
	entries, _ := os.ReadDir(path)
	for _, entry := range entries {
		if s.ctx.Err() != nil {
			return
		}
		if entry.IsDir() {
			s.folder(filepath.Join(path, entry.Name()))
		} else if info, err := entry.Info(); err == nil {
			s.total.Add(info.Size())
		}
	}
}
