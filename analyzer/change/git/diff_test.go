package git

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer/change"
)

const (
	someCommit  = "1111111111111111111111111111111111111111"
	otherCommit = "2222222222222222222222222222222222222222"
	lfsPointer  = "version https://git-lfs.github.com/spec/v1\n" +
		"oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n"
)

// numbered is a text of lines with a few of them replaced.
func numbered(count int, replaced map[int]string) string {
	var b strings.Builder
	for n := 1; n <= count; n++ {
		line, ok := replaced[n]
		if !ok {
			line = "line " + strings.Repeat("x", n)
		}
		b.WriteString(line + "\n")
	}
	return b.String()
}

func TestDiff(t *testing.T) {
	t.Parallel()
	long, edited := numbered(20, nil), numbered(20, map[int]string{10: "ten"})
	tests := []struct {
		name       string
		base, head tree
		options    Options
		want       []change.File
	}{
		{name: "nothing changed", base: tree{"a.py": text("a\n")}, head: tree{"a.py": text("a\n")}},
		{
			name: "edited, added and deleted, in order",
			base: tree{"b.py": text("b\n"), "a.py": text(long), "a/d.py": text("d\n")},
			head: tree{"c/e.py": text("e"), "a.py": text(edited), "a/d.py": text("d\n")},
			want: []change.File{
				{
					Path: "a.py", OldPath: "a.py", Base: []byte(long), Head: []byte(edited),
					Hunks: []change.Hunk{{OldStart: 7, OldLines: 7, NewStart: 7, NewLines: 7, Ops: "   -+   "}},
				},
				{
					Path: "b.py", OldPath: "b.py", Status: change.Deleted, Base: []byte("b\n"),
					Hunks: []change.Hunk{{OldStart: 1, OldLines: 1, Ops: "-"}},
				},
				{
					Path: "c/e.py", Status: change.Added, Head: []byte("e"),
					Hunks: []change.Hunk{{NewStart: 1, NewLines: 1, Ops: "+"}},
				},
			},
		},
		{
			name: "renamed as it is",
			base: tree{"a.py": text(long)}, head: tree{"z/b.py": text(long)},
			want: []change.File{
				{Path: "z/b.py", OldPath: "a.py", Status: change.Renamed, Base: []byte(long), Head: []byte(long)},
			},
		},
		{
			name: "renamed and edited",
			base: tree{"a.py": text(long)}, head: tree{"b.py": text(edited)},
			want: []change.File{{
				Path: "b.py", OldPath: "a.py", Status: change.Renamed, Base: []byte(long), Head: []byte(edited),
				Hunks: []change.Hunk{{OldStart: 7, OldLines: 7, NewStart: 7, NewLines: 7, Ops: "   -+   "}},
			}},
		},
		{
			name: "copied",
			base: tree{"a.py": text("a\n")}, head: tree{"a.py": text("a\n"), "b.py": text("a\n")},
			want: []change.File{{
				Path: "b.py", Status: change.Added, Head: []byte("a\n"),
				Hunks: []change.Hunk{{NewStart: 1, NewLines: 1, Ops: "+"}},
			}},
		},
		{
			name: "emptied, filled, and empty ones",
			base: tree{"a.py": text("a\n"), "b.py": text(""), "c.py": text("")},
			head: tree{"a.py": text(""), "b.py": text("b\n"), "d.py": text("")},
			want: []change.File{
				{
					Path: "a.py", OldPath: "a.py", Base: []byte("a\n"), Head: []byte{},
					Hunks: []change.Hunk{{OldStart: 1, OldLines: 1, Ops: "-"}},
				},
				{
					Path: "b.py", OldPath: "b.py", Base: []byte{}, Head: []byte("b\n"),
					Hunks: []change.Hunk{{NewStart: 1, NewLines: 1, Ops: "+"}},
				},
				{Path: "d.py", OldPath: "c.py", Status: change.Renamed, Base: []byte{}, Head: []byte{}},
			},
		},
		{
			name: "another mode",
			base: tree{"a.py": text("a\n")}, head: tree{"a.py": {executable, "a\n"}},
			want: []change.File{{Path: "a.py", OldPath: "a.py", Base: []byte("a\n"), Head: []byte("a\n")}},
		},
		{
			name: "line ends",
			base: tree{"a.py": text("a\nb\n")}, head: tree{"a.py": text("a\r\nb\r\n")},
			want: []change.File{{
				Path: "a.py", OldPath: "a.py", Base: []byte("a\nb\n"), Head: []byte("a\r\nb\r\n"),
				Hunks: []change.Hunk{{OldStart: 1, OldLines: 2, NewStart: 1, NewLines: 2, Ops: "--++"}},
			}},
		},
		{
			name: "links and submodules are no files",
			base: tree{
				"link.py": {symlink, "a.py"}, "sub.py": {submodule, someCommit}, "both.py": {symlink, "a.py"},
				"gone.py": {symlink, "b.py"}, "moved.py": {symlink, "somewhere/else.py"},
			},
			head: tree{
				"link.py": {symlink, "b.py"}, "sub.py": {submodule, otherCommit}, "both.py": {submodule, someCommit},
				"come.py": {symlink, "/etc/passwd"}, "moved2.py": {symlink, "somewhere/else.py"},
			},
		},
		{
			name: "a file for a link, a link for a file, a submodule for a file",
			base: tree{"a.py": {symlink, "b.py"}, "b.py": text("b\n"), "c.py": text("c\n")},
			head: tree{"a.py": text("a\n"), "b.py": {symlink, "a.py"}, "c.py": {submodule, someCommit}},
			want: []change.File{
				{
					Path: "a.py", Status: change.Added, Head: []byte("a\n"),
					Hunks: []change.Hunk{{NewStart: 1, NewLines: 1, Ops: "+"}},
				},
				{
					Path: "b.py", OldPath: "b.py", Status: change.Deleted, Base: []byte("b\n"),
					Hunks: []change.Hunk{{OldStart: 1, OldLines: 1, Ops: "-"}},
				},
				{
					Path: "c.py", OldPath: "c.py", Status: change.Deleted, Base: []byte("c\n"),
					Hunks: []change.Hunk{{OldStart: 1, OldLines: 1, Ops: "-"}},
				},
			},
		},
		{
			name: "a folder for a file",
			base: tree{"a": text("a\n")}, head: tree{"a/b": text("b\n")},
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
			name: "odd names",
			base: tree{},
			head: tree{
				"a b .py": text(""), "-c.py": text(""), "d\"'\\.py": text(""), "e\nf\t.py": text(""),
				"é.py": text(""), "\xff.py": text(""), ":(glob)*.py": text(""),
			},
			want: []change.File{
				{Path: "-c.py", Status: change.Added, Head: []byte{}},
				{Path: ":(glob)*.py", Status: change.Added, Head: []byte{}},
				{Path: "a b .py", Status: change.Added, Head: []byte{}},
				{Path: "d\"'\\.py", Status: change.Added, Head: []byte{}},
				{Path: "e\nf\t.py", Status: change.Added, Head: []byte{}},
				{Path: "é.py", Status: change.Added, Head: []byte{}},
				{Path: "\xff.py", Status: change.Added, Head: []byte{}},
			},
		},
		{
			name: "unreadable on either side",
			base: tree{
				"a.py": text("a\x00b"), "b.py": text("b\n"), "c.py": text(lfsPointer), "d.py": text(long + "1"),
				"e.py": text("e\n"), "f.py": text("f"),
			},
			head: tree{
				"a.py": text("a\n"), "b.py": text("b\x00"), "c.py": text("c\n"), "d.py": text("d\n"),
				"e.py": text(long + "2"), "g.py": text("0123456789" + long),
			},
			options: Options{MaxBytes: int64(len(long))},
			want: []change.File{
				{Path: "a.py", OldPath: "a.py", Unread: "binary"},
				{Path: "b.py", OldPath: "b.py", Unread: "binary"},
				{Path: "c.py", OldPath: "c.py", Unread: "kept in Git LFS"},
				{Path: "d.py", OldPath: "d.py", Unread: "larger than 330 bytes"},
				{Path: "e.py", OldPath: "e.py", Unread: "larger than 330 bytes"},
				{
					Path: "f.py", OldPath: "f.py", Status: change.Deleted, Base: []byte("f"),
					Hunks: []change.Hunk{{OldStart: 1, OldLines: 1, Ops: "-"}},
				},
				{Path: "g.py", Status: change.Added, Unread: "larger than 330 bytes"},
			},
		},
		{
			name: "only files that match, by one of their paths",
			base: tree{"a.txt": text(long), "b.py": text("b" + long), "c.txt": text("c\n"), "d.py": text("d\n")},
			head: tree{"a.py": text(long), "b.txt": text("b" + long), "c.txt": text("C\n"), "d.py": text("D\n")},
			options: Options{
				Match: func(path string) bool { return strings.HasSuffix(path, ".py") },
			},
			want: []change.File{
				{Path: "a.py", OldPath: "a.txt", Status: change.Renamed, Base: []byte(long), Head: []byte(long)},
				{
					Path: "b.txt", OldPath: "b.py", Status: change.Renamed,
					Base: []byte("b" + long), Head: []byte("b" + long),
				},
				{
					Path: "d.py", OldPath: "d.py", Base: []byte("d\n"), Head: []byte("D\n"),
					Hunks: []change.Hunk{{OldStart: 1, OldLines: 1, NewStart: 1, NewLines: 1, Ops: "-+"}},
				},
			},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			r := bare(t, test.base, test.head)
			got, err := r.Diff(t.Context(), "c0", "main", test.options)
			if err != nil {
				t.Fatal(err)
			}
			want := change.Change{
				Base: run(t, r.Dir, nil, "rev-parse", "c0"), Head: run(t, r.Dir, nil, "rev-parse", "c1"), Files: test.want,
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("change (-want +got):\n%s", diff)
			}
		})
	}
}

// TestDiffNames compares the same two trees by all the names they have.
func TestDiffNames(t *testing.T) {
	t.Parallel()
	r := bare(t, tree{"a/b.py": text("a\n")}, tree{"a/b.py": text("b\n")})
	run(t, r.Dir, nil, "tag", "--annotate", "--message=one", "v1", "c1")
	run(t, r.Dir, nil, "tag", "--annotate", "--message=two", "v2", "v1")
	id := func(name string) string { return run(t, r.Dir, nil, "rev-parse", name) }
	base, head := id("c0"), id("c1")
	tests := []struct{ name, base, head, wantBase, wantHead string }{
		{name: "ids", base: base, head: head, wantBase: base, wantHead: head},
		{name: "short ids", base: base[:12], head: head[:12], wantBase: base, wantHead: head},
		{name: "branch and parent", base: "main~1", head: "main", wantBase: base, wantHead: head},
		{name: "HEAD", base: "HEAD^", head: "@", wantBase: base, wantHead: head},
		{name: "a tag of a tag", base: "c0", head: "v2", wantBase: base, wantHead: head},
		{name: "full names", base: "refs/tags/c0", head: "refs/heads/main", wantBase: base, wantHead: head},
		{name: "trees", base: "c0^{tree}", head: id("c1^{tree}"), wantBase: id("c0^{tree}"), wantHead: id("c1^{tree}")},
		{name: "two dots", base: "c0..main", wantBase: base, wantHead: head},
		{name: "two dots, HEAD left out", base: "c0..", wantBase: base, wantHead: head},
		{name: "three dots", base: "c0...main", wantBase: base, wantHead: head},
		{name: "three dots, HEAD left out", base: "c0...", wantBase: base, wantHead: head},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got, err := r.Diff(t.Context(), test.base, test.head, Options{})
			if err != nil {
				t.Fatal(err)
			}
			want := change.Change{Base: test.wantBase, Head: test.wantHead, Files: []change.File{{
				Path: "a/b.py", OldPath: "a/b.py", Base: []byte("a\n"), Head: []byte("b\n"),
				Hunks: []change.Hunk{{OldStart: 1, OldLines: 1, NewStart: 1, NewLines: 1, Ops: "-+"}},
			}}}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("change (-want +got):\n%s", diff)
			}
		})
	}
	t.Run("folders as trees", func(t *testing.T) {
		t.Parallel()
		got, err := r.Diff(t.Context(), "c0:a", "main:a", Options{})
		if err != nil {
			t.Fatal(err)
		}
		if len(got.Files) != 1 || got.Files[0].Path != "b.py" {
			t.Errorf("got %+v", got)
		}
	})
	t.Run("the empty tree", func(t *testing.T) {
		t.Parallel()
		const empty = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
		got, err := r.Diff(t.Context(), empty, "main", Options{})
		if err != nil {
			t.Fatal(err)
		}
		if got.Base != empty || len(got.Files) != 1 || got.Files[0].Status != change.Added {
			t.Errorf("got %+v", got)
		}
	})
}

func TestDiffFromMergeBase(t *testing.T) {
	t.Parallel()
	r := bare(t, tree{"a.py": text("a\n")}, tree{"a.py": text("a\n"), "b.py": text("b\n")})
	run(t, r.Dir, []byte("commit refs/heads/topic\ncommitter A <a@example.org> 1700000009 +0000\ndata 0\n"+
		"from refs/tags/c0\nM 100644 inline c.py\ndata 2\nc\n\n"), "fast-import", "--quiet")
	got, err := r.Diff(t.Context(), "main...topic", "", Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got.Base != run(t, r.Dir, nil, "rev-parse", "c0") || len(got.Files) != 1 || got.Files[0].Path != "c.py" {
		t.Errorf("got %+v", got)
	}
	base, err := r.MergeBase(t.Context(), "topic", "main")
	if err != nil {
		t.Fatal(err)
	}
	if want := run(t, r.Dir, nil, "rev-parse", "c0"); base != want {
		t.Errorf("merge base %s, want %s", base, want)
	}
}

func TestDiffSHA256(t *testing.T) {
	t.Parallel()
	r := Repository{Dir: t.TempDir()}
	run(t, r.Dir, nil, "init", "--quiet", "--bare", "--initial-branch=main", "--object-format=sha256")
	commit(t, r.Dir, "main", tree{"a.py": text("a\n")}, tree{"a.py": text("b\n")})
	got, err := r.Diff(t.Context(), "c0", "c1", Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Base) != 64 || len(got.Files) != 1 || string(got.Files[0].Head) != "b\n" {
		t.Errorf("got %+v", got)
	}
}
