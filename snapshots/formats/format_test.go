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

var update = flag.Bool("update", false, "write the .want files anew")

// gathered is a sink that keeps what it gets.
type gathered struct {
	Format    string
	Parts     []*snapshots.UserBatch `json:",omitempty"`
	Documents []*snapshots.Document  `json:",omitempty"`
	Issues    []snapshots.Issue      `json:",omitempty"`
}

func (g *gathered) Users(p *snapshots.UserBatch)   { g.Parts = append(g.Parts, p) }
func (g *gathered) Document(d *snapshots.Document) { g.Documents = append(g.Documents, d) }
func (g *gathered) Issue(i snapshots.Issue)        { g.Issues = append(g.Issues, i) }

// read reads one input the way ingest does.
func read(path string, data []byte) *gathered {
	g := &gathered{}
	format := Recognize(data)
	if format == nil {
		g.Issue(Unrecognized(data))
		return g
	}
	g.Format = format.Name
	format.Read(Input{Path: path, Data: data}, g)
	return g
}

// TestFormats reads every file of testdata/formats/<format>/ and compares
// with the .want beside it, which holds all records and issues. Every format
// has such a folder, and the files of testdata/formats/none/ are nobody's.
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
			got := read(filepath.ToSlash(file), data)
			if format := got.Format; format != folder && !(format == "" && folder == "none") {
				t.Errorf("taken for %q, want %q", format, folder)
			}
			compareGolden(t, file+".want", got)
		})
	}
	for _, format := range Formats {
		if !seen[format.Name] {
			t.Errorf("testdata/formats/%s has no file", format.Name)
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
		t.Fatalf("%v: write it with go test ./snapshots -update, and read it", err)
	}
	if diff := cmp.Diff(string(want), string(text)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

// TestSamples reads files by people who never heard of us, from the folder
// IAMCENSUS_SAMPLES. Each is read, or an issue says why not.
func TestSamples(t *testing.T) {
	for _, file := range samples(t) {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		got := read(filepath.ToSlash(file), data)
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

// FuzzFormats feeds every format: no input makes a reader panic, and rows are
// never counted twice or lost.
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
		got := read(name, data)
		for _, issue := range got.Issues {
			if issue.Kind == "" || issue.Reason == "" || issue.Remedy == "" || issue.RowsRefused < 0 {
				t.Errorf("an issue that helps nobody: %+v", issue)
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
