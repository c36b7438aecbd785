package main

import (
	"context"
	"slices"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/change"
	"github.com/djleak/djleak/analyzer/config"
)

// untouched analyses those of the paths that the change does not touch, as they are at the head: a change that was taken
// back is no part of the pull request any more, and its comments would tell of it for ever. Files that were left out of
// the review stay out.
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
	files, err := a.client.ReadUntouched(ctx, a.head(), paths)
	if err != nil {
		return nil, err
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
	review := a.analyzer(values, choice.Named)
	again := change.Change{Files: files}
	if err := a.gather(ctx, review, again); err != nil {
		return nil, err
	}
	return append(results, review.Review(ctx, again).Files...), nil
}
