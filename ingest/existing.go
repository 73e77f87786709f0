package ingest

import (
	"context"
	"fmt"
	"strings"

	"iamcensus/ingest/ledger"
	"iamcensus/snapshots/files"
)

// existing is what the database holds besides files, kept up to date during a
// load: which snapshots, organizations and accounts have rows, and the next ids.
type existing struct {
	snapshots map[identityKey]existingSnapshot
	orgs      map[string]bool
	owners    map[string]string  // account -> the first organization that has it
	claims    map[[2]string]bool // account and each further organization that has it
	unnamed   string             // the first account without an organization
	archives  map[string]string  // organization -> files.ArchiveOf its first snapshot in an archive
	keyUses   map[keyUse]int     // ids of maxKeyUses at most

	nextFile, nextIssue, nextSnapshot, nextDocument, nextKeyUse int
	nextUser                                                    int64
}

// identityKey is what a snapshot is unique by.
type identityKey struct {
	organization, account string
	capturedAt            int64 // seconds since 1970
}

type existingSnapshot struct {
	id   int
	file *snapshotFile
}

// snapshotFile is a file with snapshots. A file may have many, of which each needs
// memory during a load.
type snapshotFile struct {
	id     int
	sha256 ledger.Checksum
	path   string
	isOld  bool // an earlier load read it
}

// keyUse is where a key was last used.
type keyUse struct{ region, service string }

// maxKeyUses is how many are remembered, five times as many as AWS has. One beyond them
// has a row of its own each time.
const maxKeyUses = 100_000

// newID returns the next id and counts it up.
func newID[T int | int64](next *T) T {
	id := *next
	*next++
	return id
}

func readExisting(ctx context.Context, s *store) (*existing, error) {
	e := &existing{owners: map[string]string{}, claims: map[[2]string]bool{}, orgs: map[string]bool{}, archives: map[string]string{}, keyUses: map[keyUse]int{}}
	var n int
	err := s.conn.QueryRowContext(ctx, `select
			(select coalesce(max(file_id), 0) + 1 from source_file),
			(select coalesce(max(issue_id), 0) + 1 from ingest_issue),
			(select coalesce(max(snapshot_id), 0) + 1 from snapshot),
			(select coalesce(max(document_id), 0) + 1 from document),
			(select coalesce(max(key_use_id), 0) + 1 from key_use),
			(select coalesce(max(user_id), 0) + 1 from iam_user),
			(select count(*) from snapshot)`).
		Scan(&e.nextFile, &e.nextIssue, &e.nextSnapshot, &e.nextDocument, &e.nextKeyUse, &e.nextUser, &n)
	if err != nil {
		return nil, fmt.Errorf("read the next ids: %w", err)
	}
	e.snapshots = make(map[identityKey]existingSnapshot, n)
	for _, table := range []struct {
		name, query string
		add         func(ledger.Rows)
	}{
		{"snapshot", `select s.org_id, s.account_id, epoch(s.captured_at)::bigint, s.snapshot_id, f.sha256, f.path, f.file_id
			from snapshot s join source_file f on f.file_id = s.file_id`, e.addSnapshots},
		{"account", "select org_id, account_id from account order by rowid", e.addAccounts},
		{"organization", "select org_id from organization", e.addOrganizations},
		{"key_use", "select coalesce(region, ''), coalesce(service, ''), key_use_id from key_use", e.addKeyUses},
	} {
		if err := s.QueryRows(ctx, table.query, table.add); err != nil {
			return nil, fmt.Errorf("read table %s: %w", table.name, err)
		}
	}
	return e, nil
}

func (e *existing) addSnapshots(rows ledger.Rows) {
	orgs, accounts, times, ids, sums, paths := rows.Texts(0), rows.Texts(1), rows.Int64s(2), rows.Int32s(3), rows.Texts(4), rows.Texts(5)
	file, fileIDs := &snapshotFile{}, rows.Int32s(6)
	for i := range ids {
		if id := int(fileIDs[i]); file.id != id {
			file = &snapshotFile{id, ledger.ParseChecksum(sums[i]), paths[i], true}
		}
		e.snapshots[identityKey{orgs[i], accounts[i], times[i]}] = existingSnapshot{int(ids[i]), file}
		if e.archives[orgs[i]] == "" && strings.Contains(paths[i], "!/") {
			e.archives[orgs[i]] = files.ArchiveOf(paths[i])
		}
	}
}

func (e *existing) addAccounts(rows ledger.Rows) {
	orgs, accounts := rows.Texts(0), rows.Texts(1)
	for i := range orgs {
		e.addAccount(orgs[i], accounts[i])
	}
}

func (e *existing) addOrganizations(rows ledger.Rows) {
	for _, org := range rows.Texts(0) {
		e.orgs[org] = true
	}
}

func (e *existing) addKeyUses(rows ledger.Rows) {
	regions, services, ids := rows.Texts(0), rows.Texts(1), rows.Int32s(2)
	for i := range ids {
		e.addKeyUse(keyUse{regions[i], services[i]}, int(ids[i]))
	}
}

// addKeyUse remembers the id. The map outlives the memory of the texts.
func (e *existing) addKeyUse(use keyUse, id int) {
	if len(e.keyUses) < maxKeyUses {
		e.keyUses[keyUse{strings.Clone(use.region), strings.Clone(use.service)}] = id
	}
}

// addAccount returns false if the organization has the account already.
func (e *existing) addAccount(org, account string) bool {
	if org == files.Unnamed && e.unnamed == "" {
		e.unnamed = account
	}
	owner, owned := e.owners[account]
	switch claim := [2]string{account, org}; {
	case !owned:
		e.owners[account] = org
	case owner == org || e.claims[claim]:
		return false
	default:
		e.claims[claim] = true
	}
	return true
}
