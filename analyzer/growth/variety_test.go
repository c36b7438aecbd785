package growth_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/growth"
	"github.com/djleak/djleak/analyzer/python"
)

func TestVarietyOf(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		code string
		want growth.Variety
	}{
		"elements of a list":          {"for a in ['x', 'y']: show(a)", growth.Few},
		"elements of a tuple":         {"for a in ('x', 'y'): show(a)", growth.Few},
		"elements of a set":           {"for a in {'x', 'y'}: show(a)", growth.Few},
		"keys of a dict":              {"for a in {'x': 1}: show(a)", growth.Few},
		"keys of a dict, asked for":   {"for a in {'x': 1}.keys(): show(a)", growth.Few},
		"sorted elements":             {"for a in sorted(['x', 'y']): show(a)", growth.Few},
		"rows":                        {"from shop.models import User\nfor a in User.objects.all(): show(a)", growth.Many},
		"models":                      {"for a in apps.get_models(): show(a)", growth.Few},
		"a setting's elements":        {"from django.conf import settings\nfor a in settings.LANGUAGES: show(a)", growth.Few},
		"a model's fields":            {"for a in meta.fields: show(a)", growth.Few},
		"elements of nobody knows":    {"for a in things: show(a)", growth.Unknown},
		"a parameter that is a class": {"def f(a: type[int]): show(a)", growth.Few},
		"a parameter that is true":    {"def f(a: bool): show(a)", growth.Few},
		"a request":                   {"from django.http import HttpRequest\ndef f(a: HttpRequest): show(a)", growth.Many},
		"a parameter that is a list":  {"def f(a: list[int]): show(a)", growth.Unknown},
		"what a request asks for":     {"def f(request): show(request.GET['x'])", growth.Many},
		"by the name of a key":        {"def f(kwargs): show(kwargs['pk'])", growth.Many},
		"a word":                      {"def f(a_word): show(a_word)", growth.Many},
		"a keyword":                   {"def f(keyword): show(keyword)", growth.Unknown},
		"by the name of an attribute": {"def f(a): show(getattr(a, 'pk'))", growth.Many},
		"by the name asked for":       {"def f(a): show(a.get('pk'))", growth.Many},
		"under a key nobody knows":    {"def f(a, b): show(a[b])", growth.Unknown},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := view(t, test.code)
			for _, call := range f.Calls {
				if callee, ok := call.Func.(*python.Name); !ok || callee.Id != "show" {
					continue
				}
				if got := growth.VarietyOf(f, call.Args[0]); got != test.want {
					t.Errorf("VarietyOf = %d, want %d in\n%s", got, test.want, test.code)
				}
			}
		})
	}
}
