package github

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	gh "github.com/google/go-github/v60/github"

	"github.com/djleak/djleak/analyzer/change"
)

// A Push is what a push or a merge group brings, as its event tells it.
type Push struct {
	// Before is all zeros, or empty, where the branch is new.
	Before, After string
	// DefaultBranch is what a new branch is compared with.
	DefaultBranch string
}

// ReadPush reads what lies between the two commits. A new branch is compared with its merge base with the default branch.
// The contents of files that match refuses are not fetched.
func (c *Client) ReadPush(ctx context.Context, push Push, match func(path string) bool) (change.Change, error) {
	diff, err := c.readPush(ctx, push, match)
	if err != nil {
		return change.Change{}, unreadable(c.commit(push.After), err)
	}
	return diff, nil
}

func (c *Client) readPush(ctx context.Context, push Push, match func(string) bool) (change.Change, error) {
	var partial []string
	base := push.Before
	if strings.Trim(base, "0") == "" {
		base = push.DefaultBranch
	}
	compared, err := c.compare(ctx, base, push.After)
	if answer := new(answerError); base != push.DefaultBranch && push.DefaultBranch != "" && errors.As(err, &answer) && answer.status == http.StatusNotFound {
		// What a forced push left behind is gone some day.
		partial = append(partial, fmt.Sprintf("the commit before the push, %s, is gone or unrelated: this is the change since the branch left %s", short(base), push.DefaultBranch))
		base = push.DefaultBranch
		compared, err = c.compare(ctx, base, push.After)
	}
	if err != nil {
		return change.Change{}, err
	}
	diff := change.Change{Base: compared.GetMergeBaseCommit().GetSHA(), Head: push.After, Partial: partial}
	if len(compared.Files) >= comparedFiles {
		diff.Partial = append(diff.Partial, fmt.Sprintf("GitHub lists only the first %d of the changed files", comparedFiles))
	}
	if base == push.DefaultBranch || diff.Base == base {
		none := func([]*gh.CommitFile, []int) {}
		diff.Files, err = c.fill(ctx, diff.Base, diff.Head, compared.Files, match, none)
		return diff, err
	}
	// A forced push: the compare API tells the change since the two parted, the other way round as well.
	back, err := c.compare(ctx, push.After, base)
	if err != nil {
		return change.Change{}, err
	}
	if len(back.Files) >= comparedFiles && len(compared.Files) < comparedFiles {
		diff.Partial = append(diff.Partial, fmt.Sprintf("GitHub lists only the first %d of the files that the forced push took back", comparedFiles))
	}
	diff.Base = base
	diff.Files, err = c.fillBoth(ctx, base, push.After, pathsOf(compared.Files, back.Files), match)
	return diff, err
}

// pathsOf returns all paths of the rows, old ones included, sorted.
func pathsOf(lists ...[]*gh.CommitFile) []string {
	var paths []string
	for _, row := range slices.Concat(lists...) {
		paths = append(paths, row.GetFilename())
		if old := row.GetPreviousFilename(); old != "" {
			paths = append(paths, old)
		}
	}
	slices.Sort(paths)
	return slices.Compact(paths)
}

// fillBoth reads the paths at both commits and makes files of those that differ.
func (c *Client) fillBoth(ctx context.Context, base, head string, paths []string, match func(string) bool) ([]change.File, error) {
	paths = slices.DeleteFunc(paths, func(path string) bool { return !match(path) })
	var places []place
	for _, path := range paths {
		places = append(places, place{base, path}, place{head, path})
	}
	found, err := c.contents(ctx, places)
	if err != nil {
		return nil, err
	}
	var files []change.File
	for _, path := range paths {
		old, now := found[place{base, path}], found[place{head, path}]
		file := change.File{Path: path, OldPath: path}
		switch {
		case old.unread == "" && now.unread == "" && old.missing == now.missing && bytes.Equal(old.data, now.data):
			continue
		case now.missing:
			file.Status = change.Deleted
		}
		settle(&file, old, now)
		files = append(files, file)
	}
	files = change.FindRenames(files)
	for i, file := range files {
		if file.Unread == "" {
			files[i].Hunks = change.Diff(file.Base, file.Head)
		}
	}
	return files, nil
}
