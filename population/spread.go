package population

import (
	"context"
	"database/sql"
	"iamcensus/report/marts"
	"iamcensus/report/text"
)

// spread is what a summary needs to know of the organizations of one figure.
type spread struct {
	weight        float64 // effective organizations with violations
	organizations int64   // of the deciles
	deciles       []int   // 10 % to 90 %, in whole percent
}

// readSpreads reads the spreads by figure id.
func readSpreads(ctx context.Context, db *sql.DB) (map[string]spread, error) {
	spreads := map[string]spread{}
	q := marts.NewReader(ctx, db)
	q.Each("select figure_id, n_effective from mart_concentration", func(scan marts.Scan) error {
		var id string
		var s spread
		err := scan(&id, &s.weight)
		spreads[id] = s
		return err
	})
	q.Each("select figure_id, pct, n_organizations from mart_decile where decile between 10 and 90 order by figure_id, decile",
		func(scan marts.Scan) error {
			var id string
			var pct float64
			var n int64
			err := scan(&id, &pct, &n)
			s := spreads[id]
			s.organizations, s.deciles = n, append(s.deciles, int(text.Round(pct, 0)))
			spreads[id] = s
			return err
		})
	return spreads, q.Err
}
