package python

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// A reference is what a Python made of one file.
type reference struct {
	path string
	// failed is the message of Python's error, or "".
	failed string
	lines  []string
}

// references has the command, which runs testdata/dump.py, read the files, and calls visit for each of them in order.
func references(t *testing.T, command, paths []string, visit func(reference)) {
	t.Helper()
	list := filepath.Join(t.TempDir(), "list")
	if err := os.WriteFile(list, []byte(strings.Join(paths, "\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	cmd := exec.CommandContext(ctx, command[0], append(command[1:], list)...)
	cmd.Stderr = os.Stderr
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatalf("this test compares with Python: %v", err)
	}
	reader := bufio.NewReaderSize(stdout, 1<<20)
	for _, path := range paths {
		var status, size int
		if _, err := fmt.Fscanf(reader, "%d %d\n", &status, &size); err != nil {
			t.Fatalf("read what Python says about %s: %v", path, err)
		}
		data := make([]byte, size)
		if _, err := io.ReadFull(reader, data); err != nil {
			t.Fatal(err)
		}
		if status != 0 {
			visit(reference{path: path, failed: string(data)})
			continue
		}
		visit(reference{path: path, lines: strings.Split(string(data), "\n")})
	}
	if err := cmd.Wait(); err != nil {
		t.Fatal(err)
	}
}

// difference returns the first difference between the dumps, or "". A value that [Constant.Str] cannot give is equal
// to any other.
func difference(got, want []string) string {
	for i := range max(len(got), len(want)) {
		have, expect := "(end)", "(end)"
		if i < len(got) {
			have = got[i]
		}
		if i < len(want) {
			expect = want[i]
		}
		if have != expect && !strings.Contains(have, unknownValue) {
			from := max(0, i-6)
			return fmt.Sprintf("line %d behind\n\t%s\ngot\n\t%s\nwant\n\t%s", i+1,
				strings.Join(got[from:min(i, len(got))], "\n\t"), have, expect)
		}
	}
	return ""
}
