package rediscacheoptions

import (
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/python"
	"github.com/djleak/djleak/analyzer/settings"
)

// foreign are options of other backends that the core backend's redis-py refuses, in whatever case they are written.
var foreign = map[string]bool{
	"client_class": true, "max_entries": true, "cull_frequency": true, "connection_pool_kwargs": true,
	"connection_factory": true, "compressor": true, "ignore_exceptions": true,
}

// urls reports such options in a CACHE_URL: django-environ takes django-redis' backend where that package is installed, and
// Django's own where it is not.
func urls(pass *analyzer.Pass) {
	// Before Django 4.0 such a URL never means Django's own backend, which is new there:
	// https://docs.djangoproject.com/en/5.2/releases/4.0/#redis-cache-backend
	if pass.Project.Uses("django-redis") || pass.Django().Before(4, 0) {
		return
	}
	for _, setting := range pass.Settings.Settings {
		if setting.Guarded || !strings.HasSuffix(setting.Name, "CACHE_URL") || setting.Value.Kind != settings.Text {
			continue
		}
		scheme, rest, _ := strings.Cut(setting.Value.Text, "://")
		_, query, _ := strings.Cut(rest, "?")
		switch scheme {
		case "redis", "rediss", "rediscache", "valkey", "valkeys":
			for parameter := range strings.SplitSeq(query, "&") {
				if name, _, _ := strings.Cut(parameter, "="); foreign[strings.ToLower(name)] {
					pass.Report(diagnoseURL(pass, setting, name))
				}
			}
		}
	}
}

func diagnoseURL(pass *analyzer.Pass, setting settings.Setting, name string) analyzer.Diagnostic {
	span := setting.Value.Span
	if i := strings.Index(pass.Source[span.Start:span.End], name); i >= 0 {
		span = python.Span{Start: span.Start + int32(i), End: span.Start + int32(i+len(name))}
	}
	url, _, _ := strings.Cut(setting.Value.Text, "?")
	if _, location, ok := strings.Cut(url, "@"); ok {
		// What stands in front of it may be a password.
		url = "redis://" + location
	}
	most := analyzer.HighConfidence
	if !pass.Project.Lacks("django-redis") {
		most = analyzer.LowConfidence
	}
	return analyzer.Diagnostic{
		Span: span,
		Message: "`" + name + "` is no option of Django's own RedisCache, which `" + setting.Name + "` means where django-redis is not installed: " +
			"redis-py raises TypeError at the first use of the cache",
		Remedy:     pass.Settings.Write(setting.Name, url+"?timeout=300"),
		Confidence: pass.ConfidenceIn(setting, most),
	}
}
