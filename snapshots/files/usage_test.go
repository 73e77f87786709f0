package files

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
)

// repeated is n entries of one content.
func repeated(n int, body string) []entry {
	entries := make([]entry, n)
	for i := range entries {
		entries[i] = entry{name: fmt.Sprintf("%04d", i), body: body}
	}
	return entries
}

// TestNestedExpansion: the ratio is that of the outermost file, whatever is in it.
func TestNestedExpansion(t *testing.T) {
	bomb := gzipOf(zeros(ratioFreeBytes))
	full := zipOf(repeated(50, "")...)
	for name, body := range map[string]string{
		"compressed files in a tar.gz":    gzipOf(tarOf(repeated(2000, bomb)...)),
		"compressed files in a zip":       zipOf(repeated(2000, bomb)...),
		"archives in a tar.gz":            gzipOf(tarOf(repeated(2000, full)...)),
		"compressed archives in a tar.gz": gzipOf(tarOf(repeated(2000, gzipOf(tarOf(repeated(500, "")...)))...)),
		"archives in a zip.gz":            gzipOf(zipOf(repeated(2000, full)...)),
		"empty members":                   gzipOf(tarOf(repeated(20_000, "")...)),
	} {
		unpacked, files := int64(0), 0
		last := ""
		err := Walk(t.Context(), write(t, entry{name: "x", body: body}), defaults(), each(func(f File) error {
			unpacked += int64(len(f.data) + len(f.unpacked))
			files++
			last = line("", f)
			return nil
		}))
		if err != nil {
			t.Fatal(err)
		}
		bound := DefaultLimits.maxUnpacked(int64(len(body)))
		if unpacked > bound || int64(files) > bound/1024+300 || !strings.HasSuffix(last, "x archive {expansion}") {
			t.Errorf("%s: of %d bytes, %d bytes and %d files, the last: %s", name, len(body), unpacked, files, last)
		}
	}
}

// TestMembersOfNestedArchives: these count for the outermost one.
func TestMembersOfNestedArchives(t *testing.T) {
	o := defaults()
	o.Limits.Members = 5
	two := zipOf(repeated(2, "a")...)
	same(t, walked(t, write(t, entry{name: "x", body: tarOf(repeated(3, two)...)}), o),
		`x!/0000!/0000 0000/ "a"`, `x!/0000!/0001 0000/ "a"`, "x!/0000 archive x/ {}", `x!/0001!/0000 0001/ "a"`, "x!/0001 archive x/ {too_many_members}", "x archive {too_many_members}")
}

// TestTextOfAnArchive: names and manifests of one archive are in memory.
func TestTextOfAnArchive(t *testing.T) {
	o := defaults()
	o.Limits.Members = 30
	comment := func(h *zip.FileHeader) { h.Comment = strings.Repeat("c", 60_000) }
	commented := repeated(30, "a")
	for i := range commented {
		commented[i].zip = comment
	}
	manifests := []entry{}
	source := strings.NewReplacer(`"`, "", `\`, "").Replace(noise(300_000))
	for i := range 4 {
		manifests = append(manifests, entry{name: fmt.Sprintf("%d/manifest.json", i), body: `{"source": "` + source + `"}`})
	}
	for name, body := range map[string]string{
		"comments": zipOf(commented...), "manifests in a zip": zipOf(manifests...), "manifests in a tar": tarOf(manifests...),
	} {
		got := walked(t, write(t, entry{name: "x", body: body}), o)
		if len(got) != 1 || got[0] != "x archive {too_many_members}" {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// TestBatchBytes: a batch counts what its files may need once they are unpacked.
func TestBatchBytes(t *testing.T) {
	packed := gzipOf(noise(3000))
	for name, test := range map[string]struct {
		body string
		want int64
	}{
		"plain":             {noise(3000), 3000},
		"compressed":        {packed, int64(len(packed)) * (1 + DefaultLimits.Ratio)},
		"compressed member": {tarOf(entry{name: "a", body: packed}), int64(len(packed)) + 3000},
		"member":            {zipOf(entry{name: "a", body: noise(3000)}), 3000},
		"refused":           {gzipOf(packed), 0},
	} {
		got := int64(0)
		if err := Walk(t.Context(), write(t, entry{name: "x", body: test.body}), defaults(), func(b Batch) error {
			got += b.Bytes
			return nil
		}); err != nil || got != test.want {
			t.Errorf("%s: %d bytes, want %d; %v", name, got, test.want, err)
		}
	}
}

// TestLargeMembers: the data of large members wait for their turn, whoever walks ahead.
func TestLargeMembers(t *testing.T) {
	large := noise(largeBytes + 1)
	inner := zipOf(entry{name: "l.csv", body: large}, entry{name: "m.gz", body: gzipOf(large)}, entry{name: "s.csv", body: "s"}, entry{name: "z.gz", body: cut(gzipOf(large), 9)})
	var entries []entry
	for i := range 3 * chunkEntries {
		entries = append(entries, entry{name: fmt.Sprintf("%02d/a.zip", i), body: inner}, entry{name: fmt.Sprintf("%02d/b.csv", i), body: "b"})
	}
	root := write(t, entries...)
	want := walked(t, root, defaults())
	if len(want) != 6*3*chunkEntries {
		t.Fatalf("%d files", len(want))
	}
	o := defaults()
	o.Jobs = 4
	same(t, walked(t, root, o), want...)
	stop := errors.New("stop")
	if err := Walk(t.Context(), root, o, func(Batch) error { return stop }); !errors.Is(err, stop) {
		t.Error(err)
	}
}

// waiting is an input that never comes.
type waiting struct{ started chan struct{} }

func (w waiting) Read([]byte) (int, error) {
	close(w.started)
	select {}
}

// TestInterruptedStdin: a walk that waits for input ends with ctx.
func TestInterruptedStdin(t *testing.T) {
	for _, begin := range []string{"", gzipOf(noise(3 * smallFileBytes))[:2*smallFileBytes]} {
		ctx, cancel := context.WithCancel(t.Context())
		w := waiting{make(chan struct{})}
		go func() {
			<-w.started
			cancel()
		}()
		o := defaults()
		o.Stdin = io.MultiReader(strings.NewReader(begin), w)
		err := Walk(ctx, Stdin, o, each(func(f File) error {
			t.Errorf("visited %s", f.Path)
			return nil
		}))
		if !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	}
}

// TestInterruptedRead: reading and unpacking end with ctx.
func TestInterruptedRead(t *testing.T) {
	root := write(t, entry{name: "a.csv", body: zeros(smallFileBytes + 1)})
	ctx, cancel := context.WithCancel(t.Context())
	if err := Walk(ctx, root, defaults(), each(func(f File) error {
		cancel()
		if _, issue := f.Read(); issue == nil {
			t.Error("a file was read")
		}
		if _, issue := f.Unpack([]byte(gzipOf("a"))); issue == nil {
			t.Error("a file was unpacked")
		}
		return nil
	})); err != nil && !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
