package ingest_test

import (
	"context"
	"database/sql"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/duckdb/duckdb-go/v2/mapping"

	"iamcensus/engine"
	"iamcensus/ingest"
	"iamcensus/snapshots/files"
	"iamcensus/snapshots/formats"
	"iamcensus/snapshots/synth"
)

// benchFiles is the size of the benchmarks. 100,000 files take a minute to make,
// so the default is smaller.
func benchFiles() int { return number("IAMCENSUS_BENCH_FILES", 10_000) }

// usersPerFile is the mean, as for the measurements in docs/benchmarks.
const usersPerFile = 14

func number(variable string, otherwise int) int {
	if n, err := strconv.Atoi(os.Getenv(variable)); err == nil {
		return n
	}
	return otherwise
}

// folder holds synthetic snapshots.
type folder struct {
	dir        string
	bytes, csv int64 // of all files, and of the credential reports
}

type size struct{ files, users int }

var folders = map[size]folder{}

// input writes synthetic snapshots, once for all benchmarks.
func input(b *testing.B, want size) folder {
	b.Helper()
	made, ok := folders[want]
	if ok {
		return made
	}
	dir, err := os.MkdirTemp("", "iamcensus-bench-")
	if err != nil {
		b.Fatal(err)
	}
	folders[want] = folder{dir: dir} // removed at the end, even after an error
	err = synth.Write(b.Context(), dir, synth.Options{
		Accounts: want.files, Standalone: want.files / 6, Organizations: max(1, want.files/20), Users: want.users, Seed: 1,
		CapturedAt: time.Date(2021, 1, 24, 0, 0, 0, 0, time.UTC),
	})
	if err != nil {
		b.Fatal(err)
	}
	made.dir = dir
	each(b, dir, func(path string, info fs.FileInfo) {
		made.bytes += info.Size()
		if filepath.Ext(path) == ".csv" {
			made.csv += info.Size()
		}
	})
	folders[want] = made
	return made
}

// ordinary is the input of benchmarks without a size of their own.
func ordinary(b *testing.B) folder {
	return input(b, size{benchFiles(), benchFiles() * usersPerFile})
}

// each visits the files below dir.
func each(b *testing.B, dir string, visit func(path string, info fs.FileInfo)) {
	b.Helper()
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		if err == nil {
			visit(path, info)
		}
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
}

func TestMain(m *testing.M) {
	if database := os.Getenv(childDatabase); database != "" {
		os.Exit(ingestAlone(database, os.Getenv(childIngests)))
	}
	flag.Parse()
	if flag.Lookup("test.bench").Value.String() != "" {
		fmt.Printf("duckdb: %s\nfiles: %d\n", mapping.LibraryVersion(), benchFiles()) // configuration lines of Go's benchmark format
	}
	code := m.Run()
	for _, made := range folders {
		os.RemoveAll(made.dir)
	}
	os.Exit(code)
}

// readAll reads every file below dir and discards it.
func readAll(b *testing.B, dir string, readers int) {
	paths := make(chan string, 1024)
	var group sync.WaitGroup
	for range readers {
		group.Go(func() {
			for path := range paths {
				if _, err := os.ReadFile(path); err != nil {
					b.Error(err)
				}
			}
		})
	}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			paths <- path
		}
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	close(paths)
	group.Wait()
}

func open(b *testing.B, path string) *sql.DB {
	b.Helper()
	db, err := engine.Open(path, engine.ReadWrite)
	if err != nil {
		b.Fatal(err)
	}
	return db
}

func load(ctx context.Context, db *sql.DB, path string) (ingest.Summary, error) {
	if err := engine.CreateTables(ctx, db); err != nil {
		return ingest.Summary{}, err
	}
	return ingest.Load(ctx, db, ingest.Options{
		Paths: []string{path}, Limits: files.DefaultLimits, Jobs: runtime.GOMAXPROCS(0), Now: time.Now,
	})
}

// ingestInto opens the database, loads path, and closes it.
func ingestInto(b *testing.B, database, path string) ingest.Summary {
	b.Helper()
	db := open(b, database)
	summary, err := load(b.Context(), db, path)
	if err := errors.Join(err, db.Close()); err != nil {
		b.Fatal(err)
	}
	return summary
}

// BenchmarkReadBytes is the lower bound: the same files, read and discarded.
func BenchmarkReadBytes(b *testing.B) {
	in := ordinary(b)
	b.SetBytes(in.bytes)
	for b.Loop() {
		readAll(b, in.dir, runtime.GOMAXPROCS(0))
	}
}

// BenchmarkIngest loads the files into an empty database: every column,
// issues, ledger and commit.
func BenchmarkIngest(b *testing.B) {
	benchmarkIngest(b, ordinary(b))
}

// BenchmarkFlat has 2,000 users in a file at every size: the time per user should
// not depend on their number. IAMCENSUS_BENCH_USERS adds a larger size.
func BenchmarkFlat(b *testing.B) {
	const perFile = 2000
	users := []int{10_000, 100_000, 1_000_000}
	if most := number("IAMCENSUS_BENCH_USERS", 0); most > 1_000_000 {
		users = append(users, most)
	}
	for _, n := range users {
		b.Run(fmt.Sprintf("users=%d", n), func(b *testing.B) {
			benchmarkIngest(b, input(b, size{n / perFile, n}))
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/user")
		})
	}
}

func benchmarkIngest(b *testing.B, in folder) {
	b.SetBytes(in.bytes)
	database := filepath.Join(b.TempDir(), "census.duckdb")
	var rows int64
	for b.Loop() {
		b.StopTimer()
		remove(b, database)
		b.StartTimer()
		rows = ingestInto(b, database, in.dir).RowsLoaded
	}
	info, err := os.Stat(database)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
	b.ReportMetric(float64(info.Size())/float64(in.csv), "db-bytes/csv-byte")
}

func remove(b *testing.B, path string) {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		b.Fatal(err)
	}
}

// BenchmarkIngestAgain loads files that the database has, with the same sizes and
// times.
func BenchmarkIngestAgain(b *testing.B) {
	benchmarkAgain(b, ordinary(b), func(time.Time) {})
}

// BenchmarkIngestTouched loads files that the database has, with new times, so
// that their bytes are compared.
func BenchmarkIngestTouched(b *testing.B) {
	in := ordinary(b)
	benchmarkAgain(b, in, func(at time.Time) {
		each(b, in.dir, func(path string, _ fs.FileInfo) {
			if err := os.Chtimes(path, at, at); err != nil {
				b.Fatal(err)
			}
		})
	})
}

// benchmarkAgain changes the files before each load, which must find them
// unchanged.
func benchmarkAgain(b *testing.B, in folder, change func(time.Time)) {
	at := time.Date(2021, 1, 25, 0, 0, 0, 0, time.UTC)
	change(at)
	database := filepath.Join(b.TempDir(), "census.duckdb")
	ingestInto(b, database, in.dir)
	b.SetBytes(in.bytes)
	for b.Loop() {
		b.StopTimer()
		at = at.Add(time.Hour)
		change(at)
		syscall.Sync() // so that the disk does not write new times while the load is timed
		b.StartTimer()
		if s := ingestInto(b, database, in.dir); s.Unchanged != s.Files {
			b.Fatalf("%d of %d files are unchanged", s.Unchanged, s.Files)
		}
	}
}

// BenchmarkReadCSV is DuckDB's own reader for the same files: columns given,
// nothing sniffed, and only the text of the cells stored.
func BenchmarkReadCSV(b *testing.B) {
	in := ordinary(b)
	b.SetBytes(in.bytes)
	columns := ""
	for _, name := range formats.CredentialReportColumns {
		columns += ", '" + name + "': 'varchar'"
	}
	for b.Loop() {
		db, err := sql.Open("duckdb", filepath.Join(b.TempDir(), "rows.duckdb")) // with the settings of DuckDB
		if err != nil {
			b.Fatal(err)
		}
		_, err = db.ExecContext(b.Context(), `create table report as select * from read_csv('`+in.dir+`/*/*/*/credential_report.csv',
			columns = {`+columns[2:]+`}, auto_detect = false, header = true, delim = ',', quote = '"', filename = true)`)
		if err != nil {
			b.Fatal(err)
		}
		if err := db.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
