package main

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"strings"
	"syscall"
	"time"

	_ "github.com/duckdb/duckdb-go/v2"
)

func cpu() float64 {
	var r syscall.Rusage
	syscall.Getrusage(0, &r)
	return float64(r.Utime.Nano()+r.Stime.Nano()) / 1e9
}

func main() {
	ctx := context.Background()
	path := "/tmp/w/y.duckdb"
	os.Remove(path)
	db, err := sql.Open("duckdb", "")
	if err != nil {
		panic(err)
	}
	db.SetMaxOpenConns(1)
	exec := func(q string) {
		if _, err := db.ExecContext(ctx, q); err != nil {
			panic(q + err.Error())
		}
	}
	extra := ""
	if len(os.Args) > 1 {
		extra = os.Args[1]
	}
	exec("set threads=1")
	if len(os.Args) > 2 {
		exec(os.Args[2])
	}
	exec(`create type word as enum ('N/A','no_information','not_supported','')`)
	exec(`create table src as select i::bigint as user_id, (i//14)::integer as snapshot_id,
	 'user.' || substr(md5(i::varchar),1,10) as user_name, '/' as path, null::varchar as irregular,
	 (timestamp '2018-01-01' + to_seconds((hash(i)%90000000)::bigint)) as ts,
	 (timestamp '2018-01-01' + to_seconds((hash(i)%90000000)::bigint))::timestamp_s as ts_s,
	 ((hash(i)%90000000))::integer as ts_i,
	 case when hash(i)%3=0 then null when hash(i)%3=1 then 'N/A' else 'no_information' end as word,
	 case when hash(i)%3=0 then null when hash(i)%3=1 then 'N/A' else 'no_information' end::word as word_enum,
	 case when hash(i)%3=0 then null when hash(i)%3=1 then 1 else 2 end::utinyint as word_tiny,
	 hash(i)%2=0 as flag,
	 case when hash(i)%3=0 then null else ['us-east-1','eu-west-1','ap-southeast-2','us-west-2'][((hash(i)//3)%4+1)::bigint] end as region,
	 case when hash(i)%3=0 then null else (hash(i)//3)%4 end::usmallint as region_id, unhex(sha256(i::varchar)) as sha, sha256(i::varchar) as shax
	 from range(1500000) t(i)`)
	for _, c := range []string{"user_name", "user_name:varchar using compression fsst", "user_name", "user_name:varchar using compression fsst", "user_name", "user_name:varchar using compression fsst"} {
		os.Remove(path)
		exec("attach '" + path + "' as f " + extra)
		if c == "word_enum" {
			exec(`create type f.word as enum ('N/A','no_information','not_supported','')`)
		}
		t, u := time.Now(), cpu()
		name, typ, ok := strings.Cut(c, ":")
		if ok {
			exec("create table f.t (x " + typ + ")")
			exec("insert into f.t select " + name + " from src")
		} else {
			exec("create table f.t as select " + c + " from src")
		}
		exec("checkpoint f")
		d, w := cpu()-u, time.Since(t).Seconds()
		st, _ := os.Stat(path)
		fmt.Printf("%-40s %.3f cpu %.3f wall  %6.1f ns/row  %.2f B/row\n", c, d, w, d/1.5e6*1e9, float64(st.Size())/1.5e6)
		exec("detach f")
	}
}
