package main

import (
	"bytes"
	"context"
	"errors"
	"io"
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
