// Package connectionpoolwithmaxage reports a connection pool beside persistent connections, which Django refuses.
package connectionpoolwithmaxage

import (
	_ "embed"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/selection"
	"github.com/djleak/djleak/analyzer/settings"
)

//go:embed doc.md
var doc string

// Rule reports a database with a pool and a CONN_MAX_AGE other than 0.
var Rule = &analyzer.Rule{
	Name:       "connection-pool-with-max-age",
	Doc:        doc,
	Severity:   analyzer.High,
	Confidence: analyzer.HighConfidence,
	Fix:        analyzer.UnsafeFix,
	Status:     analyzer.Stable,
	Files:      selection.Settings | selection.Deployment,
	Triggers:   []string{"pool"},
	Project:    true,
	Run:        run,
}

func run(pass *analyzer.Pass) {
	if pass.Django().Before(5, 1) { // The option is another's: https://docs.djangoproject.com/en/5.2/releases/5.1/
		return
	}
	file := pass.Settings
	for _, alias := range file.Keys("DATABASES") {
		if engine, ok := file.At("DATABASES", alias, "ENGINE"); ok && engine.Value.Kind == settings.Text && !hasPools(engine.Value.Text) {
			continue
		}
		pool, hasPool := file.At("DATABASES", alias, "OPTIONS", "pool")
		age, hasAge := file.At("DATABASES", alias, "CONN_MAX_AGE")
		if hasPool && hasAge && isOn(pool.Value) && persists(age.Value) {
			pass.Report(diagnose(pass, alias, age))
		}
	}
}

// hasPools reports whether a database engine is one of Django's with pools, or made upon one: PostgreSQL's and Oracle's.
func hasPools(engine string) bool {
	return strings.Contains(engine, "postg") || strings.Contains(engine, "oracle")
}

// isOn reports whether a value of the option switches the pool on: True, or the pool's own options.
func isOn(pool settings.Value) bool {
	return pool.Kind == settings.Bool && pool.Bool || pool.Kind == settings.Dict && len(pool.Entries) > 0
}

func persists(age settings.Value) bool {
	return age.Kind == settings.Null || age.Kind == settings.Number && age.Number != 0
}

func diagnose(pass *analyzer.Pass, alias string, age settings.Setting) analyzer.Diagnostic {
	d := analyzer.Diagnostic{
		Span: age.Value.Span,
		Message: "The database `" + alias + "` has a pool and a `CONN_MAX_AGE` other than 0: Django raises ImproperlyConfigured when it " +
			"connects",
		Remedy:     "\"CONN_MAX_AGE\": 0,\n",
		Confidence: pass.ConfidenceIn(age, analyzer.HighConfidence),
	}
	if age.Value.FromEnv {
		d.Confidence = pass.ConfidenceIn(age, analyzer.MediumConfidence)
		return d
	}
	d.Fixes = []analyzer.SuggestedFix{{
		Message: "Leave the age of connections to the pool",
		Kind:    analyzer.UnsafeFix,
		Check:   "Is the pool what is wanted, and not connections that each thread keeps?",
		Edits:   []analyzer.TextEdit{{Span: age.Value.Span, NewText: "0"}},
	}}
	return d
}
