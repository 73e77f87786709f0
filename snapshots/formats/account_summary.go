package formats

import (
	"fmt"
	"iamcensus/snapshots"
	"slices"
)

// accountSummary is the output of aws iam get-account-summary: counts, quotas, and
// the credentials of root.
// https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountSummary.html
var accountSummary = Format{
	Name:  "account-summary",
	Title: "IAM account summary, the JSON of aws iam get-account-summary",
	Match: hasKey("SummaryMap"),
	Read:  readAccountSummary,
}

// summaryKinds are the entries that count resources, in the order of the records.
var summaryKinds = []struct{ entry, kind string }{
	{"Users", "user"},
	{"Groups", "group"},
	{"Roles", "role"},
	{"Policies", "policy"}, // customer managed ones
	{"MFADevices", "mfa_device"},
	{"MFADevicesInUse", "mfa_device_in_use"},
	{"InstanceProfiles", "instance_profile"},
	{"ServerCertificates", "server_certificate"},
	{"Providers", "identity_provider"},
}

func readAccountSummary(in Input, out Sink) {
	r := newResponse(in, out, "aws iam get-account-summary")
	if r.read(map[string]fieldReader{"SummaryMap": r.summary}) {
		out.Document(r.Document)
	}
}

// rootEntries are the entries of root: 1 if there is one, else 0.
var rootEntries = []string{"AccountMFAEnabled", "AccountAccessKeysPresent", "AccountPasswordPresent", "AccountSigningCertificatesPresent"}

// Maxima of the entries that are read, far above what AWS allows: 5,000 users with 8
// MFA devices each, and at most two keys and certificates of root.
const (
	maxCount     = 100_000
	maxRootCount = 8
)

// maxEntry is the maximum of an entry that is read, -1 for any other.
func maxEntry(entry string) int64 {
	if slices.Contains(rootEntries, entry) {
		return maxRootCount
	}
	for _, counted := range summaryKinds {
		if counted.entry == entry {
			return maxCount
		}
	}
	return -1
}

// summary reads the map. Quotas and unknown entries count as rows without a record.
func (r *response) summary(name string) error {
	r.fieldName, r.index = name, -1
	if next := r.nextByte(); next != '{' && next != 0 {
		r.refuse("is not an object")
		return r.skip()
	}
	counts := map[string]int64{}
	err := r.eachKey(func(entry string) error { return r.summaryEntry(entry, counts) })
	for _, counted := range summaryKinds {
		if n, ok := counts[counted.entry]; ok {
			r.Entities = append(r.Entities, snapshots.Entity{Kind: counted.kind, N: n})
		}
	}
	r.RootSummary = rootSummary(counts)
	return err
}

// summaryEntry reads the count of an entry.
func (r *response) summaryEntry(entry string, counts map[string]int64) error {
	var n *int64
	err := r.decoder.Decode(&n)
	if isSyntaxError(err) {
		return err
	}
	_, twice := counts[entry]
	most, isNumber := maxEntry(entry), err == nil && n != nil
	switch {
	case most < 0 && !isNumber:
		r.refuse("has an entry that is not a count")
	case most < 0:
		r.Rows++
	case twice:
		r.refuse("has " + entry + " twice; the first counts")
	case !isNumber || *n < 0 || *n > most:
		r.refuseAs("bad_count", fmt.Sprintf("has an invalid count of %s, which is not from 0 to %d; treated as unknown", entry, most))
	default:
		r.Rows++
		counts[entry] = *n
	}
	return nil
}

// rootSummary is nil if the summary has no entry of root.
func rootSummary(counts map[string]int64) *snapshots.RootSummary {
	has := func(entry string) snapshots.Flag {
		n, ok := counts[entry]
		if !ok {
			return snapshots.Unknown
		}
		return flagOf(new(n > 0))
	}
	root := snapshots.RootSummary{
		HasMFA:          has(rootEntries[0]),
		HasAccessKeys:   has(rootEntries[1]),
		HasPassword:     has(rootEntries[2]),
		HasCertificates: has(rootEntries[3]),
	}
	if root == (snapshots.RootSummary{}) {
		return nil
	}
	return &root
}
