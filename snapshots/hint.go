package snapshots

import (
	"regexp"
	"strings"
	"time"
)

// Hint is what manifests, folders and flags say about a file, before anybody
// looks into it. A report's own GeneratedTime goes before CapturedAt.
type Hint struct {
	Organization     string
	Account          string
	CapturedAt       Time
	CapturedAtSource string // manifest, path or flag; "" with an unknown time
	Standalone       Flag   // the account belongs to no AWS Organization
	AccountsExpected int    // of the organization; 0 = nobody says
	Source           string // where the data come from, as a manifest says in free text
}

// Unnamed is the organization of files that nothing assigns to one.
const Unnamed = "unnamed"

var (
	accountPattern = regexp.MustCompile(`^[0-9]{12}$`)
	// 2021-01-24, 20210124T000000Z, 2021-01-24T00:00:00Z
	datePattern = regexp.MustCompile(`(?:^|[^0-9])([0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)?|[0-9]{8}T[0-9]{6}Z)(?:$|[^0-9])`)
	dateLayouts = []string{time.DateOnly, time.RFC3339, "20060102T150405Z"}
)

// pathHint reads <date>/<organization>/<account>/ from the folders of a path,
// each level optional. A folder that is a date as a whole is the date; else a
// date within the file's name is. Of the other folders, one of twelve digits
// is the account and the one above it the organization; without such, the
// last two are organization and account, and a single one is the
// organization. Hive's key=value folders count by their value.
func pathHint(path string) Hint {
	folders := strings.Split(path, "/")
	name := folders[len(folders)-1]
	folders = folders[:len(folders)-1]

	hint := Hint{}
	var named []string
	for _, folder := range folders {
		if _, value, ok := strings.Cut(folder, "="); ok {
			folder = value
		}
		if at := dateIn(folder); at.Known() && len(folder) == len(datePattern.FindStringSubmatch(folder)[1]) {
			hint.CapturedAt = at
		} else if folder != "" && folder != "." && folder != ".." {
			named = append(named, folder)
		}
	}
	if at := dateIn(name); !hint.CapturedAt.Known() && at.Known() {
		hint.CapturedAt = at
	}
	if hint.CapturedAt.Known() {
		hint.CapturedAtSource = "path"
	}
	hint.Organization, hint.Account = organizationAndAccount(named)
	return hint
}

func organizationAndAccount(folders []string) (organization, account string) {
	for i := len(folders) - 1; i >= 0; i-- {
		if !accountPattern.MatchString(folders[i]) {
			continue
		}
		if i > 0 {
			organization = folders[i-1]
		}
		return organization, folders[i]
	}
	switch n := len(folders); n {
	case 0:
		return "", ""
	case 1:
		return folders[0], ""
	default:
		return folders[n-2], folders[n-1]
	}
}

// dateIn finds a date in the name of a folder or file.
func dateIn(name string) Time {
	found := datePattern.FindStringSubmatch(name)
	if found == nil {
		return Time{}
	}
	for _, layout := range dateLayouts {
		if t, err := time.Parse(layout, found[1]); err == nil {
			return TimeAt(t)
		}
	}
	return Time{}
}

// under gives h where it speaks, and else what above says.
func (h Hint) under(above Hint) Hint {
	if h.Organization == "" {
		h.Organization = above.Organization
	}
	if h.Account == "" {
		h.Account = above.Account
	}
	if !h.CapturedAt.Known() {
		h.CapturedAt, h.CapturedAtSource = above.CapturedAt, above.CapturedAtSource
	}
	if h.Standalone == Maybe {
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
