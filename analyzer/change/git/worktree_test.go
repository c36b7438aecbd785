package git

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer/change"
)

func TestDiffWorkTree(t *testing.T) {
	t.Parallel()
	long, edited := numbered(20, nil), numbered(20, map[int]string{10: "ten"})
	tests := []struct {
		name    string
		base    tree
		edit    func(t *testing.T, r Repository)
		options Options
		want    []change.File
	}{
		{name: "nothing changed", base: tree{"a.py": text("a\n")}, edit: func(*testing.T, Repository) {}},
		{
			name: "only touched", base: tree{"a.py": text("a\n")},
			edit: func(t *testing.T, r Repository) {
				t.Helper()
				if err := os.Chtimes(filepath.Join(r.Dir, "a.py"), time.Time{}, time.Unix(1, 0)); err != nil {
					t.Fatal(err)
				}
			},
		},
		{
			name: "edited, added to the index, untracked, deleted, ignored",
			base: tree{"a.py": text("a\n"), "b.py": text("b\n"), ".gitignore": text("ignored\n")},
			edit: func(t *testing.T, r Repository) {
				t.Helper()
				write(t, r, "a.py", "A\n")
				write(t, r, "c d\n.py", "c")
				run(t, r.Dir, nil, "add", ".")
				write(t, r, "new/d.py", "d")
				write(t, r, "ignored/e.py", "e")
				remove(t, r, "b.py")
			},
			want: []change.File{
				{
					Path: "a.py", OldPath: "a.py", Base: []byte("a\n"), Head: []byte("A\n"),
					Hunks: []change.Hunk{{OldStart: 1, OldLines: 1, NewStart: 1, NewLines: 1, Ops: "-+"}},
				},
				{
					Path: "b.py", OldPath: "b.py", Status: change.Deleted, Base: []byte("b\n"),
					Hunks: []change.Hunk{{OldStart: 1, OldLines: 1, Ops: "-"}},
				},
				{
					Path: "c d\n.py", Status: change.Added, Head: []byte("c"),
					Hunks: []change.Hunk{{NewStart: 1, NewLines: 1, Ops: "+"}},
				},
				{
					Path: "new/d.py", Status: change.Added, Head: []byte("d"),
					Hunks: []change.Hunk{{NewStart: 1, NewLines: 1, Ops: "+"}},
				},
			},
		},
		{
			name: "the disk counts, not the index", base: tree{"a.py": text("a\n"), "b.py": text("b\n")},
			edit: func(t *testing.T, r Repository) {
				t.Helper()
				write(t, r, "a.py", "A\n")
				run(t, r.Dir, nil, "add", ".")
				write(t, r, "a.py", "a\n")
				run(t, r.Dir, nil, "rm", "--quiet", "--cached", "b.py")
			},
		},
		{
			name: "moved and edited without a word to git", base: tree{"a.py": text(long)},
			edit: func(t *testing.T, r Repository) {
				t.Helper()
				remove(t, r, "a.py")
				write(t, r, "b/c.py", edited)
			},
			want: []change.File{{
				Path: "b/c.py", OldPath: "a.py", Status: change.Renamed, Base: []byte(long), Head: []byte(edited),
				Hunks: []change.Hunk{{OldStart: 7, OldLines: 7, NewStart: 7, NewLines: 7, Ops: "   -+   "}},
			}},
		},
		{
			name: "links are not followed",
			base: tree{"a.py": text("a\n"), "d/b.py": text("b\n"), "l.py": {symlink, "a.py"}},
			edit: func(t *testing.T, r Repository) {
				t.Helper()
				for _, name := range []string{"a.py", "d", "l.py"} {
					remove(t, r, name)
				}
				elsewhere := filepath.Join(filepath.Dir(r.Dir), "elsewhere")
				write(t, Repository{Dir: elsewhere}, "b.py", "secret\n")
				for name, target := range map[string]string{
					"a.py": filepath.Join(elsewhere, "b.py"), "d": elsewhere, "l.py": "nowhere", "new.py": "/etc/passwd",
				} {
					if err := os.Symlink(target, filepath.Join(r.Dir, name)); err != nil {
						t.Fatal(err)
					}
				}
			},
			want: []change.File{
				{
					Path: "a.py", OldPath: "a.py", Status: change.Deleted, Base: []byte("a\n"),
					Hunks: []change.Hunk{{OldStart: 1, OldLines: 1, Ops: "-"}},
				},
				{
					Path: "d/b.py", OldPath: "d/b.py", Status: change.Deleted, Base: []byte("b\n"),
					Hunks: []change.Hunk{{OldStart: 1, OldLines: 1, Ops: "-"}},
				},
			},
		},
		{
			name: "a file for a link", base: tree{"l.py": {symlink, "a.py"}},
			edit: func(t *testing.T, r Repository) {
				t.Helper()
				remove(t, r, "l.py")
				write(t, r, "l.py", "l\n")
			},
			want: []change.File{{
				Path: "l.py", Status: change.Added, Head: []byte("l\n"),
				Hunks: []change.Hunk{{NewStart: 1, NewLines: 1, Ops: "+"}},
			}},
		},
		{
			name: "a folder for a file", base: tree{"a": text("a\n")},
			edit: func(t *testing.T, r Repository) {
				t.Helper()
				remove(t, r, "a")
				write(t, r, "a/b", "b\n")
			},
			want: []change.File{
				{
					Path: "a", OldPath: "a", Status: change.Deleted, Base: []byte("a\n"),
					Hunks: []change.Hunk{{OldStart: 1, OldLines: 1, Ops: "-"}},
				},
				{
					Path: "a/b", Status: change.Added, Head: []byte("b\n"),
					Hunks: []change.Hunk{{NewStart: 1, NewLines: 1, Ops: "+"}},
				},
			},
		},
		{
			name: "a repository within is not looked into", base: tree{"a.py": text("a\n")},
			edit: func(t *testing.T, r Repository) {
				t.Helper()
				run(t, r.Dir, nil, "init", "--quiet", "within")
				write(t, r, "within/b.py", "b\n")
			},
		},
		{
			name: "line ends of the disk",
			base: tree{"a.py": text("a\nb\nc\n"), "b.py": text("a\nb\n")},
			edit: func(t *testing.T, r Repository) {
				t.Helper()
				write(t, r, "a.py", "a\r\nB\r\nc\r\n")
				write(t, r, "b.py", "a\r\nb\r\n")
			},
			want: []change.File{{
				Path: "a.py", OldPath: "a.py", Base: []byte("a\nb\nc\n"), Head: []byte("a\r\nB\r\nc\r\n"),
				Hunks: []change.Hunk{{OldStart: 1, OldLines: 3, NewStart: 1, NewLines: 3, Ops: " -+ "}},
			}},
		},
		{
			name: "unreadable on either side",
			base: tree{"a.py": text("a\n"), "b.py": text("b" + long), "c.py": text("c\n")},
			edit: func(t *testing.T, r Repository) {
				t.Helper()
				write(t, r, "a.py", "a"+long)
				write(t, r, "b.py", "b\n")
				write(t, r, "c.py", "c\x00")
				write(t, r, "d.py", lfsPointer)
			},
			options: Options{MaxBytes: int64(len(long))},
			want: []change.File{
				{Path: "a.py", OldPath: "a.py", Unread: "larger than 330 bytes"},
				{Path: "b.py", OldPath: "b.py", Unread: "larger than 330 bytes"},
				{Path: "c.py", OldPath: "c.py", Unread: "binary"},
				{Path: "d.py", Status: change.Added, Unread: "kept in Git LFS"},
			},
		},
		{
			name: "only files that match", base: tree{"a.py": text("a\n"), "a.txt": text("a\n")},
			edit: func(t *testing.T, r Repository) {
				t.Helper()
				for _, name := range []string{"a.py", "a.txt", "b.txt"} {
					write(t, r, name, "b\n")
				}
			},
			options: Options{Match: func(path string) bool { return strings.HasSuffix(path, ".py") }},
			want: []change.File{{
				Path: "a.py", OldPath: "a.py", Base: []byte("a\n"), Head: []byte("b\n"),
				Hunks: []change.Hunk{{OldStart: 1, OldLines: 1, NewStart: 1, NewLines: 1, Ops: "-+"}},
			}},
		},
		{
			name: "files that a sparse checkout leaves out", base: tree{"a/b.py": text("b\n"), "c/d.py": text("d\n")},
			edit: func(t *testing.T, r Repository) {
				t.Helper()
				run(t, r.Dir, nil, "sparse-checkout", "set", "--cone", "a")
				if _, err := os.Stat(filepath.Join(r.Dir, "c", "d.py")); !os.IsNotExist(err) {
					t.Fatalf("the sparse checkout has the file: %v", err)
				}
			},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			r := workTree(t, test.base)
			test.edit(t, r)
			got, err := r.Diff(t.Context(), "main", "", test.options)
			if err != nil {
				t.Fatal(err)
			}
			want := change.Change{Base: run(t, r.Dir, nil, "rev-parse", "main"), Files: test.want}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("change (-want +got):\n%s", diff)
			}
		})
	}
}

// TestDiffWorkTreeSparse compares with an older commit what the work tree itself does not hold.
func TestDiffWorkTreeSparse(t *testing.T) {
	t.Parallel()
	r := workTree(t, tree{"a/b.py": text("b\n"), "c/d.py": text("d\n")}, tree{"a/b.py": text("b\n"), "c/d.py": text("D\n")})
	run(t, r.Dir, nil, "sparse-checkout", "set", "--cone", "a")
	got, err := r.Diff(t.Context(), "c0", "", Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := []change.File{{
		Path: "c/d.py", OldPath: "c/d.py", Base: []byte("d\n"), Head: []byte("D\n"),
		Hunks: []change.Hunk{{OldStart: 1, OldLines: 1, NewStart: 1, NewLines: 1, Ops: "-+"}},
	}}
	if diff := cmp.Diff(want, got.Files); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
}

// TestDiffWorkTreeFromSubfolder finds the whole change from a folder within the work tree.
func TestDiffWorkTreeFromSubfolder(t *testing.T) {
	t.Parallel()
	r := workTree(t, tree{"a.py": text("a\n"), "b/c.py": text("c\n")})
	write(t, r, "a.py", "A\n")
	write(t, r, "d.py", "d\n")
	got, err := Repository{Dir: filepath.Join(r.Dir, "b")}.Diff(t.Context(), "HEAD", "", Options{})
	if err != nil {
		t.Fatal(err)
	}
	var paths []string
	for _, f := range got.Files {
		paths = append(paths, f.Path)
	}
	if diff := cmp.Diff([]string{"a.py", "d.py"}, paths); diff != "" {
		t.Errorf("paths (-want +got):\n%s", diff)
	}
}

// TestDiffWorkTreeUnmerged takes files as a merge with conflicts left them.
func TestDiffWorkTreeUnmerged(t *testing.T) {
	t.Parallel()
	r := workTree(t, tree{"a.py": text("a\n"), "b.py": text("b\n")}, tree{"a.py": text("ours\n"), "b.py": text("B\n")})
	run(t, r.Dir, []byte("commit refs/heads/topic\ncommitter A <a@example.org> 1700000009 +0000\ndata 0\n"+
		"from refs/tags/c0\nM 100644 inline a.py\ndata 7\ntheirs\n\nD b.py\n\n"), "fast-import", "--quiet")
	run(t, r.Dir, nil, "-c", "alias.try=!git merge --quiet topic || true", "try")
	got, err := r.Diff(t.Context(), "c0", "", Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := []change.File{
		{
			Path: "a.py", OldPath: "a.py", Base: []byte("a\n"),
			Head:  []byte("<<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> topic\n"),
			Hunks: []change.Hunk{{OldStart: 1, OldLines: 1, NewStart: 1, NewLines: 5, Ops: "-+++++"}},
		},
		{
			Path: "b.py", OldPath: "b.py", Base: []byte("b\n"), Head: []byte("B\n"),
			Hunks: []change.Hunk{{OldStart: 1, OldLines: 1, NewStart: 1, NewLines: 1, Ops: "-+"}},
		},
	}
	if diff := cmp.Diff(want, got.Files); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
}
