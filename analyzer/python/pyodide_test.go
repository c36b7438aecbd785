//go:build corpus

package python

import (
	"archive/zip"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// pyodide is the version of the npm package that carries Python 3.14.
const pyodide = "314.0.7"

// TestPython314 compares with Python 3.14 the standard libraries of that Python and of the installed one, whose
// positions inside f-strings are not to be had from older ones, and the syntax that is new since.
func TestPython314(t *testing.T) {
	t.Parallel()
	command := python314(t)
	t.Run("syntax", func(t *testing.T) {
		t.Parallel()
		compareFiles(t, command, pythonFiles(t, "testdata/syntax"))
	})
	t.Run("rejected", func(t *testing.T) {
		t.Parallel()
		references(t, command, rejectedFiles(t), func(got reference) {
			if got.failed == "" {
				source, _ := os.ReadFile(got.path)
				t.Errorf("Python 3.14 accepts %q", source)
			}
		})
	})
	t.Run("library", func(t *testing.T) {
		t.Parallel()
		compareFiles(t, command, pythonFiles(t, unzip(t, filepath.Join(installPyodide(t), "python_stdlib.zip"))))
	})
	t.Run("installed", func(t *testing.T) {
		t.Parallel()
		compareFiles(t, command, pythonFiles(t, standardLibrary(t)))
	})
}

func python314(t *testing.T) dumpCommand {
	t.Helper()
	script, err := filepath.Abs("testdata/dump.py")
	if err != nil {
		t.Fatal(err)
	}
	return dumpCommand{args: []string{"node", "testdata/dump314.mjs", installPyodide(t), script}, exact: true}
}

// installPyodide returns the folder of the package, which it installs once into the user's cache.
func installPyodide(t *testing.T) string {
	t.Helper()
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	prefix := filepath.Join(cache, "djleak-tests", "pyodide-"+pyodide)
	folder := filepath.Join(prefix, "node_modules", "pyodide")
	if _, err := os.Stat(filepath.Join(folder, "pyodide.mjs")); err == nil {
		return folder
	}
	if err := os.MkdirAll(prefix, 0o750); err != nil {
		t.Fatal(err)
	}
	install := exec.CommandContext(t.Context(), "npm", "install", "--ignore-scripts", "--no-audit", "--no-fund",
		"--prefix", prefix, "pyodide@"+pyodide)
	if out, err := install.CombinedOutput(); err != nil {
		t.Fatalf("install Python 3.14 from npm: %v\n%s", err, out)
	}
	return folder
}

// unzip writes the .py files of the archive into a folder of its own.
func unzip(t *testing.T, archive string) string {
	t.Helper()
	reader, err := zip.OpenReader(archive)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = reader.Close() })
	root := t.TempDir()
	for _, entry := range reader.File {
		if !strings.HasSuffix(entry.Name, ".py") || !filepath.IsLocal(entry.Name) {
			continue
		}
		file, err := entry.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(file)
		if err != nil {
			t.Fatal(err)
		}
		target := filepath.Join(root, entry.Name)
		if err := os.MkdirAll(filepath.Dir(target), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(target, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return root
}
