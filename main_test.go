package main

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"iamcensus/cli"
)

var update = flag.Bool("update", false, "write the expected outputs")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"iamcensus": func() {
			os.Exit(cli.Run(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
		},
		"crash": func() {
			abortOnCrash()
			go func() { panic("in another goroutine") }()
			select {}
		},
	})
}

// TestScripts runs the program by the scripts in testdata/script. With -update
// it writes their expected output.
func TestScripts(t *testing.T) {
	root, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("ROOT", filepath.ToSlash(root))
			return nil
		},
		Condition: conditions,
		Cmds:      commands,
	})
}
