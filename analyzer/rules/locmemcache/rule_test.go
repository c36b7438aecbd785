package locmemcache_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/rules/locmemcache"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, locmemcache.Rule)
}

func TestEnvironment(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		path, text string
		want       []string
	}{
		{".env.production", "CACHE_URL=locmemcache://\n", []string{"high"}},
		{".env.production", "CACHE_URL=locmem://snowflake\n", []string{"high"}},
		{".env.production", "CACHE_URL=redis://redis:6379/1\n", nil},
		{".env.production", "SHOP_CACHE=locmemcache\n", nil},
		{".env", "CACHE_URL=locmemcache://\n", []string{"low"}},
		{".env.test", "CACHE_URL=locmemcache://\n", nil},
		{"shop/settings.py", "CACHES = {'default': {'BACKEND': 'django.core.cache.backends.locmem.LocMemCache'}}\n", []string{"high"}},
		{"shop/settings.py", "CACHES = {'default': {'BACKEND': 'django.core.cache.backends.locmem.LocMemCache', 'OPTIONS': {'MAX_ENTRIES': 200}}}\n", nil},
		{"shop/settings.py", "CACHES = {'default': config('CACHE_URL'), 'near': {'BACKEND': 'django.core.cache.backends.locmem.LocMemCache'}}\n", nil},
		{"shop/settings.py", "CACHES = {'sessions': {'BACKEND': 'django.core.cache.backends.locmem.LocMemCache'}}\n", []string{"high"}},
		{"shop/settings.py", "CACHES = {'default': {'BACKEND': 'django.core.cache.backends.locmem.LocMemCache'}, 'redis': {'BACKEND': 'django_redis.cache.RedisCache'}}\n", nil},
		{"shop/settings.py", "CACHES = {'default': {'BACKEND': 'django.core.cache.backends.locmem.LocMemCache'}, 'none': {'BACKEND': 'django.core.cache.backends.dummy.DummyCache'}}\n", []string{"high"}},
		{"shop/settings/base.py", "CACHES = {'default': {'BACKEND': 'django.core.cache.backends.locmem.LocMemCache'}}\n", []string{"low"}},
		{"values.yaml", "env:\n  CACHE_URL: locmemcache://\n", []string{"low"}},
	} {
		a := &analyzer.Analyzer{Rules: []*analyzer.Rule{locmemcache.Rule}}
		result := a.Tree(t.Context(), []string{test.path}, func(string) ([]byte, error) { return []byte(test.text), nil })
		var got []string
		for _, f := range result.Files[0].Findings {
			got = append(got, f.Confidence.String())
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s: confidences (-want +got):\n%s", test.path, diff)
		}
	}
}
