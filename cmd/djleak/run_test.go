package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/djleak/djleak/analyzer/rules"
)

// A fullDisk takes nothing.
type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, syscall.ENOSPC }

func runWith(ctx context.Context, stdout io.Writer, args ...string) (status int, stderr string) {
	var told bytes.Buffer
	p := &program{
		rules:  rules.All(),
		getenv: func(string) string { return "" },
		stdin:  strings.NewReader(""),
		stdout: stdout, stderr: &told,
	}
	return p.run(ctx, args), told.String()
}

func TestAFullDiskIsStatus3(t *testing.T) {
	t.Parallel()
	folder := writeFiles(t, "manage.py")
	for _, test := range []struct {
		args []string
		want string
	}{
		{[]string{"version"}, "djleak version: write the output: no space left on device\n"},
		{[]string{"rules"}, "djleak rules: write the output: no space left on device\n"},
		{[]string{"check", folder}, "djleak check: write the output: no space left on device\n"},
		{[]string{"fix", "--fail-on", "never", folder}, "fixed 0 findings\ndjleak fix: write the output: no space left on device\n"},
	} {
		status, stderr := runWith(t.Context(), fullDisk{}, test.args...)
		if status != exitWork || stderr != test.want {
			t.Errorf("%q: status %d, stderr %q; want %d, %q", test.args, status, stderr, exitWork, test.want)
		}
	}
}

func TestAStoppedRunIsStatus3(t *testing.T) {
	t.Parallel()
	folder := writeFiles(t, "manage.py")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(errors.New("interrupt signal received"))
	for _, command := range []string{"check", "fix"} {
		var stdout bytes.Buffer
		status, stderr := runWith(ctx, &stdout, command, folder)
		want := "djleak " + command + ": stopped before the end: interrupt signal received\n"
		if status != exitWork || stderr != want || stdout.Len() > 0 {
			t.Errorf("%s: status %d, stdout %q, stderr %q; want %d, nothing, %q", command, status, stdout.String(), stderr, exitWork, want)
		}
	}
}

// A job's runner reads the standard error as it reads the log, and a terminal shows it: names are a stranger's.
func TestStandardErrorIsNoCommand(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	name := folder + string(filepath.Separator) + "a\n::error::pwned\r::error::pwned\x1b[31m ##[error]pwned.py"
	if err := os.WriteFile(name, []byte("for order in Order.objects.prefetch_related().iterator():\n    pass\n"), 0o600); err != nil {
		t.Skip(err) // Not every system has such names.
	}
	var told string
	for _, args := range [][]string{{"fix", "--diff", name + "?"}, {"fix", "--add-ignore", folder}, {"fix", folder}} {
		_, stderr := runWith(t.Context(), io.Discard, args...)
		told += stderr
	}
	if !strings.Contains(told, "no such file") || !strings.Contains(told, "\nfixed ") || !strings.Contains(told, "\nignored ") {
		t.Errorf("it does not tell what was done: %q", told)
	}
	wantNoCommands(t, told)
	if strings.ContainsAny(told, "\r\x1b") {
		t.Errorf("it moves the cursor: %q", told)
	}
}
