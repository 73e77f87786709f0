package files

import (
	"path"
	"regexp"
	"strings"

	"iamcensus/snapshots"
)

// What the names of folders, archives and files say by themselves.

var (
	monthPattern  = regexp.MustCompile(`^((?:19|20)[0-9]{2})[-_.]?(0[1-9]|1[0-2])$`)
	monthInName   = regexp.MustCompile(`(?:^|[-_. ])((?:19|20)[0-9]{2}[-_.]?(?:0[1-9]|1[0-2])(?:$|[-_. ]))`)
	regionPattern = regexp.MustCompile(`^[a-z]{2,4}(?:-[a-z]{2,5})?-(?:north|south|east|west|central)[a-z]*-[0-9]$`)
	dashedAccount = regexp.MustCompile(`^([0-9]{4})-([0-9]{4})-([0-9]{4})(?:\.[a-z.]+)?$`)
	clockPattern  = regexp.MustCompile(`^[0-9]{2}(?:[-:_.h][0-9]{2}){1,2}Z?$`)
	uuidPattern   = regexp.MustCompile(`[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}`)
	copySuffix    = regexp.MustCompile(` ?\([0-9]+\)$`)
)

// isNeither reports whether a folder is neither an organization nor an account,
// wherever it is: a Region, or the folder in which AWS delivers logs.
func isNeither(folder string) bool {
	return folder == "AWSLogs" || strings.Count(folder, "-") > 1 && regionPattern.MatchString(folder)
}

// accountIn finds twelve digits that stand alone in a name, the last group of a
// UUID excluded; "" if there are none. 1111-2222-3333 alone counts too, with an ending.
func accountIn(name string) string {
	if found := dashedAccount.FindStringSubmatch(name); found != nil {
		return found[1] + found[2] + found[3]
	}
	for begin := 0; begin < len(name); begin++ {
		end := begin
		for end < len(name) && '0' <= name[end] && name[end] <= '9' {
			end++
		}
		if end-begin == 12 && !endsUUID(name[:end]) {
			return name[begin:end]
		}
		begin = end
	}
	return ""
}

func endsUUID(name string) bool {
	const length = 36
	return len(name) >= length && uuidPattern.MatchString(name[len(name)-length:])
}

// archiveSuffixes are endings of archives' names, each removed once.
var archiveSuffixes = []string{".gz", ".zst", ".zip", ".tgz", ".tzst", ".tar"}

// archiveBase is the name of an archive as of a folder: without folders and endings.
func archiveBase(name string) string {
	name = path.Base(name)
	for _, suffix := range archiveSuffixes {
		if n := len(name) - len(suffix); n > 0 && strings.EqualFold(name[n:], suffix) {
			name = name[:n]
		}
	}
	return copySuffix.ReplaceAllString(name, "")
}

// ArchiveOf gives the path of the innermost archive that a path leads into, without
// endings and dates, so that deliveries of several days are one; "" for a file of a
// folder, or of standard input.
func ArchiveOf(name string) string {
	end := strings.LastIndex(name, "!/")
	if end < 0 || name[:end] == Stdin {
		return ""
	}
	var names []string
	var calendar calendarFolders
	for folder := range strings.SplitSeq(name[:end], "/") {
		next, _, isCalendar := calendar.enter("", folder)
		if calendar = next; isCalendar {
			continue
		}
		if folder, _ = withoutDate(archiveBase(strings.TrimSuffix(folder, "!"))); folder != "" {
			names = append(names, folder)
		}
	}
	return strings.Join(names, "/")
}

// withoutDate gives a name without the date or month in it, and the date.
func withoutDate(name string) (string, snapshots.Date) {
	date, ok := snapshots.FindDate(name)
	if ok {
		name = date.Rest
	}
	if len(name) > len("2021-01") {
		if at := monthInName.FindStringSubmatchIndex(name); at != nil {
			name = strings.Trim(name[:at[2]]+name[at[3]:], "-_. ")
		}
	}
	return name, date
}
