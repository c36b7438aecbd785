package git

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestMain keeps the configuration of whoever runs the tests out of them.
func TestMain(m *testing.M) {
	for name, value := range map[string]string{
		"GIT_CONFIG_GLOBAL": os.DevNull, "GIT_CONFIG_NOSYSTEM": "1",
		"GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.org", "GIT_AUTHOR_DATE": "1700000000 +0000",
		"GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@example.org", "GIT_COMMITTER_DATE": "1700000000 +0000",
	} {
		if err := os.Setenv(name, value); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}

const (
	regular    = "100644"
	executable = "100755"
	symlink    = "120000"
	submodule  = "160000"
)

// A node is a file of a commit under test; a submodule's data is its commit id.
type node struct{ mode, data string }

// A tree is all the files of a commit under test.
type tree map[string]node

func text(data string) node { return node{regular, data} }

// bare makes a bare repository with one commit a tree, each on the one before, named by the tags c0, c1, ... and the
// last by the branch main.
func bare(tb testing.TB, trees ...tree) Repository {
	tb.Helper()
	dir := filepath.Join(tb.TempDir(), "repository.git")
	run(tb, "", nil, "init", "--quiet", "--bare", "--initial-branch=main", dir)
	commit(tb, dir, "main", trees...)
	return Repository{Dir: dir}
}

// workTree makes a repository with a work tree that is at the last of its commits.
func workTree(tb testing.TB, trees ...tree) Repository {
	tb.Helper()
	dir := filepath.Join(tb.TempDir(), "repository")
	run(tb, "", nil, "init", "--quiet", "--initial-branch=main", dir)
	commit(tb, dir, "main", trees...)
	run(tb, dir, nil, "reset", "--quiet", "--hard", "main")
	return Repository{Dir: dir}
}

// commit adds commits to a new branch.
func commit(tb testing.TB, dir, branch string, trees ...tree) {
	tb.Helper()
	var stream bytes.Buffer
	for n, files := range trees {
		fmt.Fprintf(&stream, "commit refs/heads/%s\nmark :%d\n", branch, n+1)
		fmt.Fprintf(&stream, "committer A <a@example.org> %d +0000\ndata 0\n", 1700000000+n)
		if n > 0 {
			fmt.Fprintf(&stream, "from :%d\n", n)
		}
		stream.WriteString("deleteall\n")
		for name, file := range files {
			if file.mode == submodule {
				fmt.Fprintf(&stream, "M %s %s %s\n", submodule, file.data, quote(name))
				continue
			}
			fmt.Fprintf(&stream, "M %s inline %s\ndata %d\n%s\n", file.mode, quote(name), len(file.data), file.data)
		}
		fmt.Fprintf(&stream, "reset refs/tags/c%d\nfrom :%d\n\n", n, n+1)
	}
	run(tb, dir, stream.Bytes(), "fast-import", "--quiet", "--force")
}

func quote(name string) string {
	var quoted strings.Builder
	for _, b := range []byte(name) {
		fmt.Fprintf(&quoted, `\%03o`, b)
	}
	return `"` + quoted.String() + `"`
}

// run runs git for a test's own needs.
func run(tb testing.TB, dir string, stdin []byte, args ...string) string {
	tb.Helper()
	cmd := exec.CommandContext(tb.Context(), "git", args...)
	cmd.Dir, cmd.Stdin = dir, bytes.NewReader(stdin)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		tb.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, stderr.Bytes())
	}
	return strings.TrimSuffix(string(out), "\n")
}

// write puts a file into a work tree.
func write(t *testing.T, r Repository, name, data string) {
	t.Helper()
	file := filepath.Join(r.Dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(data), 0o600); err != nil {
		t.Fatal(err)
	}
}

// remove takes a file or a folder out of a work tree.
func remove(t *testing.T, r Repository, name string) {
	t.Helper()
	if err := os.RemoveAll(filepath.Join(r.Dir, filepath.FromSlash(name))); err != nil {
		t.Fatal(err)
	}
}
