package formats

import (
	"encoding/json"
	"fmt"
	"iamcensus/snapshots"
	"maps"
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

// summary reads the map. Quotas and unknown entries count as rows without a record.
func (r *response) summary(name string) error {
	r.fieldName, r.index = name, -1
	var entries map[string]json.RawMessage
	if err := r.decoder.Decode(&entries); isSyntaxError(err) {
		return err
	} else if err != nil {
		r.refuse(typeMismatch(err))
		return nil
	}
	counts := map[string]int64{}
	for _, entry := range slices.Sorted(maps.Keys(entries)) {
		var n *int64
		if err := json.Unmarshal(entries[entry], &n); err != nil || n == nil || *n < 0 {
			r.refuse(fmt.Sprintf("has an invalid count of %s", snapshots.Quote(entry)))
			continue
		}
		r.Rows++
		counts[entry] = *n
	}
	for _, counted := range summaryKinds {
		if n, ok := counts[counted.entry]; ok {
			r.Entities = append(r.Entities, snapshots.Entity{Kind: counted.kind, N: n})
		}
	}
	r.RootSummary = rootSummary(counts)
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
		HasMFA:          has("AccountMFAEnabled"),
		HasAccessKeys:   has("AccountAccessKeysPresent"),
		HasPassword:     has("AccountPasswordPresent"),
		HasCertificates: has("AccountSigningCertificatesPresent"),
	}
	if root == (snapshots.RootSummary{}) {
		return nil
	}
	return &root
}
