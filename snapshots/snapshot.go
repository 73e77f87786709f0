package snapshots

import "time"

// MissingReason is why a cell holds no time or flag.
type MissingReason uint8

// The missing reasons.
const (
	NotGiven      MissingReason = iota // the column is missing, or the cell cannot be read
	Present                            // the cell holds a time
	Empty                              // an empty cell: unknown
	NotApplicable                      // N/A
	NoInformation                      // no_information: not since AWS records it
	NotSupported                       // not_supported
)

// String gives the word that AWS writes, and "" where it writes none.
func (m MissingReason) String() string {
	switch m {
	case NotApplicable:
		return "N/A"
	case NoInformation:
		return "no_information"
	case NotSupported:
		return "not_supported"
	}
	return ""
}

// Time is a time in UTC to the second, or the reason why there is none.
type Time struct {
	Unix    int64 // seconds since 1970-01-01, if Missing is Present; else 0
	Missing MissingReason
}

// TimeAt is t without the fraction of a second.
func TimeAt(t time.Time) Time { return Time{Unix: t.Unix(), Missing: Present} }

// Known reports whether there is a time.
func (t Time) Known() bool { return t.Missing == Present }

// Never reports whether the source states that there is no such time.
func (t Time) Never() bool { return t.Missing >= NotApplicable }

// String is RFC 3339, or the word of MissingReason.
func (t Time) String() string {
	if t.Known() {
		return time.Unix(t.Unix, 0).UTC().Format(time.RFC3339)
	}
	return t.Missing.String()
}

// Flag is a boolean that may be unknown.
type Flag uint8

// The values of a flag.
const (
	Unknown Flag = iota
	No
	Yes
)

// UserBatch is some users of one account at one time, from one file. A file may
// have several accounts, and several batches of one account.
type UserBatch struct {
	Account        string   // from a column of its own, cleaned; "" if the rows have none
	ARNAccount     string   // from the ARNs: twelve digits or a pseudonym; "" if there is none
	Partition      string   // aws, aws-cn, aws-us-gov; "" if there is no ARN
	CapturedAt     Time     // from the file itself; unknown if it has none
	MissingColumns []string // columns of the credential report that the file lacks
	UnknownColumns []string // columns that are not read
	Root           *User    // nil if the batch has no root row
	Users          []User
}

// Rows is the number of rows of the batch, with that of root.
func (b *UserBatch) Rows() int {
	if b.Root != nil {
		return len(b.Users) + 1
	}
	return len(b.Users)
}

// User is a row of a credential report. The row of root has the same cells.
type User struct {
	Line                   int // of the row in its file; the first line is 1
	Name                   string
	ARN                    string // "" if the column is missing or empty
	CreatedAt              Time
	PasswordEnabled        Flag
	PasswordEnabledMissing MissingReason // until 2023 AWS wrote not_supported for root, which has a password
	PasswordLastUsed       Time
	PasswordLastChanged    Time
	PasswordNextRotation   Time
	MFAActive              Flag
	Keys                   [2]AccessKey   // slots 1 and 2; the key in slot 1 may be the younger one
	Certificates           [2]Certificate // slots 1 and 2
	HasMoreCredentials     bool           `json:",omitempty"` // the report lacks some of the user's keys or certificates
}

// AccessKey is an access key slot. An empty slot is inactive and has no times.
type AccessKey struct {
	Active      Flag
	LastRotated Time // when the key was created
	LastUsed    Time
	Region      string // of the last use; "" for N/A
	Service     string // of the last use; "" for N/A
}

// Vacant reports whether the source states that the slot holds no key.
func (k AccessKey) Vacant() bool {
	return k.Active == No && k.LastRotated.Never() && !k.LastUsed.Known()
}

// Certificate is the slot of an X.509 signing certificate.
type Certificate struct {
	Active      Flag
	LastRotated Time
}

// Vacant reports whether the slot holds no certificate.
func (c Certificate) Vacant() bool { return c.Active == No && !c.LastRotated.Known() }

// Issue is something in the input that could not be read as it stands.
type Issue struct {
	Line        int    // the first line is 1; 0 = the whole file
	Column      string // "" = the whole row
	Kind        string // short and stable, for counting: bad_time, field_count, ...
	Reason      string // what is wrong
	Remedy      string // what to do
	RowsRefused int    // rows that are not loaded because of it
}
