package ingest

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"iamcensus/snapshots"
)

// known is what the database already holds: enough to tell a file that is
// loaded, and whose place a snapshot would take.
type known struct {
	files     map[string]knownFile
	snapshots map[identityKey]knownSnapshot
	owners    map[string]string // account -> the first organization that named it
	orgs      map[string]bool
	accounts  map[[2]string]bool // organization, account

	nextFile, nextIssue, nextSnapshot, nextDocument int
	nextUser                                        int64
}

type knownFile struct {
	id       int
	sha256   string
	size     int64
	modified int64 // microseconds since 1970
	hint     string
	loaded   bool // it is not worth another try
	archive  bool // its members have entries of their own
}

// untouched reports whether a file can stay closed: by size and time of change
// it is the one that was read, and another try would end like that one.
func (k knownFile) untouched(file snapshots.File, o Options) bool {
	return !file.Member && k.size == file.Size && k.modified == file.ModifiedAt.UnixMicro() &&
		(k.loaded && !k.archive || k.hint == attempt(file.Hint, o.Limits))
}

type knownSnapshot struct {
	id     int
	sha256 string
	path   string
}

// identityKey is what a snapshot is unique by.
type identityKey struct {
	organization, account string
	capturedAt            int64
}

func readKnown(ctx context.Context, conn *sql.Conn) (*known, error) {
	k := &known{
		files: map[string]knownFile{}, snapshots: map[identityKey]knownSnapshot{},
		owners: map[string]string{}, orgs: map[string]bool{}, accounts: map[[2]string]bool{},
	}
	err := each(ctx, conn, `select path, file_id, sha256, size_bytes, coalesce(epoch_us(modified_at), 0), hint, outcome <> 'refused', coalesce(format = 'archive', false)
		from source_file order by file_id`, func(row *sql.Rows) error {
		var path string
		var f knownFile
		err := row.Scan(&path, &f.id, &f.sha256, &f.size, &f.modified, &f.hint, &f.loaded, &f.archive)
		k.files[path] = f
		return err
	})
	if err != nil {
		return nil, err
	}
	err = each(ctx, conn, `select org_id, account_id, epoch(captured_at)::bigint, snapshot_id, source_sha256, source_path
		from snapshot order by snapshot_id`, func(row *sql.Rows) error {
		var key identityKey
		var s knownSnapshot
		err := row.Scan(&key.organization, &key.account, &key.capturedAt, &s.id, &s.sha256, &s.path)
		k.snapshots[key] = s
		return err
	})
	if err != nil {
		return nil, err
	}
	err = each(ctx, conn, "select org_id from organization", func(row *sql.Rows) error {
		var org string
		err := row.Scan(&org)
		k.orgs[org] = true
		return err
	})
	if err != nil {
		return nil, err
	}
	err = each(ctx, conn, "select org_id, account_id from account order by rowid", func(row *sql.Rows) error {
		var org, account string
		err := row.Scan(&org, &account)
		k.addAccount(org, account)
		return err
	})
	if err != nil {
		return nil, err
	}
	return k, conn.QueryRowContext(ctx, `select
			(select coalesce(max(file_id), 0) + 1 from source_file),
			(select coalesce(max(issue_id), 0) + 1 from ingest_issue),
			(select coalesce(max(snapshot_id), 0) + 1 from snapshot),
			(select coalesce(max(document_id), 0) + 1 from document),
			(select coalesce(max(user_id), 0) + 1 from iam_user)`).
		Scan(&k.nextFile, &k.nextIssue, &k.nextSnapshot, &k.nextDocument, &k.nextUser)
}

// addAccount is false if the organization had the account already.
func (k *known) addAccount(org, account string) (added bool) {
	if k.accounts[[2]string{org, account}] {
		return false
	}
	k.accounts[[2]string{org, account}] = true
	if k.owners[account] == "" {
		k.owners[account] = org
	}
	return true
}

func each(ctx context.Context, conn *sql.Conn, query string, visit func(*sql.Rows) error) error {
	rows, err := conn.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := visit(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// attempt writes all that decides how a file ends that is refused, or an
// archive of such.
func attempt(h snapshots.Hint, limits snapshots.Limits) string {
	return fmt.Sprintf("%s limits=%v", describe(h), limits)
}

// describe writes a hint as text, to see whether it changed between two runs.
func describe(h snapshots.Hint) string {
	captured := ""
	if h.CapturedAt.Known() {
		captured = time.Unix(h.CapturedAt.Unix, 0).UTC().Format(time.RFC3339)
	}
	standalone := [...]string{"", "false", "true"}[h.Standalone]
	return fmt.Sprintf("organization=%q account=%q captured_at=%s standalone=%s", h.Organization, h.Account, captured, standalone)
}
