package querysetloopwithoutiterator_test

import (
	"strings"
	"testing"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/rules/querysetloopwithoutiterator"
)

func TestConfidence(t *testing.T) {
	t.Parallel()
	const (
		command   = "shop/management/commands/a.py"
		migration = "shop/migrations/0002_a.py"
	)
	for _, test := range []struct {
		name, path, body string
		want             analyzer.Confidence
	}{
		{"what use brings in", command, "for x in Order.objects.all():\n  x.close()", analyzer.MediumConfidence},
		{"what people set up", command, "for x in Plugin.objects.all():\n  x.close()", analyzer.LowConfidence},
		{"nobody knows", command, "for x in Bottle.objects.all():\n  x.close()", analyzer.LowConfidence},
		{"joined", command, "for x in Bottle.objects.select_related('shop'):\n  x.close()", analyzer.MediumConfidence},
		{"joined and set up", command, "for x in Plugin.objects.select_related('shop'):\n  x.close()", analyzer.LowConfidence},
		{"counted off", command, "for i, x in enumerate(Bottle.objects.all()):\n  x.close()", analyzer.MediumConfidence},
		{"cut off by an option", command, "q = Bottle.objects.all()\nif limit:\n  q = q[:limit]\nfor x in q:\n  x.close()", analyzer.MediumConfidence},
		{"telling progress", command, "for x in Bottle.objects.all():\n  x.close()\n  n += 1\n  if n % 100 == 0:\n    print(n)", analyzer.MediumConfidence},
		{"no progress", command, "for x in Bottle.objects.all():\n  print(n % 2)", analyzer.LowConfidence},
		{"a model that is given", command, "for x in given_model.objects.all():\n  x.close()", analyzer.LowConfidence},
		{"any model", command, "for model in models:\n  for x in model.objects.all():\n    x.close()", analyzer.MediumConfidence},
		{"waiting", command, "for x in Order.objects.filter(status='pending'):\n  x.close()", analyzer.LowConfidence},
		{"locked", command, "for x in Order.objects.select_for_update():\n  x.close()", analyzer.LowConfidence},
		{"a developer's tool", "shop/management/commands/seed_orders.py", "for x in Order.objects.all():\n  x.close()", analyzer.LowConfidence},
		{"kept", command, "for x in Order.objects.all():\n  kept.append(x)", analyzer.LowConfidence},
		{"kept by key", command, "for x in Order.objects.all():\n  kept[x.pk] = x", analyzer.LowConfidence},
		{"kept in an attribute", command, "for x in Order.objects.all():\n  self.kept.append((1, x))", analyzer.LowConfidence},
		{"a joined row kept", command, "for x in Order.objects.select_related('shop'):\n  kept.append(x.shop)", analyzer.LowConfidence},
		{"a part kept", command, "for x in Order.objects.all():\n  kept.append(x.pk)", analyzer.MediumConfidence},
		{"handed on in pieces", command, "for x in Order.objects.all():\n  kept.append(x)\n  if len(kept) > 99:\n    send(kept)\n    kept = []", analyzer.MediumConfidence},
		{"saved in bulk", command, "for x in Order.objects.all():\n  kept.append(Line(number=x.number))\nLine.objects.bulk_create(kept)", analyzer.LowConfidence},
		{"single values", command, "for x in Order.objects.values_list('pk', flat=True):\n  close.delay(x)", analyzer.LowConfidence},
		{"an export", command, "for x in Order.objects.values_list('pk', 'name'):\n  out.writerow(x)", analyzer.MediumConfidence},
		{"printed", command, "for x in Order.objects.values_list('pk', 'name'):\n  self.stdout.write(x)", analyzer.LowConfidence},
		{"a part of each", command, "y = [x.pk for x in Order.objects.all()]", analyzer.MediumConfidence},
		{"two parts of each", command, "y = [(x.pk, x.name.lower()) for x in Order.objects.all()]", analyzer.MediumConfidence},
		{"a dict of each", command, "y = [{'order': x} for x in Order.objects.all()]", analyzer.LowConfidence},
		{"summed up", command, "y = sum(f(x) for x in Order.objects.all())", analyzer.MediumConfidence},
		{"cut", command, "y = [x.pk for x in Order.objects.all()][:5]", analyzer.LowConfidence},
		{"a migration", migration, "for x in Order.objects.all():\n  x.close()", analyzer.MediumConfidence},
		{"a migration of what nobody knows", migration, "for x in Bottle.objects.select_related('shop'):\n  x.close()", analyzer.LowConfidence},
		{"a migration that mends", migration, "for x in Order.objects.filter(name__startswith='['):\n  x.close()", analyzer.LowConfidence},
	} {
		body := "\ndef f(self, limit, out, given_model):\n  kept = []\n  n = 0\n  " + strings.ReplaceAll(test.body, "\n", "\n  ")
		checkConfidence(t, test.name, test.path, body, test.want)
	}
	for _, test := range []struct {
		name, operations string
		want             analyzer.Confidence
	}{
		{"the way there", "RunPython(f, g)", analyzer.MediumConfidence},
		{"the way back", "RunPython(g, f)", analyzer.LowConfidence},
		{"the way back by name", "RunPython(code=g, reverse_code=f)", analyzer.LowConfidence},
		{"both", "RunPython(f, g), migrations.RunPython(g, f)", analyzer.MediumConfidence},
	} {
		code := "\ndef f(apps, editor):\n  Old = apps.get_model('shop', 'Order')\n  for x in Old.objects.all():\n    x.save()\noperations = [migrations." + test.operations + "]"
		checkConfidence(t, test.name, migration, code, test.want)
	}
}

func checkConfidence(t *testing.T, name, path, code string, want analyzer.Confidence) {
	t.Helper()
	a := &analyzer.Analyzer{Rules: []*analyzer.Rule{querysetloopwithoutiterator.Rule}}
	code = "from shop.models import *\n" + code + "\n"
	result := a.Tree(t.Context(), []string{path}, func(string) ([]byte, error) { return []byte(code), nil })
	findings := result.Files[0].Findings
	if len(findings) != 1 {
		t.Fatalf("%s: %d findings, want 1:\n%s", name, len(findings), code)
	}
	if got := findings[0].Confidence; got != want {
		t.Errorf("%s: confidence %v, want %v", name, got, want)
	}
}
