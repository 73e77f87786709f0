package ingest

import (
	"fmt"
	"strings"
)

// replaced is what a file replaces in the database. Of a file that has changed since an
// earlier load: all that its earlier versions hold of a time, so that a repaired file
// leaves nothing of the broken one, while a file that is written anew each day adds up.
// Of another file, which is gone: the one snapshot that both have.
type replaced struct {
	path       string // of the file; "" for one snapshot
	capturedAt int64  // seconds since 1970
	snapshotID int    // of one snapshot
	before     int    // file_ids of earlier versions are lower
}

// replaceTime makes a file replace its earlier versions at a time.
func (w *rows) replaceTime(f *fileRow, r *result, capturedAt int64) {
	if !r.match.IsKnown() || f.times[capturedAt] {
		return
	}
	if f.times == nil {
		f.times = map[int64]bool{}
	}
	f.times[capturedAt] = true
	w.replaced = append(w.replaced, replaced{path: r.file.Path, capturedAt: capturedAt, before: f.id})
}

// isReplaced reports whether the file replaces a snapshot that has its account and time.
func (w *rows) isReplaced(f *fileRow, taken existingSnapshot) bool {
	switch {
	case !taken.file.isOld:
		return false
	case taken.file.path == f.source.path:
		return true
	case !w.ledger.IsObsolete(taken.file.id, taken.file.path):
		return false
	}
	w.replaced = append(w.replaced, replaced{snapshotID: taken.id})
	return true
}

// Tables with rows of a snapshot or of a document. user_arn comes before iam_user, which
// tells whose its rows are.
var (
	snapshotTables = []string{"access_key", "signing_certificate", "root_account", "iam_user", "snapshot"}
	documentTables = []string{
		"guessed_account", "entity", "described_user", "root_summary", "password_policy", "aws_organization", "aws_member",
		"aws_node", "aws_policy", "aws_policy_statement", "aws_policy_target", "aws_listing", "config_compliance", "config_rule", "document",
	}
)

// removeReplaced removes what files replace, and counts the rows of the files that had
// it again.
func (s *store) removeReplaced(list []replaced) error {
	if len(list) == 0 {
		return nil
	}
	var ids, before []int32
	var times []int64
	var paths []string
	for _, r := range list {
		ids, before, times, paths = append(ids, int32(r.snapshotID)), append(before, int32(r.before)), append(times, r.capturedAt), append(paths, r.path)
	}
	const beforeID = " from (select unnest($1::integer[]) as snapshot_id, unnest($2::integer[]) as before, unnest($3::bigint[]) as at, unnest($4::varchar[]) as path) as r"
	const sameTime = " join source_file f on f.path = r.path and f.file_id < r.before join %s x on x.file_id = f.file_id and x.captured_at = make_timestamp(r.at * 1000000)"
	for _, query := range []string{
		"create or replace temp table replaced_snapshot as select x.snapshot_id, x.file_id" + beforeID + fmt.Sprintf(sameTime, "snapshot") +
			" union select x.snapshot_id, x.file_id" + beforeID + " join snapshot x on x.snapshot_id = r.snapshot_id",
		"create or replace temp table replaced_document as select x.document_id, x.file_id" + beforeID + fmt.Sprintf(sameTime, "document"),
	} {
		if _, err := s.conn.ExecContext(s.ctx, query, ids, before, times, paths); err != nil {
			return err
		}
	}
	return s.deleteReplaced()
}

// removeMoved removes what the database holds of files that are gone, if a file of this
// load, whose file_ids are first or higher, has the same bytes: they were moved, maybe to
// the folder of another organization.
func (s *store) removeMoved(first int) error {
	err := s.run(fmt.Sprintf(`create or replace temp table moved as
		select old.file_id from source_file old join source_file new on new.sha256 = old.sha256
		where old.size_bytes = -1 and old.file_id < %[1]d and new.outcome = 'loaded' and new.file_id >= %[1]d;
		create or replace temp table replaced_snapshot as select snapshot_id, file_id from snapshot where file_id in (select file_id from moved);
		create or replace temp table replaced_document as select document_id, file_id from document where file_id in (select file_id from moved)`, first))
	if err != nil {
		return err
	}
	return s.deleteReplaced()
}

// deleteReplaced deletes the rows of replaced_snapshot and replaced_document.
func (s *store) deleteReplaced() error {
	var b strings.Builder
	b.WriteString(`delete from user_arn where user_id in (select u.user_id from iam_user u join replaced_snapshot r on r.snapshot_id = u.snapshot_id);`)
	for _, table := range snapshotTables {
		fmt.Fprintf(&b, "delete from %s where snapshot_id in (select snapshot_id from replaced_snapshot);", table)
	}
	for _, table := range documentTables {
		fmt.Fprintf(&b, "delete from %s where document_id in (select document_id from replaced_document);", table)
	}
	b.WriteString(recountFiles)
	return s.run(b.String())
}

// recountFiles counts the rows of files again. One that holds nothing any more is
// removed.
const recountFiles = `
	create or replace temp table recounted as
		select f.file_id, (select count(*) from iam_user u join snapshot s on s.snapshot_id = u.snapshot_id where s.file_id = f.file_id)
			+ (select count(*) from root_account a join snapshot s on s.snapshot_id = a.snapshot_id where s.file_id = f.file_id)
			+ (select coalesce(sum(n_rows), 0) from document d where d.file_id = f.file_id) as n_rows,
			exists (select 1 from snapshot s where s.file_id = f.file_id) or exists (select 1 from document d where d.file_id = f.file_id) as has_any
		from (select file_id from replaced_snapshot union select file_id from replaced_document) f;
	delete from ingest_issue where file_id in (select file_id from recounted);
	delete from source_file where file_id in (select file_id from recounted where not has_any);
	update source_file set n_rows_loaded = r.n_rows, n_rows_read = r.n_rows, n_rows_refused = 0
		from recounted r where r.file_id = source_file.file_id;`

// removeObsolete removes what the database says of files that are gone or have other
// bytes by now, but for what was loaded from them.
func (s *store) removeObsolete(gone, superseded []int32) error {
	if len(gone)+len(superseded) == 0 {
		return nil
	}
	_, err := s.conn.ExecContext(s.ctx, `create or replace temp table obsolete as
		select unnest($1::integer[]) as file_id, true as is_gone union all select unnest($2::integer[]), false`, gone, superseded)
	if err != nil {
		return err
	}
	return s.run(removeObsolete)
}

const removeObsolete = `
	delete from ingest_issue where file_id in (select file_id from obsolete);
	delete from account_expectation where file_id in (select file_id from obsolete);
	delete from source_file where outcome <> 'loaded' and file_id in (select file_id from obsolete);
	update source_file set n_rows_refused = 0, n_rows_read = n_rows_loaded, size_bytes = case when o.is_gone then -1 else size_bytes end
		from obsolete o where o.file_id = source_file.file_id;
	drop table obsolete;`

// removeEmpty removes accounts and organizations of which nothing is left.
const removeEmpty = `
	delete from account where not exists (select 1 from snapshot s where s.org_id = account.org_id and s.account_id = account.account_id);
	delete from organization where org_id not in (
		select org_id from account union all select org_id from document union all select org_id from account_expectation);`

// removeSettled removes the issues of accounts that were in several organizations, and
// are in one now.
const removeSettled = `
	delete from ingest_issue where kind = 'account_claimed_twice' and file_id not in (
		select file_id from snapshot where account_id in (select account_id from account group by account_id having count(*) > 1));`
