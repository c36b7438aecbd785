// Package longrunningconnectionnotclosed reports endless loops that use the database and never let a dead connection go.
package longrunningconnectionnotclosed

import (
	_ "embed"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/python"
)

//go:embed doc.md
var doc string

// Rule reports a loop without an end that queries the database in a process that Django does not look after.
var Rule = &analyzer.Rule{
	Name:       "long-running-connection-not-closed",
	Doc:        doc,
	Severity:   analyzer.Low,
	Confidence: analyzer.MediumConfidence,
	Status:     analyzer.Preview,
	Triggers:   []string{"while ", ".listen(", ".consume(", "iter("},
	Project:    true,
	Run:        run,
}

func run(pass *analyzer.Pass) {
	if pass.ManagesConnections() {
		return
	}
	for _, fn := range pass.Functions {
		if pass.Context(fn) == django.RequestContext || fn.IsAsync {
			continue
		}
		for _, loop := range pass.EndlessLoops(fn) {
			if queries(pass, loop.Body) {
				pass.Report(analyzer.Diagnostic{
					Span:    loop.Head,
					Message: "The endless loop of " + fn.QualifiedName + " uses the database and never lets go of a connection that has died",
					Remedy:  remedy(pass),
				})
			}
		}
	}
}

// remedy lets go of what has died, or, on a Django that cannot tell, of the connection.
// Source: https://docs.djangoproject.com/en/5.2/releases/1.6/#persistent-database-connections
func remedy(pass *analyzer.Pass) string {
	if pass.Django().Before(1, 6) {
		return "from django.db import connection\n\nwhile True:\n    ...\n    connection.close()  # the next query connects anew\n"
	}
	return "from django.db import close_old_connections\n\nwhile True:\n    close_old_connections()\n    ...\n"
}

// queries reports whether a loop's body asks the database.
func queries(pass *analyzer.Pass, body []python.Stmt) bool {
	for node := range pass.WithinBlock(body) {
		if pass.UsesORM(node) {
			return true
		}
	}
	return false
}
