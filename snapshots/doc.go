// Package snapshots defines the records that iamcensus reads from its input: IAM
// users with their credentials, and documents about accounts and AWS Organizations.
// It does no I/O and knows no database.
//
//   - A snapshot is one account at one time. A file has one, as a credential report
//     does, or several.
//   - A UserBatch is some users of one snapshot; a Document is anything else that
//     AWS reports of an account, a Region or an AWS Organization.
//   - A Time is a time to the second, or the MissingReason in its place. A password
//     that was never used (NoInformation) differs from one that does not exist
//     (NotApplicable), and both from a cell that cannot be read (NotGiven).
//   - A Flag is Yes, No or Unknown. Unknown is not No.
//   - An Issue is something that was not read as it stands: where, what is wrong,
//     what to do, and how many rows were refused for it. In every file, the rows of
//     batches and documents plus the rows refused are the rows of the file.
//
// Subpackages: files walks folders and archives, formats reads files, and synth
// generates synthetic snapshots.
//
// Strings in records may share the memory of the file they were read from, which
// files.File.Release returns to a pool. UserBatch.Release must precede it.
package snapshots
