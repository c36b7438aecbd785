package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/baseline"
	"github.com/djleak/djleak/analyzer/config"
)

// baselineFile is where a baseline is written unless the command line or the configuration names another file.
const baselineFile = "djleak-baseline.json"

func newBaselineCommand(p *program) *cobra.Command {
	command := &cobra.Command{
		Use:   "baseline [PATH...]",
		Short: "Write down the findings that are there",
		Long: "baseline writes the findings that check would report to a file, " + baselineFile + " unless --baseline or the\n" +
			"configuration names another. \"djleak check --baseline FILE\" then reports only what is not in there.\n\n" +
			"What is known of files that this run does not look at is kept.",
	}
	shared := addSharedFlags(command, p.rules)
	shared.addBaseline(command)
	command.RunE = stoppable(func(ctx context.Context, paths []string) error {
		if shared.given.Given("format") || shared.output != "" {
			return usagef("baseline writes to the file that --baseline names: leave out --format and --output")
		}
		return p.baseline(ctx, shared, paths)
	})
	return command
}

// addBaseline gives the command the flag of those that look at files as they are.
func (s *sharedFlags) addBaseline(command *cobra.Command) {
	s.add(command, "baseline", "leave out the findings that `FILE` knows, which \"djleak baseline\" writes")
}

func (p *program) baseline(ctx context.Context, shared *sharedFlags, paths []string) error {
	values, tree, err := p.prepare(shared, paths)
	if err != nil {
		return err
	}
	defer tree.close()
	result, err := p.look(ctx, p.treeAnalyzer(values, tree), tree)
	if err != nil {
		return err
	}
	if failed := tree.failures(); len(failed) > 0 {
		return errors.Join(failed...)
	}
	name := values.Baseline
	if name == "" {
		name = baselineFile
	}
	before, err := readBaseline(name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	var findings []analyzer.Finding
	for _, file := range result.Files {
		for _, f := range file.Findings {
			if f.Suppression == nil && values.Reports(f) {
				findings = append(findings, f)
			}
		}
	}
	after := baseline.Of(findings, tree.identity).With(before.Outside(tree.looksAt))
	if err := replaceFile(name, after.Marshal()); err != nil {
		return err
	}
	p.say("wrote %s to %s", countOf(len(after.Findings)), name)
	if values.Baseline == "" {
		p.say("next: \"djleak check --baseline %s\", or baseline = %q in the configuration", name, name)
	}
	return nil
}

// withoutKnown takes out of a result what the baseline knows, and says how much that was.
func (p *program) withoutKnown(values config.Values, tree *tree, result *analyzer.Result) error {
	if values.Baseline == "" {
		return nil
	}
	known, err := readBaseline(values.Baseline)
	if errors.Is(err, fs.ErrNotExist) {
		return usagef("baseline: there is no file %s: \"djleak baseline\" writes it", values.Baseline)
	}
	if err != nil {
		return err
	}
	removed := known.Remove(result)
	p.say("notice: %s not reported: in %s", countOf(removed), values.Baseline)
	looked := len(known.Findings) - len(known.Outside(tree.looksAt))
	if gone := looked - removed; gone > 0 {
		p.say("notice: %s in %s no longer: \"djleak baseline\" takes them out", countOf(gone), values.Baseline)
	}
	return nil
}

// readBaseline reads a baseline. An error for a missing file is an [fs.ErrNotExist].
func readBaseline(name string) (baseline.Baseline, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return baseline.Baseline{}, fmt.Errorf("read %s: %w", name, cause(err))
	}
	known, err := baseline.Parse(text)
	if err != nil {
		return baseline.Baseline{}, usagef("%s: %s", name, err)
	}
	return known, nil
}

// projectTop is the folder that fingerprints name files from: the top of the repository, or else the folder of the
// configuration.
func projectTop(base string) string {
	for folder := base; ; folder = filepath.Dir(folder) {
		if hasGit(folder) {
			return folder
		}
		if folder == filepath.Dir(folder) {
			return base
		}
	}
}
