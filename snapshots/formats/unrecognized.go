package formats

import (
	"bytes"
	"iamcensus/snapshots"
	"strings"
)

// Unrecognized is the issue of a file that no format matches.
func Unrecognized(data []byte) snapshots.Issue {
	if len(data) == 0 {
		return snapshots.Issue{Kind: "empty_file", Reason: "the file is empty", Remedy: "get it again, or take it away"}
	}
	return snapshots.Issue{
		Kind:   "unrecognized",
		Reason: "nobody knows what this file is; it begins with " + snapshots.Quote(firstLine(data)),
		Remedy: "known are: " + names(),
	}
}

func firstLine(data []byte) string {
	line, _, _ := bytes.Cut(data[:min(len(data), 200)], []byte("\n"))
	return strings.ToValidUTF8(string(line), "?")
}

// names lists the formats for a message.
func names() string {
	titles := make([]string, len(Formats))
	for i, f := range Formats {
		titles[i] = f.Title
	}
	return strings.Join(titles, "; ")
}
