package files

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// TestUnchangedFolder sees from the files that are visited whether a folder was
// listed: the recorded names differ from those on disk.
func TestUnchangedFolder(t *testing.T) {
	root := write(t,
		entry{name: "files/a.csv", body: "a"}, entry{name: "files/b.csv", body: "b"},
		entry{name: "nested/a.csv", body: "a"}, entry{name: "nested/deeper/b.csv", body: "b"},
		entry{name: "linked/a.csv", body: "a"}, entry{name: `odd/back\slash.csv`, body: "a"},
	)
	if !keepsChangeTimes(root) {
		t.Skip("this file system does not keep change times")
	}
	link(t, "a.csv", filepath.Join(root, "linked"), "b.csv")
	o := defaults()
	o.StableBefore = time.Now().Add(time.Hour)
	changed := map[string]int64{}
	walk := func() (visited []string) {
		t.Helper()
		if err := Walk(t.Context(), root, o, each(func(f File) error {
			name, err := filepath.Rel(root, f.Path)
			visited = append(visited, name)
			changed[name] = f.FolderChangedAt
			return err
		})); err != nil {
			t.Fatal(err)
		}
		return visited
	}
	listed := map[string]int64{}
	o.OnFolder = func(folder string, at int64) { listed[folder] = at }
	all := walk()
	o.OnFolder = nil
	tree := OpenTree(root, o.StableBefore)
	for _, folder := range []string{"", "files", "nested", "nested/deeper", "linked", "odd"} {
		at, ok := listed[filepath.Join(root, folder)]
		want := tree.ChangedAt(filepath.Join(root, folder))
		if folder == "odd" { // File.Path differs from the names on disk
			want = 0
		}
		if !ok || at != want {
			t.Errorf("%q: listed as of %d, want %d", folder, at, want)
		}
	}
	for name, at := range changed {
		if alone := filepath.Dir(name) == "files" || filepath.Dir(name) == "nested/deeper"; (at != 0) != alone {
			t.Errorf("%s: its folder changed at %d", name, at)
		}
	}

	seen := FolderState{ChangedAt: changed["files/a.csv"], Names: slices.Values([]string{"b.csv"})}
	o.PreviousFolder = func(path string) FolderState {
		if path == filepath.Join(root, "files") {
			return seen
		}
		return FolderState{}
	}
	fewer := slices.DeleteFunc(slices.Clone(all), func(name string) bool { return name == "files/a.csv" })
	same(t, walk(), fewer...)

	o.StableBefore = time.Unix(0, seen.ChangedAt) // not later than the last change
	same(t, walk(), all...)
	if changed["files/a.csv"] != 0 {
		t.Error("a folder that has just changed counts as unchanged")
	}

	o.StableBefore = time.Now().Add(time.Hour)
	if err := os.WriteFile(filepath.Join(root, "files/c.csv"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	same(t, walk(), slices.Insert(slices.Clone(all), slices.Index(all, "files/b.csv")+1, "files/c.csv")...)
}
