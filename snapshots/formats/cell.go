package formats

import (
	"iamcensus/snapshots"
	"strings"
)

// timeCell reads a time, or the word of AWS in its place. ok is false for any other
// text; the Time is then unknown.
func timeCell(s string) (t snapshots.Time, ok bool) {
	switch s {
	case "N/A":
		return snapshots.Time{Missing: snapshots.NotApplicable}, true
	case "no_information":
		return snapshots.Time{Missing: snapshots.NoInformation}, true
	case "not_supported":
		return snapshots.Time{Missing: snapshots.NotSupported}, true
	case "":
		return snapshots.Time{Missing: snapshots.Empty}, true
	}
	unix, ok := parseTime(s)
	if !ok {
		return snapshots.Time{}, false
	}
	return snapshots.Time{Unix: unix, Missing: snapshots.Present}, true
}

// flagCell reads true and false in upper or lower case, or the word of AWS in their
// place. ok is false for any other text.
func flagCell(s string) (f snapshots.Flag, missing snapshots.MissingReason, ok bool) {
	switch s {
	case "true":
		return snapshots.Yes, snapshots.NotGiven, true
	case "false":
		return snapshots.No, snapshots.NotGiven, true
	case "":
		return snapshots.Unknown, snapshots.Empty, true
	case "N/A":
		return snapshots.Unknown, snapshots.NotApplicable, true
	case "no_information":
		return snapshots.Unknown, snapshots.NoInformation, true
	case "not_supported":
		return snapshots.Unknown, snapshots.NotSupported, true
	}
	switch {
	case strings.EqualFold(s, "true"):
		return snapshots.Yes, snapshots.NotGiven, true
	case strings.EqualFold(s, "false"):
		return snapshots.No, snapshots.NotGiven, true
	}
	return snapshots.Unknown, snapshots.NotGiven, false
}

// textCell reads a name; N/A means that there is none.
func textCell(s string) string {
	if s == "N/A" {
		return ""
	}
	return s
}
