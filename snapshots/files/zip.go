package files

import (
	"iamcensus/snapshots"
	"io"
	"iter"
	"math"

	"github.com/klauspost/compress/zip"
)

// encryptedFlag is the bit of a member's flags (APPNOTE 4.4.4).
const encryptedFlag = 1

// zipMembers lists a zip in sorted order.
func (w *walker) zipMembers(content *io.SectionReader) iter.Seq2[member, error] {
	reader, err := zip.NewReaderWithOptions(content, content.Size(), zip.ReaderOptions{NameDecoder: w.limitDirectory()})
	if err != nil {
		return sorted(nil, err)
	}
	if overlaps(reader.File, content.Size()) {
		return sorted(nil, &limitError{overlappingMembers()})
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
	members, bytes := 0, int64(0)
	return func(h *zip.FileHeader) error {
		members++
		bytes += int64(len(h.Name) + len(h.Extra) + len(h.Comment))
		switch {
		case members > w.Limits.Members:
			return &limitError{w.Limits.tooManyMembers()}
		case bytes > w.Limits.textBytes():
			return &limitError{w.Limits.tooMuchText("names and comments")}
		}
		return w.ctx.Err()
	}
}

// Sizes of a member's headers without names, and of what ends a zip (APPNOTE 4.3).
const (
	localHeaderBytes   = 30
	centralHeaderBytes = 46
	directoryEndBytes  = 22
)

// overlaps reports whether members share bytes: together, they need more than the zip
// has. So what is unpacked is never more than the zip once.
func overlaps(members []*zip.File, size int64) bool {
	left := uint64(max(size-directoryEndBytes, 0))
	for _, m := range members {
		headers := uint64(localHeaderBytes + centralHeaderBytes + 2*len(m.Name) + len(m.Extra) + len(m.Comment))
		if m.CompressedSize64 > left || headers > left-m.CompressedSize64 {
			return true
		}
		left -= m.CompressedSize64 + headers
	}
	return false
}

func overlappingMembers() *snapshots.Issue {
	return &snapshots.Issue{
		Kind: "overlapping_members", Reason: "members of the archive share bytes, or claim more than it has; none is read",
		Remedy: "create the archive again with another program",
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
