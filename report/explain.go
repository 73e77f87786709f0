package report

import (
	"context"
	"database/sql"
	"fmt"
	"iamcensus/report/marts"
	"iamcensus/report/text"
	"strings"
)

// MFAEvidence is the verdict on an account's MFA with what it rests on.
type MFAEvidence struct {
	Organization string         `json:"organization"`
	Account      string         `json:"account"`
	Verdict      string         `json:"verdict"`
	Enforced     *bool          `json:"is_mfa_enforced"` // null: unknown
	Statements   []MFAStatement `json:"statements"`
	Way          []string       `json:"way"` // from the account up to the root
}

// MFAStatement is one statement of a policy that applies to the account.
type MFAStatement struct {
	Node        string `json:"node"`
	Depth       int    `json:"depth"` // 0 is the account itself
	Policy      string `json:"policy"`
	PolicyName  string `json:"policy_name,omitempty"`
	Index       *int64 `json:"statement,omitempty"` // null: the policy's text is not known
	Sid         string `json:"sid,omitempty"`
	Effect      string `json:"effect,omitempty"`
	Class       string `json:"class,omitempty"`
	Reason      string `json:"reason"`
	ContentsOff bool   `json:"is_content_missing,omitempty"`
}

// ExplainMFA gives the evidence for each organization that has the account.
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
				e.Way = append(e.Way, node)
				return err
			}, e.Organization, e.Account)
		q.Each(`select node_id, depth, policy_id, coalesce(policy_name, ''), statement_index, coalesce(sid, ''),
				coalesce(effect, ''), coalesce(mfa_class, ''), reason, not is_content_known
			from mart_account_statement where org_id = $1 and account_id = $2 order by depth desc, policy_id, statement_index`,
			func(scan marts.Scan) error {
				var s MFAStatement
				err := scan(&s.Node, &s.Depth, &s.Policy, &s.PolicyName, &s.Index, &s.Sid, &s.Effect, &s.Class, &s.Reason, &s.ContentsOff)
				e.Statements = append(e.Statements, s)
				return err
			}, e.Organization, e.Account)
	}
	return all, q.Err
}

// Markdown writes the evidence as a page.
func (e MFAEvidence) Markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "# Account %s of %s: `%s`\n\n%s.\n\n", text.Escape(e.Account), text.Escape(e.Organization), e.Verdict, capital(verdictMeaning[e.Verdict]))
	if len(e.Way) > 0 {
		way := make([]string, len(e.Way))
		for i, node := range e.Way {
			way[i] = text.Escape(node)
		}
		fmt.Fprintf(&b, "The way to the root: %s.\n\n", strings.Join(way, " > "))
	} else {
		b.WriteString("The snapshots do not place it in the tree of an AWS Organization.\n\n")
	}
	if len(e.Statements) == 0 {
		b.WriteString("No attached service control policy is in the snapshots.\n")
		return b.String()
	}
	var rows [][]string
	for _, s := range e.Statements {
		statement := "none"
		if s.Index != nil {
			statement = strings.TrimSpace(fmt.Sprintf("%d %s", *s.Index, text.Escape(s.Sid)))
		}
		rows = append(rows, []string{
			text.Escape(s.Node), text.Escape(strings.TrimSpace(s.Policy + " " + s.PolicyName)), statement, s.Effect, s.Class, text.Escape(s.Reason),
		})
	}
	b.WriteString(text.Table([]string{"Attached to", "Policy", "Statement", "Effect", "Asks for MFA", "Why"}, rows))
	return b.String()
}

func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
