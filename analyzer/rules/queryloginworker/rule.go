// Package queryloginworker reports endless loops that collect Django's query log when DEBUG is on.
package queryloginworker

import (
	_ "embed"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
)

//go:embed doc.md
var doc string

// Rule reports a loop without an end that queries the database and never empties the query log.
var Rule = &analyzer.Rule{
	Name:       "query-log-in-worker",
	Doc:        doc,
	Severity:   analyzer.Info,
	Confidence: analyzer.LowConfidence,
	Status:     analyzer.Preview,
	Triggers:   []string{"while ", ".listen(", ".consume(", "iter("},
	Run:        run,
}

func run(pass *analyzer.Pass) {
	for _, fn := range pass.Functions {
		if pass.Context(fn) == django.RequestContext || fn.IsAsync {
			continue
		}
		for _, loop := range pass.EndlessLoops(fn) {
			for node := range pass.WithinBlock(loop.Body) {
				if !pass.UsesORM(node) {
					continue
				}
				if strings.Contains(pass.Source, "reset_queries") || strings.Contains(pass.Source, "settings.DEBUG") {
					return
				}
				pass.Report(analyzer.Diagnostic{
					Span: loop.Head,
					Message: "With DEBUG on, the endless loop of " + fn.QualifiedName +
						" keeps the text of its last 9000 queries: nothing calls `reset_queries()`",
					Remedy: "from django.db import reset_queries\n\nwhile True:\n    reset_queries()  # Django does this before each request\n    ...\n",
				})
				break
			}
		}
	}
}
