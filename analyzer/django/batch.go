package django

import (
	"path"
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/pattern"
	"github.com/djleak/djleak/analyzer/python"
)

// Batch reports whether a node is evaluated in code that works through data by itself: in a command, a task or a
// migration, in a module that holds tasks, in a function that is named after such work, or in one that only such code
// of the same file calls.
func (f *File) Batch(node python.Node) bool {
	fn := f.FunctionAt(node)
	if fn == nil {
		return f.ContextAt(node).Batch()
	}
	// A command's method that adds arguments says what there is to choose from; one that takes a request answers it.
	return f.worksByItself(fn) && fn.Name != "add_arguments" && (f.Context(fn) != CommandContext || !takesRequest(fn))
}

// worksByItself reports whether a function works on whole tables by itself: a command, a task, or what nothing but such call.
func (f *File) worksByItself(fn *names.Function) bool {
	return once(f.rows.batch, fn, false, func() bool {
		switch context := f.Context(fn); {
		case context.Batch():
			return true
		case context != OtherContext:
			return false
		}
		if isBatchModule(f.Path) || f.isRunScript() || batchName.MatchString(fn.Name) && !getter.MatchString(fn.Name) || fn.Class != nil && batchClass.MatchString(fn.Class.Name) {
			return true
		}
		callers := f.callers(fn)
		return len(callers) > 0 && !slices.ContainsFunc(callers, func(caller *names.Function) bool {
			return caller == nil || !f.worksByItself(caller)
		})
	})
}

// batchModules are the names of modules and packages that hold nothing but tasks, jobs and scripts.
var batchModules = map[string]bool{
	"tasks": true, "jobs": true, "cron": true, "crons": true, "cronjobs": true, "celery_tasks": true,
	"periodic_tasks": true, "background_tasks": true, "management": true, "data_migrations": true, "importers": true,
	"exporters": true, "etl": true,
}

// batchName and batchClass match names that are given to nothing but work on whole tables, unless getter matches too.
var (
	batchName = pattern.New(`(^|_)(purge|prune|reindex|rebuild|backfill|recalculate|recompute|migrate|export|dump|nightly|daily|hourly|weekly|monthly)(_|$)|` +
		`(^|_)(update|refresh|process|send|sync|index|delete|notify|import)_all(_|$)|(^|_)(delete|remove|clear)_(old|expired|stale|orphan\w*|unused)(_|$)`)
	getter     = pattern.New(`^_*(get|is|has|can|should|count)_`)
	batchClass = pattern.New(`(Exporter|Importer|Cleaner|Cycler|Reindexer|Migrator|CronJob)$`)
)

// isRunScript reports whether the file is a script to be run in the project: one in the repository's folder of scripts, or
// one with a run() as runscript of django-extensions asks for.
func (f *File) isRunScript() bool {
	folder, below, ok := strings.Cut(f.Path, "scripts/")
	return ok && (folder == "" || strings.HasSuffix(folder, "/") && !strings.Contains(below, "/") && f.Module.Lookup("run") != nil)
}

// isBatchModule reports whether a module is there for work in the background, by the names on its path.
func isBatchModule(file string) bool {
	stem := strings.TrimSuffix(path.Base(file), ".py")
	if batchModules[stem] || strings.HasSuffix(stem, "_tasks") || strings.HasSuffix(stem, "_cron") {
		return true
	}
	batch := false
	for folder := range strings.SplitSeq(path.Dir(file), "/") {
		switch folder {
		case "models", "views", "api", "serializers", "forms", "admin":
			batch = false
		default:
			batch = batch || batchModules[folder]
		}
	}
	return batch
}

// callers returns the functions of this file that call a function, nil among them for the module's own level.
func (f *File) callers(fn *names.Function) []*names.Function {
	if f.rows.callers == nil {
		f.rows.callers = make(map[*names.Function][]*names.Function)
		for _, call := range f.Calls {
			callee := f.ownMethod(call)
			if callee == nil {
				callee = f.LocalFunction(f.Qualified(call.Func))
			}
			if callee != nil {
				f.rows.callers[callee] = append(f.rows.callers[callee], f.FunctionAt(call))
			}
		}
	}
	return f.rows.callers[fn]
}
