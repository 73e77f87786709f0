package files

import (
	"fmt"
	"strconv"
	"strings"

	"iamcensus/snapshots"
)

// calendarFolders are folders of years, months and days, the last ones of a path:
// 2021/01/24, year=2021/month=01/day=24, 2021-01/24. 0 = none.
type calendarFolders struct{ year, month, day int }

// enter takes a folder that is a part of a date, or Hive's key and value of one.
// The date is known with the day. Hours and minutes below it are looked through.
func (c calendarFolders) enter(key, value string) (_ calendarFolders, date snapshots.Date, ok bool) {
	if found := monthOf(value); found != nil {
		year, _ := strconv.Atoi(found[1])
		month, _ := strconv.Atoi(found[2])
		return calendarFolders{year: year, month: month}, date, true
	}
	n, err := strconv.ParseUint(value, 10, 16)
	if err != nil || len(value) > 4 {
		return c, date, false
	}
	switch part := c.part(strings.ToLower(key), value); {
	case part == "year" && 1900 <= n && n < 2100:
		return calendarFolders{year: int(n)}, date, true
	case part == "month" && 1 <= n && n <= 12:
		return calendarFolders{year: c.year, month: int(n)}, date, true
	case part == "day":
		date, err := snapshots.ParseCapturedAt(fmt.Sprintf("%04d-%02d-%02d", c.year, c.month, n))
		return calendarFolders{c.year, c.month, int(n)}, date, err == nil
	case part == "time" && n < 60:
		return c, date, true
	}
	return c, date, false
}

// monthOf reads a year and a month in one name; nil for any other.
func monthOf(name string) []string {
	if len(name) != len("202101") && len(name) != len("2021-01") {
		return nil
	}
	return monthPattern.FindStringSubmatch(name)
}

// part is which part of a date a number may be: its key, or its place, says so.
func (c calendarFolders) part(key, value string) string {
	switch key {
	case "year", "yyyy", "y":
		return "year"
	case "month", "mm", "m":
		return "month"
	case "day", "dd", "d":
		return "day"
	case "hour", "hh", "h", "minute":
		return "time"
	}
	switch {
	case len(value) == 4:
		return "year"
	case len(value) > 2 || c.year == 0:
		return ""
	case c.month == 0:
		return "month"
	case c.day == 0:
		return "day"
	}
	return "time"
}
