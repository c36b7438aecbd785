// Package locmemcache reports the local-memory cache in production's settings.
package locmemcache

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

// Rule reports a cache in the memory of each process where production's settings are.
var Rule = &analyzer.Rule{
	Name:       "locmem-cache",
	Doc:        doc,
	Severity:   analyzer.Low,
	Confidence: analyzer.HighConfidence,
	Fix:        analyzer.NoFix,
	Status:     analyzer.Stable,
	Files:      selection.Settings | selection.Deployment,
	Triggers:   []string{settings.LocMemCache, "locmem"},
	Project:    true,
	Run:        run,
}

func run(pass *analyzer.Pass) {
	file := pass.Settings
	if file.Role != settings.Production {
		return
	}
	for _, cache := range file.Caches() {
		if cache.Backend.Value.Text == settings.LocMemCache && !isDeliberate(file, cache.Alias) {
			report(pass, cache.Backend, cache.Alias != "default" || cache.Backend.Value.FromEnv, "The cache `"+cache.Alias+"`",
				"\"BACKEND\": \"django.core.cache.backends.redis.RedisCache\",\n\"LOCATION\": os.environ[\"REDIS_URL\"],\n\"TIMEOUT\": 300,\n")
		}
	}
	if file.Format == settings.Python {
		return
	}
	for _, setting := range file.Decided("CACHE_URL") {
		if scheme, _, ok := strings.Cut(setting.Value.Text, "://"); ok && isLocMem[scheme] {
			report(pass, setting, false, "The cache of `CACHE_URL`", file.Write("CACHE_URL", "rediscache://redis:6379/1?timeout=300"))
		}
	}
}

// dummyCache keeps nothing.
const dummyCache = "django.core.cache.backends.dummy.DummyCache"

// isDeliberate reports whether a cache is one that somebody has sized, or one beside a shared cache that is kept near on purpose.
func isDeliberate(file *settings.File, alias string) bool {
	if _, sized := file.At("CACHES", alias, "OPTIONS", "MAX_ENTRIES"); sized {
		return true
	}
	return slices.ContainsFunc(file.Keys("CACHES"), func(other string) bool {
		if other == alias {
			return false
		}
		backend, known := file.At("CACHES", other, "BACKEND")
		return !known || backend.Value.Text != settings.LocMemCache && backend.Value.Text != dummyCache
	})
}

// isLocMem has the schemes of django-environ and of django-cache-url.
var isLocMem = map[string]bool{"locmemcache": true, "locmem": true}

// report tells of a cache, in preview of one that may not be what all is kept in: one beside the default is often kept near on
// purpose, and where the environment names the backend production may name another.
func report(pass *analyzer.Pass, setting settings.Setting, preview bool, cache, remedy string) {
	pass.Report(analyzer.Diagnostic{
		Span:       setting.Value.Span,
		Message:    cache + " is in the memory of each process: every worker fills its own, up to MAX_ENTRIES entries of any size",
		Remedy:     remedy,
		Preview:    preview,
		Confidence: pass.ConfidenceIn(setting, analyzer.HighConfidence),
	})
}
