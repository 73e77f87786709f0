// Package progress shows on stderr what a command is doing.
//
// On a terminal it is one line that is drawn over and over and wiped at the
// end; it uses no escape sequences and no colours. Elsewhere nothing is shown,
// or on demand a line of its own every ten seconds.
//
// A Line shows either a text, such as "building views", or how far a load has
// come. The load reports its Counts; the total, for percent and time left, is
// the size of all files below the paths, added up while the load runs.
package progress
