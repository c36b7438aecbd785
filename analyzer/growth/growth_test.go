package growth_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/growth"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

func view(t *testing.T, code string) *django.File {
	t.Helper()
	file := python.Parse(code)
	if len(file.Errors) > 0 {
		t.Fatalf("the case does not parse: %v\n%s", file.Errors, code)
	}
	return django.NewFile(names.Resolve(file), "shop/app.py")
}

func show(f *django.File, growing []growth.Growth) []string {
	var shown []string
	for _, g := range growing {
		variety := [...]string{growth.Few: "few", growth.Unknown: "unknown", growth.Many: "many"}[g.Variety]
		shown = append(shown, fmt.Sprintf("%s: %s", variety, growth.Kept(f, g.Use.Use, "call")))
	}
	return shown
}

// TestGrowing asks what bounds a container of a module that a function fills.
func TestGrowing(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, code string
		want       []string
	}{
		{"append", "X = []\ndef f(a):\n    X.append(a.b)", []string{"many: `a.b` of every call"}},
		{"append a constant", "X = []\ndef f():\n    X.append(1)", []string{"many: one entry of every call"}},
		{"sum of lists", "X = []\ndef f(a):\n    global X\n    X += g(a)", []string{"many: one entry of every call"}},
		{"insert once each", "X = []\ndef f(a):\n    if a.pk not in X:\n        X.append(a.pk)", []string{"many: `a.pk` of every call"}},
		{"insert a class once", "X = []\ndef f(a):\n    if a.__class__ not in X:\n        X.append(a.__class__)", nil},
		{"key of a row", "X = {}\ndef f(user):\n    X[user.pk] = 1", []string{"many: one entry for each `user.pk`"}},
		{"key through a name", "X = {}\ndef f(user):\n    key = f'a:{user.pk}'\n    X[key] = 1", []string{"many: one entry for each `key`"}},
		{"key of objects", "X = {}\ndef f(nodes):\n    key = tuple([id(node) for node in nodes])\n    X[key] = 1", []string{"many: one entry for each `key`"}},
		{"unknown key", "X = {}\ndef f(name):\n    X[name] = 1", []string{"unknown: one entry for each `name`"}},
		{"unknown key of a row", "X = {}\ndef f(name):\n    X[name] = User.objects.get(name=name)", []string{"many: one entry for each `name`"}},
		{"constant key", "X = {}\ndef f(a):\n    X['a'] = a", nil},
		{"constant key of a list", "X = {}\ndef f(a):\n    X['a'].append((a, 1))", []string{"many: one tuple of every call"}},
		{"two keys", "X = {}\ndef f(user):\n    X[user.pk]['name'] = user.name", []string{"many: one entry for each `'name'`"}},
		{"itself by a weak reference", "import weakref\nX = []\nclass A:\n    def __init__(self):\n        X.append(weakref.proxy(self))", []string{"unknown: one entry of every call"}},
		{"servers", "X = {}\ndef f(base_url):\n    X[base_url] = 1", nil},
		{"a new list inside", "X = {}\ndef f(user):\n    X['a'] = []\n    X['a'].append(user.pk)", nil},
		{"a value that grows", "X = {}\ndef f(user):\n    X[user.pk] = X[user.pk] + 1", nil},
		{"asked by a function", "X = []\ndef f(user):\n    if not found(X, user):\n        X.append(user.pk)", nil},
		{"a key that is there", "X = {}\ndef f(user):\n    if user.pk in X:\n        X[user.pk] = 1", nil},
		{"another key that is there", "X = {}\ndef f(user):\n    if user.name in X:\n        X[user.pk] = 1", []string{"many: one entry for each `user.pk`"}},
		{"a new container inside", "X = {}\ndef f(user):\n    X['a']['b'] = {}\n    X['a']['b'][user.pk] = 1", nil},
		{"a new container elsewhere", "X = {}\ndef f(user):\n    X['a']['c'] = {}\n    X['a']['b'][user.pk] = 1", []string{"many: one entry for each `user.pk`"}},
		{"model class", "X = {}\ndef f(model):\n    X[model] = 1", nil},
		{"flag", "X = {}\ndef f(a: bool):\n    X[a] = 1", nil},
		{"enumeration", "import enum\nclass E(enum.Enum): pass\nX = {}\ndef f(user: E):\n    X[user] = 1", nil},
		{"setting", "from django.conf import settings\nX = {}\ndef f():\n    X[settings.USER_ID] = 1", nil},
		{"loop over constants", "X = {}\ndef f(a):\n    for user in ('a', 'b'):\n        X[user] = a", nil},
		{"loop over rows", "X = {}\ndef f():\n    for a in Order.objects.all():\n        X[a] = 1", []string{"many: one entry for each `a`"}},
		{"code under a key", "X = {}\ndef g(): pass\ndef f(name):\n    X[name] = g", nil},
		{"imported under a key", "from importlib import import_module\nX = {}\ndef f(path):\n    X[path] = import_module(path)", nil},
		{"update with constants", "X = {}\ndef f(a):\n    X.update({'a': a})", nil},
		{"update with anything", "X = {}\ndef f(a):\n    X.update(a)", []string{"unknown: `a` of every call"}},
		{"pruned elsewhere", "X = {}\ndef f(user):\n    X[user.pk] = 1\ndef g():\n    X.clear()", nil},
		{"element deleted", "X = {}\ndef f(user):\n    X[user.pk] = 1\ndef g(user):\n    del X[user.pk]", nil},
		{"length checked", "X = {}\ndef f(user):\n    if len(X) < 100:\n        X[user.pk] = 1", nil},
		{"length checked where nothing runs", "X = {}\nassert len(X) == 0\ndef f(user):\n    X[user.pk] = 1", []string{"many: one entry for each `user.pk`"}},
		{"replaced", "X = {}\ndef f(user):\n    X[user.pk] = 1\ndef g():\n    global X\n    X = {}", nil},
		{"bounded", "from collections import deque\nX = deque(maxlen=9)\ndef f(a):\n    X.append(a)", nil},
		{"weak", "import weakref\nX = weakref.WeakKeyDictionary()\ndef f(user):\n    X[user] = 1", nil},
		{"at import", "X = []\nfor a in range(9):\n    X.append(a)", nil},
		{"filled once while empty", "X = []\ndef f():\n    if not X:\n        for a in g():\n            X.append(a.b)\n    return X", nil},
		{"filled once unless filled", "X = []\ndef f():\n    if X:\n        return X\n    X.append(g().pk)", nil},
		{"filled once by a mark", "X = []\ndone = False\ndef f():\n    global done\n    if done:\n        return\n    X.append(g().pk)\n    done = True", nil},
		{"guarded by another test", "X = []\ndef f(a):\n    if a:\n        X.append(a.pk)", []string{"many: `a.pk` of every call"}},
		{"under another name", "X = {}\ndef f(user):\n    cache = X\n    cache[user.pk] = 1", []string{"many: one entry for each `user.pk`"}},
		{"pruned under another name", "X = {}\ndef f(user):\n    X[user.pk] = 1\n    cache = X\n    cache.popitem()", nil},
		{"adds a parameter", "X = []\ndef f(a):\n    'Adds.'\n    X.append(a)", []string{"unknown: `a` of every call"}},
		{"keeps a pair of parameters", "X = {}\ndef f(user_id, b):\n    X[user_id] = b", []string{"unknown: one entry for each `user_id`"}},
		{"appends a function", "X = []\ndef f(func, a):\n    g(a)\n    h(a)\n    X.append(func)\n    i(a)", nil},
		{"appends a setting", "from django.conf import settings\nX = []\ndef f(a):\n    X.append(settings.USER)", []string{"many: `settings.USER` of every call"}},
		{"keys of another container", "X = {}\nY = g()\ndef f(a_id):\n    X[a_id] = g(Y[a_id])", []string{"unknown: one entry for each `a_id`"}},
		{"registry", "X_REGISTRY = {}\ndef f(user):\n    X_REGISTRY[user.pk] = g(user)", nil},
		{"through a registry", "X = []\ndef f(site):\n    for model in site._registry.values():\n        X.append(g(model))", nil},
		{"key of a kind", "X = {}\ndef f(widget_class, a):\n    X[widget_class] = g(a)\n    h(a)\n    i(a)", nil},
		{"start-up", "X = []\ndef register(a):\n    X.append(a.b)", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			f := view(t, test.code)
			var growing []growth.Growth
			for _, h := range growth.OfModule(f) {
				growing = append(growing, h.Growing(f, f.RunsAgain)...)
			}
			if diff := cmp.Diff(test.want, show(f, growing)); diff != "" {
				t.Errorf("Growing (-want +got):\n%s in\n%s", diff, test.code)
			}
		})
	}
}

func TestOfClass(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, code string
		all, body  []string
	}{
		{
			"in the body", "class A:\n    x = []\n    def f(self, a):\n        self.x.append(a.b)",
			[]string{"many: `a.b` of every call"},
			[]string{"many: `a.b` of every call"},
		},
		{
			"in __init__", "class A:\n    def __init__(self):\n        self.x = []\n    def f(self, a):\n        self.x.append(a.b)",
			[]string{"many: `a.b` of every call"},
			nil,
		},
		{
			"in both", "class A:\n    x = []\n    def __init__(self):\n        self.x = []\n    def f(self, a):\n        self.x.append(a.b)",
			[]string{"many: `a.b` of every call"},
			nil,
		},
		{"in a method", "class A:\n    x = []\n    def f(self, a):\n        self.x = []\n        self.x.append(a.b)", nil, nil},
		{
			"object itself", "class A:\n    x = []\n    def __init__(self):\n        self.x.append(self)",
			[]string{"unknown: `self` of every call"},
			[]string{"unknown: `self` of every call"},
		},
		{
			"replaced in a subclass", "class A:\n    x = []\nclass B(A):\n    x = []\n    def f(self, a):\n        self.x.append(a.b)",
			nil, nil,
		},
		{"in a tuple", "class A:\n    x = []\n    def f(self, a):\n        self.x, y = [], 1\n        self.x.append(a.b)", nil, nil},
		{"pruned by a function", "class A:\n    x = []\n    def f(self, a):\n        self.x.append(a.b)\ndef g():\n    A.x.clear()", nil, nil},
		{"pruned by a subclass", "class A:\n    x = []\n    def f(self, a):\n        self.x.append(a.b)\nclass B(A):\n    def g(self):\n        self.x.pop()", nil, nil},
		{
			"grown elsewhere", "class A:\n    x = []\ndef g(a):\n    A.x.append(a.b)\nclass C:\n    def f(self, a):\n        A.x.append(a.c)",
			[]string{"many: `a.b` of every call", "many: `a.c` of every call"},
			[]string{"many: `a.b` of every call", "many: `a.c` of every call"},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			f := view(t, test.code)
			grown := func(holders []growth.Holder) []string {
				var all []growth.Growth
				for _, h := range holders {
					all = append(all, h.Growing(f, f.RunsAgain)...)
				}
				return show(f, all)
			}
			if diff := cmp.Diff(test.all, grown(growth.OfClass(f, f.Classes[0]))); diff != "" {
				t.Errorf("OfClass (-want +got):\n%s in\n%s", diff, test.code)
			}
			if diff := cmp.Diff(test.body, grown(growth.OfClassBody(f, f.Classes[0]))); diff != "" {
				t.Errorf("OfClassBody (-want +got):\n%s in\n%s", diff, test.code)
			}
		})
	}
}

func TestOfDefault(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		code string
		want []string
	}{
		{"def f(a, x=[]):\n    x.append(a.b)", []string{"many: `a.b` of every call"}},
		{"def f(a, x=[]):\n    x = list(x)\n    x.append(a.b)", nil},
		{"def f(a, x=None):\n    x.append(a.b)", nil},
		{"def f(a, x=[]):\n    x += a", []string{"many: `a` of every call"}},
	} {
		f := view(t, test.code)
		fn := f.Functions[0]
		var growing []growth.Growth
		if h, ok := growth.OfDefault(f, fn, fn.Param("x"), fn.Args.Defaults[0]); ok {
			growing = h.Growing(f, func(*names.Function) bool { return true })
		}
		if diff := cmp.Diff(test.want, show(f, growing)); diff != "" {
			t.Errorf("OfDefault (-want +got):\n%s in\n%s", diff, test.code)
		}
	}
}

func TestRemembers(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]bool{
		"def f(k):\n    if k not in X:\n        X[k] = g(k)\n    return X[k]":              true,
		"def f(k):\n    y = X.get(k)\n    X[k] = y":                                        true,
		"def f(k):\n    try:\n        return X[k]\n    except KeyError:\n        X[k] = 1": true,
		"def f(k):\n    X[k] = X.get('a')":                                                 false,
		"def f(k):\n    X[k] = 1":                                                          false,
	} {
		f := view(t, "X = {}\n"+code)
		if got := growth.OfModule(f)[0].Remembers(f); got != want {
			t.Errorf("Remembers = %v, want %v in\n%s", got, want, code)
		}
	}
}

func TestFirst(t *testing.T) {
	t.Parallel()
	f := view(t, "X = {}\ndef f(name, user):\n    X[name] = 1\n    X[user.pk] = 1\n    X[user.id] = 1\ndef g(user):\n    X[user] = 1\n")
	got := show(f, growth.First(growth.OfModule(f)[0].Growing(f, f.RunsAgain)))
	if diff := cmp.Diff([]string{"many: one entry for each `user.pk`", "many: one entry for each `user`"}, got); diff != "" {
		t.Errorf("First (-want +got):\n%s", diff)
	}
}

// TestRebound has a name that is bound all the time: no container, and no list of each one's definitions for each one.
func TestRebound(t *testing.T) {
	t.Parallel()
	const fill = "def view(request):\n    CACHE[request.path] = 1\n"
	for n, want := range map[int]int{1: 1, 100: 100, 101: 0, 20_000: 0} {
		if got := len(growth.OfModule(view(t, strings.Repeat("CACHE = {}\n", n)+fill))); got != want {
			t.Errorf("bound %d times: %d containers, want %d", n, got, want)
		}
	}
}
