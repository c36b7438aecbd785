package iteratordefeated_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/rules/iteratordefeated"
)

func TestConfidence(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, body, want string }{
		{"walked through", "for x in list(Order.objects.iterator()): x.close()", "high/high"},
		{"returned", "return list(Order.objects.iterator())", "medium/medium"},
		{"given", "for x in list(queryset.iterator()): x.close()", "medium/medium"},
		{"given and returned", "return list(queryset.iterator())", "medium/low"},
		{"of one", "for x in list(Order.objects.filter(shop=shop).iterator()): x.close()", "medium/medium"},
		{"of one and returned", "return list(Order.objects.filter(shop=shop).iterator())", "medium/low"},
		{"set up by hand", "for x in list(Plugin.objects.iterator()): x.close()", "medium/low"},
		{"waiting", "for x in list(Order.objects.filter(status='pending').iterator()): x.close()", "medium/low"},
	} {
		a := &analyzer.Analyzer{Rules: []*analyzer.Rule{iteratordefeated.Rule}}
		code := "def f(shop, queryset):\n  " + test.body + "\n"
		result := a.Tree(t.Context(), []string{"shop/app.py"}, func(string) ([]byte, error) { return []byte(code), nil })
		got := ""
		for _, f := range result.Files[0].Findings {
			got += f.Severity.String() + "/" + f.Confidence.String()
		}
		if got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}
