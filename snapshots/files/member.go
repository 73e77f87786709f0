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

// member is an entry of an archive, before it is read.
type member struct {
	name     string // inside the archive, with / between folders
	size     int64  // unpacked, according to its header
	modified time.Time
	folder   bool
	issue    *snapshots.Issue // why it must not be opened; nil if it may
	open     func() (io.ReadCloser, error)
}

// newMember is a member with the facts of its header. An unsafe name is kept for
// messages only.
func (w *walker) newMember(name string, size int64, modified time.Time) member {
	m := member{size: size, modified: validTime(modified), folder: strings.HasSuffix(name, "/")}
	if n := len(name); n > w.Limits.PathBytes {
		m.issue = w.Limits.pathTooLong(n)
		name = strings.ToValidUTF8(strings.Clone(name[:w.Limits.PathBytes]), "") + "..."
	} else if reason := unsafeName(name); reason != "" {
		m.issue = &snapshots.Issue{
			Kind: "unsafe_path", Reason: "the name of this member " + reason,
			Remedy: "create the archive again, with relative names and / between folders",
		}
	} else {
		name = path.Clean(name)
	}
	m.name = UTF8Name(name)
	return m
}

// unsafeName says why a name may lead out of the archive; "" if it cannot.
func unsafeName(name string) string {
	switch {
	case name == "":
		return "is empty"
	case strings.ContainsRune(name, 0):
		return "has a NUL byte"
	case strings.Contains(name, `\`):
		return `has a backslash`
	case strings.HasPrefix(name, "/"):
		return "is absolute"
	case len(name) > 1 && name[1] == ':' && ('a' <= name[0]|0x20 && name[0]|0x20 <= 'z'):
		return "has a drive letter"
	case slices.Contains(strings.Split(name, "/"), ".."):
		return "leads out of the archive"
	case slices.ContainsFunc(strings.Split(name, "/"), func(part string) bool { return len(part) > maxPartBytes }):
		return "has a part longer than 255 bytes"
	}
	return ""
}

// maxPartBytes is the maximum length of the name of a folder or file, as of file systems.
const maxPartBytes = 255

// sorted yields members in the order of a walk through folders, then err unless it
// is nil.
func sorted(members []member, err error) iter.Seq2[member, error] {
	slices.SortStableFunc(members, func(a, b member) int { return comparePaths(a.name, b.name) })
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

// comparePaths compares folder by folder; the manifest of a folder comes first.
func comparePaths(a, b string) int {
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

// UTF8Name is a name on disk as File.Path has it. It writes bytes that are not UTF-8, and NUL, as in a Go string: \xff. So it
// writes a backslash before an x, and one anywhere in a name with any of these: no two
// names look the same.
func UTF8Name(name string) string {
	if utf8.ValidString(name) && strings.IndexByte(name, 0) < 0 && !strings.Contains(name, `\x`) {
		return name
	}
	var b strings.Builder
	for i, r := range name {
		_, size := utf8.DecodeRuneInString(name[i:])
		if r == 0 || r == '\\' || r == utf8.RuneError && size == 1 {
			fmt.Fprintf(&b, `\x%02x`, name[i])
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// validTime gives a time in UTC, and the zero time for one outside 1970 to 9999.
func validTime(t time.Time) time.Time {
	if t.Unix() < 0 || t.Year() > 9999 {
		return time.Time{}
	}
	return t.UTC()
}
