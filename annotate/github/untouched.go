package github

import (
	"context"

	"github.com/djleak/djleak/analyzer/change"
)

// ReadUntouched reads files, as they are at a commit, that a change does not touch: both sides of each are the same, and
// what is not there counts as deleted.
func (c *Client) ReadUntouched(ctx context.Context, commit string, paths []string) ([]change.File, error) {
	places := make([]place, len(paths))
	for i, path := range paths {
		places[i] = place{commit, path}
	}
	found, err := c.contents(ctx, places)
	if err != nil {
		return nil, unreadable(c.commit(commit), err)
	}
	files := make([]change.File, len(paths))
	for i, path := range paths {
		files[i] = change.File{Path: path, OldPath: path}
		switch content := found[places[i]]; {
		case content.missing:
			files[i].Status = change.Deleted
		case content.unread != "":
			files[i].Unread = content.unread
		default:
			files[i].Base, files[i].Head = content.data, content.data
		}
	}
	return files, nil
}
