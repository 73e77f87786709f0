// Package ledger remembers which files were read, so that a later load reads
// only what is new.
//
// The ledger is in the database: source_file has a row for each file that was
// read (size, time of change, checksum, outcome), ingest_run a row for each
// load. Open reads the files; after that, the cheapest answer comes first:
//
//   - Skip: nothing below the paths has changed since a previous run with the
//     same request. Then there is nothing to walk.
//   - Walk: a folder that has not changed is not listed again, and a file that
//     has not changed is not opened.
//   - Lookup: what the ledger holds of one file of the walk. A file with a new
//     time of change is read and compared by checksum.
//
// A file that was loaded is unchanged as long as its bytes are the same. A file
// that was refused is read again as soon as its outcome could differ: with
// another attribution, other limits, or another version of iamcensus. So is an
// archive, of which a member may have been refused. A request hash, an
// attribution hash and a refusal hash keep what these decisions depend on.
//
// After a walk, Obsolete lists the files that are gone or have other bytes: their
// issues end, and what was loaded from them stays. A file that was refused or left out
// because of another one is read again when the other has changed, and one with a time
// that lay ahead when that has come.
//
// A member of an archive, and standard input, is always compared by checksum.
// Times of folders are relied on only where they prove something: see
// docs/decisions/0012 and 0015.
package ledger
