package querysettruth_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer/rules/querysettruth"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, querysettruth.Rule)
}

func TestLevels(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		code string
		want []string
	}{
		{"def f():\n    return bool(Order.objects.filter(paid=True))\n", []string{"medium/high/preview"}},
		{"def f(shop):\n    return bool(shop.order_set.filter(paid=True))\n", []string{"low/low/preview"}},
		{"def f(shop):\n    return bool(shop.comment_set.all())\n", []string{"low/high/preview"}},
		{"def f(shop):\n    orders = Order.objects.filter(shop=shop)\n    if orders:\n        print(orders[:50])\n", []string{"low/high/preview"}},
		{"def f(area):\n    return bool(Order.objects.filter(area=area))\n", []string{"low/low/preview"}},
		{"def f():\n    return bool(Order.objects.filter(area='north'))\n", []string{"medium/low/preview"}},
		{"def f():\n    return bool(Order.objects.all())\n", []string{"medium/high/preview"}},
		{"def f():\n    return bool(Area.objects.filter())\n", []string{"medium/low/preview"}},
		{"def f():\n    return bool(Site.objects.all())\n", []string{"low/low/preview"}},
		{"class A:\n    def get_queryset(self):\n        found = super().get_queryset()\n        return found.x if not found else found.filter(a=1)\n", []string{"medium/low/preview"}},
		{"def f(send):\n    orders = Order.objects.filter(paid=True)\n    if orders:\n        send(orders.iterator())\n", []string{"medium/high"}},
		{"def f(send):\n    trees = Tree.objects.filter(ripe=True)\n    if trees:\n        send(trees[:BATCH_SIZE])\n", []string{"medium/high"}},
		{"def f():\n    orders = Order.objects.filter(paid=True)\n    if orders:\n        orders.delete()\n", []string{"medium/high"}},
		{"def f():\n    trees = Tree.objects.filter(ripe=True)\n    if trees:\n        trees.delete()\n", []string{"medium/high/preview"}},
		{"def f(area):\n    orders = Order.objects.filter(area=area)\n    if orders:\n        orders.delete()\n", []string{"low/low/preview"}},
		{"def f(word):\n    orders = Order.objects.filter(area='north')\n    if orders:\n        orders.update(area=word)\n", []string{"medium/low/preview"}},
		{"def f(orders: QuerySet):\n    if orders:\n        return orders.iterator()\n", []string{"medium/high/preview"}},
	} {
		if diff := cmp.Diff(test.want, ruletest.Levels(t, querysettruth.Rule, test.code)); diff != "" {
			t.Errorf("levels (-want +got):\n%s\n%s", diff, test.code)
		}
	}
}
