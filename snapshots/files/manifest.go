package files

import (
	"encoding/json"
	"fmt"
	"iamcensus/snapshots"
	"slices"
)

// ManifestName is the name of the file that attributes everything below its folder.
const ManifestName = "manifest.json"

// maxManifestBytes is the maximum size of a manifest; six keys need little.
const maxManifestBytes = 1 << 20

// asManifest is f as the manifest of its folder, whose scope it is merged into.
func (f File) asManifest(data []byte, manifest Attribution, issues []snapshots.Issue, s scope) File {
	f.Manifest, f.data, f.Issues = true, data, issues
	f.Size = int64(len(data))
	f.Attribution = s.attribution
	f.Attribution.AccountsExpected = manifest.AccountsExpected
	return f
}

func manifestTooLarge() *snapshots.Issue {
	return &snapshots.Issue{
		Kind: "file_too_large", Reason: fmt.Sprintf("the manifest exceeds the maximum of %d bytes", maxManifestBytes),
		Remedy: "remove everything but the keys of a manifest",
	}
}

// manifestKeys are the keys of a manifest, all optional, and their readers.
var manifestKeys = map[string]func(*Attribution, json.RawMessage) error{
	"organization": manifestOrganization,
	"account":      manifestAccount,
	"captured_at":  manifestTime,
	"standalone":   manifestStandalone,
	"accounts_expected": func(a *Attribution, value json.RawMessage) error {
		if err := json.Unmarshal(value, &a.AccountsExpected); err != nil || a.AccountsExpected < 0 {
			a.AccountsExpected = 0
			return fmt.Errorf("invalid number %s", snapshots.Quote(string(value)))
		}
		return nil
	},
	"source": func(a *Attribution, value json.RawMessage) error { return json.Unmarshal(value, &a.Source) },
}

func manifestOrganization(a *Attribution, value json.RawMessage) error {
	err := json.Unmarshal(value, &a.Organization)
	if a.Organization != "" {
		a.OrganizationSource = FromManifest
	}
	return err
}

func manifestAccount(a *Attribution, value json.RawMessage) error {
	var text string
	var number json.Number
	err := json.Unmarshal(value, &text)
	if err != nil && json.Unmarshal(value, &number) == nil {
		text, err = number.String(), nil
	}
	*a = a.ofAccount(text, FromManifest)
	return err
}

func manifestTime(a *Attribution, value json.RawMessage) error {
	var text string
	if err := json.Unmarshal(value, &text); err != nil {
		return err
	}
	date, err := snapshots.ParseCapturedAt(text)
	*a = a.dated(date, FromManifest)
	return err
}

func manifestStandalone(a *Attribution, value json.RawMessage) error {
	var standalone bool
	if err := json.Unmarshal(value, &standalone); err != nil {
		return err
	}
	a.Standalone = snapshots.No
	if standalone {
		a.Standalone = snapshots.Yes
	}
	return nil
}

// readManifest reads a manifest. A key that is unknown or invalid is an issue, and
// the others count.
func readManifest(data []byte) (Attribution, []snapshots.Issue) {
	var keys map[string]json.RawMessage
	if err := json.Unmarshal(snapshots.UTF8(data), &keys); err != nil {
		return Attribution{}, []snapshots.Issue{{
			Kind: "bad_manifest", Reason: "the manifest is not a JSON object: " + err.Error(),
			Remedy: `write {"organization": "...", "account": "...", "captured_at": "2021-01-24T00:00:00Z"}`,
		}}
	}
	names := make([]string, 0, len(keys))
	for name := range keys {
		names = append(names, name)
	}
	slices.Sort(names)

	attribution := Attribution{}
	var issues []snapshots.Issue
	for _, name := range names {
		read, ok := manifestKeys[name]
		if !ok {
			issues = append(issues, snapshots.Issue{
				Column: name, Kind: "unknown_key", Reason: "unknown key " + snapshots.Quote(name) + " in the manifest",
				Remedy: "use the keys organization, account, captured_at, standalone, accounts_expected and source",
			})
			continue
		}
		if err := read(&attribution, keys[name]); err != nil {
			issues = append(issues, snapshots.Issue{
				Column: name, Kind: "bad_manifest", Reason: "invalid value of " + name + " in the manifest: " + err.Error(),
				Remedy: "fix the manifest, then ingest again",
			})
		}
	}
	return attribution, issues
}
