package cachedmethod_test

import (
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
