package django_test

import "testing"

func TestOwnGetQuerysetIsUncertain(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]bool{
		"":                                    true,
		"return Order.objects.all()":          true,
		"return super().get_queryset()":       true,
		"return self.rows":                    false,
		"return self.rows or [Order()]":       false,
		"return make(self.request, 'orders')": false,
	} {
		code := "class A:\n    def f(self):\n        show(self.get_queryset())\n"
		if body != "" {
			code += "    def get_queryset(self):\n        " + body + "\n"
		}
		f := view(t, "shop/app.py", code)
		if q := f.QuerySet(shown(t, f)); q == nil || q.Certain(f) != want {
			t.Errorf("QuerySet = %v, want one with Certain = %t in\n%s", q, want, code)
		}
	}
}

func TestUnpackedQuerySet(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]bool{
		"def g():\n    return 1, Order.objects.all()\ndef f():\n    n, rows = g()\n    show(rows)\n":                                    true,
		"def f():\n    n, rows = 1, Order.objects.all()\n    show(rows)\n":                                                              true,
		"def g():\n    return 1, Order.objects.all()\ndef f():\n    n, rows = g()\n    show(n)\n":                                       false,
		"def g():\n    return 1, 2, Order.objects.all()\ndef f():\n    n, *rows = g()\n    show(rows)\n":                                false,
		"def g(x):\n    if x:\n        return 1, []\n    return 1, Order.objects.all()\ndef f():\n    n, rows = g(1)\n    show(rows)\n": false,
		"def f():\n    n, rows = other()\n    show(rows)\n":                                                                             false,
	} {
		f := view(t, "shop/app.py", code)
		if got := f.QuerySet(shown(t, f)) != nil; got != want {
			t.Errorf("a QuerySet: %t, want %t in\n%s", got, want, code)
		}
	}
}
