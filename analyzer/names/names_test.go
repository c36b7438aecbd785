package names_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

func resolve(t *testing.T, code string) *names.File {
	t.Helper()
	file := python.Parse(code)
	if len(file.Errors) > 0 {
		t.Fatalf("the case does not parse: %v", file.Errors)
	}
	return names.Resolve(file)
}

// arguments returns the argument of every call of show, by which a case asks about an expression.
func arguments(f *names.File) []python.Expr {
	var found []python.Expr
	for _, call := range f.Calls {
		if name, ok := call.Func.(*python.Name); ok && name.Id == "show" {
			found = append(found, call.Args[0])
		}
	}
	return found
}

func TestQualified(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, code, want string }{
		{"import", "import functools\nshow(functools.cache)", "functools.cache"},
		{"import as", "import functools as ft\nshow(ft.cache)", "functools.cache"},
		{"dotted import", "import os.path\nshow(os.path.join)", "os.path.join"},
		{"dotted import as", "import os.path as p\nshow(p.join)", "os.path.join"},
		{"from import", "from functools import cache\nshow(cache)", "functools.cache"},
		{"from import as", "from functools import cache as memo\nshow(memo)", "functools.cache"},
		{"relative", "from .models import Order\nshow(Order.objects)", ".models.Order.objects"},
		{"relative package", "from . import models\nshow(models.Order)", ".models.Order"},
		{"relative parent", "from ..shop import models\nshow(models)", "..shop.models"},
		{"in a function", "def f():\n    from functools import cache\n    show(cache)", "functools.cache"},
		{"import below a function", "def f():\n    show(cache)\nfrom functools import cache", "functools.cache"},
		{"not out of a function", "def f():\n    from functools import cache\nshow(cache)", ""},
		{"try", "try:\n    import orjson as json\nexcept ImportError:\n    import json\nshow(json)", "orjson"},
		{"try None", "try:\n    import yaml\nexcept ImportError:\n    yaml = None\nshow(yaml)", "yaml"},
		{"shadowed by a def", "from functools import cache\ndef cache(f): return f\nshow(cache)", "functools.cache"},
		{"shadowed by an assignment", "from functools import cache\ncache = 1\nshow(cache)", ""},
		{"shadowed by a parameter", "from functools import cache\ndef f(cache):\n    show(cache)", ""},
		{"builtin", "show(list)", "builtins.list"},
		{"no builtin", "def list(): pass\nshow(list)", ":list"},
		{"local class", "class Order: pass\nshow(Order.objects)", ":Order.objects"},
		{"unknown", "show(order)", ""},
		{"class scope is not seen from methods", "class A:\n    import json\n    def f(self):\n        show(json)", ""},
		{"class scope is seen in its body", "class A:\n    import json\n    show(json)", "json"},
		{"global", "def f():\n    global json\n    import json\ndef g():\n    show(json)", "json"},
		{"nonlocal", "def f():\n    import json\n    def g():\n        nonlocal json\n        json = 1\n    show(json)", ""},
		{"comprehension variable", "import x\n[show(x) for x in y]", ""},
		{"outside a comprehension", "import x\n[x for x in y]\nshow(x)", "x"},
		{"walrus leaves a comprehension", "import x\ndef f():\n    [x := z for z in y]\n    show(x)", ""},
		{"lambda parameter", "import x\nlambda x: show(x)", ""},
		{"except", "import e\ntry:\n    pass\nexcept OSError as e:\n    show(e)", ""},
		{"match capture", "import x\nmatch y:\n    case [x]:\n        show(x)", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			f := resolve(t, test.code)
			if got := f.Qualified(arguments(f)[0]); got != test.want {
				t.Errorf("Qualified = %q, want %q in\n%s", got, test.want, test.code)
			}
		})
	}
}

func TestDeref(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, code, want string }{
		{"one assignment", "def f():\n    x = g(1)\n    show(x)", "g(1)"},
		{"two steps", "def f():\n    y = g(1)\n    x = y\n    show(x)", "g(1)"},
		{"annotated", "def f():\n    x: int = g(1)\n    show(x)", "g(1)"},
		{"walrus", "def f():\n    if x := g(1):\n        show(x)", "g(1)"},
		{"two assignments", "def f():\n    x = 1\n    x = 2\n    show(x)", "x"},
		{"augmented", "def f():\n    x = 1\n    x += 2\n    show(x)", "x"},
		{"parameter", "def f(x):\n    show(x)", "x"},
		{"unpacked", "def f():\n    x, y = g()\n    show(x)", "x"},
		{"a circle", "def f():\n    x = y\n    y = x\n    show(x)", "x"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			f := resolve(t, test.code)
			if got := f.Text(f.Deref(arguments(f)[0])); got != test.want {
				t.Errorf("Deref = %q, want %q in\n%s", got, test.want, test.code)
			}
		})
	}
}

func TestPlaces(t *testing.T) {
	t.Parallel()
	f := resolve(t, `
class Outer:
    class Inner(Base[int], models.Model):
        show(1)

        @show(2)
        def method(self, x=show(3)):
            show(4)

            def nested():
                return lambda: show(5)
    def last(self): return [show(6) for y in z]
show(7)
`)
	var got []string
	for _, arg := range arguments(f) {
		got = append(got, f.EnclosingName(arg))
	}
	want := []string{
		"Outer.Inner", "Outer.Inner", "Outer.Inner", "Outer.Inner.method", "Outer.Inner.method.nested", "Outer.last", "",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("EnclosingName (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"", ""}, f.Classes[1].BaseNames); diff != "" {
		t.Errorf("BaseNames (-want +got):\n%s", diff)
	}
	if method := f.Classes[1].Method("method"); method == nil || method.Self() != "self" {
		t.Errorf("Method = %v", method)
	}
}

func TestUseOf(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		use  string
		want names.UseKind
		key  string
	}{
		{"x.append(1)", names.Grows, ""},
		{"x += [1]", names.Grows, ""},
		{"heapq.heappush(x, 1)", names.Grows, ""},
		{"x[k] = 1", names.GrowsKeyed, "k"},
		{"x[k] += 1", names.GrowsKeyed, "k"},
		{"x.setdefault(k, []).append(1)", names.GrowsKeyed, "k"},
		{"x[k].append(1)", names.GrowsKeyed, "k"},
		{"x[k][j] = 1", names.GrowsKeyed, "j"},
		{"x[k][j].append(1)", names.GrowsKeyed, "j"},
		{"del x[k][j]", names.Prunes, ""},
		{"x[k].remove(v)", names.Prunes, "k"},
		{"y = x[k][j]", names.Reads, ""},
		{"x.update({k: 1})", names.GrowsKeyed, ""},
		{"x.pop()", names.Prunes, ""},
		{"del x[k]", names.Prunes, ""},
		{"x[:] = x[-5:]", names.Prunes, ""},
		{"x -= y", names.Prunes, ""},
		{"evict_oldest(x)", names.Prunes, ""},
		{"x = []", names.Rebinds, ""},
		{"(x, (y, z)) = f()", names.Rebinds, ""},
		{"y = x, z", names.Reads, ""},
		{"ok = len(x) > 5", names.Measures, ""},
		{"n = len(x)", names.Reads, ""},
		{"y = x[k]", names.Reads, ""},
		{"for y in x: pass", names.Reads, ""},
		{"x.get(k)", names.Reads, ""},
		{"sorted(x)", names.Reads, ""},
		{"send(x)", names.Escapes, ""},
		{"y = x", names.Escapes, ""},
	} {
		t.Run(test.use, func(t *testing.T) {
			t.Parallel()
			f := resolve(t, "import heapq\n"+test.use+"\n")
			var name *python.Name
			python.Walk(f.Module.Node, func(node python.Node) bool {
				if n, ok := node.(*python.Name); ok && n.Id == "x" && name == nil {
					name = n
				}
				return true
			})
			use := f.UseOf(name)
			key := ""
			if use.Key != nil {
				key = f.Text(use.Key)
			}
			if use.Kind != test.want || key != test.key {
				t.Errorf("UseOf in %q = kind %d, key %q; want %d, %q", test.use, use.Kind, key, test.want, test.key)
			}
		})
	}
}

func TestContainer(t *testing.T) {
	t.Parallel()
	const code = `
from collections import deque, defaultdict
from cachetools import TTLCache
from weakref import WeakSet
show([]); show({}); show(set()); show(defaultdict(list)); show(deque()); show(deque(maxlen=5)); show(deque([], 5))
show(TTLCache(10, 5)); show(WeakSet()); show(0); show(f())
`
	f := resolve(t, code)
	var got []names.ContainerKind
	for _, arg := range arguments(f) {
		got = append(got, f.Container(arg))
	}
	want := []names.ContainerKind{
		names.ListContainer, names.DictContainer, names.SetContainer, names.DictContainer, names.DequeContainer,
		names.BoundedContainer, names.BoundedContainer, names.BoundedContainer, names.BoundedContainer, names.NoContainer,
		names.NoContainer,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Container (-want +got):\n%s", diff)
	}
}

func TestAncestors(t *testing.T) {
	t.Parallel()
	f := resolve(t, strings.TrimSpace(`
from django.views import View
class Base(View): pass
class Mixin: pass
class Page(Mixin, Base): pass
class Loop(Loop): pass
`))
	page := f.LocalClass(":Page")
	if diff := cmp.Diff([]string{":Mixin", ":Base", "django.views.View"}, f.Ancestors(page)); diff != "" {
		t.Errorf("Ancestors (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{":Loop"}, f.Ancestors(f.LocalClass(":Loop"))); diff != "" {
		t.Errorf("Ancestors of a circle (-want +got):\n%s", diff)
	}
}

// TestManyAncestors stops where nobody's own classes go.
func TestManyAncestors(t *testing.T) {
	t.Parallel()
	var code strings.Builder
	code.WriteString("class A0: pass\n")
	for i := range 5000 {
		fmt.Fprintf(&code, "class A%d(A%d): pass\n", i+1, i)
	}
	f := resolve(t, code.String())
	total := 0
	for _, class := range f.Classes {
		total += len(f.Ancestors(class))
	}
	// The first hundred have fewer.
	if want := 100*5000 - 99*100/2; total != want {
		t.Errorf("%d ancestors in all, want %d", total, want)
	}
}
