package main

import (
	"context"
	"fmt"
	"slices"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/python"
)

// A fixer applies the fixes in a file until it finds no more. It trusts nobody: what it returns was analysed again.
type fixer struct {
	analyzer *analyzer.Analyzer
	// wants reports whether a finding is to be fixed.
	wants func(analyzer.Finding) bool
	// reason is that of the suppressions to add instead of fixes; empty where fixes are wanted.
	reason string
}

// A fixedFile is a file before and after its fixes.
type fixedFile struct {
	before, after []byte
	// fixed are the findings whose fixes were applied, in that order, as they stood then.
	fixed []analyzer.Finding
	// refused are the findings whose lines take no suppression.
	refused []analyzer.Finding
	// result is that of the file as it is after.
	result analyzer.FileResult
}

// fix returns what the file would be. It reads the file only if there is something to do.
func (x *fixer) fix(
	ctx context.Context, file analyzer.FileResult, read func(path string) ([]byte, error),
) (fixedFile, error) {
	done := fixedFile{result: file}
	if !slices.ContainsFunc(file.Findings, x.wants) {
		return done, nil
	}
	raw, err := read(file.Path)
	if err != nil {
		return done, fmt.Errorf("read %s: %w", file.Path, err)
	}
	source, err := python.Decode(raw)
	if err != nil || source.Text != file.Source {
		return done, fmt.Errorf("read %s: the file has changed meanwhile", file.Path)
	}
	done.before, done.after = raw, raw
	if x.reason != "" {
		x.ignoreAll(ctx, &done, &source)
	} else {
		x.fixAll(ctx, &done, &source)
	}
	return done, nil
}

func (x *fixer) fixAll(ctx context.Context, done *fixedFile, source *python.Source) {
	for ctx.Err() == nil {
		chosen := x.choose(done.result.Findings)
		if len(chosen) == 0 {
			break
		}
		if !x.apply(ctx, done, source, chosen) && !x.applyOne(ctx, done, source, chosen) {
			break
		}
	}
}

// applyOne fixes the first of the chosen findings that can be fixed. Each fix has proven itself alone: where several of them
// together do harm, or the file's encoding lacks a letter of one, the others go on.
func (x *fixer) applyOne(ctx context.Context, done *fixedFile, source *python.Source, chosen []analyzer.Finding) bool {
	if len(chosen) < 2 {
		return false
	}
	for i := range chosen {
		if x.apply(ctx, done, source, chosen[i:i+1]) {
			return true
		}
	}
	return false
}

// choose returns the findings to fix in one go: those whose edits keep apart.
func (x *fixer) choose(findings []analyzer.Finding) []analyzer.Finding {
	var chosen []analyzer.Finding
	var edits []analyzer.TextEdit
	for _, f := range findings {
		if !x.wants(f) || touch(edits, f.Fix.Edits) {
			continue
		}
		chosen = append(chosen, f)
		edits = append(edits, f.Fix.Edits...)
	}
	return chosen
}

func touch(some, others []analyzer.TextEdit) bool {
	for _, a := range some {
		for _, b := range others {
			if a.Span.Start <= b.Span.End && b.Span.Start <= a.Span.End {
				return true
			}
		}
	}
	return false
}

// apply fixes the chosen findings, and reports whether the file is the better for it: it parses as before, no rule finds
// more, and all rules together find less.
func (x *fixer) apply(ctx context.Context, done *fixedFile, source *python.Source, chosen []analyzer.Finding) bool {
	var edits []analyzer.TextEdit
	for _, f := range chosen {
		edits = append(edits, f.Fix.Edits...)
	}
	if !x.edit(ctx, done, source, edits) {
		return false
	}
	done.fixed = append(done.fixed, chosen...)
	return true
}

// edit changes the file if it is the better for it.
func (x *fixer) edit(ctx context.Context, done *fixedFile, source *python.Source, edits []analyzer.TextEdit) bool {
	text, ok := analyzer.Apply(source.Text, edits)
	if !ok {
		return false
	}
	raw, err := source.Encode(text)
	if err != nil {
		return false
	}
	path := done.result.Path
	again := x.analyzer.Tree(ctx, []string{path}, func(string) ([]byte, error) { return raw, nil }).Files[0]
	if again.State != done.result.State || !fewer(again.Findings, done.result.Findings) {
		return false
	}
	source.Text = text
	done.after, done.result = raw, again
	return true
}

// fewer reports whether fewer findings stand after than before, and more of none of the rules.
func fewer(after, before []analyzer.Finding) bool {
	surplus := map[*analyzer.Rule]int{}
	for _, f := range after {
		surplus[f.Rule] += standing(f)
	}
	for _, f := range before {
		surplus[f.Rule] -= standing(f)
	}
	total := 0
	for _, n := range surplus {
		if n > 0 {
			return false
		}
		total += n
	}
	return total < 0
}

// standing is 1 for a finding that nothing silences.
func standing(f analyzer.Finding) int {
	if f.Suppression != nil {
		return 0
	}
	return 1
}
