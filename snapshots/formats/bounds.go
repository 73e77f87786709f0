package formats

import (
	"cmp"
	"context"
	"fmt"
	"iamcensus/snapshots"
)

// maxSnapshots is the maximum number of accounts and times in one file. AWS allows
// 10,000 accounts in an AWS Organization.
const maxSnapshots = 100_000

// maxEncoded is the maximum length of a JSON string or base64, which is decoded as a
// whole: twenty times the largest credential report of AWS.
const maxEncoded = 32 << 20

// encodedTooLong is the issue of a longer one.
func encodedTooLong() snapshots.Issue {
	return snapshots.Issue{
		Kind: "value_too_long", Reason: fmt.Sprintf("the encoded report exceeds the maximum of %d bytes", maxEncoded),
		Remedy: "decode it, or save the output of aws iam get-credential-report of each account",
	}
}

// boundedSink refuses the rows of a file beyond the limits, however they are encoded
// or wrapped. It counts them, and retains none.
type boundedSink struct {
	Sink
	rows      int // that are still accepted
	limit     int
	first     tableSnapshot
	snapshots map[tableSnapshot]struct{} // all but the first; nil for most files, which have one

	beyondRows, beyondSnapshots refusedRows

	isLoaded, hasUTF8Issue bool
}

// Document passes on a document.
func (b *boundedSink) Document(d *snapshots.Document) {
	b.isLoaded = true
	b.Sink.Document(d)
}

// Issue passes on an issue.
func (b *boundedSink) Issue(issue snapshots.Issue) {
	b.hasUTF8Issue = b.hasUTF8Issue || issue.Kind == "invalid_utf8"
	b.Sink.Issue(issue)
}

// reportUTF8 emits the issue of a loaded text with invalid bytes, unless each row with
// them has its own.
func (b *boundedSink) reportUTF8() {
	if b.isLoaded && !b.hasUTF8Issue {
		b.Sink.Issue(snapshots.Issue{
			Kind: "invalid_utf8", Reason: "the file is not valid UTF-8; U+FFFD replaces the invalid bytes",
			Remedy: "save it again as UTF-8",
		})
	}
}

// Users passes on a batch, or the part of it that is within the limits.
func (b *boundedSink) Users(batch *snapshots.UserBatch) {
	if !b.accepts(batchKey(batch)) {
		b.beyondSnapshots.add(lineOf(batch), batch.Rows())
		batch.Release()
		return
	}
	switch beyond := batch.Rows() - b.rows; {
	case beyond <= 0:
	case b.rows == 0:
		b.beyondRows.add(lineOf(batch), beyond)
		batch.Release()
		return
	default:
		kept := len(batch.Users) - beyond
		b.beyondRows.add(batch.Users[kept].Line, beyond)
		batch.Users = batch.Users[:kept]
	}
	b.rows -= batch.Rows()
	b.isLoaded = true
	b.Sink.Users(batch)
}

// accepts reports whether a snapshot is within the limit.
func (b *boundedSink) accepts(s tableSnapshot) bool {
	if b.rows == b.limit {
		b.first = s
	}
	if _, ok := b.snapshots[s]; ok || s == b.first {
		return true
	}
	if b.snapshots == nil {
		b.snapshots = map[tableSnapshot]struct{}{}
	}
	if len(b.snapshots) == maxSnapshots-1 {
		return false
	}
	b.snapshots[s] = struct{}{}
	return true
}

// report emits the issues of the rows that were refused.
func (b *boundedSink) report() {
	if b.beyondRows.rows > 0 {
		b.beyondRows.report(b.Sink, "too_many_rows", fmt.Sprintf("the file has more than the maximum of %d rows; the rest is not loaded", b.limit),
			"if this file is legitimate, raise --max-rows")
	}
	reportBeyondSnapshots(&b.beyondSnapshots, b.Sink)
}

func reportBeyondSnapshots(beyond *refusedRows, out Sink) {
	beyond.report(out, "too_many_snapshots",
		fmt.Sprintf("the file has more than %d accounts and times; the rest is not loaded", maxSnapshots),
		"split it by account or time into several files")
}

// refusedRows are the rows of a file that are refused for one reason.
type refusedRows struct {
	rows int
	line int // of the first
}

func (r *refusedRows) add(line, rows int) {
	r.line = cmp.Or(r.line, line)
	r.rows += rows
}

func (r *refusedRows) report(out Sink, kind, reason, remedy string) {
	if r.rows > 0 {
		out.Issue(snapshots.Issue{Line: r.line, Kind: kind, Reason: reason, Remedy: remedy, RowsRefused: r.rows})
	}
}

func lineOf(batch *snapshots.UserBatch) int {
	if batch.Root != nil {
		return batch.Root.Line
	}
	return batch.Users[0].Line
}

// watch tells a loop over rows whether the context has ended. It asks once in 1024
// steps, which costs nothing.
type watch struct {
	context context.Context
	steps   int
}

func (w *watch) ended() bool {
	w.steps++
	return w.steps%1024 == 0 && w.context.Err() != nil
}
