package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// harness runs the program on inputs.
type harness struct {
	program      string
	size         int // of an input, in bytes
	timeout      time.Duration
	addressSpace string // KB, or unlimited
	dir          string
	base         string        // a database without rows, which each load begins with
	empty        costs         // of the harmless file alone
	plain        map[int]costs // of plain reports of this many MB
}

func (h *harness) folder(in input) string {
	return filepath.Join(h.dir, strings.Map(func(r rune) rune {
		if strings.ContainsRune(" :,%", r) {
			return '-'
		}
		return r
	}, in.name))
}

// costs are results by the names of the commands.
type costs map[string]result

// prepare makes the databases that others begin with. To create the views of a new one
// takes longer than the rest of a small load.
func (h *harness) prepare(ctx context.Context) (err error) {
	if h.program, err = filepath.Abs(h.program); err != nil {
		return err
	}
	if h.dir, err = os.MkdirTemp("", "iamcensus-hostile-"); err != nil {
		return err
	}
	h.plain = map[int]costs{}
	if err := h.generate(ctx, harmless); err != nil {
		return err
	}
	if r, err := h.runProgram(ctx, h.folder(harmless), "first", h.timeout, h.commands(harmless)[1].args...); err != nil || r.exit != 0 {
		return errors.Join(err, fmt.Errorf("the first load ends with %d: see %s", r.exit, r.outputs.stderr))
	}
	if err := h.generate(ctx, emptied); err != nil {
		return err
	}
	h.base = filepath.Join(h.folder(emptied), database)
	h.empty, err = h.cost(ctx, harmless)
	return err
}

// cost runs the commands on an input that does no harm.
func (h *harness) cost(ctx context.Context, in input) (costs, error) {
	if err := h.generate(ctx, in); err != nil {
		return nil, err
	}
	results := costs{}
	for _, c := range h.commands(in) {
		r, err := h.runProgram(ctx, h.folder(in), c.name, h.timeout, c.args...)
		if err != nil || !slices.Contains(c.exits(in), r.exit) {
			return nil, errors.Join(err, fmt.Errorf("%s %s ends with %d: see %s", in.name, c.name, r.exit, r.outputs.stderr))
		}
		results[c.name] = r
	}
	return results, nil
}

// plainCost is that of plain reports of this many MB, measured once.
func (h *harness) plainCost(ctx context.Context, mb float64) (costs, error) {
	key := int(math.Ceil(mb))
	if h.plain[key] == nil {
		sized := *h
		sized.size = key * mega
		results, err := sized.cost(ctx, plain)
		if err != nil {
			return nil, err
		}
		h.plain[key] = results
		if err := os.RemoveAll(h.folder(plain)); err != nil {
			return nil, err
		}
	}
	return h.plain[key], nil
}

// generate writes an input beside the harmless file, or makes a database of the
// harmless one.
func (h *harness) generate(ctx context.Context, in input) error {
	folder := h.folder(in)
	if err := os.MkdirAll(filepath.Join(folder, data), 0o755); err != nil {
		return err
	}
	base := h.base
	if in.sql != "" {
		base = filepath.Join(h.folder(harmless), database)
	} else if err := harmless.write(filepath.Join(folder, data), 0); err != nil {
		return err
	}
	if base != "" {
		if err := copyFile(filepath.Join(folder, database), base); err != nil {
			return err
		}
	}
	_, err := self(ctx, "-generate", in.name, "-o", folder, "-size", fmt.Sprint(float64(h.size)/mega))
	return err
}

// self runs this program as a process of its own: the peak that the system tells
// for a process is at least that of the process that started it.
func self(ctx context.Context, args ...string) ([]byte, error) {
	path, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, path, args...)
	cmd.Stderr = os.Stderr
	return cmd.Output()
}

// readLoaded reads the database of a load.
func readLoaded(ctx context.Context, path string) (l loaded, err error) {
	text, err := self(ctx, "-loaded", path)
	if err == nil {
		_, err = fmt.Sscan(string(text), &l.good, &l.foreign, &l.issues, &l.users)
	}
	return l, err
}

func copyFile(to, from string) error {
	text, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, text, 0o644)
}

// bytesOf is the size of what was written: files, or a database.
func (h *harness) bytesOf(in input) (int64, error) {
	if in.sql != "" {
		return bytesBelow(h.folder(in))
	}
	return bytesBelow(filepath.Join(h.folder(in), data))
}

// bytesBelow is the size of all files of a folder.
func bytesBelow(folder string) (size int64, err error) {
	err = filepath.WalkDir(folder, func(_ string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		info, err := entry.Info()
		size += info.Size()
		return err
	})
	return size, err
}
