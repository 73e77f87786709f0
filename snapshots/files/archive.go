package files

import (
	"fmt"
	"hash/maphash"
	"iamcensus/snapshots"
	"io"
	"iter"
	"path"
	"strings"
)

// refusalsShown is how many refused members of one archive are visited before the
// rest become one issue of the archive.
const refusalsShown = 100

// archive is an archive while it is walked.
type archive struct {
	*walker
	path      string
	top       scope
	manifests map[string]Attribution // by folder: "", "org-a/", "org-a/111122223333/"
	names     map[uint64]struct{}    // hashes of the names of members so far, folders excluded
	issues    []snapshots.Issue

	lastFolder string // of the last member, as the next is usually in the same
	lastScope  scope  // of lastFolder
}

// archive visits the members of an archive, then the archive.
func (w *walker) archive(file File, outer, inner kind, content *io.SectionReader, s scope) error {
	file.Archive = true
	if w.nesting >= w.Limits.Nesting {
		return w.refuse(file, w.Limits.nestedTooDeep())
	}
	if w.nesting == 0 {
		content = section(&countingReaderAt{content, &w.offset}, content.Size())
	}
	refused := w.refused
	w.nesting, w.refused = w.nesting+1, 0
	defer func() { w.nesting, w.refused = w.nesting-1, refused }()

	a := &archive{
		walker: w, path: file.Path, top: s.enterArchive(file.Path),
		manifests: map[string]Attribution{}, names: map[uint64]struct{}{},
	}
	if err := a.walk(w.members(outer, inner, content)); err != nil {
		return err
	}
	file.name, file.data, file.Issues, file.Offset = "", nil, a.issues, w.offset
	return w.visit(file)
}

// members lists an archive; the sequence can be repeated. An error ends it.
func (w *walker) members(outer, inner kind, content *io.SectionReader) iter.Seq2[member, error] {
	switch {
	case inner == zipped:
		return w.zipMembers(content)
	case outer.isCompressed():
		return w.compressedTarMembers(outer, content)
	}
	return w.tarMembers(content)
}

// walk reads the members twice, since a manifest may follow the files that it
// applies to.
func (a *archive) walk(members iter.Seq2[member, error]) error {
	if issue := a.readManifests(members); issue != nil {
		a.issues = append(a.issues, *issue)
		return nil
	}
	if a.nesting == 1 {
		a.offset = 0
	}
	for m, err := range members {
		if a.ctx.Err() != nil {
			return a.ctx.Err()
		}
		if err != nil {
			a.issues = append(a.issues, *damaged("the archive", err))
			break
		}
		if a.used.addMember(m); a.used.members > a.Limits.Members {
			a.issues = append(a.issues, *a.Limits.tooManyMembers())
			break
		}
		if err := a.member(m); err != nil {
			return err
		}
		if issue := a.exceeded(); issue != nil {
			a.issues = append(a.issues, *issue)
			break
		}
	}
	a.summarize()
	return a.ctx.Err()
}

// readManifests is the first pass. It leaves errors to the second one. The issue is that
// of an archive whose members are not visited; nil if they are.
func (a *archive) readManifests(members iter.Seq2[member, error]) *snapshots.Issue {
	unpacked, n := a.used.unpacked, a.used.members
	for m, err := range members {
		if n++; err != nil || n > a.Limits.Members || a.exceeded() != nil {
			break
		}
		if isOfficePart(m.name) {
			return spreadsheet()
		}
		folder, name := path.Split(m.name)
		if _, duplicate := a.manifests[folder]; duplicate || name != ManifestName || a.checkMember(m) != nil {
			continue
		}
		data, issue := a.manifestBytes(m)
		if issue != nil {
			continue
		}
		if a.used.manifests += int64(len(folder) + len(data)); a.used.manifests > a.Limits.textBytes() {
			return a.Limits.tooMuchText("manifests")
		}
		a.manifests[folder], _ = readManifest(data)
	}
	a.used.unpacked = unpacked
	a.top = a.top.withManifest(a.manifests[""])
	return nil
}

// summarize adds the issues of the archive as a whole.
func (a *archive) summarize() {
	if more := a.refused - refusalsShown; more > 0 {
		a.issues = append(a.issues, snapshots.Issue{
			Kind: "more_refused", Reason: fmt.Sprintf("%d more members were refused; only the first %d are listed", more, refusalsShown),
			Remedy: "fix the issues of those listed, then ingest again",
		})
	}
	if len(a.names)+a.refused+len(a.issues) == 0 {
		a.issues = append(a.issues, snapshots.Issue{Kind: "empty_archive", Reason: "the archive has no files", Remedy: "download it again, or remove it"})
	}
}

func (a *archive) member(m member) error {
	if m.folder {
		return nil
	}
	folder, name := path.Split(m.name)
	file := File{
		Path: a.path + "!/" + m.name, Size: m.size, ModifiedAt: m.modified, Member: true, Offset: a.offset,
		Attribution: a.top.attribution, shared: a.shared,
	}
	if issue := a.checkMember(m); issue != nil {
		return a.refuse(file, issue)
	}
	hash := maphash.String(nameSeed, m.name)
	if _, duplicate := a.names[hash]; duplicate {
		return a.refuse(file, &snapshots.Issue{
			Kind: "duplicate_member", Reason: "the archive has two members of this name; the first counts",
			Remedy: "create the archive again, each file once",
		})
	}
	a.names[hash] = struct{}{}
	s := a.scopeOf(folder)
	file.Attribution = s.of(name)
	if s.isLitter || isLitterFile(name) {
		return a.ignore(file)
	}
	if name == ManifestName {
		return a.manifest(file, m, s)
	}
	from, err := m.open()
	if err != nil {
		return a.refuse(file, damaged("the file", err))
	}
	defer from.Close()
	return a.stream(file, from, s)
}

// checkMember says why a member must not be opened; nil if it may.
func (a *archive) checkMember(m member) *snapshots.Issue {
	if m.issue == nil && a.top.depth+strings.Count(m.name, "/") > a.Limits.Depth {
		return a.Limits.tooDeep()
	}
	return m.issue
}

func (a *archive) manifest(file File, m member, s scope) error {
	data, issue := a.manifestBytes(m)
	if issue != nil {
		return a.refuse(file, issue)
	}
	manifest, issues := readManifest(data)
	return a.visit(file.asManifest(data, manifest, issues, s))
}

// nameSeed makes hashes of names that nobody can foresee. Two of a million names have the
// same one in one of thirty million archives.
var nameSeed = maphash.MakeSeed()

// manifestBytes reads a manifest.
func (a *archive) manifestBytes(m member) ([]byte, *snapshots.Issue) {
	from, err := m.open()
	if err != nil {
		return nil, damaged("the manifest", err)
	}
	defer from.Close()
	return readAll(from, m.size, maxManifestBytes, manifestTooLarge())
}

// scopeOf gives the scope of a folder.
func (a *archive) scopeOf(folder string) scope {
	if folder == "" {
		return a.top
	}
	if folder != a.lastFolder {
		parent, name := path.Split(strings.TrimSuffix(folder, "/"))
		a.lastScope = a.scopeOf(parent).enter(name).withManifest(a.manifests[folder])
		a.lastFolder = folder
	}
	return a.lastScope
}
