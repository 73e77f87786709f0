package files

import (
	"bytes"
	"fmt"
	"iamcensus/snapshots"
	"math"
)

// Limits bound what a hostile input can cost. Each has a flag of the same
// meaning, and a breach is an Issue that names it.
type Limits struct {
	FileBytes    int64 // of one file or member of an archive, unpacked
	ArchiveBytes int64 // taken out of one archive in all, with those inside it; also of stdin
	Ratio        int64 // unpacked bytes to one packed byte, beyond the first MiB
	Members      int   // of one archive, its folders counted
	PathBytes    int   // of a path below the folder or archive it was found in
	Depth        int   // of folders below the one that was named, those in archives counted
	Nesting      int   // of archives: 2 opens an archive inside an archive
	RowBytes     int   // of a row of CSV, and so of a cell
	JSONDepth    int   // of objects and lists inside one another
}

// DefaultLimits hold what AWS can write and people pack: a credential report
// of 5,000 users has 1.2 MB and packs to a tenth, so an archive may hold
// seventy million users, and no report comes near a ratio of 200. DEFLATE
// ends at 1,032.
var DefaultLimits = Limits{
	FileBytes:    256 << 20,
	ArchiveBytes: 16 << 30,
	Ratio:        200,
	Members:      300_000,
	PathBytes:    1024,
	Depth:        16,
	Nesting:      2,
	RowBytes:     snapshots.DefaultRowBytes,
	JSONDepth:    64,
}

// ratioFrom is where Limits.Ratio begins: less does no harm, however packed.
const ratioFrom = 1 << 20

// mostFrom gives how much may come out of some packed bytes.
func (l *Limits) mostFrom(packed int64) int64 {
	if packed > math.MaxInt64/max(l.Ratio, 1) {
		return math.MaxInt64
	}
	return max(packed*l.Ratio, ratioFrom)
}

// breach is an Issue on its way through readers that know only errors.
type breach struct{ issue *snapshots.Issue }

func (b *breach) Error() string { return b.issue.Reason }

func (l *Limits) fileTooLarge() *snapshots.Issue {
	return &snapshots.Issue{
		Kind: "file_too_large", Reason: fmt.Sprintf("the file has more than the %d bytes allowed, unpacked", l.FileBytes),
		Remedy: "raise --max-file-size if it is what it should be",
	}
}

func (l *Limits) archiveTooLarge() *snapshots.Issue {
	return &snapshots.Issue{
		Kind: "archive_too_large", Reason: fmt.Sprintf("the archive unpacks to more than the %d bytes allowed: the rest is not read", l.ArchiveBytes),
		Remedy: "raise --max-archive-size if it is what it should be",
	}
}

func (l *Limits) bomb() *snapshots.Issue {
	return &snapshots.Issue{
		Kind: "expansion", Reason: fmt.Sprintf("it unpacks to more than %d times its size", l.Ratio),
		Remedy: "raise --max-ratio if it is what it should be",
	}
}

func (l *Limits) tooManyMembers() *snapshots.Issue {
	return &snapshots.Issue{
		Kind: "too_many_members", Reason: fmt.Sprintf("the archive has more than the %d members allowed: the rest is not read", l.Members),
		Remedy: "pack several archives, or raise --max-members",
	}
}

func (l *Limits) pathTooLong(n int) *snapshots.Issue {
	return &snapshots.Issue{
		Kind: "path_too_long", Reason: fmt.Sprintf("the path has %d bytes, more than the %d allowed", n, l.PathBytes),
		Remedy: "shorten its folders, or raise --max-path-length",
	}
}

func (l *Limits) tooDeep() *snapshots.Issue {
	return &snapshots.Issue{
		Kind: "too_deep", Reason: fmt.Sprintf("it lies more than the %d folders deep that are allowed", l.Depth),
		Remedy: "name a folder further down, or raise --max-depth",
	}
}

func (l *Limits) nested() *snapshots.Issue {
	return &snapshots.Issue{
		Kind: "nested", Reason: fmt.Sprintf("it is an archive inside more archives than the %d allowed", l.Nesting),
		Remedy: "unpack the outer ones, or raise --max-nesting",
	}
}

// jsonTooDeep refuses JSON whose objects and lists lie deeper in one another than
// allowed; nil for anything else. What AWS writes is six deep.
func (l *Limits) jsonTooDeep(data []byte) *snapshots.Issue {
	text := bytes.TrimLeft(data, " \t\r\n\ufeff")
	if len(text) == 0 || text[0] != '{' && text[0] != '[' {
		return nil
	}
	depth, quoted := 0, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			if depth++; depth > l.JSONDepth {
				return &snapshots.Issue{
					Kind: "too_nested", Reason: fmt.Sprintf("the JSON is more than %d deep", l.JSONDepth),
					Remedy: "raise --max-json-depth if it is what it should be",
				}
			}
		case c == '}' || c == ']':
			depth--
		}
	}
	return nil
}
