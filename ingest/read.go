package ingest

import (
	"context"
	"crypto/sha256"
	"fmt"

	"iamcensus/ingest/ledger"
	"iamcensus/snapshots"
	"iamcensus/snapshots/files"
	"iamcensus/snapshots/formats"
)

// result is what a reader makes of one file. Its texts share the file's memory
// until that is released.
type result struct {
	file      *files.File
	match     ledger.Match // if it is unchanged, nothing below is filled in
	sha256    ledger.Checksum
	format    string // "" = unrecognized
	users     []*attributedUsers
	documents []*attributedDocument
	issues    []snapshots.Issue
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
}

// read reads one file.
func read(ctx context.Context, file *files.File, names *userNames, limits snapshots.TableLimits) *result {
	r := fileReader{result: &result{file: file}, names: names}
	r.read(ctx, limits)
	r.issues = r.collected.list
	names.reset()
	return r.result
}

// fileReader reads one file. It is the sink of the file's format.
type fileReader struct {
	*result
	collected issues
	names     *userNames
}

func (r *fileReader) read(ctx context.Context, limits snapshots.TableLimits) {
	for _, issue := range r.file.Issues {
		r.Issue(issue)
	}
	switch {
	case r.file.Manifest:
		r.format = "manifest"
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
	r.format = formats.Read(formats.Input{Context: ctx, Path: r.file.Path, Data: data, Limits: limits}, r)
}

// Users takes a batch of users from the format. Without an identity the whole
// batch is refused; users that the file had before are refused one by one.
func (r *fileReader) Users(batch *snapshots.UserBatch) {
	id, issue := identify(batch, r.file.Attribution)
	a := &attributedUsers{identity: id, UserBatch: batch}
	if issue != nil {
		issue.RowsRefused = int(a.rows())
		r.Issue(*issue)
		return
	}
	r.once(accountMismatch(&id, batch, &r.file.Attribution))
	r.once(timeMismatch(batch, &r.file.Attribution))
	if batch.Root != nil {
		checkUser(batch.Root, &id, r.Issue)
	}
	names, kept := r.names.of(id), 0
	for i := range batch.Users {
		user, before := &batch.Users[i], len(names)
		if names[user.Name] = struct{}{}; len(names) == before {
			r.Issue(duplicateUser(user))
			continue
		}
		checkUser(user, &id, r.Issue)
		if kept < i {
			batch.Users[kept] = *user
		}
		kept++
	}
	batch.Users = batch.Users[:kept]
	r.users = append(r.users, a)
}

// once takes an issue of the whole file, or none, unless the file has one of its kind.
func (r *fileReader) once(issue *snapshots.Issue) {
	if issue != nil && !r.collected.has(issue.Kind, issue.Column) {
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
	id, issue := identifyDocument(d, r.file.Attribution)
	if issue != nil {
		issue.RowsRefused = d.Rows
		r.Issue(*issue)
		return
	}
	r.documents = append(r.documents, &attributedDocument{id, d})
}

// Issue takes an issue.
func (r *fileReader) Issue(issue snapshots.Issue) { r.collected.add(issue) }
