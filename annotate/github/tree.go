package github

import (
	"archive/tar"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// A Tree is the files of a commit.
type Tree struct {
	Commit string
	// Paths of the files, in ascending order.
	Paths []string
	// Left are the paths of the files that nobody wanted, of links and of empty folders, which submodules are, in any order.
	Left []string
	// Partial names what could not be read that belongs to no single file.
	Partial []string

	files map[string]treeFile
}

type treeFile struct {
	data []byte
	err  error
}

// Read returns the bytes of a file. Its error says why there are none.
func (t Tree) Read(path string) ([]byte, error) {
	file, ok := t.files[path]
	if !ok {
		return nil, fs.ErrNotExist
	}
	return file.data, file.err
}

// treeLimits bound what an archive may unpack to.
type treeLimits struct{ entries, unpacked, kept int64 }

var defaultTreeLimits = treeLimits{entries: 500_000, unpacked: 4 << 30, kept: 1 << 30}

// ReadTree reads the files of a commit that match wants, in one request: as an archive, unpacked in memory as it arrives.
// Links are left out, and so is what the repository's .gitattributes mark as export-ignore.
func (c *Client) ReadTree(ctx context.Context, commit string, match func(path string) bool) (Tree, error) {
	return c.readTree(ctx, commit, match, defaultTreeLimits)
}

func (c *Client) readTree(ctx context.Context, commit string, match func(string) bool, limits treeLimits) (Tree, error) {
	var tree Tree
	err := c.try(ctx, "archive", func(attempt context.Context) error {
		var err error
		tree, err = c.readArchive(ctx, attempt, commit, match, limits)
		return err
	}, nil)
	if err != nil {
		return Tree{}, unreadable(c.commit(commit), err)
	}
	return tree, nil
}

// readArchive bounds the time until an answer, and the silence within it, by attempt's deadline, not the whole: an archive
// may be large.
func (c *Client) readArchive(ctx, attempt context.Context, commit string, match func(string) bool, limits treeLimits) (Tree, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	patience := c.patience.Attempt
	if deadline, ok := attempt.Deadline(); ok {
		patience = time.Until(deadline)
	}
	watch := time.AfterFunc(patience, func() { cancel(context.DeadlineExceeded) })
	defer watch.Stop()

	request, err := c.rest.NewRequest(http.MethodGet, fmt.Sprintf("repos/%s/%s/tarball/%s", c.owner, c.name, commit), nil)
	if err != nil {
		return Tree{}, fmt.Errorf("ask for an archive: %w", err)
	}
	response, err := c.rest.BareDo(ctx, request)
	if err != nil {
		return Tree{}, late(ctx, err)
	}
	defer response.Body.Close()
	tree, err := unpack(&watched{response.Body, watch, patience}, match, limits)
	tree.Commit = commit
	return tree, late(ctx, err)
}

// late tells an answer that took too long from one that was called off.
func late(ctx context.Context, err error) error {
	if err != nil && errors.Is(context.Cause(ctx), context.DeadlineExceeded) {
		return context.DeadlineExceeded
	}
	return err
}

// watched puts off a timer whenever something arrives.
type watched struct {
	io.Reader
	timer    *time.Timer
	patience time.Duration
}

func (w *watched) Read(p []byte) (int, error) {
	n, err := w.Reader.Read(p)
	if n > 0 {
		w.timer.Reset(w.patience)
	}
	return n, err //nolint:wrapcheck // A reader's error must stay as it is.
}

func unpack(packed io.Reader, match func(string) bool, limits treeLimits) (Tree, error) {
	unzipped, err := gzip.NewReader(packed)
	if err != nil {
		return Tree{}, cutOff(err)
	}
	counted := &io.LimitedReader{R: unzipped, N: limits.unpacked}
	archive := tar.NewReader(counted)
	tree := Tree{files: map[string]treeFile{}}
	var kept, outside int64
	leave := func(path string) {
		kept += int64(len(path))
		tree.Left = append(tree.Left, path)
	}
	var folder string // The one that the archive names last, if nothing of it has come yet.
	for entries := int64(1); ; entries++ {
		header, err := archive.Next()
		if counted.N <= 0 || entries > limits.entries || kept > limits.kept {
			return tree.finish("the repository is too large to be read whole: only %d files were", outside), nil
		}
		if errors.Is(err, tar.ErrFieldTooLong) { // Nothing tells where the next one begins.
			return tree.finish("a name in the repository is too long for the rest to be read: files before it: %d", outside), nil
		}
		if errors.Is(err, io.EOF) {
			if folder != "" {
				leave(folder)
			}
			return tree.finish("", outside), nil
		}
		if err != nil {
			return Tree{}, cutOff(err)
		}
		// All names begin with a folder named after repository and commit.
		_, path, _ := strings.Cut(header.Name, "/")
		if folder != "" && !strings.HasPrefix(path, folder+"/") {
			leave(folder)
		}
		folder = ""
		switch {
		case path == "": // The folder itself, or what is said of the whole archive.
		case header.Typeflag == tar.TypeDir:
			folder = strings.TrimSuffix(path, "/")
		case header.Typeflag != tar.TypeReg || !match(path):
			leave(path)
		case !filepath.IsLocal(path):
			outside++
		case header.Size > maxFileSize:
			kept += int64(len(path))
			tree.files[path] = treeFile{err: errors.New(tooLarge)}
		default:
			data, err := io.ReadAll(archive)
			if err != nil && counted.N > 0 {
				return Tree{}, cutOff(err)
			}
			if err == nil {
				kept += int64(len(path) + len(data))
				tree.files[path] = treeFile{data: data}
			}
		}
	}
}

// finish sorts what was read and says why the rest was not: partial has a place for the number of files, and is empty for a
// whole archive; outside counts the files that were left out because they lie outside the repository.
func (t Tree) finish(partial string, outside int64) Tree {
	t.Paths = slices.Sorted(maps.Keys(t.files))
	if partial != "" {
		t.Partial = append(t.Partial, fmt.Sprintf(partial, len(t.Paths)))
	}
	if outside > 0 {
		t.Partial = append(t.Partial, fmt.Sprintf("the archive has files outside the repository, which were left out: %d", outside))
	}
	return t
}

// cutOff makes a truncated archive an answer that may be whole the next time.
func cutOff(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, gzip.ErrHeader) || errors.Is(err, gzip.ErrChecksum) || errors.Is(err, tar.ErrHeader) {
		return fmt.Errorf("%w: %w", io.ErrUnexpectedEOF, err)
	}
	return err
}
