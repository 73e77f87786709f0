// Package snapshots says what an input looks like: which files hold the IAM
// users of an account, and what each cell in them means. It knows no database.
//
// Walk goes through a folder in sorted order and hands over each file with
// its Hint: what the manifests and the folders above it say about
// organization, account and time. Recognize asks the list of Formats, by
// content and never by name, and the first that matches reads the file: it
// gives Parts, each some users of one account at one time, and Issues, each
// something that could not be taken as it stood.
//
// The vocabulary:
//
//   - A Snapshot is one account at one time. A file holds one, as a credential
//     report does, or several.
//   - A Time is a moment to the second, or the Word that stood in its place.
//     A password never used (NoInformation) is not a password that does not
//     exist (NotApplicable), and neither is a cell nobody can read (Unknown).
//   - A Flag is Yes, No or Unknown. Unknown is not No.
//   - An Issue names line and column, what is wrong and what to do next, and
//     how many rows are not loaded for it. Rows read are rows in Parts plus
//     rows refused in Issues, for every file.
//
// Strings in records share the memory of the file they were read from, which
// File.Release gives back.
package snapshots
