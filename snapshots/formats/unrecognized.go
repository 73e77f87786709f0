package formats

import (
	"bytes"
	"iamcensus/snapshots"
	"strings"
)

// Unrecognized is the issue of a file that no format matches.
func Unrecognized(data []byte) snapshots.Issue {
	if len(data) == 0 {
		return snapshots.Issue{Kind: "empty_file", Reason: "the file is empty", Remedy: "download it again, or remove it"}
	}
	return snapshots.Issue{
		Kind:   "unrecognized",
		Reason: "unrecognized file; it begins with " + snapshots.Quote(firstLine(data)),
		Remedy: "remove it, or convert it to an input format (list them with iamcensus formats)",
	}
}

func firstLine(data []byte) string {
	line, _, _ := bytes.Cut(data[:min(len(data), 200)], []byte("\n"))
	return strings.ToValidUTF8(string(line), "?")
}
