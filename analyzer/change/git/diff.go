package git

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/djleak/djleak/analyzer/change"
)

// Diff reads the change from base to head, each a commit, a tag or a tree by any name that git understands. Without a
// head it is the change from base to the work tree: its tracked files as they are on disk, and the untracked ones that
// are not ignored. Base alone may also be "BASE...HEAD", which compares HEAD with its merge base with BASE, or
// "BASE..HEAD".
//
// Symbolic links and submodules are left out; files that cannot be read have the reason in Unread.
func (r Repository) Diff(ctx context.Context, base, head string, options Options) (change.Change, error) {
	if from, to, symmetric, ok := cutRange(base); ok {
		if head != "" {
			return change.Change{}, fmt.Errorf("diff %q %q: a range has its own HEAD: give no second one", base, head)
		}
		if symmetric {
			return r.diffFromMergeBase(ctx, base, from, to, options)
		}
		base, head = from, to
	}
	from, err := r.resolve(ctx, base)
	if err != nil {
		return change.Change{}, fmt.Errorf("diff %q: %w", base, err)
	}
	if head == "" {
		diff, err := r.diffWorkTree(ctx, from, options)
		if err != nil {
			return change.Change{}, fmt.Errorf("diff %q: %w", base, err)
		}
		return diff, nil
	}
	to, err := r.resolve(ctx, head)
	if err != nil {
		return change.Change{}, fmt.Errorf("diff %q: %w", head, err)
	}
	diff, err := r.diffTrees(ctx, from, to, options)
	if err != nil {
		return change.Change{}, fmt.Errorf("diff %q %q: %w", base, head, err)
	}
	return diff, nil
}

func (r Repository) diffFromMergeBase(ctx context.Context, name, base, head string, options Options) (change.Change, error) {
	var diff change.Change
	from, err := r.mergeBase(ctx, base, head)
	if err != nil {
		return diff, fmt.Errorf("diff %q: %w", name, err)
	}
	to, err := r.resolve(ctx, head)
	if err == nil {
		diff, err = r.diffTrees(ctx, from, to, options)
	}
	if err != nil {
		return diff, fmt.Errorf("diff %q: %w", name, err)
	}
	return diff, nil
}

// rawOptions make git list a change in full whatever the configuration says.
var rawOptions = []string{
	"--raw", "-z", "-r", "--no-abbrev", "--no-ext-diff", "--no-textconv", "--no-relative", "--no-color",
	"--ignore-submodules=dirty",
}

func (r Repository) diffTrees(ctx context.Context, base, head revision, options Options) (change.Change, error) {
	diff := change.Change{Base: base.id(), Head: head.id()}
	entries, err := r.diffEntries(ctx, base, head, "-M50%", "-l1000")
	partial := errors.Is(err, errPartial)
	if partial {
		// Files that were renamed unchanged are found without their content.
		entries, err = r.diffEntries(ctx, base, head, "-M100%")
	}
	if err != nil {
		return diff, err
	}
	need := newContents(r, options)
	var files []change.File
	var kept []entry
	for _, e := range entries {
		f, ok := e.file()
		if !ok || !options.matches(f.Path) && (f.OldPath == "" || !options.matches(f.OldPath)) {
			continue
		}
		files, kept = append(files, f), append(kept, e)
		if f.Status != change.Added {
			need.add(e.oldID)
		}
		if f.Status != change.Deleted {
			need.add(e.newID)
		}
	}
	if err := need.read(ctx); err != nil {
		return diff, err
	}
	lost := false
	for i := range files {
		f := &files[i]
		if f.Status != change.Added {
			f.Base, f.Unread = need.get(kept[i].oldID)
		}
		if f.Status != change.Deleted && f.Unread == "" {
			f.Head, f.Unread = need.get(kept[i].newID)
		}
		lost = lost || f.Status == change.Deleted && f.Unread == unreadAway
	}
	if partial {
		files = change.FindRenames(files)
	}
	if lost && partial {
		diff.Partial = append(diff.Partial, "deleted files are not in this partial clone: one that was renamed counts as added")
	}
	for _, f := range files {
		if ctx.Err() != nil {
			return diff, ctx.Err()
		}
		diff.Files = append(diff.Files, finish(f, f.Head))
	}
	slices.SortStableFunc(diff.Files, func(a, b change.File) int { return cmp.Compare(a.Path, b.Path) })
	return diff, nil
}

// diffEntries lists what differs between two trees.
func (r Repository) diffEntries(ctx context.Context, base, head revision, renames ...string) ([]entry, error) {
	out, err := r.run(ctx, nil, slices.Concat([]string{"diff-tree"}, rawOptions, renames, []string{base.tree, head.tree})...)
	if err != nil {
		return nil, err
	}
	return parseRaw(out)
}

// Contents are the blobs that a change needs, each read once.
type contents struct {
	repository Repository
	limit      int64
	blobs      map[string]blob
}

func newContents(r Repository, options Options) *contents {
	return &contents{repository: r, limit: options.maxBytes(), blobs: make(map[string]blob)}
}

func (c *contents) add(id string) { c.blobs[id] = blob{} }

func (c *contents) read(ctx context.Context) error {
	ids := make([]string, 0, len(c.blobs))
	for id := range c.blobs {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	i := 0
	for b, err := range c.repository.blobs(ctx, ids, c.limit) {
		if err != nil {
			return err
		}
		c.blobs[ids[i]] = b
		i++
	}
	return nil
}

func (c *contents) get(id string) (data []byte, unread string) {
	b := c.blobs[id]
	return b.data, b.unread
}
