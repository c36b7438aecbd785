package rediscacheoptions_test

import (
	"strings"
	"testing"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/project"
	"github.com/djleak/djleak/analyzer/release"
	"github.com/djleak/djleak/analyzer/rules/rediscacheoptions"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, rediscacheoptions.Rule)
}

// TestElsewhere holds that caches which production has from another module count for little.
func TestElsewhere(t *testing.T) {
	t.Parallel()
	const caches = "CACHES = {'default': {'BACKEND': 'django.core.cache.backends.redis.RedisCache', 'OPTIONS': {'MAX_CONNECTIONS': 50}}}\n"
	a := &analyzer.Analyzer{
		Rules:   []*analyzer.Rule{rediscacheoptions.Rule},
		Project: &project.Facts{Production: []project.ProductionSetting{{Name: "CACHES", Folder: "shop"}}},
	}
	for path, want := range map[string]analyzer.Confidence{
		"shop/settings.py":      analyzer.LowConfidence,
		"shop/settings_prod.py": analyzer.HighConfidence,
		"club/settings.py":      analyzer.HighConfidence,
	} {
		result := a.Tree(t.Context(), []string{path}, func(string) ([]byte, error) { return []byte(caches), nil })
		if findings := result.Files[0].Findings; len(findings) != 1 || findings[0].Confidence != want {
			t.Errorf("%s: %v, want one finding of %s confidence", path, findings, want)
		}
	}
}

// TestRole holds that settings for developers, and those that are a template or an example, are told of in preview.
func TestRole(t *testing.T) {
	t.Parallel()
	const caches = "CACHES = {'default': {'BACKEND': 'django.core.cache.backends.redis.RedisCache', 'OPTIONS': {'MAX_CONNECTIONS': 50}}}\n"
	a := &analyzer.Analyzer{Rules: []*analyzer.Rule{rediscacheoptions.Rule}}
	for path, preview := range map[string]bool{"shop/settings.py": false, "shop/settings_template.py": true, "shop/settings/dev.py": true, "docs/live.py": true, "shop/live.py": false} {
		result := a.Tree(t.Context(), []string{path}, func(string) ([]byte, error) { return []byte(caches), nil })
		if findings := result.Files[0].Findings; len(findings) != 1 || findings[0].Preview != preview {
			t.Errorf("%s: %v, want one finding, in preview: %t", path, findings, preview)
		}
	}
}

func TestURL(t *testing.T) {
	t.Parallel()
	without := &project.Facts{Requirements: true}
	with := &project.Facts{Requirements: true, Packages: []string{"django-redis"}}
	const url = "CACHE_URL=redis://:secret@redis:6379/1?client_class=django_redis.client.DefaultClient\n"
	for _, test := range []struct {
		path, text, want string
		facts            *project.Facts
	}{
		{".env.production", url, "high", without},
		{".env.production", url, "low", nil},
		{".env.production", url, "", with},
		{".env", url, "low", without},
		// Before Django 4.0 it is never Django's own backend.
		{".env.production", url, "", &project.Facts{Requirements: true, Django: release.Limit{Major: 4}}},
		{"values.yaml", "env:\n  SHOP_CACHE_URL: rediss://redis:6379/1?timeout=300&MAX_ENTRIES=500\n", "medium", without},
		{".env.production", "CACHE_URL=redis://redis:6379/1?timeout=300&max_connections=50\n", "", without},
		{".env.production", "CACHE_URL=pymemcache://memcached:11211?max_entries=500\n", "", without},
		{".env.production", "CELERY_URL=redis://redis:6379/1?client_class=a.B\n", "", without},
	} {
		a := &analyzer.Analyzer{Rules: []*analyzer.Rule{rediscacheoptions.Rule}, Project: test.facts}
		result := a.Tree(t.Context(), []string{test.path}, func(string) ([]byte, error) { return []byte(test.text), nil })
		got := ""
		for _, f := range result.Files[0].Findings {
			got += f.Confidence.String()
			if strings.Contains(f.Message+f.Remedy, "secret") {
				t.Errorf("a password is repeated: %s\n%s", f.Message, f.Remedy)
			}
		}
		if got != test.want {
			t.Errorf("confidence = %q, want %q in %s with %v:\n%s", got, test.want, test.path, test.facts, test.text)
		}
	}
}
