package ingest

import "iamcensus/snapshots"

// A part is what is visited at once: the results of many small files, or some of
// the records of a large one, while the rest of it is read. A reader hands a part on
// when what it holds needs this much memory. No report of an account has as much: a
// user needs some 600 bytes, and the quota is 5,000.
const partBytes = 8 << 20

// parts collects the results of one job for the visit.
type parts struct {
	to      chan<- []*result
	stopped <-chan struct{} // closed when no part is visited any more
	results []*result
	bytes   int // memory of the results, roughly
}

// begin starts the result of a file. A file with a part of its own begins one, so
// that small files never need several.
func (p *parts) begin(r result) *result {
	if p.bytes >= partBytes/2 {
		p.send()
	}
	return &r
}

// end adds the result of a file, or what is left of it.
func (p *parts) end(r *result) { p.results = append(p.results, r) }

// keep counts memory that a result needs. If that is too much, the result becomes a
// part, and what is returned takes the rest of the file.
func (p *parts) keep(r *result, bytes int) *result {
	if p.bytes += bytes; p.bytes < partBytes {
		return r
	}
	rest := &result{file: r.file, match: r.match, sha256: r.sha256, format: r.format, issues: r.issues}
	r.continues, r.issues = true, issues{}
	p.end(r)
	p.send()
	return rest
}

// send waits until there is room for the part.
func (p *parts) send() {
	select {
	case p.to <- p.results:
	case <-p.stopped:
	}
	p.results, p.bytes = nil, 0
}

// Memory of records, roughly. Texts are in the memory of the file.
const (
	userBytes     = 320 // of snapshots.User
	batchOverhead = 512
	documentBytes = 1024
	elementBytes  = 128
)

func memoryOf(b *snapshots.UserBatch) int { return batchOverhead + userBytes*cap(b.Users) }

func memoryOfDocument(d *snapshots.Document) int {
	return documentBytes + elementBytes*(len(d.Entities)+len(d.Users)+len(d.Members)+len(d.Nodes)+len(d.Policies)+
		len(d.Targets)+len(d.Listings)+len(d.Compliance)+len(d.Rules))
}
