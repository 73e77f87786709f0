package files

import (
	"iamcensus/snapshots"
	"io"
	"iter"
	"math"

	"github.com/klauspost/compress/zip"
)

// directoryBytes is what the list of a zip's members may take: names,
// comments and extra fields of all.
const directoryBytes = 128 << 20

// encrypted is the bit of a member's flags (APPNOTE 4.4.4).
const encrypted = 1

// zipMembers lists a zip in sorted order.
func (w *walker) zipMembers(content *io.SectionReader) iter.Seq2[member, error] {
	reader, err := zip.NewReaderWithOptions(content, content.Size(), zip.ReaderOptions{NameDecoder: w.directoryBound()})
	if err != nil {
		return sorted(nil, err)
	}
	members := make([]member, len(reader.File))
	for i, file := range reader.File {
		members[i] = w.zipMember(file)
	}
	return sorted(members, nil)
}

// directoryBound is called with each member while the list is read, which
// otherwise nothing bounds: the zip's own count is only a number.
func (w *walker) directoryBound() func(*zip.FileHeader) error {
	members, bytes := 0, 0
	return func(h *zip.FileHeader) error {
		members++
		bytes += len(h.Name) + len(h.Extra) + len(h.Comment)
		if members > w.Limits.Members || bytes > directoryBytes {
			return &breach{w.Limits.tooManyMembers()}
		}
		return w.ctx.Err()
	}
}

func (w *walker) zipMember(file *zip.File) member {
	m := w.newMember(file.Name, int64(min(file.UncompressedSize64, math.MaxInt64)), file.Modified)
	packed := int64(min(file.CompressedSize64, math.MaxInt64))
	switch {
	case m.issue != nil || m.folder:
	case file.Flags&encrypted != 0:
		m.issue = &snapshots.Issue{Kind: "encrypted", Reason: "the file is encrypted", Remedy: "pack it without a password"}
	case m.size > w.Limits.mostFrom(packed):
		m.issue = w.Limits.bomb()
	default:
		m.issue = irregular(file.Mode())
	}
	m.open = func() (io.ReadCloser, error) {
		from, err := file.Open()
		if err != nil {
			return nil, err
		}
		return w.guard(from, &packed), nil
	}
	return m
}
