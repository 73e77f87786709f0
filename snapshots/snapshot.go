package snapshots

import (
	"math/bits"
	"time"
)

// Word says what stood in a cell that should hold a time.
type MissingReason uint8

const (
	NotGiven      MissingReason = iota // no such column, or a cell that was refused
	Present                            // a time
	Empty                              // nothing between the commas: unknown
	NotApplicable                      // N/A
	NoInformation                      // no_information: not since AWS records it
	NotSupported                       // not_supported
)

// String gives the word as AWS writes it, and "" for an empty cell.
func (w MissingReason) String() string {
	switch w {
	case NotApplicable:
		return "N/A"
	case NoInformation:
		return "no_information"
	case NotSupported:
		return "not_supported"
	}
	return ""
}

// Time is a moment in UTC, to the second, or the word in its place.
type Time struct {
	Unix    int64 // seconds since 1970-01-01; only where Word is At
	Missing MissingReason
}

// TimeAt is the Time of t, with fractions of a second cut off.
func TimeAt(t time.Time) Time { return Time{Unix: t.Unix(), Missing: Present} }

// Known reports whether the cell holds a time.
func (t Time) Known() bool { return t.Missing == Present }

// Never reports whether the source says that there is no such time.
func (t Time) Never() bool { return t.Missing >= NotApplicable }

func (t Time) String() string {
	if t.Known() {
		return time.Unix(t.Unix, 0).UTC().Format(time.RFC3339)
	}
	return t.Missing.String()
}

// Flag is a boolean that the source may leave open.
type Flag uint8

const (
	Unknown Flag = iota // unknown
	No
	Yes
)

// Part is some users of one account at one time, as one file tells them.
// A file may give several Parts of the same account.
type UserBatch struct {
	Account        string   // from a column of its own; "" if the format has none
	ARNAccount     string   // from the first ARN; "" if there is none
	Partition      string   // aws, aws-cn, aws-us-gov; "" if there is no ARN
	CapturedAt     Time     // as the file itself says; Unknown if it does not
	MissingColumns []string // columns of the format that the file lacks
	UnknownColumns []string // columns that nobody reads
	Root           *User    // nil if this part has no root row
	Users          []User
}

// Release gives the part's memory back: nobody may use its users any more.
func (p *UserBatch) Release() {
	clear(p.Users[:cap(p.Users)]) // their texts hold the file
	if size := cap(p.Users); size >= fewUsers {
		select {
		case spare[min(sizeClass(size+1), len(spare))-1] <- p.Users[:0]:
		default:
		}
	}
	p.Users = nil
}

// spare holds memory for the users of parts, which is most of what a load
// allocates: lists of 16, 32, ... 1024, so many that each size keeps 4096 users.
var spare = func() (lists [7]chan []User) {
	for class := range lists {
		lists[class] = make(chan []User, 4*UserBatchSize>>class/fewUsers)
	}
	return lists
}()

// partSize is how many users a Part holds at the most.
const UserBatchSize = 1024

const fewUsers = 16 // the shortest list

// sizeClass is the first whose lists have room for n.
func sizeClass(n int) int { return bits.Len(uint(max(n, fewUsers)-1) / fewUsers) }

// newUsers is an empty list with room for n, partSize at the most.
func NewUsers(n int) []User {
	class := sizeClass(n)
	select {
	case list := <-spare[class]:
		return list
	default:
		return make([]User, 0, fewUsers<<class)
	}
}

// User is one row of a credential report. Root's row has the same cells.
type User struct {
	Line                   int // of the row in its text, the header is 1
	Name                   string
	ARN                    string // "" if the column is missing or empty
	CreatedAt              Time
	PasswordEnabled        Flag
	PasswordEnabledMissing MissingReason // NotSupported on root until 2023: it has one
	PasswordLastUsed       Time
	PasswordLastChanged    Time
	PasswordNextRotation   Time
	MFAActive              Flag
	Keys                   [2]AccessKey   // slots 1 and 2; slot 1 is not always the older
	Certificates           [2]Certificate // slots 1 and 2
}

// AccessKey is one slot. An empty slot is inactive and has no times.
type AccessKey struct {
	Active      Flag
	LastRotated Time // creation of the key
	LastUsed    Time
	Region      string // of the last use; "" for N/A
	Service     string // of the last use; "" for N/A
}

// Vacant reports whether the source says that the slot holds no key.
func (k AccessKey) Vacant() bool {
	return k.Active == No && k.LastRotated.Never() && !k.LastUsed.Known()
}

// Certificate is one slot of an X.509 signing certificate.
type Certificate struct {
	Active      Flag
	LastRotated Time
}

// Vacant reports whether the source says that the slot holds no certificate.
func (c Certificate) Vacant() bool { return c.Active == No && !c.LastRotated.Known() }

// Issue is something that could not be taken as it stood.
type Issue struct {
	Line        int    // 1 = first line; 0 = the whole file
	Column      string // "" = the whole row
	Kind        string // short and stable, for counting: bad_time, field_count, ...
	Reason      string // what is wrong
	Remedy      string // what to do next
	RowsRefused int    // rows that are not loaded for this reason
}

// DefaultRowBytes is the default limit on the bytes of one row of CSV. A row of
// AWS's own has at most some 500.
const DefaultRowBytes = 64 << 10
