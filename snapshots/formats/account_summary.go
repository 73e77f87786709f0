package formats

import (
	"encoding/json"
	"fmt"
	"iamcensus/snapshots"
	"maps"
	"slices"
)

// accountSummary is what aws iam get-account-summary prints: counts, quotas,
// and what root has.
// https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountSummary.html
var accountSummary = Format{
	Name:  "account-summary",
	Title: "IAM account summary, JSON as aws iam get-account-summary prints it",
	Match: hasKey("SummaryMap"),
	Read:  readAccountSummary,
}

// summaryKinds are the entries that count things, in the order of the records.
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
	a := newAnswer(in, out, "aws iam get-account-summary")
	if a.read(map[string]field{"SummaryMap": a.summary}) {
		out.Document(a.Document)
	}
}

// summary reads the map. Its quotas and what later versions of AWS add are
// read as rows that leave no record.
func (a *answer) summary(name string) error {
	a.place, a.index = name, -1
	var entries map[string]json.RawMessage
	if err := a.decoder.Decode(&entries); isSyntax(err) {
		return err
	} else if err != nil {
		a.refuse(misfit(err))
		return nil
	}
	counts := map[string]int64{}
	for _, entry := range slices.Sorted(maps.Keys(entries)) {
		var n *int64
		if err := json.Unmarshal(entries[entry], &n); err != nil || n == nil || *n < 0 {
			a.refuse(fmt.Sprintf("has for %s no count", snapshots.Quote(entry)))
			continue
		}
		a.Rows++
		counts[entry] = *n
	}
	for _, counted := range summaryKinds {
		if n, ok := counts[counted.entry]; ok {
			a.Entities = append(a.Entities, snapshots.Entity{Kind: counted.kind, N: n})
		}
	}
	a.RootSummary = rootSummary(counts)
	return nil
}

// rootSummary is nil if the summary says nothing of root.
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
