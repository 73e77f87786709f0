package report

import (
	"context"
	"database/sql"
	"iamcensus/report/marts"
)

// MFAEvidence is the verdict on the MFA that service control policies require
// of an account, with the policies that apply to it.
type MFAEvidence struct {
	Organization string         `json:"organization"`
	Account      string         `json:"account"`
	Verdict      string         `json:"verdict"`
	Enforced     *bool          `json:"is_mfa_enforced"` // null: unknown
	Statements   []MFAStatement `json:"statements"`
	Path         []string       `json:"way"` // from the account up to the root
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
	TextMissing bool   `json:"is_content_missing,omitempty"`
}

// ExplainMFA reads the evidence for an account, one per organization that has
// it; empty: none has.
func ExplainMFA(ctx context.Context, db *sql.DB, account string) ([]MFAEvidence, error) {
	q := marts.NewReader(ctx, db)
	var all []MFAEvidence
	q.Each("select org_id, account_id, verdict, is_mfa_enforced from mart_account_mfa where account_id = $1 order by org_id",
		func(scan marts.Scan) error {
			var e MFAEvidence
			err := scan(&e.Organization, &e.Account, &e.Verdict, &e.Enforced)
			all = append(all, e)
			return err
		}, account)
	for i := range all {
		e := &all[i]
		q.Each("select coalesce(node_name || ' ', '') || node_id from mart_account_path where org_id = $1 and account_id = $2 order by depth",
			func(scan marts.Scan) error {
				var node string
				err := scan(&node)
				e.Path = append(e.Path, node)
				return err
			}, e.Organization, e.Account)
		q.Each(`select node_id, depth, policy_id, coalesce(policy_name, ''), statement_index, coalesce(sid, ''),
				coalesce(effect, ''), coalesce(mfa_class, ''), reason, not is_content_known
			from mart_account_statement where org_id = $1 and account_id = $2 order by depth desc, policy_id, statement_index`,
			func(scan marts.Scan) error {
				var s MFAStatement
				err := scan(&s.Node, &s.Depth, &s.Policy, &s.PolicyName, &s.Index, &s.Sid, &s.Effect, &s.Class, &s.Reason, &s.TextMissing)
				e.Statements = append(e.Statements, s)
				return err
			}, e.Organization, e.Account)
	}
	return all, q.Err
}
