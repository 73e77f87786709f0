package files

import (
	"iamcensus/snapshots"
	"io"
	"iter"
	"math"

	"github.com/klauspost/compress/zip"
)

// maxDirectoryBytes is the maximum size of a zip's central directory: names, comments
// and extra fields of all members.
const maxDirectoryBytes = 128 << 20

// encryptedFlag is the bit of a member's flags (APPNOTE 4.4.4).
const encryptedFlag = 1

// zipMembers lists a zip in sorted order.
func (w *walker) zipMembers(content *io.SectionReader) iter.Seq2[member, error] {
	reader, err := zip.NewReaderWithOptions(content, content.Size(), zip.ReaderOptions{NameDecoder: w.limitDirectory()})
	if err != nil {
		return sorted(nil, err)
	}
	members := make([]member, len(reader.File))
	for i, file := range reader.File {
		members[i] = w.zipMember(file)
	}
	return sorted(members, nil)
}

// limitDirectory limits the central directory while it is read, member by member.
// The number of members that the zip states proves nothing.
func (w *walker) limitDirectory() func(*zip.FileHeader) error {
	members, bytes := 0, 0
	return func(h *zip.FileHeader) error {
		members++
		bytes += len(h.Name) + len(h.Extra) + len(h.Comment)
		if members > w.Limits.Members || bytes > maxDirectoryBytes {
			return &limitError{w.Limits.tooManyMembers()}
		}
		return w.ctx.Err()
	}
}

func (w *walker) zipMember(file *zip.File) member {
	m := w.newMember(file.Name, int64(min(file.UncompressedSize64, math.MaxInt64)), file.Modified)
	compressed := int64(min(file.CompressedSize64, math.MaxInt64))
	switch {
	case m.issue != nil || m.folder:
	case file.Flags&encryptedFlag != 0:
		m.issue = &snapshots.Issue{Kind: "encrypted", Reason: "the file is encrypted", Remedy: "create the archive again without a password"}
	case m.size > w.Limits.maxUnpacked(compressed):
		m.issue = w.Limits.ratioTooHigh()
	default:
		m.issue = irregular(file.Mode())
	}
	m.open = func() (io.ReadCloser, error) {
		from, err := file.Open()
		if err != nil {
			return nil, err
		}
		return w.limited(from, &compressed), nil
	}
	return m
}
