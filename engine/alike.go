package engine

import (
	"context"
	"database/sql"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// There are millions of users, and few kinds of them: rule sets look at kinds,
// figures at counts of users that are alike. What is alike follows from the
// edges that somebody names, in the headers of rule sets or in settings.

// users are the views of users/. In a report, users whom no rule set can tell
// apart are one row of user_kind, in DuckDB's own words for all other columns.
func users(isReport bool) []View {
	views := Views("users")
	for i, v := range views {
		query := edgesIn.ReplaceAllStringFunc(v.query, round)
		if v.Name == "user_kind" && isReport {
			query = "select min(user_id) as user_id, min(snapshot_id) as snapshot_id, sum(n_users) as n_users,\n" +
				"* exclude (user_id, snapshot_id, n_users) from (" + query + ") where is_current group by all"
		}
		views[i].query = query
	}
	return views
}

// edgesIn finds {edges <unit>: <seconds>} in a view.
var edgesIn = regexp.MustCompile(`\{edges ([ds]): (.*?)\}`)

// round rounds seconds to the edges that rule sets name in this unit: the
// result lies before, on or behind each edge just as they do.
func round(text string) string {
	match := edgesIn.FindStringSubmatch(text)
	seconds, scale := match[2], map[string]int{"d": 86400, "s": 1}[match[1]]
	var edges []int
	for _, v := range Views("rulesets") {
		for edge := range strings.SplitSeq(v.header["Edges"], ", ") {
			if number, ok := strings.CutSuffix(edge, " "+match[1]); ok {
				n, err := strconv.Atoi(number)
				if err != nil {
					panic(err) // an embedded file is right
				}
				edges = append(edges, n*scale)
			}
		}
	}
	if len(edges) == 0 {
		return "0" // nobody looks
	}
	slices.Sort(edges)
	cases := "case"
	for _, edge := range slices.Backward(slices.Compact(edges)) {
		cases += fmt.Sprintf(" when %s > %d then %[2]d + 1 when %[1]s = %[2]d then %[2]d", seconds, edge)
	}
	return cases + fmt.Sprintf(" when %s < %d then %[2]d - 1 end", seconds, edges[0])
}

// edges are the edges of each practice's age tiers in seconds, the lowest
// first, and under "existed" those that a user's own age is held against. They
// are those of now: the tiers do not follow a setting that is changed later.
func edges(ctx context.Context, db *sql.DB) (map[string][]float64, error) {
	rows, err := db.QueryContext(ctx, `select distinct practice_id, edge_s from stg_figure where tier is not null
		union select 'existed', edge_s from stg_figure
		where practice_id in (select practice_id from stg_figure where denominator = 'existed') and tier is not null
		order by 1, 2`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	edges := map[string][]float64{}
	for rows.Next() {
		var id string
		var edge float64
		if err := rows.Scan(&id, &edge); err != nil {
			return nil, err
		}
		edges[id] = append(edges[id], edge)
	}
	return edges, rows.Err()
}

// userCount counts the users of each snapshot that are alike.
func userCount(temp, what string, edges map[string][]float64) string {
	return fmt.Sprintf(`create or replace %s %s user_count as
select snapshot_id, has_password, has_mfa, n_keys, %s as age_tier, count(*) as n_users
from user_credential
group by 1, 2, 3, 4, 5`, temp, what, tier("age_s", edges["existed"]))
}

// practiceCount counts the users of each snapshot whose verdicts are alike and
// whose ages are in the same tiers: what the figures tell apart, and no more.
func practiceCount(practices []View, temp, what string, edges map[string][]float64) string {
	parts := make([]string, len(practices))
	for i, p := range practices {
		parts[i] = fmt.Sprintf(`select practice_id, snapshot_id, is_violation, %s as low_tier, %s as high_tier, count(*) as n_users
from %s
group by 1, 2, 3, 4, 5`, tier("age_low_s", edges[p.Name]), tier("age_high_s", edges[p.Name]), p.Name)
	}
	return fmt.Sprintf("create or replace %s %s practice_count as\n%s", temp, what, strings.Join(parts, "\nunion all\n"))
}

// tier is how many of the edges an age is over; NULL where the age is.
func tier(age string, edges []float64) string {
	text := "case"
	for i, edge := range slices.Backward(edges) {
		text += fmt.Sprintf(" when %s > %s then %d", age, strconv.FormatFloat(edge, 'f', -1, 64), i+1)
	}
	return text + fmt.Sprintf(" when %s is not null then 0 end", age)
}
