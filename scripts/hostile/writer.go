package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
)

const mega = 1e6

// writer counts what is written. Its first error is that of flush.
type writer struct {
	*bufio.Writer
	written int
}

func newWriter(w io.Writer) *writer { return &writer{Writer: bufio.NewWriterSize(w, 1<<16)} }

func (w *writer) text(s string) {
	n, _ := w.WriteString(s) // Flush returns the error
	w.written += n
}

// fill writes the texts of each(0), each(1), ... until size bytes are written.
func (w *writer) fill(size int, each func(n int) string) {
	for n := 0; w.written < size; n++ {
		w.text(each(n))
	}
}

// writeFile creates a file with its folders.
func writeFile(dir, name string, write func(*writer)) (err error) {
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	w := newWriter(file)
	write(w)
	return w.Flush()
}

// file is an input of one file below a folder of an account.
func file(name string, write func(w *writer, size int)) func(string, int) error {
	return func(dir string, size int) error {
		return writeFile(dir, "2021-01-24/org/"+accountID(1)+"/"+name, func(w *writer) { write(w, size) })
	}
}

// filled is one file: a beginning, as many elements as fit, and an end.
func filled(name, begin string, each func(n int) string, end string) func(string, int) error {
	return file(name, func(w *writer, size int) {
		w.text(begin)
		w.fill(size, each)
		w.text(end)
	})
}

// listed is JSON whose elements are separated by commas.
func listed(name, begin string, each func(n int) string, end string) func(string, int) error {
	return filled(name, begin, func(n int) string {
		if n == 0 {
			return each(0)
		}
		return "," + each(n)
	}, end)
}

func always(s string) func(int) string { return func(int) string { return s } }

func formatted(format string) func(int) string {
	return func(n int) string { return fmt.Sprintf(format, n) }
}

func number(before string, n int) string { return before + strconv.Itoa(n) }

func accountID(n int) string { return fmt.Sprintf("1111%08d", n) }
