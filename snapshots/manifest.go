package snapshots

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

// ManifestName is the file that speaks for everything below its folder.
const ManifestName = "manifest.json"

// manifestMost is the most bytes of a manifest; six keys need few.
const manifestMost = 1 << 20

// manifest makes a manifest of file, in the place that it speaks for.
func (f File) manifest(data []byte, said Hint, issues []Issue, p place) File {
	f.Manifest, f.data, f.Issues = true, data, issues
	f.Size = int64(len(data))
	f.Hint = p.hint
	f.Hint.AccountsExpected = said.AccountsExpected
	return f
}

// manifestBytes reads a manifest in an archive.
func (a *archive) manifestBytes(m member) ([]byte, *Issue) {
	from, err := m.open()
	if err != nil {
		return nil, damaged("the manifest", err)
	}
	defer from.Close()
	return readAll(from, manifestMost, manifestTooLarge())
}

func manifestTooLarge() *Issue {
	return &Issue{
		Kind: "file_too_large", Reason: fmt.Sprintf("the manifest has more than %d bytes", manifestMost),
		Remedy: "say only what a manifest may say",
	}
}

// manifestKeys are what a manifest may say; all of it is optional.
var manifestKeys = map[string]func(*Hint, json.RawMessage) error{
	"organization": func(h *Hint, value json.RawMessage) error { return json.Unmarshal(value, &h.Organization) },
	"account":      func(h *Hint, value json.RawMessage) error { return json.Unmarshal(value, &h.Account) },
	"captured_at":  manifestTime,
	"standalone":   manifestStandalone,
	"accounts_expected": func(h *Hint, value json.RawMessage) error {
		if err := json.Unmarshal(value, &h.AccountsExpected); err != nil || h.AccountsExpected < 0 {
			h.AccountsExpected = 0
			return fmt.Errorf("%s is no number of accounts", quote(string(value)))
		}
		return nil
	},
	"source": func(h *Hint, value json.RawMessage) error { return json.Unmarshal(value, &h.Source) },
}

func manifestTime(h *Hint, value json.RawMessage) error {
	var text string
	if err := json.Unmarshal(value, &text); err != nil {
		return err
	}
	at, err := ParseCapturedAt(text)
	if err != nil {
		return err
	}
	h.CapturedAt, h.CapturedAtSource = at, "manifest"
	return nil
}

func manifestStandalone(h *Hint, value json.RawMessage) error {
	var standalone bool
	if err := json.Unmarshal(value, &standalone); err != nil {
		return err
	}
	h.Standalone = No
	if standalone {
		h.Standalone = Yes
	}
	return nil
}

// ParseCapturedAt reads the time of a snapshot as people write it: RFC 3339,
// 20210124T000000Z, or a date, which is its midnight in UTC.
func ParseCapturedAt(text string) (Time, error) {
	for _, layout := range dateLayouts {
		if t, err := time.Parse(layout, text); err == nil {
			return TimeAt(t), nil
		}
	}
	return Time{}, fmt.Errorf("%s is no time: write 2021-01-24T00:00:00Z or 2021-01-24", quote(text))
}

// readManifest reads one manifest. What it cannot read is an issue, and the
// rest counts.
func readManifest(data []byte) (Hint, []Issue) {
	var keys map[string]json.RawMessage
	if err := json.Unmarshal(data, &keys); err != nil {
		return Hint{}, []Issue{{
			Kind: "bad_manifest", Reason: "the manifest is no JSON object: " + err.Error(),
			Remedy: `write {"organization": "...", "account": "...", "captured_at": "2021-01-24T00:00:00Z"}`,
		}}
	}
	names := make([]string, 0, len(keys))
	for name := range keys {
		names = append(names, name)
	}
	slices.Sort(names)

	hint := Hint{}
	var issues []Issue
	for _, name := range names {
		read, ok := manifestKeys[name]
		if !ok {
			issues = append(issues, Issue{
				Column: name, Kind: "unknown_key", Reason: "the manifest has a key that nobody knows: " + quote(name),
				Remedy: "the keys are organization, account, captured_at, standalone, accounts_expected, source",
			})
			continue
		}
		if err := read(&hint, keys[name]); err != nil {
			issues = append(issues, Issue{
				Column: name, Kind: "bad_manifest", Reason: "the manifest's " + name + " cannot be read: " + err.Error(),
				Remedy: "mend the manifest and load again",
			})
		}
	}
	return hint, issues
}
