package scp

// An answer holds of all requests of a kind, of some, or of none. This is
// Kleene's three-valued logic: min is AND, max is OR.
type answer int

const (
	never answer = iota
	sometimes
	always
)

func (a answer) not() answer { return always - a }

func answerOf(yes bool) answer {
	if yes {
		return always
	}
	return never
}
