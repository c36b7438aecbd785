// Package celerynorecycle reports Celery workers whose processes live until the next deployment.
package celerynorecycle

import (
	_ "embed"
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/selection"
	"github.com/djleak/djleak/analyzer/settings"
)

//go:embed doc.md
var doc string

// Rule reports Celery with neither of its two limits on a worker's child processes.
var Rule = &analyzer.Rule{
	Name:       "celery-no-recycle",
	Doc:        doc,
	Severity:   analyzer.Low,
	Confidence: analyzer.MediumConfidence,
	Fix:        analyzer.NoFix,
	Status:     analyzer.Preview,
	Files:      selection.Settings | selection.Deployment,
	Triggers:   []string{"celery", "CELERY", "broker_url"},
	Project:    true,
	Run:        run,
}

const message = "Celery's worker processes are never replaced: what one large task took stays until the next deployment"

func run(pass *analyzer.Pass) {
	file := pass.Settings
	if file.Role != settings.Production || slices.Contains(file.Recycles(), "celery") || pass.Project.Recycles("celery") || hasNoChildren(file) {
		return
	}
	// The environment says where the broker is, not how workers run: only a module of settings is told by it.
	if brokers := file.Celery("broker_url"); len(brokers) > 0 && file.Format == settings.Python && names(brokers[0].Value) {
		option := "worker_max_tasks_per_child = 200\n"
		if strings.HasPrefix(brokers[0].Name, "CELERY_") {
			option = "CELERY_WORKER_MAX_TASKS_PER_CHILD = 200\n"
		}
		pass.Report(analyzer.Diagnostic{
			Span: brokers[0].Span, Message: message, Remedy: option, Confidence: pass.ConfidenceIn(brokers[0], analyzer.MediumConfidence),
		})
		return
	}
	for _, command := range file.Commands {
		if command.Program != "celery" || !command.Has("worker") || command.Open() {
			continue
		}
		if pool, ok := command.Flag("-P", "--pool"); ok && !forks(pool.Text) {
			continue
		}
		pass.Report(analyzer.Diagnostic{
			Span: command.Span, Message: message, Remedy: "--max-tasks-per-child 200\n",
			Confidence: pass.ConfidenceIn(settings.Setting{Span: command.Span}, analyzer.MediumConfidence),
		})
		return // One script may start a worker for each queue.
	}
}

// names reports whether a setting names a broker: an empty text is for somebody else to fill in.
func names(broker settings.Value) bool { return broker.Kind != settings.Text || broker.Text != "" }

// forks reports whether a pool has child processes that could be replaced.
func forks(pool string) bool { return pool == "" || pool == "prefork" || pool == "processes" }

// hasNoChildren reports whether the file sets up a pool of threads or greenlets.
func hasNoChildren(file *settings.File) bool {
	return slices.ContainsFunc(file.Celery("worker_pool"), func(s settings.Setting) bool { return !forks(s.Value.Text) })
}
