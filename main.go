// Command iamcensus takes a census of AWS IAM users over the point-in-time
// snapshots of many organizations.
package main

import (
	"context"
	"os"
	"runtime/debug"
	"syscall"

	"iamcensus/cli"
)

func main() {
	abortOnCrash()
	os.Exit(cli.Run(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// abortOnCrash makes crashes that nothing can recover from, such as out of
// memory, end with SIGABRT, since Go's exit code of them is that of data issues.
// No core file is written: it would have data of the snapshots.
func abortOnCrash() {
	debug.SetTraceback("crash")
	debug.SetMaxStack(256 << 20)                                  // a quarter of Go's maximum
	_ = syscall.Setrlimit(syscall.RLIMIT_CORE, &syscall.Rlimit{}) // lowering is always allowed
}
