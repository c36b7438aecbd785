package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/djleak/djleak/analyzer"
)

func newFixCommand(p *program) *cobra.Command {
	var how fixing
	command := &cobra.Command{
		Use:   "fix [PATH...]",
		Short: "Apply the safe fixes",
		Long: "fix applies the safe fixes to the files that check would analyse, as often as there are any, and then reports\n" +
			"what remains as check does. With --diff it prints a patch for \"git apply\", writes nothing, and exits with 1 if\n" +
			"there is one.",
	}
	shared := addSharedFlags(command, p.rules)
	command.Flags().BoolVar(&how.unsafe, "unsafe", false, "apply also the fixes that a person should read first")
	command.Flags().BoolVar(&how.patch, "diff", false, "print a patch and write nothing")
	command.RunE = func(command *cobra.Command, paths []string) error {
		if how.patch && shared.given.Given("format") {
			return usagef("--diff prints a patch: leave out --format")
		}
		return p.fix(command.Context(), shared, paths, how)
	}
	return command
}

// fixing says how to fix.
type fixing struct{ unsafe, patch bool }

func (p *program) fix(ctx context.Context, shared *sharedFlags, paths []string, how fixing) error {
	values, tree, err := p.prepare(shared, paths)
	if err != nil {
		return err
	}
	defer tree.close()
	review := p.analyzer(values, tree.wantsGenerated)
	result := p.withProgress(review, len(tree.paths), func() analyzer.Result {
		return review.Tree(ctx, tree.paths, tree.read)
	})
	fixer := fixer{
		analyzer: review,
		wants: func(f analyzer.Finding) bool {
			return fixable(f, how.unsafe) && values.Reports(f)
		},
	}
	fixed, patch := 0, &bytes.Buffer{}
	for i := range result.Files {
		file := &result.Files[i]
		done, err := fixer.fix(ctx, *file, tree.read)
		if err == nil && len(done.fixed) > 0 && how.patch {
			writePatch(patch, file.Path, done.before, done.after)
			continue
		}
		if err == nil && len(done.fixed) > 0 {
			err = tree.write(file.Path, done.after)
		}
		if err != nil {
			tree.fail(err)
			continue
		}
		*file = done.result
		fixed += len(done.fixed)
		for _, f := range done.fixed {
			fmt.Fprintf(p.stderr, "fixed %s:%d: %s: %s\n", f.Path, f.Region.StartLine, f.Rule.Name, f.Fix.Message)
		}
	}
	if err := stopped(ctx); err != nil {
		return err
	}
	if how.patch {
		return p.concludePatch(shared.output, patch.Bytes(), tree.failures())
	}
	fmt.Fprintf(p.stderr, "fixed %s\n", plural(fixed, "finding"))
	return p.conclude(shared, values, outcome{result: result, failed: tree.failures()})
}

// fixable reports whether a finding is to be fixed.
func fixable(f analyzer.Finding, unsafe bool) bool {
	return f.Fix != nil && f.Suppression == nil && (f.Fix.Kind == analyzer.SafeFix || unsafe)
}

// concludePatch writes the patch and returns the verdict on it.
func (p *program) concludePatch(output string, patch []byte, failed []error) error {
	if err := p.write(output, patch); err != nil {
		return err
	}
	switch {
	case len(failed) > 0:
		return errors.Join(failed...)
	case len(patch) > 0:
		return verdict(exitFindings)
	}
	return nil
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
