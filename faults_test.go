package main

import (
	"database/sql"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestFaults runs the program with disks that are full or read-only, databases
// that are locked or damaged, and files that change while they are read.
func TestFaults(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/faults",
		RequireExplicitExec: true,
		Condition:           conditions,
		Cmds:                commands,
	})
}

// commands of the scripts, beside testscript's own.
var commands = map[string]func(*testscript.TestScript, bool, []string){
	"disk": disk, "exits": exits, "hold": hold, "only": only, "sql": runSQL,
}

func conditions(name string) (bool, error) {
	switch name {
	case "disks":
		return canMount(), nil
	case "kernel-files":
		_, err := os.Stat("/sys/kernel/uevent_seqnum")
		return err == nil, nil
	}
	return false, errors.New("unknown condition")
}

var canMount = sync.OnceValue(func() bool {
	dir, err := os.MkdirTemp("", "")
	if err != nil {
		return false
	}
	defer os.Remove(dir)
	return exec.Command("mount", "-t", "tmpfs", "tmpfs", dir).Run() == nil && exec.Command("umount", dir).Run() == nil
})

// disk FOLDER SIZE mounts a disk of this size on a new folder until the script
// ends.
func disk(ts *testscript.TestScript, _ bool, args []string) {
	dir := ts.MkAbs(args[0])
	ts.Check(os.Mkdir(dir, 0o755))
	ts.Check(ts.Exec("mount", "-t", "tmpfs", "-o", "size="+args[1], "tmpfs", dir))
	ts.Defer(func() { ts.Check(exec.Command("umount", dir).Run()) })
}

// exits CODE PROGRAM [ARG...] checks the exit code.
func exits(ts *testscript.TestScript, _ bool, args []string) {
	code := 0
	var exit *exec.ExitError
	if err := ts.Exec(args[1], args[2:]...); errors.As(err, &exit) {
		code = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if strconv.Itoa(code) != args[0] {
		ts.Fatalf("exit code %d, not %s\n%s", code, args[0], ts.ReadFile("stderr"))
	}
}

// hold FILE keeps a database open until the script ends; ! hold FILE closes
// it.
func hold(ts *testscript.TestScript, neg bool, args []string) {
	name := ts.MkAbs(args[0])
	if neg {
		if db, ok := held.LoadAndDelete(name); ok {
			ts.Check(db.(*sql.DB).Close())
		}
		return
	}
	db, err := sql.Open("duckdb", name)
	ts.Check(err)
	held.Store(name, db)
	ts.Defer(func() { ts.Check(db.Close()) })
}

var held sync.Map // file -> *sql.DB

// only FOLDER NAME... checks that the folder has these entries and no others.
func only(ts *testscript.TestScript, _ bool, args []string) {
	entries, err := os.ReadDir(ts.MkAbs(args[0]))
	ts.Check(err)
	names := []string{}
	for _, entry := range entries {
		names = append(names, filepath.Base(entry.Name()))
	}
	slices.Sort(args[1:])
	if !slices.Equal(names, args[1:]) {
		ts.Fatalf("%s has %s", args[0], strings.Join(names, ", "))
	}
}

// sql FILE STATEMENT runs a statement on a database.
func runSQL(ts *testscript.TestScript, _ bool, args []string) {
	db, err := sql.Open("duckdb", ts.MkAbs(args[0]))
	ts.Check(err)
	_, err = db.Exec(args[1])
	ts.Check(errors.Join(err, db.Close()))
}
