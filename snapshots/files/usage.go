package files

import "iamcensus/snapshots"

// usage is what the outermost file around the current one has cost so far: an archive
// with all archives in it, or a compressed file.
type usage struct {
	stored    int64 // its size; unknownSize until standard input was read
	unpacked  int64 // bytes
	members   int   // folders included
	headers   int64 // bytes that the members count for the ratio beside their content
	manifests int64 // bytes, and of the names of their folders
}

// addMember counts a member. Reading its header, understanding its name and storing that it
// exists cost as much as reading so many bytes of content.
func (u *usage) addMember(m member) {
	u.members++
	u.headers += 1<<10 + 8*int64(len(m.name))
}

// exceeded is the issue of a file that has cost more than the limits allow; nil if it
// has not.
func (w *walker) exceeded() *snapshots.Issue {
	used, limits := &w.used, &w.Limits
	switch {
	case used.unpacked > limits.ArchiveBytes:
		return limits.archiveTooLarge()
	case used.stored == unknownSize:
		return nil
	case used.unpacked+used.headers > limits.maxUnpacked(used.stored):
		return limits.ratioTooHigh()
	}
	return nil
}
