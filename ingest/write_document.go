package ingest

import (
	"fmt"
	"iamcensus/ingest/scp"
	"iamcensus/snapshots"
	"iamcensus/snapshots/files"
)

// arrivedDocument is a document whose identity is clear.
type arrivedDocument struct {
	identity // account "" if it speaks of an AWS Organization
	*snapshots.Document
}

// identifyDocument is identify for a document, which needs no account if it
// speaks of an AWS Organization.
func identifyDocument(d *snapshots.Document, hint files.Attribution) (identity, *snapshots.Issue) {
	part := snapshots.UserBatch{Account: d.Account, CapturedAt: d.CapturedAt}
	ofOrganization := len(d.Entities)+len(d.Users)+len(d.Compliance)+len(d.Rules) == 0 && d.RootSummary == nil && d.PasswordPolicy == nil
	if ofOrganization && part.Account == "" {
		part.Account = "-"
	}
	id, issue := identify(&part, hint)
	if ofOrganization {
		id.account = d.Account
		if d.Organization != nil && d.Organization.InUse == snapshots.No && id.account == "" {
			id.account = hint.Account // the account that asked is in none
		}
	}
	return id, issue
}

// document writes one document and its lists.
func (w *writer) document(fileID int, format string, a *arrivedDocument) {
	if !w.known.orgs[a.organization] {
		w.organization(a.organization)
	}
	id := w.known.nextDocument
	w.known.nextDocument++
	t := &w.tables
	t.document.integer(id)
	t.document.text(a.organization)
	t.document.textOrNull(a.account)
	t.document.moment(a.capturedAt)
	t.document.text(a.source)
	t.document.text(format)
	t.document.textOrNull(a.Region)
	t.document.bigint(int64(a.Rows))
	t.document.integer(fileID)

	for _, e := range a.Entities {
		t.entity.integer(id)
		t.entity.text(e.Kind)
		t.entity.textOrNull(e.ID)
		t.entity.bigint(e.N)
	}
	for _, u := range a.Users {
		t.describedUser.integer(id)
		t.describedUser.text(u.Name)
		t.describedUser.textOrNull(u.ARN)
		t.describedUser.textOrNull(u.AWSUserID)
		t.describedUser.time(u.CreatedAt)
	}
	if r := a.RootSummary; r != nil {
		t.rootSummary.integer(id)
		t.rootSummary.flag(r.HasMFA)
		t.rootSummary.flag(r.HasAccessKeys)
		t.rootSummary.flag(r.HasPassword)
		t.rootSummary.flag(r.HasCertificates)
	}
	w.passwordPolicy(id, a.PasswordPolicy)
	for _, c := range a.Compliance {
		t.configCompliance.integer(id)
		t.configCompliance.text(c.RuleName)
		t.configCompliance.textOrNull(c.ResourceType)
		t.configCompliance.textOrNull(c.ResourceID)
		t.configCompliance.text(c.Result)
		t.configCompliance.time(c.RecordedAt)
		t.configCompliance.textOrNull(c.Annotation)
	}
	for _, r := range a.Rules {
		t.configRule.integer(id)
		t.configRule.text(r.Name)
		t.configRule.textOrNull(r.Identifier)
		t.configRule.textOrNull(r.Parameters)
	}
	w.awsOrganization(id, a.Document)
}

func (w *writer) passwordPolicy(id int, p *snapshots.PasswordPolicy) {
	if p == nil {
		return
	}
	t := w.tables.passwordPolicy
	t.integer(id)
	t.boolean(p.IsSet)
	if !p.IsSet {
		for t.at > 0 {
			t.null()
		}
		return
	}
	t.integer(p.MinimumLength)
	for _, f := range []snapshots.Flag{p.RequireSymbols, p.RequireNumbers, p.RequireUppercase, p.RequireLowercase, p.AllowChange, p.ExpirePasswords} {
		t.flag(f)
	}
	t.integer(p.MaxAgeDays)
	t.integer(p.ReusePrevention)
	t.flag(p.HardExpiry)
}

// awsOrganization writes what a document says of an AWS Organization.
func (w *writer) awsOrganization(id int, d *snapshots.Document) {
	t := &w.tables
	if o := d.Organization; o != nil {
		t.awsOrganization.integer(id)
		t.awsOrganization.flag(o.InUse)
		t.awsOrganization.textOrNull(o.ID)
		t.awsOrganization.textOrNull(o.ManagementAccountID)
		t.awsOrganization.textOrNull(o.FeatureSet)
	}
	for _, m := range d.Members {
		t.awsMember.integer(id)
		t.awsMember.text(m.AccountID)
		t.awsMember.textOrNull(m.Status)
		t.awsMember.time(m.JoinedAt)
	}
	for _, n := range d.Nodes {
		t.awsNode.integer(id)
		t.awsNode.text(n.ID)
		t.awsNode.text(n.Kind)
		t.awsNode.textOrNull(n.Name)
		t.awsNode.textOrNull(n.ParentID)
		t.awsNode.flag(n.SCPsEnabled)
	}
	for _, p := range d.Policies {
		w.awsPolicy(id, p)
	}
	for _, target := range d.Targets {
		t.awsPolicyTarget.integer(id)
		t.awsPolicyTarget.text(target.PolicyID)
		t.awsPolicyTarget.text(target.NodeID)
	}
	for _, l := range d.Listings {
		t.awsListing.integer(id)
		t.awsListing.text(l.Of)
		t.awsListing.textOrNull(l.Whom)
	}
}

// awsPolicy writes a policy and what its statements say of MFA. Its text stays
// where it is.
func (w *writer) awsPolicy(id int, p snapshots.Policy) {
	var statements []scp.Statement
	var err error
	if p.Content != nil {
		statements, err = scp.Classify([]byte(*p.Content))
	}
	t := w.tables.awsPolicy
	t.integer(id)
	t.text(p.ID)
	t.textOrNull(p.Name)
	t.textOrNull(p.Type)
	t.boolean(p.Content != nil && err == nil)
	if err != nil {
		t.text(fmt.Sprint(err))
	} else {
		t.null()
	}
	t = w.tables.awsPolicyStatement
	for _, s := range statements {
		t.integer(id)
		t.text(p.ID)
		t.integer(s.Index)
		t.textOrNull(s.Sid)
		t.text(s.Effect)
		t.text(string(s.Class))
		t.boolean(s.AllowsWithoutMFA)
		t.text(s.Reason)
	}
}
