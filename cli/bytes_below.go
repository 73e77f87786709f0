package cli

import (
	"context"
	"iamcensus/snapshots/files"
	"os"
	"path/filepath"
	"slices"
	"sync/atomic"

	"golang.org/x/sync/errgroup"
)

// counters are as many as count side by side: enough not to come in behind
// the load, whose readers want the processors too.
const counters = 4

// bytesBelow adds up the files below the paths. 0: nobody knows, since one is
// standard input, or ctx ended. What cannot be read is an issue of the load,
// and not missed here.
func bytesBelow(ctx context.Context, paths []string) int64 {
	if slices.Contains(paths, files.Stdin) {
		return 0
	}
	s := sizes{ctx: ctx}
	s.group.SetLimit(counters)
	for _, path := range paths {
		if info, err := os.Stat(path); err == nil && info.IsDir() {
			s.folder(path)
		} else if err == nil {
			s.total.Add(info.Size())
		}
	}
	_ = s.group.Wait() // nobody returns an error
	if ctx.Err() != nil {
		return 0
	}
	return s.total.Load()
}

type sizes struct {
	ctx   context.Context
	group errgroup.Group
	total atomic.Int64
}

// folder adds what is in a folder, in a goroutine if one is free.
func (s *sizes) folder(path string) {
	if !s.group.TryGo(func() error { s.entries(path); return nil }) {
		s.entries(path)
	}
}

func (s *sizes) entries(path string) {
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
