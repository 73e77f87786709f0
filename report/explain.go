package report

import (
	"context"
	"database/sql"
	"slices"
	"time"

	"iamcensus/report/marts"
)

// MFAEvidence is the verdict on the MFA that service control policies require
// of an account, with the policies that apply to it.
type MFAEvidence struct {
	Organization    string         `json:"organization"`
	Account         string         `json:"account"`
	Verdict         string         `json:"verdict"`
	Enforced        *bool          `json:"is_mfa_enforced"` // null: unknown
	AWSOrganization string         `json:"aws_organization,omitempty"`
	StateAt         *time.Time     `json:"state_at"`    // of the AWS Organization; null: no state names the account
	CapturedAt      *time.Time     `json:"captured_at"` // of the snapshot; null: there is none
	Files           []string       `json:"files"`       // that have the policies and their attachments, sorted
	Statements      []MFAStatement `json:"statements"`
	Path            []string       `json:"way"` // from the account up to the root
}

// MFAStatement is one statement of a policy that applies to the account.
type MFAStatement struct {
	Node        string `json:"node"`
	Depth       int    `json:"depth"` // above the account; 0 is the account
	Policy      string `json:"policy"`
	PolicyName  string `json:"policy_name,omitempty"`
	Index       *int64 `json:"statement,omitempty"` // null: the text of the policy is unknown
	Sid         string `json:"sid,omitempty"`
	Effect      string `json:"effect,omitempty"`
	Class       string `json:"class,omitempty"`
	Reason      string `json:"reason"`
	AttachedBy  string `json:"attached_by"`          // file with the attachment
	TextIn      string `json:"content_in,omitempty"` // file with the text; "": the text is missing
	TextMissing bool   `json:"is_content_missing,omitempty"`
}

// ExplainMFA reads the evidence for an account, one per organization that has
// it; empty: none has.
func ExplainMFA(ctx context.Context, db *sql.DB, account string) ([]MFAEvidence, error) {
	q := marts.NewReader(ctx, db)
	var all []MFAEvidence
	q.Each("select org_id, account_id, verdict, is_mfa_enforced, coalesce(aws_org_id, ''), state_at, captured_at from mart_account_mfa where account_id = $1 order by org_id",
		func(scan marts.Scan) error {
			var e MFAEvidence
			err := scan(&e.Organization, &e.Account, &e.Verdict, &e.Enforced, &e.AWSOrganization, &e.StateAt, &e.CapturedAt)
			all = append(all, e)
			return err
		}, account)
	byOrganization := map[string]*MFAEvidence{}
	for i := range all {
		byOrganization[all[i].Organization] = &all[i]
	}
	q.Each(`select org_id, coalesce(node_name || ' ', '') || node_id from mart_account_path
		where account_id = $1 order by org_id, depth`, func(scan marts.Scan) error {
		var organization, node string
		err := scan(&organization, &node)
		if e := byOrganization[organization]; e != nil {
			e.Path = append(e.Path, node)
		}
		return err
	}, account)
	q.Each(`select org_id, node_id, depth, policy_id, coalesce(policy_name, ''), statement_index, coalesce(sid, ''),
			coalesce(effect, ''), coalesce(mfa_class, ''), reason, not is_content_known, attachment_path, coalesce(content_path, '')
		from mart_account_statement where account_id = $1
		order by org_id, depth desc, policy_id, statement_index`, func(scan marts.Scan) error {
		var organization string
		var s MFAStatement
		err := scan(&organization, &s.Node, &s.Depth, &s.Policy, &s.PolicyName, &s.Index, &s.Sid, &s.Effect, &s.Class, &s.Reason, &s.TextMissing, &s.AttachedBy, &s.TextIn)
		if e := byOrganization[organization]; e != nil {
			e.Statements = append(e.Statements, s)
		}
		return err
	}, account)
	for i := range all {
		all[i].Files = all[i].files()
	}
	return all, q.Err
}

// files lists the files behind the statements.
func (e *MFAEvidence) files() []string {
	files := []string{}
	for _, s := range e.Statements {
		files = append(files, s.AttachedBy)
		if s.TextIn != "" {
			files = append(files, s.TextIn)
		}
	}
	slices.Sort(files)
	return slices.Compact(files)
}
