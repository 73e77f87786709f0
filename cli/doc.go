// Package cli is the command line.
//
// A command is one file with its flags and what it runs, and one line in
// newRoot. The commands share
//
//	load.go       flags of loading; files into a database
//	source.go     which census a command reads: a database file, or folders that are loaded into memory
//	figures.go    flags of the figures; views, data tests and the report of a database
//	output.go     --format and -o
//	file.go       files that are written completely or not at all
//	temporary.go  files before they are complete
//	database.go   creating and opening a database
//	config.go     flags from a file and from the environment
//	interrupt.go  signals
//	exit.go       exit codes
//	remedy.go     what to do about failures of the system
//	complete.go   shell completion of values
//	help.go       the layout of --help
//	terminal.go   stdout, and text of others on stderr; what a command is doing
//	progress/     the line that shows progress
//
// Data goes to stdout, all else to stderr. The stages (ingest, engine, report,
// population) know nothing of flags, terminals or exit codes.
package cli
