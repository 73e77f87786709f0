package formats

import (
	"iamcensus/snapshots"
	"path"
	"regexp"
	"slices"
	"strings"
)

// Ids in the forms of the API reference, anywhere in a name.
var (
	containerID     = regexp.MustCompile(`(?:^|[^0-9A-Za-z])(ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}|r-[0-9a-z]{4,32})(?:$|[^0-9A-Za-z])`)
	accountID       = regexp.MustCompile(`(?:^|[^0-9A-Za-z])([0-9]{12})(?:$|[^0-9A-Za-z])`)
	policyID        = regexp.MustCompile(`(?:^|[^0-9A-Za-z])(p-[0-9A-Za-z]{8,128})(?:$|[^0-9A-Za-z])`)
	organizationARN = regexp.MustCompile(`:organizations::([0-9]{12}):[a-z_]+/(o-[0-9a-z]{10,32})(?:$|/)`)
)

// organizationOperations has no operation before a longer one of the same beginning.
var organizationOperations = []string{
	"list-accounts-for-parent", "list-accounts", "list-policies-for-target", "list-policies", "list-targets-for-policy",
	"list-organizational-units-for-parent", "list-children", "list-parents", "list-roots",
	"describe-organizational-unit", "describe-organization", "describe-policy",
}

// organizationOperation finds the operation in a file's name, "" if it has none.
func organizationOperation(file string) string {
	name := onlyLetters(path.Base(file))
	for _, operation := range organizationOperations {
		if strings.Contains(name, onlyLetters(operation)) {
			return operation
		}
	}
	return ""
}

// argument finds the argument of a request: an id in the file's name, or the last
// folder whose whole name is an id.
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

// nodeKind gives the Kind of the node with an id, "" if it is the id of no node.
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

// isContainer reports whether an id is that of a root or unit.
func isContainer(id string) bool {
	found := containerID.FindStringSubmatch(id)
	return found != nil && found[1] == id
}

// nodesAbove lists the roots and units in a path such as
// o-exampleorgid/r-ab12/ou-ab12-cd34ef56/111122223333/, or an ARN with such an end;
// nil if it does not end in id.
func nodesAbove(treePath, id string) (above []string) {
	if len(treePath) > maxARN {
		return nil
	}
	steps := strings.Split(strings.TrimSuffix(treePath, "/"), "/")
	if last(steps) != id || len(steps) > maxUnitsOfPath {
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

// addNodes adds nodes, each of which is the parent of the next.
func (r *organizationReader) addNodes(above []string) {
	parent := ""
	for _, id := range above {
		r.addNode(snapshots.Node{ID: id, Kind: nodeKind(id), ParentID: parent})
		parent = id
	}
}

// addNode adds a node unless the document has an equal one, or as many as a file may.
func (r *organizationReader) addNode(n snapshots.Node) {
	switch {
	case r.added[n]:
	case len(r.Nodes) < r.limits.elements:
		r.added[n] = true
		r.Nodes = append(r.Nodes, n)
	case !r.reportedNodes:
		r.reportedNodes = true
		r.refused++
		issue := r.limits.tooManyElements(0)
		issue.Column = "Paths"
		r.out.Issue(issue)
	}
}

// inOrganization takes the organization and its management account from the first
// ARN that names them. The ARNs of AWS's own policies name none.
func (r *organizationReader) inOrganization(arn string) {
	if found := organizationARN.FindStringSubmatch(arn); r.OrganizationID == "" && found != nil {
		r.ManagementID, r.OrganizationID = found[1], found[2]
	}
}

// reportMissingID emits, once per file, the issue that an id is unknown.
func (r *organizationReader) reportMissingID(unknown, example string) {
	if !r.reportedName {
		r.out.Issue(missingID(unknown, example))
		r.reportedName = true
	}
}

// refuseWithoutID reads a list that has no meaning without the unknown id.
func (r *organizationReader) refuseWithoutID(unknown, example string) fieldReader {
	issue := missingID(unknown, example)
	return refuseAll(r.response, issue.Kind, issue.Reason, issue.Remedy)
}

func missingID(unknown, example string) snapshots.Issue {
	return snapshots.Issue{
		Kind: "no_argument", Reason: "neither the response nor the path of the file has " + unknown,
		Remedy: "add the id to the name of the file, such as " + example,
	}
}
