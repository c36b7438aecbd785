// Package iteratorwithprefetch reports iterator() without chunk_size after prefetch_related().
package iteratorwithprefetch

import (
	_ "embed"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/python"
)

//go:embed doc.md
var doc string

// Rule reports iterator() without chunk_size on a QuerySet that prefetches.
var Rule = &analyzer.Rule{
	Name:       "iterator-with-prefetch",
	Doc:        doc,
	Severity:   analyzer.High,
	Confidence: analyzer.HighConfidence,
	Fix:        analyzer.SafeFix,
	Status:     analyzer.Stable,
	Files:      analyzer.AnyFile,
	Triggers:   []string{"prefetch_related"},
	Project:    true,
	Run:        run,
}

func run(pass *analyzer.Pass) {
	for _, call := range pass.Calls {
		access, ok := call.Func.(*python.Attribute)
		if !ok || access.Attr != "iterator" || hasChunkSize(call) {
			continue
		}
		if qs := pass.QuerySet(access.Value); qs != nil && qs.Prefetches() {
			if pass.LosesPrefetch(qs) {
				pass.Report(ignored(pass, call, access, qs))
			} else {
				pass.Report(missingChunkSize(call, access))
			}
		}
	}
}

func hasChunkSize(call *python.Call) bool { return len(call.Args) > 0 || len(call.Keywords) > 0 }

// ignored tells of a Django on which no chunk_size mends it, and which raises nothing.
func ignored(pass *analyzer.Pass, call *python.Call, access *python.Attribute, qs *django.QuerySet) analyzer.Diagnostic {
	return analyzer.Diagnostic{
		Span:     python.Span{Start: access.AttrSpan.Start, End: call.End},
		Severity: new(analyzer.Medium),
		Message:  "`iterator()` ignores `prefetch_related()` before Django 4.1, and without a chunk_size it raises ValueError since Django 5.0",
		Remedy:   pass.PrefetchedInPieces(qs),
	}
}

func missingChunkSize(call *python.Call, access *python.Attribute) analyzer.Diagnostic {
	return analyzer.Diagnostic{
		Span:    python.Span{Start: access.AttrSpan.Start, End: call.End},
		Message: "`iterator()` after `prefetch_related()` has no chunk_size: ValueError since Django 5.0, and before that nothing is prefetched",
		Fixes: []analyzer.SuggestedFix{{
			Message: "Pass chunk_size, the number of rows whose related objects are fetched at once",
			Kind:    analyzer.SafeFix,
			Edits:   []analyzer.TextEdit{analyzer.Insert(call.End-1, "chunk_size=2000")},
		}},
	}
}
