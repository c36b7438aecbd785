package main

import (
	"context"
	"slices"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/python"
)

// ignoreAll adds a suppression for every finding that is wanted and can have one.
func (x *fixer) ignoreAll(ctx context.Context, done *fixedFile, source *python.Source) {
	tried := map[string]bool{}
	for ctx.Err() == nil {
		i := slices.IndexFunc(done.result.Findings, func(f analyzer.Finding) bool { return x.wants(f) && !tried[f.Fingerprint] })
		if i < 0 {
			return
		}
		f := done.result.Findings[i]
		tried[f.Fingerprint] = true
		if x.ignore(ctx, done, source, f) {
			done.fixed = append(done.fixed, f)
		} else {
			done.refused = append(done.refused, f)
		}
	}
}

// ignore adds a suppression for one finding, in the first way that silences it and nothing but it.
func (x *fixer) ignore(ctx context.Context, done *fixedFile, source *python.Source, f analyzer.Finding) bool {
	return slices.ContainsFunc(analyzer.Ignores(f, source.Text, x.reason), func(edits []analyzer.TextEdit) bool {
		return x.edit(ctx, done, source, edits)
	})
}

// ignorable reports whether a suppression is the thing to add: a comment that silences nothing is to be deleted.
func ignorable(f analyzer.Finding) bool {
	return f.Suppression == nil && f.Rule != analyzer.UnusedSuppression
}
