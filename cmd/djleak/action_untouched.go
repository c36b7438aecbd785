package main

import (
	"context"
	"path"
	"slices"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/change"
	"github.com/djleak/djleak/analyzer/config"
)

// untouched analyses those of the paths that the review does not see, as they are at the head: a change that was taken
// back is no part of the pull request any more, and its comments would tell of it for ever. Files that were left out of
// the review stay out, with one exception: a module that the change renames to where the review does not look, such as
// vendor, still has its findings or not, and its comment asks.
func (a *action) untouched(
	ctx context.Context, values config.Values, paths []string, diff change.Change,
) ([]analyzer.FileResult, error) {
	choice, err := values.Selection()
	if err != nil {
		return nil, err
	}
	paths = slices.DeleteFunc(paths, func(path string) bool {
		return !choice.File(path) && !a.configures(path) || slices.ContainsFunc(diff.Files, func(file change.File) bool {
			return file.Path == path || file.OldPath == path
		})
	})
	if len(paths) == 0 {
		return nil, nil
	}
	old := map[string]string{}
	for i, path := range paths {
		// What is no module any more has no finding either: its old path is gone.
		if now, moved := a.moved[path]; moved && isModule(path) && isModule(now) {
			paths[i], old[now] = now, path
		}
	}
	files, err := a.client.ReadUntouched(ctx, a.head(), paths)
	if err != nil {
		return nil, err
	}
	for i, file := range files {
		if path, moved := old[file.Path]; moved {
			files[i].OldPath, files[i].Status = path, change.Renamed
		}
	}
	var results []analyzer.FileResult
	files = slices.DeleteFunc(files, func(file change.File) bool {
		if !a.configures(file.Path) {
			return false
		}
		reviewed, _ := config.Review(file, ruleNames(a.rules))
		results = append(results, reviewed)
		return true
	})
	review := a.analyzer(values, choice)
	again := change.Change{Files: files}
	if err := a.gather(review, again); err != nil {
		return nil, err
	}
	return append(results, review.Review(ctx, again).Files...), nil
}

// movedAway are the files that a change renames to where the review does not look, by their old paths.
func movedAway(files []change.File, reviewed func(path string) bool) map[string]string {
	moved := map[string]string{}
	for _, file := range files {
		if file.Status == change.Renamed && !reviewed(file.Path) {
			moved[file.OldPath] = file.Path
		}
	}
	return moved
}

func isModule(name string) bool { return path.Ext(name) == ".py" }
