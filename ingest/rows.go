package ingest

import (
	"context"
	"fmt"

	"iamcensus/ingest/ledger"
	"iamcensus/snapshots"
	"iamcensus/snapshots/files"
)

// rows turns the results of files into rows, and gathers them by table.
type rows struct {
	existing  *existing
	tables    tables
	all       []*table
	warned    map[string]bool // kinds of warnings, and these with their organization
	warnings  []string        // not yet taken
	invalid   bool            // a text of the current file was not UTF-8
	replaced  []replaced      // not yet taken
	firstFile int             // file_id of the first file of this load
	ledger    *ledger.Ledger
	makeRoom  func() // sends rows on that are many, if the file that is written is large
}

// tables are those that a load writes. Rows are written cell by cell, in the
// order of the columns in schema.sql.
type tables struct {
	organization, account, accountExpectation, snapshot, sourceFile, ingestIssue,
	iamUser, userARN, accessKey, keyUse, signingCertificate, rootAccount,
	document, guessedAccount, entity, describedUser, rootSummary, passwordPolicy,
	awsOrganization, awsMember, awsNode, awsPolicy, awsPolicyStatement, awsPolicyTarget, awsListing,
	configCompliance, configRule *table
}

type namedTable struct {
	name  string
	table **table
}

func (t *tables) named() []namedTable {
	return []namedTable{
		{"organization", &t.organization}, {"account", &t.account}, {"account_expectation", &t.accountExpectation},
		{"snapshot", &t.snapshot}, {"source_file", &t.sourceFile}, {"ingest_issue", &t.ingestIssue},
		{"iam_user", &t.iamUser}, {"user_arn", &t.userARN}, {"access_key", &t.accessKey}, {"key_use", &t.keyUse},
		{"signing_certificate", &t.signingCertificate}, {"root_account", &t.rootAccount},
		{"document", &t.document}, {"guessed_account", &t.guessedAccount}, {"entity", &t.entity}, {"described_user", &t.describedUser},
		{"root_summary", &t.rootSummary}, {"password_policy", &t.passwordPolicy},
		{"aws_organization", &t.awsOrganization}, {"aws_member", &t.awsMember}, {"aws_node", &t.awsNode},
		{"aws_policy", &t.awsPolicy}, {"aws_policy_statement", &t.awsPolicyStatement},
		{"aws_policy_target", &t.awsPolicyTarget}, {"aws_listing", &t.awsListing},
		{"config_compliance", &t.configCompliance}, {"config_rule", &t.configRule},
	}
}

// openRows reads what the database holds.
func openRows(ctx context.Context, s *store, l *ledger.Ledger, makeRoom func()) (*rows, error) {
	existing, err := readExisting(ctx, s)
	if err != nil {
		return nil, err
	}
	w := &rows{existing: existing, warned: map[string]bool{}, ledger: l, makeRoom: makeRoom, firstFile: existing.nextFile}
	for _, named := range w.tables.named() {
		t, err := newTable(ctx, s.arrow, named.name, &w.invalid)
		if err != nil {
			return nil, fmt.Errorf("read the columns of table %s: %w", named.name, err)
		}
		*named.table = t
		w.all = append(w.all, t)
	}
	return w, nil
}

// fill is how full the fullest table is: 1 is a batch. Nil rows are empty.
func (w *rows) fill() (most float64) {
	if w == nil {
		return 0
	}
	for _, t := range w.all {
		most = max(most, t.fill())
	}
	return most
}

// take returns the tables that have rows and are at least so full, and empties them.
func (w *rows) take(fill float64) (taken []tableRows) {
	if w == nil {
		return nil
	}
	for _, t := range w.all {
		if t.rows > 0 && t.fill() >= fill {
			taken = append(taken, t.take())
		}
	}
	return taken
}

func (w *rows) release() {
	if w == nil {
		return
	}
	for _, t := range w.all {
		t.release()
	}
}

// fileRow is the row of a file in source_file, while the file is written.
type fileRow struct {
	id              int
	source          *snapshotFile
	outcome         string
	loaded, refused int64 // rows
	snapshots       int64
	times           map[int64]bool // of captured_at, if an earlier load read the file
	isLarge         bool           // it comes in several parts
	issues          issues         // between this file and others
}

// begin starts a file.
func (w *rows) begin(r *result) *fileRow {
	id := newID(&w.existing.nextFile)
	return &fileRow{id: id, outcome: "refused", source: &snapshotFile{id: id, sha256: r.sha256, path: r.file.Path}}
}

// add writes the users and documents of a file, or of a part of it.
func (w *rows) add(f *fileRow, r *result) {
	for _, a := range r.users {
		w.users(f, r, a)
		a.Release()
		w.makeRoom()
	}
	for _, d := range r.documents {
		w.replaceTime(f, r, d.capturedAt)
		w.document(f.id, d)
		f.loaded += int64(d.Rows)
		f.outcome = "loaded"
	}
}

// end writes the issues of a file, and its row in the ledger. It returns what the
// file has.
func (w *rows) end(f *fileRow, r *result) Summary {
	if w.invalid {
		w.invalid = false
		f.issues.add(invalidUTF8())
	}
	r.issues.merge(&f.issues)
	switch {
	case r.format == "manifest":
		f.outcome = "manifest"
		w.expectation(f.id, r.file.Attribution)
	case r.format == "archive" && len(r.issues.list) == 0:
		f.outcome = "archive"
	case r.file.Ignored && len(r.issues.list) == 0:
		f.outcome = "ignored"
	}
	for issue := range r.issues.all {
		f.refused += int64(issue.RowsRefused)
		w.issue(f.id, r.file.Path, issue)
	}
	w.sourceFile(f, r)
	warnings := w.warnings
	w.warnings = nil
	return Summary{Snapshots: f.snapshots, RowsLoaded: f.loaded, RowsRefused: f.refused, Issues: len(r.issues.list), Warnings: warnings}
}

func (w *rows) sourceFile(f *fileRow, r *result) {
	t := w.tables.sourceFile
	t.int32(f.id)
	t.text(r.file.Path)
	t.text(r.sha256.String())
	t.int64(r.file.Size)
	if r.file.ModifiedAt.IsZero() {
		t.null()
	} else {
		t.timestamp(r.file.ModifiedAt.UnixMicro())
	}
	if r.file.FolderChangedAt == 0 {
		t.null()
		t.null()
	} else {
		t.int64(r.file.FolderChangedAt)
		t.int32(r.file.FolderFiles)
	}
	t.textOrNull(r.format)
	t.textOrNull(r.file.Attribution.Organization)
	t.textOrNull(r.file.Attribution.Account)
	if f.outcome == "refused" || r.format == "archive" {
		t.uint64(r.match.RefusalHash)
	} else {
		t.uint64(r.match.AttributionHash)
	}
	t.text(f.outcome)
	t.int64(f.loaded + f.refused)
	t.int64(f.loaded)
	t.int64(f.refused)
}

func (w *rows) issue(fileID int, path string, issue snapshots.Issue) {
	t := w.tables.ingestIssue
	t.int32(newID(&w.existing.nextIssue))
	t.int32(fileID)
	t.text(path)
	if issue.Line > 0 {
		t.int32(issue.Line)
	} else {
		t.null()
	}
	t.textOrNull(issue.Column)
	t.text(issue.Kind)
	t.text(issue.Reason)
	t.text(issue.Remedy)
	t.int64(int64(issue.RowsRefused))
}

// expectation writes which account a manifest speaks of, and how many it expects of
// its organization.
func (w *rows) expectation(fileID int, a files.Attribution) {
	if a.AccountsExpected == 0 && !a.StatesAccount() {
		return
	}
	org := a.Organization
	if org == "" {
		org = files.Unnamed
	}
	w.organization(org)
	t := w.tables.accountExpectation
	t.text(org)
	if a.StatesAccount() {
		t.text(a.Account)
	} else {
		t.null()
	}
	t.time(a.CapturedAt)
	if a.AccountsExpected > 0 {
		t.int64(int64(a.AccountsExpected))
	} else {
		t.null()
	}
	t.int32(fileID)
}

// organization writes an organization, unless it has a row.
func (w *rows) organization(name string) {
	if !w.existing.orgs[name] {
		w.existing.orgs[name] = true
		w.tables.organization.text(name)
	}
}
