package python

import (
	"go/parser"
	gotoken "go/token"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// benchmarkBytes bounds what a benchmark reads in one round.
const benchmarkBytes = 16 << 20

// BenchmarkParse reads the installed Python's standard library, or the folder that DJLEAK_CORPUS names, with one parser that
// has grown to its size.
func BenchmarkParse(b *testing.B) {
	root := os.Getenv("DJLEAK_CORPUS")
	if root == "" {
		out, err := exec.CommandContext(b.Context(), "python3", "-c",
			"import sysconfig; print(sysconfig.get_path('stdlib'))").Output()
		if err != nil {
			b.Fatalf("this benchmark reads the standard library of the installed python3: %v", err)
		}
		root = strings.TrimSpace(string(out))
	}
	var sources []string
	var size int64
	for _, raw := range readFiles(b, root, ".py") {
		if source, err := Decode(raw); err == nil {
			sources = append(sources, source.Text)
			size += int64(len(source.Text))
		}
	}
	var parser Parser
	nodes := 0
	for _, source := range sources {
		nodes += parser.Parse(source).NodeCount
	}
	b.SetBytes(size)
	b.ReportAllocs()
	for b.Loop() {
		for _, source := range sources {
			parser.Parse(source)
		}
	}
	b.ReportMetric(float64(nodes)*float64(b.N)/b.Elapsed().Seconds(), "nodes/s")
}

// BenchmarkGoParser is the yardstick: go/parser on Go's own standard library.
func BenchmarkGoParser(b *testing.B) {
	out, err := exec.CommandContext(b.Context(), "go", "env", "GOROOT").Output()
	if err != nil {
		b.Fatal(err)
	}
	sources := readFiles(b, filepath.Join(strings.TrimSpace(string(out)), "src"), ".go")
	var size int64
	for _, source := range sources {
		size += int64(len(source))
	}
	b.SetBytes(size)
	b.ReportAllocs()
	for b.Loop() {
		for _, source := range sources {
			// Some of the files are broken on purpose.
			_, _ = parser.ParseFile(gotoken.NewFileSet(), "", source, parser.ParseComments|parser.SkipObjectResolution)
		}
	}
}

// BenchmarkWalk visits every node of a large file.
func BenchmarkWalk(b *testing.B) {
	file := Parse(strings.Repeat("class A(B):\n    def f(self, a, b=1):\n        return self.g(a, b, c=[d for d in e])\n", 1000))
	b.ReportAllocs()
	for b.Loop() {
		count := 0
		Walk(file.Module, func(Node) bool {
			count++
			return true
		})
		if count != file.NodeCount {
			b.Fatalf("%d of %d nodes", count, file.NodeCount)
		}
	}
	b.ReportMetric(float64(file.NodeCount)*float64(b.N)/b.Elapsed().Seconds(), "nodes/s")
}

// readFiles returns the contents of files below root, up to benchmarkBytes of them.
func readFiles(b *testing.B, root, suffix string) [][]byte {
	b.Helper()
	var files [][]byte
	size := 0
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && (entry.Name() == "site-packages" || entry.Name() == "testdata") {
			return fs.SkipDir
		}
		if !strings.HasSuffix(path, suffix) || !entry.Type().IsRegular() {
			return nil
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		files = append(files, data)
		if size += len(data); size > benchmarkBytes {
			return fs.SkipAll
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	return files
}
