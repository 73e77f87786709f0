package ledger

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"syscall"
	"time"

	"iamcensus/snapshots/files"
)

// What the ledger says of a file ends with the file: its issues and refused rows, when
// it is gone or has other bytes. What was loaded stays, since a census may outlive the
// folders that it was loaded from, unless the same bytes are loaded from another file:
// then it was moved.

// goneSize is the size of a loaded file that is gone. Should it come back, it is read
// again, since its issues are not kept.
const goneSize = -1

// Visited takes the result of a file of the walk. One goroutine calls it.
func (l *Ledger) Visited(m Match) {
	if m.entry == nil {
		return
	}
	m.entry.visited = true
	if !m.Unchanged {
		m.entry.reread = true
		if m.StaleID == 0 {
			l.superseded = append(l.superseded, int32(m.entry.id))
		}
	}
}

// Obsolete lists the file_ids of files after a walk that was not interrupted: those that
// are gone, and those that have other bytes by now.
func (l *Ledger) Obsolete() (gone, superseded []int32) {
	for i := range l.folders {
		f := &l.folders[i]
		for j := range f.entries {
			if e := &f.entries[j]; !e.visited && e.size != goneSize && l.isGone(joinPath(f.path, e.name)) {
				gone = append(gone, int32(e.id))
			}
		}
	}
	return gone, l.superseded
}

// IsObsolete reports whether a file of the ledger is gone, or has other bytes by now.
func (l *Ledger) IsObsolete(id int, path string) bool {
	e := l.entry(path)
	return e == nil || e.id != id || e.reread || e.size == goneSize || !e.visited && (l.isGone(path) || l.hasChanged(path))
}

// isGone reports whether a file below the paths of the request, which the walk has not
// found, no longer exists. What cannot be decided is not gone.
func (l *Ledger) isGone(path string) bool {
	if !l.isRequested(path) {
		return false
	}
	for archive := range archivesOf(path) {
		switch e := l.entry(archive); {
		case e != nil && e.archive && e.visited:
			return e.reread // else nothing has looked into it
		case archive != files.Stdin && exists(archive):
			return false
		}
	}
	return !exists(path)
}

func (l *Ledger) isRequested(path string) bool {
	return slices.ContainsFunc(l.roots, func(root string) bool {
		return isWithin(root, path) || strings.HasPrefix(path, root+"!/")
	})
}

// exists reports whether there is a file of this name. It is true if anything but a
// missing file or folder is in the way. A folder is no file: what the walk says of a
// folder itself, it says each time.
func exists(path string) bool {
	info, err := os.Lstat(path)
	if err == nil {
		return !info.IsDir()
	}
	return !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, syscall.ENOTDIR)
}

// readRechecks marks files whose outcome depends on another file that has changed
// since: those with the same bytes as a loaded one, and those in conflict with one,
// whose issue has the checksum. Others depend on the day of the load.
func (l *Ledger) readRechecks(ctx context.Context) error {
	if err := l.db.QueryRows(ctx, "select path from ingest_issue where "+l.timeHasCome(), func(rows Rows) {
		for _, path := range rows.Texts(0) {
			l.recheck(path)
		}
	}); err != nil {
		return err
	}
	return l.db.QueryRows(ctx, `
		with dependent as (
			select path, sha256[:12] as other from source_file where outcome = 'duplicate'
			union
			select path, regexp_extract(reason, 'sha256 ([0-9a-f]{12})', 1) from ingest_issue where kind = 'snapshot_conflict'
		)
		select d.path, f.path from dependent d
		join source_file f on f.sha256[:12] = d.other and f.outcome = 'loaded' and f.path <> d.path`, func(rows Rows) {
		others := rows.Texts(1)
		for i, path := range rows.Texts(0) {
			if l.hasChanged(others[i]) {
				l.recheck(path)
			}
		}
	})
}

// recheck marks a file, and the archives that it is in, to be read again.
func (l *Ledger) recheck(path string) {
	for archive := range archivesOf(path) {
		l.recheckEntry(archive)
	}
	l.recheckEntry(path)
}

func (l *Ledger) recheckEntry(path string) {
	if e := l.entry(path); e != nil {
		e.recheck = true
	}
}

// timeHasCome is the SQL condition of an issue of a time that lay ahead of the load that
// found it, and no longer does.
func (l *Ledger) timeHasCome() string {
	last := time.Unix(l.request.LastTime, 0).UTC()
	return fmt.Sprintf(`(kind = 'implausible_time' and regexp_extract(reason, '^[0-9T:Z-]+') between '2006-01-01'
		and case when column_name = 'password_next_rotation' then '%s' else '%s' end)`,
		last.AddDate(0, 0, 1095).Format(time.RFC3339), last.Format(time.RFC3339))
}

// hasChanged reports whether a file, or the archive that it is in, has another size or
// time of change than in the ledger, or is gone.
func (l *Ledger) hasChanged(path string) bool {
	if e := l.entry(path); e == nil || e.size == goneSize {
		return true
	}
	if !l.isRequested(path) {
		return false
	}
	for archive := range archivesOf(path) {
		if exists(archive) {
			path = archive
			break
		}
	}
	e := l.entry(path)
	if e == nil {
		return false
	}
	file, err := files.Tree{}.Stat(splitPath(path))
	return err != nil || !e.sameStat(&file)
}

// archivesOf yields the archives that a path may be in, the outermost first.
func archivesOf(path string) func(func(string) bool) {
	return func(yield func(string) bool) {
		for at, c := range path {
			if c == '!' && strings.HasPrefix(path[at:], "!/") && !yield(path[:at]) {
				return
			}
		}
	}
}

// IsKnown reports whether the ledger has the file.
func (m Match) IsKnown() bool { return m.entry != nil }
