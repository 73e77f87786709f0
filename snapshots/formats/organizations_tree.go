package formats

import (
	"iamcensus/snapshots"
	"path"
	"regexp"
	"slices"
	"strings"
)

// Ids as the API reference gives them, anywhere in a name.
var (
	containerID    = regexp.MustCompile(`(?:^|[^0-9A-Za-z])(ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}|r-[0-9a-z]{4,32})(?:$|[^0-9A-Za-z])`)
	accountID      = regexp.MustCompile(`(?:^|[^0-9A-Za-z])([0-9]{12})(?:$|[^0-9A-Za-z])`)
	policyID       = regexp.MustCompile(`(?:^|[^0-9A-Za-z])(p-[0-9A-Za-z]{8,128})(?:$|[^0-9A-Za-z])`)
	organizationID = regexp.MustCompile(`(?:^|[^0-9A-Za-z])(o-[0-9a-z]{10,32})(?:$|[^0-9A-Za-z])`)
)

// organizationOperations have an operation before those whose names begin it.
var organizationOperations = []string{
	"list-accounts-for-parent", "list-accounts", "list-policies-for-target", "list-policies", "list-targets-for-policy",
	"list-organizational-units-for-parent", "list-children", "list-parents", "list-roots",
	"describe-organizational-unit", "describe-organization", "describe-policy",
}

// organizationOperation finds in a file's name what was asked.
func organizationOperation(file string) string {
	name := letters(path.Base(file))
	for _, operation := range organizationOperations {
		if strings.Contains(name, letters(operation)) {
			return operation
		}
	}
	return ""
}

// argument finds what was asked about: an id in the file's name, or the last
// folder that is one as a whole.
func argument(file string, ids ...*regexp.Regexp) string {
	names := strings.Split(file, "/")
	for i, name := range slices.Backward(names) {
		for _, id := range ids {
			found := id.FindStringSubmatch(name)
			if found != nil && (i == len(names)-1 || found[1] == name) {
				return found[1]
			}
		}
	}
	return ""
}

// nodeKind tells what an id is of, "" if it is none of a node.
func nodeKind(id string) string {
	switch {
	case snapshots.IsAccountID(id):
		return "ACCOUNT"
	case !isContainer(id):
		return ""
	case strings.HasPrefix(id, "r-"):
		return "ROOT"
	}
	return "ORGANIZATIONAL_UNIT"
}

// isContainer reports whether an id is of a root or unit.
func isContainer(id string) bool {
	found := containerID.FindStringSubmatch(id)
	return found != nil && found[1] == id
}

// nodesAbove lists the roots and units on a path such as
// o-exampleorgid/r-ab12/ou-ab12-cd34ef56/111122223333/, or an ARN that ends
// so; nil if it does not end in id.
func nodesAbove(treePath, id string) (above []string) {
	steps := strings.Split(strings.TrimSuffix(treePath, "/"), "/")
	if last(steps) != id {
		return nil
	}
	for _, step := range steps[:len(steps)-1] {
		if isContainer(step) {
			above = append(above, step)
		}
	}
	return above
}

func last(names []string) string {
	if len(names) == 0 {
		return ""
	}
	return names[len(names)-1]
}

// addNodes adds nodes of which each is the parent of the next.
func (r *organizationReader) addNodes(above []string) {
	parent := ""
	for _, id := range above {
		r.addNode(snapshots.Node{ID: id, Kind: nodeKind(id), ParentID: parent})
		parent = id
	}
}

// addNode adds a node unless the document has the very same.
func (r *organizationReader) addNode(n snapshots.Node) {
	if !r.named[n] {
		r.named[n] = true
		r.Nodes = append(r.Nodes, n)
	}
}

// inOrganization takes the organization's id from the first ARN that has one.
func (r *organizationReader) inOrganization(arn string) {
	if found := organizationID.FindStringSubmatch(arn); r.OrganizationID == "" && found != nil {
		r.OrganizationID = found[1]
	}
}

// askName says, once a file, that its name lacks the id of what was asked
// about.
func (r *organizationReader) askName(unknown, example string) {
	if !r.toldName {
		r.out.Issue(nameless(unknown, example))
		r.toldName = true
	}
}

// nameless is the field of a list that says nothing without that id.
func (r *organizationReader) nameless(unknown, example string) field {
	issue := nameless(unknown, example)
	return refuseAll(r.answer, issue.Kind, issue.Reason, issue.Remedy)
}

func nameless(unknown, example string) snapshots.Issue {
	return snapshots.Issue{
		Kind: "no_argument", Reason: "neither the answer nor the name of the file says " + unknown,
		Remedy: "put the id that was asked about into the name, such as " + example,
	}
}
