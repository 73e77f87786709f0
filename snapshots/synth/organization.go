package synth

import (
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// organizationsOpened is when AWS Organizations became available.
var organizationsOpened = unix(2017, time.February, 27)

// An awsOrganization has the accounts of an organization that are not standalone.
type awsOrganization struct {
	id       string
	features string   // ALL or CONSOLIDATED_BILLING
	manager  string   // the account id that ARNs name as the management account
	hasSCPs  bool     // the policy type is enabled
	nodes    []node   // the root, then its units, each after its parent
	members  []member // the management account first
	policies []policy
}

// A node is a root or a unit.
type node struct {
	id, name string
	parent   int // index; the root is its own parent
	depth    int
}

// A member is an account in the tree.
type member struct {
	id      string
	founded int64
	node    int // index
	joined  int64
	invited bool
}

var unitNames = [...]string{"Production", "Development", "Sandbox", "Security", "Infrastructure", "Data", "Partners", "Suspended"}

// awsOrganization writes the responses of aws organizations for organization i, after
// its accounts.
func (w *writer) awsOrganization(dir string, i int) error {
	o := w.draw(i)
	if len(o.members) == 0 {
		return nil
	}
	o.manager = o.members[0].id
	if w.Documents == PoliciesWithheld {
		o.manager = fmt.Sprintf("999%09d", i+1)
	}
	o.drawJoining(w.random, w.at)
	dir = filepath.Join(dir, "organizations")
	if err := os.Mkdir(dir, 0o777); err != nil {
		return err
	}
	for name, response := range o.responses(w.Documents) {
		if err := writeJSON(dir, name, response); err != nil {
			return err
		}
	}
	return nil
}

// draw draws the AWS Organization of organization i, without the dates of joining.
func (w *writer) draw(i int) *awsOrganization {
	s, org := w.random, w.orgs[i]
	s.start(w.Seed, forOrganizations, i)
	o := &awsOrganization{id: s.id("o-", 10), features: "ALL", hasSCPs: s.chance(0.9)}
	if s.chance(0.06) {
		o.features, o.hasSCPs = "CONSOLIDATED_BILLING", false
	}
	for n := range org.accounts {
		if !w.accounts[org.first+n].standalone {
			o.members = append(o.members, member{id: accountID(org.first + n), founded: w.founded[n]})
		}
	}
	o.addUnits(s)
	if o.hasSCPs {
		o.policies = s.policies(len(o.nodes) - 1)
	}
	return o
}

// addUnits draws units, nested at most three deep, and moves accounts into them. The
// management account stays in the root, as AWS recommends.
func (o *awsOrganization) addUnits(s stream) {
	root := s.id("r-", 4)
	o.nodes = []node{{id: root, name: "Root"}}
	if len(o.members) < 3 {
		return
	}
	for _, name := range unitNames[:1+s.IntN(min(len(o.members)/2, len(unitNames)))] {
		parent := s.IntN(len(o.nodes))
		if o.nodes[parent].depth == 3 {
			parent = 0
		}
		o.nodes = append(o.nodes, node{s.id("ou-"+root[2:]+"-", 8), name, parent, o.nodes[parent].depth + 1})
	}
	for i := range o.members[1:] {
		o.members[1+i].node = s.IntN(len(o.nodes))
	}
}

// drawJoining draws which accounts were created in the AWS Organization and which were
// invited, and when. The management account created it as early as possible.
func (o *awsOrganization) drawJoining(s stream, at int64) {
	opened := max(o.members[0].founded, organizationsOpened)
	for i := range o.members {
		m := &o.members[i]
		m.joined = m.founded
		switch {
		case i == 0:
			m.joined, m.invited = opened, true // as AWS reports it
		case m.founded < opened || s.chance(0.3):
			m.joined, m.invited = s.between(max(m.founded, opened), at-hour), true
		}
	}
}

// id draws an id in the form of AWS.
func (s stream) id(prefix string, length int) string {
	b := []byte(prefix)
	for range length {
		b = append(b, "0123456789abcdefghijklmnopqrstuvwxyz"[s.IntN(36)])
	}
	return string(b)
}
