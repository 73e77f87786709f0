package ingest

import (
	"fmt"
	"iamcensus/snapshots"
	"iamcensus/snapshots/files"
	"strings"
)

// file writes one file: its snapshots and users, its issues, and its row in
// the ledger.
func (w *writer) file(r *result) {
	w.summary.Files++
	defer r.file.Release()
	defer w.advance(r.file)
	if r.unchanged {
		w.summary.Unchanged++
		if r.renamed {
			w.summary.Renamed++
		}
		if r.touched != 0 {
			w.touched.ids = append(w.touched.ids, int32(r.touched))
			w.touched.times = append(w.touched.times, r.file.ModifiedAt.UnixMicro())
		}
		return
	}
	if r.retry != 0 {
		w.forgotten = append(w.forgotten, r.retry)
	}
	fileID := w.known.nextFile
	w.known.nextFile++

	outcome, loaded, refused := "refused", int64(0), int64(0)
	switch {
	case r.format == "manifest":
		outcome = "manifest"
		w.expectation(fileID, r.file.Attribution)
	case r.format == "archive" && len(r.issues) == 0:
		outcome = "archive"
	}
	taken := map[identityKey]int{} // snapshots of this file
	for _, a := range r.parts {
		snapshotID, standing := w.place(a, r, fileID, taken)
		switch {
		case standing == nil:
			w.users(snapshotID, a)
			loaded += a.rows()
			outcome = "loaded"
		case standing.sha256 == r.sha256:
			outcome = "duplicate"
		default:
			r.issues = append(r.issues, conflict(a, standing))
		}
		a.Release()
	}
	for _, d := range r.documents {
		w.document(fileID, r.format, d)
		loaded += int64(d.Rows)
		outcome = "loaded"
	}
	for _, issue := range r.issues {
		refused += int64(issue.RowsRefused)
		w.issue(fileID, r.file.Path, issue)
	}
	if outcome == "refused" || r.format == "archive" {
		r.hint = attempt(r.file.Attribution, w.options.Limits)
	}
	w.ledger(fileID, r, outcome, loaded, refused)

	w.summary.RowsRead += loaded + refused
	w.summary.RowsLoaded += loaded
	w.summary.RowsRefused += refused
	w.summary.Issues += len(r.issues)
}

// place finds or opens the snapshot of a part. standing is the snapshot of
// another file that has its place: first come, first kept.
func (w *writer) place(a *arrived, r *result, fileID int, taken map[identityKey]int) (snapshotID int, standing *knownSnapshot) {
	key := identityKey{a.organization, a.account, a.capturedAt}
	if id, ok := taken[key]; ok {
		return id, nil
	}
	if s, ok := w.known.snapshots[key]; ok {
		return 0, &s
	}
	snapshotID = w.known.nextSnapshot
	w.known.nextSnapshot++
	taken[key] = snapshotID
	w.known.snapshots[key] = knownSnapshot{snapshotID, r.sha256, r.file.Path}
	w.summary.Snapshots++

	if !w.known.orgs[a.organization] {
		w.organization(a.organization)
	}
	if w.known.addAccount(a.organization, a.account) {
		w.tables.account.text(a.organization)
		w.tables.account.text(a.account)
	}
	if owner := w.known.owners[a.account]; owner != a.organization {
		r.issues = append(r.issues, snapshots.Issue{
			Kind:   "account_claimed_twice",
			Reason: fmt.Sprintf("organizations %q and %q both claim account %q: both are kept, apart", owner, a.organization, a.account),
			Remedy: "find out whose account it is, and leave the other's files out",
		})
	}
	t := w.tables.snapshot
	t.integer(snapshotID)
	t.text(a.organization)
	t.text(a.account)
	t.moment(a.capturedAt)
	t.text(a.source)
	t.flag(r.file.Attribution.Standalone)
	t.textOrNull(a.Partition)
	t.textOrNull(strings.Join(a.MissingColumns, ","))
	t.textOrNull(strings.Join(a.UnknownColumns, ","))
	t.integer(fileID)
	t.textOrNull(r.file.Attribution.Source)
	return snapshotID, nil
}

func (w *writer) organization(name string) {
	w.known.orgs[name] = true
	w.tables.organization.text(name)
}

// conflict is the issue of a part whose place is taken.
func conflict(a *arrived, standing *knownSnapshot) snapshots.Issue {
	return snapshots.Issue{
		Kind: "snapshot_conflict", RowsRefused: int(a.rows()),
		Reason: fmt.Sprintf("account %q of %q has another snapshot of the same time, from %q (sha256 %.12s): that one came first and counts",
			a.account, a.organization, standing.path, standing.sha256),
		Remedy: "keep one of the two files, or give them the times at which they were made, and load into a new database",
	}
}

func (w *writer) users(snapshotID int, a *arrived) {
	if a.Root != nil {
		w.root(snapshotID, a.Root)
	}
	for i := range a.Users {
		u := &a.Users[i]
		userID := w.known.nextUser
		w.known.nextUser++
		w.user(userID, snapshotID, u, a)
		for slot := range u.Keys {
			if !u.Keys[slot].Vacant() {
				w.key(userID, snapshotID, slot+1, &u.Keys[slot])
			}
		}
		for slot := range u.Certificates {
			if !u.Certificates[slot].Vacant() {
				w.certificate(userID, snapshotID, slot+1, &u.Certificates[slot])
			}
		}
	}
}

func (w *writer) user(userID int64, snapshotID int, u *snapshots.User, a *arrived) {
	t := w.tables.iamUser
	t.bigint(userID)
	t.integer(snapshotID)
	t.text(u.Name)
	t.time(u.CreatedAt)
	t.flag(u.PasswordEnabled)
	t.time(u.PasswordLastUsed)
	t.word(u.PasswordLastUsed.Missing)
	t.time(u.PasswordLastChanged)
	t.word(u.PasswordLastChanged.Missing)
	t.time(u.PasswordNextRotation)
	t.flag(u.MFAActive)

	if path, irregular := splitUserARN(u.ARN, a.Partition, a.account, u.Name); path != "/" {
		t := w.tables.userARN
		t.bigint(userID)
		t.textOrNull(path)
		t.textOrNull(irregular)
	}
}

func (w *writer) key(userID int64, snapshotID, slot int, k *snapshots.AccessKey) {
	t := w.tables.accessKey
	t.bigint(userID)
	t.integer(snapshotID)
	t.tiny(slot)
	t.flag(k.Active)
	t.time(k.LastRotated)
	t.word(k.LastRotated.Missing)
	t.time(k.LastUsed)
	t.word(k.LastUsed.Missing)
	w.keyUse(t, keyUse{k.Region, k.Service})
}

// keyUse writes the id of where a key was last used.
func (w *writer) keyUse(t *table, use keyUse) {
	if use == (keyUse{}) {
		t.null()
		return
	}
	id, ok := w.known.keyUses[use]
	if !ok {
		id = len(w.known.keyUses) + 1
		w.known.keyUses[keyUse{strings.Clone(use.region), strings.Clone(use.service)}] = id // it outlives the file
		w.tables.keyUse.integer(id)
		w.tables.keyUse.textOrNull(use.region)
		w.tables.keyUse.textOrNull(use.service)
	}
	t.integer(id)
}

func (w *writer) certificate(userID int64, snapshotID, slot int, c *snapshots.Certificate) {
	t := w.tables.signingCertificate
	t.bigint(userID)
	t.integer(snapshotID)
	t.tiny(slot)
	t.flag(c.Active)
	t.time(c.LastRotated)
}

func (w *writer) root(snapshotID int, u *snapshots.User) {
	t := w.tables.rootAccount
	t.integer(snapshotID)
	t.time(u.CreatedAt)
	t.flag(u.PasswordEnabled)
	t.word(u.PasswordEnabledMissing)
	t.time(u.PasswordLastUsed)
	t.word(u.PasswordLastUsed.Missing)
	t.time(u.PasswordLastChanged)
	t.flag(u.MFAActive)
	for i := range u.Keys {
		t.flag(u.Keys[i].Active)
		t.time(u.Keys[i].LastRotated)
		t.time(u.Keys[i].LastUsed)
		t.word(u.Keys[i].LastUsed.Missing)
	}
	for i := range u.Certificates {
		t.flag(u.Certificates[i].Active)
	}
}

// expectation notes how many accounts a manifest says the organization has.
func (w *writer) expectation(fileID int, hint files.Attribution) {
	if hint.AccountsExpected == 0 {
		return
	}
	org := hint.Organization
	if org == "" {
		org = files.Unnamed
	}
	if !w.known.orgs[org] {
		w.organization(org)
	}
	t := w.tables.accountExpectation
	t.text(org)
	t.time(hint.CapturedAt)
	t.bigint(int64(hint.AccountsExpected))
	t.integer(fileID)
}

func (w *writer) issue(fileID int, path string, issue snapshots.Issue) {
	t := w.tables.ingestIssue
	t.integer(w.known.nextIssue)
	w.known.nextIssue++
	t.integer(fileID)
	t.text(path)
	if issue.Line > 0 {
		t.integer(issue.Line)
	} else {
		t.null()
	}
	t.textOrNull(issue.Column)
	t.text(issue.Kind)
	t.text(strings.ToValidUTF8(issue.Reason, "?"))
	t.text(issue.Remedy)
	t.bigint(int64(issue.RowsRefused))
}

func (w *writer) ledger(fileID int, r *result, outcome string, loaded, refused int64) {
	t := w.tables.sourceFile
	t.integer(fileID)
	t.text(r.file.Path)
	t.text(r.sha256.String())
	t.bigint(r.file.Size)
	if r.file.ModifiedAt.IsZero() {
		t.null()
	} else {
		t.moment(r.file.ModifiedAt.UnixMicro())
	}
	if r.file.FolderChanged == 0 {
		t.null()
		t.null()
	} else {
		t.bigint(r.file.FolderChanged)
		t.integer(r.file.FolderFiles)
	}
	t.textOrNull(r.format)
	t.textOrNull(r.file.Attribution.Organization)
	t.textOrNull(r.file.Attribution.Account)
	t.hash(r.hint)
	t.text(outcome)
	t.bigint(loaded + refused)
	t.bigint(loaded)
	t.bigint(refused)
}
