package ingest

import (
	"cmp"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash/fnv"
	"iamcensus/snapshots/files"
	"io"
	"slices"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
)

// known is what the database already holds: enough to tell a file that is
// loaded, and whose place a snapshot would take.
type known struct {
	folders   []knownFolder // with files, in the order of the ledger
	byPath    map[string]*knownFolder
	sums      []checksum // by file_id, once there is a walk
	snapshots map[identityKey]knownSnapshot
	owners    map[string]string  // account -> the first organization that named it
	claims    map[[2]string]bool // account and each other organization that did
	orgs      map[string]bool
	keyUses   map[keyUse]int // ids

	nextFile, nextIssue, nextSnapshot, nextDocument int
	nextUser                                        int64
}

type knownFile struct {
	name     string // in its folder
	id       int
	size     int64
	modified int64  // microseconds since 1970
	hint     uint64 // hash
	loaded   bool   // it is not worth another try
	archive  bool   // its members have entries of their own
}

// untouched reports whether a file can stay closed: by size and time of change
// it is the one that was read, and another try would end like that one.
func (k *knownFile) untouched(file *files.File, o *Options) bool {
	return !file.Member && k.same(file) && (k.loaded && !k.archive || k.hint == attempt(file.Attribution, o.Limits))
}

func (k *knownFile) same(file *files.File) bool {
	return k.size == file.Size && k.modified == file.ModifiedAt.UnixMicro()
}

// knownFolder is a folder of the disk, or in an archive.
type knownFolder struct {
	path    string
	changed int64       // snapshots.Seen.Changed, if all files agree on it and all are here; else 0
	n       int         // how many there should be
	files   []knownFile // by name, when all are read
}

// file finds a file by its path; nil if nobody knows it.
func (k *known) file(path string) *knownFile {
	folder, name := splitPath(path)
	if f := k.byPath[folder]; f != nil {
		i, found := slices.BinarySearchFunc(f.files, name, func(file knownFile, name string) int { return strings.Compare(file.name, name) })
		if found {
			return &f.files[i]
		}
	}
	return nil
}

// seen tells what is known of a folder.
func (k *known) seen(path string) files.Seen {
	folder := k.byPath[path]
	if folder == nil {
		return files.Seen{}
	}
	return files.Seen{Changed: folder.changed, Names: func(yield func(string) bool) {
		for i := range folder.files {
			if !yield(folder.files[i].name) {
				return
			}
		}
	}}
}

// below lists the folders of a tree, first those without files; those in archives
// as well.
func (k *known) below(root string) []*knownFolder {
	var above []*knownFolder
	seen := map[string]bool{} // with folders in them
	add := func(path string) bool {
		if seen[path] {
			return false
		}
		seen[path] = true
		if k.byPath[path] == nil {
			above = append(above, &knownFolder{path: path})
		}
		return true
	}
	add(root)
	all := make([]*knownFolder, 0, len(k.folders))
	last := root // the next folder mostly lies in the same
	for i := range k.folders {
		folder := &k.folders[i]
		if !within(root, folder.path) {
			continue
		}
		all = append(all, folder)
		if in, _ := splitPath(folder.path); in != last && folder.path != root {
			last = in
			for add(in) {
				in, _ = splitPath(in)
			}
		}
	}
	return append(above, all...)
}

// within reports whether a clean path lies below root, or is it.
func within(root, path string) bool {
	switch root {
	case ".":
		return path[0] != '/' && path != ".." && !strings.HasPrefix(path, "../")
	case "/":
		return path[0] == '/'
	}
	rest, ok := strings.CutPrefix(path, root)
	return ok && (rest == "" || rest[0] == '/')
}

// splitPath is path.Split for clean paths, but for the slash; the folder of
// those that have none is ".".
func splitPath(path string) (folder, name string) {
	switch slash := strings.LastIndexByte(path, '/'); slash {
	case -1:
		return ".", path
	case 0:
		return "/", path[1:]
	default:
		return path[:slash], path[slash+1:]
	}
}

type knownSnapshot struct {
	id     int
	sha256 checksum
	path   string
}

// identityKey is what a snapshot is unique by.
type identityKey struct {
	organization, account string
	capturedAt            int64
}

// keyUse is where a key was last used.
type keyUse struct{ region, service string }

// readFiles reads which files the database has, but for their checksums. Texts
// are copied out of C's memory a column at a time.
func (k *known) readFiles(s *store) error {
	var n int
	if err := s.conn.QueryRowContext(s.ctx, "select count(*) from source_file").Scan(&n); err != nil {
		return err
	}
	k.folders, k.byPath = make([]knownFolder, 0, n), make(map[string]*knownFolder, n) // no folder moves
	err := s.each(`select path, file_id, size_bytes, coalesce(epoch_us(modified_at), 0), attribution_hash,
		outcome <> 'refused', coalesce(format = 'archive', false), coalesce(folder_changed_ns, 0), coalesce(folder_files, 0) from source_file`, k.addFiles)
	for i := range k.folders {
		k.folders[i].settle()
	}
	return err
}

// readSums reads the checksums.
func (k *known) readSums(s *store) error {
	var most int
	if err := s.conn.QueryRowContext(s.ctx, "select coalesce(max(file_id), 0) from source_file").Scan(&most); err != nil {
		return err
	}
	k.sums = make([]checksum, most+1)
	return s.each("select file_id, sha256 from source_file", func(c columns) {
		for i, sum := range c.texts(1) {
			k.sums[c.integers(0)[i]] = parseChecksum(sum)
		}
	})
}

// readPlaces reads the rest, which only the writer needs.
func (k *known) readPlaces(s *store) error {
	var n int
	err := s.conn.QueryRowContext(s.ctx, `select
			(select coalesce(max(file_id), 0) + 1 from source_file),
			(select coalesce(max(issue_id), 0) + 1 from ingest_issue),
			(select coalesce(max(snapshot_id), 0) + 1 from snapshot),
			(select coalesce(max(document_id), 0) + 1 from document),
			(select coalesce(max(user_id), 0) + 1 from iam_user),
			(select count(*) from snapshot)`).
		Scan(&k.nextFile, &k.nextIssue, &k.nextSnapshot, &k.nextDocument, &k.nextUser, &n)
	if err != nil {
		return err
	}
	k.snapshots = make(map[identityKey]knownSnapshot, n)
	k.owners, k.claims, k.orgs, k.keyUses = map[string]string{}, map[[2]string]bool{}, map[string]bool{}, map[keyUse]int{}
	for _, part := range []struct {
		query string
		add   func(columns)
	}{
		{`select s.org_id, s.account_id, epoch(s.captured_at)::bigint, s.snapshot_id, f.sha256, f.path
			from snapshot s join source_file f on f.file_id = s.file_id`, k.addSnapshots},
		{"select org_id, account_id from account order by rowid", func(c columns) {
			orgs, accounts := c.texts(0), c.texts(1)
			for i := range orgs {
				k.addAccount(orgs[i], accounts[i])
			}
		}},
		{"select org_id from organization", func(c columns) {
			for _, org := range c.texts(0) {
				k.orgs[org] = true
			}
		}},
		{"select coalesce(region, ''), coalesce(service, ''), key_use_id from key_use", func(c columns) {
			regions, services, ids := c.texts(0), c.texts(1), c.integers(2)
			for i := range ids {
				k.keyUses[keyUse{regions[i], services[i]}] = int(ids[i])
			}
		}},
	} {
		if err := s.each(part.query, part.add); err != nil {
			return err
		}
	}
	return nil
}

func (k *known) addFiles(c columns) {
	paths, ids := c.texts(0), c.integers(1)
	sizes, times, hints := c.bigints(2), c.bigints(3), c.batch.Column(4).(*array.Uint64)
	loaded, archives := c.batch.Column(5).(*array.Boolean), c.batch.Column(6).(*array.Boolean)
	changed, inFolder := c.bigints(7), c.integers(8)
	files := make([]knownFile, len(paths))
	for begin, end := 0, 0; begin < len(paths); begin = end {
		in, _ := splitPath(paths[begin])
		folder := k.byPath[in]
		if folder == nil {
			k.folders = append(k.folders, knownFolder{path: in, changed: changed[begin], n: int(inFolder[begin])})
			folder = &k.folders[len(k.folders)-1]
			k.byPath[in] = folder
		}
		for ; end < len(paths); end++ {
			of, name := splitPath(paths[end])
			if of != in {
				break
			}
			if folder.changed != changed[end] {
				folder.changed = 0
			}
			files[end] = knownFile{
				name, int(ids[end]), sizes[end], times[end], hints.Value(end), loaded.Value(end), archives.Value(end),
			}
		}
		if folder.files == nil {
			folder.files = files[begin:end:end] // as for most
		} else {
			folder.files = append(folder.files, files[begin:end]...)
		}
	}
}

// settle puts the files in the order of their names. Of a name that stands twice,
// the last counts. A load that was cut off may have left a part of a folder.
func (f *knownFolder) settle() {
	byName := func(a, b knownFile) int { return cmp.Or(strings.Compare(a.name, b.name), cmp.Compare(b.id, a.id)) }
	if !slices.IsSortedFunc(f.files, byName) {
		slices.SortFunc(f.files, byName)
	}
	f.files = slices.CompactFunc(f.files, func(a, b knownFile) bool { return a.name == b.name })
	if len(f.files) != f.n {
		f.changed = 0
	}
}

func (k *known) addSnapshots(c columns) {
	orgs, accounts, times, ids, sums, paths := c.texts(0), c.texts(1), c.bigints(2), c.integers(3), c.texts(4), c.texts(5)
	for i := range ids {
		k.snapshots[identityKey{orgs[i], accounts[i], times[i]}] = knownSnapshot{int(ids[i]), parseChecksum(sums[i]), paths[i]}
	}
}

// addAccount is false if the organization had the account already.
func (k *known) addAccount(org, account string) (added bool) {
	owner, owned := k.owners[account]
	switch claim := [2]string{account, org}; {
	case !owned:
		k.owners[account] = org
	case owner == org || k.claims[claim]:
		return false
	default:
		k.claims[claim] = true
	}
	return true
}

// columns are those of a batch that a query gave.
type columns struct{ batch arrow.RecordBatch }

func (c columns) integers(i int) []int32 { return c.batch.Column(i).(*array.Int32).Int32Values() }
func (c columns) bigints(i int) []int64  { return c.batch.Column(i).(*array.Int64).Int64Values() }

// texts copies a column at once.
func (c columns) texts(i int) []string {
	column := c.batch.Column(i).(*array.String)
	all := string(column.ValueBytes())
	texts := make([]string, column.Len())
	for row := range texts {
		n := column.ValueLen(row)
		texts[row], all = all[:n], all[n:]
	}
	return texts
}

// checksum is a SHA-256; zero if there is none.
type checksum [32]byte

func parseChecksum(text string) (sum checksum) {
	_, _ = hex.Decode(sum[:], []byte(text)) // it is ours, or empty
	return sum
}

// String is "" where there is none, as for a file that cannot be read.
func (c checksum) String() string {
	if c == (checksum{}) {
		return ""
	}
	return hex.EncodeToString(c[:])
}

// attempt hashes all that decides how a file ends that is refused, or an
// archive of such.
func attempt(h files.Attribution, limits files.Limits) uint64 {
	sum := fnv.New64a()
	fmt.Fprint(sum, assignment(h), limits)
	return sum.Sum64()
}

// assignment hashes a hint, to see whether it changed between two runs.
func assignment(h files.Attribution) uint64 {
	sum := fnv.New64a()
	io.WriteString(sum, h.Organization)
	sum.Write([]byte{0})
	io.WriteString(sum, h.Account)
	sum.Write([]byte{0, byte(h.CapturedAt.Missing), byte(h.Standalone)})
	_ = binary.Write(sum, binary.LittleEndian, h.CapturedAt.Unix) // a hash takes everything
	return sum.Sum64()
}
