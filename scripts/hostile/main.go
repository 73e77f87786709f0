// Command hostile runs iamcensus on hostile inputs that it generates, and holds
// memory, processor time and the answer to Ctrl-C to bounds.
//
//	go run ./scripts/hostile -bin build/iamcensus -size 16
//
// Each input is loaded beside a harmless file and then read. The bounds are
// relative to two other runs of the same command: with the harmless file alone,
// and with plain credential reports of as many bytes. Only one program runs at a
// time. The folder of an input that fails is kept.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	"time"
)

func main() {
	var h harness
	flag.StringVar(&h.program, "bin", "build/iamcensus", "program to test, as make build writes it")
	size := flag.Float64("size", 16, "size of an input, unpacked, in MB")
	only := flag.String("only", "", "inputs whose names match this regular expression")
	generate := flag.String("generate", "", "write the input of this name into the folder -o, and end")
	folder := flag.String("o", "", "folder of -generate")
	read := flag.String("loaded", "", "print what a load left in this database, and end")
	flag.DurationVar(&h.timeout, "timeout", 2*time.Minute, "longest run of the program")
	flag.StringVar(&h.addressSpace, "address-space", "8000000", "address space of the program, in KB, or unlimited")
	flag.Parse()
	h.size = int(*size * mega)
	err := func() error {
		switch {
		case *generate != "":
			return generateOne(*generate, *folder, h.size)
		case *read != "":
			return printLoaded(*read)
		}
		return h.run(regexp.MustCompile(*only))
	}()
	if err != nil {
		fmt.Fprintln(os.Stderr, "hostile:", err)
		os.Exit(1)
	}
}

// run tests all inputs with a matching name, and prints a table.
func (h *harness) run(only *regexp.Regexp) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := h.prepare(ctx); err != nil {
		return err
	}
	fmt.Print(header)
	failed := 0
	for _, in := range inputs {
		if !only.MatchString(in.name) {
			continue
		}
		row, err := h.test(ctx, in)
		if err != nil {
			return fmt.Errorf("%s: %w", in.name, err)
		}
		fmt.Print(row)
		if len(row.failures) > 0 {
			failed++
		} else if err := os.RemoveAll(h.folder(in)); err != nil {
			return err
		}
	}
	if failed > 0 {
		return fmt.Errorf("%d inputs fail; they are in %s", failed, h.dir)
	}
	return os.RemoveAll(h.dir)
}

// generateOne writes an input.
func generateOne(name, folder string, size int) error {
	for _, in := range append(inputs, harmless, emptied, plain) {
		if in.name != name {
			continue
		}
		if in.sql != "" {
			return change(filepath.Join(folder, database), in.sql)
		}
		return in.write(filepath.Join(folder, data), size)
	}
	return fmt.Errorf("no input %q", name)
}
