package cachedmethod_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/rules/cachedmethod"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, cachedmethod.Rule)
}

// TestRemedy holds that the value is kept where whoever calls the method still finds it.
func TestRemedy(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ code, want string }{
		{
			"class Report:\n    @property\n    @cache\n    def total(self):\n        return 1\n",
			"from django.utils.functional import cached_property\n\n@cached_property\ndef total(self):  # in place of both decorators\n    ...\n",
		},
		{
			"class Report:\n    @cache\n    def total(self):\n        return 1\n",
			"from django.utils.functional import cached_property\n\n@cached_property\ndef total(self):  # callers drop the parentheses\n    ...\n",
		},
		{
			"class Orders(ListView):\n    @cache\n    def get_queryset(self):\n        return 1\n",
			"if not hasattr(self, \"_cached_queryset\"):\n    self._cached_queryset = ...\nreturn self._cached_queryset\n",
		},
		{
			"class OrderMixin:\n    @cache\n    def get_object(self):\n        return 1\n",
			"if not hasattr(self, \"_cached_object\"):\n    self._cached_object = ...\nreturn self._cached_object\n",
		},
		{
			"class Report:\n    @cache\n    def _get_line(self, pk):\n        return 1\n",
			"if pk not in self._cached_line:  # a dict made in __init__\n    self._cached_line[pk] = ...\nreturn self._cached_line[pk]\n",
		},
		{
			"class Report:\n    @cache\n    def line(self, pk, lang=None):\n        return 1\n",
			"key = pk, lang\nif key not in self._cached_line:  # a dict made in __init__\n    self._cached_line[key] = ...\nreturn self._cached_line[key]\n",
		},
		{
			"@cache\ndef basket(request):\n    return 1\n",
			"if not hasattr(request, \"_cached_basket\"):\n    request._cached_basket = ...\nreturn request._cached_basket\n",
		},
	} {
		code := "from functools import cache\nfrom django.views.generic import ListView\n\n" + test.code
		a := &analyzer.Analyzer{Rules: []*analyzer.Rule{cachedmethod.Rule}}
		result := a.Tree(t.Context(), []string{"shop/app.py"}, func(string) ([]byte, error) { return []byte(code), nil })
		got := ""
		for _, f := range result.Files[0].Findings {
			got += f.Remedy
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("the remedy (-want +got):\n%s\n%s", diff, test.code)
		}
	}
}

// TestLevels holds how bad a cache is, and that what a cache of one or two entries keeps is told of in preview, and what another linter's comment
// excuses with a reason.
func TestLevels(t *testing.T) {
	t.Parallel()
	for method, want := range map[string]string{
		"class Report:\n    @cache\n    def total(self):":                                                         "high/high",
		"class BucketWriter:\n    @cache\n    def total(self):":                                                   "high/high/preview",
		"class Report:\n    @lru_cache(maxsize=1)\n    def total(self):":                                          "low/high/preview",
		"class Report:\n    @lru_cache(maxsize=2)\n    def total(self):":                                          "low/high/preview",
		"class Report:\n    @lru_cache(maxsize=3)\n    def total(self):":                                          "low/high",
		"class RegistryMixin:\n    @cache\n    def total(self):":                                                  "high/high/preview",
		"class Report:\n    @lru_cache(maxsize=1)\n    def total(self, tax):":                                     "low/high/preview",
		"@lru_cache(maxsize=1)\ndef total(request):":                                                              "low/high/preview",
		"@lru_cache(maxsize=3)\ndef total(request):":                                                              "low/high",
		"class Report:\n    @cache  # noqa: B019 - few reports\n    def total(self):":                             "high/high/preview",
		"class Report:\n    @cache  # NOQA:E501,b019 few reports\n    def total(self):":                           "high/high/preview",
		"class Report:\n    @lru_cache(  # noqa: B019 -- few\n        maxsize=None,\n    )\n    def total(self):": "high/high/preview",
		"class Report:\n    @cache  # noqa: B019\n    def total(self):":                                           "high/high",
		"class Report:\n    @cache  # noqa: B019, PLR0913  # type: ignore\n    def total(self):":                  "high/high",
		"class Report:\n    @cache  # noqa - few reports\n    def total(self):":                                   "high/high",
		"class Report:\n    @cache  # noqa: B0190 - few reports\n    def total(self):":                            "high/high",
		"class Report:\n    @cache\n    def total(self):  # noqa: B019 - few reports":                             "high/high",
	} {
		code := "from functools import cache, lru_cache\n\n\n" + method + "\n        return 1\n"
		if diff := cmp.Diff([]string{want}, ruletest.Levels(t, cachedmethod.Rule, code)); diff != "" {
			t.Errorf("levels (-want +got):\n%s\n%s", diff, code)
		}
	}
}

// TestCallers holds that a method which only a test, a command or a migration calls is told of in preview.
func TestCallers(t *testing.T) {
	t.Parallel()
	const call = "from shop.models import Report\n\ndef f():\n    Report().total()\n"
	for caller, want := range map[string]bool{
		"shop/tests.py": true, "shop/management/commands/count.py": true, "shop/migrations/0002_count.py": true, "shop/views.py": false,
	} {
		files := map[string]string{
			"manage.py": "", "shop/urls.py": "from shop.views import f\nf\n", "shop/wsgi.py": "",
			"shop/models.py": "from functools import cache\n\n\nclass Report:\n    @cache\n    def total(self):\n        return 1\n",
		}
		files[caller] = call
		read := func(path string) ([]byte, error) { return []byte(files[path]), nil }
		a := &analyzer.Analyzer{Rules: []*analyzer.Rule{cachedmethod.Rule}}
		a.Mentions = &analyzer.Mentions{Paths: slices.Sorted(maps.Keys(files)), Read: read}
		findings := a.Tree(t.Context(), []string{"shop/models.py"}, read).Files[0].Findings
		if len(findings) != 1 || findings[0].Preview != want {
			t.Errorf("called in %q: findings = %v, want one, in preview: %t", caller, findings, want)
		}
	}
}

// TestImports holds that the fix leaves no import behind that nothing uses, unless it would be all that it does elsewhere.
func TestImports(t *testing.T) {
	t.Parallel()
	const (
		before   = "\n\nclass Order(models.Model):\n    @property\n    @lru_cache(maxsize=None)\n    def total(self):\n        return 1\n"
		after    = "\n\nclass Order(models.Model):\n    @cached_property\n    def total(self):\n        return 1\n"
		models   = "from django.db import models\n"
		property = "from django.utils.functional import cached_property\n"
	)
	for _, test := range []struct{ name, imports, rest, want string }{
		{"the only name", "import re\nfrom functools import lru_cache\n\n" + models, "", "import re\n\n" + models + property},
		{"nothing else imported", "from functools import lru_cache\n", "", "\n" + property},
		{"the first name", "from functools import lru_cache, partial\n\n" + models, "", "from functools import partial\n\n" + models + property},
		{"the last name", "from functools import cache, lru_cache\n\n" + models, "", "from functools import cache\n\n" + models + property},
		{
			"a line of its own", "from functools import (\n    cache,\n    lru_cache,\n)\n\n" + models, "",
			"from functools import (\n    cache,\n)\n\n" + models + property,
		},
		{
			"used elsewhere", "from functools import lru_cache\n\n" + models, "\n\nother = lru_cache\n",
			"from functools import lru_cache\n\n" + models + property,
		},
		{
			"exported", "from functools import lru_cache\n\n" + models, "\n\n__all__ = [\"lru_cache\"]\n",
			"from functools import lru_cache\n\n" + models + property,
		},
		{
			"not exported", "from functools import lru_cache\n\n" + models, "\n\n__all__ = [\"Order\"]\n",
			"\n" + models + property,
		},
		{"no other edit", "from functools import lru_cache\n\n" + models + property, "", "from functools import lru_cache\n\n" + models + property},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got, _ := ruletest.Fix(t, cachedmethod.Rule, test.imports+before+test.rest)
			if diff := cmp.Diff(test.want+after+test.rest, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}
