package formats

import (
	"iamcensus/snapshots"
	"regexp"
	"slices"
	"strings"
)

// The grammar of a cell, the same in every reader: a time, a flag or a name, or a word
// of AWS in its place. An empty cell is unknown.

// timeCell reads a time, or the word of AWS in its place. ok is false for any other
// text; the Time is then unknown.
func timeCell(s string) (t snapshots.Time, ok bool) {
	if missing, ok := missingCell(s); ok {
		return snapshots.Time{Missing: missing}, true
	}
	unix, ok := parseTime(s)
	if !ok {
		return snapshots.Time{}, false
	}
	return snapshots.Time{Unix: unix, Missing: snapshots.Present}, true
}

// flagCell reads a flag in one of the usual spellings, or the word of AWS in its place.
// ok is false for any other text.
func flagCell(s string) (f snapshots.Flag, missing snapshots.MissingReason, ok bool) {
	if missing, ok := missingCell(s); ok {
		return snapshots.Unknown, missing, true
	}
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "true", "t", "yes", "y", "1", "1.0":
		return snapshots.Yes, snapshots.NotGiven, true
	case "false", "f", "no", "n", "0", "0.0":
		return snapshots.No, snapshots.NotGiven, true
	}
	return snapshots.Unknown, snapshots.NotGiven, false
}

// missingCell reads a word of AWS, or no value.
func missingCell(s string) (missing snapshots.MissingReason, ok bool) {
	switch s {
	case "N/A":
		return snapshots.NotApplicable, true
	case "no_information":
		return snapshots.NoInformation, true
	case "not_supported":
		return snapshots.NotSupported, true
	}
	return snapshots.Empty, isNull(s)
}

// nulls are what databases and Python write in place of no value. They have this
// meaning for times and flags only: a user can have such a name.
var nulls = []string{"null", "none", "nan", "nat", "<null>", `\n`}

func isNull(s string) bool {
	s = strings.TrimSpace(s)
	return s == "" || len(s) <= len("<null>") && slices.ContainsFunc(nulls, func(null string) bool { return strings.EqualFold(s, null) })
}

// textCell reads a name; N/A means that there is none.
func textCell(s string) string {
	if s == "N/A" {
		return ""
	}
	return s
}

// shown is a cell that cannot be read, for a message: a blank and the cell in quotes if it
// looks like a time or flag, else "". Any other text may be a secret in a wrong column.
func shown(cell string) string {
	if !timeOrFlag.MatchString(cell) {
		return ""
	}
	return " " + snapshots.Quote(cell)
}

var timeOrFlag = regexp.MustCompile(`^(?:[truefalsTRUEFALS]{1,6}|-?[0-9]{1,13}|[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}[-T0-9:.,+ Z]{0,26})$`)

// localFlags are true and false as spreadsheets write them in other languages.
var localFlags = []string{
	"wahr", "falsch", "vrai", "faux", "verdadero", "falso", "verdadeiro", "vero", "waar", "onwaar", "prawda", "fałsz",
	"sant", "falskt", "sand", "falsk", "usann", "sann", "tosi", "epätosi", "pravda", "nepravda", "igaz", "hamis",
	"doğru", "yanlış", "истина", "ложь", "adevărat", "fals", "cert", "αληθές", "ψευδές",
}

// isLocalFlag reports whether a spreadsheet wrote a flag in another language.
func isLocalFlag(s string) bool {
	return slices.Contains(localFlags, strings.ToLower(strings.TrimSpace(s)))
}
