package main

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/djleak/djleak/analyzer/selection"
)

// writeFiles makes a folder that holds the files, each with its own name in it.
func writeFiles(t *testing.T, names ...string) (folder string) {
	t.Helper()
	folder = t.TempDir()
	for _, name := range names {
		place := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(place), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(place, []byte(name), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

func TestOpenTree(t *testing.T) {
	t.Parallel()
	folder := writeFiles(t,
		"manage.py", "README.md", "shop/views.py", "shop/notes.txt", "shop/cart_pb2.py", "vendor/six.py", "vendor/build/x.py",
		"deploy/env/pyvenv.cfg", "deploy/env/bin/run.py", "deploy/ops.py", ".ci/run.py", "script",
	)
	for _, test := range []struct {
		name             string
		base             string
		include, exclude []string
		paths            []string
		want             []string
	}{
		{name: "all", paths: []string{"."}, want: []string{"deploy/ops.py", "manage.py", "shop/views.py"}},
		{name: "twice", paths: []string{"shop", ".", "shop/views.py"}, want: []string{"deploy/ops.py", "manage.py", "shop/views.py"}},
		{name: "a folder that is left out", paths: []string{"vendor"}, want: []string{"vendor/six.py"}},
		{name: "one below it", paths: []string{"vendor/build"}, want: []string{"vendor/build/x.py"}},
		{name: "a hidden folder", paths: []string{".ci"}, want: []string{".ci/run.py"}},
		{name: "an environment", paths: []string{"deploy/env"}, want: []string{"deploy/env/bin/run.py"}},
		{name: "above an environment", paths: []string{"deploy"}, want: []string{"deploy/ops.py"}},
		{name: "an environment by its name", include: []string{"deploy/env"}, paths: []string{"."}, want: []string{"deploy/env/bin/run.py"}},
		{name: "files, whatever their names", paths: []string{"script", "shop/cart_pb2.py"}, want: []string{"script", "shop/cart_pb2.py"}},
		{name: "an excluded file by its name", exclude: []string{"shop"}, paths: []string{"shop/views.py"}, want: []string{"shop/views.py"}},
		{name: "excluded", exclude: []string{"shop"}, paths: []string{"."}, want: []string{"deploy/ops.py", "manage.py"}},
		{name: "an excluded folder by its name", exclude: []string{"shop"}, paths: []string{"shop"}},
		{name: "included", include: []string{"shop/*"}, paths: []string{"."}, want: []string{"shop/views.py"}},
		{name: "globs start from the base", base: "shop", include: []string{"views.py"}, paths: []string{"shop"}, want: []string{"shop/views.py"}},
		{name: "or from a folder elsewhere", base: "deploy", include: []string{"views.py"}, paths: []string{"shop"}, want: []string{"shop/views.py"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			choice, err := selection.New(test.include, test.exclude)
			if err != nil {
				t.Fatal(err)
			}
			var paths []string
			for _, path := range test.paths {
				paths = append(paths, filepath.Join(folder, path))
			}
			tree, err := openTree(paths, filepath.Join(folder, test.base), choice, false)
			if err != nil {
				t.Fatal(err)
			}
			defer tree.close()
			var got []string
			for _, path := range tree.paths {
				relative, err := filepath.Rel(folder, filepath.FromSlash(path))
				if err != nil {
					t.Fatal(err)
				}
				got = append(got, filepath.ToSlash(relative))
				content, err := tree.read(path)
				if err != nil || string(content) != filepath.ToSlash(relative) {
					t.Errorf("%s reads %q, %v", path, content, err)
				}
			}
			if diff := cmp.Diff(test.want, got, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			if failed := tree.failures(); len(failed) > 0 {
				t.Errorf("failed: %v", failed)
			}
		})
	}
}

func TestTreeFollowsNoLinks(t *testing.T) {
	t.Parallel()
	outside := writeFiles(t, "secret.py", "package/more.py")
	folder := writeFiles(t, "shop/views.py")
	link := func(target, name string) {
		t.Helper()
		if err := os.Symlink(target, filepath.Join(folder, name)); err != nil {
			t.Fatal(err)
		}
	}
	link(filepath.Join(outside, "secret.py"), "secret.py")
	link(filepath.Join(outside, "package"), "package")
	link("shop", "again")
	link("nowhere", "dangling.py")
	link(".", "loop")
	tree, err := openTree([]string{folder}, folder, &selection.Selection{}, false)
	if err != nil {
		t.Fatal(err)
	}
	defer tree.close()
	want := []string{filepath.ToSlash(filepath.Join(folder, "shop", "views.py"))}
	if diff := cmp.Diff(want, tree.paths); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}

	// A file that became a link after the walk is not followed either.
	inside := filepath.Join(folder, "shop", "views.py")
	if err := os.Remove(inside); err != nil {
		t.Fatal(err)
	}
	link(filepath.Join(outside, "secret.py"), "shop/views.py")
	if content, err := tree.read(want[0]); err == nil {
		t.Errorf("read %q through a link that leads out", content)
	}
	if failed := tree.failures(); len(failed) != 1 {
		t.Errorf("failed: %v", failed)
	}
}

func TestTreeReads(t *testing.T) {
	t.Parallel()
	folder := writeFiles(t, "small.py")
	large := filepath.Join(folder, "large.py")
	if err := os.WriteFile(large, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(large, maxBytes); err != nil {
		t.Fatal(err)
	}
	tree, err := openTree([]string{folder}, folder, &selection.Selection{}, false)
	if err != nil {
		t.Fatal(err)
	}
	defer tree.close()
	if content, err := tree.read(filepath.ToSlash(large)); err != nil || len(content) != maxBytes {
		t.Errorf("10 MB: %d bytes, %v", len(content), err)
	}
	if err := os.Truncate(large, maxBytes+1); err != nil {
		t.Fatal(err)
	}
	if _, err := tree.read(filepath.ToSlash(large)); !errors.Is(err, errTooLarge) || err.Error() != "larger than 10 MB" {
		t.Errorf("a byte more: %v", err)
	}
	if failed := tree.failures(); len(failed) > 0 {
		t.Errorf("a large file is no failure: %v", failed)
	}
	if err := os.Remove(filepath.Join(folder, "small.py")); err != nil {
		t.Fatal(err)
	}
	path := filepath.ToSlash(filepath.Join(folder, "small.py"))
	if _, err := tree.read(path); err == nil {
		t.Error("a file that is gone is read")
	}
	if failed := tree.failures(); len(failed) != 1 || failed[0].Error() != "read "+path+": no such file or directory" {
		t.Errorf("failed: %v", failed)
	}
}

func TestReplaceFile(t *testing.T) {
	t.Parallel()
	folder := writeFiles(t, "old", "target", "read-only")
	at := func(name string) string { return filepath.Join(folder, name) }
	if err := os.Chmod(at("old"), 0o754); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(at("read-only"), 0o444); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("target", at("link")); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"old", "new", "link"} {
		if err := replaceFile(at(name), []byte("content of "+name)); err != nil {
			t.Error(err)
		}
		if content, err := os.ReadFile(at(name)); err != nil || string(content) != "content of "+name {
			t.Errorf("%s holds %q, %v", name, content, err)
		}
	}
	if info, err := os.Lstat(at("old")); err != nil || info.Mode() != 0o754 {
		t.Errorf("old's mode: %v, %v", info.Mode(), err)
	}
	if target, err := os.Readlink(at("link")); err != nil || target != "target" {
		t.Errorf("link leads to %q, %v", target, err)
	}
	for name, want := range map[string]string{
		"none/new":  "write " + at("none/new") + ": no such file or directory",
		"old/new":   "write " + at("old/new") + ": not a directory",
		".":         "write " + at(".") + ": it is a folder",
		"read-only": "write " + at("read-only") + ": it is read-only",
	} {
		if err := replaceFile(at(name), []byte("x")); err == nil || err.Error() != want {
			t.Errorf("error %v, want %s", err, want)
		}
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var left []string
	for _, entry := range entries {
		left = append(left, entry.Name())
	}
	if want := []string{"link", "new", "old", "read-only", "target"}; !slices.Equal(left, want) {
		t.Errorf("the folder holds %q, want %q", left, want)
	}
}

// openAll opens what paths name in a folder, without globs of its own.
func openAll(t *testing.T, folder string, paths ...string) *tree {
	t.Helper()
	choice, err := selection.New(nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	tree, err := openTree(paths, folder, choice, false)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(tree.close)
	return tree
}

// TestInFolders holds that a folder is known as a whole, and a file that is named is not.
func TestInFolders(t *testing.T) {
	t.Parallel()
	folder := writeFiles(t, "manage.py", "shop/views.py")
	tree := openAll(t, folder, filepath.Join(folder, "manage.py"), filepath.Join(folder, "shop"))
	views, err := shownPath(filepath.Join(folder, "shop", "views.py"))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{views}, tree.inFolders()); diff != "" {
		t.Errorf("in folders (-want +got):\n%s", diff)
	}
}

// TestTemplates holds that templates are found in folders and read, but none is a file to report.
func TestTemplates(t *testing.T) {
	t.Parallel()
	folder := writeFiles(t, "shop/views.py", "shop/order.html", "shop/logo.png", "node_modules/page.html")
	tree := openAll(t, folder, folder)
	var templates []string
	for path := range tree.templates {
		templates = append(templates, filepath.Base(path))
		if _, err := tree.consult(path); err != nil {
			t.Errorf("consult: %v", err)
		}
	}
	if diff := cmp.Diff([]string{"order.html"}, templates); diff != "" {
		t.Errorf("templates (-want +got):\n%s", diff)
	}
	if len(tree.paths) != 1 {
		t.Errorf("files to report: %q, want one", tree.paths)
	}
}

// TestBlind holds what of a folder may hold modules although nobody looks at it.
func TestBlind(t *testing.T) {
	t.Parallel()
	folder := writeFiles(t,
		"shop/views.py", "shop/cart_pb2.py", "shop/quick.so", "shop/logo.png", "vendor/six.py", ".ci/run.py", "env/pyvenv.cfg", "env/bin/run.py",
	)
	if err := os.Mkdir(filepath.Join(folder, "submodule"), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("shop", filepath.Join(folder, "link")); err != nil {
		t.Fatal(err)
	}
	tree := openAll(t, folder, folder)
	var got []string
	for _, path := range tree.blind {
		if relative, err := filepath.Rel(folder, filepath.FromSlash(path)); err == nil && filepath.IsLocal(relative) {
			got = append(got, filepath.ToSlash(relative))
		}
	}
	slices.Sort(got)
	want := []string{".ci", "env", "link", "shop/cart_pb2.py", "shop/quick.so", "submodule", "vendor"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("blind (-want +got):\n%s", diff)
	}
}
