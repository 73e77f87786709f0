package main

import "path/filepath"

// command is a run of the program.
type command struct {
	name string
	args []string
}

// commands load an input and read the database. A hostile database is read in
// more ways, and then the harmless file is loaded into it.
func (h *harness) commands(in input) []command {
	db := filepath.Join(h.folder(in), database)
	files := filepath.Join(h.folder(in), data)
	if in.sql != "" {
		files = filepath.Join(h.folder(harmless), data)
	}
	all := []command{
		{"inspect", []string{"inspect", files}},
		{"ingest", append([]string{"ingest", files, "--db", db}, in.flags...)},
		{"report", []string{"report", "--db", db}},
		{"explain", []string{"explain", "mfa", goodAccount, "--db", db}},
		{"json", []string{"report", "--db", db, "--format", "json"}},
		{"population", []string{"population", "--db", db}},
	}
	switch {
	case in.reference:
		return all
	case in.sql != "":
		return append(all[2:], all[1])
	}
	return all[:4]
}

// exits are the exit codes of a command that are no failure. Hostile files are
// issues, and the rest of the load and its report succeed.
func (c command) exits(in input) []int {
	switch {
	case in.sql != "":
		return []int{0, 2, 4}
	case c.name == "population":
		return []int{0, 2} // the harmless file is too small to publish
	}
	return []int{0}
}
