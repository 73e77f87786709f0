package main

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"runtime"
	"runtime/pprof"
	"strconv"
	"syscall"
	"time"

	_ "github.com/duckdb/duckdb-go/v2"

	"iamcensus/ingest"
	"iamcensus/snapshots"
	views "iamcensus/sql"
)

func cpu() (u, s float64, rss int64) {
	var r syscall.Rusage
	syscall.Getrusage(0, &r)
	return float64(r.Utime.Nano()) / 1e9, float64(r.Stime.Nano()) / 1e9, r.Maxrss
}

func main() {
	dir, path := os.Args[1], os.Args[2]
	n, _ := strconv.Atoi(os.Args[3])
	ctx := context.Background()
	if h := os.Getenv("HEAP"); h != "" {
		go func() {
			time.Sleep(2500 * time.Millisecond)
			f, _ := os.Create(h)
			runtime.GC()
			pprof.WriteHeapProfile(f)
			f.Close()
		}()
	}
	for i := 0; i < n; i++ {
		if len(os.Args) < 5 {
			os.Remove(path)
		}
		t := time.Now()
		u0, s0, _ := cpu()
		db, err := sql.Open("duckdb", path)
		if err != nil {
			panic(err)
		}
		db.SetMaxOpenConns(1)
		if err := views.CreateTables(ctx, db); err != nil {
			panic(err)
		}
		t1 := time.Now()
		sum, err := ingest.Load(ctx, db, ingest.Options{Paths: []string{dir}, Limits: snapshots.DefaultLimits, Jobs: runtime.GOMAXPROCS(0), Now: time.Now})
		if err != nil {
			panic(err)
		}
		t2 := time.Now()
		if err := db.Close(); err != nil {
			panic(err)
		}
		u, s, rss := cpu()
		fmt.Printf("create %.3f load %.3f close %.3f ", t1.Sub(t).Seconds(), t2.Sub(t1).Seconds(), time.Since(t2).Seconds())
		st, _ := os.Stat(path)
		fmt.Printf("%.3fs wall %.2f user %.2f sys rss %d MB, db %d bytes, files %d rows %d\n", time.Since(t).Seconds(), u-u0, s-s0, rss>>10, st.Size(), sum.Files, sum.RowsLoaded)
	}
}
