// Package files walks folders and archives of snapshots, and attributes each file
// to an organization, an account and a time. It does not interpret the content of
// files other than manifests.
//
// Walk visits every file below a root in the order of the names, in batches
// (walk.go, folder.go). A file is examined by its first bytes: gzip and zstd are
// decompressed (unpack.go), and tar and zip are walked like folders (archive.go,
// tar.go, zip.go, member.go), at any nesting that the limits allow. What can be
// read only once, such as standard input, is copied to a temporary file if it is an
// archive (spool.go).
//
// Input may be hostile. Limits bound what it can cost in memory, disk space and
// time (limits.go, usage.go, large.go); everything on disk is opened by the descriptor of
// its folder, so that no link is followed, whenever it is put there (disk_linux.go); and
// names that lead out of an archive are refused. A file that is not read is visited with an Issue (issues.go), and
// the walk continues.
//
// The Attribution of a file comes from, in this order: the manifest.json of its
// folder or of the nearest one above, key by key (manifest.go); the names of its
// folders, <date>/<organization>/<account>/ (folder_names.go); a date in its own
// name, in that of its archive or in the path of the root; and Options.Fallback.
// scope.go merges them folder by folder.
//
// A caller that keeps a ledger of files can have unchanged ones skipped: a file by
// size and time of change (Options.Unchanged), a whole folder by its change time
// (Options.PreviousFolder, tree.go). The latter needs Linux and a local file system.
//
// Four files make walks of many small files faster. Each says what it saves:
// ahead.go, buffers.go, disk_linux.go and list_linux.go. Other systems use
// disk_portable.go, as does Linux with the build tag portable.
package files
