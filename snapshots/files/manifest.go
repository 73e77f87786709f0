package files

import (
	"encoding/json"
	"fmt"
	"iamcensus/snapshots"
	"slices"
)

// ManifestName is the file that speaks for everything below its folder.
const ManifestName = "manifest.json"

// manifestMost is the most bytes of a manifest; six keys need few.
const manifestMost = 1 << 20

// manifest makes a manifest of file, in the place that it speaks for.
func (f File) manifest(data []byte, said Attribution, issues []snapshots.Issue, p place) File {
	f.Manifest, f.data, f.Issues = true, data, issues
	f.Size = int64(len(data))
	f.Attribution = p.hint
	f.Attribution.AccountsExpected = said.AccountsExpected
	return f
}

// manifestBytes reads a manifest in an archive.
func (a *archive) manifestBytes(m member) ([]byte, *snapshots.Issue) {
	from, err := m.open()
	if err != nil {
		return nil, damaged("the manifest", err)
	}
	defer from.Close()
	return readAll(from, manifestMost, manifestTooLarge())
}

func manifestTooLarge() *snapshots.Issue {
	return &snapshots.Issue{
		Kind: "file_too_large", Reason: fmt.Sprintf("the manifest has more than %d bytes", manifestMost),
		Remedy: "say only what a manifest may say",
	}
}

// manifestKeys are what a manifest may say; all of it is optional.
var manifestKeys = map[string]func(*Attribution, json.RawMessage) error{
	"organization": func(h *Attribution, value json.RawMessage) error { return json.Unmarshal(value, &h.Organization) },
	"account":      func(h *Attribution, value json.RawMessage) error { return json.Unmarshal(value, &h.Account) },
	"captured_at":  manifestTime,
	"standalone":   manifestStandalone,
	"accounts_expected": func(h *Attribution, value json.RawMessage) error {
		if err := json.Unmarshal(value, &h.AccountsExpected); err != nil || h.AccountsExpected < 0 {
			h.AccountsExpected = 0
			return fmt.Errorf("%s is no number of accounts", snapshots.Quote(string(value)))
		}
		return nil
	},
	"source": func(h *Attribution, value json.RawMessage) error { return json.Unmarshal(value, &h.Source) },
}

func manifestTime(h *Attribution, value json.RawMessage) error {
	var text string
	if err := json.Unmarshal(value, &text); err != nil {
		return err
	}
	at, err := snapshots.ParseCapturedAt(text)
	if err != nil {
		return err
	}
	h.CapturedAt, h.CapturedAtSource = at, "manifest"
	return nil
}

func manifestStandalone(h *Attribution, value json.RawMessage) error {
	var standalone bool
	if err := json.Unmarshal(value, &standalone); err != nil {
		return err
	}
	h.Standalone = snapshots.No
	if standalone {
		h.Standalone = snapshots.Yes
	}
	return nil
}

// readManifest reads one manifest. What it cannot read is an issue, and the
// rest counts.
func readManifest(data []byte) (Attribution, []snapshots.Issue) {
	var keys map[string]json.RawMessage
	if err := json.Unmarshal(data, &keys); err != nil {
		return Attribution{}, []snapshots.Issue{{
			Kind: "bad_manifest", Reason: "the manifest is no JSON object: " + err.Error(),
			Remedy: `write {"organization": "...", "account": "...", "captured_at": "2021-01-24T00:00:00Z"}`,
		}}
	}
	names := make([]string, 0, len(keys))
	for name := range keys {
		names = append(names, name)
	}
	slices.Sort(names)

	hint := Attribution{}
	var issues []snapshots.Issue
	for _, name := range names {
		read, ok := manifestKeys[name]
		if !ok {
			issues = append(issues, snapshots.Issue{
				Column: name, Kind: "unknown_key", Reason: "the manifest has a key that nobody knows: " + snapshots.Quote(name),
				Remedy: "the keys are organization, account, captured_at, standalone, accounts_expected, source",
			})
			continue
		}
		if err := read(&hint, keys[name]); err != nil {
			issues = append(issues, snapshots.Issue{
				Column: name, Kind: "bad_manifest", Reason: "the manifest's " + name + " cannot be read: " + err.Error(),
				Remedy: "mend the manifest and load again",
			})
		}
	}
	return hint, issues
}
