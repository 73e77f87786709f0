package files

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// TestContainersAgree packs one tree in every way: the walk finds the same files in
// the same order.
func TestContainersAgree(t *testing.T) {
	large := noise(smallFileBytes + 100)
	tree := []entry{ // in the order of a walk
		{name: "manifest.json", body: `{"organization": "all"}`},
		{name: "2021-01-24/manifest.json", body: `{"organization": "acme", "accounts_expected": 3}`},
		{name: "2021-01-24/org-a/manifest.json", body: `{"account": "999900001111"}`},
		{name: "2021-01-24/org-a/111122223333/credential_report.csv", body: "a"},
		{name: "2021-01-24/org-a.csv", body: string(gzipOf("packed"))},
		{name: "2021-01-24/org-b/444455556666/large.csv", body: large},
		{name: "2021-01-24/org-b/444455556666/large.gz", body: gzipOf(large)},
		{name: "empty.csv"},
		{name: "loose_2021-02-03.csv", body: "c"},
	}
	want := walked(t, write(t, tree...), defaults())
	if len(want) != len(tree) {
		t.Fatalf("%d lines: %q", len(want), want)
	}
	last := make([]entry, 0, len(tree)) // manifests after the files they apply to
	for i := range tree {
		last = append(last, tree[len(tree)-1-i])
	}
	dotted := make([]entry, 0, len(tree)+1)
	dotted = append(dotted, entry{name: "./", tar: func(h *tar.Header) { h.Typeflag = tar.TypeDir }})
	for _, e := range tree {
		dotted = append(dotted, entry{name: "./" + e.name, body: e.body})
	}
	packings := []struct {
		name, body string
		depth      int // archives that are visited after their members
	}{
		{"zip", zipOf(tree...), 1},
		{"zip in another order", zipOf(last...), 1},
		{"zip.gz", gzipOf(zipOf(tree...)), 1},
		{"zip.zst", zstdOf(zipOf(tree...)), 1},
		{"tar", tarOf(tree...), 1},
		{"tar in another order", tarOf(last...), 1},
		{"tar with ./", tarOf(dotted...), 1},
		{"tar.gz", gzipOf(tarOf(tree...)), 1},
		{"tar.zst", zstdOf(tarOf(tree...)), 1},
		{"tar.gz in tar", tarOf(entry{name: "x", body: gzipOf(tarOf(tree...))}), 2},
		{"tar in tar.gz", gzipOf(tarOf(entry{name: "x", body: tarOf(last...)})), 2},
		{"zip in zip", zipOf(entry{name: "x", body: zipOf(tree...)}), 2},
		{"zip in tar.zst", zstdOf(tarOf(entry{name: "x", body: zipOf(last...)})), 2},
		{"tar in zip", zipOf(entry{name: "x", body: tarOf(last...)}), 2},
	}
	for _, packing := range packings {
		t.Run(packing.name, func(t *testing.T) {
			root := write(t, entry{name: "x", body: packing.body})
			var got []string
			for _, l := range walked(t, root, defaults()) {
				got = append(got, strings.TrimPrefix(strings.TrimPrefix(l, "x!/"), "x!/"))
			}
			same(t, got[:len(tree)], want...)
			if n := len(got) - len(tree); n != packing.depth {
				t.Errorf("%d more: %q", n, got[len(tree):])
			}
			o := defaults()
			o.Stdin = strings.NewReader(packing.body)
			var piped []string
			for _, l := range walked(t, Stdin, o) {
				piped = append(piped, strings.TrimPrefix(l, "x!/"))
			}
			same(t, piped[:len(tree)], want...)
		})
	}
}

// TestCompressedTarOrder: the members of a compressed tar come as they are stored,
// and its manifests apply to all the same.
func TestCompressedTarOrder(t *testing.T) {
	root := write(t, entry{name: "x", body: gzipOf(tarOf(
		entry{name: "b/b.csv", body: "b"}, entry{name: "a/a.csv", body: "a"},
		entry{name: "manifest.json", body: `{"organization": "acme"}`}))})
	same(t, walked(t, root, defaults()),
		`x!/b/b.csv acme/b "b"`, `x!/a/a.csv acme/a "a"`, `x!/manifest.json manifest acme/ "{\"organization\": \"ac"`, "x archive {}")
}

// TestArchiveAttribution: manifests above an archive apply to its members, and so do
// its own name, as that of a folder, and the date in it if these have none.
func TestArchiveAttribution(t *testing.T) {
	inner := zipOf(entry{name: "111122223333/a.csv", body: "a"}, entry{name: "2021-05-05/b.csv", body: "b"})
	root := write(t, entry{name: "org-a/manifest.json", body: `{"standalone": true}`}, entry{name: "org-a/snapshot_2021-01-24.zip", body: inner})
	same(t, walked(t, root, defaults())[1:],
		`org-a/snapshot_2021-01-24.zip!/111122223333/a.csv snapshot/111122223333 2021-01-24T00:00:00Z(path) "a"`,
		`org-a/snapshot_2021-01-24.zip!/2021-05-05/b.csv snapshot/ 2021-05-05T00:00:00Z(path) "b"`,
		`org-a/snapshot_2021-01-24.zip archive org-a/ 2021-01-24T00:00:00Z(path) {}`)
}

func TestMemberStatus(t *testing.T) {
	for name, body := range map[string]string{
		"zip": zipOf(entry{name: "a.csv", body: "aaa"}), "tar.gz": gzipOf(tarOf(entry{name: "a.csv", body: "aaa"})),
	} {
		o := defaults()
		o.Stdin = strings.NewReader(body)
		err := Walk(t.Context(), Stdin, o, each(func(f File) error {
			if !f.Archive && (!f.Member || f.Size != 3 || !f.ModifiedAt.Equal(packedAt)) {
				t.Errorf("%s: %+v", name, f)
			}
			return nil
		}))
		if err != nil {
			t.Fatal(err)
		}
	}
}

// TestOffsets: the offset of a member is the number of bytes that were read of the
// outermost archive, which is at most its size.
func TestOffsets(t *testing.T) {
	inner := zipOf(entry{name: "b.csv", body: noise(50_000)})
	entries := []entry{{name: "a.csv", body: noise(100_000)}, {name: "b.zip", body: inner}, {name: "c.csv", body: noise(100_000)}}
	for name, body := range map[string]string{"tar": tarOf(entries...), "zip": zipOf(entries...), "tar.gz": gzipOf(tarOf(entries...))} {
		var offsets []int64
		err := Walk(t.Context(), write(t, entry{name: "x", body: body}), defaults(), each(func(f File) error {
			offsets = append(offsets, f.Offset)
			return nil
		}))
		if err != nil {
			t.Fatal(err)
		}
		if len(offsets) != 5 {
			t.Fatalf("%s: %d files", name, len(offsets))
		}
		members, size := offsets[:4], int64(len(body)) // a.csv, b.zip!/b.csv, b.zip, c.csv
		if !slices.IsSorted(members) || members[3] < size/2 || members[3] > size {
			t.Errorf("%s of %d bytes: %v", name, size, members)
		}
	}
}

func TestStdin(t *testing.T) {
	for _, test := range []struct{ name, body, want string }{
		{"empty", "", ` ""`},
		{"report", "user,arn", ` "user,arn"`},
		{"large report", noise(3 * smallFileBytes), fmt.Sprintf(" %.20q", noise(20))},
		{"compressed", gzipOf("user,arn"), ` "user,arn"`},
		{"large and compressed", gzipOf(noise(3 * smallFileBytes)), fmt.Sprintf(" %.20q", noise(20))},
	} {
		o := defaults()
		o.Stdin = strings.NewReader(test.body)
		same(t, walked(t, Stdin, o), test.want)
	}
	same(t, walked(t, Stdin, defaults()), ` ""`)
}

// badArchives are damaged and hostile archives, and the lines of their walks.
func badArchives() []badArchive {
	ok := entry{name: "z.csv", body: "z"}
	text := noise(5000)
	both := func(name string, entries []entry, want ...string) []badArchive {
		return []badArchive{
			{"zip/" + name, zipOf(entries...), want}, {"tar/" + name, tarOf(entries...), want},
			{"tar.gz/" + name, gzipOf(tarOf(entries...)), want},
		}
	}
	var list []badArchive
	for _, c := range [][]badArchive{
		both("leads out", []entry{{name: "../a.csv", body: "a"}, ok}, "../a.csv {unsafe_path}", `z.csv "z"`, "archive {}"),
		both("leads out in the middle", []entry{{name: "a/../../a.csv", body: "a"}, ok}, "a/../../a.csv {unsafe_path}", `z.csv "z"`, "archive {}"),
		both("absolute", []entry{{name: "/etc/a.csv", body: "a"}, ok}, "/etc/a.csv {unsafe_path}", `z.csv "z"`, "archive {}"),
		both("drive", []entry{{name: "C:a.csv", body: "a"}, ok}, "C:a.csv {unsafe_path}", `z.csv "z"`, "archive {}"),
		both("backslashes", []entry{{name: `a\a.csv`, body: "a"}, ok}, `a\a.csv {unsafe_path}`, `z.csv "z"`, "archive {}"),
		both("path too long", []entry{{name: strings.Repeat("long/", 300) + "a.csv", body: "a"}, ok},
			strings.Repeat("long/", 204)+"long... {path_too_long}", `z.csv "z"`, "archive {}"),
		both("terminal escapes", []entry{{name: "a\x1b[2J.csv", body: "a"}, ok}, "a\x1b[2J.csv \"a\"", `z.csv "z"`, "archive {}"),
		both("duplicate", []entry{{name: "a.csv", body: "1"}, {name: "./a.csv", body: "2"}, ok}, `a.csv "1"`, "a.csv {duplicate_member}", `z.csv "z"`, "archive {}"),
		both("duplicate manifest", []entry{{name: "manifest.json", body: `{"organization":"1"}`}, {name: "manifest.json", body: `{"organization":"2"}`}},
			`manifest.json manifest 1/ "{\"organization\":\"1\"}"`, "manifest.json 1/ {duplicate_member}", "archive {}"),
		both("bad manifest", []entry{{name: "manifest.json", body: "["}, ok}, "manifest.json manifest {bad_manifest}", `z.csv "z"`, "archive {}"),
		both("compressed twice", []entry{{name: "a.gz", body: gzipOf(zstdOf("a"))}, ok}, "a.gz {nested}", `z.csv "z"`, "archive {}"),
		both("three archives deep", []entry{{name: "a", body: tarOf(entry{name: "b", body: zipOf(ok)})}, ok},
			"a!/b archive a/ {nested}", "a archive {}", `z.csv "z"`, "archive {}"),
		both("only folders", []entry{{name: "a/", tar: func(h *tar.Header) { h.Typeflag = tar.TypeDir }}}, "archive {empty_archive}"),
		both("file without a byte", []entry{{name: "a.csv"}}, `a.csv ""`, "archive {}"),
		both("damaged archive inside", []entry{{name: "a.zip", body: cut(zipOf(ok), 9)}, ok}, "a.zip archive {damaged}", `z.csv "z"`, "archive {}"),
		{
			{"zip/NUL in a name", zipOf(entry{name: "a\x00.csv", body: "a"}, ok), []string{`a\x00.csv {unsafe_path}`, `z.csv "z"`, "archive {}"}},
			{"zip/name that is not UTF-8", zipOf(entry{name: "caf\xe9.csv", body: "a"}), []string{`caf\xe9.csv "a"`, "archive {}"}},
			{"tar/name that is not UTF-8", tarOf(entry{name: "caf\xe9.csv", body: "a", tar: func(h *tar.Header) { h.Format = tar.FormatGNU }}), []string{`caf\xe9.csv "a"`, "archive {}"}},
			{"tar/symlink", tarOf(typed("a", tar.TypeSymlink, "/etc/passwd"), ok), []string{"a {symlink}", `z.csv "z"`, "archive {}"}},
			{"tar/hard link", tarOf(typed("a", tar.TypeLink, "/etc/passwd"), ok), []string{"a {hard_link}", `z.csv "z"`, "archive {}"}},
			{"tar/character device", tarOf(typed("a", tar.TypeChar, ""), ok), []string{"a {not_regular}", `z.csv "z"`, "archive {}"}},
			{"tar/block device", tarOf(typed("a", tar.TypeBlock, ""), ok), []string{"a {not_regular}", `z.csv "z"`, "archive {}"}},
			{"tar/pipe", tarOf(typed("a", tar.TypeFifo, ""), ok), []string{"a {not_regular}", `z.csv "z"`, "archive {}"}},
			{"tar/sparse", sparseTar(ok), []string{"a {not_regular}", `z.csv "z"`, "archive {}"}},
			{"tar/sparse in the old GNU format", oldSparseTar(), []string{"a {not_regular}", "archive {}"}},
			{"zip/no members", zipOf(), []string{"archive {empty_archive}"}},
			{"tar/no members", tarOf(), []string{`"` + strings.Repeat(`\x00`, 20) + `"`}}, // without members it has no magic bytes
			{"tar/huge size", hugeTar(), []string{"a.csv {damaged}", "archive {damaged}"}},
			{"tar.gz/huge size", gzipOf(hugeTar()), []string{"a.csv {damaged}", "archive {damaged}"}},
			{"tar/truncated", tarOf(ok, entry{name: "a.csv", body: text})[:2048], []string{"a.csv {damaged}", `z.csv "z"`, "archive {damaged}"}},
			{"tar.gz/truncated", cut(gzipOf(tarOf(ok, entry{name: "zz.csv", body: text})), 2000), []string{`z.csv "z"`, "zz.csv {damaged}", "archive {damaged}"}},
			{"tar.gz/wrong checksum", flip(gzipOf(tarOf(ok)), -8), []string{`z.csv "z"`, "archive {damaged}"}},
			{"tar.zst/truncated", cut(zstdOf(tarOf(ok, entry{name: "zz.csv", body: noise(300_000)})), 2000), []string{`z.csv "z"`, "zz.csv {damaged}", "archive {damaged}"}},
			{"zip.gz/truncated", cut(gzipOf(zipOf(ok, entry{name: "zz.csv", body: text})), 2000), []string{"{damaged}"}},
			{"zip.gz/bomb", gzipOf("PK\x03\x04" + zeros(8<<20)), []string{"{expansion}"}},
			{"tar/damaged header", tarOf(ok)[:1024] + flip(tarOf(ok), 0)[:1024], []string{`z.csv "z"`, "archive {damaged}"}},
			{"tar.gz/bomb", gzipOf(tarOf(ok, entry{name: "zz", body: zeros(8 << 20)})), []string{`z.csv "z"`, "zz {expansion}", "archive {expansion}"}},
			{"zip/bomb", zipOf(entry{name: "a", body: zeros(8 << 20)}, ok), []string{"a {expansion}", `z.csv "z"`, "archive {}"}},
			{"zip/bomb with a small size", falsify(zipOf(entry{name: "a", body: zeros(8 << 20)}, ok), 24, 100), []string{"a {damaged}", `z.csv "z"`, "archive {}"}},
			{"zip/size too small", falsify(zipOf(entry{name: "a", body: text}, ok), 24, 10), []string{"a {damaged}", `z.csv "z"`, "archive {}"}},
			{"zip/size too large", falsify(zipOf(entry{name: "a", body: text}, ok), 24, 9999), []string{"a {damaged}", `z.csv "z"`, "archive {}"}},
			{"zip/wrong checksum", falsify(zipOf(entry{name: "a", body: text}, ok), 16, 1), []string{"a {damaged}", `z.csv "z"`, "archive {}"}},
			{"zip/member outside", falsify(zipOf(entry{name: "a", body: text}, ok), 42, 1<<30), []string{"a {damaged}", `z.csv "z"`, "archive {}"}},
			{"zip/truncated", cut(zipOf(ok), 30), []string{"archive {damaged}"}},
			{"zip/only a header", "PK\x03\x04", []string{"archive {damaged}"}},
			{"zip/encrypted", zipOf(entry{name: "a", body: "a", zip: func(h *zip.FileHeader) { h.Flags |= encryptedFlag }}, ok), []string{"a {encrypted}", `z.csv "z"`, "archive {}"}},
			{"zip/symlink", zipOf(entry{name: "a", body: "/etc/passwd", zip: func(h *zip.FileHeader) { h.SetMode(0o777 | 1<<27) }}, ok), []string{"a {symlink}", `z.csv "z"`, "archive {}"}},
			{"zip/unknown method", falsify(zipOf(entry{name: "a", body: "a"}, ok), 10, 12), []string{"a {damaged}", `z.csv "z"`, "archive {}"}},
			{"zip/overlapping members", overlapping(3), []string{"archive {overlapping_members}"}},
		},
	} {
		list = append(list, c...)
	}
	return list
}

type badArchive struct {
	name, body string
	want       []string
}

func TestBadArchives(t *testing.T) {
	for _, test := range badArchives() {
		t.Run(test.name, func(t *testing.T) {
			o := defaults()
			o.Stdin = strings.NewReader(test.body)
			got := walked(t, Stdin, o)
			for i := range got {
				got[i] = strings.TrimPrefix(got[i], " ")
			}
			same(t, got, test.want...)
		})
	}
}

// TestManyRefused: an archive adds a limited number of issues.
func TestManyRefused(t *testing.T) {
	entries := make([]entry, 250)
	for i := range entries {
		entries[i] = typed(fmt.Sprintf("l%03d", i), tar.TypeSymlink, "x")
	}
	got := walked(t, write(t, entry{name: "x", body: tarOf(entries...)}), defaults())
	if len(got) != refusalsShown+1 || got[refusalsShown] != "x archive {more_refused}" {
		t.Errorf("%d lines, the last %s", len(got), got[len(got)-1])
	}
}

// TestSpoolLeavesNothing: temporary files are removed, however the walk ends.
func TestSpoolLeavesNothing(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	a := entry{name: "a", body: noise(3 * smallFileBytes)}
	for _, body := range []string{zipOf(a), gzipOf(zipOf(a)), cut(gzipOf(zipOf(a)), 99), tarOf(entry{name: "x", body: zipOf(a)})} {
		for _, stop := range []error{nil, io.EOF} {
			o := defaults()
			o.Stdin = strings.NewReader(body)
			if err := Walk(t.Context(), Stdin, o, each(func(File) error { return stop })); !errors.Is(err, stop) {
				t.Fatal(err)
			}
		}
	}
	left, err := os.ReadDir(os.Getenv("TMPDIR"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	t.Setenv("TMPDIR", filepath.Join(os.Getenv("TMPDIR"), "none"))
	o := defaults()
	o.Stdin = strings.NewReader(zipOf(a))
	same(t, walked(t, Stdin, o), " {unreadable}")
}

// TestFlatMemory walks 2,000 members of 100 kB, 200 MB in total, in the memory of a
// few of them.
func TestFlatMemory(t *testing.T) {
	body := noise(100_000)
	for name, pack := range map[string]func(io.Writer) (to io.WriteCloser, next func(i int) io.Writer){
		"tar.gz": func(w io.Writer) (io.WriteCloser, func(int) io.Writer) {
			z, _ := gzip.NewWriterLevel(w, gzip.NoCompression)
			tw := tar.NewWriter(z)
			return closers{tw, z}, func(i int) io.Writer {
				must(tw.WriteHeader(&tar.Header{Name: fmt.Sprintf("%d.csv", i), Size: int64(len(body)), Mode: 0o644}))
				return tw
			}
		},
		"zip": func(w io.Writer) (io.WriteCloser, func(int) io.Writer) {
			zw := zip.NewWriter(w)
			return closers{zw}, func(i int) io.Writer {
				member, err := zw.CreateHeader(&zip.FileHeader{Name: fmt.Sprintf("%d.csv", i), Method: zip.Store})
				must(err)
				return member
			}
		},
	} {
		reader, writer := io.Pipe()
		go func() {
			archive, next := pack(writer)
			for i := range 2000 {
				_, err := io.WriteString(next(i), body)
				must(err)
			}
			must(archive.Close())
			must(writer.Close())
		}()
		o := defaults()
		o.Stdin = reader
		before, files, peak := inUse(), 0, uint64(0)
		err := Walk(t.Context(), Stdin, o, each(func(f File) error {
			if files++; files%200 == 0 {
				peak = max(peak, inUse())
			}
			return nil
		}))
		if err != nil || files != 2001 || peak > before+8<<20 {
			t.Errorf("%s: %d files, %d bytes in use after %d, error %v", name, files, peak, before, err)
		}
	}
}

// inUse is the size of the live heap, in bytes.
func inUse() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// closers are closed in order.
type closers []io.Closer

func (c closers) Write([]byte) (int, error) { panic("not written to") }

func (c closers) Close() error {
	for _, one := range c {
		must(one.Close())
	}
	return nil
}

// FuzzWalk walks any bytes as stdin, under narrow limits: the walk ends within them,
// and every file has content or an issue.
func FuzzWalk(f *testing.F) {
	for _, bad := range badArchives() {
		if len(bad.body) < 64<<10 {
			f.Add([]byte(bad.body), uint8(len(bad.name)%3))
		}
	}
	limits := Limits{FileBytes: 1 << 20, ArchiveBytes: 4 << 20, Ratio: 100, Members: 50, PathBytes: 200, Depth: 5, Nesting: 2}
	f.Fuzz(func(t *testing.T, data []byte, compression uint8) {
		switch compression % 3 { // a mutated file does not decompress: mutate it before compression
		case 1:
			data = []byte(gzipOf(string(data)))
		case 2:
			data = []byte(zstdOf(string(data)))
		}
		total := int64(0)
		walk := func() (lines []string) {
			err := Walk(t.Context(), Stdin, Options{Limits: limits, Stdin: bytes.NewReader(data)}, each(func(file File) error {
				lines = append(lines, line(Stdin, file))
				total += int64(len(file.data))
				if !utf8.ValidString(file.Path) || strings.ContainsRune(file.Path, 0) {
					t.Errorf("path %q", file.Path)
				}
				for _, issue := range file.Issues {
					if !utf8.ValidString(issue.Reason) {
						t.Errorf("reason %q", issue.Reason)
					}
				}
				return nil
			}))
			if err != nil {
				t.Fatal(err)
			}
			return lines
		}
		first := walk()
		if total > limits.ArchiveBytes+int64(len(data)) {
			t.Errorf("%d bytes out of %d", total, len(data))
		}
		same(t, walk(), first...)
	})
}

// TestSpreadsheet walks a spreadsheet, whose parts in XML are not visited.
func TestSpreadsheet(t *testing.T) {
	for _, part := range officeParts {
		body := zipOf(entry{name: "docProps/app.xml", body: "<x/>"}, entry{name: part, body: "<x/>"}, entry{name: "xl/workbook.xml", body: "<x/>"})
		var kinds []string
		err := Walk(t.Context(), write(t, entry{name: "report.xlsx", body: body}), defaults(), each(func(f File) error {
			for _, issue := range f.Issues {
				kinds = append(kinds, issue.Kind)
			}
			return nil
		}))
		if err != nil || !slices.Equal(kinds, []string{"spreadsheet"}) {
			t.Errorf("%s: %q, %v", part, kinds, err)
		}
	}
}
