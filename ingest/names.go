package ingest

// userNames are the names of the users in a file so far, by account and time.
// Each reader goroutine has one and reuses it for all its files: a new map for
// each of many small files is a noticeable part of reading them.
type userNames struct {
	key    identityKey // of names
	names  map[string]struct{}
	others map[identityKey]map[string]struct{} // nil for most files, which have one account
}

// maxReusedNames is the largest set that is reused: clearing a map takes as long
// as for the most names it ever had.
const maxReusedNames = 1 << 10

// reset ends a file.
func (n *userNames) reset() {
	if len(n.names) > maxReusedNames {
		n.names = nil
	}
	clear(n.names)
	n.key, n.others = identityKey{}, nil
}

// of returns the names of an account at a time.
func (n *userNames) of(id identity) map[string]struct{} {
	key := identityKey{"", id.account, id.capturedAt} // a file has one organization
	if n.key == key && n.names != nil {
		return n.names
	}
	if len(n.names) > 0 {
		if n.others == nil {
			n.others = map[identityKey]map[string]struct{}{}
		}
		n.others[n.key] = n.names
		n.names = n.others[key]
	}
	if n.names == nil {
		n.names = map[string]struct{}{}
	}
	n.key = key
	return n.names
}
