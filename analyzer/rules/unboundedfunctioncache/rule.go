// Package unboundedfunctioncache reports functools caches without a bound on functions whose arguments never end.
package unboundedfunctioncache

import (
	_ "embed"
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/growth"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

//go:embed doc.md
var doc string

// Rule reports @cache and @lru_cache(maxsize=None) on a function with parameters.
var Rule = &analyzer.Rule{
	Name:       "unbounded-function-cache",
	Doc:        doc,
	Severity:   analyzer.Medium,
	Confidence: analyzer.MediumConfidence,
	Fix:        analyzer.UnsafeFix,
	Status:     analyzer.Preview,
	Triggers:   []string{"cache", "memoize"},
	Run:        run,
}

func run(pass *analyzer.Pass) {
	for _, fn := range pass.Functions {
		if fn.Parent != nil || pass.Context(fn) == django.CommandContext || pass.KeepsObjects(fn) != "" || pass.CacheCleared(fn) {
			continue
		}
		for _, decorator := range fn.Decorators {
			if cache, ok := pass.FunctoolsCache(decorator); ok && !cache.Bounded {
				check(pass, fn, decorator, cache)
			}
		}
	}
}

func check(pass *analyzer.Pass, fn *names.Function, decorator python.Expr, cache django.FunctoolsCache) {
	various, variety := mostVarious(pass, fn)
	if variety == growth.Few {
		return
	}
	d := analyzer.Diagnostic{
		Span:    decorator.Range(),
		Message: "`" + cache.Name + "` on " + fn.QualifiedName + " keeps one result for each `" + various + "`, without a bound",
		Remedy:  "@lru_cache(maxsize=1024)\ndef " + fn.Name + "(...):\n    ...\n",
	}
	if variety != growth.Many {
		low := analyzer.LowConfidence
		d.Confidence = &low
	}
	if fix, ok := bound(pass, decorator, cache); ok {
		d.Fixes = []analyzer.SuggestedFix{fix}
	}
	pass.Report(d)
}

// mostVarious returns the parameter that takes the most values, and its variety.
func mostVarious(pass *analyzer.Pass, fn *names.Function) (string, growth.Variety) {
	params := fn.Params()
	if fn.Self() != "" {
		params = params[1:]
	}
	name, most := "", growth.Few
	for _, param := range params {
		if variety := growth.VarietyOfParam(pass.File, param); variety > most {
			name, most = param.Name, variety
		}
	}
	return name, most
}

// bound gives the cache a size: it edits a literal None, or replaces cache by lru_cache.
func bound(pass *analyzer.Pass, decorator python.Expr, cache django.FunctoolsCache) (analyzer.SuggestedFix, bool) {
	fix := analyzer.SuggestedFix{
		Message: "Keep the latest 1024 results",
		Kind:    analyzer.UnsafeFix,
		Check:   "May a result be computed again, and are 1024 of them enough?",
	}
	if cache.Own {
		return fix, false
	}
	if cache.MaxSize != nil {
		fix.Edits = []analyzer.TextEdit{analyzer.Replace(cache.MaxSize, "1024")}
		return fix, pass.Text(cache.MaxSize) == "None"
	}
	switch d := decorator.(type) {
	case *python.Attribute:
		module, _, _ := strings.Cut(pass.Text(d), ".")
		fix.Edits = []analyzer.TextEdit{analyzer.Replace(d, module+".lru_cache(maxsize=1024)")}
		return fix, true
	case *python.Name:
		name, edits, ok := pass.Import("functools", "lru_cache")
		fix.Edits = slices.Concat(edits, []analyzer.TextEdit{analyzer.Replace(d, name+"(maxsize=1024)")})
		return fix, ok
	}
	return fix, false
}
