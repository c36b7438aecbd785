package loopaccumulates_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/rules/loopaccumulates"
)

func TestConfidence(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, path, rows, want string }{
		{"what use brings in", "shop/tasks.py", "Order.objects.all()", "medium"},
		{"in pieces", "shop/tasks.py", "Order.objects.iterator()", "medium"},
		{"what nobody knows", "shop/tasks.py", "Bottle.objects.all()", "low"},
		{"what people set up", "shop/tasks.py", "Plugin.objects.all()", "low"},
		{"what waits", "shop/tasks.py", "Order.objects.filter(status='pending')", "low"},
		{"a developer's tool", "shop/management/commands/seed.py", "Order.objects.all()", "low"},
	} {
		a := &analyzer.Analyzer{Rules: []*analyzer.Rule{loopaccumulates.Rule}}
		code := "def f():\n  kept = []\n  for x in " + test.rows + ":\n    kept.append((x.pk, x.name))\n  send(kept)\n"
		result := a.Tree(t.Context(), []string{test.path}, func(string) ([]byte, error) { return []byte(code), nil })
		got := ""
		for _, f := range result.Files[0].Findings {
			got += f.Confidence.String()
		}
		if got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}
