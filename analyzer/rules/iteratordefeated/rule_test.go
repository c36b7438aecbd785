package iteratordefeated_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer/rules/iteratordefeated"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, iteratordefeated.Rule)
}

// TestLevels holds that a table of which nobody knows whether use fills it, and one that stands in an order of ranks, are told in preview.
func TestLevels(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]string{
		"list(Order.objects.iterator())":                      "medium/medium",
		"list(Bottle.objects.iterator())":                     "medium/medium/preview",
		"list(Order.objects.order_by('priority').iterator())": "medium/medium/preview",
	} {
		if diff := cmp.Diff([]string{want}, ruletest.Levels(t, iteratordefeated.Rule, "def f(send):\n    send("+code+")\n")); diff != "" {
			t.Errorf("levels (-want +got):\n%s\n%s", diff, code)
		}
	}
}
