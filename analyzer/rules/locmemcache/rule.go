// Package locmemcache reports the local-memory cache in production's settings.
package locmemcache

import (
	_ "embed"
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/pattern"
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
			report(pass, cache.Backend, cache.Alias != "default" || cache.Backend.Value.FromEnv, "The cache `"+cache.Alias+"`", shared(pass, cache.Alias))
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

// redisBackend returns the backend of a cache in Redis: Django's own, or, on a Django that has none, that of django-redis.
// Source: https://docs.djangoproject.com/en/5.2/releases/4.0/#redis-cache-backend
func redisBackend(pass *analyzer.Pass) string {
	if pass.Django().Before(4, 0) {
		return "django_redis.cache.RedisCache"
	}
	return "django.core.cache.backends.redis.RedisCache"
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

// kept are the keys of a cache that mean the same to every backend. What OPTIONS holds is the backend's own.
var kept = []string{"TIMEOUT", "KEY_PREFIX", "KEY_FUNCTION", "VERSION"}

// shared sets up Redis in the place of a cache, with what the project has set of it and of Redis.
func shared(pass *analyzer.Pass, alias string) string {
	var remedy strings.Builder
	remedy.WriteString("\"BACKEND\": \"" + redisBackend(pass) + "\",\n\"LOCATION\": " + location(pass.Settings, pass.Source) + ",\n")
	for _, key := range kept {
		if own, ok := pass.Settings.At("CACHES", alias, key); ok {
			span := own.Value.Span
			remedy.WriteString("\"" + key + "\": " + pass.Source[span.Start:span.End] + ",\n")
		}
	}
	return remedy.String()
}

var (
	redisSetting  = pattern.New(`^(\w+_)?REDIS(_\w+)?_(URL|URI|DSN|LOCATION)$`)
	redisVariable = pattern.New(`["']((?:\w+_)?REDIS(?:_\w+)?_(?:URL|URI|DSN))["']`)
)

// location is where the project's Redis is: a setting of the same file, or a variable that it reads from the environment.
func location(file *settings.File, source string) string {
	caches := file.Named("CACHES")
	for _, setting := range file.Settings {
		if redisSetting.MatchString(setting.Name) && !setting.Guarded && setting.Span.Start < caches[0].Span.Start {
			return setting.Name
		}
	}
	if variable := redisVariable.Regexp().FindStringSubmatch(source); variable != nil {
		return "os.environ[\"" + variable[1] + "\"]"
	}
	return "os.environ[\"REDIS_URL\"]"
}

// report tells of a cache, in preview of one that may not be what all is kept in: one beside the default is often kept near on
// purpose, where the environment names the backend production may name another, where nothing is shared through a cache, it may hold next to
// nothing, and a single process has no other's copy beside its own.
func report(pass *analyzer.Pass, setting settings.Setting, preview bool, cache, remedy string) {
	pass.Report(analyzer.Diagnostic{
		Span:       setting.Value.Span,
		Message:    cache + " is in the memory of each process: every worker fills its own, up to MAX_ENTRIES entries of any size",
		Remedy:     remedy,
		Preview:    preview || pass.Project.KeepsCacheApart() || pass.Project.OneProcess(),
		Confidence: pass.ConfidenceIn(setting, analyzer.HighConfidence),
	})
}
