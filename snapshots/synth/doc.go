// Package synth invents snapshots of AWS accounts: folders of credential
// reports in the layout of real input, in which nobody real appears.
//
//	<dir>/<YYYY-MM-DD>/<organization>/<account>/credential_report.csv
//	<dir>/<YYYY-MM-DD>/<organization>/manifest.json
//
// With Documents also what else AWS says of an account and of the AWS
// Organization around it, in the file's name what was asked about:
//
//	.../<account>/get-account-summary.json
//	.../<account>/get-account-password-policy.json
//	.../<account>/<account>_Config_<region>_ConfigSnapshot_<time>_<uuid>.json.gz
//	.../<organization>/organizations/list-accounts-for-parent-<id>.json, ...
//
// The way to a file has four stages.
//
//   - The plan (plan.go) deals accounts to organizations and users to accounts,
//     both heavy-tailed, and says which accounts are standalone.
//   - The steps (steps.go) settle what kind of user each one is: how old, with
//     which active keys of which age band, with a console password or not, and
//     how long idle. Every step is a logistic choice, shifted by the leanings
//     of the user's organization, so users of one organization resemble
//     each other.
//   - The calendar (calendar.go) draws dates that agree with the kind and with
//     each other: no key before its user, no use before its key, nothing after
//     the capture, nothing within an hour of an age limit.
//   - The writer (writer.go, row.go, root.go) formats the rows.
//
// Documents repeat what the rows say (documents.go) and draw the rest from
// random streams of their own, so credential reports are the same with and
// without them: the things of an account by kind (estate.go), its password
// policy, the tree of an AWS Organization and its service control policies
// (organization.go, scp.go). Things add up to Options.Entities exactly.
//
// Without targets each account is drawn, written and forgotten: memory does not
// grow with the number of users.
//
// With targets the users are settled together. A step that has a target keeps
// its draws and moves only its cut: of all users who may take the step, the n
// with the highest scores take it, n being what the published figure still
// lacks. The figure is met exactly because it is counted, not estimated, and
// no later step touches what an earlier one settled. Figures that contradict
// each other are an error. Published months are pinned to one user each
// (pin.go), and the calendar keeps everybody else behind them.
//
// The same Options give the same bytes.
package synth
