package querysetmaterialised_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/rules/querysetmaterialised"
)

func findings(t *testing.T, path, code string) []analyzer.Finding {
	t.Helper()
	a := &analyzer.Analyzer{Rules: []*analyzer.Rule{querysetmaterialised.Rule}}
	result := a.Tree(t.Context(), []string{path}, func(string) ([]byte, error) { return []byte(code), nil })
	return result.Files[0].Findings
}

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
		{"what nobody knows", command, "for x in list(Bottle.objects.all()): x.close()", "low/medium/preview"},
		{"what nobody knows, kept", command, "kept = list(Bottle.objects.all())\n  return kept", "medium/low"},
		{"what use brings in, kept", command, "kept = list(Order.objects.all())\n  return kept", "low/medium/preview"},
		{"what nobody knows, as a set", command, "for x in set(Bottle.objects.all()): x.close()", "medium/low"},
		{"of one object, counted", command, "x = list(Bottle.objects.filter(shop=queryset))\n  print(len(x))\n  for y in x: y.close()", "low/medium/preview"},
		{"of one object", command, "for x in list(Bottle.objects.filter(shop=queryset)): x.close()", "low/low"},
		{"what people set up", command, "for x in list(Plugin.objects.all()): x.close()", "medium/low"},
		{"what is given", command, "for x in list(queryset): x.close()", "medium/medium/preview"},
		{"what waits", command, "for x in list(Order.objects.filter(status='pending')): x.close()", "medium/low"},
		{"a developer's tool", "shop/management/commands/seed.py", "for x in list(Order.objects.all()): x.close()", "medium/low"},
		{"those with a flag", command, "for x in list(Order.objects.filter(late=True)): x.close()", "medium/medium/preview"},
		{"those with a flag, again and again", command, "while True:\n    x = list(Order.objects.filter(late=True))\n    close(x)", "medium/medium"},
		{"the accounts, again and again", command, "while True:\n    x = list(User.objects.filter(late=True))\n    close(x)", "medium/medium/preview"},
		{"what has vanished", command, "for x in list(Order.objects.exclude(code__in=seen)): x.close()", "medium/medium/preview"},
		{"picked by values at hand", command, "for x in list(Order.objects.filter(shop__in=chosen)): x.close()", "medium/medium/preview"},
		{"picked by a filter made before", command, "for x in list(Order.objects.filter(old)): x.close()", "medium/medium/preview"},
		{"picked by what the code knows", command, "for x in list(Order.objects.filter(state__in=OPEN)): x.close()", "medium/medium/preview"},
		{"deleted one by one", command, "for x in list(Order.objects.filter(late=True)): x.delete()", "medium/medium/preview"},
		{"expired", command, "for x in list(Order.objects.filter(expires_at__lt=old)): x.close()", "medium/medium/preview"},
		{"a model that is given", command, "for x in list(queryset.model.objects.all()): x.close()", "medium/medium/preview"},
		{"few, as it says", command, "# There are very few rows.\n  for x in list(Order.objects.all()): x.close()", "medium/medium/preview"},
		{"too few", command, "for x in list(Order.objects.all()): x.fail('too few rows')", "medium/medium"},
		{"keys", command, "for x in list(Order.objects.values_list('pk', flat=True)): close(x)", "low/low"},
		{"pieces", command, "x = list(Order.objects.all())" + pieces, "medium/medium"},
		{"pieces, for whoever asks", app, "x = list(Order.objects.all())" + pieces, "medium/medium/preview"},
		{"pieces, by hand", "shop/scripts/a.py", "x = list(Order.objects.all())" + pieces, "medium/medium/preview"},
		{"pieces of what nobody knows", app, "x = list(Bottle.objects.all())" + pieces, "medium/medium/preview"},
		{"pieces of what people set up", app, "x = list(Plugin.objects.all())" + pieces, "medium/low"},
		{"pieces of keys", app, "x = list(Order.objects.values_list('pk', flat=True))" + pieces, "low/medium/preview"},
		{"pieces of keys of what people set up", app, "x = list(Plugin.objects.values_list('pk', flat=True))" + pieces, "low/low"},
		{"pieces of old keys", app, "x = list(Order.objects.filter(created__lt=old).values_list('pk', flat=True))" + pieces, "low/medium/preview"},
		{"the first keys of a list", app, "x = list(Order.objects.values_list('pk', flat=True))\n  return x[:10]", "low/medium/preview"},
		{"the first keys", app, "return list(Order.objects.values_list('pk', flat=True))[:10]", "low/medium/preview"},
	} {
		got := ""
		for _, f := range findings(t, test.path, "from shop.models import *\n\ndef f(queryset, old):\n  "+test.body+"\n") {
			got += f.Severity.String() + "/" + f.Confidence.String()
			if f.Preview && f.Confidence > analyzer.LowConfidence {
				got += "/preview"
			}
		}
		if got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

func TestRemedy(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, body, want string }{
		{"walked", "for x in list(Order.objects.all()): x.close()", "for row in Order.objects.all().iterator(chunk_size=2000):\n    ...\n"},
		{
			"counted", "x = list(Order.objects.all())\n  print(len(x))\n  for y in x: y.close()",
			"rows = Order.objects.all()\ntotal = rows.count()\nfor row in rows.iterator(chunk_size=2000):\n    ...\n",
		},
		{"a part", "return list(Order.objects.all())[:10]", "list(Order.objects.all()[:10])\n"},
		{"a part in another order", "return sorted(Order.objects.all())[:10]", ""},
		{"a part of several", "return [*Order.objects.all(), *Order.objects.filter(late=True)][:n]", "[*Order.objects.all()[:n], *Order.objects.filter(late=True)[:n]][:n]\n"},
		{"a part of several and others", "return [n, *Order.objects.all()][2:10]", "[n, *Order.objects.all()[:10]][2:10]\n"},
		{"a part of a list", "x = list(Order.objects.all())\n  return x[:n]", "list(Order.objects.all()[:n])\n"},
		{
			"parts", "x = list(Order.objects.all())\n  for n in range(0, 500, 10):\n    close(x[n:n + 10])",
			"from itertools import islice\n\nrows = Order.objects.all().iterator(chunk_size=2000)\nwhile batch := list(islice(rows, 500)):\n    ...\n",
		},
	} {
		found := findings(t, "shop/management/commands/a.py", "def f(n):\n  "+test.body+"\n")
		if len(found) != 1 || found[0].Remedy != test.want {
			t.Errorf("%s: %+v, want the remedy\n%s", test.name, found, test.want)
		}
	}
}
