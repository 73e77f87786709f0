package formats

import (
	"iamcensus/snapshots"
	"regexp"
	"unicode/utf8"
)

// Maxima of texts, in characters, as AWS documents them.
const (
	maxName         = 128 // of users, groups, roles, policies, units and AWS Config rules, and of unique ids
	maxAccountName  = 50
	maxARN          = 2048
	maxResourceID   = 768
	maxAnnotation   = 256
	maxPolicyBytes  = 128 << 10 // AWS allows 10,240 characters, blanks not counted
	maxUnitsOfPath  = 16        // AWS allows a root and five units
	maxErrorMessage = 64 << 10  // bytes of a file with an error
)

// Forms of texts that are kept.
var (
	capitals     = regexp.MustCompile(`^[A-Z]{1,24}[0-9]{0,2}(?:_(?:[A-Z]{1,24}[0-9]{0,2}|[0-9]{1,4})){0,16}$`) // ACTIVE, DECLARATIVE_POLICY_EC2
	resourceType = regexp.MustCompile(`^[A-Za-z0-9-]{2,64}::[A-Za-z0-9:_-]{1,190}$`)                            // AWS::IAM::User, AWS::::Account
	regionName   = regexp.MustCompile(`^[a-z0-9-]{1,32}$`)
	organization = regexp.MustCompile(`^o-[0-9a-z]{1,64}$`)
	policyForm   = regexp.MustCompile(`^p-[0-9A-Za-z_]{1,128}$`)
	shortID      = regexp.MustCompile(`^(?:[0-9]{1,16}|(?:r|ou|o|p)-[0-9A-Za-z-]{1,80})$`)
)

func isConfigRule(name string) bool {
	return utf8.RuneCountInString(name) <= maxName && isPrintable(name)
}

func isResourceID(id string) bool {
	return utf8.RuneCountInString(id) <= maxResourceID && isPrintable(id)
}

// wrongID describes an id of an unexpected form. It is shown if it looks like one.
func wrongID(field, id string) string {
	if !shortID.MatchString(id) {
		return "has an invalid " + field
	}
	return "has the " + field + " " + snapshots.Quote(id)
}
