package snapshots

// Times, missing reasons and flags are words in JSON.

func (t Time) MarshalText() ([]byte, error) {
	switch t.Missing {
	case NotGiven:
		return []byte("unknown"), nil
	case Empty:
		return []byte("empty"), nil
	}
	return []byte(t.String()), nil
}

func (m MissingReason) MarshalText() ([]byte, error) {
	return Time{Missing: m}.MarshalText()
}

func (f Flag) MarshalText() ([]byte, error) {
	return []byte([]string{"unknown", "no", "yes"}[f]), nil
}
