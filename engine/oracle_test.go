package engine_test

import (
	"database/sql"
	"testing"

	"iamcensus/engine"
	files "iamcensus/sql"
)

// TestRatesMatchR compares the sums for intervals with R's estimatr and survey, on the data sets of
// report/stats/testdata/interval/oracle.R.
func TestRatesMatchR(t *testing.T) {
	db, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	for _, name := range []string{"organizations", "estimates", "panel", "changes"} {
		run(t, db, "create table "+name+" as from read_csv('../report/stats/testdata/interval/"+name+".csv', comment = '#')")
	}
	run(t, db, `create table practice as select distinct name as practice_id from panel;
		create table compared_date as from (values (1, 'first'), (2, 'second')) as d (position, label);
		create table mart_panel_cluster as
		select position, name as practice_id, organization as org_id, '' as account_id,
			if(position = 1, numerator_1, numerator_2) as numerator, if(position = 1, denominator_1, denominator_2) as denominator, 0 as n_unknown
		from panel, compared_date;
		create table figure_by_cluster as
		select name as figure_id, organization as org_id, '' as account_id, numerator, denominator, unknown as n_unknown
		from organizations`)
	create(t, db, "rate", "select * from {rates figure_by_cluster: figure_id} r")
	panelRate, err := files.Files.ReadFile("marts/mart_panel_rate.sql")
	if err != nil {
		t.Fatal(err)
	}
	create(t, db, "mart_panel_rate", string(panelRate))
	for what, query := range map[string]string{
		"rates": `select e.name, r.variance, e.variance, r.variance_upper, e.variance_upper, r.degrees, e.degrees
			from estimates e left join rate r on r.figure_id = e.name
			where (abs(r.variance - e.variance) <= 1e-6 * e.variance + 1e-18 and abs(r.variance_upper - e.variance_upper) <= 1e-6 * e.variance_upper + 1e-18
				and abs(r.degrees - e.degrees) <= 1e-6 and r.n_clusters = e.organizations) is not true`,
		"changes": `select c.name, r.change_variance, c.variance
			from changes c left join mart_panel_rate r on r.position = 2 and r.practice_id = c.name
			where (abs(r.change_variance - c.variance) <= 1e-6 * c.variance + 1e-18 and r.n_change_clusters = c.organizations) is not true`,
	} {
		if differences := lines(t, db, query); differences != "" {
			t.Errorf("%s that differ from those of R:\n%s", what, differences)
		}
	}
	if counts := lines(t, db, "select (select count(*) from estimates) >= 50, (select count(*) from changes) >= 10"); counts != "true | true\n" {
		t.Errorf("enough data sets: %s", counts)
	}
}

// create creates a view from a query with macros.
func create(t *testing.T, db *sql.DB, name, query string) {
	t.Helper()
	expanded, err := engine.Expand(query)
	if err != nil {
		t.Fatal(err)
	}
	run(t, db, "create view "+name+" as\n"+expanded)
}
