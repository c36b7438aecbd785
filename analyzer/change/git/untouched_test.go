package git

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/djleak/djleak/analyzer/change"
)

// TestInheritedEnvironment runs as a hook would, with variables that lead git elsewhere.
func TestInheritedEnvironment(t *testing.T) {
	r := bare(t, tree{"a.py": text("a\n")}, tree{"a.py": text("b\n")})
	other := t.TempDir()
	t.Setenv("GIT_DIR", other)
	for name, value := range map[string]string{
		"GIT_WORK_TREE": other, "GIT_INDEX_FILE": filepath.Join(other, "index"),
		"GIT_OBJECT_DIRECTORY": other, "GIT_COMMON_DIR": other, "GIT_NAMESPACE": "x",
		"GIT_EXTERNAL_DIFF": "false", "GIT_DIFF_OPTS": "-u0", "GIT_LITERAL_PATHSPECS": "0", "GIT_TRACE": "1",
	} {
		t.Setenv(name, value)
	}
	got, err := r.Diff(t.Context(), "c0", "c1", Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Files) != 1 || string(got.Files[0].Head) != "b\n" {
		t.Errorf("got %+v", got)
	}
}

// TestNothingRunsAndNothingIsWritten has a configuration that runs programs and changes output wherever it can.
func TestNothingRunsAndNothingIsWritten(t *testing.T) {
	t.Parallel()
	r := workTree(t, tree{
		"a.py": text("a\n"), "b.py": text("b\n"), ".gitattributes": text("*.py filter=bad diff=bad text eol=lf\n"),
	}, tree{
		"a.py": text("A\n"), "b2.py": text("b\n"), ".gitattributes": text("*.py filter=bad diff=bad text eol=lf\n"),
	})
	ran := filepath.Join(t.TempDir(), "ran")
	program := filepath.Join(t.TempDir(), "program")
	if err := os.WriteFile(program, []byte("#!/bin/sh\necho \"$0 $*\" >>'"+ran+"'\nexec cat\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, hook := range []string{"post-index-change", "post-checkout", "pre-auto-gc", "reference-transaction", "fsmonitor-watchman"} {
		if err := os.Symlink(program, filepath.Join(r.Dir, ".git", "hooks", hook)); err != nil {
			t.Fatal(err)
		}
	}
	write(t, r, "a.py", "edited\n")
	write(t, r, "new.py", "new\n")
	for name, value := range map[string]string{
		"filter.bad.clean": program, "filter.bad.smudge": program, "filter.bad.required": "true",
		"filter.a=b c.clean": program,
		"diff.external":      program, "diff.bad.command": program, "diff.bad.textconv": program, "diff.bad.binary": "true",
		"core.fsmonitor": program, "core.pager": program, "diff.renames": "false", "diff.noPrefix": "true",
		"diff.orderFile": "/nowhere", "diff.ignoreSubmodules": "all", "diff.relative": "true", "color.ui": "always",
		"core.quotePath": "true", "status.showUntrackedFiles": "no", "core.untrackedCache": "true",
	} {
		run(t, r.Dir, nil, "config", name, value)
	}
	before := snapshot(t, r.Dir)

	diff, err := r.Diff(t.Context(), "c0", "c1", Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(diff.Files) != 2 || diff.Files[1].OldPath != "b.py" {
		t.Errorf("between commits: %+v", diff.Files)
	}
	diff, err = r.Diff(t.Context(), "c1", "", Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(diff.Files) != 2 || string(diff.Files[0].Head) != "edited\n" || diff.Files[1].Path != "new.py" {
		t.Errorf("to the work tree: %+v", diff.Files)
	}
	collect(t, r, "main", Options{})
	collect(t, r, "", Options{})
	if _, err := r.MergeBase(t.Context(), "c0", "c1"); err != nil {
		t.Error(err)
	}

	if diff := cmp.Diff(before, snapshot(t, r.Dir)); diff != "" {
		t.Errorf("the repository changed (-before +after):\n%s", diff)
	}
	if log, err := os.ReadFile(ran); err == nil {
		t.Errorf("programs ran:\n%s", log)
	}
}

// snapshot sums up all files below a folder, with their times.
func snapshot(t *testing.T, dir string) map[string]string {
	t.Helper()
	sums := make(map[string]string)
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		sums[name] = fmt.Sprint(info.Mode(), " ", info.ModTime())
		if info.Mode().IsRegular() {
			data, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			sums[name] += fmt.Sprintf(" %x", sha256.Sum256(data))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return sums
}

// TestPartialClone reads from a clone that would have to fetch what it lacks.
func TestPartialClone(t *testing.T) {
	t.Parallel()
	long := numbered(20, nil)
	origin := bare(t,
		tree{"a.py": text("a\n"), "b.py": text(long), "c.py": text("c\n"), "d.py": text("d\n")},
		tree{"a.py": text("A\n"), "b2.py": text(long + "b\n"), "c.py": text("c\n"), "moved.py": text("d\n")})
	run(t, origin.Dir, nil, "config", "uploadpack.allowFilter", "true")
	r := Repository{Dir: filepath.Join(t.TempDir(), "clone")}
	run(t, "", nil, "clone", "--quiet", "--filter=blob:none", "file://"+origin.Dir, r.Dir)
	before := snapshot(t, r.Dir)
	got, err := r.Diff(t.Context(), "c0", "c1", Options{})
	if err != nil {
		t.Fatal(err)
	}
	// The head is checked out, the base is not.
	const away = "not in this partial clone: fetch it first"
	want := []change.File{
		{Path: "a.py", OldPath: "a.py", Unread: away},
		{Path: "b.py", OldPath: "b.py", Status: change.Deleted, Unread: away},
		{Path: "b2.py", Status: change.Added, Head: []byte(long + "b\n")},
		{Path: "moved.py", OldPath: "d.py", Status: change.Renamed, Base: []byte("d\n"), Head: []byte("d\n")},
	}
	if diff := cmp.Diff(want, got.Files, cmpopts.IgnoreFields(change.File{}, "Hunks")); diff != "" {
		t.Errorf("files (-want +got)\n%s", diff)
	}
	partial := []string{"deleted files are not in this partial clone: one that was renamed counts as added"}
	if diff := cmp.Diff(partial, got.Partial); diff != "" {
		t.Errorf("Partial (-want +got)\n%s", diff)
	}
	for _, f := range collect(t, r, "c0", Options{}) {
		if unread := map[string]string{"a.py": away, "b.py": away}[f.Path]; f.Unread != unread {
			t.Errorf("%s: unread %q, want %q", f.Path, f.Unread, unread)
		}
	}
	if diff := cmp.Diff(before, snapshot(t, r.Dir)); diff != "" {
		t.Errorf("the repository changed (-before +after):\n%s", diff)
	}
}

// TestPartialCloneOfEnough reads a change that a partial clone has whole.
func TestPartialCloneOfEnough(t *testing.T) {
	t.Parallel()
	origin := bare(t, tree{"a.py": text("a\n")}, tree{"a.py": text("A\n")})
	run(t, origin.Dir, nil, "config", "uploadpack.allowFilter", "true")
	r := Repository{Dir: filepath.Join(t.TempDir(), "clone")}
	run(t, "", nil, "clone", "--quiet", "--filter=blob:none", "file://"+origin.Dir, r.Dir)
	run(t, r.Dir, nil, "diff", "c0", "c1")
	got, err := r.Diff(t.Context(), "c0", "c1", Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Files) != 1 || string(got.Files[0].Base) != "a\n" {
		t.Errorf("got %+v", got.Files)
	}
}
