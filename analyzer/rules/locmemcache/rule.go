// Package locmemcache reports the local-memory cache in production's settings.
package locmemcache

import (
	_ "embed"

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
	Files:      selection.Settings,
	Triggers:   []string{settings.LocMemCache},
	Run:        run,
}

func run(pass *analyzer.Pass) {
	if pass.Settings.Role != settings.Production {
		return
	}
	for _, cache := range pass.Settings.Caches() {
		if cache.Backend.Text == settings.LocMemCache && !cache.Guarded {
			pass.Report(analyzer.Diagnostic{
				Span: cache.Backend.Span,
				Message: "The cache `" + cache.Alias + "` is in the memory of each process: every worker fills its own, up to MAX_ENTRIES " +
					"entries of any size",
				Remedy: "\"BACKEND\": \"django.core.cache.backends.redis.RedisCache\",\n\"LOCATION\": os.environ[\"REDIS_URL\"],\n\"TIMEOUT\": 300,\n",
			})
		}
	}
}
