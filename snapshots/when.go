package snapshots

import (
	"fmt"
	"regexp"
	"strings"
	"time"
)

// Date is a date, or a date with a time, that a name, flag or manifest spells.
type Date struct {
	At     Time
	IsDate bool   // no time of day: At is 00:00:00 UTC
	Rest   string // the name without it and the separators around it; "" if it is the whole name
}

// The spellings. Hours without minutes are not read as a time: they may as well be
// a number of the file. A run of 8 or 14 digits is a date, one of twelve an account.
const (
	dateMonth     = `(?:0[1-9]|1[0-2])`
	dateDay       = `(?:0[1-9]|[12][0-9]|3[01])`
	dateYear      = `(?:19|20)[0-9]{2}`
	dateHour      = `(?:[01][0-9]|2[0-3])`
	dateSixty     = `[0-5][0-9]`
	dateSeparator = `[-:_.hm]?` // between hours, minutes and seconds

	datePart = dateYear + `(?:-` + dateMonth + `-` + dateDay + `|_` + dateMonth + `_` + dateDay + `|\.` + dateMonth + `\.` + dateDay + `|` + dateMonth + dateDay + `)`
	timePart = dateHour + `(?:` + dateSeparator + dateSixty + `(?:` + dateSeparator + dateSixty + `(?:[.,][0-9]+|s)?)?)?`
	zonePart = `[Zz]|[ _]?(?:UTC|GMT)|[+-][0-9]{2}(?:[:_-]?[0-9]{2})?`
)

// datePattern has the groups whole, date, what separates date and time, time, zone.
var datePattern = regexp.MustCompile(`(?:^|[^0-9])((` + datePart + `)(?:([Tt]|[ _.-]{1,3}|[ _]at[ _])(` + timePart + `)(` + zonePart + `)?)?|` +
	dateYear + dateMonth + dateDay + dateHour + dateSixty + dateSixty + `)(?:$|[^0-9])`)

// ParseCapturedAt reads the time of a snapshot from a flag or manifest, in any
// spelling that FindDate reads.
func ParseCapturedAt(text string) (Date, error) {
	if date, ok := FindDate(text); ok && date.Rest == "" && (!date.IsDate || len(text) <= len(time.DateOnly)) {
		return date, nil
	}
	return Date{}, fmt.Errorf("invalid time %s; write 2021-01-24T00:00:00Z or 2021-01-24", Quote(text))
}

// DateIn is the time in the name of a file; unknown if there is none.
func DateIn(name string) Time {
	date, _ := FindDate(name)
	return date.At
}

// FindDate finds a date in the name of a folder or file: the first with a time of
// day, else the first. Without an offset it is UTC.
func FindDate(name string) (found Date, ok bool) {
	if strings.Contains(name, "%") {
		name = percentSigns.Replace(name)
	}
	if n := digits(name); n < 8 || n == len(name) && n != 8 && n != 14 {
		return Date{}, false // true of most names, and far cheaper than the pattern
	}
	for from := 0; from < len(name); {
		at := datePattern.FindStringSubmatchIndex(name[from:])
		if at == nil {
			break
		}
		date, valid := readDate(name[from:], at)
		if valid && (!ok || found.IsDate && !date.IsDate) {
			date.Rest = without(name, from+at[2], from+at[3])
			found, ok = date, true
		}
		from += at[3]
	}
	return found, ok
}

// percentSigns undoes how URLs write the signs of a time.
var percentSigns = strings.NewReplacer("%3A", ":", "%3a", ":", "%2B", "+", "%2b", "+", "%20", " ")

// readDate reads a match of datePattern; ok is false on a day that no month has.
func readDate(name string, match []int) (date Date, ok bool) {
	group := func(i int) string {
		if match[2*i] < 0 {
			return ""
		}
		return name[match[2*i]:match[2*i+1]]
	}
	clock, _, _ := strings.Cut(group(4), ",")
	if parts := strings.SplitN(clock, ".", 2); len(parts) > 1 && digits(parts[0]) == 6 {
		clock = parts[0] // what follows six digits is a fraction
	}
	text := onlyDigits(group(2)) + onlyDigits(clock)
	if group(2) == "" {
		text = group(1)
	}
	switch len(text) {
	case 8, 10:
		text, date.IsDate = text[:8]+"000000", true
	case 12:
		text += "00"
	}
	at, err := time.Parse("20060102150405", text[:14])
	if err != nil {
		return Date{}, false
	}
	if !date.IsDate {
		at = at.Add(-offset(group(5), strings.Contains(clock, ":"), strings.EqualFold(group(3), "t")))
	}
	date.At = TimeAt(at)
	return date, true
}

// offset is that of a zone such as +02:00, +02-00 or +0200. After dashes, -05-00 may
// be a number of the file: it counts if a T is before the time, and -05 alone if
// the time has colons.
func offset(zone string, colons, afterT bool) time.Duration {
	if zone == "" || zone[0] != '+' && zone[0] != '-' {
		return 0
	}
	text := onlyDigits(zone)
	if zone[0] == '-' && !colons && !(afterT && len(text) == 4) {
		return 0
	}
	at, err := time.Parse("1504", (text + "00")[:4])
	if err != nil || at.Minute()%15 != 0 || at.Hour() > 14 {
		return 0
	}
	d := time.Duration(at.Hour())*time.Hour + time.Duration(at.Minute())*time.Minute
	if zone[0] == '-' {
		return -d
	}
	return d
}

// without cuts name[begin:end] and the separators around it.
func without(name string, begin, end int) string {
	const separators = "-_. "
	left, right := strings.TrimRight(name[:begin], separators), strings.TrimLeft(name[end:], separators)
	if left == "" || right == "" {
		return left + right
	}
	return left + "-" + right
}

// IsAccountID reports whether s has the form of an account id: twelve digits.
func IsAccountID(s string) bool { return len(s) == 12 && digits(s) == 12 }

func digits(s string) (n int) {
	for i := range len(s) {
		if isDigit(s[i]) {
			n++
		}
	}
	return n
}

func onlyDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
