package cli

import "strings"

// remedies say what to do about a failure whose text holds a phrase, be it
// DuckDB's or the system's.
var remedies = []struct{ phrase, remedy string }{
	{"could not set lock", "another program has the database open: wait for it, or end it"},
	{"not a valid duckdb database", "name a file that iamcensus ingest made, or one that does not exist yet"},
	{"could not read enough bytes", "the database file is cut short: take a copy of it, or load into a new one"},
	{"no space left on device", "the disk is full: make room, then give the same command again"},
	{"read-only file system", "name a place that can be written"},
	{"permission denied", "mend the permissions, or name another place"},
	{"no such file or directory", "make the folder first, or name another"},
	{"is a directory", "this is a folder: name a file"},
}

// remedy is "" where nothing better can be said than the error itself.
func remedy(err error) string {
	text := strings.ToLower(err.Error())
	for _, r := range remedies {
		if strings.Contains(text, r.phrase) {
			return r.remedy
		}
	}
	return ""
}
