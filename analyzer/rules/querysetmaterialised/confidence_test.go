package querysetmaterialised_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/rules/querysetmaterialised"
)

func TestConfidence(t *testing.T) {
	t.Parallel()
	const (
		command = "shop/management/commands/a.py"
		app     = "shop/app.py"
		pieces  = "\n  for i in range(0, len(x), 100):\n    close(x[i:i + 100])"
	)
	for _, test := range []struct {
		name, path, body string
		want             string
	}{
		{"what use brings in", command, "for x in list(Order.objects.all()): x.close()", "medium/medium"},
		{"what nobody knows", command, "for x in list(Bottle.objects.all()): x.close()", "medium/low"},
		{"what people set up", command, "for x in list(Plugin.objects.all()): x.close()", "medium/low"},
		{"what is given", command, "for x in list(queryset): x.close()", "medium/medium"},
		{"what waits", command, "for x in list(Order.objects.filter(status='pending')): x.close()", "medium/low"},
		{"a developer's tool", "shop/management/commands/seed.py", "for x in list(Order.objects.all()): x.close()", "medium/low"},
		{"keys", command, "for x in list(Order.objects.values_list('pk', flat=True)): close(x)", "low/low"},
		{"pieces", app, "x = list(Order.objects.all())" + pieces, "medium/medium"},
		{"pieces of what nobody knows", app, "x = list(Bottle.objects.all())" + pieces, "medium/medium"},
		{"pieces of what people set up", app, "x = list(Plugin.objects.all())" + pieces, "medium/low"},
		{"pieces of keys", app, "x = list(Order.objects.values_list('pk', flat=True))" + pieces, "low/low"},
		{"pieces of old keys", app, "x = list(Order.objects.filter(created__lt=old).values_list('pk', flat=True))" + pieces, "low/medium"},
		{"the first keys", app, "return list(Order.objects.values_list('pk', flat=True))[:10]", "low/medium"},
	} {
		a := &analyzer.Analyzer{Rules: []*analyzer.Rule{querysetmaterialised.Rule}}
		code := "def f(queryset, old):\n  " + test.body + "\n"
		result := a.Tree(t.Context(), []string{test.path}, func(string) ([]byte, error) { return []byte(code), nil })
		got := ""
		for _, f := range result.Files[0].Findings {
			got += f.Severity.String() + "/" + f.Confidence.String()
		}
		if got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}
