package ingest

import (
	"fmt"
	"time"

	"iamcensus/snapshots"
	"iamcensus/snapshots/files"
)

// plausible bounds the times that AWS can have written, in seconds since 1970. One
// time beyond them would move the date of the census, or make ages absurd.
type plausible struct{ first, last int64 }

// plausibleAt are the bounds for a load: from the year in which AWS began to two days
// after the day of the load, whatever its time zone.
func plausibleAt(now time.Time) plausible {
	today := now.UTC().Truncate(daySeconds * time.Second)
	return plausible{
		first: time.Date(2006, 1, 1, 0, 0, 0, 0, time.UTC).Unix(),
		last:  today.AddDate(0, 0, 3).Unix() - 1,
	}
}

// nextRotation are the bounds of a time that lies ahead: IAM lets a password expire
// after up to 1095 days.
func (p plausible) nextRotation() plausible {
	return plausible{p.first, p.last + 1095*daySeconds}
}

// has is true of an unknown time.
func (p plausible) has(t snapshots.Time) bool {
	return !t.Known() || p.first <= t.Unix && t.Unix <= p.last
}

func (p plausible) issue(line int, column string, t snapshots.Time) snapshots.Issue {
	return snapshots.Issue{
		Line: line, Column: column, Kind: "implausible_time",
		Reason: fmt.Sprintf("%s is not between 2006-01-01 and two days after this load; treated as unknown", t),
		Remedy: "check whether the file was edited, and the clock of this machine",
	}
}

// clear makes an implausible time unknown, and reports it.
func (p plausible) clear(t *snapshots.Time, line int, column string, report func(snapshots.Issue)) {
	if !p.has(*t) {
		report(p.issue(line, column, *t))
		*t = snapshots.Time{}
	}
}

const nextSourceCounts = "; the next source of captured_at counts"

// capturedAt clears an implausible time of a report, and gives the attribution of the
// file without one: then the flag's counts. The issue is nil if all are plausible.
func (r *fileReader) capturedAt(own *snapshots.Time) (a files.Attribution, issue *snapshots.Issue) {
	keep := func(i snapshots.Issue) {
		i.Reason += nextSourceCounts
		issue = &i
	}
	a = r.file.Attribution
	if !r.plausible.has(a.CapturedAt) {
		r.plausible.clear(&a.CapturedAt, 0, "captured_at", keep)
		if r.plausible.has(r.fallback.CapturedAt) {
			a.CapturedAt, a.CapturedAtIsDate, a.CapturedAtSource = r.fallback.CapturedAt, r.fallback.CapturedAtIsDate, r.fallback.CapturedAtSource
		}
	}
	r.plausible.clear(own, 0, "captured_at", keep)
	return a, issue
}

// checkDocument clears implausible times in a document.
func (p plausible) checkDocument(d *snapshots.Document, report func(snapshots.Issue)) {
	for i := range d.Users {
		p.clear(&d.Users[i].CreatedAt, 0, "CreateDate", report)
	}
	for i := range d.Members {
		p.clear(&d.Members[i].JoinedAt, 0, "JoinedTimestamp", report)
	}
	for i := range d.Compliance {
		p.clear(&d.Compliance[i].RecordedAt, 0, "ResultRecordedTime", report)
	}
}
