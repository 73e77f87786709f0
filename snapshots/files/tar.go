package files

import (
	"archive/tar"
	"errors"
	"iamcensus/snapshots"
	"io"
	"io/fs"
	"iter"
	"strings"
)

// tarMembers lists an uncompressed tar, sorted. Its headers are read once, and each
// member at its offset.
func (w *walker) tarMembers(content *io.SectionReader) iter.Seq2[member, error] {
	var members []member
	names := int64(0)                // their bytes
	reader := tar.NewReader(content) // it seeks over the content of members
	for len(members) <= w.Limits.Members && w.ctx.Err() == nil {
		header, err := reader.Next()
		if errors.Is(err, io.EOF) {
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
		if names += int64(len(m.name)); names > w.Limits.textBytes() {
			return sorted(members, &limitError{w.Limits.tooMuchText("names")})
		}
		size := m.size
		m.open = func() (io.ReadCloser, error) {
			return w.limited(io.NopCloser(io.NewSectionReader(content, from, size)), nil), nil
		}
		members = append(members, m)
	}
	return sorted(members, nil)
}

// compressedTarMembers unpacks a tar and lists it in the order in which it is stored.
// A member can be opened until the next one is yielded.
func (w *walker) compressedTarMembers(compression kind, content *io.SectionReader) iter.Seq2[member, error] {
	return func(yield func(member, error) bool) {
		from, err := w.unpack(compression, content)
		if err != nil {
			yield(member{}, err)
			return
		}
		defer from.Close()
		reader := tar.NewReader(from)
		for {
			header, err := reader.Next()
			if errors.Is(err, io.EOF) {
				// Read on to the checksum of the compressed stream.
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
				m.issue = sparseFile
			}
		}
	case tar.TypeDir, tar.TypeXGlobalHeader:
		m.folder = true
	case tar.TypeLink:
		m.issue = &snapshots.Issue{
			Kind: "hard_link", Reason: "the member is a hard link to another one, and links are not followed",
			Remedy: "create the archive with tar --hard-dereference if the file is needed twice",
		}
	case tar.TypeGNUSparse:
		m.issue = sparseFile
	default:
		m.issue = irregular(header.FileInfo().Mode() | fs.ModeIrregular)
	}
	return m
}

var sparseFile = &snapshots.Issue{
	Kind: "not_regular", Reason: "the member is a sparse file, which is not read",
	Remedy: "create the archive without tar --sparse",
}
