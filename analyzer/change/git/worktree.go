package git

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer/change"
)

// diffWorkTree compares a tree with the files on disk. Git only lists the files that may differ, by their times and
// sizes: it would read them through the filters that the configuration names, which are programs. So the files are read,
// compared and paired as renames here.
func (r Repository) diffWorkTree(ctx context.Context, base revision, options Options) (change.Change, error) {
	diff := change.Change{Base: base.id()}
	root, err := r.root(ctx)
	if err != nil {
		return diff, err
	}
	entries, err := root.entries(ctx, base.tree)
	if err != nil {
		return diff, err
	}
	disk, err := openDisk(root.Dir, options.maxBytes())
	if err != nil {
		return diff, err
	}
	defer disk.close()

	need := newContents(root, options)
	for name, e := range entries {
		if !options.matches(name) {
			delete(entries, name)
			continue
		}
		if isFile(e.oldMode) {
			need.add(e.oldID)
		}
		if isFile(e.newMode) && !isZero(e.newID) {
			need.add(e.newID)
		}
	}
	if err := need.read(ctx); err != nil {
		return diff, err
	}
	var files []change.File
	for _, name := range slices.Sorted(maps.Keys(entries)) {
		if ctx.Err() != nil {
			return diff, ctx.Err()
		}
		if f, ok := compareWithDisk(entries[name], need, disk); ok {
			files = append(files, f)
		}
	}
	for _, f := range change.FindRenames(files) {
		diff.Files = append(diff.Files, finish(f, withEndsOf(f.Base, f.Head)))
	}
	return diff, nil
}

// root is the repository seen from the root of its work tree.
func (r Repository) root(ctx context.Context) (Repository, error) {
	out, err := r.run(ctx, nil, "rev-parse", "--show-toplevel")
	if err != nil {
		if ctx.Err() != nil {
			return Repository{}, ctx.Err()
		}
		return Repository{}, fmt.Errorf("no work tree at %s: name a HEAD: %w", r.name(), err)
	}
	return Repository{Dir: filepath.FromSlash(strings.TrimSuffix(string(out), "\n"))}, nil
}

// entries are the files that may differ from a tree, by path, the untracked ones included.
func (r Repository) entries(ctx context.Context, tree string) (map[string]entry, error) {
	filters, err := r.withoutFilters(ctx)
	if err != nil {
		return nil, err
	}
	out, err := r.run(ctx, nil, slices.Concat(filters, []string{"diff-index"}, rawOptions, []string{"--no-renames", tree})...)
	if err != nil {
		return nil, err
	}
	listed, err := parseRaw(out)
	if err != nil {
		return nil, err
	}
	entries := make(map[string]entry, len(listed))
	for _, e := range listed {
		// An unmerged path has a record of its own besides the one that compares it.
		if known, ok := entries[e.path]; ok && known.status != 'U' {
			continue
		}
		entries[e.path] = e
	}
	untracked, err := r.list(ctx, "--others")
	if err != nil {
		return nil, err
	}
	for _, name := range untracked {
		// A file that only left the index is still there.
		e, ok := entries[name]
		if !ok {
			e = entry{oldMode: "000000", oldPath: name, path: name}
		}
		e.newMode, e.newID, e.status = "100644", "", 'A'
		entries[name] = e
	}
	return entries, nil
}

// list names files of the work tree, ignored ones left out, in ascending order.
func (r Repository) list(ctx context.Context, which ...string) ([]string, error) {
	out, err := r.run(ctx, nil, slices.Concat([]string{"ls-files", "-z", "--exclude-standard"}, which)...)
	if err != nil {
		return nil, err
	}
	var names []string
	for name := range strings.SplitSeq(string(out), "\x00") {
		// A repository within the repository is listed as a folder.
		if name != "" && !strings.HasSuffix(name, "/") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names), nil
}

// compareWithDisk is what became of a file; false if nothing did, or if it is none.
func compareWithDisk(e entry, need *contents, disk *disk) (change.File, bool) {
	f := change.File{Path: e.path}
	if isFile(e.oldMode) {
		f.OldPath = e.path
		f.Base, f.Unread = need.get(e.oldID)
	}
	head, present := disk.read(e.path)
	if !present && isFile(e.newMode) && !isZero(e.newID) {
		// A sparse checkout leaves files out; the index has them.
		head.data, head.unread = need.get(e.newID)
		present = true
	}
	if present {
		f.Head = head.data
		if f.Unread == "" {
			f.Unread = head.unread
		}
	}
	switch {
	case f.OldPath == "" && !present:
		return change.File{}, false
	case f.OldPath == "":
		f.Status = change.Added
	case !present:
		f.Status = change.Deleted
	case f.Unread == "" && bytes.Equal(f.Base, withEndsOf(f.Base, f.Head)) && e.oldMode == e.newMode:
		return change.File{}, false
	}
	return f, true
}

// withEndsOf gives head the line ends of base: a work tree may have \r\n throughout where the repository has \n
// (core.autocrlf). The lines keep their numbers.
func withEndsOf(base, head []byte) []byte {
	crlf := []byte("\r\n")
	if len(base) == 0 || bytes.IndexByte(base, '\r') >= 0 || bytes.Count(head, crlf) < bytes.Count(head, crlf[1:]) {
		return head
	}
	return bytes.ReplaceAll(head, crlf, crlf[1:])
}

// A disk reads the regular files of a work tree. It follows no symbolic link and never leaves the tree.
type disk struct {
	root  *os.Root
	limit int64
	// folders remembers which paths are folders, not links to some.
	folders map[string]bool
}

func openDisk(dir string, limit int64) (*disk, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("open the work tree: %w", err)
	}
	return &disk{root: root, limit: limit, folders: map[string]bool{".": true}}, nil
}

func (d *disk) close() { _ = d.root.Close() }

func (d *disk) isFolder(name string) bool {
	known, ok := d.folders[name]
	if !ok {
		info, err := d.root.Lstat(filepath.FromSlash(name))
		known = err == nil && info.IsDir() && d.isFolder(path.Dir(name))
		d.folders[name] = known
	}
	return known
}

// read reads a file; false if there is none: nothing, a folder, a symbolic link, or something behind one.
func (d *disk) read(name string) (blob, bool) {
	if !d.isFolder(path.Dir(name)) {
		return blob{}, false
	}
	local := filepath.FromSlash(name)
	info, err := d.root.Lstat(local)
	if errors.Is(err, fs.ErrNotExist) || err == nil && !info.Mode().IsRegular() {
		return blob{}, false
	}
	if err != nil {
		return blob{unread: cause(err)}, true
	}
	file, err := d.root.Open(local)
	if err != nil {
		return blob{unread: cause(err)}, true
	}
	defer func() { _ = file.Close() }()
	data, err := io.ReadAll(io.LimitReader(file, d.limit+1))
	if err != nil {
		return blob{unread: cause(err)}, true
	}
	if int64(len(data)) > d.limit {
		return blob{unread: unreadLarge(d.limit)}, true
	}
	return blob{data: data}, true
}

// cause is an error without the path, which whoever reads it knows.
func cause(err error) string {
	if p, ok := errors.AsType[*fs.PathError](err); ok {
		return p.Err.Error()
	}
	return err.Error()
}
