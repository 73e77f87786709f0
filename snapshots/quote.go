package snapshots

import "fmt"

// Quote prepares a cell for a message: in quotes, on one line, without control
// characters, at most 60 bytes of it.
func Quote(s string) string {
	const limit = 60
	if len(s) > limit {
		return fmt.Sprintf("%q...", s[:limit])
	}
	return fmt.Sprintf("%q", s)
}
