// Package locmemcacheoversized reports a local-memory cache that may hold very many entries.
package locmemcacheoversized

import (
	_ "embed"
	"strconv"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/selection"
	"github.com/djleak/djleak/analyzer/settings"
)

//go:embed doc.md
var doc string

// Rule reports MAX_ENTRIES above 10,000 on the local-memory cache.
var Rule = &analyzer.Rule{
	Name:       "locmem-cache-oversized",
	Doc:        doc,
	Severity:   analyzer.Medium,
	Confidence: analyzer.HighConfidence,
	Fix:        analyzer.UnsafeFix,
	Status:     analyzer.Stable,
	Files:      selection.Settings,
	Triggers:   []string{settings.LocMemCache},
	Project:    true,
	Run:        run,
}

// most is the largest MAX_ENTRIES that passes: at 10 KB an entry, 100 MB in each process.
const most = 10_000

func run(pass *analyzer.Pass) {
	file := pass.Settings
	if file.Role == settings.Testing {
		return
	}
	for _, cache := range file.Caches() {
		entries, ok := file.At("CACHES", cache.Alias, "OPTIONS", "MAX_ENTRIES")
		if ok && cache.Backend.Value.Text == settings.LocMemCache && entries.Value.Kind == settings.Number && entries.Value.Number > most {
			pass.Report(diagnose(pass, cache.Alias, entries.Value))
		}
	}
}

func diagnose(pass *analyzer.Pass, alias string, entries settings.Value) analyzer.Diagnostic {
	message := "The cache `" + alias + "` keeps up to " + strconv.FormatFloat(entries.Number, 'f', -1, 64) +
		" entries of any size in the memory of each process"
	if timeout, ok := pass.Settings.At("CACHES", alias, "TIMEOUT"); ok && timeout.Value.Kind == settings.Null {
		message += ", and with TIMEOUT None none of them ends"
	}
	return analyzer.Diagnostic{
		Span:    entries.Span,
		Message: message,
		Fixes: []analyzer.SuggestedFix{{
			Message: "Keep 10,000 entries at most; what needs more belongs into a server that all processes share",
			Kind:    analyzer.UnsafeFix,
			Check:   "Are 10,000 entries enough, and small enough to be in every process?",
			Edits:   []analyzer.TextEdit{{Span: entries.Span, NewText: "10_000"}},
		}},
	}
}
