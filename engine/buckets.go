package engine

import (
	"context"
	"database/sql"
	"fmt"
	"regexp"
	"slices"
	"strconv"
)

// Millions of users fall into few buckets: rule sets and figures distinguish
// ages only by the thresholds that they compare them with.

var unitSeconds = map[string]int{"days": 86400, "seconds": 1}

// thresholdIn finds {days 45} and {seconds 10} in the query of a rule set.
var thresholdIn = regexp.MustCompile(`\{(days|seconds) (\d+)\}`)

// thresholds returns the thresholds of all rule sets in a unit, in seconds,
// ascending. They are read from the queries that compare with them.
func thresholds(unit string) []int {
	var all []int
	for _, v := range Views("rulesets") {
		for _, match := range thresholdIn.FindAllStringSubmatch(v.Query, -1) {
			if n, err := strconv.Atoi(match[2]); err == nil && match[1] == unit {
				all = append(all, n*unitSeconds[unit])
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// bucket rounds seconds: the result is less than, equal to or greater than each
// threshold of the unit, as the seconds are.
func bucket(unit, seconds string) (string, error) {
	if unitSeconds[unit] == 0 {
		return "", fmt.Errorf("the units are days and seconds")
	}
	all := thresholds(unit)
	if len(all) == 0 {
		return "0", nil // no rule set compares
	}
	cases := "case"
	for _, threshold := range slices.Backward(all) {
		cases += fmt.Sprintf(" when %s > %d then %[2]d + 1 when %[1]s = %[2]d then %[2]d", seconds, threshold)
	}
	return cases + fmt.Sprintf(" when %s < %d then %[2]d - 1 end", seconds, all[0]), nil
}

// readTiers reads the age tiers of each practice in seconds, ascending, and as
// "existed" those that are compared with the age of users. In a database they
// stay as they are now, whatever settings a later reader chooses.
func readTiers(ctx context.Context, db *sql.DB) (map[string][]float64, error) {
	rows, err := db.QueryContext(ctx, `select distinct practice_id, tier_s from stg_figure where tier is not null
		union select 'existed', tier_s from stg_figure
		where practice_id in (select practice_id from stg_figure where denominator = 'existed') and tier is not null
		order by 1, 2`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	tiers := map[string][]float64{}
	for rows.Next() {
		var id string
		var seconds float64
		if err := rows.Scan(&id, &seconds); err != nil {
			return nil, err
		}
		tiers[id] = append(tiers[id], seconds)
	}
	return tiers, rows.Err()
}

// tier counts the tiers that an age exceeds; NULL where the age is NULL.
func tier(age string, tiers []float64) string {
	text := "case"
	for i, seconds := range slices.Backward(tiers) {
		text += fmt.Sprintf(" when %s > %s then %d", age, strconv.FormatFloat(seconds, 'f', -1, 64), i+1)
	}
	return text + fmt.Sprintf(" when %s is not null then 0 end", age)
}
