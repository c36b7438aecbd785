// Package cacheneverexpires reports cache entries that stay until somebody deletes them.
package cacheneverexpires

import (
	_ "embed"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/growth"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
	"github.com/djleak/djleak/analyzer/selection"
	"github.com/djleak/djleak/analyzer/settings"
)

//go:embed doc.md
var doc string

// Rule reports a TIMEOUT of None on a Redis cache, and a timeout of None for keys without an end.
var Rule = &analyzer.Rule{
	Name:       "cache-never-expires",
	Doc:        doc,
	Severity:   analyzer.Medium,
	Confidence: analyzer.MediumConfidence,
	Fix:        analyzer.UnsafeFix,
	Status:     analyzer.Preview,
	Files:      selection.Settings | selection.Code,
	Triggers:   []string{"TIMEOUT", "django.core.cache"},
	Project:    true,
	Run:        run,
}

func run(pass *analyzer.Pass) {
	if pass.Settings != nil && pass.Settings.Role == settings.Production {
		configured(pass)
	}
	if pass.Kind&selection.Code != 0 {
		written(pass)
	}
}

// configured reports Redis caches whose entries have no end by default. The other backends of Django count their entries
// and throw some away.
func configured(pass *analyzer.Pass) {
	for _, cache := range pass.Settings.Caches() {
		backend := strings.ToLower(cache.Backend.Value.Text)
		timeout, ok := pass.Settings.At("CACHES", cache.Alias, "TIMEOUT")
		if !ok || timeout.Value.Kind != settings.Null || !strings.Contains(backend, "redis") && !strings.Contains(backend, "valkey") {
			continue
		}
		d := analyzer.Diagnostic{
			Span: timeout.Value.Span,
			Message: "Entries of the cache `" + cache.Alias + "` never expire unless `set()` says when: the Redis server keeps them until its " +
				"memory is full",
			Remedy:     "\"TIMEOUT\": 86_400,\n",
			Confidence: pass.ConfidenceIn(timeout, analyzer.MediumConfidence),
		}
		if !timeout.Value.FromEnv {
			d.Fixes = []analyzer.SuggestedFix{expire(timeout.Value.Span, "86_400")}
		}
		pass.Report(d)
	}
}

func expire(timeout python.Span, seconds string) analyzer.SuggestedFix {
	return analyzer.SuggestedFix{
		Message: "Let entries expire after a day",
		Kind:    analyzer.UnsafeFix,
		Check:   "Does nothing rely on an entry that stays until it is deleted, and can each be made anew?",
		Edits:   []analyzer.TextEdit{{Span: timeout, NewText: seconds}},
	}
}

// setters are the methods of a cache that write one key, with the position of the timeout among their arguments.
var setters = map[string]int{
	"set": 2, "add": 2, "get_or_set": 2, "touch": 1,
	"aset": 2, "aadd": 2, "aget_or_set": 2, "atouch": 1,
}

// deleters are the methods of a cache that bound it: somebody who deletes keys has thought of their end.
var deleters = map[string]bool{
	"delete": true, "delete_many": true, "delete_pattern": true, "clear": true, "expire": true,
	"adelete": true, "adelete_many": true, "aclear": true,
}

// written reports entries that the code writes without an end, under keys of which requests or rows bring ever more.
func written(pass *analyzer.Pass) {
	var found []analyzer.Diagnostic
	for _, call := range pass.Calls {
		access, ok := call.Func.(*python.Attribute)
		if !ok || !isCache(pass, access.Value) {
			continue
		}
		if deleters[access.Attr] {
			return
		}
		if position, ok := setters[access.Attr]; ok {
			if timeout := never(call, position); timeout != nil && len(call.Args) > 0 &&
				growth.VarietyOf(pass.File, call.Args[0]) == growth.Many {
				found = append(found, diagnose(pass, call, access.Attr, timeout))
			}
		}
	}
	for _, d := range found {
		pass.Report(d)
	}
}

// isCache reports whether an expression is one of Django's caches: cache, or one of caches.
func isCache(pass *analyzer.Pass, expr python.Expr) bool {
	if pass.Qualified(expr) == "django.core.cache.cache" {
		return true
	}
	subscript, ok := pass.Deref(expr).(*python.Subscript)
	return ok && pass.Qualified(subscript.Value) == "django.core.cache.caches"
}

// never returns the timeout of a call that is None, or nil.
func never(call *python.Call, position int) python.Expr {
	var timeout python.Expr
	if keyword := names.Keyword(call, "timeout"); keyword != nil {
		timeout = keyword.Value
	} else if len(call.Args) > position {
		timeout = call.Args[position]
	}
	if constant, ok := timeout.(*python.Constant); ok && constant.Kind == python.None {
		return timeout
	}
	return nil
}

// longest is how long a key's text may be to stand in a message.
const longest = 60

func diagnose(pass *analyzer.Pass, call *python.Call, method string, timeout python.Expr) analyzer.Diagnostic {
	key := "each key"
	if text := pass.Text(pass.Deref(call.Args[0])); len(text) <= longest && !strings.ContainsAny(text, "\n`") {
		key = "every `" + text + "`"
	}
	return analyzer.Diagnostic{
		Span:    call.Range(),
		Message: "`" + method + "()` with a timeout of None keeps an entry for " + key + ": on Redis none of them expires",
		Fixes:   []analyzer.SuggestedFix{expire(timeout.Range(), "60 * 60 * 24")},
	}
}
