// Package synth generates synthetic snapshots of AWS accounts: folders of credential
// reports in the layout of real input.
//
//	<dir>/<YYYY-MM-DD>/<organization>/<account>/credential_report.csv
//	<dir>/<YYYY-MM-DD>/<organization>/manifest.json
//
// With Documents, also other responses of AWS about accounts and AWS Organizations. The
// names of files have the id that the request named:
//
//	.../<account>/get-account-summary.json
//	.../<account>/get-account-password-policy.json
//	.../<account>/<account>_Config_<region>_ConfigSnapshot_<time>_<uuid>.json.gz
//	.../<organization>/organizations/list-accounts-for-parent-<id>.json, ...
//
// There are four stages.
//
//   - The plan (plan.go) distributes accounts over organizations and users over
//     accounts, both heavy-tailed, and selects the standalone accounts.
//   - The steps (steps.go) decide the properties of each user: age, active keys and
//     their age bands, console password, time since the last use. Every step is a
//     logistic choice, shifted by the tendencies of the organization, so that users of
//     one organization resemble each other.
//   - The calendar (calendar.go) draws dates that agree with these properties and with
//     each other: no key before its user, no use before its key, nothing after the
//     capture, nothing within an hour of an age limit.
//   - The writer (writer.go, report.go, root.go) writes the rows.
//
// Documents repeat facts of the rows (documents.go). They draw the rest from random
// streams of their own, so that credential reports are the same with and without them:
// the entities of an account by kind (inventory.go), its password policy (account.go),
// the tree of an AWS Organization (organization.go) and its service control policies
// (scp.go). Entities add up to Options.Entities exactly.
//
// Without targets each account is drawn and written by itself: memory does not depend
// on the number of users.
//
// With targets all users are drawn together (fit.go). In a step with a target, the
// users with the highest scores take it, as many as the published figure lacks. The
// figure is met exactly, and no later step changes it. Figures that contradict each
// other are an error. Published months are pinned to one user each (pin.go), and the
// calendar keeps all other users after them.
//
// The same Options give the same bytes.
package synth
