package cli

import (
	"crypto/rand"
	"errors"
	"os"
	"path/filepath"
	"sync"
)

// unfinished are files and folders that no run may leave. The lock is held while
// one gets its final name.
var unfinished = struct {
	sync.Mutex
	paths map[string]bool
}{paths: map[string]bool{}}

// unfinishedUntil marks a path until done is called.
func unfinishedUntil(path string) (done func()) {
	unfinished.Lock()
	defer unfinished.Unlock()
	unfinished.paths[path] = true
	return func() {
		unfinished.Lock()
		defer unfinished.Unlock()
		delete(unfinished.paths, path)
	}
}

// temporary is a file that is complete before it gets its name. Where the system
// has files without a name, a kill leaves nothing of it.
type temporary struct {
	*os.File
	name string // "": it has none
}

func newTemporary(folder string) (*temporary, error) {
	if file, err := nameless(folder); err == nil {
		return &temporary{File: file}, nil
	}
	unfinished.Lock()
	defer unfinished.Unlock()
	file, err := os.CreateTemp(folder, ".iamcensus-*")
	if err != nil {
		return nil, err
	}
	unfinished.paths[file.Name()] = true
	return &temporary{file, file.Name()}, nil
}

// rename gives the file its final name, in its folder, and closes it.
func (t *temporary) rename(name string) error {
	unfinished.Lock()
	defer unfinished.Unlock()
	err := t.link(filepath.Dir(name))
	if err == nil {
		err = os.Rename(t.name, name)
	}
	if err != nil {
		return errors.Join(err, t.remove())
	}
	delete(unfinished.paths, t.name)
	return t.Close()
}

// link gives a file without a name a temporary one, since only a name can
// replace another.
func (t *temporary) link(folder string) error {
	if t.name != "" {
		return nil
	}
	name := filepath.Join(folder, ".iamcensus-"+rand.Text())
	if err := link(t.File, name); err != nil {
		return err
	}
	t.name = name
	return nil
}

// discard closes the file and removes it.
func (t *temporary) discard() error {
	unfinished.Lock()
	defer unfinished.Unlock()
	return t.remove()
}

func (t *temporary) remove() error {
	err := t.Close()
	if t.name != "" {
		err = errors.Join(err, os.Remove(t.name))
		delete(unfinished.paths, t.name)
	}
	return err
}
