package python

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// rejected returns the sources of testdata/rejected.txt.
func rejected(t *testing.T) []string {
	t.Helper()
	data, err := os.ReadFile("testdata/rejected.txt")
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(string(data), "\n%%\n")
}

func TestRejected(t *testing.T) {
	t.Parallel()
	for _, source := range rejected(t) {
		if file := Parse(source); len(file.Errors) == 0 {
			t.Errorf("no error in %q", source)
		}
	}
}

// rejectedFiles writes the sources that are to be rejected into files of their own.
func rejectedFiles(t *testing.T) []string {
	t.Helper()
	root := t.TempDir()
	var paths []string
	for i, source := range rejected(t) {
		path := filepath.Join(root, strconv.Itoa(i)+".py")
		if err := os.WriteFile(path, []byte(source), 0o600); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	return paths
}

// TestRejectedByPython keeps the list honest.
func TestRejectedByPython(t *testing.T) {
	t.Parallel()
	references(t, installedPython, rejectedFiles(t), func(got reference) {
		if got.failed == "" {
			source, _ := os.ReadFile(got.path)
			t.Errorf("the installed Python accepts %q", source)
		}
	})
}
