package files

import (
	"bytes"
	"fmt"
	"iamcensus/snapshots"
	"math"
)

// Limits bound what a hostile input can cost. Each has a flag, which the Issue of
// input beyond the limit names.
type Limits struct {
	FileBytes    int64 // maximum size of a file or member, unpacked
	ArchiveBytes int64 // maximum of bytes unpacked from one archive, nested ones included; also from stdin
	Ratio        int64 // maximum of unpacked bytes per compressed byte, beyond the first 64 KiB; of an archive, nested ones included
	Members      int   // maximum in one archive, folders and the members of nested ones included
	PathBytes    int   // maximum length of a path below the root or archive
	Depth        int   // maximum depth of folders below the root, those in archives included
	Nesting      int   // maximum depth of archives: 2 opens an archive in an archive
	JSONDepth    int   // maximum depth of JSON objects and lists
	Table        snapshots.TableLimits
}

// DefaultLimits leave room for everything that AWS can write. A credential report of
// 5,000 users, the quota of an account, has 1.2 MB and compresses to a tenth, far
// from a ratio of 200; an archive may hold seventy million users. The highest ratio
// of DEFLATE is 1,032.
var DefaultLimits = Limits{
	FileBytes:    snapshots.DefaultTableLimits.FileBytes,
	ArchiveBytes: 16 << 30,
	Ratio:        snapshots.DefaultTableLimits.Ratio,
	Members:      300_000,
	PathBytes:    1024,
	Depth:        16,
	Nesting:      2,
	JSONDepth:    64,
	Table:        snapshots.DefaultTableLimits,
}

// Content are the limits of the content of one file.
func (l Limits) Content() snapshots.TableLimits {
	content := l.Table
	content.FileBytes, content.Ratio = l.FileBytes, l.Ratio
	return content
}

// ratioFreeBytes may be unpacked at any ratio: so few do no harm.
const ratioFreeBytes = 64 << 10

// textBytes is the maximum of bytes in all names of one archive, and in all its manifests:
// the walk has them in memory.
func (l *Limits) textBytes() int64 { return 1<<20 + 256*int64(l.Members) }

// maxUnpacked is how many bytes may be unpacked from a number of compressed bytes.
func (l *Limits) maxUnpacked(compressed int64) int64 {
	if compressed > math.MaxInt64/max(l.Ratio, 1) {
		return math.MaxInt64
	}
	return max(compressed*l.Ratio, ratioFreeBytes)
}

// limitError carries an Issue through an io.Reader.
type limitError struct{ issue *snapshots.Issue }

func (e *limitError) Error() string { return e.issue.Reason }

func (l *Limits) fileTooLarge() *snapshots.Issue {
	return &snapshots.Issue{
		Kind: "file_too_large", Reason: fmt.Sprintf("the unpacked file exceeds the maximum of %d bytes", l.FileBytes),
		Remedy: "if this file is legitimate, raise --max-file-size",
	}
}

func (l *Limits) archiveTooLarge() *snapshots.Issue {
	return &snapshots.Issue{
		Kind: "archive_too_large", Reason: fmt.Sprintf("the archive unpacks to more than the maximum of %d bytes; the rest is not read", l.ArchiveBytes),
		Remedy: "if this archive is legitimate, raise --max-archive-size",
	}
}

func (l *Limits) ratioTooHigh() *snapshots.Issue {
	return &snapshots.Issue{
		Kind: "expansion", Reason: fmt.Sprintf("the file unpacks to more than %d times its compressed size", l.Ratio),
		Remedy: "if this file is legitimate, raise --max-ratio",
	}
}

func (l *Limits) tooManyMembers() *snapshots.Issue {
	return &snapshots.Issue{
		Kind: "too_many_members", Reason: fmt.Sprintf("the archive has more than the maximum of %d members; the rest is not read", l.Members),
		Remedy: "split the archive, or raise --max-members",
	}
}

func (l *Limits) tooMuchText(what string) *snapshots.Issue {
	return &snapshots.Issue{
		Kind: "too_many_members", Reason: fmt.Sprintf("the %s in the archive have more than the maximum of %d bytes", what, l.textBytes()),
		Remedy: "split the archive, or raise --max-members",
	}
}

func (l *Limits) pathTooLong(n int) *snapshots.Issue {
	return &snapshots.Issue{
		Kind: "path_too_long", Reason: fmt.Sprintf("the path has %d bytes, more than the maximum of %d", n, l.PathBytes),
		Remedy: "shorten the names of its folders, or raise --max-path-length",
	}
}

func (l *Limits) tooDeep() *snapshots.Issue {
	return &snapshots.Issue{
		Kind: "too_deep", Reason: fmt.Sprintf("the path is more than %d folders deep", l.Depth),
		Remedy: "ingest a folder further down, or raise --max-depth",
	}
}

func (l *Limits) nestedTooDeep() *snapshots.Issue {
	return &snapshots.Issue{
		Kind: "nested", Reason: fmt.Sprintf("archives are nested more than %d deep", l.Nesting),
		Remedy: "unpack the outer archives, or raise --max-nesting",
	}
}

// jsonTooDeep is the issue of JSON that is nested too deeply, nil for any other
// content. JSON of AWS has a depth of six.
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
					Kind: "too_nested", Reason: fmt.Sprintf("the JSON is nested more than %d levels deep", l.JSONDepth),
					Remedy: "if this file is legitimate, raise --max-json-depth",
				}
			}
		case c == '}' || c == ']':
			depth--
		}
	}
	return nil
}
