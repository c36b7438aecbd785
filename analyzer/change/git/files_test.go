package git

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// collect reads the files of a tree to the end.
func collect(t *testing.T, r Repository, treeish string, options Options) []File {
	t.Helper()
	var files []File
	for f, err := range r.Files(t.Context(), treeish, options) {
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	return files
}

func TestFiles(t *testing.T) {
	t.Parallel()
	r := bare(t, tree{
		"a/b.py": text("b\n"), "a.py": text("same\n"), "z.py": text("same\n"), "empty.py": text(""),
		"link.py": {symlink, "a.py"}, "sub.py": {submodule, someCommit}, "run.py": {executable, "run\n"},
		"big.py": text(strings.Repeat("#", 2000)), "binary.py": text("\x00"), "lfs.py": text(lfsPointer),
		"odd\n\"\xff.py": text("odd\n"), "a.txt": text("no\n"),
	}, tree{"a.py": text("later\n")})
	match := func(path string) bool { return strings.HasSuffix(path, ".py") }
	want := []File{
		{Path: "a.py", Data: []byte("same\n")},
		{Path: "a/b.py", Data: []byte("b\n")},
		{Path: "big.py", Unread: "larger than 1000 bytes"},
		{Path: "binary.py", Unread: "binary"},
		{Path: "empty.py", Data: []byte{}},
		{Path: "lfs.py", Unread: "kept in Git LFS"},
		{Path: "odd\n\"\xff.py", Data: []byte("odd\n")},
		{Path: "run.py", Data: []byte("run\n")},
		{Path: "z.py", Data: []byte("same\n")},
	}
	if diff := cmp.Diff(want, collect(t, r, "c0", Options{Match: match, MaxBytes: 1000})); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
	later := []File{{Path: "a.py", Data: []byte("later\n")}}
	if diff := cmp.Diff(later, collect(t, r, "main", Options{})); diff != "" {
		t.Errorf("files of main (-want +got):\n%s", diff)
	}
}

func TestFilesOfWorkTree(t *testing.T) {
	t.Parallel()
	r := workTree(t, tree{
		"a.py": text("a\n"), "b/c.py": text("c\n"), "gone.py": text(""), "l.py": {symlink, "a.py"},
		"d/e.py": text("e\n"), ".gitignore": text("ignored.py\n"),
	})
	write(t, r, "a.py", "edited\n")
	write(t, r, "new.py", "new\n")
	write(t, r, "ignored.py", "")
	remove(t, r, "gone.py")
	remove(t, r, "d")
	if err := os.Symlink("b", filepath.Join(r.Dir, "d")); err != nil {
		t.Fatal(err)
	}
	want := []File{
		{Path: "a.py", Data: []byte("edited\n")},
		{Path: "b/c.py", Data: []byte("c\n")},
		{Path: "new.py", Data: []byte("new\n")},
	}
	match := func(path string) bool { return strings.HasSuffix(path, ".py") }
	got := collect(t, Repository{Dir: filepath.Join(r.Dir, "b")}, "", Options{Match: match})
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
}

// TestFilesStops ends the reading early, with more to come than a pipe holds.
func TestFilesStops(t *testing.T) {
	t.Parallel()
	files := tree{}
	for _, name := range []string{"a", "b", "c", "d"} {
		files[name] = text(strings.Repeat(name, 1<<20))
	}
	r := bare(t, files)
	for f, err := range r.Files(t.Context(), "main", Options{}) {
		if err != nil || f.Path != "a" {
			t.Fatalf("got %s, %v", f.Path, err)
		}
		break
	}
}
