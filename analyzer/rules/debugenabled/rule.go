// Package debugenabled reports DEBUG = True in production's settings.
package debugenabled

import (
	_ "embed"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/selection"
	"github.com/djleak/djleak/analyzer/settings"
)

//go:embed doc.md
var doc string

// Rule reports DEBUG that is on, or on by default, where production's settings are.
var Rule = &analyzer.Rule{
	Name:       "debug-enabled",
	Doc:        doc,
	Severity:   analyzer.High,
	Confidence: analyzer.HighConfidence,
	Fix:        analyzer.UnsafeFix,
	Status:     analyzer.Stable,
	Files:      selection.Settings,
	Triggers:   []string{"DEBUG"},
	Run:        run,
}

func run(pass *analyzer.Pass) {
	file := pass.Settings
	if file.Role != settings.Production {
		return
	}
	named := append(file.Named("DEBUG"), file.Named("DJANGO_DEBUG")...)
	if len(named) == 0 {
		return
	}
	// The last assignment holds; one under a condition leaves open which.
	last := named[len(named)-1]
	if on, known := last.Value.AsBool(); !known || !on || last.Guarded || len(named) > 1 {
		return
	}
	pass.Report(diagnose(pass, last))
}

func diagnose(pass *analyzer.Pass, setting settings.Setting) analyzer.Diagnostic {
	d := analyzer.Diagnostic{
		Span:    setting.Span,
		Message: "`" + setting.Name + "` is on in what looks like production's settings: each database connection keeps its latest 9,000 queries",
		Remedy:  "DEBUG = os.environ.get(\"DJANGO_DEBUG\") == \"1\"\n",
	}
	if setting.Value.FromEnv {
		d.Message = "`" + setting.Name + "` is on unless the environment says otherwise: each database connection then keeps its latest 9,000 queries"
		return withConfidence(d, pass)
	}
	d.Fixes = []analyzer.SuggestedFix{{
		Message: "Switch it off here",
		Kind:    analyzer.UnsafeFix,
		Check:   "Is it switched on where you develop, by settings or a variable of their own?",
		Edits:   []analyzer.TextEdit{{Span: setting.Value.Span, NewText: "False"}},
	}}
	return withConfidence(d, pass)
}

// withConfidence lowers the confidence where another module may set DEBUG again: settings that are imported behind it, or
// a base that others build upon.
func withConfidence(d analyzer.Diagnostic, pass *analyzer.Pass) analyzer.Diagnostic {
	if len(pass.StarImports) > 0 || isBase(pass.Path) {
		medium := analyzer.MediumConfidence
		d.Confidence = &medium
	}
	return d
}
