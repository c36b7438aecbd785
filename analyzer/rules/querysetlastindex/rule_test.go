package querysetlastindex_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer/rules/querysetlastindex"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, querysetlastindex.Rule)
}

func TestLevels(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		code string
		want []string
	}{
		{"def f():\n    return list(Order.objects.filter(paid=True))[0]\n", []string{"medium/high"}},
		{"def f(shop):\n    return list(shop.order_set.filter(paid=True))[0]\n", []string{"low/low/preview"}},
		{"def f():\n    return list(Room.objects.all())[0]\n", []string{"medium/high/preview"}},
	} {
		if diff := cmp.Diff(test.want, ruletest.Levels(t, querysetlastindex.Rule, test.code)); diff != "" {
			t.Errorf("levels (-want +got):\n%s\n%s", diff, test.code)
		}
	}
}
