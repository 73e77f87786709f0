package ingest_test

import (
	"archive/tar"
	"archive/zip"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"iamcensus/engine"
)

// A memory peak belongs to a process, so each case runs in one of its own: the
// test binary, which creates childDatabase, loads the path in childIngests, if
// any, and prints its peak in bytes.
const (
	childDatabase = "IAMCENSUS_BENCH_CHILD_DATABASE"
	childIngests  = "IAMCENSUS_BENCH_CHILD_INGESTS"
)

// ingestAlone is the main function of such a process.
func ingestAlone(database, path string) (code int) {
	err := ingestOrNothing(database, path)
	if err == nil {
		var peak int64
		peak, err = ownPeak()
		fmt.Println(peak)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

func ingestOrNothing(database, path string) error {
	db, err := engine.Open(database, engine.ReadWrite)
	if err != nil {
		return err
	}
	if path == "" {
		err = engine.CreateTables(context.Background(), db)
	} else {
		_, err = load(context.Background(), db, path)
	}
	return errors.Join(err, db.Close())
}

// ownPeak is the memory peak of this process, in bytes. On Linux, Maxrss includes
// the parent's; VmHWM does not.
func ownPeak() (int64, error) {
	var used syscall.Rusage
	if runtime.GOOS != "linux" {
		err := syscall.Getrusage(syscall.RUSAGE_SELF, &used)
		return used.Maxrss, err // macOS: bytes
	}
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0, err
	}
	var kibibytes int64
	_, after, _ := strings.Cut(string(status), "VmHWM:")
	_, err = fmt.Sscan(after, &kibibytes)
	return kibibytes << 10, err
}

// BenchmarkMemory measures memory peaks, and the difference to that of creating
// and closing a database.
func BenchmarkMemory(b *testing.B) {
	million := size{500, 1_000_000}
	empty := 0.0
	for _, c := range []struct {
		name string
		path func(b *testing.B) string
	}{
		{"empty", func(*testing.B) string { return "" }},
		{"files=0", func(b *testing.B) string { return b.TempDir() }},
		{fmt.Sprintf("files=%d", benchFiles()), func(b *testing.B) string { return ordinary(b).dir }},
		{"tar.gz/users=1000000", func(b *testing.B) string { return archived(b, million, "census.tar.gz", tarGzip) }},
		{"zip/users=1000000", func(b *testing.B) string { return archived(b, million, "census.zip", zipped) }},
	} {
		b.Run(c.name, func(b *testing.B) {
			path, peak := c.path(b), 0.0
			for b.Loop() {
				peak = max(peak, peakOf(b, path))
			}
			if c.name == "empty" {
				empty = peak
			}
			b.ReportMetric(peak, "peak-MB")
			if empty > 0 {
				b.ReportMetric(peak-empty, "MB-above-empty")
			}
		})
	}
}

// peakOf is the memory peak of a process that loads path, in MB.
func peakOf(b *testing.B, path string) float64 {
	self, err := os.Executable()
	if err != nil {
		b.Fatal(err)
	}
	var stdout, stderr strings.Builder
	child := exec.Command(self)
	child.Stdout, child.Stderr = &stdout, &stderr
	child.Env = append(os.Environ(), childIngests+"="+path, childDatabase+"="+filepath.Join(b.TempDir(), "census.duckdb"))
	if err := child.Run(); err != nil {
		b.Fatalf("%v: %s", err, &stderr)
	}
	var peak float64
	if _, err := fmt.Sscan(stdout.String(), &peak); err != nil {
		b.Fatal(err)
	}
	return peak / 1e6
}

// archived packs synthetic snapshots into an archive.
func archived(b *testing.B, want size, name string, pack func(to io.Writer, from fs.FS) error) string {
	path := filepath.Join(b.TempDir(), name)
	file, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	if err := errors.Join(pack(file, os.DirFS(input(b, want).dir)), file.Close()); err != nil {
		b.Fatal(err)
	}
	return path
}

func tarGzip(to io.Writer, from fs.FS) error {
	packed := gzip.NewWriter(to)
	archive := tar.NewWriter(packed)
	return errors.Join(archive.AddFS(from), archive.Close(), packed.Close())
}

func zipped(to io.Writer, from fs.FS) error {
	archive := zip.NewWriter(to)
	return errors.Join(archive.AddFS(from), archive.Close())
}
