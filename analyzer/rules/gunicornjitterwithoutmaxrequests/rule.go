// Package gunicornjitterwithoutmaxrequests reports gunicorn's jitter where it has nothing to spread.
package gunicornjitterwithoutmaxrequests

import (
	_ "embed"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/selection"
	"github.com/djleak/djleak/analyzer/settings"
)

//go:embed doc.md
var doc string

// Rule reports max_requests_jitter without max_requests.
var Rule = &analyzer.Rule{
	Name:       "gunicorn-jitter-without-max-requests",
	Doc:        doc,
	Severity:   analyzer.Medium,
	Confidence: analyzer.HighConfidence,
	Fix:        analyzer.UnsafeFix,
	Status:     analyzer.Stable,
	Files:      selection.Settings | selection.Deployment,
	Triggers:   []string{"max_requests_jitter", "max-requests-jitter"},
	Project:    true,
	Run:        run,
}

func run(pass *analyzer.Pass) {
	file := pass.Settings
	if file.Role != settings.Production || pass.Project.Recycles("gunicorn") {
		return
	}
	if _, ok := file.GunicornOption(); ok {
		configured(pass)
	}
	for _, command := range file.Gunicorns() {
		jitter, ok := command.Flag("--max-requests-jitter")
		if most, limited := command.Flag("--max-requests"); !ok || jitter.Text == "0" || limited && most.Text != "0" {
			continue
		}
		confidence := analyzer.HighConfidence
		if command.Joins {
			// The command line that the variable joins may have a --max-requests.
			confidence = analyzer.MediumConfidence
		}
		pass.Report(analyzer.Diagnostic{
			Span: jitter.Span, Message: message("--max-requests-jitter", "--max-requests"), Confidence: &confidence,
			Remedy: "--max-requests 1000 --max-requests-jitter 100\n",
		})
	}
}

func message(jitter, most string) string {
	return "`" + jitter + "` without `" + most + "` has no effect: no worker is ever restarted"
}

func configured(pass *analyzer.Pass) {
	file := pass.Settings
	jitter, ok := file.At("max_requests_jitter")
	if number, known := jitter.Value.AsNumber(); !ok || !known || number <= 0 {
		return
	}
	d := analyzer.Diagnostic{
		Span: jitter.Span, Message: message("max_requests_jitter", "max_requests"),
		Remedy: "max_requests = 1000\nmax_requests_jitter = 100\n",
	}
	fix := analyzer.SuggestedFix{
		Message: "Restart each worker after 1,000 requests",
		Kind:    analyzer.UnsafeFix,
		Check:   "May a worker be restarted at any time between two requests, without what it keeps?",
		Edits:   []analyzer.TextEdit{analyzer.Insert(jitter.Span.Start, "max_requests = 1000\n")},
	}
	if start := jitter.Span.Start; start > 0 && pass.Source[start-1] != '\n' {
		fix.Edits = nil // It stands in a block or behind another statement.
	}
	if len(file.Named("max_requests")) > 0 {
		most, ok := file.At("max_requests")
		if number, known := most.Value.AsNumber(); !ok || !known || number != 0 {
			return
		}
		fix.Edits = []analyzer.TextEdit{{Span: most.Value.Span, NewText: "1000"}}
		if most.Value.FromEnv {
			d.Message += " unless the environment gives `max_requests`"
			d.Confidence = new(analyzer.MediumConfidence)
			pass.Report(d)
			return
		}
	}
	if fix.Edits != nil {
		d.Fixes = []analyzer.SuggestedFix{fix}
	}
	pass.Report(d)
}
