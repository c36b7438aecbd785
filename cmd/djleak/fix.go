package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

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
			"there is one. With --add-ignore it leaves the code as it is and adds a suppression to each line reported.",
	}
	shared := addSharedFlags(command, p.rules)
	shared.addForceExclude(command)
	command.Flags().BoolVar(&how.unsafe, "unsafe", false, "apply also the fixes that a person should read first")
	command.Flags().BoolVar(&how.patch, "diff", false, "print a patch and write nothing")
	command.Flags().StringVar(&how.ignore, "add-ignore", "", "mend nothing, but add suppressions, with this `REASON` if one is given")
	command.Flags().Lookup("add-ignore").NoOptDefVal = ignoreReason
	command.RunE = stoppable(func(ctx context.Context, paths []string) error {
		if err := how.check(); err != nil {
			return err
		}
		if how.patch && shared.given.Given("format") {
			return usagef("--diff prints a patch: leave out --format")
		}
		return p.fix(ctx, shared, paths, how)
	})
	return command
}

// fixing says how to fix.
type fixing struct {
	unsafe, patch bool
	// ignore is the reason of the suppressions to add instead of fixes, or empty.
	ignore string
}

// ignoreReason is the reason of a suppression for which nobody gave one.
const ignoreReason = "older than djleak here"

func (how fixing) check() error {
	switch {
	case how.ignore != "" && how.unsafe:
		return usagef("--add-ignore mends nothing: leave out --unsafe")
	case strings.ContainsFunc(how.ignore, unicode.IsControl):
		return usagef("--add-ignore: a reason is one line")
	}
	return nil
}

func (p *program) fix(ctx context.Context, shared *sharedFlags, paths []string, how fixing) error {
	values, tree, err := p.prepare(shared, paths)
	if err != nil {
		return err
	}
	defer tree.close()
	review := p.treeAnalyzer(values, tree)
	result, err := p.look(ctx, review, tree)
	if err != nil {
		return err
	}
	fixer := fixer{
		analyzer: review,
		wants: func(f analyzer.Finding) bool {
			return values.Reports(f) && how.takes(f)
		},
		reason: how.ignore,
	}
	fixed, patch := 0, &bytes.Buffer{}
	var checks []string
	for i := range result.Files {
		file := &result.Files[i]
		done, err := fixer.fix(ctx, *file, tree.read)
		checks = append(checks, how.checks(done.fixed)...)
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
		for _, f := range done.refused {
			p.say("not ignored %s:%d: %s: no comment can stand there", f.Path, f.Region.StartLine, f.Rule.Name)
		}
		*file = done.result
		fixed += len(done.fixed)
		for _, f := range done.fixed {
			p.say("%s %s:%d: %s%s", how.verb(), f.Path, f.Region.StartLine, f.Rule.Name, how.means(f))
		}
	}
	if err := stopped(ctx); err != nil {
		return err
	}
	defer func() {
		slices.Sort(checks)
		for _, check := range slices.Compact(checks) {
			p.say("check: %s", check)
		}
	}()
	if how.patch {
		return p.concludePatch(shared.output, patch.Bytes(), tree.failures())
	}
	p.say("%s %s", how.verb(), countOf(fixed))
	return p.conclude(shared, values, outcome{result: result, failed: tree.failures()})
}

// takes reports whether there is something to do about a finding.
func (how fixing) takes(f analyzer.Finding) bool {
	if how.ignore != "" {
		return ignorable(f)
	}
	return fixable(f, how.unsafe)
}

// checks are what a person should ask before such fixes are kept: a question a rule.
func (how fixing) checks(fixed []analyzer.Finding) []string {
	var all []string
	for _, f := range fixed {
		if how.ignore == "" && f.Fix != nil && f.Fix.Kind == analyzer.UnsafeFix && f.Fix.Check != "" {
			all = append(all, f.Rule.Name+": "+f.Fix.Check)
		}
	}
	return all
}

// verb says what was done to a finding.
func (how fixing) verb() string {
	if how.ignore != "" {
		return "ignored"
	}
	return "fixed"
}

// means says how a finding was mended.
func (how fixing) means(f analyzer.Finding) string {
	if how.ignore != "" {
		return ""
	}
	return ": " + f.Fix.Message
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

func countOf(n int) string {
	if n == 1 {
		return "1 finding"
	}
	return fmt.Sprintf("%d findings", n)
}
