package synth

import (
	"context"
	"fmt"
)

// lean is the log odds that u takes the step.
func (st *step) lean(u *user) float64 {
	odds := st.odds + u.org[st.habit]
	if u.machine() {
		odds += st.machine
	}
	return odds
}

// draw lets chance settle the step.
func (st *step) draw(s stream, users []user) {
	for i := range users {
		if u := &users[i]; st.may(u) && s.chance(probability(st.lean(u))) {
			st.give(u)
		}
	}
}

// fit gives the step to the users with the highest scores, as many as the
// count still lacks of want.
func (st *step) fit(s stream, users []user, counts func(*user) bool, want int) error {
	var ranks []rank
	for i := range users {
		if u := &users[i]; st.may(u) {
			ranks = append(ranks, rank{st.lean(u) + s.logistic(), i})
		}
	}
	have := count(users, counts)
	if want < have || want > have+len(ranks) {
		return fmt.Errorf("target %s: wants %d users, the other targets and options allow %d to %d",
			st.figure, want, have, have+len(ranks))
	}
	for _, r := range highest(ranks, want-have) {
		st.give(&users[r.index])
	}
	return nil
}

// settle takes an account's users through all steps.
func settle(s stream, users []user) {
	for i := range steps {
		steps[i].draw(s, users)
	}
}

// fit takes all users through all steps together, to meet the targets.
func (g *generator) fit(ctx context.Context) error {
	targets := make(map[string]Target, len(g.Targets))
	for _, t := range g.Targets {
		if _, twice := targets[t.ID]; twice || !known(t.ID) {
			return fmt.Errorf("target %q is unknown or given twice", t.ID)
		}
		targets[t.ID] = t
	}
	s := newStream(g.Seed, fitting, 0)
	for i := range steps {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := steps[i].aim(s, g.fitted, targets); err != nil {
			return err
		}
	}
	for _, t := range g.Targets {
		if err := t.met(g.fitted); err != nil {
			return err
		}
	}
	return g.pinMonths(s)
}

// aim fits the step if it has a target, and draws it otherwise.
func (st *step) aim(s stream, users []user, targets map[string]Target) error {
	t, ok := targets[st.figure]
	if !ok {
		st.draw(s, users)
		return nil
	}
	f := figures[st.figure]
	if st.population {
		return st.fit(s, users, f.over, t.Denominator)
	}
	return st.fit(s, users, f.counts, t.Numerator)
}

func known(id string) bool {
	_, isFigure := figures[id]
	_, isMonth := months[id]
	return isFigure || isMonth
}
