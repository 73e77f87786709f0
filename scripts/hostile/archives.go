package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"io"
	"strings"
)

// zipFile is an archive beside the folders.
func zipFile(members func(z *zip.Writer, size int)) func(string, int) error {
	return func(dir string, size int) error {
		return writeFile(dir, "2021-01-24/a.zip", func(w *writer) { writeZip(w, size, members) })
	}
}

// writeZip leaves errors to the writer below, which keeps its first.
func writeZip(w io.Writer, size int, members func(*zip.Writer, int)) {
	z := zip.NewWriter(w)
	members(z, size)
	_ = z.Close()
}

func addMember(z *zip.Writer, name, text string) {
	if member, err := z.Create(name); err == nil {
		_, _ = io.WriteString(member, text)
	}
}

// tarFile is an archive that gzip compresses.
func tarFile(members func(t *tar.Writer, size int)) func(string, int) error {
	return func(dir string, size int) error {
		return writeFile(dir, "2021-01-24/a.tar.gz", func(w *writer) {
			packed := gzip.NewWriter(w)
			t := tar.NewWriter(packed)
			members(t, size)
			_ = t.Close()
			_ = packed.Close()
		})
	}
}

func addTar(t *tar.Writer, header tar.Header, text string) {
	header.Size, header.Mode = int64(len(text)), 0o600
	if t.WriteHeader(&header) == nil {
		_, _ = io.WriteString(t, text)
	}
}

// overlapping has one report and a directory whose entries all point at it.
func overlapping(w *writer, size int) {
	var one bytes.Buffer
	writeZip(&one, 0, func(z *zip.Writer, _ int) {
		addMember(z, "0000000/r.csv", standardHeader+strings.Repeat(standardRow(accountID(1), "a"), min(size, 1_000_000)/300))
	})
	archive := one.Bytes()
	end := bytes.LastIndex(archive, []byte("PK\x05\x06"))
	begin := int(binary.LittleEndian.Uint32(archive[end+16:]))
	entry := archive[begin:end]
	count := min(size/len(entry), 65_000)
	w.text(string(archive[:begin]))
	for n := range count {
		w.text(string(entry[:46]) + formatted("%07d")(n) + string(entry[53:]))
	}
	trailer := bytes.Clone(archive[end:])
	binary.LittleEndian.PutUint16(trailer[8:], uint16(count))
	binary.LittleEndian.PutUint16(trailer[10:], uint16(count))
	binary.LittleEndian.PutUint32(trailer[12:], uint32(count*len(entry)))
	w.text(string(trailer))
}

// manifestOver has a manifest, and one small report for each 1,000 bytes.
func manifestOver(manifest string) func(string, int) error {
	return tarFile(func(t *tar.Writer, size int) {
		addTar(t, tar.Header{Name: "manifest.json"}, manifest)
		for n := range size / 2048 {
			addTar(t, tar.Header{Name: accountID(n) + "/r.csv"}, shortHeader+"alice,t\n")
		}
	})
}

func nested(levels int) func(*zip.Writer, int) {
	return func(z *zip.Writer, size int) {
		if levels == 0 {
			addMember(z, "r.csv", standardHeader+strings.Repeat(standardRow(accountID(1), "a"), size/300))
			return
		}
		var inner bytes.Buffer
		writeZip(&inner, size/16, nested(levels-1))
		for n := range 16 {
			addMember(z, number("a", n)+".zip", inner.String())
		}
	}
}

var archives = []input{
	{name: "zip: entries share bytes", write: func(dir string, size int) error {
		return writeFile(dir, "2021-01-24/a.zip", func(w *writer) { overlapping(w, size/10) })
	}},
	{name: "zip: in zip", packed: true, write: zipFile(nested(1))},
	{name: "zip: in zip in zip", packed: true, write: zipFile(nested(2))},
	{name: "zip: empty members", write: zipFile(func(z *zip.Writer, size int) {
		for n := range size / 100 {
			addMember(z, number("f", n), "")
		}
	})},
	{name: "zip: long names", write: zipFile(func(z *zip.Writer, size int) {
		for n := range size / 2000 {
			addMember(z, strings.Repeat(number("d", n%10)+strings.Repeat("x", 60)+"/", 15)+number("f", n)+".csv", "")
		}
	})},
	{name: "gz: zeros", packed: true, write: file("r.csv.gz", func(w *writer, size int) { pack(w, 1, strings.Repeat("\x00", size)) })},
	{name: "gz: in gz in gz", packed: true, write: file("r.csv.gz.gz.gz", func(w *writer, size int) { pack(w, 3, strings.Repeat("\x00", size)) })},
	{name: "tar: empty members", packed: true, write: tarFile(func(t *tar.Writer, size int) {
		for n := range size / 512 {
			addTar(t, tar.Header{Name: number("f", n)}, "")
		}
	})},
	{name: "tar: PAX records", packed: true, write: tarFile(func(t *tar.Writer, size int) {
		for n := range max(1, size/900_000) {
			addTar(t, tar.Header{Name: number("f", n) + ".csv", PAXRecords: map[string]string{"X.y": strings.Repeat("x", 900_000)}}, "")
		}
	})},
	{name: "manifest: long organization", packed: true, write: manifestOver(`{"organization":"` + strings.Repeat("o", 64<<10) + `"}`)},
	{name: "manifest: long source", packed: true, write: manifestOver(`{"organization":"o","source":"` + strings.Repeat("s", 64<<10) + `"}`)},
	{name: "manifest: long account", packed: true, write: manifestOver(`{"account":"` + strings.Repeat("a", 64<<10) + `"}`)},
	{name: "manifest: many organizations", packed: true, write: tarFile(func(t *tar.Writer, size int) {
		for n := range size / (66 << 10) {
			addTar(t, tar.Header{Name: accountID(n) + "/manifest.json"}, `{"organization":"`+number("o", n)+strings.Repeat("o", 64<<10)+`"}`)
			addTar(t, tar.Header{Name: accountID(n) + "/r.csv"}, shortHeader+"alice,t\n")
		}
	})},
	{name: "manifest: many short organizations", packed: true, write: tarFile(func(t *tar.Writer, size int) {
		for n := range size / 2048 {
			addTar(t, tar.Header{Name: accountID(n) + "/manifest.json"}, `{"organization":"`+number("o", n)+`"}`)
			addTar(t, tar.Header{Name: accountID(n) + "/r.csv"}, shortHeader+"alice,t\n")
		}
	})},
	{name: "manifest: keys", write: func(dir string, size int) error {
		return listed("manifest.json", "{", formatted(`"k%d":0`), "}")(dir, min(size, 1_000_000)) // the limit of a manifest is 1 MiB
	}},
	{name: "manifest: Latin-1", write: listed("manifest.json", "{\"organization\":\"\xe9\",\"Pr\xe9nom\":0,", formatted("\"k\xe9%d\":0"), "}")},
}

func pack(w io.Writer, times int, text string) {
	if times == 0 {
		_, _ = io.WriteString(w, text)
		return
	}
	packed := gzip.NewWriter(w)
	pack(packed, times-1, text)
	_ = packed.Close()
}
