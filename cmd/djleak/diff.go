package main

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/change"
	"github.com/djleak/djleak/analyzer/change/git"
	"github.com/djleak/djleak/analyzer/config"
)

func newDiffCommand(p *program) *cobra.Command {
	var repository git.Repository
	command := &cobra.Command{
		Use:   "diff [--repo DIR] BASE [HEAD]",
		Short: "Analyse a change from git objects",
		Long: "diff analyses the change from BASE to HEAD, or to the working tree, as the action analyses a pull request. BASE and\n" +
			"HEAD are commits or trees by any name that git knows; BASE...HEAD takes the merge base of both.\n\n" +
			"The configuration is BASE's own, from the top of the repository, so that a change cannot reconfigure its own\n" +
			"review; one that the change brings is checked.",
		Args: rangeArguments,
	}
	shared := addSharedFlags(command, p.rules)
	shared.addScope(command)
	command.Flags().StringVar(&repository.Dir, "repo", "", "the repository `DIR`, which may be bare (default the working directory's)")
	command.RunE = stoppable(func(ctx context.Context, revisions []string) error {
		return p.diff(ctx, shared, repository, revisions)
	})
	return command
}

func rangeArguments(_ *cobra.Command, args []string) error {
	switch {
	case len(args) == 0:
		return usagef("BASE is missing: name what to compare with, such as a branch: djleak diff main")
	case len(args) > 2:
		return usagef("%q is too much: give BASE and HEAD", args[2])
	case slices.Contains(args, ""):
		return usagef("BASE or HEAD is empty: leave HEAD out for the working tree")
	case len(args) == 2 && strings.Contains(args[0], "..") && !strings.ContainsAny(args[0], ":{"):
		return usagef("%q has a HEAD already: leave out %q", args[0], args[1])
	}
	return nil
}

func (p *program) diff(ctx context.Context, shared *sharedFlags, repository git.Repository, revisions []string) error {
	base, head := revisions[0], ""
	if len(revisions) == 2 {
		head = revisions[1]
	}
	// Which files matter is for the base's configuration to say: the first look at the change only finds the base.
	configuration, err := repository.Diff(ctx, base, head, git.Options{Match: isConfiguration})
	if err != nil {
		return err
	}
	source, err := p.baseConfiguration(ctx, shared, repository, configuration.Base)
	if err != nil {
		return err
	}
	p.warnShadowed(source)
	values := config.Resolve(shared.given, source.Settings)
	choice, err := values.Selection()
	if err != nil {
		return usagef("%s", err)
	}
	diff, err := repository.Diff(ctx, configuration.Base, configuration.Head, git.Options{Match: choice.File})
	if err != nil {
		return err
	}
	// A file that was renamed to where it is left out is left out.
	diff.Files = slices.DeleteFunc(diff.Files, func(file change.File) bool { return !choice.File(file.Path) })
	review := p.analyzer(values, choice)
	if err := gatherFrom(ctx, review, repository, diff); err != nil {
		return err
	}
	result := p.withProgress(review, len(diff.Files), func() analyzer.Result { return review.Review(ctx, diff) })
	if err := stopped(ctx); err != nil {
		return err
	}
	renamed := func(file change.File) bool { return !isConfiguration(file.Path) }
	p.reviewConfiguration(&result, &diff, slices.DeleteFunc(configuration.Files, renamed), values)
	return p.conclude(shared, values, outcome{result: result, change: diff})
}

// reviewConfiguration adds what is wrong in the changed configuration files.
func (p *program) reviewConfiguration(
	result *analyzer.Result, diff *change.Change, files []change.File, values config.Values,
) {
	if !slices.Contains(values.Rules(p.rules), analyzer.InvalidConfiguration) {
		return
	}
	for _, file := range files {
		if reviewed, ok := config.Review(file, ruleNames(p.rules)); ok {
			result.Files = append(result.Files, reviewed)
			diff.Files = append(diff.Files, file)
		}
	}
	slices.SortStableFunc(result.Files, func(a, b analyzer.FileResult) int { return cmp.Compare(a.Path, b.Path) })
	slices.SortStableFunc(diff.Files, func(a, b change.File) int { return cmp.Compare(a.Path, b.Path) })
}

func isConfiguration(path string) bool { return slices.Contains(config.Names(), path) }

// baseConfiguration reads the configuration of the base, or the file that --config names.
func (p *program) baseConfiguration(
	ctx context.Context, shared *sharedFlags, repository git.Repository, base string,
) (config.Source, error) {
	if shared.config != "" {
		return p.readConfiguration(shared.config)
	}
	texts := map[string][]byte{}
	for file, err := range repository.Files(ctx, base, git.Options{Match: isConfiguration}) {
		if err != nil {
			return config.Source{}, err
		}
		if file.Unread != "" {
			return config.Source{}, fmt.Errorf("read %s of the base: %s", file.Path, file.Unread)
		}
		texts[file.Path] = file.Data
	}
	return config.Load("", func(path string) ([]byte, error) {
		if text, ok := texts[path]; ok {
			return text, nil
		}
		return nil, fs.ErrNotExist
	}, ruleNames(p.rules))
}
