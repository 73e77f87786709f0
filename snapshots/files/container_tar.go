package files

import (
	"archive/tar"
	"iamcensus/snapshots"
	"io"
	"io/fs"
	"iter"
	"strings"
)

// tarMembers lists a tar that lies open, in sorted order: its headers are read
// once, and members from where they lie.
func (w *walker) tarMembers(content *io.SectionReader) iter.Seq2[member, error] {
	var members []member
	reader := tar.NewReader(content) // it seeks over what it does not read
	for len(members) <= w.Limits.Members && w.ctx.Err() == nil {
		header, err := reader.Next()
		if err == io.EOF {
			break
		}
		if header == nil {
			return sorted(members, err)
		}
		from, err := content.Seek(0, io.SeekCurrent)
		if err != nil {
			return sorted(members, err)
		}
		m := w.tarMember(header)
		size := m.size
		m.open = func() (io.ReadCloser, error) {
			return w.guard(io.NopCloser(io.NewSectionReader(content, from, size)), nil), nil
		}
		members = append(members, m)
	}
	return sorted(members, nil)
}

// packedTarMembers unpacks a tar and lists it in the order in which it is
// stored. A member can be opened until the next is asked for.
func (w *walker) packedTarMembers(packing kind, content *io.SectionReader) iter.Seq2[member, error] {
	return func(yield func(member, error) bool) {
		from, err := w.unpack(packing, content)
		defer from.Close()
		if err != nil {
			yield(member{}, err)
			return
		}
		reader := tar.NewReader(from)
		for {
			header, err := reader.Next()
			if err == io.EOF {
				// What follows is padding, and the checksum of the packed stream.
				_, err = io.Copy(io.Discard, from)
			}
			if header == nil {
				if err != nil {
					yield(member{}, err)
				}
				return
			}
			m := w.tarMember(header)
			m.open = func() (io.ReadCloser, error) { return io.NopCloser(reader), nil }
			if !yield(m, nil) {
				return
			}
		}
	}
}

func (w *walker) tarMember(header *tar.Header) member {
	m := w.newMember(header.Name, header.Size, header.ModTime)
	m.folder = false
	switch header.Typeflag {
	case tar.TypeReg, tar.TypeCont:
		for key := range header.PAXRecords {
			if strings.HasPrefix(key, "GNU.sparse.") {
				m.issue = sparse
			}
		}
	case tar.TypeDir, tar.TypeXGlobalHeader:
		m.folder = true
	case tar.TypeLink:
		m.issue = &snapshots.Issue{
			Kind: "hard_link", Reason: "this is a hard link to another member, and links are not followed",
			Remedy: "pack with tar --hard-dereference if the file is wanted twice",
		}
	case tar.TypeGNUSparse:
		m.issue = sparse
	default:
		m.issue = irregular(header.FileInfo().Mode() | fs.ModeIrregular)
	}
	return m
}

var sparse = &snapshots.Issue{
	Kind: "not_regular", Reason: "this is a file with holes, whose size on disk proves nothing",
	Remedy: "pack without tar --sparse",
}
