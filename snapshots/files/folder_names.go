package files

import (
	"iamcensus/snapshots"
	"strings"
)

// folderNames reads <date>/<organization>/<account>/ from the folders of a path,
// entered one by one; each level is optional. A folder whose whole name is a date
// is the date. Of the others, one of twelve digits is the account and its parent
// the organization. Without such a folder, the last two are organization and
// account, and a single one is the organization. Of Hive's key=value folders the
// value counts.
type folderNames struct {
	capturedAt            snapshots.Time
	parent, last          string // of the folders that are no date
	organization, account string // the parent of the last folder of twelve digits, and that folder
}

func (n folderNames) enter(folder string) folderNames {
	if _, value, ok := strings.Cut(folder, "="); ok {
		folder = value
	}
	if folder == "" || folder == "." || folder == ".." {
		return n
	}
	if at, whole := snapshots.FindDate(folder); whole {
		n.capturedAt = at
		return n
	}
	if snapshots.IsAccountID(folder) {
		n.organization, n.account = n.last, folder
	}
	n.parent, n.last = n.last, folder
	return n
}

func (n folderNames) attribution() Attribution {
	a := Attribution{Organization: n.organization, Account: n.account, CapturedAt: n.capturedAt}
	switch {
	case n.account != "":
	case n.parent == "":
		a.Organization = n.last
	default:
		a.Organization, a.Account = n.parent, n.last
	}
	if n.capturedAt.Known() {
		a.CapturedAtSource = "path"
	}
	return a
}

// foldersOf enters all elements of a path.
func foldersOf(path string) (n folderNames) {
	for folder := range strings.SplitSeq(path, "/") {
		n = n.enter(folder)
	}
	return n
}
