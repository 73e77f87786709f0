package ingest

import "hash/maphash"

// userNames are the names of the users in a file so far, with their account and
// time, as hashes of 128 bits: some 40 bytes for each. That two names of one file
// share a hash by chance is as likely as one in 10^25, and seeds that each process
// draws keep a file from arranging it. Each reader goroutine has one and reuses it
// for all its files: a new map for each of many small files is a noticeable part of
// reading them.
type userNames struct {
	names    map[nameHash]struct{}
	snapshot nameHash // account and time of the names that are added
}

type nameHash [2]uint64

var nameSeeds = [2]maphash.Seed{maphash.MakeSeed(), maphash.MakeSeed()}

// maxReusedNames is the largest set that is reused: clearing a map takes as long
// as for the most names it ever had.
const maxReusedNames = 1 << 10

// reset ends a file.
func (n *userNames) reset() {
	if len(n.names) > maxReusedNames {
		n.names = nil
	}
	clear(n.names)
}

// begin sets the account and time of names. A file has one organization.
func (n *userNames) begin(id *identity) {
	for i, seed := range nameSeeds {
		n.snapshot[i] = maphash.Comparable(seed, identityKey{"", id.account, id.capturedAt})
	}
}

// add is false if the snapshot has the name.
func (n *userNames) add(name string) bool {
	if n.names == nil {
		n.names = map[nameHash]struct{}{}
	}
	before := len(n.names)
	n.names[nameHash{
		n.snapshot[0] ^ maphash.String(nameSeeds[0], name),
		n.snapshot[1] ^ maphash.String(nameSeeds[1], name),
	}] = struct{}{}
	return len(n.names) > before
}
