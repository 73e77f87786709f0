package synth

import (
	"fmt"
	"time"
)

// A pin ties a user's dates to a published month.
type pin uint8

const (
	unpinned      pin = iota
	oldestKey         // created in the month
	oldestConsole     // password set in the month, never used
	oldestKeyUse      // key last used in the month
	pins
)

// months are the published months that can be fitted. Their users violate unused_user,
// except that of the oldest key.
var months = map[string]pin{
	"rotation.oldest_key":   oldestKey,
	"unused.oldest_console": oldestConsole,
	"unused.oldest_key":     oldestKeyUse,
}

// may reports whether the pin fits a user.
func (p pin) may(u *user) bool {
	if u.pin != unpinned || u.created != over5y {
		return false
	}
	onlyKey := u.key == over5y && u.second == none && !u.console
	switch p {
	case oldestKey:
		return onlyKey
	case oldestConsole:
		return u.console && u.key == none && u.idle == over365d
	}
	return onlyKey && u.idle == over365d
}

// pinMonths pins a random user to each month of the targets.
func (g *generator) pinMonths(s stream) error {
	for _, t := range g.Targets {
		p, ok := months[t.ID]
		if !ok {
			continue
		}
		var ranks []rank
		for i := range g.fitted {
			if p.may(&g.fitted[i]) {
				ranks = append(ranks, rank{s.Float64(), i})
			}
		}
		if len(ranks) == 0 {
			return fmt.Errorf("target %s: no user fits it", t.ID)
		}
		g.fitted[highest(ranks, 1)[0].index].pin = p
	}
	return nil
}

// parseMonth gives the first second of a month and of the next.
func parseMonth(month string) (span, error) {
	t, err := time.Parse("2006-01", month)
	if err != nil {
		return span{}, err
	}
	return span{t.Unix(), t.AddDate(0, 1, 0).Unix()}, nil
}
