package snapshots

// Times, missing reasons and flags are words in JSON.

// MarshalText gives RFC 3339, or the missing reason.
func (t Time) MarshalText() ([]byte, error) {
	switch t.Missing {
	case NotGiven:
		return []byte("unknown"), nil
	case Empty:
		return []byte("empty"), nil
	}
	return []byte(t.String()), nil
}

// MarshalText gives AWS's word, empty or unknown.
func (m MissingReason) MarshalText() ([]byte, error) {
	return Time{Missing: m}.MarshalText()
}

// MarshalText gives unknown, no or yes.
func (f Flag) MarshalText() ([]byte, error) {
	return []byte([]string{"unknown", "no", "yes"}[f]), nil
}
