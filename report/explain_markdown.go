package report

import (
	"fmt"
	"iamcensus/report/text"
	"io"
	"strings"
	"time"
)

// renderEvidenceMarkdown writes one page per organization.
func renderEvidenceMarkdown(w io.Writer, all []MFAEvidence) error {
	for _, e := range all {
		if _, err := fmt.Fprintln(w, e.markdown()); err != nil {
			return err
		}
	}
	return nil
}

func (e MFAEvidence) markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "# Account %s of %s: %s\n\n%s.\n\n", text.Cell(e.Account), text.Cell(e.Organization), text.Code(e.Verdict), capital(verdictMeaning[e.Verdict]))
	if e.StateAt != nil {
		fmt.Fprintf(&b, "State of the AWS Organization %s: %s.\n\n", text.Cell(e.AWSOrganization), e.age())
	}
	if len(e.Path) > 0 {
		path := make([]string, len(e.Path))
		for i, node := range e.Path {
			path[i] = text.Cell(node)
		}
		fmt.Fprintf(&b, "Path to the root: %s.\n\n", strings.Join(path, " > "))
	} else {
		b.WriteString("The snapshots do not contain the account's place in an AWS Organization.\n\n")
	}
	if len(e.Statements) == 0 {
		b.WriteString("The snapshots contain no service control policy that is attached to this path.\n")
		return b.String()
	}
	var rows [][]string
	for _, s := range e.Statements {
		statement := "none"
		if s.Index != nil {
			statement = strings.TrimSpace(fmt.Sprintf("%d %s", *s.Index, text.Cell(s.Sid)))
		}
		rows = append(rows, []string{
			text.Cell(s.Node), text.Escape(strings.TrimSpace(s.Policy + " " + s.PolicyName)), statement, text.Cell(s.Effect), text.Cell(s.Class), text.Escape(s.Reason),
		})
	}
	b.WriteString(text.Table([]string{"Attached to", "Policy", "Statement", "Effect", "Requires MFA", "Reason"}, rows))
	b.WriteString("\nFiles:\n\n")
	for _, file := range e.Files {
		fmt.Fprintf(&b, "- %s\n", text.Escape(file))
	}
	return b.String()
}

// capital writes the first letter of a sentence as a capital.
func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// age says when the state is from, and how far from the snapshot.
func (e MFAEvidence) age() string {
	state := e.StateAt.UTC().Format(time.RFC3339)
	if e.CapturedAt == nil {
		return state
	}
	days := e.StateAt.Sub(*e.CapturedAt).Hours() / 24
	switch {
	case days == 0:
		return state + ", the time of the snapshot"
	case days < 0:
		return fmt.Sprintf("%s, %.1f days before the snapshot", state, -days)
	}
	return fmt.Sprintf("%s, %.1f days after the snapshot", state, days)
}
