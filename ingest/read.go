package ingest

import (
	"cmp"
	"context"
	"crypto/sha256"
	"fmt"
	"strings"

	"iamcensus/ingest/ledger"
	"iamcensus/snapshots"
	"iamcensus/snapshots/files"
	"iamcensus/snapshots/formats"
)

// result is what a reader makes of one file, or of a part of a large one. Its texts
// share the file's memory until that is released.
type result struct {
	file      *files.File
	match     ledger.Match // if it is unchanged, nothing below is filled in
	sha256    ledger.Checksum
	format    string // the first of the file; "" = unrecognized
	users     []*attributedUsers
	documents []*attributedDocument
	issues    issues // of the whole file, at its end
	continues bool   // the next result is of the same file
	isCut     bool   // the context ended before the file
}

// attributedUsers is a batch of users with its identity.
type attributedUsers struct {
	identity
	*snapshots.UserBatch
}

// rows counts root's row too.
func (a *attributedUsers) rows() int64 {
	n := int64(len(a.Users))
	if a.Root != nil {
		n++
	}
	return n
}

// attributedDocument is a document with its identity. The account is "" if it
// describes an AWS Organization.
type attributedDocument struct {
	identity
	*snapshots.Document
	format string
}

// fileReader reads the files of a job, one after another. It is the sink of their
// formats.
type fileReader struct {
	*result
	*reading
	names      *userNames
	parts      parts
	recognized string // the format of what follows
}

// read reads one file, unless that is unchanged. A crash of its reader is an issue of
// the file.
func (r *fileReader) read(ctx context.Context, file *files.File) {
	r.result = r.parts.begin(result{file: file})
	err := snapshots.Guarded(func() error {
		if r.match = r.lookup(file); !r.match.Unchanged {
			r.readFile(ctx)
		}
		return nil
	})()
	if err != nil {
		r.Issue(internalError(err))
	}
	r.names.reset()
	r.isCut = ctx.Err() != nil
	r.parts.end(r.result)
}

func internalError(err error) snapshots.Issue {
	return snapshots.Issue{
		Kind: "internal_error", Reason: err.Error(),
		Remedy: "report this with the file, or leave the file out",
	}
}

func (r *fileReader) readFile(ctx context.Context) {
	for _, issue := range r.file.Issues {
		r.Issue(issue)
	}
	switch {
	case r.file.Manifest:
		r.format = "manifest"
		r.plausible.clear(&r.file.Attribution.CapturedAt, 0, "captured_at", r.Issue)
	case r.file.Archive:
		r.format = "archive"
		return
	case r.file.Ignored:
		r.format = "ignored"
		return
	case len(r.file.Issues) > 0:
		return
	}
	data, issue := r.file.Read()
	if issue != nil {
		r.Issue(*issue)
		return
	}
	r.sha256 = sha256.Sum256(data)
	if r.file.Manifest {
		return
	}
	if data, issue = r.file.Unpack(data); issue != nil {
		r.Issue(*issue)
		return
	}
	r.parts.bytes += len(data)
	formats.Read(formats.Input{Context: ctx, Path: r.file.Path, Data: data, Limits: r.limits}, r)
}

// Recognized takes the format of what follows.
func (r *fileReader) Recognized(format string) {
	r.recognized, r.format = format, cmp.Or(r.format, format)
}

// Users takes a batch of users. Without an identity the whole
// batch is refused; users that the file had before are refused one by one.
func (r *fileReader) Users(batch *snapshots.UserBatch) {
	attribution, implausible := r.capturedAt(&batch.CapturedAt)
	id, issue := identify(batch, attribution)
	a := &attributedUsers{identity: id, UserBatch: batch}
	if issue != nil {
		r.refuse(issue, implausible, int(a.rows()))
		return
	}
	r.once(implausible)
	r.once(accountMismatch(&id, batch, &attribution))
	r.once(timeMismatch(batch, &attribution))
	if batch.Root != nil {
		r.plausible.checkUser(batch.Root, &id, r.Issue)
	}
	r.names.begin(&id)
	kept := 0
	for i := range batch.Users {
		user := &batch.Users[i]
		if !r.names.add(user.Name) {
			r.Issue(duplicateUser(user))
			continue
		}
		r.plausible.checkUser(user, &id, r.Issue)
		if kept < i {
			batch.Users[kept] = *user
		}
		kept++
	}
	batch.Users = batch.Users[:kept]
	r.users = append(r.users, a)
	r.result = r.parts.keep(r.result, memoryOf(batch))
}

// refuse takes the issue of rows without an identity. If their time is implausible,
// that is the issue.
func (r *fileReader) refuse(issue, implausible *snapshots.Issue, rows int) {
	if implausible != nil && issue.Kind == noCapturedAt {
		issue = implausible
		issue.Reason = strings.TrimSuffix(issue.Reason, nextSourceCounts)
	}
	issue.RowsRefused = rows
	r.Issue(*issue)
}

// once takes an issue of the whole file, or none, unless the file has one of its kind.
func (r *fileReader) once(issue *snapshots.Issue) {
	if issue != nil && !r.issues.has(issue.Kind, issue.Column) {
		r.Issue(*issue)
	}
}

func duplicateUser(user *snapshots.User) snapshots.Issue {
	return snapshots.Issue{
		Line: user.Line, Column: "user", Kind: "duplicate_user", RowsRefused: 1,
		Reason: fmt.Sprintf("user %q appears more than once in this report; only the first row is loaded", user.Name),
		Remedy: "download the report again; a report has one row per user",
	}
}

// Document takes what a file holds besides credentials.
func (r *fileReader) Document(d *snapshots.Document) {
	attribution, implausible := r.capturedAt(&d.CapturedAt)
	id, issue := identifyDocument(d, attribution)
	if issue != nil {
		r.refuse(issue, implausible, d.Rows)
		return
	}
	r.once(implausible)
	r.plausible.checkDocument(d, r.Issue)
	r.documents = append(r.documents, &attributedDocument{id, d, r.recognized})
	r.result = r.parts.keep(r.result, memoryOfDocument(d))
}

// Issue takes an issue.
func (r *fileReader) Issue(issue snapshots.Issue) { r.issues.add(issue) }
