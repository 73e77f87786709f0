package ledger

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash/fnv"

	"iamcensus/snapshots/files"
)

// Checksum is a SHA-256; zero if the file could not be read.
type Checksum [32]byte

// ParseChecksum reads what String gives; zero for any other text.
func ParseChecksum(text string) (sum Checksum) {
	if len(text) != hex.EncodedLen(len(sum)) {
		return Checksum{}
	}
	if _, err := hex.Decode(sum[:], []byte(text)); err != nil {
		return Checksum{}
	}
	return sum
}

// String is in hexadecimal, and empty for zero.
func (c Checksum) String() string {
	if c == (Checksum{}) {
		return ""
	}
	return hex.EncodeToString(c[:])
}

// requestHash covers all that decides, besides the files, how they are read.
func (l *Ledger) requestHash() int64 {
	r := &l.request
	sum := fnv.New64a()
	fmt.Fprintf(sum, "%q %q %+v %t %q %+v", r.Version, r.Paths, r.Walk.Fallback, r.Walk.Overrule, r.Walk.Layout, r.Walk.Limits)
	return int64(sum.Sum64())
}

// readerHash covers all that decides, besides file and attribution, whether a
// file is refused. A newer iamcensus may read what an older one could not.
func readerHash(r Request) uint64 {
	sum := fnv.New64a()
	fmt.Fprintf(sum, "%q %+v", r.Version, r.Walk.Limits)
	return sum.Sum64()
}

// refusalHash covers all that decides, besides the file, whether it is refused.
func (l *Ledger) refusalHash(attributionHash uint64) uint64 {
	sum := fnv.New64a()
	both := binary.LittleEndian.AppendUint64(binary.LittleEndian.AppendUint64(make([]byte, 0, 16), attributionHash), l.readerHash)
	sum.Write(both)
	return sum.Sum64()
}

// attributionHash tells whether the attribution of a file has changed between
// two runs. It is in existing databases: do not change it.
func attributionHash(a files.Attribution) uint64 {
	sum := fnv.New64a()
	sum.Write([]byte(a.Organization))
	sum.Write([]byte{0})
	sum.Write([]byte(a.Account))
	sum.Write([]byte{0, byte(a.CapturedAt.Missing), byte(a.Standalone)})
	_ = binary.Write(sum, binary.LittleEndian, a.CapturedAt.Unix) // a hash returns no error
	return sum.Sum64()
}
