package querysetlen_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer/rules/querysetlen"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, querysetlen.Rule)
}

func TestLevels(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		code string
		want []string
	}{
		{"def f():\n    return len(Order.objects.filter(paid=True))\n", []string{"medium/high"}},
		{"def f(shop):\n    return len(shop.order_set.filter(paid=True))\n", []string{"low/low/preview"}},
		{"def f(shop):\n    return len(shop.notifications.filter(read=False))\n", []string{"low/high/preview"}},
		{"def f(filterset):\n    return len(filterset.qs.all())\n", []string{"medium/high/preview"}},
		{"def f():\n    return len(RoleDefinition.objects.all())\n", []string{"medium/low/preview"}},
		{"def f():\n    return len(Tree.objects.all())\n", []string{"medium/high/preview"}},
		{"def f(page):\n    orders = Order.objects.all()\n    return len(orders), page(orders[:10])\n", []string{"medium/high/preview"}},
	} {
		if diff := cmp.Diff(test.want, ruletest.Levels(t, querysetlen.Rule, test.code)); diff != "" {
			t.Errorf("levels (-want +got):\n%s\n%s", diff, test.code)
		}
	}
}
