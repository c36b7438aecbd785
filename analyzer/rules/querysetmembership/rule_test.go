package querysetmembership_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer/rules/querysetmembership"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, querysetmembership.Rule)
}

func TestLevels(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		code string
		want []string
	}{
		{"def f(order):\n    return order in Order.objects.filter(paid=True)\n", []string{"medium/high"}},
		{"def f(key):\n    return key in Area.objects.values_list('pk', flat=True)\n", []string{"medium/low"}},
		{"def f(order, shop):\n    return order in shop.order_set.all()\n", []string{"low/low/preview"}},
		{"def f(user, pk):\n    shop = Shop.objects.get(pk=pk)\n    return user in shop.user_set.all()\n", []string{"low/high/preview"}},
	} {
		if diff := cmp.Diff(test.want, ruletest.Levels(t, querysetmembership.Rule, test.code)); diff != "" {
			t.Errorf("levels (-want +got):\n%s\n%s", diff, test.code)
		}
	}
}
