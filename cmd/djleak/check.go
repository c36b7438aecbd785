package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/spf13/cobra"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/change"
	"github.com/djleak/djleak/analyzer/config"
	"github.com/djleak/djleak/analyzer/selection"
	"github.com/djleak/djleak/annotate"
)

func newCheckCommand(p *program) *cobra.Command {
	command := &cobra.Command{
		Use:   "check [PATH...]",
		Short: "Analyse files and folders as they are",
		Long: "check analyses the Python files that it is given, and those in the folders that it is given, as they are; without\n" +
			"a PATH, those in the working directory. A file that is named is analysed whatever its name and the globs, unless\n" +
			"--force-exclude is given.\n\n" +
			"The configuration is the nearest one from the working directory up to the top of its repository.",
	}
	shared := addSharedFlags(command, p.rules)
	shared.addForceExclude(command)
	shared.addBaseline(command)
	command.RunE = stoppable(func(ctx context.Context, paths []string) error { return p.check(ctx, shared, paths) })
	return command
}

func (p *program) check(ctx context.Context, shared *sharedFlags, paths []string) error {
	values, tree, err := p.prepare(shared, paths)
	if err != nil {
		return err
	}
	defer tree.close()
	result, err := p.look(ctx, p.treeAnalyzer(values, tree), tree)
	if err != nil {
		return err
	}
	if err := p.withoutKnown(values, tree, &result); err != nil {
		return err
	}
	return p.conclude(shared, values, outcome{result: result, failed: tree.failures()})
}

// treeAnalyzer returns the analyzer for the files of a tree, with what their project tells.
func (p *program) treeAnalyzer(values config.Values, tree *tree) *analyzer.Analyzer {
	review := p.analyzer(values, tree.choice)
	review.Generated = tree.wantsGenerated
	review.Identity = tree.identity
	review.Kind = tree.kind
	if !values.Preview { // What nobody runs is told of in preview, and then all the same.
		review.Modules = tree.modules()
		review.Mentions = &analyzer.Mentions{Paths: tree.inFolders(), Templates: slices.Sorted(maps.Keys(tree.templates)), Read: tree.consult}
	}
	tree.gather(review)
	return review
}

// look analyses the files of a tree.
func (p *program) look(ctx context.Context, review *analyzer.Analyzer, tree *tree) (analyzer.Result, error) {
	result := p.withProgress(review, len(tree.paths), func() analyzer.Result {
		return review.Tree(ctx, tree.paths, tree.read)
	})
	return result, stopped(ctx)
}

// prepare settles what a command on files goes by and finds the files.
func (p *program) prepare(shared *sharedFlags, paths []string) (config.Values, *tree, error) {
	values, base, err := p.configure(shared)
	if err != nil {
		return config.Values{}, nil, err
	}
	choice, err := values.Selection()
	if err != nil {
		return config.Values{}, nil, usagef("%s", err)
	}
	if len(paths) == 0 {
		paths = []string{"."}
	}
	tree, err := openTree(paths, base, choice, shared.forceExclude)
	return values, tree, err
}

// analyzer returns the analyzer that runs the selected rules.
func (p *program) analyzer(values config.Values, choice *selection.Selection) *analyzer.Analyzer {
	return &analyzer.Analyzer{
		Rules:      values.Rules(p.rules),
		Known:      ruleNames(p.rules),
		Generated:  choice.Named,
		Kind:       choice.Kind,
		Severities: values.Severities,
		Vocabulary: values.Vocabulary,
		Shown:      values.Reports,
	}
}

// An outcome is what an analysis came to.
type outcome struct {
	result analyzer.Result
	// change is empty for files as they are.
	change change.Change
	// failed is what could not be read or written at all.
	failed []error
}

// conclude reports an outcome and returns the verdict on it. What could not be done outweighs every finding.
func (p *program) conclude(shared *sharedFlags, values config.Values, outcome outcome) error {
	conclusion, err := p.report(shared, values, outcome)
	switch {
	case err != nil:
		return err
	case len(outcome.failed) > 0:
		return errors.Join(outcome.failed...)
	case conclusion == annotate.Failure:
		return verdict(exitFindings)
	}
	return nil
}

// stopped returns an error if the run was interrupted: half a report would look like a whole one.
func stopped(ctx context.Context) error {
	if cause := context.Cause(ctx); cause != nil {
		return fmt.Errorf("stopped before the end: %w", cause)
	}
	return nil
}
