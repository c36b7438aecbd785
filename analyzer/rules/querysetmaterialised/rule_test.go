package querysetmaterialised_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/project"
	"github.com/djleak/djleak/analyzer/rules/querysetmaterialised"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, querysetmaterialised.Rule)
}

// TestNames holds that a list is told of in preview where only the fields of a model say that use brings its rows: many a model of what
// people set up says when it was last used.
func TestNames(t *testing.T) {
	t.Parallel()
	for model, want := range map[string]bool{"Order": false, "Forwarder": true} {
		a := &analyzer.Analyzer{Rules: []*analyzer.Rule{querysetmaterialised.Rule}, Project: &project.Facts{Recorded: []string{"Forwarder", "Order"}}}
		code := "from shop.models import *\n\n\ndef f():\n    rows = list(" + model + ".objects.all())\n    print(len(rows))\n    for row in rows:\n        row.close()\n"
		result := a.Tree(t.Context(), []string{"shop/management/commands/close.py"}, func(string) ([]byte, error) { return []byte(code), nil })
		if found := result.Files[0].Findings; len(found) != 1 || found[0].Preview != want {
			t.Errorf("%s: findings = %v, want one, in preview: %t", model, found, want)
		}
	}
}

// TestUndefined holds that a list is told of in preview in a function that cannot run, since nothing defines what it calls.
func TestUndefined(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]bool{"order.close()": false, "close(order)": true} {
		a := &analyzer.Analyzer{Rules: []*analyzer.Rule{querysetmaterialised.Rule}}
		code := "from shop.models import Order\n\n\ndef f():\n    for order in list(Order.objects.all()):\n        " + body + "\n"
		result := a.Tree(t.Context(), []string{"shop/management/commands/close.py"}, func(string) ([]byte, error) { return []byte(code), nil })
		if found := result.Files[0].Findings; len(found) != 1 || found[0].Preview != want {
			t.Errorf("%s: findings = %v, want one, in preview: %t", body, found, want)
		}
	}
}
