package ingest_test

import (
	"context"
	"database/sql"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	_ "github.com/duckdb/duckdb-go/v2"

	"iamcensus/ingest"
	"iamcensus/snapshots"
	"iamcensus/snapshots/synth"
	views "iamcensus/sql"
)

// The size of the benchmarks: 100,000 files take a minute to make, so a
// smaller number is the default. IAMCENSUS_BENCH_FILES asks for another.
func benchFiles() int {
	if n, err := strconv.Atoi(os.Getenv("IAMCENSUS_BENCH_FILES")); err == nil {
		return n
	}
	return 10_000
}

// usersPerFile is that of the measurements in docs/benchmarks.
const usersPerFile = 14

var inputs = map[int]string{}

// input makes synthetic snapshots once for all benchmarks.
func input(b *testing.B, files int) (dir string, bytes int64) {
	b.Helper()
	dir, ok := inputs[files]
	if !ok {
		var err error
		if dir, err = os.MkdirTemp("", "iamcensus-bench-"); err != nil {
			b.Fatal(err)
		}
		err = synth.Write(b.Context(), dir, synth.Options{
			Accounts: files, Standalone: files / 6, Organizations: max(1, files/20), Users: files * usersPerFile, Seed: 1,
			CapturedAt: time.Date(2021, 1, 24, 0, 0, 0, 0, time.UTC),
		})
		if err != nil {
			b.Fatal(err)
		}
		inputs[files] = dir
	}
	return dir, readAll(b, dir, 1)
}

func TestMain(m *testing.M) {
	code := m.Run()
	for _, dir := range inputs {
		os.RemoveAll(dir)
	}
	os.Exit(code)
}

// readAll reads every file below dir and does nothing with it.
func readAll(b *testing.B, dir string, readers int) int64 {
	paths := make(chan string, 1024)
	var total atomic.Int64
	var group sync.WaitGroup
	for range readers {
		group.Go(func() {
			for path := range paths {
				data, err := os.ReadFile(path)
				if err != nil {
					b.Error(err)
				}
				total.Add(int64(len(data)))
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
	return total.Load()
}

func open(b *testing.B, path string) *sql.DB {
	b.Helper()
	db, err := sql.Open("duckdb", path)
	if err != nil {
		b.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	return db
}

func load(b *testing.B, db *sql.DB, dir string) ingest.Summary {
	b.Helper()
	if err := views.CreateTables(b.Context(), db); err != nil {
		b.Fatal(err)
	}
	summary, err := ingest.Load(context.Background(), db, ingest.Options{
		Paths: []string{dir}, Limits: snapshots.DefaultLimits, Jobs: runtime.GOMAXPROCS(0), Now: time.Now,
	})
	if err != nil {
		b.Fatal(err)
	}
	return summary
}

// BenchmarkReadBytes is the floor: the same files, read and thrown away.
func BenchmarkReadBytes(b *testing.B) {
	dir, bytes := input(b, benchFiles())
	b.SetBytes(bytes)
	for b.Loop() {
		readAll(b, dir, runtime.GOMAXPROCS(0))
	}
}

// BenchmarkIngest loads the files into an empty database: every column,
// issues, ledger and commit.
func BenchmarkIngest(b *testing.B) {
	dir, bytes := input(b, benchFiles())
	b.SetBytes(bytes)
	var users int64
	for b.Loop() {
		db := open(b, filepath.Join(b.TempDir(), "census.duckdb"))
		users = load(b, db, dir).RowsLoaded
		if err := db.Close(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(users)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}

// BenchmarkIngestAgain loads files that the database has.
func BenchmarkIngestAgain(b *testing.B) {
	dir, bytes := input(b, benchFiles())
	path := filepath.Join(b.TempDir(), "census.duckdb")
	db := open(b, path)
	load(b, db, dir)
	if err := db.Close(); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(bytes)
	for b.Loop() {
		db := open(b, path)
		if s := load(b, db, dir); s.Unchanged != s.Files {
			b.Fatalf("%d of %d files are unchanged", s.Unchanged, s.Files)
		}
		if err := db.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkReadCSV is what DuckDB does with the same files, its columns
// given, nothing sniffed, and no more than the text of the cells stored.
func BenchmarkReadCSV(b *testing.B) {
	dir, bytes := input(b, benchFiles())
	b.SetBytes(bytes)
	columns := ""
	for _, name := range snapshots.CredentialReportColumns {
		columns += ", '" + name + "': 'varchar'"
	}
	for b.Loop() {
		db := open(b, filepath.Join(b.TempDir(), "rows.duckdb"))
		_, err := db.ExecContext(b.Context(), `create table report as select * from read_csv('`+dir+`/*/*/*/credential_report.csv',
			columns = {`+columns[2:]+`}, auto_detect = false, header = true, delim = ',', quote = '"', filename = true)`)
		if err != nil {
			b.Fatal(err)
		}
		if err := db.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
