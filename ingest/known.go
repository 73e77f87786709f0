package ingest

import (
	"cmp"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash/fnv"
	"io"
	"slices"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"

	"iamcensus/snapshots"
)

// known is what the database already holds: enough to tell a file that is
// loaded, and whose place a snapshot would take.
type known struct {
	folders   map[string]*knownFolder
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
	sha256   checksum
	size     int64
	modified int64  // microseconds since 1970
	hint     uint64 // hash
	loaded   bool   // it is not worth another try
	archive  bool   // its members have entries of their own
}

// untouched reports whether a file can stay closed: by size and time of change
// it is the one that was read, and another try would end like that one.
func (k *knownFile) untouched(file *snapshots.File, o *Options) bool {
	return !file.Member && k.size == file.Size && k.modified == file.ModifiedAt.UnixMicro() &&
		(k.loaded && !k.archive || k.hint == attempt(file.Hint, o.Limits))
}

// knownFolder is a folder of the disk, or in an archive.
type knownFolder struct {
	changed int64       // snapshots.Seen.Changed, if all files agree on it and all are here; else 0
	n       int         // how many there should be
	files   []knownFile // by name, when all are read
}

// file finds a file by its path; nil if nobody knows it.
func (k *known) file(path string) *knownFile {
	folder, name := splitPath(path)
	if f := k.folders[folder]; f != nil {
		i, found := slices.BinarySearchFunc(f.files, name, func(file knownFile, name string) int { return strings.Compare(file.name, name) })
		if found {
			return &f.files[i]
		}
	}
	return nil
}

// seen tells what is known of a folder.
func (k *known) seen(path string) snapshots.Seen {
	folder := k.folders[path]
	if folder == nil {
		return snapshots.Seen{}
	}
	return snapshots.Seen{Changed: folder.changed, Names: func(yield func(string) bool) {
		for i := range folder.files {
			if !yield(folder.files[i].name) {
				return
			}
		}
	}}
}

func splitPath(path string) (folder, name string) {
	slash := strings.LastIndexByte(path, '/')
	return path[:max(slash, 0)], path[slash+1:]
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

// readFiles reads which files the database has. Texts are copied out of C's
// memory a column at a time.
func (k *known) readFiles(s *store) error {
	var n int
	if err := s.conn.QueryRowContext(s.ctx, "select count(*) from source_file").Scan(&n); err != nil {
		return err
	}
	k.folders = make(map[string]*knownFolder, n)
	err := s.each(`select path, file_id, sha256, size_bytes, coalesce(epoch_us(modified_at), 0), hint,
		outcome <> 'refused', coalesce(format = 'archive', false), coalesce(folder_changed_ns, 0), coalesce(folder_files, 0) from source_file`, k.addFiles)
	for _, folder := range k.folders {
		folder.settle()
	}
	return err
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
	paths, ids, sums := c.texts(0), c.integers(1), c.texts(2)
	sizes, times, hints := c.bigints(3), c.bigints(4), c.batch.Column(5).(*array.Uint64)
	loaded, archives := c.batch.Column(6).(*array.Boolean), c.batch.Column(7).(*array.Boolean)
	changed, inFolder := c.bigints(8), c.integers(9)
	var folder *knownFolder // of the last file; the next mostly shares it
	of := ""
	for i, path := range paths {
		in, name := splitPath(path)
		if folder == nil || in != of {
			if of, folder = in, k.folders[in]; folder == nil {
				folder = &knownFolder{changed: changed[i], n: int(inFolder[i])}
				k.folders[in] = folder
			}
		}
		if folder.changed != changed[i] {
			folder.changed = 0
		}
		folder.files = append(folder.files, knownFile{
			name, int(ids[i]), parseChecksum(sums[i]), sizes[i], times[i], hints.Value(i), loaded.Value(i), archives.Value(i),
		})
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
func attempt(h snapshots.Hint, limits snapshots.Limits) uint64 {
	sum := fnv.New64a()
	fmt.Fprint(sum, assignment(h), limits)
	return sum.Sum64()
}

// assignment hashes a hint, to see whether it changed between two runs.
func assignment(h snapshots.Hint) uint64 {
	sum := fnv.New64a()
	io.WriteString(sum, h.Organization)
	sum.Write([]byte{0})
	io.WriteString(sum, h.Account)
	sum.Write([]byte{0, byte(h.CapturedAt.Word), byte(h.Standalone)})
	_ = binary.Write(sum, binary.LittleEndian, h.CapturedAt.Unix) // a hash takes everything
	return sum.Sum64()
}
