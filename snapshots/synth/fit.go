package synth

import (
	"context"
	"fmt"
)

// logOdds are those of u taking the step.
func (st *step) logOdds(u *user) float64 {
	odds := st.odds + u.org[st.habit]
	if u.machine() {
		odds += st.machine
	}
	return odds
}

// draw decides the step at random.
func (st *step) draw(s stream, users []user) {
	for i := range users {
		if u := &users[i]; st.may(u) && s.chance(probability(st.logOdds(u))) {
			st.give(u)
		}
	}
}

// fit gives the step to the users with the highest scores, as many as the count lacks
// of want.
func (st *step) fit(s stream, users []user, counts func(*user) bool, want int) error {
	var ranks []rank
	for i := range users {
		if u := &users[i]; st.may(u) {
			ranks = append(ranks, rank{st.logOdds(u) + s.logistic(), i})
		}
	}
	have := count(users, counts)
	if want < have || want > have+len(ranks) {
		return fmt.Errorf("target %s: needs %d users, but the other targets and options allow %d to %d",
			st.figure, want, have, have+len(ranks))
	}
	for _, r := range highest(ranks, want-have) {
		st.give(&users[r.index])
	}
	return nil
}

// drawSteps draws all steps for the users of an account.
func drawSteps(s stream, users []user) {
	for i := range steps {
		steps[i].draw(s, users)
	}
}

// fit takes all users through all steps, to meet the targets.
func (g *generator) fit(ctx context.Context) error {
	targets := make(map[string]Target, len(g.Targets))
	for _, t := range g.Targets {
		if _, twice := targets[t.ID]; twice || !known(t.ID) {
			return fmt.Errorf("target %q is unknown or given twice", t.ID)
		}
		targets[t.ID] = t
	}
	s := newStream(g.Seed, forFit)
	for i := range steps {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := steps[i].take(s, g.fitted, targets); err != nil {
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

// take fits the step if it has a target, else draws it.
func (st *step) take(s stream, users []user, targets map[string]Target) error {
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
