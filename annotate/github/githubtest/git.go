package githubtest

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// A git reads a repository through the git program, which is the one that knows.
type git struct {
	dir string

	mu    sync.Mutex
	batch *catFile
	trees map[string]map[string]entry
	diffs map[[2]string][]fileDiff
}

// An entry is what a tree says of a path.
type entry struct {
	mode int64 // as in the tree, read in octal
	kind string
	oid  string
}

func (g *git) run(stdin io.Reader, args ...string) ([]byte, error) {
	command := g.command(args...)
	command.Stdin = stdin
	var failure bytes.Buffer
	command.Stderr = &failure
	out, err := command.Output()
	if err != nil {
		return nil, fmt.Errorf("git %s: %w: %s", args[0], err, bytes.TrimSpace(failure.Bytes()))
	}
	return out, nil
}

// command shuts out the configuration of the machine.
func (g *git) command(args ...string) *exec.Cmd {
	command := exec.CommandContext(context.Background(), "git", append([]string{"-C", g.dir}, args...)...)
	command.Env = append(os.Environ(), "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL="+os.DevNull,
		"GIT_CONFIG_COUNT=1", "GIT_CONFIG_KEY_0=safe.directory", "GIT_CONFIG_VALUE_0=*", "LC_ALL=C")
	return command
}

var errNoCommit = errors.New("no such commit")

func (g *git) commit(name string) (string, error) {
	out, err := g.run(nil, "rev-parse", "--verify", "--quiet", "--end-of-options", name+"^{commit}")
	if err != nil {
		return "", fmt.Errorf("%w: %s", errNoCommit, name)
	}
	return string(bytes.TrimSpace(out)), nil
}

func (g *git) mergeBase(a, b string) (string, error) {
	out, err := g.run(nil, "merge-base", a, b)
	return string(bytes.TrimSpace(out)), err
}

// tree returns all entries of a commit by their paths.
func (g *git) tree(commit string) (map[string]entry, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if tree, ok := g.trees[commit]; ok {
		return tree, nil
	}
	out, err := g.run(nil, "ls-tree", "-r", "-t", "-z", commit)
	if err != nil {
		return nil, err
	}
	tree := map[string]entry{}
	for row := range strings.SplitSeq(strings.TrimSuffix(string(out), "\x00"), "\x00") {
		facts, path, _ := strings.Cut(row, "\t")
		words := strings.Fields(facts)
		if len(words) < 3 {
			continue
		}
		mode, err := strconv.ParseInt(words[0], 8, 64)
		if err != nil {
			return nil, fmt.Errorf("read tree: %w", err)
		}
		tree[path] = entry{mode: mode, kind: words[1], oid: words[2]}
	}
	if g.trees == nil {
		g.trees = map[string]map[string]entry{}
	}
	g.trees[commit] = tree
	return tree, nil
}

// A catFile is a running "git cat-file --batch".
type catFile struct {
	stdin   io.WriteCloser
	stdout  *bufio.Reader
	command *exec.Cmd
}

// blob returns the bytes of a blob.
func (g *git) blob(oid string) ([]byte, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.batch == nil {
		command := g.command("cat-file", "--batch")
		stdin, err := command.StdinPipe()
		if err != nil {
			return nil, fmt.Errorf("start git: %w", err)
		}
		stdout, err := command.StdoutPipe()
		if err != nil {
			return nil, fmt.Errorf("start git: %w", err)
		}
		if err := command.Start(); err != nil {
			return nil, fmt.Errorf("start git: %w", err)
		}
		g.batch = &catFile{stdin, bufio.NewReader(stdout), command}
	}
	if _, err := fmt.Fprintln(g.batch.stdin, oid); err != nil {
		return nil, fmt.Errorf("ask git: %w", err)
	}
	head, err := g.batch.stdout.ReadString('\n')
	if err != nil {
		return nil, fmt.Errorf("ask git: %w", err)
	}
	words := strings.Fields(head)
	if len(words) != 3 || words[1] != "blob" {
		return nil, fmt.Errorf("%s is no blob", oid)
	}
	size, err := strconv.Atoi(words[2])
	if err != nil {
		return nil, fmt.Errorf("ask git: %w", err)
	}
	data := make([]byte, size+1)
	if _, err := io.ReadFull(g.batch.stdout, data); err != nil {
		return nil, fmt.Errorf("ask git: %w", err)
	}
	return data[:size], nil
}

func (g *git) close() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.batch != nil {
		_ = g.batch.stdin.Close()
		_ = g.batch.command.Wait()
		g.batch = nil
	}
}

// A fileDiff is one file of a diff.
type fileDiff struct {
	path, oldPath string
	status        string // as GitHub says it
	oid           string // of the head's blob, or of the base's for a removed file
	patch         string // from the first @@ on; empty for a binary file
	added, gone   int
}

var statusWords = map[byte]string{
	'A': "added", 'D': "removed", 'M': "modified", 'R': "renamed", 'C': "copied", 'T': "changed",
}

// diff compares two commits as GitHub does: renames found, three lines of context.
func (g *git) diff(base, head string) ([]fileDiff, error) {
	g.mu.Lock()
	known, ok := g.diffs[[2]string{base, head}]
	g.mu.Unlock()
	if ok {
		return known, nil
	}
	raw, err := g.run(nil, "diff", "--raw", "-z", "--no-abbrev", "-M", base, head)
	if err != nil {
		return nil, err
	}
	text, err := g.run(nil, "diff", "-p", "--no-color", "--no-ext-diff", "-U3", "-M", base, head)
	if err != nil {
		return nil, err
	}
	files := readRaw(string(raw))
	patches := splitPatches(string(text))
	for i := range files {
		if files[i].status == "changed" {
			// What was a file and is a link has two patches, which GitHub shows as none.
			patches = slices.Delete(patches, i, i+1)
			patches[i] = ""
		}
		files[i].patch = patches[i]
		for line := range strings.Lines(patches[i]) {
			switch line[0] {
			case '+':
				files[i].added++
			case '-':
				files[i].gone++
			}
		}
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.diffs == nil {
		g.diffs = map[[2]string][]fileDiff{}
	}
	g.diffs[[2]string{base, head}] = files
	return files, nil
}

// readRaw reads ":mode mode oid oid status NUL path NUL [path NUL]".
func readRaw(raw string) []fileDiff {
	fields := strings.Split(raw, "\x00")
	var files []fileDiff
	for i := 0; i+1 < len(fields); i++ {
		words := strings.Fields(fields[i])
		file := fileDiff{status: statusWords[words[4][0]], oid: words[3]}
		if file.status == "removed" {
			file.oid = words[2]
		}
		i++
		file.path = fields[i]
		if file.status == "renamed" || file.status == "copied" {
			file.oldPath = file.path
			i++
			file.path = fields[i]
		}
		files = append(files, file)
	}
	return files
}

// splitPatches cuts a diff at its files: a line of content never begins like their headers.
func splitPatches(text string) []string {
	var patches []string
	start, at := -1, 0 // of the patch that is being read, where it has begun
	end := func() {
		if start >= 0 {
			patches[len(patches)-1] = strings.TrimSuffix(text[start:at], "\n")
		}
		start = -1
	}
	for line := range strings.Lines(text) {
		switch {
		case strings.HasPrefix(line, "diff --git "):
			end()
			patches = append(patches, "")
		case start < 0 && strings.HasPrefix(line, "@@ "):
			start = at
		}
		at += len(line)
	}
	end()
	return patches
}

// Content is a file to commit; nil deletes. Mode is "100644" where it is empty.
type Content struct {
	Data []byte
	Mode string
}

// Text is an ordinary file.
func Text(text string) *Content { return &Content{Data: []byte(text)} }

// NewRepository makes an empty repository in a folder.
func NewRepository(dir string) (*Git, error) {
	g := &git{dir: dir}
	if _, err := g.run(nil, "init", "--quiet", "--bare", "--initial-branch=main", "."); err != nil {
		return nil, err
	}
	return &Git{g}, nil
}

// A Git is a repository to write to.
type Git struct{ git *git }

// Dir is the repository's folder.
func (r *Git) Dir() string { return r.git.dir }

// Commit commits files on top of a parent, none if it is empty, and points a branch at the commit.
func (r *Git) Commit(branch, parent string, files map[string]*Content) (string, error) {
	var stream bytes.Buffer
	fmt.Fprintf(&stream, "reset refs/heads/%s\n", branch)
	if parent != "" {
		fmt.Fprintf(&stream, "from %s\n", parent)
	}
	fmt.Fprintf(&stream, "\ncommit refs/heads/%s\ncommitter Ada <ada@example.com> 1700000000 +0000\ndata 6\nchange\n", branch)
	if parent != "" {
		fmt.Fprintf(&stream, "from %s\n", parent)
	}
	for _, path := range slices.Sorted(maps.Keys(files)) {
		content := files[path]
		if content == nil {
			fmt.Fprintf(&stream, "D %s\n", quoted(path))
			continue
		}
		mode := content.Mode
		if mode == "160000" {
			fmt.Fprintf(&stream, "M 160000 %s %s\n", content.Data, quoted(path))
			continue
		}
		if mode == "" {
			mode = "100644"
		}
		fmt.Fprintf(&stream, "M %s inline %s\ndata %d\n%s\n", mode, quoted(path), len(content.Data), content.Data)
	}
	if _, err := r.git.run(&stream, "fast-import", "--quiet", "--force", "--date-format=raw"); err != nil {
		return "", err
	}
	return r.git.commit("refs/heads/" + branch)
}

// quoted writes a path as git reads it, whatever bytes are in it.
func quoted(path string) string {
	var out strings.Builder
	for _, b := range []byte(path) {
		if b < ' ' || b > '~' || b == '"' || b == '\\' {
			fmt.Fprintf(&out, "\\%03o", b)
		} else {
			out.WriteByte(b)
		}
	}
	return `"` + out.String() + `"`
}
