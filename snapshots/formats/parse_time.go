package formats

import (
	"strings"
	"time"
)

// Times from fixed positions. A credential report has up to nine times per row, all
// in one form, which needs neither the layouts nor the time zones of package time.
// Measured together with the other fast paths only (see credential_report_row.go).

// parseTime reads a time in seconds since 1970: 2006-01-02T15:04:05 with Z or an
// offset, or in a form that databases export. Everything but the form of AWS is left
// to rfc3339 and package time. Fractions of a second are dropped.
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
	t, err := time.Parse(time.RFC3339, rfc3339(strings.ToUpper(strings.TrimSpace(s))))
	if err != nil || t.Year() < 1970 || t.Year() > 9999 {
		return 0, false
	}
	return t.Unix(), true
}

// pair reads two digits at i. If they are no digits it is so low that the number they
// are part of is below zero.
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

// daysSince1970 counts years from March, so that the leap day is the last of a year
// (Howard Hinnant, chrono-Compatible Low-Level Date Algorithms).
func daysSince1970(year, month, day int) int64 {
	if month <= 2 {
		year--
		month += 12
	}
	return int64(365*year + year/4 - year/100 + year/400 + (153*(month-3)+2)/5 + day - 1 - 719468)
}

// rfc3339 converts a time as databases export it, 2021-01-24 09:38:09.5+00, to RFC
// 3339. A time without a zone is in UTC, as is TIMESTAMP of DuckDB and Arrow, and
// timestamp of Steampipe before October 2021 (turbot/steampipe-postgres-fdw, f963a06).
// Other texts are returned unchanged.
func rfc3339(s string) string {
	if len(s) < 19 || s[4] != '-' || s[10] != ' ' && s[10] != 'T' || s[13] != ':' || s[16] != ':' {
		return s
	}
	zone := s[19:]
	if strings.HasPrefix(zone, ".") || strings.HasPrefix(zone, ",") {
		zone = strings.TrimLeft(zone[1:], "0123456789")
	}
	zone = strings.TrimSuffix(strings.TrimPrefix(zone, " "), "UTC")
	zone = strings.TrimSuffix(zone, " ")
	switch {
	case zone == "":
		zone = "Z"
	case len(zone) == len("+00"):
		zone += ":00"
	case len(zone) == len("+0000"):
		zone = zone[:3] + ":" + zone[3:]
	}
	return s[:10] + "T" + s[11:19] + zone
}
