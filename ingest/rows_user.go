package ingest

import (
	"fmt"
	"strings"
	"time"

	"iamcensus/snapshots"
)

// users writes a batch of users. The first file of an account and time is the
// one that counts: another copy of it is a duplicate, another file a conflict.
func (w *rows) users(f *fileRow, r *result, a *attributedUsers) {
	key := identityKey{a.organization, a.account, a.capturedAt}
	existing, taken := w.existing.snapshots[key]
	w.replaceTime(f, r, a.capturedAt)
	if taken && w.isReplaced(f, existing) {
		taken = false
	}
	switch {
	case taken && existing.file == f.source:
	case taken && existing.file.sha256 == r.sha256:
		f.outcome = "duplicate"
		return
	case taken:
		f.issues.add(snapshotConflict(a, existing.file))
		return
	default:
		existing.id = w.snapshot(f, r, a, key)
	}
	if a.Root != nil {
		w.root(existing.id, a.Root)
	}
	for i := range a.Users {
		w.user(existing.id, a, &a.Users[i])
	}
	f.loaded += a.rows()
	f.outcome = "loaded"
}

// snapshot opens a snapshot, and returns its id.
func (w *rows) snapshot(f *fileRow, r *result, a *attributedUsers, key identityKey) int {
	id := newID(&w.existing.nextSnapshot)
	f.snapshots++
	w.existing.snapshots[key] = existingSnapshot{id, f.source}
	w.organization(a.organization)
	w.account(f, a)
	w.checkOrganization(f, r, a)
	t := w.tables.snapshot
	t.int32(id)
	t.text(a.organization)
	t.text(a.account)
	t.timestamp(a.capturedAt)
	t.text(a.source)
	t.boolean(a.isDate)
	t.flag(r.file.Attribution.Standalone)
	t.textOrNull(a.Partition)
	t.textOrNull(joinNames(a.MissingColumns))
	t.textOrNull(joinNames(a.UnknownColumns))
	t.int32(f.id)
	t.textOrNull(r.file.Attribution.Source)
	return id
}

// joinNames separates names of columns by commas. A file may have thousands of long
// names, and each of its snapshots has the list: what exceeds some length is cut.
func joinNames(names []string) string {
	var b strings.Builder
	for i, name := range names {
		if i > 0 {
			b.WriteByte(',')
		}
		if b.WriteString(cut(name, maxColumn)); b.Len() > maxNames {
			b.WriteString(",...")
			break
		}
	}
	return b.String()
}

// maxNames is more than the columns of a credential report need, in bytes.
const maxNames = 1000

// account writes an account, unless it has a row.
func (w *rows) account(f *fileRow, a *attributedUsers) {
	if w.existing.addAccount(a.organization, a.account) {
		w.tables.account.text(a.organization)
		w.tables.account.text(a.account)
	}
	if owner := w.existing.owners[a.account]; owner != a.organization {
		f.issues.add(snapshots.Issue{
			Kind:   "account_claimed_twice",
			Reason: fmt.Sprintf("account %q is in organizations %q and %q; both are kept separately", a.account, owner, a.organization),
			Remedy: "find out which organization owns the account, and remove the files of the other",
		})
	}
}

func snapshotConflict(a *attributedUsers, existing *snapshotFile) snapshots.Issue {
	return snapshots.Issue{
		Kind: "snapshot_conflict", RowsRefused: int(a.rows()),
		Reason: fmt.Sprintf("account %q of organization %q already has a snapshot of %s, from %q (sha256 %.12s)",
			a.account, a.organization, time.Unix(a.capturedAt, 0).UTC().Format(time.RFC3339), existing.path, existing.sha256),
		Remedy: "keep one of the two files, or give each its own captured_at, and ingest into a new database",
	}
}

// user writes a user with keys and certificates. Slots that hold none have no
// row.
func (w *rows) user(snapshotID int, a *attributedUsers, u *snapshots.User) {
	userID := newID(&w.existing.nextUser)
	w.iamUser(userID, snapshotID, u)
	if path, irregular := splitUserARN(u.ARN, a.Partition, a.account, u.Name); path != "/" {
		t := w.tables.userARN
		t.int64(userID)
		t.textOrNull(path)
		t.textOrNull(irregular)
	}
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

func (w *rows) iamUser(userID int64, snapshotID int, u *snapshots.User) {
	t := w.tables.iamUser
	t.int64(userID)
	t.int32(snapshotID)
	t.text(u.Name)
	t.time(u.CreatedAt)
	t.flag(u.PasswordEnabled)
	t.time(u.PasswordLastUsed)
	t.missing(u.PasswordLastUsed.Missing)
	t.time(u.PasswordLastChanged)
	t.missing(u.PasswordLastChanged.Missing)
	t.time(u.PasswordNextRotation)
	t.flag(u.MFAActive)
	t.boolean(u.HasMoreCredentials)
}

func (w *rows) key(userID int64, snapshotID, slot int, k *snapshots.AccessKey) {
	t := w.tables.accessKey
	t.int64(userID)
	t.int32(snapshotID)
	t.int8(slot)
	t.flag(k.Active)
	t.time(k.LastRotated)
	t.missing(k.LastRotated.Missing)
	t.time(k.LastUsed)
	t.missing(k.LastUsed.Missing)
	w.keyUse(t, keyUse{k.Region, k.Service})
}

// keyUse writes the id of where a key was last used, and a row for a new one.
func (w *rows) keyUse(t *table, use keyUse) {
	if use == (keyUse{}) {
		t.null()
		return
	}
	id, ok := w.existing.keyUses[use]
	if !ok {
		id = newID(&w.existing.nextKeyUse)
		w.existing.addKeyUse(use, id)
		w.tables.keyUse.int32(id)
		w.tables.keyUse.textOrNull(use.region)
		w.tables.keyUse.textOrNull(use.service)
	}
	t.int32(id)
}

func (w *rows) certificate(userID int64, snapshotID, slot int, c *snapshots.Certificate) {
	t := w.tables.signingCertificate
	t.int64(userID)
	t.int32(snapshotID)
	t.int8(slot)
	t.flag(c.Active)
	t.time(c.LastRotated)
}

func (w *rows) root(snapshotID int, u *snapshots.User) {
	t := w.tables.rootAccount
	t.int32(snapshotID)
	t.time(u.CreatedAt)
	t.flag(u.PasswordEnabled)
	t.missing(u.PasswordEnabledMissing)
	t.time(u.PasswordLastUsed)
	t.missing(u.PasswordLastUsed.Missing)
	t.time(u.PasswordLastChanged)
	t.flag(u.MFAActive)
	for i := range u.Keys {
		t.flag(u.Keys[i].Active)
		t.time(u.Keys[i].LastRotated)
		t.time(u.Keys[i].LastUsed)
		t.missing(u.Keys[i].LastUsed.Missing)
	}
	for i := range u.Certificates {
		t.flag(u.Certificates[i].Active)
	}
}

// splitUserARN returns the path in a user's ARN, "/" for most. irregular is the
// ARN itself if it is not arn:<partition>:iam::<account>:user<path><name>. Both
// are "" without an ARN.
func splitUserARN(arn, partition, account, name string) (path, irregular string) {
	if arn == "" {
		return "", ""
	}
	rest, ok := strings.CutPrefix(arn, "arn:")
	if ok {
		rest, ok = strings.CutPrefix(rest, partition)
	}
	if ok {
		rest, ok = strings.CutPrefix(rest, ":iam::")
	}
	if ok {
		rest, ok = strings.CutPrefix(rest, account)
	}
	if ok {
		rest, ok = strings.CutPrefix(rest, ":user/")
	}
	if ok {
		rest, ok = strings.CutSuffix(rest, name)
	}
	if !ok || rest != "" && !strings.HasSuffix(rest, "/") {
		return "", arn
	}
	return arn[len(arn)-len(name)-len(rest)-1 : len(arn)-len(name)], ""
}
