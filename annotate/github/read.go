package github

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	gh "github.com/google/go-github/v60/github"

	"github.com/djleak/djleak/analyzer/change"
)

// A Pull is a pull request as its event tells it.
type Pull struct {
	Number int
	// Base is the tip of the base branch, Head the commit to review.
	Base, Head string
	// ChangedFiles is how many files GitHub counts; 0 where the event does not say.
	ChangedFiles int
}

const (
	// comparedFiles is how many files the compare API lists at most: https://docs.github.com/en/rest/commits/commits
	comparedFiles = 300
	// listedFiles is how many a pull request's own list has at most: https://docs.github.com/en/rest/pulls/pulls
	listedFiles = 3000
	// filesPage is the longest page of that list.
	filesPage = 100
	// patchPage is the page to ask for again where patches were left out for their length, and patchPages how many of
	// them: what is beyond is diffed from its blobs, at the price of a comment or two that GitHub's own diff refuses.
	patchPage, patchPages = 10, 10
)

// ReadPullRequest reads what a pull request changes, from its merge base to the event's head. The contents of files that
// match refuses are not fetched: such a file has neither content nor Unread.
func (c *Client) ReadPullRequest(ctx context.Context, pull Pull, match func(path string) bool) (change.Change, error) {
	diff, err := c.readPull(ctx, pull, match)
	if err != nil {
		return change.Change{}, unreadable(c.pull(pull.Number), err)
	}
	return diff, nil
}

func (c *Client) readPull(ctx context.Context, pull Pull, match func(path string) bool) (change.Change, error) {
	compared, err := c.compare(ctx, pull.Base, pull.Head)
	if err != nil {
		return change.Change{}, err
	}
	diff := change.Change{Base: compared.GetMergeBaseCommit().GetSHA(), Head: pull.Head}
	rows := compared.Files
	if len(rows) >= comparedFiles || len(rows) < pull.ChangedFiles {
		var partial string
		if rows, partial, err = c.listFiles(ctx, pull, rows); err != nil {
			return change.Change{}, err
		}
		if partial != "" {
			diff.Partial = []string{partial}
		}
	}
	again := func(rows []*gh.CommitFile, bare []int) { c.missingPatches(ctx, pull, rows, bare) }
	diff.Files, err = c.fill(ctx, diff.Base, diff.Head, rows, match, again)
	return diff, err
}

// compare asks for the merge base of two commits and for the first files that differ between it and the head.
func (c *Client) compare(ctx context.Context, base, head string) (*gh.CommitsComparison, error) {
	var compared *gh.CommitsComparison
	err := c.try(ctx, fmt.Sprintf("compare %s...%s", short(base), short(head)), func(ctx context.Context) error {
		var err error
		// The page is one of commits, which are of no interest; the files all come with the first.
		compared, _, err = c.rest.Repositories.CompareCommits(ctx, c.owner, c.name, base, head, &gh.ListOptions{Page: 1, PerPage: 1})
		return err //nolint:wrapcheck // try words it.
	}, nil)
	if err != nil {
		return nil, err
	}
	if compared.GetMergeBaseCommit().GetSHA() == "" {
		return nil, fmt.Errorf("compare %s...%s: the two have no common ancestor", short(base), short(head))
	}
	return compared, nil
}

// listFiles asks for all files of a pull request, and says where they are not all. GitHub lists the files of the head that
// it has now: where that is no more the event's, or the token may not list them, those of first have to do.
func (c *Client) listFiles(ctx context.Context, pull Pull, first []*gh.CommitFile) (rows []*gh.CommitFile, partial string, err error) {
	head, rows, err := c.headAndFiles(ctx, pull)
	switch _, refused := refusal(err); {
	case refused:
		return first, fmt.Sprintf("the token lacks pull-requests: read: only %d of the changed files are reviewed", len(first)), nil
	case err != nil:
		return nil, "", err
	case len(rows) < len(first):
		return first, fmt.Sprintf("GitHub lists only %d of the changed files: %d are reviewed", len(rows), len(first)), nil
	case head != pull.Head:
		return first, fmt.Sprintf("the pull request has moved on while it was read: only %d of its files are reviewed", len(first)), nil
	case len(rows) >= listedFiles && pull.ChangedFiles != len(rows):
		partial = fmt.Sprintf("GitHub lists only the first %d of the changed files", len(rows))
	case len(rows) < pull.ChangedFiles:
		partial = fmt.Sprintf("GitHub lists only %d of %d changed files", len(rows), pull.ChangedFiles)
	}
	return rows, partial, nil
}

// headAndFiles lists the files, and then tells which head they are of, or of one before.
func (c *Client) headAndFiles(ctx context.Context, pull Pull) (head string, rows []*gh.CommitFile, err error) {
	for page := 1; page != 0 && len(rows) < listedFiles; {
		files, next, err := c.filesPage(ctx, pull, page, filesPage)
		if err != nil {
			return "", nil, err
		}
		rows, page = append(rows, files...), next
	}
	err = c.try(ctx, "pull request", func(ctx context.Context) error {
		now, _, err := c.rest.PullRequests.Get(ctx, c.owner, c.name, pull.Number)
		head = now.GetHead().GetSHA()
		return err //nolint:wrapcheck // try words it.
	}, nil)
	return head, rows, err
}

// filesPage returns a page and the number of the next one, 0 after the last.
func (c *Client) filesPage(ctx context.Context, pull Pull, page, size int) (files []*gh.CommitFile, next int, err error) {
	err = c.try(ctx, fmt.Sprintf("list files: page %d", page), func(ctx context.Context) error {
		rows, response, err := c.rest.PullRequests.ListFiles(ctx, c.owner, c.name, pull.Number, &gh.ListOptions{Page: page, PerPage: size})
		if err == nil {
			files, next = rows, nextPage(page, response)
		}
		return err //nolint:wrapcheck // try words it.
	}, nil)
	return files, next, err
}

// nextPage is what the Link header says of the page after this one, 0 without one. A page before it would lead astray.
func nextPage(page int, response *gh.Response) int {
	if response.NextPage <= page {
		return 0
	}
	return response.NextPage
}

// missingPatches asks again, in small pages, for bare rows, whose patch is missing though their contents differ: an answer
// whose patches pass some 20,000 lines comes with "changes: 0" and no patch in all further rows (github community
// discussion 213491). It is no matter if that fails: the contents tell nearly the same.
func (c *Client) missingPatches(ctx context.Context, pull Pull, rows []*gh.CommitFile, bare []int) {
	var pages []int
	for _, i := range bare {
		if page := i / patchPage; !slices.Contains(pages, page) {
			pages = append(pages, page)
		}
	}
	for _, page := range pages[:min(len(pages), patchPages)] {
		again, _, err := c.filesPage(ctx, pull, page+1, patchPage)
		if err != nil {
			return
		}
		for i, row := range again {
			// Both lists are in the order of paths. Another blob is one of another head.
			at := page*patchPage + i
			if at < len(rows) && rows[at].GetFilename() == row.GetFilename() && rows[at].GetSHA() == row.GetSHA() {
				rows[at] = row
			}
		}
	}
}

// fill fetches the contents of the interesting rows and makes files of all. Again asks for patches that are missing.
func (c *Client) fill(
	ctx context.Context, base, head string, rows []*gh.CommitFile, match func(string) bool,
	again func(rows []*gh.CommitFile, bare []int),
) ([]change.File, error) {
	files := make([]change.File, len(rows))
	var places []place
	for i, row := range rows {
		files[i] = fileOf(row)
		if match(files[i].Path) {
			old, now := sides(files[i], base, head)
			places = append(places, old, now)
		}
	}
	found, err := c.contents(ctx, places)
	if err != nil {
		return nil, err
	}
	var bare []int
	for i := range files {
		if match(files[i].Path) {
			old, now := sides(files[i], base, head)
			settle(&files[i], found[old], found[now])
			if rows[i].GetPatch() == "" && !bytes.Equal(files[i].Base, files[i].Head) {
				bare = append(bare, i)
			}
		}
	}
	if len(bare) > 0 {
		again(rows, bare)
	}
	for i := range files {
		if match(files[i].Path) && files[i].Unread == "" {
			files[i].Hunks = hunksOf(files[i], rows[i].GetPatch())
		}
	}
	slices.SortStableFunc(files, func(a, b change.File) int { return strings.Compare(a.Path, b.Path) })
	return files, nil
}

// sides are the places of a file's two versions; the zero place is that of a version that there is not.
func sides(file change.File, base, head string) (old, now place) {
	if file.OldPath != "" {
		old = place{base, file.OldPath}
	}
	if file.Status != change.Deleted {
		now = place{head, file.Path}
	}
	return old, now
}

// fileOf reads a row: https://docs.github.com/en/rest/commits/commits#compare-two-commits lists the words.
func fileOf(row *gh.CommitFile) change.File {
	path := row.GetFilename()
	switch row.GetStatus() {
	case "added", "copied":
		return change.File{Path: path, Status: change.Added}
	case "removed":
		return change.File{Path: path, OldPath: path, Status: change.Deleted}
	case "renamed":
		return change.File{Path: path, OldPath: cmp.Or(row.GetPreviousFilename(), path), Status: change.Renamed}
	default:
		return change.File{Path: path, OldPath: path, Status: change.Modified}
	}
}

// settle puts the contents into a file.
func settle(file *change.File, old, now content) {
	switch {
	case file.Status == change.Deleted:
		file.Base = old.data
	case now.unread != "":
		file.Unread = now.unread
	case now.missing:
		file.Unread = "GitHub lists it, and has no such file at the head"
	case old.unread == tooLarge:
		file.Unread = tooLarge
	case old.missing || old.unread != "":
		// What was a link or a folder is a new file.
		file.OldPath, file.Status = "", change.Added
		file.Head = now.data
	default:
		file.Base, file.Head = old.data, now.data
	}
}

// hunksOf finds a file's hunks. The patch is GitHub's own diff, on whose lines it takes comments; where it is missing or
// cut off, the contents tell.
func hunksOf(file change.File, patch string) []change.Hunk {
	if hunks, err := change.ParsePatch(patch); err == nil && len(hunks) > 0 {
		return hunks
	}
	return change.Diff(file.Base, file.Head)
}
