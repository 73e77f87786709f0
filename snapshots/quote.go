package snapshots

import "fmt"

// quote shows a cell in a message: one line, no control characters, not long.
func Quote(s string) string {
	const most = 60
	if len(s) > most {
		return fmt.Sprintf("%q...", s[:most])
	}
	return fmt.Sprintf("%q", s)
}
