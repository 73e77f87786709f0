package files

import (
	"encoding/json"
	"errors"
	"fmt"
	"iamcensus/snapshots"
	"maps"
	"slices"
	"unicode/utf8"
)

// ManifestName is the name of the file that attributes everything below its folder.
const ManifestName = "manifest.json"

// maxManifestBytes is the maximum size of a manifest; six keys need little.
const maxManifestBytes = 1 << 20

// asManifest is f as the manifest of its folder, whose scope it is merged into.
func (f File) asManifest(data []byte, manifest Attribution, issues []snapshots.Issue, s scope) File {
	f.Manifest, f.data, f.Issues = true, data, append(issues, s.overruled(manifest)...)
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

// manifestKeys are the keys of a manifest, all optional, and their readers. Their errors
// say what is expected and show no content.
var manifestKeys = map[string]func(*Attribution, json.RawMessage) error{
	"organization":      manifestOrganization,
	"account":           manifestAccount,
	"captured_at":       manifestTime,
	"standalone":        manifestStandalone,
	"accounts_expected": manifestAccounts,
	"source":            manifestSource,
}

func manifestOrganization(a *Attribution, value json.RawMessage) (err error) {
	if a.Organization, err = manifestName(value); a.Organization != "" {
		a.OrganizationSource = FromManifest
	}
	return err
}

func manifestAccount(a *Attribution, value json.RawMessage) error {
	var number json.Number
	if len(value) < maxNameBytes && json.Unmarshal(value, &number) == nil {
		value, _ = json.Marshal(number.String())
	}
	name, err := manifestName(value)
	*a = a.ofAccount(name, FromManifest)
	return err
}

// manifestName reads the name of an organization or account.
func manifestName(value json.RawMessage) (string, error) {
	text, err := manifestText(value)
	if err == nil {
		err = CheckName(text)
	}
	if err != nil {
		return "", err
	}
	return text, nil
}

func manifestText(value json.RawMessage) (text string, err error) {
	if json.Unmarshal(value, &text) != nil {
		return "", errors.New("it must be a text in quotes")
	}
	return text, nil
}

func manifestTime(a *Attribution, value json.RawMessage) error {
	text, err := manifestText(value)
	if err != nil {
		return err
	}
	date, err := snapshots.ParseCapturedAt(text[:min(len(text), maxNameBytes)])
	if err != nil {
		return errors.New("it must be a time such as 2021-01-24T00:00:00Z")
	}
	*a = a.dated(date, FromManifest)
	return nil
}

func manifestStandalone(a *Attribution, value json.RawMessage) error {
	switch string(value) {
	case "true":
		a.Standalone = snapshots.Yes
	case "false":
		a.Standalone = snapshots.No
	case "null":
	default:
		return errors.New("it must be true or false")
	}
	return nil
}

// maxAccountsExpected is far beyond what AWS allows in one AWS Organization.
const maxAccountsExpected = 1_000_000

func manifestAccounts(a *Attribution, value json.RawMessage) error {
	var n int
	if json.Unmarshal(value, &n) != nil || n < 0 || n > maxAccountsExpected {
		return fmt.Errorf("it must be a number from 0 to %d", maxAccountsExpected)
	}
	a.AccountsExpected = n
	return nil
}

func manifestSource(a *Attribution, value json.RawMessage) error {
	text, err := manifestText(value)
	if err == nil && len(text) > maxSourceBytes {
		err = fmt.Errorf("it has more than %d bytes", maxSourceBytes)
	}
	if err == nil {
		a.Source = text
	}
	return err
}

// readManifest reads a manifest. A key that is unknown or invalid is an issue, and
// the others count.
func readManifest(data []byte) (attribution Attribution, issues []snapshots.Issue) {
	var keys map[string]json.RawMessage
	data = snapshots.UTF8(data)
	if json.Unmarshal(data, &keys) != nil {
		return Attribution{}, []snapshots.Issue{{
			Kind: "bad_manifest", Reason: "the manifest is not a JSON object",
			Remedy: `write {"organization": "...", "account": "...", "captured_at": "2021-01-24T00:00:00Z"}`,
		}}
	}
	if !utf8.Valid(data) {
		issues = append(issues, snapshots.Issue{
			Kind: "invalid_utf8", Reason: "the manifest is not valid UTF-8; U+FFFD replaces the invalid bytes", Remedy: "save it as UTF-8",
		})
	}
	for _, name := range slices.Sorted(maps.Keys(manifestKeys)) {
		value, ok := keys[name]
		if !ok {
			continue
		}
		delete(keys, name)
		if err := manifestKeys[name](&attribution, value); err != nil {
			issues = append(issues, snapshots.Issue{
				Column: name, Kind: "bad_manifest", Reason: "invalid value of " + name + " in the manifest: " + err.Error(),
				Remedy: "fix the manifest, then ingest again",
			})
		}
	}
	return attribution, append(issues, unknownKeys(slices.Sorted(maps.Keys(keys)))...)
}

// unknownKeysShown is the number of unknown keys of one manifest before the rest become
// one issue.
const unknownKeysShown = 100

func unknownKeys(names []string) (issues []snapshots.Issue) {
	for i, name := range names {
		issue := snapshots.Issue{
			Column: column(name), Kind: "unknown_key", Remedy: "use the keys organization, account, captured_at, standalone, accounts_expected and source",
		}
		if i == unknownKeysShown {
			issue.Column, issue.Reason = "", fmt.Sprintf("%d more unknown keys in the manifest", len(names)-i)
			return append(issues, issue)
		}
		issue.Reason = "unknown key in the manifest"
		if issue.Column != "" {
			issue.Reason = "unknown key " + snapshots.Quote(name) + " in the manifest"
		}
		issues = append(issues, issue)
	}
	return issues
}

// column is a key as Issue.Column; "" for what is no name of a key.
func column(key string) string {
	if len(key) > maxColumnBytes || !snapshots.IsColumnName(key) {
		return ""
	}
	return key
}

// maxColumnBytes is the maximum length of a key that is shown as a column.
const maxColumnBytes = 60

// overruled is the issue of a manifest that states another organization than the flag
// which overrules it; nil if it does not.
func (s *scope) overruled(manifest Attribution) []snapshots.Issue {
	if s.overruling == "" || manifest.Organization == "" || manifest.Organization == s.overruling {
		return nil
	}
	return []snapshots.Issue{{
		Column: "organization", Kind: "overruled", Reason: "the manifest names another organization than --organization, which counts",
		Remedy: "check who sent this folder; without --overrule-manifests, the manifest counts",
	}}
}
