package cli

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"iamcensus/report"
)

// output is the flags --format and -o of a command that writes a T.
type output[T any] struct {
	formats []report.Format[T] // the first is the default
	format  string
	file    string // - is stdout
	json    bool
}

// addOutput adds the flags. They are checked before the command runs.
func addOutput[T any](cmd *cobra.Command, formats []report.Format[T]) *output[T] {
	o := &output[T]{formats: formats}
	cmd.Flags().StringVar(&o.format, "format", "", fmt.Sprintf("output `format`: %s (default by the suffix of -o, else %s)", o.names(), formats[0].Name))
	cmd.Flags().StringVarP(&o.file, "output", "o", "-", "output `file`; - is stdout")
	complete(cmd, "format", offer(strings.Split(o.names(), ", ")...))
	cmd.PreRunE = func(cmd *cobra.Command, args []string) error {
		if o.isRead(cmd, args) {
			return usage(fmt.Errorf("-o %s: the command reads this file: choose another name", o.file))
		}
		_, err := o.choose()
		return err
	}
	return o
}

// addJSON adds --json, a shorthand.
func (o *output[T]) addJSON(cmd *cobra.Command) *output[T] {
	cmd.Flags().BoolVar(&o.json, "json", false, "shorthand for --format json")
	return o
}

// isRead reports whether the output file is one that the arguments or flags name as
// input, and no database, which open refuses. A file in a folder that is read may be an
// earlier output.
func (o *output[T]) isRead(cmd *cobra.Command, args []string) bool {
	for _, flag := range []string{"config", "population", "compare-with"} {
		if f := cmd.Flags().Lookup(flag); f != nil {
			args = append(args[:len(args):len(args)], f.Value.String())
		}
	}
	file, err := os.Stat(o.file)
	return err == nil && file.Mode().IsRegular() && !isDatabase(o.file) && slices.ContainsFunc(args, func(name string) bool {
		read, err := os.Stat(name)
		return err == nil && os.SameFile(file, read)
	})
}

func (o *output[T]) names() string {
	names := make([]string, len(o.formats))
	for i, f := range o.formats {
		names[i] = f.Name
	}
	return strings.Join(names, ", ")
}

// choose goes by --format, else by the suffix of the file.
func (o *output[T]) choose() (report.Format[T], error) {
	name := o.format
	if o.json {
		name = "json"
	}
	at := slices.IndexFunc(o.formats, func(f report.Format[T]) bool {
		if name != "" {
			return f.Name == name
		}
		return o.file == "-" || f.Suffix == filepath.Ext(o.file)
	})
	switch {
	case at >= 0:
		return o.formats[at], nil
	case name != "":
		return report.Format[T]{}, usage(fmt.Errorf("--format %s: unknown format; use one of: %s", name, o.names()))
	}
	return report.Format[T]{}, usage(fmt.Errorf("-o %s: no format has this suffix; add --format with one of: %s", o.file, o.names()))
}

// write writes one value.
func (o *output[T]) write(cmd *cobra.Command, value T) error {
	return o.each(cmd, func(write func(T) error) error { return write(value) })
}

// each writes the values that produce passes on, to a file as create does.
func (o *output[T]) each(cmd *cobra.Command, produce func(write func(T) error) error) error {
	format, err := o.choose()
	if err != nil {
		return err
	}
	write, end, err := create(cmd.OutOrStdout(), o.file)
	if err != nil {
		return err
	}
	return end(produce(func(value T) error {
		var page bytes.Buffer
		if err := format.Render(&page, value); err != nil {
			return err
		}
		return write(page.Bytes())
	}))
}
