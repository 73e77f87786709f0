package files

import (
	"fmt"
	"iamcensus/snapshots"
	"io"
	"iter"
	"path"
	"strings"
)

// refusalsShown is how many refused members of one archive are visited before
// the rest become one issue of the archive.
const refusalsShown = 100

// archive is one that is being walked.
type archive struct {
	*walker
	path   string
	top    place
	said   map[string]Attribution // what manifests say, by folder: "", "org-a/", "org-a/111122223333/"
	seen   map[string]struct{}    // members so far, without folders
	issues []snapshots.Issue

	folder string // of the last member; the next mostly shares it
	place  place  // of that folder
}

// archive visits the members of an archive, and then the archive.
func (w *walker) archive(file File, outer, inner kind, content *io.SectionReader, p place) error {
	file.Archive = true
	if w.nesting >= w.Limits.Nesting {
		return w.refuse(file, w.Limits.nested())
	}
	if w.nesting == 0 {
		w.unpacked = 0
		content = section(&counterAt{content, &w.offset}, content.Size())
	}
	refused := w.refused
	w.nesting, w.refused = w.nesting+1, 0
	defer func() { w.nesting, w.refused = w.nesting-1, refused }()

	a := &archive{walker: w, path: file.Path, top: p.since(snapshots.DateIn(path.Base(file.Path))), said: map[string]Attribution{}, seen: map[string]struct{}{}}
	if err := a.walk(w.members(outer, inner, content)); err != nil {
		return err
	}
	file.name, file.data, file.Issues, file.Offset = "", nil, a.issues, w.offset
	return w.visit(file)
}

// members lists an archive, as often as it is asked. An error is the last.
func (w *walker) members(outer, inner kind, content *io.SectionReader) iter.Seq2[member, error] {
	switch {
	case inner == zipped:
		return w.zipMembers(content)
	case outer.packs():
		return w.packedTarMembers(outer, content)
	}
	return w.tarMembers(content)
}

// walk goes over the members twice, since a manifest may stand after the files
// that it speaks for.
func (a *archive) walk(members iter.Seq2[member, error]) error {
	a.listen(members)
	if a.nesting == 1 {
		a.offset = 0
	}
	n := 0
	for m, err := range members {
		if a.ctx.Err() != nil {
			return a.ctx.Err()
		}
		if err != nil {
			a.issues = append(a.issues, *damaged("the archive", err))
			break
		}
		if n++; n > a.Limits.Members {
			a.issues = append(a.issues, *a.Limits.tooManyMembers())
			break
		}
		if err := a.member(m); err != nil {
			return err
		}
		if a.unpacked > a.Limits.ArchiveBytes {
			a.issues = append(a.issues, *a.Limits.archiveTooLarge())
			break
		}
	}
	a.conclude()
	return a.ctx.Err()
}

// listen reads the manifests. What is wrong with them, or with the archive, is
// for the second time.
func (a *archive) listen(members iter.Seq2[member, error]) {
	unpacked, n := a.unpacked, 0
	for m, err := range members {
		if n++; err != nil || n > a.Limits.Members || a.unpacked > a.Limits.ArchiveBytes {
			break
		}
		folder, name := path.Split(m.name)
		if _, twice := a.said[folder]; twice || name != ManifestName || a.unfit(m) != nil {
			continue
		}
		if data, issue := a.manifestBytes(m); issue == nil {
			a.said[folder], _ = readManifest(data)
		}
	}
	a.unpacked = unpacked
	a.top = a.top.with(a.said[""])
}

func (a *archive) conclude() {
	if more := a.refused - refusalsShown; more > 0 {
		a.issues = append(a.issues, snapshots.Issue{
			Kind: "more_refused", Reason: fmt.Sprintf("%d more members were refused, like the first %d", more, refusalsShown),
			Remedy: "mend what those say",
		})
	}
	if len(a.seen)+a.refused+len(a.issues) == 0 {
		a.issues = append(a.issues, snapshots.Issue{Kind: "empty_archive", Reason: "the archive has no files", Remedy: "get it again, or take it away"})
	}
}

func (a *archive) member(m member) error {
	if m.folder {
		return nil
	}
	folder, name := path.Split(m.name)
	file := File{Path: a.path + "!/" + m.name, Size: m.size, ModifiedAt: m.modified, Member: true, Offset: a.offset, Attribution: a.top.hint, limits: &a.Limits}
	if issue := a.unfit(m); issue != nil {
		return a.refuse(file, issue)
	}
	if _, twice := a.seen[m.name]; twice {
		return a.refuse(file, &snapshots.Issue{
			Kind: "duplicate_member", Reason: "the archive has a member of this name already: the first counts",
			Remedy: "pack it anew, each file once",
		})
	}
	a.seen[m.name] = struct{}{}
	p := a.in(folder)
	file.Attribution = p.of(name)
	if name == ManifestName {
		return a.manifest(file, m, p)
	}
	from, err := m.open()
	if err != nil {
		return a.refuse(file, damaged("the file", err))
	}
	defer from.Close()
	return a.stream(file, from, p)
}

// unfit says why a member is not even opened.
func (a *archive) unfit(m member) *snapshots.Issue {
	if m.issue == nil && a.top.depth+strings.Count(m.name, "/") > a.Limits.Depth {
		return a.Limits.tooDeep()
	}
	return m.issue
}

func (a *archive) manifest(file File, m member, p place) error {
	data, issue := a.manifestBytes(m)
	if issue != nil {
		return a.refuse(file, issue)
	}
	said, issues := readManifest(data)
	return a.visit(file.manifest(data, said, issues, p))
}

// in gives the place of a folder.
func (a *archive) in(folder string) place {
	if folder == "" {
		return a.top
	}
	if folder != a.folder {
		above, name := path.Split(strings.TrimSuffix(folder, "/"))
		a.place = a.in(above).enter(name).with(a.said[folder])
		a.folder = folder
	}
	return a.place
}
