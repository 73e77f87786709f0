package files

import (
	"iamcensus/snapshots"
	"strings"
)

// Hint is what manifests, folders and flags say about a file, before anybody
// looks into it. A report's own GeneratedTime goes before CapturedAt.
type Attribution struct {
	Organization     string
	Account          string
	CapturedAt       snapshots.Time
	CapturedAtSource string         // manifest, path or flag; "" with an unknown time
	Standalone       snapshots.Flag // the account belongs to no AWS Organization
	AccountsExpected int            // of the organization; 0 = nobody says
	Source           string         // where the data come from, as a manifest says in free text
}

// Unnamed is the organization of files that nothing assigns to one.
const Unnamed = "unnamed"

// under gives h where it speaks, and else what above says.
func (h Attribution) under(above Attribution) Attribution {
	if h.Organization == "" {
		h.Organization = above.Organization
	}
	if h.Account == "" {
		h.Account = above.Account
	}
	if !h.CapturedAt.Known() {
		h.CapturedAt, h.CapturedAtSource = above.CapturedAt, above.CapturedAtSource
	}
	if h.Standalone == snapshots.Unknown {
		h.Standalone = above.Standalone
	}
	if h.AccountsExpected == 0 {
		h.AccountsExpected = above.AccountsExpected
	}
	if h.Source == "" {
		h.Source = above.Source
	}
	return h
}

// place is a folder of the walk, on disk or in an archive, and what is known
// of every file in it.
type place struct {
	depth     int         // folders below the one that was named
	trail     trail       // what the folders down to here say
	manifests Attribution // what the manifests down to here say, key by key the nearest
	otherwise Attribution // what holds where neither of them speaks
	hint      Attribution // all of it together
	changed   int64       // FolderChangedAt of the files in it
	files     int         // FolderFiles
}

// enter is the place of a folder in p.
func (p place) enter(folder string) place {
	p.depth++
	p.trail = p.trail.enter(folder)
	return p.settled()
}

// with is p with a manifest.
func (p place) with(manifest Attribution) place {
	p.manifests = manifest.under(p.manifests)
	return p.settled()
}

// since is p with a time for what no folder, manifest or name of a file dates.
func (p place) since(at snapshots.Time) place {
	if at.Known() {
		p.otherwise.CapturedAt, p.otherwise.CapturedAtSource = at, "path"
	}
	return p.settled()
}

func (p place) settled() place {
	p.hint = p.manifests.under(p.trail.hint()).under(p.otherwise)
	return p
}

// of is the hint of a file. A date in its name counts if no folder and no
// manifest has one.
func (p *place) of(name string) Attribution {
	hint := p.hint
	if !p.manifests.CapturedAt.Known() && !p.trail.capturedAt.Known() {
		if at := snapshots.DateIn(name); at.Known() {
			hint.CapturedAt, hint.CapturedAtSource = at, "path"
		}
	}
	return hint
}

// trail reads <date>/<organization>/<account>/ from folders, one after the
// other, each level optional. A folder that is a date as a whole is the date.
// Of the others, one of twelve digits is the account and the one above it the
// organization; without such, the last two are organization and account, and
// a single one is the organization. Hive's key=value folders count by their
// value.
type trail struct {
	capturedAt            snapshots.Time
	previous, last        string // of the folders that are no date
	organization, account string // the last folder of twelve digits, and the one above it
}

func (t trail) enter(folder string) trail {
	if _, value, ok := strings.Cut(folder, "="); ok {
		folder = value
	}
	if folder == "" || folder == "." || folder == ".." {
		return t
	}
	if at, whole := snapshots.FindDate(folder); whole {
		t.capturedAt = at
		return t
	}
	if snapshots.IsAccountID(folder) {
		t.organization, t.account = t.last, folder
	}
	t.previous, t.last = t.last, folder
	return t
}

func (t trail) hint() Attribution {
	hint := Attribution{Organization: t.organization, Account: t.account, CapturedAt: t.capturedAt}
	switch {
	case t.account != "":
	case t.previous == "":
		hint.Organization = t.last
	default:
		hint.Organization, hint.Account = t.previous, t.last
	}
	if t.capturedAt.Known() {
		hint.CapturedAtSource = "path"
	}
	return hint
}

// follow enters the folders of a path, its last element among them.
func follow(path string) (t trail) {
	for folder := range strings.SplitSeq(path, "/") {
		t = t.enter(folder)
	}
	return t
}
