package synth

import (
	"cmp"
	"encoding/json"
	"os"
	"path/filepath"
)

// Documents says what is written beside credential reports.
type Documents uint8

const (
	ReportsOnly Documents = iota

	// PoliciesWithheld adds account summaries, password policies, Config
	// snapshots, and of each AWS Organization its accounts and units. Every
	// answer that tells anything of service control policies is left out: not
	// only the policies, but also describe-organization, which has the feature
	// set and the management account, and list-roots, which has the policy
	// types. With one of them, MFA of some accounts would be decided.
	PoliciesWithheld

	// AllDocuments adds those answers too.
	AllDocuments
)

// An object is a JSON object. Its keys are written in alphabetic order.
type object map[string]any

// writeJSON writes an answer of AWS as the AWS CLI prints it.
func writeJSON(dir, name string, answer object) error {
	text, err := json.MarshalIndent(answer, "", "    ")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, name+".json"), append(text, '\n'), 0o666)
}

// documents writes what AWS says of account n beside its credential report.
func (w *writer) documents(dir string, n int, f facts) error {
	a := w.accounts[n]
	w.random.start(w.Seed, describing, n)
	e := a.estate(w.random)
	err := cmp.Or(
		writeJSON(dir, "get-account-summary", summary(w.random, a, f, e)),
		writeJSON(dir, "get-account-password-policy", passwordPolicy(w.random, n, f)),
	)
	if err != nil || !a.recorded {
		return err
	}
	return w.configSnapshot(dir, n, e)
}
