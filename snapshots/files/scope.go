package files

import "iamcensus/snapshots"

// scope is a folder of the walk, on disk or in an archive, and the attribution of
// the files in it. Manifests take precedence over folder names, both over the
// fallback, and in each the nearest folder counts.
type scope struct {
	depth       int         // folders below the root of the walk
	folders     folderNames // from the root down to this folder
	manifests   Attribution // merged from the root down to this folder
	fallback    Attribution // of Options, and the date in the path of the root or archive
	attribution Attribution // all of these merged
	changed     int64       // FolderChangedAt of the files in it
	files       int         // FolderFiles
}

// enter is the scope of a folder in s.
func (s scope) enter(folder string) scope {
	s.depth++
	s.folders = s.folders.enter(folder)
	return s.merged()
}

// withManifest is s with the manifest in its folder.
func (s scope) withManifest(manifest Attribution) scope {
	s.manifests = manifest.or(s.manifests)
	return s.merged()
}

// withDate is s with the time of files that neither a folder, a manifest nor their
// own name dates.
func (s scope) withDate(at snapshots.Time) scope {
	if at.Known() {
		s.fallback.CapturedAt, s.fallback.CapturedAtSource = at, "path"
	}
	return s.merged()
}

func (s scope) merged() scope {
	s.attribution = s.manifests.or(s.folders.attribution()).or(s.fallback)
	return s
}

// of is the attribution of a file in the folder. A date in the file's name counts
// if no manifest and no folder has one.
func (s *scope) of(name string) Attribution {
	attribution := s.attribution
	if !s.manifests.CapturedAt.Known() && !s.folders.capturedAt.Known() {
		if at := snapshots.DateIn(name); at.Known() {
			attribution.CapturedAt, attribution.CapturedAtSource = at, "path"
		}
	}
	return attribution
}
