package git

import (
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDiffErrors(t *testing.T) {
	t.Parallel()
	r := bare(t, tree{"a.py": text("a\n")}, tree{"a.py": text("b\n")})
	run(t, r.Dir, []byte("commit refs/heads/alone\ncommitter A <a@example.org> 1700000009 +0000\ndata 0\n\n"+
		"reset refs/remotes/origin/topic\nfrom refs/tags/c0\n\n"), "fast-import", "--quiet")
	none := t.TempDir()
	empty := bare(t)
	unborn := workTree(t, tree{"a.py": text("a\n")})
	run(t, unborn.Dir, nil, "symbolic-ref", "HEAD", "refs/heads/fresh")
	tests := []struct{ name, dir, base, head, want string }{
		{
			name: "unknown base", dir: r.Dir, base: "nowhere", head: "main",
			want: `diff "nowhere": unknown revision in DIR: fetch it first (in a job, actions/checkout with fetch-depth: 0)`,
		},
		{
			name: "unknown head", dir: r.Dir, base: "main", head: strings.Repeat("a", 40),
			want: `diff "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa": unknown revision in DIR: fetch it first ` +
				`(in a job, actions/checkout with fetch-depth: 0)`,
		},
		{
			name: "known elsewhere", dir: r.Dir, base: "topic", head: "main",
			want: `diff "topic": unknown revision in DIR: there is "origin/topic"`,
		},
		{
			name: "an option", dir: r.Dir, base: "--output=/tmp/x", head: "main",
			want: `diff "--output=/tmp/x": unknown revision in DIR: fetch it first (in a job, actions/checkout with fetch-depth: 0)`,
		},
		{name: "no name", dir: r.Dir, head: "main", want: `diff "": unknown revision in DIR`},
		{name: "two lines", dir: r.Dir, base: "main\nmain", head: "main", want: `diff "main\nmain": unknown revision in DIR`},
		{
			name: "no commit", dir: empty.Dir, base: "HEAD",
			want: `diff "HEAD": unknown revision in DIR: the repository has no commit yet: djleak check looks at files as they are`,
		},
		{
			name: "no commit under any name", dir: empty.Dir, base: "main...HEAD",
			want: `diff "main...HEAD": "main": unknown revision in DIR: the repository has no commit yet: ` +
				`djleak check looks at files as they are`,
		},
		{
			name: "a branch without a commit", dir: unborn.Dir, base: "HEAD^",
			want: `diff "HEAD^": unknown revision in DIR: HEAD is a branch without a commit: name another one`,
		},
		{
			name: "another name on a branch without a commit", dir: unborn.Dir, base: "nowhere", head: "main",
			want: `diff "nowhere": unknown revision in DIR: fetch it first (in a job, actions/checkout with fetch-depth: 0)`,
		},
		{
			name: "a file", dir: r.Dir, base: "main:a.py", head: "main",
			want: `diff "main:a.py": unknown revision in DIR: it is a blob, not a commit or a tree`,
		},
		{
			name: "a range and a head", dir: r.Dir, base: "c0...main", head: "main",
			want: `diff "c0...main" "main": a range has its own HEAD: give no second one`,
		},
		{
			name: "nothing in common", dir: r.Dir, base: "main...alone",
			want: `diff "main...alone": no merge base in DIR: the two have no history in common: give BASE and HEAD apart`,
		},
		{
			name: "the merge base of a tree", dir: r.Dir, base: "main^{tree}...main",
			want: `diff "main^{tree}...main": "main^{tree}" is a tree in DIR: only commits have a merge base`,
		},
		{
			name: "an unknown part of a range", dir: r.Dir, base: "main...nowhere",
			want: `diff "main...nowhere": "nowhere": unknown revision in DIR: fetch it first (in a job, actions/checkout with fetch-depth: 0)`,
		},
		{
			name: "no work tree", dir: r.Dir, base: "main",
			want: `diff "main": no work tree at DIR: name a HEAD: git rev-parse in DIR: this operation must be run in a work tree: ` +
				`exit status 128`,
		},
		{
			name: "no repository", dir: none, base: "a", head: "b",
			want: `diff "a": git cat-file in DIR: not a git repository (or any of the parent directories): .git: exit status 128`,
		},
		{
			name: "no folder", dir: filepath.Join(none, "x"), base: "a", head: "b",
			want: `diff "a": git cat-file in DIR: chdir DIR: no such file or directory`,
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, err := Repository{Dir: test.dir}.Diff(t.Context(), test.base, test.head, Options{})
			if err == nil {
				t.Fatal("no error")
			}
			got := strings.ReplaceAll(err.Error(), test.dir, "DIR")
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("error (-want +got):\n%s", diff)
			}
			if unknown := strings.Contains(got, "unknown revision"); unknown != errors.Is(err, ErrUnknownRevision) {
				t.Errorf("errors.Is(err, ErrUnknownRevision) = %t", !unknown)
			}
		})
	}
}

func TestMergeBaseInShallowClone(t *testing.T) {
	t.Parallel()
	origin := bare(t, tree{"a.py": text("a\n")}, tree{"a.py": text("b\n")})
	run(t, origin.Dir, []byte("commit refs/heads/topic\ncommitter A <a@example.org> 1700000009 +0000\ndata 0\n"+
		"from refs/tags/c0\nM 100644 inline c.py\ndata 2\nc\n\n"), "fast-import", "--quiet")
	r := Repository{Dir: filepath.Join(t.TempDir(), "clone")}
	run(t, "", nil, "clone", "--quiet", "--depth=1", "--no-single-branch", "file://"+origin.Dir, r.Dir)
	_, err := r.Diff(t.Context(), "main...origin/topic", "", Options{})
	want := `diff "main...origin/topic": no merge base in DIR, which is a shallow clone: fetch its history first ` +
		`(git fetch --unshallow, or actions/checkout with fetch-depth: 0)`
	if err == nil || strings.ReplaceAll(err.Error(), r.Dir, "DIR") != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
	if _, err := r.Diff(t.Context(), "main", "origin/topic", Options{}); err != nil {
		t.Errorf("the two commits themselves are there: %v", err)
	}
}

// TestDamagedRepository reads a change one blob of which is not what it was.
func TestDamagedRepository(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		damage func(file string) error
		want   string
	}{
		{
			name: "gone", damage: os.Remove,
			want: "blob ID is missing or damaged in DIR: fetch the files first (git diff of the same revisions does), or clone without --filter",
		},
		{
			name:   "no object",
			damage: func(file string) error { return os.WriteFile(file, []byte("no object"), 0o600) },
			want:   "blob ID is missing or damaged in DIR: ",
		},
		{
			name: "cut off",
			damage: func(file string) error {
				data, err := os.ReadFile(file)
				if err != nil {
					return err
				}
				return os.WriteFile(file, data[:len(data)/2], 0o600)
			},
			want: "git cat-file in DIR: ",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			random := rand.New(rand.NewPCG(5, 6))
			r := bare(t, tree{"a.py": text("a\n")}, tree{"a.py": text(strings.Join(python(random, 900), ""))})
			id := run(t, r.Dir, nil, "rev-parse", "main:a.py")
			file := filepath.Join(r.Dir, "objects", id[:2], id[2:])
			if err := os.Chmod(file, 0o600); err != nil {
				t.Fatal(err)
			}
			if err := test.damage(file); err != nil {
				t.Fatal(err)
			}
			_, err := r.Diff(t.Context(), "c0", "main", Options{})
			if err == nil {
				t.Fatal("no error")
			}
			got := strings.NewReplacer(r.Dir, "DIR", id, "ID").Replace(err.Error())
			if !strings.HasPrefix(got, `diff "c0" "main": `) || !strings.Contains(got, test.want) || strings.Contains(got, "\n") {
				t.Errorf("got %s", got)
			}
		})
	}
}

func TestResolve(t *testing.T) {
	t.Parallel()
	r := bare(t, tree{"a.py": text("a\n")})
	run(t, r.Dir, nil, "tag", "--annotate", "--message=one", "v1", "main")
	worded := run(t, r.Dir, nil, "-c", "user.name=a", "-c", "user.email=a@example.org", "commit-tree", "-m", "Two words", "main^{tree}")
	run(t, r.Dir, nil, "tag", "worded", worded)
	for name, like := range map[string]string{
		":/Two words": "worded", "main": "main", "v1": "main", "HEAD": "main", "main^{tree}": "main^{tree}", ":/": "",
	} {
		got, err := r.Resolve(t.Context(), name)
		if like == "" {
			if err == nil {
				t.Errorf("Resolve(%q) = %s, want an error", name, got)
			}
			continue
		}
		if want := run(t, r.Dir, nil, "rev-parse", like); err != nil || got != want {
			t.Errorf("Resolve(%q) = %s, %v, want %s", name, got, err, want)
		}
	}
}

func TestCutRange(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text, base, head string
		symmetric, ok    bool
	}{
		{text: "main"},
		{text: "v1.2"},
		{text: "a...b", base: "a", head: "b", symmetric: true, ok: true},
		{text: "a..b", base: "a", head: "b", ok: true},
		{text: "v1.2...v1.3", base: "v1.2", head: "v1.3", symmetric: true, ok: true},
		{text: "a...", base: "a", head: "HEAD", symmetric: true, ok: true},
		{text: "...b", base: "HEAD", head: "b", symmetric: true, ok: true},
		{text: "@{upstream}...HEAD", base: "@{upstream}", head: "HEAD", symmetric: true, ok: true},
		{text: "HEAD^{/a..b}"},
		{text: "HEAD:a..b"},
		{text: ":/a...b"},
		{text: "a..b:c", base: "a", head: "b:c", ok: true},
	}
	for _, test := range tests {
		base, head, symmetric, ok := cutRange(test.text)
		got, want := []any{base, head, symmetric, ok}, []any{test.base, test.head, test.symmetric, test.ok}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.text, diff)
		}
	}
}

func TestCancelled(t *testing.T) {
	t.Parallel()
	r := bare(t, tree{"a.py": text(strings.Repeat("a", 1<<20)), "b.py": text(strings.Repeat("b", 1<<20))})
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := r.Diff(cancelled, "main", "main", Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("Diff: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var last error
	for _, err := range r.Files(ctx, "main", Options{}) {
		cancel()
		last = err
	}
	if !errors.Is(last, context.Canceled) {
		t.Errorf("Files: %v", last)
	}
}

// TestNoGit has a PATH of its own, so it runs alone.
func TestNoGit(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	_, err := Repository{Dir: "."}.Resolve(t.Context(), "main")
	if err == nil || !strings.HasPrefix(err.Error(), `resolve "main": git is needed to read .: install it: `) {
		t.Errorf("got %v", err)
	}
	if !errors.Is(err, os.ErrNotExist) && !strings.Contains(err.Error(), "executable file not found") {
		t.Errorf("the cause is lost: %v", err)
	}
}
