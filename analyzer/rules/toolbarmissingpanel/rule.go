// Package toolbarmissingpanel reports a panel that the Django debug toolbar does not have.
package toolbarmissingpanel

import (
	_ "embed"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/selection"
	"github.com/djleak/djleak/analyzer/settings"
)

//go:embed doc.md
var doc string

// Rule reports debug_toolbar.panels.memory.MemoryPanel.
var Rule = &analyzer.Rule{
	Name:       "toolbar-missing-panel",
	Doc:        doc,
	Severity:   analyzer.Info,
	Confidence: analyzer.HighConfidence,
	Fix:        analyzer.SafeFix,
	Status:     analyzer.Stable,
	Files:      selection.Settings | selection.Test,
	Triggers:   []string{panel},
	Run:        run,
}

const panel = "debug_toolbar.panels.memory.MemoryPanel"

func run(pass *analyzer.Pass) {
	if pass.Settings == nil {
		return
	}
	for _, setting := range pass.Settings.Named("DEBUG_TOOLBAR_PANELS") {
		for i, item := range setting.Value.Items {
			if item.Kind == settings.Text && item.Text == panel {
				pass.Report(diagnose(pass, setting.Value, i))
			}
		}
	}
}

func diagnose(pass *analyzer.Pass, panels settings.Value, i int) analyzer.Diagnostic {
	before := panels.Span.Start + 1
	if i > 0 {
		before = panels.Items[i-1].Span.End
	}
	return analyzer.Diagnostic{
		Span:    panels.Items[i].Span,
		Message: "django-debug-toolbar has no MemoryPanel: the toolbar fails with ImportError",
		Fixes: []analyzer.SuggestedFix{{
			Message: "Take the panel out",
			Kind:    analyzer.SafeFix,
			Edits:   []analyzer.TextEdit{pass.RemoveItem(panels.Items[i].Span, before, panels.Span.End)},
		}},
	}
}
