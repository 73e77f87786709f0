package files

import (
	"context"
	"errors"
	"fmt"
	"iamcensus/snapshots"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// walked walks root and gives each file as one line: the path below root, manifest
// or archive, the attribution, and the content or the kinds of the issues.
func walked(t testing.TB, root string, o Options) []string {
	t.Helper()
	var lines []string
	if err := Walk(t.Context(), root, o, each(func(f File) error {
		lines = append(lines, line(root, f))
		return nil
	})); err != nil {
		t.Fatal(err)
	}
	return lines
}

func line(root string, f File) string {
	words := []string{strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(f.Path, root), "!"), "/")}
	if f.Manifest {
		words = append(words, "manifest")
	}
	if f.Archive {
		words = append(words, "archive")
	}
	if h := f.Attribution; h.Organization != "" || h.Account != "" {
		words = append(words, h.Organization+"/"+h.Account)
	}
	if f.Attribution.CapturedAt.Known() {
		words = append(words, f.Attribution.CapturedAt.String()+"("+f.Attribution.CapturedAtSource+")")
	}
	return strings.Join(append(words, content(f)), " ")
}

// content reads a file as package ingest does.
func content(f File) string {
	issues := f.Issues
	if len(issues) == 0 && !f.Archive {
		data, issue := f.Read()
		if issue == nil {
			data, issue = f.Unpack(data)
		}
		if issue == nil {
			return fmt.Sprintf("%.20q", data)
		}
		issues = []snapshots.Issue{*issue}
	}
	var kinds []string
	for _, issue := range issues {
		if issue.Reason == "" || issue.Remedy == "" {
			panic(fmt.Sprintf("an issue without reason or remedy: %+v", issue))
		}
		kinds = append(kinds, issue.Kind)
	}
	return "{" + strings.Join(kinds, " ") + "}"
}

func defaults() Options { return Options{Limits: DefaultLimits} }

// write creates files below a new folder, and gives the folder.
func write(t testing.TB, files ...entry) string {
	t.Helper()
	root := filepath.Join(t.TempDir(), "data")
	if err := os.Mkdir(root, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		name := filepath.Join(root, f.name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(f.body), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func same(t *testing.T, got []string, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestWalkFolders(t *testing.T) {
	root := write(t,
		entry{name: "2021-01-24/manifest.json", body: `{"organization": "acme", "standalone": true}`},
		entry{name: "2021-01-24/org-a/111122223333/report.csv", body: "a"},
		entry{name: "2021-01-24/org-a/manifest.json", body: `{"organization": "org-a"}`},
		entry{name: "2021-01-24/org-b/444455556666/report.csv", body: "b"},
		entry{name: "loose_2021-02-03.csv", body: "c"},
		entry{name: "packed.csv", body: string(gzipOf("packed"))},
	)
	same(t, walked(t, root, defaults()),
		`2021-01-24/manifest.json manifest acme/ 2021-01-24T00:00:00Z(path) "{\"organization\": \"ac"`,
		`2021-01-24/org-a/manifest.json manifest org-a/ 2021-01-24T00:00:00Z(path) "{\"organization\": \"or"`,
		`2021-01-24/org-a/111122223333/report.csv org-a/111122223333 2021-01-24T00:00:00Z(path) "a"`,
		`2021-01-24/org-b/444455556666/report.csv acme/444455556666 2021-01-24T00:00:00Z(path) "b"`,
		`loose_2021-02-03.csv 2021-02-03T00:00:00Z(path) "c"`,
		`packed.csv "packed"`,
	)
}

// hostileFolder is a folder and the lines of its walk.
type hostileFolder struct {
	name string
	make func(t *testing.T, root string)
	want []string
}

// TestWalkHostileFolder has what should not be in a folder of input files.
func TestWalkHostileFolder(t *testing.T) {
	long := strings.Repeat("l", 250)
	tests := []hostileFolder{
		{"zero-length file", func(t *testing.T, root string) { create(t, root, "a.csv", "") }, []string{`a.csv ""`}},
		{"symlink out of the folder", func(t *testing.T, root string) { link(t, "/etc/hostname", root, "a.csv") }, []string{"a.csv {symlink}"}},
		{"symlink to a file of the folder", func(t *testing.T, root string) {
			create(t, root, "a.csv", "a")
			link(t, "a.csv", root, "b.csv")
		}, []string{`a.csv "a"`, "b.csv {symlink}"}},
		{"symlink to the folder above", func(t *testing.T, root string) { link(t, "..", root, "loop") }, []string{"loop {symlink}"}},
		{"symlink to itself", func(t *testing.T, root string) { link(t, "loop", root, "loop") }, []string{"loop {symlink}"}},
		{"symlink as manifest", func(t *testing.T, root string) { link(t, "/etc/hostname", root, "manifest.json") }, []string{"manifest.json {symlink}"}},
		{"folder as manifest", func(t *testing.T, root string) { create(t, root, "manifest.json/a.csv", "a") }, []string{`manifest.json/a.csv manifest.json/ "a"`}},
		{"socket", func(t *testing.T, root string) {
			t.Chdir(root) // the path of a socket must be short
			l, err := net.Listen("unix", "s")
			if err != nil {
				t.Skip(err)
			}
			t.Cleanup(func() { l.Close() })
		}, []string{"s {not_regular}"}},
		{"unreadable file", func(t *testing.T, root string) {
			create(t, root, "a.csv", "a")
			forbid(t, root, "a.csv")
		}, []string{"a.csv {unreadable}"}},
		{"unreadable folder", func(t *testing.T, root string) {
			create(t, root, "a/a.csv", "a")
			create(t, root, "b.csv", "b")
			forbid(t, root, "a")
		}, []string{"a a/ {unreadable}", `b.csv "b"`}},
		{"name that is not UTF-8", func(t *testing.T, root string) { create(t, root, "caf\xe9/\xff\xfe.csv", "a") }, []string{`caf\xe9/\xff\xfe.csv caf\xe9/ "a"`}},
		{"name with terminal escapes", func(t *testing.T, root string) { create(t, root, "\x1b[2J\n.csv", "a") }, []string{"\x1b[2J\n.csv \"a\""}},
		{"path too long", func(t *testing.T, root string) { create(t, root, strings.Repeat(long+"/", 4)+long, "a") },
			[]string{strings.Repeat(long+"/", 4) + long + " " + long + "/" + long + " {path_too_long}"}},
		{"too deep", func(t *testing.T, root string) {
			create(t, root, strings.Repeat("d/", 16)+"a.csv", "a")
			create(t, root, strings.Repeat("d/", 17)+"a.csv", "a")
		}, []string{strings.Repeat("d/", 16) + `a.csv d/d "a"`, strings.Repeat("d/", 16) + "d d/d {too_deep}"}},
		{"compressed twice", func(t *testing.T, root string) { create(t, root, "a.gz", gzipOf(gzipOf("a"))) }, []string{"a.gz {nested}"}},
		{"truncated gzip", func(t *testing.T, root string) { create(t, root, "a.gz", cut(gzipOf("aaaaaa"), 9)) }, []string{"a.gz {damaged}"}},
		{"truncated zstd", func(t *testing.T, root string) { create(t, root, "a.zst", cut(zstdOf("aaaaaa"), 5)) }, []string{"a.zst {damaged}"}},
		{"gzip with a wrong checksum", func(t *testing.T, root string) { create(t, root, "a.gz", flip(gzipOf("aaaaaa"), -8)) }, []string{"a.gz {damaged}"}},
		{"gzip bomb", func(t *testing.T, root string) { create(t, root, "a.gz", gzipOf(zeros(8<<20))) }, []string{"a.gz {expansion}"}},
		{"zstd bomb", func(t *testing.T, root string) { create(t, root, "a.zst", zstdOf(zeros(8<<20))) }, []string{"a.zst {expansion}"}},
		{"zstd that demands 4 GiB", func(t *testing.T, root string) { create(t, root, "a.zst", "\x28\xb5\x2f\xfd\x00\xb0\x01\x00\x00") }, []string{"a.zst {expansion}"}},
		{"manifest too large", func(t *testing.T, root string) { create(t, root, "manifest.json", zeros(maxManifestBytes+1)) }, []string{"manifest.json {file_too_large}"}},
	}
	for _, test := range append(tests, systemFolders...) {
		t.Run(test.name, func(t *testing.T) {
			root := write(t)
			test.make(t, root)
			same(t, walked(t, root, defaults()), test.want...)
		})
	}
}

// TestWalkMovingFiles changes files between their examination and their opening.
func TestWalkMovingFiles(t *testing.T) {
	large := strings.Repeat("x", smallFileBytes+1)
	tests := []struct {
		name   string
		body   string
		change func(name string) error
		want   string
	}{
		{"small file shrinks", "aaaa", func(name string) error { return os.Truncate(name, 2) }, "changed"},
		{"small file grows", "aaaa", func(name string) error { return os.Truncate(name, 9) }, "changed"},
		{"large file shrinks", large, func(name string) error { return os.Truncate(name, smallFileBytes) }, "changed"},
		{"large file grows", large, func(name string) error { return os.Truncate(name, 2*smallFileBytes) }, "changed"},
		{"large file is truncated to 9 bytes", large, func(name string) error { return os.Truncate(name, 9) }, "changed"},
		{"file vanishes", "aaaa", os.Remove, "unreadable"},
		{"file becomes a symlink", "aaaa", func(name string) error {
			return errors.Join(os.Remove(name), os.Symlink("/etc/hostname", name))
		}, "unreadable"},
		{"archive shrinks", tarOf(entry{name: "a.csv", body: large}), func(name string) error { return os.Truncate(name, 2048) }, "changed"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			root := write(t, entry{name: "a.csv", body: test.body})
			o := defaults()
			o.Unchanged = func(string) func(File) bool {
				return func(f File) bool { // called between the two
					if err := test.change(f.Path); err != nil {
						t.Fatal(err)
					}
					return false
				}
			}
			got := strings.Join(walked(t, root, o), "\n")
			if !strings.Contains(got, test.want) && !strings.Contains(got, "damaged") {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

func TestWalkFolderVanishes(t *testing.T) {
	root := write(t, entry{name: "a.csv", body: "a"}, entry{name: "b/b.csv", body: "b"}, entry{name: "c.csv", body: "c"})
	o := defaults()
	o.Unchanged = func(string) func(File) bool {
		if err := os.RemoveAll(filepath.Join(root, "b")); err != nil {
			t.Error(err)
		}
		return nil
	}
	same(t, walked(t, root, o), `a.csv "a"`, "b b/ {unreadable}", `c.csv "c"`)
}

func TestWalkUnchanged(t *testing.T) {
	root := write(t, entry{name: "a.csv", body: "a"}, entry{name: "b.zip", body: zipOf(entry{name: "b.csv", body: "b"})},
		entry{name: "c.zip", body: zipOf(entry{name: "c.csv", body: "c"})})
	o := defaults()
	var known []string
	o.Unchanged = func(path string) func(File) bool {
		known = append(known, filepath.Base(path))
		return func(f File) bool { return strings.HasSuffix(path, "b.zip") || strings.HasSuffix(path, "a.csv") }
	}
	var visited []string
	if err := Walk(t.Context(), root, o, each(func(f File) error {
		visited = append(visited, strings.TrimPrefix(f.Path, root+"/"))
		return nil
	})); err != nil {
		t.Fatal(err)
	}
	same(t, known, "a.csv", "b.zip", "c.zip")
	same(t, visited, "a.csv", "b.zip", "c.zip!/c.csv", "c.zip")
}

func TestWalkRoots(t *testing.T) {
	root := write(t, entry{name: "2021-01-24/org-a/a.csv", body: "a"})
	day, file := filepath.Join(root, "2021-01-24"), filepath.Join(root, "2021-01-24/org-a/a.csv")
	same(t, walked(t, day, defaults()), `org-a/a.csv org-a/ 2021-01-24T00:00:00Z(path) "a"`)
	same(t, walked(t, file, defaults()), ` 2021-01-24T00:00:00Z(path) "a"`)
	link(t, file, root, "link.csv")
	same(t, walked(t, filepath.Join(root, "link.csv"), defaults()), ` "a"`) // a root may be a link

	t.Chdir(day)
	same(t, walked(t, ".", defaults()), `org-a/a.csv org-a/ "a"`)
	same(t, walked(t, "./org-a/", defaults()), `org-a/a.csv "a"`)
	if err := Walk(t.Context(), "none", defaults(), nil); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a root that does not exist: %v", err)
	}
}

func TestWalkStops(t *testing.T) {
	var many []entry // more than a batch
	for i := range batchFiles + 2 {
		many = append(many, entry{name: fmt.Sprintf("%03d.csv", i), body: "a"})
	}
	stop := errors.New("stop")
	for name, root := range map[string]string{
		"folder": write(t, many...), "zip": write(t, entry{name: "x", body: zipOf(many...)}),
		"tar": write(t, entry{name: "x", body: tarOf(many...)}), "tar.gz": write(t, entry{name: "x", body: gzipOf(tarOf(many...))}),
	} {
		n := 0
		if err := Walk(t.Context(), root, defaults(), each(func(File) error { n++; return stop })); !errors.Is(err, stop) || n != 1 {
			t.Errorf("%s: error %v after %d files", name, err, n)
		}
		ctx, cancel := context.WithCancel(t.Context())
		n = 0
		if err := Walk(ctx, root, defaults(), each(func(File) error { n++; cancel(); return nil })); !errors.Is(err, context.Canceled) || n != batchFiles {
			t.Errorf("%s: cancelled, error %v after %d files", name, err, n)
		}
	}
}

// TestWalkAhead has folders that are long and deep enough for several chunks, some
// inside others. The visits are the same for any number of jobs.
func TestWalkAhead(t *testing.T) {
	var entries []entry
	for org := range 3 * chunkEntries {
		folder := fmt.Sprintf("2021-01-24/org-%02d/", org)
		entries = append(entries, entry{name: folder + "manifest.json", body: `{"standalone": true}`})
		for account := range org {
			entries = append(entries, entry{name: fmt.Sprintf("%s%012d/a.csv", folder, account), body: fmt.Sprint(org, account)})
		}
	}
	for i := range 2 * batchFiles {
		entries = append(entries, entry{name: fmt.Sprintf("flat/%03d.csv", i), body: strings.Repeat("x", i*1000)})
	}
	entries = append(entries, entry{name: "flat/packed", body: zipOf(entries[:2*batchFiles]...)})
	root := write(t, entries...)
	want := walked(t, root, defaults())
	stop := errors.New("stop")
	for jobs := range 5 {
		o := defaults()
		o.Jobs = jobs
		same(t, walked(t, root, o), want...)
		for _, last := range []int{1, len(want) / 2} {
			n := 0
			err := Walk(t.Context(), root, o, each(func(File) error {
				if n++; n == last {
					return stop
				}
				return nil
			}))
			if !errors.Is(err, stop) || n != last {
				t.Errorf("%d jobs: error %v after %d files, not %d", jobs, err, n, last)
			}
		}
	}
}

func create(t testing.TB, root, name, body string) {
	t.Helper()
	full := root + "/" + name
	if err := errors.Join(os.MkdirAll(filepath.Dir(full), 0o755), os.WriteFile(full, []byte(body), 0o644)); err != nil {
		if errors.Is(err, syscall.EILSEQ) {
			t.Skip(err)
		}
		t.Fatal(err)
	}
}

func link(t *testing.T, target, root, name string) {
	t.Helper()
	if err := os.Symlink(target, filepath.Join(root, name)); err != nil {
		t.Fatal(err)
	}
}

func forbid(t *testing.T, root, name string) {
	t.Helper()
	if os.Geteuid() == 0 {
		t.Skip("root reads everything")
	}
	name = filepath.Join(root, name)
	if err := os.Chmod(name, 0); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.Chmod(name, 0o755) })
}

// BenchmarkWalk finds and reads 100,000 files of 300 bytes, in folders and in
// archives.
func BenchmarkWalk(b *testing.B) {
	const files = 100_000
	body := func(i int) string { // 60 bytes that differ, as dates and numbers do
		return fmt.Sprintf("%060d%s", uint64(i+1)*0x9e3779b97f4a7c15, strings.Repeat("false,N/A,not_supported,", 10))
	}
	list := make([]entry, files)
	for i := range list {
		list[i] = entry{name: fmt.Sprintf("2021-01-24/org-%04d/%012d/credential_report.csv", i/100, i), body: body(i)}
	}
	flat := make([]entry, files)
	for i := range flat {
		flat[i] = entry{name: fmt.Sprintf("%012d.csv", i), body: body(i)}
	}
	for _, layout := range []struct {
		name string
		root func() string
	}{
		{"folders", func() string { return write(b, list...) }},
		{"flat", func() string { return write(b, flat...) }},
		{"zip", func() string { return write(b, entry{name: "a.zip", body: zipOf(list...)}) }},
		{"tar", func() string { return write(b, entry{name: "a.tar", body: tarOf(list...)}) }},
		{"tar.gz", func() string { return write(b, entry{name: "a.tar.gz", body: gzipOf(tarOf(list...))}) }},
		{"tar.zst", func() string { return write(b, entry{name: "a.tar.zst", body: zstdOf(tarOf(list...))}) }},
	} {
		b.Run(layout.name, func(b *testing.B) {
			root := layout.root()
			b.ReportAllocs()
			before := processorTime(b)
			for b.Loop() {
				n := 0
				if err := Walk(b.Context(), root, defaults(), each(func(f File) error {
					if f.Archive {
						return nil
					}
					data, issue := f.Read()
					if issue != nil || len(data) != 300 {
						return fmt.Errorf("%s: %d bytes, %+v", f.Path, len(data), issue)
					}
					n++
					return nil
				})); err != nil || n != files {
					b.Fatal(n, err)
				}
			}
			b.ReportMetric(float64(files*b.N)/b.Elapsed().Seconds(), "files/s")
			b.ReportMetric(float64((processorTime(b)-before).Microseconds())/float64(files*b.N), "cpu-µs/file")
		})
	}
}

// each visits the files of batches one by one.
func each(visit func(File) error) func(Batch) error {
	return func(batch Batch) error {
		for _, file := range batch.Files {
			if err := visit(file); err != nil {
				return err
			}
		}
		return nil
	}
}
