package files

import (
	"fmt"
	"iamcensus/snapshots"
	"io"
	"iter"
	"path"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// member is one entry of an archive, before it is read.
type member struct {
	name     string // below the archive, with / between folders
	size     int64  // unpacked, as its header says
	modified time.Time
	folder   bool
	issue    *snapshots.Issue // why it is not to be opened
	open     func() (io.ReadCloser, error)
}

// newMember is a member by its header. A name that is not to be used is only
// for showing.
func (w *walker) newMember(name string, size int64, modified time.Time) member {
	m := member{size: size, modified: plausible(modified), folder: strings.HasSuffix(name, "/")}
	if n := len(name); n > w.Limits.PathBytes {
		m.issue = w.Limits.pathTooLong(n)
		name = strings.ToValidUTF8(strings.Clone(name[:w.Limits.PathBytes]), "") + "..."
	} else if reason := misnamed(name); reason != "" {
		m.issue = &snapshots.Issue{
			Kind: "unsafe_path", Reason: "the name of this member " + reason,
			Remedy: "pack it anew, with names below the folder that is packed and / between folders",
		}
	} else {
		name = path.Clean(name)
	}
	m.name = valid(name)
	return m
}

// misnamed says why a name is none below the archive.
func misnamed(name string) string {
	switch {
	case name == "":
		return "is empty"
	case strings.ContainsRune(name, 0):
		return "holds a NUL byte"
	case strings.Contains(name, `\`):
		return `holds a backslash`
	case strings.HasPrefix(name, "/"):
		return "is absolute"
	case len(name) > 1 && name[1] == ':' && ('a' <= name[0]|0x20 && name[0]|0x20 <= 'z'):
		return "names a drive"
	case slices.Contains(strings.Split(name, "/"), ".."):
		return "leads out of the archive"
	}
	return ""
}

// sorted gives members in the order in which the walk of a folder finds them,
// and then err, if there is one.
func sorted(members []member, err error) iter.Seq2[member, error] {
	slices.SortStableFunc(members, func(a, b member) int { return inOrder(a.name, b.name) })
	return func(yield func(member, error) bool) {
		for _, m := range members {
			if !yield(m, nil) {
				return
			}
		}
		if err != nil {
			yield(member{}, err)
		}
	}
}

// inOrder compares paths folder by folder, and each folder's manifest first.
func inOrder(a, b string) int {
	for {
		x, afterX, moreX := strings.Cut(a, "/")
		y, afterY, moreY := strings.Cut(b, "/")
		switch {
		case x == y && moreX && moreY:
			a, b = afterX, afterY
			continue
		case x == y:
			return len(afterX) - len(afterY)
		case x == ManifestName && !moreX:
			return -1
		case y == ManifestName && !moreY:
			return 1
		}
		return strings.Compare(x, y)
	}
}

// valid gives a name as UTF-8. A byte that is not stands as \xff would in a
// string of Go, and so does NUL.
func valid(name string) string {
	if utf8.ValidString(name) && strings.IndexByte(name, 0) < 0 {
		return name
	}
	var b strings.Builder
	for i, r := range name {
		_, size := utf8.DecodeRuneInString(name[i:])
		if r == 0 || r == utf8.RuneError && size == 1 {
			fmt.Fprintf(&b, `\x%02x`, name[i])
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// plausible gives a time in UTC, and none for one that no file has.
func plausible(t time.Time) time.Time {
	if t.Unix() < 0 || t.Year() > 9999 {
		return time.Time{}
	}
	return t.UTC()
}
