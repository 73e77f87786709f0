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

// TestScripts runs the program as a whole, by the scripts in testdata/script.
// With -update it writes the expected output anew.
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
			env.Setenv("SAMPLES", os.Getenv("IAMCENSUS_SAMPLES"))
			return nil
		},
		Condition: func(name string) (bool, error) {
			switch name {
			case "samples":
				return os.Getenv("IAMCENSUS_SAMPLES") != "", nil
			case "root-user":
				return os.Geteuid() == 0, nil
			}
			return false, nil
		},
	})
}
