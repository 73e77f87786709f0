package cli

import "strings"

// remedies are by a phrase in the error of DuckDB or of the system.
var remedies = []struct{ phrase, remedy string }{
	{"could not set lock", "another program has the database open: wait until it ends, or end it"},
	{"not a valid duckdb database", "name a file that iamcensus ingest created, or one that does not exist yet"},
	{"could not read enough bytes", "the database file is truncated: restore a copy of it, or ingest into a new file"},
	{"no space left on device", "the disk is full: free some space, then run the same command again"},
	{"read-only file system", "choose a writable folder"},
	{"permission denied", "fix the permissions, or choose another path"},
	{"no such file or directory", "create the folder first, or choose another path"},
	{"is a directory", "this is a folder: name a file"},
}

// remedy is "" for an unlisted error.
func remedy(err error) string {
	text := strings.ToLower(err.Error())
	for _, r := range remedies {
		if strings.Contains(text, r.phrase) {
			return r.remedy
		}
	}
	return ""
}
