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

// TestGets holds which methods of a manager called get_ are taken for ones that give rows, by what is done with what they return.
func TestGets(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]bool{
		"for x in Order.objects.get_open(1): pass":                                       true,
		"for x in sorted(Order.objects.get_open()): pass":                                true,
		"for x in Order.objects.get_open_orders(): pass":                                 true,
		"for x in Order.objects.get_open().filter(a=1): pass":                            true,
		"rows = Order.objects.get_open()\n    for x in rows: pass":                       true,
		"for x in Order.objects.get_customers(): pass":                                   false,
		"for x in Order.objects.get_by_shop(shop): pass":                                 false,
		"for x in Order.objects.get_unpaid(): pass":                                      false,
		"for x in Order.objects.get_or_make(): pass":                                     false,
		"for x in Order.objects.get_open().items(): pass":                                false,
		"for x in show(Order.objects.get_open()): pass":                                  false,
		"for x in order.get_open(): pass":                                                false,
		"rows = Order.objects.get_open()\n    for x in rows: pass\n    return rows['a']": false,
	} {
		f := view(t, "shop/app.py", "def f(order, shop, show):\n    "+code)
		rows := f.Loops[0].Iter
		if copied := f.Copy(rows); copied != nil {
			rows = copied.Rows.Expr
		}
		if got := f.QuerySet(rows) != nil; got != want {
			t.Errorf("a QuerySet: %t, want %t in %s", got, want, code)
		}
	}
}

// TestOrEmpty holds that a QuerySet for which an empty list may stand is one that has no iterator() for sure, and that a list which grows is none.
func TestOrEmpty(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]bool{
		"x = []\n    if a:\n        x = Order.objects.all()\n    show(x)":                                 true,
		"try:\n        x = Order.objects.all()\n    except Missing:\n        x = ()\n    show(x)":         true,
		"x = []\n    if a:\n        x = Order.objects.all()\n    else:\n        x.append(a)\n    show(x)": false,
		"x = [a]\n    if a:\n        x = Order.objects.all()\n    show(x)":                                false,
		"x = []\n    show(x)": false,
	} {
		f := view(t, "shop/app.py", "def f(a):\n    "+code)
		if q := f.QuerySet(shown(t, f)); (q != nil) != want || q != nil && (!q.OrEmpty || q.Certain(f)) {
			t.Errorf("QuerySet = %+v, want one: %t in\n%s", q, want, code)
		}
	}
}
