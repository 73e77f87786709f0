package synth

import (
	"cmp"
	"encoding/json"
	"os"
	"path/filepath"
)

// Documents selects what is written beside credential reports.
type Documents uint8

const (
	// ReportsOnly writes credential reports and manifests.
	ReportsOnly Documents = iota

	// PoliciesWithheld adds account summaries, password policies, Config snapshots,
	// and the accounts and units of each AWS Organization. Every response about
	// service control policies is left out, including describe-organization, which has
	// the feature set and the management account, and list-roots, which has the policy
	// types: with one of them, the verdict on MFA of some accounts would be known.
	// ARNs name a management account that is none of the listed accounts, for the same
	// reason.
	PoliciesWithheld

	// AllDocuments adds those responses too.
	AllDocuments
)

// An object is a JSON object. Its keys are written in alphabetical order.
type object map[string]any

// writeJSON writes a response of AWS as the AWS CLI prints it.
func writeJSON(dir, name string, response object) error {
	text, err := json.MarshalIndent(response, "", "    ")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, name+".json"), append(text, '\n'), 0o666)
}

// documents writes the documents of account n.
func (w *writer) documents(dir string, n int, f facts) error {
	a := w.accounts[n]
	w.random.start(w.Seed, forDocuments, n)
	e := a.inventory(w.random)
	err := cmp.Or(
		writeJSON(dir, "get-account-summary", summary(w.random, a, f, e)),
		writeJSON(dir, "get-account-password-policy", passwordPolicy(w.random, n, f)),
	)
	if err != nil || !a.recorded {
		return err
	}
	return w.configSnapshot(dir, n, e)
}
