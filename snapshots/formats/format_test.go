package formats

import (
	"encoding/json"
	"flag"
	"iamcensus/snapshots"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the .want files")

// records is a Sink that stores what it receives.
type records struct {
	Format    string
	Parts     []*snapshots.UserBatch `json:",omitempty"`
	Documents []*snapshots.Document  `json:",omitempty"`
	Issues    []snapshots.Issue      `json:",omitempty"`
}

func (r *records) Users(p *snapshots.UserBatch)   { r.Parts = append(r.Parts, p) }
func (r *records) Document(d *snapshots.Document) { r.Documents = append(r.Documents, d) }
func (r *records) Issue(i snapshots.Issue)        { r.Issues = append(r.Issues, i) }
func (r *records) Recognized(format string) {
	if r.Format == "" {
		r.Format = format
	}
}

// read reads a file as package ingest does.
func read(t testing.TB, path string, data []byte) *records {
	r := &records{}
	in := input(t, data)
	in.Path = path
	Read(in, r)
	return r
}

// input is a file with the default limits.
func input(t testing.TB, data []byte) Input {
	return Input{Context: t.Context(), Data: data, Limits: snapshots.DefaultTableLimits}
}

// TestFormats reads every file in testdata/formats/<format>/ and compares all records
// and issues with the .want file beside it. Every format has such a folder. The files
// in testdata/formats/none/ are unrecognized.
func TestFormats(t *testing.T) {
	files, err := filepath.Glob("testdata/formats/*/*")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, file := range files {
		if strings.HasSuffix(file, ".want") {
			continue
		}
		folder := filepath.Base(filepath.Dir(file))
		seen[folder] = true
		t.Run(filepath.ToSlash(strings.TrimPrefix(file, "testdata/formats/")), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := read(t, filepath.ToSlash(file), data)
			if format := got.Format; format != folder && !(format == "" && folder == "none") {
				t.Errorf("recognized as %q, want %q", format, folder)
			}
			compareGolden(t, file+".want", got)
		})
	}
	for _, format := range Formats {
		if !seen[format.Name] {
			t.Errorf("add an example of the format to testdata/formats/%s/, and run this test with -update", format.Name)
		}
		if format.Title == "" {
			t.Errorf("add a Title to the format %s", format.Name)
		}
	}
}

func compareGolden(t *testing.T, name string, got any) {
	t.Helper()
	text, err := json.MarshalIndent(got, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	text = append(text, '\n')
	if *update {
		if err := os.WriteFile(name, text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatalf("%v: write it with go test ./snapshots/formats -update, and check it", err)
	}
	if diff := cmp.Diff(string(want), string(text)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

// TestSamples reads files of other projects, in the folder IAMCENSUS_SAMPLES. Each has
// a record or an issue.
func TestSamples(t *testing.T) {
	for _, file := range samples(t) {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		got := read(t, filepath.ToSlash(file), data)
		if len(got.Parts)+len(got.Documents)+len(got.Issues) == 0 {
			t.Errorf("%s: no record and no issue", file)
		}
	}
}

// samples lists the files below IAMCENSUS_SAMPLES.
func samples(t testing.TB) []string {
	folder := os.Getenv("IAMCENSUS_SAMPLES")
	if folder == "" {
		t.Skip("IAMCENSUS_SAMPLES names no folder")
	}
	files, err := filepath.Glob(filepath.Join(folder, "*", "*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no samples in %s: %v", folder, err)
	}
	return files
}

// FuzzFormats reads any input, with the examples of all formats as seeds: no reader
// panics, every issue is complete, and every user has a name.
func FuzzFormats(f *testing.F) {
	files, err := filepath.Glob("testdata/formats/*/*")
	if err != nil {
		f.Fatal(err)
	}
	if os.Getenv("IAMCENSUS_SAMPLES") != "" {
		files = append(files, samples(f)...)
	}
	for _, file := range files {
		if data, err := os.ReadFile(file); err == nil && !strings.HasSuffix(file, ".want") {
			f.Add(filepath.Base(file), data)
		}
	}
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		got := read(t, name, data)
		for _, issue := range got.Issues {
			if issue.Kind == "" || issue.Reason == "" || issue.Remedy == "" || issue.RowsRefused < 0 {
				t.Errorf("an issue without kind, reason or remedy: %+v", issue)
			}
		}
		for _, part := range got.Parts {
			for _, user := range part.Users {
				if user.Name == "" {
					t.Errorf("line %d: a user without a name", user.Line)
				}
			}
		}
	})
}
