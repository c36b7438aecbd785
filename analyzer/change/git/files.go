package git

import (
	"context"
	"fmt"
	"iter"
	"strings"
)

// A File is one file of a tree.
type File struct {
	// Path from the root of the repository, with slashes.
	Path string
	Data []byte
	// Unread says why the file's content could not be had; empty when it was.
	Unread string
}

// Files reads the files of a tree, or, where treeish is empty, of the work tree (untracked files included, ignored ones
// not), in ascending order of path. Symbolic links and submodules are left out. The first error ends it.
func (r Repository) Files(ctx context.Context, treeish string, options Options) iter.Seq2[File, error] {
	return func(yield func(File, error) bool) {
		read := r.treeFiles(ctx, treeish, options)
		if treeish == "" {
			read = r.diskFiles(ctx, options)
		}
		for f, err := range read {
			if err == nil {
				// What a subprocess had sent before it was stopped may still be waiting to be read.
				err = ctx.Err()
			}
			if err != nil {
				yield(File{}, fmt.Errorf("files of %q: %w", treeish, err))
				return
			}
			if f.Unread == "" {
				f.Unread = notSource(f.Data)
			}
			if f.Unread != "" {
				f.Data = nil
			}
			if !yield(f, nil) {
				return
			}
		}
	}
}

func (r Repository) treeFiles(ctx context.Context, treeish string, options Options) iter.Seq2[File, error] {
	return func(yield func(File, error) bool) {
		paths, ids, err := r.tree(ctx, treeish, options)
		if err != nil {
			yield(File{}, err)
			return
		}
		i := 0
		for b, err := range r.blobs(ctx, ids, options.maxBytes()) {
			if err != nil {
				yield(File{}, err)
				return
			}
			if !yield(File{Path: paths[i], Data: b.data, Unread: b.unread}, nil) {
				return
			}
			i++
		}
	}
}

// tree lists the files of a tree in git's order, which is that of their paths.
func (r Repository) tree(ctx context.Context, treeish string, options Options) (paths, ids []string, err error) {
	v, err := r.resolve(ctx, treeish)
	if err != nil {
		return nil, nil, err
	}
	out, err := r.run(ctx, nil, "ls-tree", "-r", "-z", "--full-tree", v.tree)
	if err != nil {
		return nil, nil, err
	}
	for record := range strings.SplitSeq(string(out), "\x00") {
		// "100644 blob <id>\t<path>"
		meta, name, ok := strings.Cut(record, "\t")
		fields := strings.Fields(meta)
		if ok && len(fields) == 3 && isFile(fields[0]) && options.matches(name) {
			paths, ids = append(paths, name), append(ids, fields[2])
		}
	}
	return paths, ids, nil
}

func (r Repository) diskFiles(ctx context.Context, options Options) iter.Seq2[File, error] {
	return func(yield func(File, error) bool) {
		root, err := r.root(ctx)
		if err != nil {
			yield(File{}, err)
			return
		}
		names, err := root.list(ctx, "--cached", "--others")
		if err != nil {
			yield(File{}, err)
			return
		}
		disk, err := openDisk(root.Dir, options.maxBytes())
		if err != nil {
			yield(File{}, err)
			return
		}
		defer disk.close()
		for _, name := range names {
			if !options.matches(name) {
				continue
			}
			b, present := disk.read(name)
			if !present {
				continue
			}
			if !yield(File{Path: name, Data: b.data, Unread: b.unread}, nil) {
				return
			}
		}
	}
}
