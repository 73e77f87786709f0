package snapshots

// The .want files are to be read by people: times, words and flags stand there
// as words.

func (t Time) MarshalText() ([]byte, error) {
	switch t.Missing {
	case NotGiven:
		return []byte("unknown"), nil
	case Empty:
		return []byte("empty"), nil
	}
	return []byte(t.String()), nil
}

func (w MissingReason) MarshalText() ([]byte, error) {
	return Time{Missing: w}.MarshalText()
}

func (f Flag) MarshalText() ([]byte, error) {
	return []byte([]string{"unknown", "no", "yes"}[f]), nil
}
