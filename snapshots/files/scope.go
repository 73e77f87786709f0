package files

import "iamcensus/snapshots"

// scope is a folder of the walk, on disk or in an archive, and the attribution of
// the files in it. Manifests take precedence over the layout, that over what folder
// names state, that over the fallback, and that over guesses by position. In each
// the nearest folder counts.
type scope struct {
	depth       int         // folders below the root of the walk
	folders     folderNames // from the root down to this folder
	layout      layoutMatch // of the same folders
	manifests   Attribution // merged from the root down to this folder
	fallback    Attribution // of Options
	overruling  string      // organization of all files, whatever else states one; "" = none
	attribution Attribution // all of these merged
	isLitter    bool        // so is everything in it
	changed     int64       // FolderChangedAt of the files in it
	files       int         // FolderFiles
}

// enter is the scope of a folder in s.
func (s scope) enter(folder string) scope {
	s.depth++
	s.folders, s.layout = s.folders.enter(folder), s.layout.enter(folder)
	s.isLitter = s.isLitter || isLitterFolder(folder)
	return s.merged()
}

// enterArchive is the scope of the members of an archive in s. Standard input has
// no name.
func (s scope) enterArchive(name string) scope {
	if name == Stdin {
		return s
	}
	s.folders, s.layout = s.folders.enterArchive(name), s.layout.enterArchive(name)
	return s.merged()
}

// withManifest is s with the manifest in its folder.
func (s scope) withManifest(manifest Attribution) scope {
	s.manifests = manifest.or(s.manifests)
	return s.merged()
}

func (s scope) merged() scope {
	s.attribution = s.certain().or(Attribution{}.dated(s.folders.mentioned, FromPath)).or(s.fallback).or(s.folders.guessed())
	s.attribution.OtherAccount = other(s.attribution.Account, s.folders.account)
	if s.overruling != "" {
		s.attribution.Organization, s.attribution.OrganizationSource = s.overruling, FromOverrulingFlag
	}
	return s
}

// certain is what a date in the name of a file does not change.
func (s *scope) certain() Attribution {
	return s.manifests.or(s.layout.attribution).or(s.folders.stated())
}

// of is the attribution of a file in the folder. The name of the file is nearer
// than the folders, but a folder whose whole name is a date precedes a date in it.
func (s *scope) of(name string) Attribution {
	in := s
	if len(s.layout.rest) > 0 && s.layout.rest[0].isFile {
		file := *s
		file.layout = s.layout.enterFile(name)
		file = file.merged()
		in = &file
	}
	a := in.attribution
	if date, ok := snapshots.FindDate(name); ok && in.isDatedBy(date) {
		a = a.dated(date, FromPath)
	}
	return a.inFile(accountIn(name))
}

// isDatedBy reports whether a date in the name of a file counts.
func (s *scope) isDatedBy(date snapshots.Date) bool {
	known := s.certain()
	return !known.CapturedAt.Known() ||
		known.CapturedAtSource == FromPath && refines(s.folders.date, date)
}

// inFile is a for a file with twelve digits in its name.
func (a Attribution) inFile(account string) Attribution {
	if account == "" || a.Account == account {
		return a
	}
	if a.AccountSource == FromManifest || a.AccountSource == FromLayout {
		a.OtherAccount = other(a.Account, account)
		return a
	}
	if a.AccountSource == FromPath {
		a.OtherAccount = a.Account
	}
	a.Account, a.AccountSource = account, FromPath
	return a
}

// other is an account of twelve digits that contradicts the one that counts; "" if
// it does not, as where that is a pseudonym.
func other(counts, account string) string {
	if account == counts || !snapshots.IsAccountID(counts) {
		return ""
	}
	return account
}
