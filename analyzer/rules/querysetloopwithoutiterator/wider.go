package querysetloopwithoutiterator

import (
	"slices"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/pattern"
	"github.com/djleak/djleak/analyzer/python"
)

// weighWider returns the weight of a loop that is told of in preview alone, since it may well meet many rows on one of the ways through
// the code, although what is sure of it says nothing; or nil.
func weighWider(pass *analyzer.Pass, w *walk) *weight {
	if !pass.OnlyUse(w.iterable) && !pass.WalkedAlone(w.iterable) || pass.DevelopersTool(w.loop) || pass.Reverses(w.loop) || pass.InScripts() {
		return nil
	}
	ways := w.qs.Ways()
	asksForPart := slices.ContainsFunc(ways, isFiltered) && !slices.ContainsFunc(ways, picksByName)
	for _, qs := range ways {
		way := *w
		way.qs = qs.Including()
		if meetsMany(pass, &way) || asksForPart && isWhole(pass, &way) || expectsMany(pass, &way) {
			return &weight{severity: analyzer.Low, confidence: analyzer.MediumConfidence, preview: true}
		}
	}
	return nil
}

// meetsMany reports whether a loop is likely to meet many rows: all of a table, or what most rows have in common, of what use brings in.
func meetsMany(pass *analyzer.Pass, w *walk) bool {
	if pass.Extent(w.qs) != django.Whole || w.qs.Given || pass.Narrowed(w.qs) || wipes(w) || !worksThrough(pass, w) {
		return false
	}
	whole := !isFiltered(w.qs) && !w.qs.Has("exclude")
	grows := pass.GrowsWithUse(w.qs) || isLong(pass, w) && (whole || w.wrapped && announcesTotal(pass, w)) || isIndexed(pass, w)
	if !w.qs.Plain() {
		return grows && isWorthIt(pass, w)
	}
	// Of single values that are only walked through, the list is all that weighs.
	return grows && len(w.body) > 0 && !onlyTells(w.body) && !pass.KeepsEachRow(w.qs, w.loop, w.target, w.body)
}

// isWhole reports whether a loop in a command or a task works through all of a table of which nobody knows how large it is.
func isWhole(pass *analyzer.Pass, w *walk) bool {
	if w.qs.Given || w.qs.Plain() || isFiltered(w.qs) || w.qs.Has("exclude") || pass.Extent(w.qs) != django.Whole {
		return false
	}
	return pass.Batch(w.loop) && mayBeLong(pass, w) && isWorthIt(pass, w) && !onlyTells(w.body) && !isListed(pass, w)
}

// expectsMany reports whether one object is likely to have many rows in a command or a task: it is a container of them, or whoever wrote the
// loop expected many, in that a bar shows how far it has come, it takes them in pieces, it tells of every so many of them, or it leaves out
// the columns that weigh most.
func expectsMany(pass *analyzer.Pass, w *walk) bool {
	if pass.Extent(w.qs) != django.OfOne || w.qs.Related && !asksAnew(w.qs) || pass.Scale(w.qs) == django.Configured || pass.Narrowed(w.qs) {
		return false
	}
	many := pass.FillsContainer(w.qs) || w.qs.Has("defer") || isPaced(pass, w) || tellsProgress(pass, w.body)
	return many && pass.Batch(w.loop) && isWorthIt(pass, w) && !onlyTells(w.body) && !wipes(w)
}

// isPaced reports whether a loop's rows come through what nobody puts around few of them: tqdm(rows), batched(rows, 500).
func isPaced(pass *analyzer.Pass, w *walk) bool {
	call, ok := pass.Parent(w.iterable).(*python.Call)
	return ok && w.wrapped && pass.Builtin(call.Func) == ""
}

func isFiltered(qs *django.QuerySet) bool { return qs.Has("filter") }

// picksByName reports whether a QuerySet asks for rows by what people call them, as one does who knows them all: filter(slug=slug).
func picksByName(qs *django.QuerySet) bool {
	return qs.Bounded() || slices.ContainsFunc(qs.Steps, func(step django.Step) bool {
		return step.Method == "filter" && slices.ContainsFunc(step.Call.Keywords, func(k *python.Keyword) bool { return called.MatchString(k.Name) })
	})
}

// worksThrough reports whether a loop stands in code that works through data by itself, as far as names tell.
func worksThrough(pass *analyzer.Pass, w *walk) bool {
	if pass.Batch(w.loop) {
		return true
	}
	fn := pass.FunctionAt(w.loop)
	if fn == nil || w.body == nil || pass.ContextAt(w.loop) != django.OtherContext {
		return false
	}
	return tidies.MatchString(fn.Name) || isIndexed(pass, w) || writesTable.MatchString(fn.Name) && isLong(pass, w)
}

// isIndexed reports whether a function puts a table into a search engine, as one does with those that are long to search.
func isIndexed(pass *analyzer.Pass, w *walk) bool {
	fn := pass.FunctionAt(w.loop)
	return fn != nil && indexes.MatchString(fn.Name) && mayBeLong(pass, w)
}

var (
	// called matches look-ups by what people call a row.
	called = pattern.New(`(^|_)(\w*name|code|slug|key|title|uuid|number|host|email|domain)(__(in|i?exact|i?contains|i?startswith))?$`)
	// tidies matches the names of functions that go through what has grown old.
	tidies = pattern.New(`(^|_)(clean_?up|close|expire|archive)_(\w+_)?(old|expired|stale|orphan\w*|unused|deleted|inactive)(_|$)`)
	// indexes matches the names of those that fill the index of a search engine.
	indexes = pattern.New(`(^|_)re_?index(_|$)|^index_\w+s$|(^|_)(build|rebuild|update|populate|fill|sync)_(\w+_)?index(es)?$`)
	// writesTable matches the names of those that write tables out or bring them up to date.
	writesTable = pattern.New(`(^|_)(csv|export|sync|resync|rebuild|refresh|update|generate|process)(_|$)`)
)
