package files

import "testing"

// TestLitter: litter is visited unopened, in folders and in archives, whatever is
// in it.
func TestLitter(t *testing.T) {
	entries := []entry{
		{name: ".DS_Store", body: "x"}, {name: ".git/config", body: "x"}, {name: ".git/manifest.json", body: "{}"}, {name: ".gitignore"},
		{name: "License.txt", body: "x"}, {name: "README.md", body: "x"}, {name: "Thumbs.db", body: "x"},
		{name: "__MACOSX/a/r.csv", body: "x"}, {name: "a/._r.csv", body: "x"}, {name: "a/r.csv", body: "x"}, {name: "desktop.INI", body: "x"},
		{name: "git/x.csv", body: "x"}, {name: "not_a_README.csv", body: "x"},
	}
	want := map[string]bool{"a/r.csv": false, "git/x.csv": false, "not_a_README.csv": false}
	inFolders := append([]entry{{name: "x.zip", body: zipOf(entries...)}}, entries...)
	root := write(t, inFolders...)
	n := 0
	if err := Walk(t.Context(), root, defaults(), each(func(f File) error {
		name := f.Path[len(root)+1:]
		if f.Archive {
			return nil
		}
		if f.Member {
			name = name[len("x.zip!/"):]
		}
		n++
		if _, isData := want[name]; f.Ignored == isData || len(f.Issues) > 0 || f.Manifest {
			t.Errorf("%s: ignored %v, issues %v", f.Path, f.Ignored, f.Issues)
		}
		return nil
	})); err != nil {
		t.Fatal(err)
	}
	if n != 2*len(entries) {
		t.Errorf("%d files of %d", n, 2*len(entries))
	}
}
