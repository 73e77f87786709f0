package ingest

import (
	"crypto/sha256"
	"fmt"
	"iamcensus/snapshots"
	"iamcensus/snapshots/files"
	"iamcensus/snapshots/formats"
)

// result is one file as a reader leaves it to the writer. Its texts share the
// file's memory until the writer releases that.
type result struct {
	file      *files.File
	hint      uint64 // hash
	sha256    checksum
	format    string
	parts     []*arrived
	documents []*arrivedDocument
	issues    []snapshots.Issue
	unchanged bool // an earlier run loaded it: nothing else is filled in
	renamed   bool // unchanged, but manifests and folders now say otherwise whose it is
	touched   int  // file_id, if it is unchanged by its bytes alone, and its time may tell so next time; 0 = no
	retry     int  // file_id of an earlier try that was refused; 0 = none
}

// arrived is a part whose identity is clear.
type arrived struct {
	identity
	*snapshots.UserBatch
}

// rows counts the rows of a part, root's among them.
func (a *arrived) rows() int64 {
	n := int64(len(a.Users))
	if a.Root != nil {
		n++
	}
	return n
}

// fileReader reads one file and is the sink of its format.
type fileReader struct {
	*result
	rowBytes int
	names    *names
	counted  map[issueKey]int // issues so far, and where their rest is gathered
	rest     map[issueKey]int // index in issues
}

type issueKey struct{ kind, column string }

// issuesShown is how many issues of one kind and column a file gives before
// the rest become one issue.
const issuesShown = 100

// names are the users of a file so far, by whose and of when they are. One
// goroutine uses them for all its files.
type names struct {
	now    identityKey // whose of is
	of     map[string]struct{}
	others map[identityKey]map[string]struct{}
}

// forget ends a file.
func (n *names) forget() {
	if len(n.of) > 1<<10 {
		n.of = nil // to clear it takes as long as it once was large
	}
	clear(n.of)
	n.now, n.others = identityKey{}, nil
}

// in gives the names of an identity.
func (n *names) in(id identity) map[string]struct{} {
	key := identityKey{"", id.account, id.capturedAt} // a file has one organization
	if n.now == key && n.of != nil {
		return n.of
	}
	if len(n.of) > 0 {
		if n.others == nil {
			n.others = map[identityKey]map[string]struct{}{}
		}
		n.others[n.now] = n.of
		n.of = n.others[key]
	}
	if n.of == nil {
		n.of = map[string]struct{}{}
	}
	n.now = key
	return n.of
}

// read reads a file unless the database has it.
func read(file *files.File, known *known, names *names, o Options) *result {
	r := fileReader{result: &result{file: file, hint: assignment(file.Attribution)}, rowBytes: o.Limits.RowBytes, names: names}
	before := known.file(file.Path)
	if before != nil && (before.untouched(file, &o) || before.loaded && r.sameBytes(known.sums[before.id])) {
		r.unchanged, r.renamed = true, before.loaded && !before.archive && before.hint != r.hint
		if !file.Member && !file.ModifiedAt.IsZero() && !before.same(file) {
			r.touched = before.id
		}
		return r.result
	}
	if before != nil && (!before.loaded || before.archive) {
		r.retry = before.id
	}
	r.readFile()
	names.forget()
	return r.result
}

// sameBytes reads the file to see whether only its time of change is new.
func (r *fileReader) sameBytes(sum checksum) bool {
	data, issue := r.file.Read()
	return issue == nil && sha256.Sum256(data) == sum
}

func (r *fileReader) readFile() {
	for _, issue := range r.file.Issues {
		r.Issue(issue)
	}
	switch {
	case r.file.Manifest:
		r.format = "manifest"
	case r.file.Archive:
		r.format = "archive"
		return
	case len(r.file.Issues) > 0:
		return
	}
	data, issue := r.file.Read()
	if issue != nil {
		r.Issue(*issue)
		return
	}
	r.sha256 = sha256.Sum256(data)
	if r.file.Manifest {
		return
	}
	if data, issue = r.file.Unpack(data); issue != nil {
		r.Issue(*issue)
		return
	}
	format := formats.Recognize(data)
	if format == nil {
		r.Issue(formats.Unrecognized(data))
		return
	}
	r.format = format.Name
	format.Read(formats.Input{Path: r.file.Path, Data: data, RowBytes: r.rowBytes}, r)
}

// Part takes a part from the format: it finds its identity, refuses users
// that the file named before, and checks the others.
func (r *fileReader) Part(part *snapshots.UserBatch) {
	id, issue := identify(part, r.file.Attribution)
	a := &arrived{identity: id, UserBatch: part}
	if issue != nil {
		issue.RowsRefused = int(a.rows())
		r.Issue(*issue)
		return
	}
	if part.ARNAccount != "" && part.ARNAccount != id.account && !r.seen("account_mismatch", "arn") {
		r.Issue(snapshots.Issue{
			Column: "arn", Kind: "account_mismatch",
			Reason: fmt.Sprintf("the ARNs say account %q, but the file was handed over as %q", part.ARNAccount, id.account),
			Remedy: "put the file into the folder of its own account, or mend the manifest",
		})
	}
	if part.Root != nil {
		checkUser(part.Root, id.capturedAt, r.Issue)
	}
	names, kept := r.names.in(id), 0
	for i := range part.Users {
		user, before := &part.Users[i], len(names)
		if names[user.Name] = struct{}{}; len(names) == before {
			r.Issue(snapshots.Issue{
				Line: user.Line, Column: "user", Kind: "duplicate_user", RowsRefused: 1,
				Reason: fmt.Sprintf("user %q stands in this report before: the first row counts", user.Name),
				Remedy: "get a new report; one report has one row for each user",
			})
			continue
		}
		checkUser(user, id.capturedAt, r.Issue)
		if kept < i {
			part.Users[kept] = *user
		}
		kept++
	}
	part.Users = part.Users[:kept]
	r.parts = append(r.parts, a)
}

// Document takes what a file says beside credentials.
func (r *fileReader) Document(d *snapshots.Document) {
	id, issue := identifyDocument(d, r.file.Attribution)
	if issue != nil {
		issue.RowsRefused = d.Rows
		r.Issue(*issue)
		return
	}
	r.documents = append(r.documents, &arrivedDocument{id, d})
}

func (r *fileReader) seen(kind, column string) bool { return r.counted[issueKey{kind, column}] > 0 }

// Issue takes an issue. Beyond the first hundred of one kind and column, the
// rest of the file's become one, so that no file can flood the database.
func (r *fileReader) Issue(issue snapshots.Issue) {
	if r.counted == nil {
		r.counted, r.rest = map[issueKey]int{}, map[issueKey]int{}
	}
	key := issueKey{issue.Kind, issue.Column}
	r.counted[key]++
	switch n := r.counted[key]; {
	case n <= issuesShown:
		r.issues = append(r.issues, issue)
	case n == issuesShown+1:
		r.rest[key] = len(r.issues)
		issue.Reason = "1 more like this"
		r.issues = append(r.issues, issue)
	default:
		rest := &r.issues[r.rest[key]]
		rest.RowsRefused += issue.RowsRefused
		rest.Reason = fmt.Sprintf("%d more like this, the first on this line", n-issuesShown)
	}
}
