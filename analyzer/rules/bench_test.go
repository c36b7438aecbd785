package rules_test

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/rules"
)

// BenchmarkTree analyses Python's own library with all rules, on one worker. DJLEAK_CORPUS names another folder, such as
// one of Django projects.
func BenchmarkTree(b *testing.B) {
	root := os.Getenv("DJLEAK_CORPUS")
	if root == "" {
		out, err := exec.CommandContext(b.Context(), "python3", "-c", "import sysconfig; print(sysconfig.get_path('stdlib'))").Output()
		if err != nil {
			b.Skip("python3 is needed for its library: ", err)
		}
		root = strings.TrimSpace(string(out))
	}
	files := map[string][]byte{}
	var paths []string
	var size int64
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".py") {
			return err
		}
		raw, err := os.ReadFile(path)
		paths, files[path] = append(paths, path), raw
		size += int64(len(raw))
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	a := &analyzer.Analyzer{Rules: rules.All(), Workers: 1}
	b.SetBytes(size)
	b.ReportAllocs()
	for b.Loop() {
		a.Tree(b.Context(), paths, func(path string) ([]byte, error) { return files[path], nil })
	}
}
