package github

import (
	"context"
	"slices"

	gh "github.com/google/go-github/v60/github"
)

// maxMatching bounds how many files ReadMatching reads: two queries.
const maxMatching = 2 * batchSize

// ReadMatching reads the files of a commit that match wants, in two requests as a rule: the list of all files, and a query
// for each hundred of those wanted. What is no regular file or too large is left out, and so is what goes beyond two hundred
// files, of which the first in an order are read, or beyond GitHub's own limit for a list, 100,000 entries: it is for facts that
// may be missing.
func (c *Client) ReadMatching(
	ctx context.Context, commit string, match func(path string) bool, order func(a, b string) int,
) (map[string][]byte, error) {
	var tree *gh.Tree
	err := c.try(ctx, "list files", func(ctx context.Context) error {
		var err error
		tree, _, err = c.rest.Git.GetTree(ctx, c.owner, c.name, commit, true)
		if err == nil && tree.GetSHA() == "" && len(tree.Entries) == 0 {
			return &answerError{text: "the answer is no list"}
		}
		return err //nolint:wrapcheck // try words it.
	}, nil)
	if err != nil {
		return nil, unreadable(c.commit(commit), err)
	}
	var paths []string
	for _, entry := range tree.Entries {
		if entry.GetType() == "blob" && entry.GetSize() <= maxFileSize && match(entry.GetPath()) {
			paths = append(paths, entry.GetPath())
		}
	}
	slices.SortStableFunc(paths, order)
	return c.ReadFiles(ctx, commit, paths[:min(len(paths), maxMatching)])
}
