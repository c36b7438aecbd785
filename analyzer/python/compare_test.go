package python

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
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

// A dumpCommand is how to run testdata/dump.py.
type dumpCommand struct {
	args []string
	// exact is true where the positions inside formatted strings are right.
	exact bool
}

// installedPython is the python3 of the machine, whatever its version.
var installedPython = dumpCommand{args: []string{"python3", "testdata/dump.py"}}

// references has the command read the files, and calls visit for each of them in order.
func references(t *testing.T, command dumpCommand, paths []string, visit func(reference)) {
	t.Helper()
	list := filepath.Join(t.TempDir(), "list")
	if err := os.WriteFile(list, []byte(strings.Join(paths, "\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	args := append(slices.Clone(command.args), list)
	if !command.exact {
		args = append(args, "loose")
	}
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
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

// compareFiles compares our trees with those of the command's Python.
func compareFiles(t *testing.T, command dumpCommand, paths []string) {
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
				return
			}
			rejected++
			return
		}
		file := parser.Parse(source.Text)
		switch {
		case isAccepted(want.failed) && len(file.Errors) == 0:
		case want.failed != "" && len(file.Errors) == 0:
			t.Errorf("%s: no error, Python says: %s\n%s", want.path, want.failed, excerpt(source.Text))
		case want.failed != "":
			rejected++
		case len(file.Errors) > 0:
			at := NewLines(source.Text).Line(file.Errors[0].Start)
			t.Errorf("%s:%d: false error: %s\n%s", want.path, at, file.Errors[0].Msg, excerpt(source.Text))
		default:
			if text := difference(dump(file, command.exact), want.lines); text != "" {
				t.Errorf("%s: %s\n%s", want.path, text, excerpt(source.Text))
				return
			}
			equal++
		}
	})
	t.Logf("%d of %d files equal, %d rejected by both", equal, len(paths), rejected)
}

// isAccepted knows the errors that we do not report: a wrong name of a future feature or of a character is no matter of
// grammar, and Python 3.12 allowed line ends in all format specifications.
func isAccepted(message string) bool {
	return strings.Contains(message, "future feature") || strings.Contains(message, "not a chance") ||
		strings.Contains(message, "unknown Unicode character name") ||
		strings.Contains(message, "newlines are not allowed in format specifiers")
}

// pythonFiles returns the .py files under root, installed packages apart.
func pythonFiles(tb testing.TB, root string) []string {
	tb.Helper()
	root, err := filepath.Abs(root)
	if err != nil {
		tb.Fatal(err)
	}
	var paths []string
	err = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && entry.Name() == "site-packages":
			return fs.SkipDir
		case strings.HasSuffix(path, ".py") && entry.Type().IsRegular():
			paths = append(paths, path)
		}
		return nil
	})
	if err != nil {
		tb.Fatal(err)
	}
	return paths
}

// TestCommonSyntax compares with the installed Python what every supported version reads.
func TestCommonSyntax(t *testing.T) {
	t.Parallel()
	compareFiles(t, installedPython, pythonFiles(t, "testdata/syntax/common"))
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

// excerpt returns a short source whole and nothing of a long one.
func excerpt(source string) string {
	if len(source) > 500 {
		return ""
	}
	return fmt.Sprintf("%q", source)
}
