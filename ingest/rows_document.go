package ingest

import (
	"iamcensus/ingest/scp"
	"iamcensus/snapshots"
)

// document writes one document and its lists.
func (w *rows) document(fileID int, a *attributedDocument) {
	w.organization(a.organization)
	id := newID(&w.existing.nextDocument)
	t := w.tables.document
	t.int32(id)
	t.text(a.organization)
	t.textOrNull(a.account)
	t.timestamp(a.capturedAt)
	t.text(a.source)
	t.text(a.format)
	t.textOrNull(a.Region)
	t.textOrNull(a.OrganizationID)
	t.textOrNull(a.ManagementID)
	t.textOrNull(a.RootID())
	t.int64(int64(a.Rows))
	t.int32(fileID)
	if a.isGuess {
		w.tables.guessedAccount.int32(id)
	}
	w.inventory(id, a.Document)
	w.passwordPolicy(id, a.PasswordPolicy)
	w.config(id, a.Document)
	w.awsOrganization(id, a.Document)
	w.awsPolicies(id, a.Document)
}

// each writes the elements of a list. A file may have a list with more than a batch of
// rows.
func each[T any](w *rows, list []T, write func(*T)) {
	for i := range list {
		if write(&list[i]); i%1024 == 1023 {
			w.makeRoom()
		}
	}
}

// inventory writes what an account has.
func (w *rows) inventory(id int, d *snapshots.Document) {
	t := &w.tables
	each(w, d.Entities, func(e *snapshots.Entity) {
		t.entity.int32(id)
		t.entity.text(e.Kind)
		t.entity.textOrNull(e.ID)
		t.entity.int64(e.N)
	})
	each(w, d.Users, func(u *snapshots.DescribedUser) {
		t.describedUser.int32(id)
		t.describedUser.text(u.Name)
		t.describedUser.textOrNull(u.ARN)
		t.describedUser.textOrNull(u.AWSUserID)
		t.describedUser.time(u.CreatedAt)
	})
	if r := d.RootSummary; r != nil {
		t.rootSummary.int32(id)
		t.rootSummary.flag(r.HasMFA)
		t.rootSummary.flag(r.HasAccessKeys)
		t.rootSummary.flag(r.HasPassword)
		t.rootSummary.flag(r.HasCertificates)
	}
}

// config writes what AWS Config found.
func (w *rows) config(id int, d *snapshots.Document) {
	t := &w.tables
	each(w, d.Compliance, func(c *snapshots.Compliance) {
		t.configCompliance.int32(id)
		t.configCompliance.text(c.RuleName)
		t.configCompliance.textOrNull(c.ResourceType)
		t.configCompliance.textOrNull(c.ResourceID)
		t.configCompliance.text(c.Result)
		t.configCompliance.time(c.RecordedAt)
		t.configCompliance.textOrNull(c.Annotation)
	})
	each(w, d.Rules, func(r *snapshots.Rule) {
		t.configRule.int32(id)
		t.configRule.text(r.Name)
		t.configRule.textOrNull(r.Identifier)
		t.configRule.textOrNull(r.Parameters)
	})
}

// passwordPolicy writes a policy. One that is not set has no further cells.
func (w *rows) passwordPolicy(id int, p *snapshots.PasswordPolicy) {
	if p == nil {
		return
	}
	t := w.tables.passwordPolicy
	t.int32(id)
	t.boolean(p.IsSet)
	if !p.IsSet {
		for t.next > 0 {
			t.null()
		}
		return
	}
	t.int32(p.MinimumLength)
	for _, f := range []snapshots.Flag{p.RequireSymbols, p.RequireNumbers, p.RequireUppercase, p.RequireLowercase, p.AllowChange, p.ExpirePasswords} {
		t.flag(f)
	}
	t.int32(p.MaxAgeDays)
	t.int32(p.ReusePrevention)
	t.flag(p.HardExpiry)
}

// awsOrganization writes an AWS Organization, its members and its tree.
func (w *rows) awsOrganization(id int, d *snapshots.Document) {
	t := &w.tables
	if o := d.Organization; o != nil {
		t.awsOrganization.int32(id)
		t.awsOrganization.flag(o.InUse)
		t.awsOrganization.textOrNull(o.FeatureSet)
	}
	each(w, d.Members, func(m *snapshots.Member) {
		t.awsMember.int32(id)
		t.awsMember.text(m.AccountID)
		t.awsMember.textOrNull(m.Name)
		t.awsMember.textOrNull(m.Status)
		t.awsMember.time(m.JoinedAt)
	})
	each(w, d.Nodes, func(n *snapshots.Node) {
		t.awsNode.int32(id)
		t.awsNode.text(n.ID)
		t.awsNode.text(n.Kind)
		t.awsNode.textOrNull(n.Name)
		t.awsNode.textOrNull(n.ParentID)
		t.awsNode.flag(n.SCPsEnabled)
	})
}

// awsPolicies writes policies, where they are attached, and which lists are
// complete.
func (w *rows) awsPolicies(id int, d *snapshots.Document) {
	t := &w.tables
	each(w, d.Policies, func(p *snapshots.Policy) { w.awsPolicy(id, p) })
	each(w, d.Targets, func(target *snapshots.Target) {
		t.awsPolicyTarget.int32(id)
		t.awsPolicyTarget.text(target.PolicyID)
		t.awsPolicyTarget.text(target.NodeID)
	})
	each(w, d.Listings, func(l *snapshots.Listing) {
		t.awsListing.int32(id)
		t.awsListing.text(l.Of)
		t.awsListing.textOrNull(l.SubjectID)
	})
}

// awsPolicy writes a policy and how its statements treat requests without MFA.
// The text of the policy is not stored.
func (w *rows) awsPolicy(id int, p *snapshots.Policy) {
	var statements []scp.Statement
	var err error
	if p.Content != nil {
		statements, err = scp.Classify([]byte(*p.Content))
	}
	t := w.tables.awsPolicy
	t.int32(id)
	t.text(p.ID)
	t.textOrNull(p.Name)
	t.textOrNull(p.Type)
	t.boolean(p.Content != nil && err == nil)
	if err != nil {
		t.text(err.Error())
	} else {
		t.null()
	}
	for _, s := range statements {
		w.awsPolicyStatement(id, p.ID, s)
	}
	w.makeRoom()
}

func (w *rows) awsPolicyStatement(id int, policyID string, s scp.Statement) {
	t := w.tables.awsPolicyStatement
	t.int32(id)
	t.text(policyID)
	t.int32(s.Index)
	t.textOrNull(s.Sid)
	t.text(s.Effect)
	t.text(string(s.Class))
	t.boolean(s.AllowsWithoutMFA)
	t.text(s.Reason)
}
