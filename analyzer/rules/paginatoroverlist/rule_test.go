package paginatoroverlist_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer/rules/paginatoroverlist"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, paginatoroverlist.Rule)
}

// TestLevels holds that a table of which nobody knows whether use fills it is told in preview.
func TestLevels(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]string{
		"Paginator(list(Order.objects.all()), 20)":  "medium/high",
		"Paginator(list(Bottle.objects.all()), 20)": "medium/high/preview",
	} {
		if diff := cmp.Diff([]string{want}, ruletest.Levels(t, paginatoroverlist.Rule, "from django.core.paginator import Paginator\n\n\ndef f(send):\n    send("+code+")\n")); diff != "" {
			t.Errorf("levels (-want +got):\n%s\n%s", diff, code)
		}
	}
}
