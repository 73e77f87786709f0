package files

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"sync"
	"time"

	"github.com/klauspost/compress/zstd"
)

// entry is a file to create in a folder or an archive.
type entry struct {
	name, body string
	tar        func(*tar.Header)     // nil: a regular file
	zip        func(*zip.FileHeader) // nil: a regular file
}

var packedAt = time.Date(2021, 1, 25, 0, 0, 0, 0, time.UTC)

func tarOf(entries ...entry) string {
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for _, e := range entries {
		header := &tar.Header{Name: e.name, Size: int64(len(e.body)), Mode: 0o644, ModTime: packedAt, Typeflag: tar.TypeReg}
		if e.tar != nil {
			e.tar(header)
		}
		must(w.WriteHeader(header))
		if header.Size > 0 {
			_, err := io.WriteString(w, e.body)
			must(err)
		}
	}
	must(w.Close())
	return b.String()
}

func zipOf(entries ...entry) string {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, e := range entries {
		header := &zip.FileHeader{Name: e.name, Method: zip.Deflate, Modified: packedAt}
		if e.zip != nil {
			e.zip(header)
		}
		to, err := w.CreateHeader(header)
		must(err)
		_, err = io.WriteString(to, e.body)
		must(err)
	}
	must(w.Close())
	return b.String()
}

func gzipOf(body string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, err := io.WriteString(w, body)
	must(err)
	must(w.Close())
	return b.String()
}

var zstdWriter = sync.OnceValue(func() *zstd.Encoder {
	w, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1))
	must(err)
	return w
})

func zstdOf(body string) string { return string(zstdWriter().EncodeAll([]byte(body), nil)) }

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func zeros(n int) string { return string(make([]byte, n)) }

// noise is text that does not compress well.
func noise(n int) string {
	r := rand.New(rand.NewPCG(1, 2))
	b := make([]byte, n)
	for i := range b {
		b[i] = ' ' + byte(r.UintN(95))
	}
	return string(b)
}

// cut drops the last n bytes.
func cut(s string, n int) string { return s[:len(s)-n] }

// flip inverts one byte; a negative index counts from the end.
func flip(s string, at int) string {
	b := []byte(s)
	b[(at+len(b))%len(b)] ^= 0xff
	return string(b)
}

// typed is a tar entry that is not a regular file.
func typed(name string, flag byte, to string) entry {
	return entry{name: name, tar: func(h *tar.Header) { h.Typeflag, h.Linkname = flag, to }}
}

// falsify changes a zip's central directory: four bytes at an offset of the first
// member's header (APPNOTE 4.3.12).
func falsify(archive string, offset int, value uint32) string {
	b := []byte(archive)
	at := bytes.Index(b, []byte("PK\x01\x02"))
	binary.LittleEndian.PutUint32(b[at+offset:], value)
	return string(b)
}

// hugeTar has a header that claims 8 GiB, and nothing after it.
func hugeTar() string {
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	must(w.WriteHeader(&tar.Header{Name: "a.csv", Size: 8 << 30, Mode: 0o644, Typeflag: tar.TypeReg}))
	return b.String()
}

// sparseTar has a sparse file as GNU tar writes it, and another. The keys are edited
// in, since package tar refuses to write them.
func sparseTar(other entry) string {
	return strings.ReplaceAll(tarOf(entry{name: "a", body: "0\n" + zeros(510), tar: func(h *tar.Header) {
		h.PAXRecords = map[string]string{"XXX.sparse.major": "1", "XXX.sparse.minor": "0", "XXX.sparse.realsize": "8589934592"}
	}}, other), "XXX.", "GNU.")
}

// oldSparseTar has a sparse file in the format of GNU tar before pax: a map of its
// pieces in the header.
func oldSparseTar() string {
	b := []byte(tarOf(entry{name: "a", tar: func(h *tar.Header) { h.Format = tar.FormatGNU }}))
	b[156] = tar.TypeGNUSparse
	copy(b[386:], "00000000000\x0000000000000\x00") // the only piece: no bytes at 0
	copy(b[483:], "00000001000\x00")                // size with the hole
	copy(b[148:156], "        ")
	sum := 0
	for _, c := range b[:512] {
		sum += int(c)
	}
	copy(b[148:], fmt.Sprintf("%06o\x00 ", sum))
	return string(b)
}

// overlapping is a zip whose members share the same bytes.
func overlapping(n int) string {
	one := zipOf(entry{name: "a", body: zeros(64 << 10)})
	at := strings.Index(one, "PK\x01\x02")
	end := strings.Index(one, "PK\x05\x06")
	header := []byte(one[at:end])
	var b bytes.Buffer
	b.WriteString(one[:at])
	for i := range n {
		h := bytes.Clone(header)
		h[46] = byte('a' + i)
		b.Write(h)
	}
	tail := []byte(one[end:])
	binary.LittleEndian.PutUint16(tail[8:], uint16(n))
	binary.LittleEndian.PutUint16(tail[10:], uint16(n))
	binary.LittleEndian.PutUint32(tail[12:], uint32(n*len(header)))
	b.Write(tail)
	return b.String()
}
