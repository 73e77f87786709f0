package formats

import (
	"iamcensus/snapshots"
	"strings"
	"time"
)

// timeCell reads a time or the word in its place. ok is false for a cell that
// is neither; the Time is then Unknown.
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

// parseTime reads 2006-01-02T15:04:05 with Z or an offset, in seconds since
// 1970. The form that AWS writes is read from fixed positions; whatever else
// RFC 3339 allows goes the long way. A fraction of a second is cut off.
func parseTime(s string) (unix int64, ok bool) {
	if len(s) >= 20 && s[4] == '-' && s[7] == '-' && s[10] == 'T' && s[13] == ':' && s[16] == ':' &&
		(s[19:] == "Z" || s[19:] == "+00:00") {
		year := 100*pair(s, 0) + pair(s, 2)
		month, day := pair(s, 5), pair(s, 8)
		hour, minute, second := pair(s, 11), pair(s, 14), pair(s, 17)
		if year < 1970 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month) ||
			hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59 {
			return 0, false
		}
		return 86400*daysSince1970(year, month, day) + int64(3600*hour+60*minute+second), true
	}
	t, err := time.Parse(time.RFC3339, strings.ToUpper(s))
	if err != nil || t.Year() < 1970 || t.Year() > 9999 {
		return 0, false
	}
	return t.Unix(), true
}

// pair reads two digits at i, and is far below zero if they are none.
func pair(s string, i int) int {
	tens, ones := s[i]-'0', s[i+1]-'0'
	if tens > 9 || ones > 9 {
		return -1 << 20
	}
	return int(10*tens + ones)
}

func daysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// daysSince1970 counts in years that begin with March, so that the leap day
// is the last of its year (Hinnant, chrono-compatible low-level date algorithms).
func daysSince1970(year, month, day int) int64 {
	if month <= 2 {
		year--
		month += 12
	}
	return int64(365*year + year/4 - year/100 + year/400 + (153*(month-3)+2)/5 + day - 1 - 719468)
}

// flagCell reads true and false in any case; the words that say neither are
// Maybe. ok is false for anything else.
func flagCell(s string) (f snapshots.Flag, word snapshots.MissingReason, ok bool) {
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

// textCell reads a name where N/A means that there is none.
func textCell(s string) string {
	if s == "N/A" {
		return ""
	}
	return s
}
