package ledger

import "context"

// readFiles reads all files but for their checksums, which only a walk needs.
func (l *Ledger) readFiles(ctx context.Context) error {
	var n int
	if err := l.db.QueryRowContext(ctx, "select count(*) from source_file").Scan(&n); err != nil {
		return err
	}
	l.folders, l.byPath = make([]folder, 0, n), make(map[string]*folder, n) // so that no folder moves
	err := l.db.QueryRows(ctx, `select path, file_id, size_bytes, coalesce(epoch_us(modified_at), 0), attribution_hash,
		outcome <> 'refused', coalesce(format = 'archive', false), coalesce(folder_changed_ns, 0), coalesce(folder_files, 0) from source_file`, l.addFiles)
	for i := range l.folders {
		l.folders[i].finish(func(id int32) { l.superseded = append(l.superseded, id) })
	}
	return err
}

// addFiles adds files by their folders: neighbors in the ledger mostly lie in
// the same one.
func (l *Ledger) addFiles(rows Rows) {
	paths, ids, sizes, times, hashes := rows.Texts(0), rows.Int32s(1), rows.Int64s(2), rows.Int64s(3), rows.Uint64s(4)
	loaded, archives, changedAt, nFiles := rows.Bools(5), rows.Bools(6), rows.Int64s(7), rows.Int32s(8)
	entries := make([]entry, len(paths))
	for begin, end := 0, 0; begin < len(paths); begin = end {
		path, _ := splitPath(paths[begin])
		f := l.folder(path, changedAt[begin], int(nFiles[begin]))
		for ; end < len(paths); end++ {
			in, name := splitPath(paths[end])
			if in != path {
				break
			}
			if f.changedAt != changedAt[end] {
				f.changedAt = 0
			}
			entries[end] = entry{name, int(ids[end]), sizes[end], times[end], hashes[end], loaded.Value(end), archives.Value(end), false, false, false}
		}
		if f.entries == nil {
			f.entries = entries[begin:end:end] // no copy for most folders
		} else {
			f.entries = append(f.entries, entries[begin:end]...)
		}
	}
}

// folder finds or adds a folder.
func (l *Ledger) folder(path string, changedAt int64, nFiles int) *folder {
	f := l.byPath[path]
	if f == nil {
		l.folders = append(l.folders, folder{path: path, changedAt: changedAt, nFiles: nFiles})
		f = &l.folders[len(l.folders)-1]
		l.byPath[path] = f
	}
	return f
}

// readChecksums keeps them by id in a map: somebody else may have chosen the ids.
func (l *Ledger) readChecksums(ctx context.Context) error {
	l.checksums = map[int]Checksum{}
	return l.db.QueryRows(ctx, "select file_id, sha256 from source_file", func(rows Rows) {
		ids := rows.Int32s(0)
		for i, text := range rows.Texts(1) {
			l.checksums[int(ids[i])] = ParseChecksum(text)
		}
	})
}
