package django_test

import (
	"slices"
	"testing"

	"github.com/djleak/djleak/analyzer/django"
)

func TestWays(t *testing.T) {
	t.Parallel()
	const some = "orders.filter(shop=shop)"
	for name, test := range map[string]struct {
		body string
		want []django.Extent
	}{
		"one":           {"orders = Order.objects.all()", []django.Extent{django.Whole}},
		"on condition":  {"orders = Order.objects.all()\n    if shop:\n        orders = " + some, []django.Extent{django.Whole, django.OfOne}},
		"either":        {"orders = Order.objects.filter(shop=shop) if shop else Order.objects.all()", []django.Extent{django.OfOne, django.Whole}},
		"goes on":       {"orders = Order.objects.all()\n    if shop:\n        orders = " + some + "\n    orders = orders[:5]", []django.Extent{django.Few, django.Few}},
		"both":          {"orders = Order.objects.filter(shop=shop) & Order.objects.all()", []django.Extent{django.OfOne}},
		"asked of both": {"orders = (Order.objects.all() if shop else Order.objects.none()).filter(shop=shop)", []django.Extent{django.OfOne, django.Few}},
	} {
		f := view(t, "shop/app.py", "def f(shop):\n    "+test.body+"\n    show(orders)")
		var got []django.Extent
		for _, way := range f.QuerySet(shown(t, f)).Ways() {
			got = append(got, f.Extent(way))
		}
		slices.Sort(got)
		slices.Sort(test.want)
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: the ways have the extents %v, want %v", name, got, test.want)
		}
	}
}

func TestIncluding(t *testing.T) {
	t.Parallel()
	for expr, want := range map[string]django.Extent{
		"Order.objects.filter(~Q(shop=shop))":                  django.Whole,
		"Order.objects.filter(~Q(shop=shop), ~Q(number=0))":    django.Whole,
		"Order.objects.filter(~Q(number=0), shop=shop)":        django.OfOne,
		"Order.objects.filter(~Q(number=0)).filter(shop=shop)": django.OfOne,
		"Order.objects.filter(Q(shop=shop))":                   django.OfOne,
	} {
		f := view(t, "shop/app.py", "def f(shop):\n    show("+expr+")")
		if got := f.Extent(f.QuerySet(shown(t, f)).Including()); got != want {
			t.Errorf("%s without what it leaves out has the extent %d, want %d", expr, got, want)
		}
	}
}

func TestWalkedAlone(t *testing.T) {
	t.Parallel()
	for use, want := range map[string]bool{
		"pass":                          true,
		"len(orders)":                   true,
		"for a in orders: pass":         true,
		"a = [b.pk for b in orders]":    true,
		"orders.exists()":               true,
		"save(orders)":                  false,
		"a = orders[0]":                 false,
		"orders = []\n    save(orders)": true,
	} {
		f := view(t, "shop/app.py", "def f():\n    orders = Order.objects.all()\n    show(orders)\n    "+use)
		if got := f.WalkedAlone(shown(t, f)); got != want {
			t.Errorf("WalkedAlone before %q = %t, want %t", use, got, want)
		}
	}
}
