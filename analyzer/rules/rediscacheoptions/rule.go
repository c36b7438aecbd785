// Package rediscacheoptions reports options that Django's own Redis cache backend does not take.
package rediscacheoptions

import (
	_ "embed"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/python"
	"github.com/djleak/djleak/analyzer/selection"
	"github.com/djleak/djleak/analyzer/settings"
)

//go:embed doc.md
var doc string

// Rule reports upper-case OPTIONS of the cache backend django.core.cache.backends.redis.RedisCache.
var Rule = &analyzer.Rule{
	Name:       "redis-cache-options",
	Doc:        doc,
	Severity:   analyzer.High,
	Confidence: analyzer.HighConfidence,
	Fix:        analyzer.UnsafeFix,
	Status:     analyzer.Stable,
	Files:      selection.Settings | selection.Code | selection.Deployment,
	Triggers:   []string{coreBackend, "CACHE_URL"},
	Project:    true,
	Run:        run,
}

const (
	coreBackend        = "django.core.cache.backends.redis.RedisCache"
	djangoRedisBackend = "django_redis.cache.RedisCache"
	clientClass        = "CLIENT_CLASS"
)

func run(pass *analyzer.Pass) {
	if pass.Kind == selection.Deployment {
		urls(pass)
	}
	for _, dict := range pass.Dicts {
		backend, ok := value(dict, "BACKEND").(*python.Constant)
		if !ok {
			continue
		}
		if name, _ := backend.Str(); name != coreBackend {
			continue
		}
		options, ok := pass.Deref(value(dict, "OPTIONS")).(*python.Dict)
		if !ok {
			continue
		}
		for i, key := range options.Keys {
			// One backend takes them all: whoever changes to it is told once.
			if name, ok := refused(key); ok && (name == clientClass || !isDjangoRedis(options)) {
				pass.Report(diagnose(pass, backend, options, i, name))
			}
		}
	}
}

// value returns the value of a key of a dict display, or nil.
func value(dict *python.Dict, key string) python.Expr {
	for i, k := range dict.Keys {
		if constant, ok := k.(*python.Constant); ok {
			if text, _ := constant.Str(); text == key {
				return dict.Values[i]
			}
		}
	}
	return nil
}

// refused reports whether an option's key is one that the backend hands on to redis-py, which has no upper-case
// parameter: TypeError at first use.
func refused(key python.Expr) (name string, ok bool) {
	constant, ok := key.(*python.Constant)
	if !ok {
		return "", false
	}
	name, ok = constant.Str()
	return name, ok && name != "" && name == strings.ToUpper(name) && name != strings.ToLower(name)
}

func diagnose(pass *analyzer.Pass, backend *python.Constant, options *python.Dict, i int, name string) analyzer.Diagnostic {
	d := analyzer.Diagnostic{
		Span:    python.Span{Start: options.Keys[i].Range().Start, End: options.Values[i].Range().End},
		Message: "`" + name + "` is no option of Django's own RedisCache: redis-py raises TypeError at the first use of the cache",
	}
	if file := pass.Settings; file != nil {
		if pass.Project.SetInProduction("CACHES", file.Path) && !file.SaysProduction() {
			d.Confidence = new(analyzer.LowConfidence)
		}
	}
	// Whoever works with these settings has met the error, and nobody runs those of a template or of a folder of documents.
	d.Preview = settings.RoleOf(pass.Path) != settings.Production
	if isDjangoRedis(options) {
		d.Fixes = []analyzer.SuggestedFix{{
			Message: "Use django-redis' backend, whose options these are",
			Kind:    analyzer.UnsafeFix,
			Check:   "Is django-redis installed wherever these settings are used? Keys written by the other backend are not read.",
			Edits:   []analyzer.TextEdit{analyzer.Replace(backend, quoteLike(pass.Text(backend), djangoRedisBackend))},
		}}
		return d
	}
	d.Fixes = []analyzer.SuggestedFix{{
		Message: "Leave the option out; the Redis server bounds its memory by maxmemory and maxmemory-policy",
		Kind:    analyzer.UnsafeFix,
		Check:   "Does the Redis server have a maxmemory and an eviction policy, and do the keys have a TIMEOUT?",
		Edits:   []analyzer.TextEdit{removal(pass, options, i)},
	}}
	return d
}

// isDjangoRedis reports whether the options are meant for the package django-redis.
func isDjangoRedis(options *python.Dict) bool {
	client, ok := value(options, clientClass).(*python.Constant)
	if !ok {
		return false
	}
	name, _ := client.Str()
	return strings.HasPrefix(name, "django_redis.")
}

// quoteLike puts text into the quotes of a literal.
func quoteLike(literal, text string) string {
	quote := literal[len(literal)-1:]
	return quote + text + quote
}

// removal takes one key and its value out of a dict display.
func removal(pass *analyzer.Pass, dict *python.Dict, i int) analyzer.TextEdit {
	before := dict.Start + 1
	if i > 0 {
		before = dict.Values[i-1].Range().End
	}
	item := python.Span{Start: dict.Keys[i].Range().Start, End: dict.Values[i].Range().End}
	return pass.RemoveItem(item, before, dict.End)
}
