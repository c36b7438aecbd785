// Package gunicornnorecycle reports gunicorn workers that live until the next deployment.
package gunicornnorecycle

import (
	_ "embed"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/python"
	"github.com/djleak/djleak/analyzer/selection"
	"github.com/djleak/djleak/analyzer/settings"
)

//go:embed doc.md
var doc string

// Rule reports gunicorn without max_requests, and a timeout of 0.
var Rule = &analyzer.Rule{
	Name:       "gunicorn-no-recycle",
	Doc:        doc,
	Severity:   analyzer.Low,
	Confidence: analyzer.MediumConfidence,
	Fix:        analyzer.UnsafeFix,
	Status:     analyzer.Preview,
	Files:      selection.Settings | selection.Deployment,
	Triggers:   []string{"gunicorn", "GUNICORN", "bind", "workers", "worker_class", "threads", "timeout", "wsgi_app", "max_requests"},
	Project:    true,
	Run:        run,
}

const (
	forever = "gunicorn's workers are never restarted: what they pile up stays until the next deployment"
	hanging = "A timeout of 0 lets a worker that hangs keep what it holds"
)

func run(pass *analyzer.Pass) {
	file := pass.Settings
	if file.Role != settings.Production {
		return
	}
	if first, ok := file.GunicornOption(); ok {
		configured(pass, first)
	}
	for _, command := range file.Gunicorns() {
		if most, ok := command.Flag("--max-requests"); (!ok || most.Text == "0") && !command.Joins && !pass.Project.Recycles("gunicorn") {
			pass.Report(analyzer.Diagnostic{
				Span: command.Span, Message: forever, Remedy: "--max-requests 1000 --max-requests-jitter 100\n",
				Confidence: pass.ConfidenceIn(settings.Setting{Span: command.Span}, analyzer.MediumConfidence),
			})
		}
		if timeout, ok := command.Flag("-t", "--timeout"); ok && timeout.Text == "0" && isSync(&command) {
			pass.Report(analyzer.Diagnostic{Span: timeout.Span, Message: hanging, Remedy: "--timeout 60\n"})
		}
	}
}

// isSync reports whether a command starts workers of gunicorn's default class. Of any other, and of threads, the timeout watches the worker
// and not the request.
// Source: https://docs.gunicorn.org/en/stable/settings.html#timeout
func isSync(command *settings.Command) bool {
	threads, threaded := command.Flag("--threads")
	class, classed := command.Flag("-k", "--worker-class")
	return (!threaded || threads.Text == "1") && (!classed || class.Text == "sync")
}

func configured(pass *analyzer.Pass, first settings.Setting) {
	file := pass.Settings
	if timeout, ok := file.At("timeout"); ok && isZero(timeout.Value) && len(file.Named("threads")) == 0 && len(file.Named("worker_class")) == 0 {
		pass.Report(analyzer.Diagnostic{Span: timeout.Span, Message: hanging, Remedy: "timeout = 60\n"})
	}
	named := file.Named("max_requests")
	if len(named) == 0 && pass.Project.Recycles("gunicorn") {
		return
	}
	if len(named) == 0 {
		d := diagnose(first.NameSpan)
		if start := first.Span.Start; start == 0 || pass.Source[start-1] == '\n' {
			d.Fixes = []analyzer.SuggestedFix{restart(analyzer.Insert(start, "max_requests = 1000\nmax_requests_jitter = 100\n"))}
		}
		pass.Report(d)
		return
	}
	if most, ok := file.At("max_requests"); ok && isZero(most.Value) {
		d := diagnose(most.Span)
		d.Fixes = []analyzer.SuggestedFix{restart(analyzer.TextEdit{Span: most.Value.Span, NewText: "1000"})}
		pass.Report(d)
	}
}

func isZero(value settings.Value) bool {
	number, known := value.AsNumber()
	return known && number == 0 && !value.FromEnv
}

func diagnose(span python.Span) analyzer.Diagnostic {
	return analyzer.Diagnostic{Span: span, Message: forever, Remedy: "max_requests = 1000\nmax_requests_jitter = 100\n"}
}

func restart(edit analyzer.TextEdit) analyzer.SuggestedFix {
	return analyzer.SuggestedFix{
		Message: "Restart each worker after 1,000 requests",
		Kind:    analyzer.UnsafeFix,
		Check:   "May a worker be restarted at any time between two requests, without what it keeps?",
		Edits:   []analyzer.TextEdit{edit},
	}
}
