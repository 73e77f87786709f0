package main

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"iamcensus/cli"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"iamcensus": func() {
			os.Exit(cli.Run(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
		},
	})
}

// TestScripts runs the program by the scripts in testdata/script. With UPDATE=1
// it writes their expected output.
func TestScripts(t *testing.T) {
	root, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		UpdateScripts:       os.Getenv("UPDATE") != "",
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("ROOT", filepath.ToSlash(root))
			return nil
		},
		Condition: conditions,
		Cmds:      commands,
	})
}
