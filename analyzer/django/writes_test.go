package django_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/python"
)

func TestWrites(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]struct{ writes, adds bool }{
		"order.save()":                             {writes: true},
		"order.delete()":                           {writes: true},
		"Order.objects.filter(a=1).update(b=2)":    {writes: true},
		"totals.update(found)":                     {},
		"print(order)":                             {},
		"order.tags.add(tag)":                      {writes: true},
		"self.seen.add(order.pk)":                  {},
		"seen.add(order.pk)":                       {},
		"touch(order)":                             {writes: true},
		"Line.objects.create(order=order)":         {writes: true},
		"Order.objects.create(a=order.a)":          {writes: true, adds: true},
		"Order.objects.get_or_create(a=order.a)":   {writes: true, adds: true},
		"Order(a=order.a).save()":                  {writes: true, adds: true},
		"order.pk = None\n        order.save()":    {writes: true, adds: true},
		"order.owner = None\n        order.save()": {writes: true},
	} {
		code := "def touch(x): x.save()\ndef f():\n    for order in Order.objects.all():\n        " + body
		f := view(t, "shop/app.py", code)
		loop := f.Loops[0]
		if got := f.WritesIn(loop.Body); got != want.writes {
			t.Errorf("WritesIn = %t, want %t in\n%s", got, want.writes, code)
		}
		if got := f.AddsTo(f.QuerySet(loop.Iter), loop.Body); got != want.adds {
			t.Errorf("AddsTo = %t, want %t in\n%s", got, want.adds, code)
		}
	}
}

func TestWritesAfter(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]bool{
		"show(1)": true,
		"def f():\n    show(1)\n    order.save()":               true,
		"def f():\n    order.save()\n    show(1)":               false,
		"def f():\n    show(1).update(a=1)":                     true,
		"def f():\n    show(1)\n    def g():\n        a.save()": false,
	} {
		f := view(t, "shop/app.py", code)
		var expr python.Expr
		for _, call := range f.Calls {
			if f.Text(call.Func) == "show" {
				expr = call
			}
		}
		if got := f.WritesAfter(expr); got != want {
			t.Errorf("WritesAfter = %t, want %t in\n%s", got, want, code)
		}
	}
}
