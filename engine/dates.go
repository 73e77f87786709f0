package engine

import (
	"context"
	"database/sql"
	"fmt"
	"time"
)

// Date is one of the dates to compare: the newest snapshot of each account at or
// before AsOf counts.
type Date struct {
	Label string
	AsOf  time.Time
}

// CompareDates evaluates the practices at two dates, the first before the last.
// It needs the temporary views of CreateViews.
func CompareDates(ctx context.Context, db *sql.DB, first, last Date) error {
	for i, date := range []Date{first, last} {
		_, err := db.ExecContext(ctx, "insert into compared_date values ($1, $2, $3)", i+1, date.Label, date.AsOf.UTC())
		if err != nil {
			return err
		}
	}
	return evaluate(ctx, db, 2)
}

// maxDays is the number of days in a trend.
const maxDays = 12

// CompareDays evaluates the practices at the newest days with snapshots, or at
// none if there is only one.
func CompareDays(ctx context.Context, db *sql.DB) error {
	result, err := db.ExecContext(ctx, `insert into compared_date
		select row_number() over (order by label), label, as_of from stg_day where newness <= $1 and n_days > 1`, maxDays)
	if err != nil {
		return err
	}
	dates, err := result.RowsAffected()
	if err != nil {
		return err
	}
	return evaluate(ctx, db, int(dates))
}

// Days returns the newest days with snapshots, the earliest first.
func Days(ctx context.Context, db *sql.DB) ([]string, error) {
	rows, err := db.QueryContext(ctx, "select label from stg_day where newness <= $1 order by label", maxDays)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var days []string
	for rows.Next() {
		var day string
		if err := rows.Scan(&day); err != nil {
			return nil, err
		}
		days = append(days, day)
	}
	return days, rows.Err()
}

// evaluate fills compared_verdict. Each date becomes the date of the census in
// turn, so that the documents of that date count.
func evaluate(ctx context.Context, db *sql.DB, dates int) error {
	var census sql.NullTime
	if err := db.QueryRowContext(ctx, "select as_of from scope").Scan(&census); err != nil {
		return err
	}
	for position := 1; position <= dates; position++ {
		if err := moveTo(ctx, db, fmt.Sprintf("(select as_of from compared_date where position = %d)", position)); err != nil {
			return err
		}
		err := execute(ctx, db,
			fmt.Sprintf(`insert into compared_verdict
				select p.position, v.practice_id, v.org_id, v.account_id, v.user_id, v.is_violation
				from practice_user v
				join stg_panel p on p.snapshot_id = v.snapshot_id
				where p.position = %d and p.part = 'panel' and (v.is_violation or v.is_violation is null)`, position))
		if err != nil {
			return err
		}
	}
	return moveTo(ctx, db, "$1", census)
}

// moveTo changes the date of the census. In a report the states of the AWS
// Organizations at that date are tables, which are filled again.
func moveTo(ctx context.Context, db *sql.DB, date string, args ...any) error {
	if _, err := db.ExecContext(ctx, "update scope set as_of = "+date, args...); err != nil {
		return err
	}
	var isReport bool
	err := db.QueryRowContext(ctx, "select count(*) > 0 from duckdb_tables() where temporary and table_name = 'mfa_verdict'").Scan(&isReport)
	if err != nil || !isReport {
		return err
	}
	t := template{isReport: true}
	return t.createNow(ctx, db, organizations)
}
