// Command iamcensus takes a census of AWS IAM users over the point-in-time
// snapshots of many organizations.
package main

import (
	"context"
	"os"

	"iamcensus/cli"
)

func main() {
	os.Exit(cli.Run(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
