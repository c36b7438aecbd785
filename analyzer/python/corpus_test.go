//go:build corpus

package python

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestStandardLibrary compares every file of the installed Python's standard library with what that Python makes of it.
func TestStandardLibrary(t *testing.T) {
	t.Parallel()
	compareFiles(t, []string{"python3", "testdata/dump.py"}, pythonFiles(t, standardLibrary(t)), false)
}

func standardLibrary(t *testing.T) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "python3", "-c",
		"import sysconfig; print(sysconfig.get_path('stdlib'))").Output()
	if err != nil {
		t.Fatalf("this test compares with the installed python3: %v", err)
	}
	return strings.TrimSpace(string(out))
}

// pythonFiles returns the .py files under root, installed packages apart.
func pythonFiles(t *testing.T, root string) []string {
	t.Helper()
	var paths []string
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && entry.Name() == "site-packages" && os.Getenv("CORPUS_SITE_PACKAGES") == "" {
			return fs.SkipDir
		}
		if strings.HasSuffix(path, ".py") && entry.Type().IsRegular() {
			paths = append(paths, path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return paths
}

// compareFiles compares our trees with those of the command's Python.
func compareFiles(t *testing.T, command, paths []string, exact bool) {
	t.Helper()
	var parser Parser
	equal, rejected := 0, 0
	references(t, command, paths, func(want reference) {
		raw, err := os.ReadFile(want.path)
		if err != nil {
			t.Fatal(err)
		}
		source, err := Decode(raw)
		if err != nil {
			if want.failed == "" {
				t.Logf("%s: not read: %v", want.path, err)
			}
			return
		}
		file := parser.Parse(source.Text)
		switch {
		case strings.Contains(want.failed, "future feature"), strings.Contains(want.failed, "not a chance"):
			// Which features there are is no matter of grammar.
		case want.failed != "" && len(file.Errors) == 0:
			t.Errorf("%s: no error, Python says: %s", want.path, want.failed)
		case want.failed != "":
			rejected++
		case len(file.Errors) > 0:
			at := NewLines(source.Text).Line(file.Errors[0].Start)
			t.Errorf("%s:%d: false error: %s", want.path, at, file.Errors[0].Msg)
		default:
			if text := difference(dump(file, exact), want.lines); text != "" {
				t.Errorf("%s: %s", want.path, text)
				return
			}
			equal++
		}
	})
	t.Logf("%d of %d files equal, %d rejected by both", equal, len(paths), rejected)
}
