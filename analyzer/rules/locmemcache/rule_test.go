package locmemcache_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/project"
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

// TestShared holds that the cache is told of by default where several processes share something through it, or where no more
// than a part of the project is known.
func TestShared(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		facts   *project.Facts
		preview bool
	}{
		{nil, false},
		{&project.Facts{}, false},
		{&project.Facts{Requirements: true}, true},
		{&project.Facts{Requirements: true, SharesCache: true}, false},
		{&project.Facts{Requirements: true, SharesCache: true, Alone: true}, true},
	} {
		a := &analyzer.Analyzer{Rules: []*analyzer.Rule{locmemcache.Rule}, Project: test.facts}
		code := "CACHES = {'default': {'BACKEND': 'django.core.cache.backends.locmem.LocMemCache'}}\n"
		result := a.Tree(t.Context(), []string{"shop/settings.py"}, func(string) ([]byte, error) { return []byte(code), nil })
		if got := result.Files[0].Findings[0].Preview; got != test.preview {
			t.Errorf("Preview is %v with %+v", got, test.facts)
		}
	}
}

// TestRemedy holds that the remedy keeps what the project has set, of the cache and of Redis.
func TestRemedy(t *testing.T) {
	t.Parallel()
	const locmem = "'BACKEND': 'django.core.cache.backends.locmem.LocMemCache'"
	for _, test := range []struct{ code, want string }{
		{"CACHES = {'default': {" + locmem + "}}\n", "\"LOCATION\": os.environ[\"REDIS_URL\"],\n"},
		{
			"SHOP_REDIS_URL = f()\nCACHES = {'default': {" + locmem + ", 'LOCATION': 'shop', 'TIMEOUT': 60 * 60, 'KEY_PREFIX': 'shop'}}\n",
			"\"LOCATION\": SHOP_REDIS_URL,\n\"TIMEOUT\": 60 * 60,\n\"KEY_PREFIX\": 'shop',\n",
		},
		{
			"CACHES = {'default': {" + locmem + "}}\nREDIS_URL = env('SHOP_REDIS_URL')\n",
			"\"LOCATION\": os.environ[\"SHOP_REDIS_URL\"],\n",
		},
	} {
		a := &analyzer.Analyzer{Rules: []*analyzer.Rule{locmemcache.Rule}}
		result := a.Tree(t.Context(), []string{"shop/settings.py"}, func(string) ([]byte, error) { return []byte(test.code), nil })
		want := "\"BACKEND\": \"django.core.cache.backends.redis.RedisCache\",\n" + test.want
		if diff := cmp.Diff(want, result.Files[0].Findings[0].Remedy); diff != "" {
			t.Errorf("the remedy (-want +got):\n%s\n%s", diff, test.code)
		}
	}
}
