package files

import (
	"strings"
	"time"

	"iamcensus/snapshots"
)

// folderNames reads <date>/<organization>/<account>/ from the folders of a path,
// entered one by one; each level is optional. A date is a name or three: 2021/01/24.
// Of the other names, one with twelve digits is the account, and the folder above
// it the organization. Without such a name, position counts: the last two are
// organization and account, and a single one is the organization. An archive is a
// folder that is never an account by position. Regions, months and years are looked
// through, and of Hive's key=value the value counts. Directly below a date may be a folder
// of the time: 2021-01-24/09-38-09.
type folderNames struct {
	date                  snapshots.Date // of the last name that is a date
	mentioned             snapshots.Date // in the last name that has one beside other text
	calendar              calendarFolders
	isBelowDate           bool   // the last name is a date
	parent, last          string // of the names above
	lastIsArchive         bool
	organization, account string // the name above the last one with twelve digits, and these
	isStated              bool   // that name is a folder's
}

// enter is n in a folder.
func (n folderNames) enter(folder string) folderNames { return n.enterName(folder, false) }

// enterArchive is n in an archive, by its file name.
func (n folderNames) enterArchive(name string) folderNames {
	return n.enterName(archiveBase(name), true)
}

func (n folderNames) enterName(name string, isArchive bool) folderNames {
	key, value, isPair := strings.Cut(name, "=")
	if !isPair {
		key, value = "", name
	}
	if value == "" || value == "." || value == ".." || isNeither(value) {
		return n
	}
	if calendar, date, ok := n.calendar.enter(key, value); ok {
		n.calendar = calendar
		return n.dated(date)
	}
	if date := n.withTime(value); date.At.Known() {
		return n.dated(date)
	}
	n.calendar, n.isBelowDate = calendarFolders{}, false
	if strings.Contains(strings.ToLower(key), "account") {
		value, _ = snapshots.CleanAccountID(value)
	}
	if snapshots.IsAccountID(value) {
		return n.named(value, isArchive)
	}
	rest, date := withoutDate(value)
	if rest == "" {
		return n.dated(date)
	}
	return n.mention(date).named(rest, isArchive)
}

// dated is n in a folder whose whole name is a date; an unknown one changes nothing.
func (n folderNames) dated(date snapshots.Date) folderNames {
	if date.At.Known() {
		n.date, n.isBelowDate = date, true
	}
	return n
}

// withTime is the date of the folder above with the time that a name is; unknown if it is
// none.
func (n folderNames) withTime(name string) snapshots.Date {
	if !n.isBelowDate || !n.date.IsDate || !clockPattern.MatchString(name) {
		return snapshots.Date{}
	}
	date, _ := snapshots.ParseCapturedAt(n.date.At.String()[:len(time.DateOnly)] + "T" + name)
	return date
}

// mention is n in a folder with a date in its name.
func (n folderNames) mention(date snapshots.Date) folderNames {
	switch {
	case refines(n.date, date):
		n.date = date
	case date.At.Known():
		n.mentioned = date
	}
	return n
}

// named is n in a folder whose name is more than a date.
func (n folderNames) named(name string, isArchive bool) folderNames {
	account := accountIn(name)
	if account != "" {
		if rest := strings.Trim(strings.Replace(name, account, "", 1), "-_. "); isArchive && rest != "" && rest != name {
			n.parent, n.last, n.lastIsArchive = n.last, rest, true
		}
		n.organization, n.account, n.isStated = n.last, account, !n.lastIsArchive
	}
	n.parent, n.last, n.lastIsArchive = n.last, name, isArchive
	return n
}

// stated is what the names say for certain.
func (n folderNames) stated() Attribution {
	a := Attribution{Account: n.account}.dated(n.date, FromPath)
	if n.account != "" {
		a.AccountSource = FromPath
	}
	if n.isStated && n.organization != "" {
		a.Organization, a.OrganizationSource = n.organization, FromPath
	}
	return a
}

// guessed is what the positions of the names suggest.
func (n folderNames) guessed() Attribution {
	a := Attribution{OrganizationSource: FromPosition, AccountSource: FromPosition}
	switch {
	case n.account != "":
		a.Organization = n.organization
	case n.lastIsArchive || n.parent == "":
		a.Organization = n.last
	default:
		a.Organization, a.Account = n.parent, n.last
	}
	if a.Organization == "" {
		a.OrganizationSource = ""
	}
	if a.Account == "" {
		a.AccountSource = ""
	}
	return a
}

// foldersOf enters all folders of a path to the root of a walk. Of these, a date
// counts, and twelve digits that are a whole name.
func foldersOf(path string) (n folderNames) {
	for folder := range strings.SplitSeq(path, "/") {
		if accountIn(folder) == "" || snapshots.IsAccountID(folder) {
			n = n.enter(folder)
		}
	}
	n.parent, n.last, n.organization = "", "", ""
	return n
}

// maxRefinement is how far a time of day may be from the date that it refines: the
// date may be of another time zone, or of the day of the download.
const maxRefinement = 2 * 86400 // seconds

// refines reports whether a time is a better one than a date above it.
func refines(date, at snapshots.Date) bool {
	distance := at.At.Unix - date.At.Unix
	return date.IsDate && at.At.Known() && !at.IsDate && -maxRefinement <= distance && distance <= maxRefinement
}
