package bulkcreateaccumulates_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/rules/bulkcreateaccumulates"
)

func findings(t *testing.T, path, code string) []analyzer.Finding {
	t.Helper()
	a := &analyzer.Analyzer{Rules: []*analyzer.Rule{bulkcreateaccumulates.Rule}}
	result := a.Tree(t.Context(), []string{path}, func(string) ([]byte, error) { return []byte(code), nil })
	return result.Files[0].Findings
}

func TestWeigh(t *testing.T) {
	t.Parallel()
	const (
		loop   = "\n  for x in ROWS:\n    kept.append(Line(order=x))\n  Line.objects.bulk_create(kept)"
		batch  = "\n  for x in ROWS:\n    kept.append(Line(order=x))\n  Line.objects.bulk_create(kept, batch_size=100)"
		own    = "\n  rows = ROWS\n  for x in rows:\n    x.late = True\n  Order.objects.bulk_update(rows, ['late'])"
		chosen = "\n  for x in ROWS:\n    if x.late:\n      kept.append(x)\n  Order.objects.bulk_update(kept, ['late'])"
		path   = "shop/migrations/0002_lines.py"
		task   = "shop/tasks.py"
	)
	for _, test := range []struct{ name, path, body, rows, want string }{
		{"what use brings in", path, loop, "Order.objects.all()", "medium/medium"},
		{"what nobody knows", path, loop, "Bottle.objects.all()", "low/medium/preview"},
		{"what nobody knows, saved in pieces", path, batch, "Bottle.objects.all()", "low/medium/preview"},
		{"what people set up", path, batch, "Plugin.objects.all()", "medium/low"},
		{"iterator", task, loop, "Bottle.objects.iterator()", "high/high"},
		{"iterator in a migration", path, loop, "Bottle.objects.iterator()", "medium/high"},
		{"iterator over what is given", path, loop, "queryset.iterator()", "medium/low"},
		{"iterator over what people set up", path, loop, "Plugin.objects.iterator()", "medium/low"},
		{"what waits", path, loop, "Order.objects.filter(status='pending')", "medium/low"},
		{"some", path, chosen, "Order.objects.all()", "low/medium/preview"},
		{"some through iterator", path, chosen, "Order.objects.iterator()", "medium/medium"},
		{"some of what nobody knows", path, chosen, "Bottle.objects.iterator()", "low/medium/preview"},
		{"what a generator yields", path, loop, "rows_of(queryset)", "low/medium/preview"},
		{"what a generator yields to a function", "shop/app.py", loop, "rows_of(queryset)", ""},
		{"some of a comprehension", path, "\n  late = [x for x in ROWS if x.late]\n  Order.objects.bulk_update(late, ['late'])", "Order.objects.all()", "low/medium/preview"},
		{"a developer's tool", "shop/management/commands/seed.py", loop, "Order.objects.all()", "medium/low"},
		{"lines", task, loop, "open(queryset)", "medium/medium/preview"},
		{"lines that change rows", task, "\n  for x in ROWS:\n    kept.append(Order(pk=x))\n  Order.objects.bulk_update(kept, ['late'])", "open(queryset)", "medium/medium/preview"},
		{"lines of a file beside a migration", path, loop, "open(queryset)", "medium/medium/preview"},
		{"what lacks a line", task, loop, "Order.objects.exclude(order_lines__open=True)", "medium/medium/preview"},
		{"what lacks a line, once", path, loop, "Order.objects.exclude(order_lines__open=True)", "medium/medium"},
		{"what lacks another thing", task, loop, "Order.objects.exclude(payments__open=True)", "medium/medium"},
		{"its own rows", path, own, "Order.objects.all()", "medium/medium"},
		{"its own rows in a list", path, own, "list(Order.objects.all())", "medium/medium"},
		{"its own rows, those with a state", path, own, "Order.objects.filter(state='open')", "medium/medium/preview"},
		{"its own rows of what nobody knows", path, own, "Bottle.objects.all()", "low/medium/preview"},
		{"its own rows of what people set up", path, own, "Plugin.objects.all()", "medium/low/preview"},
		{"its own rows, of which a dict holds each", path, strings.Replace(own, "x.late = True", "kept[x.pk] = x", 1), "Order.objects.all()", "medium/medium/preview"},
		{"its own rows, whoever asks", "shop/app.py", own, "Order.objects.all()", "medium/medium/preview"},
		{"its own rows, some for whoever asks", "shop/app.py", own, "Order.objects.filter(late=False)", ""},
		{"its own rows, some of them", path, own, "Order.objects.all()[:100]", ""},
		{"its own rows by a query of its own", path, own, "Order.objects.raw(queryset)", ""},
		{"a function", "shop/app.py", loop, "Order.objects.all()", ""},
	} {
		code := "def rows_of(x):\n  yield x\ndef f(queryset):\n  kept = []" + strings.ReplaceAll(test.body, "ROWS", test.rows) + "\n"
		got := ""
		for _, f := range findings(t, test.path, code) {
			got += f.Severity.String() + "/" + f.Confidence.String()
			if f.Preview {
				got += "/preview"
			}
		}
		if got != test.want {
			t.Errorf("%s: %q, want %q:\n%s", test.name, got, test.want, code)
		}
	}
}

func TestRemedy(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, body, want string }{
		{
			"a loop", "kept = []\nfor x in Order.objects.all():\n  kept.append(x)\nOrder.objects.bulk_update(kept, ['late'], batch_size=100)",
			"for x in Order.objects.all().iterator(chunk_size=2000):\n    ...\n" +
				"    if len(kept) >= 500:  # at the end of the loop\n        Order.objects.bulk_update(kept, ['late'])\n        kept.clear()\n" +
				"Order.objects.bulk_update(kept, ['late'])  # behind it: the rest\n",
		},
		{
			"a loop whose list is counted", "kept = []\nfor x in Order.objects.iterator():\n  kept.append(x)\nOrder.objects.bulk_update(kept, ['late'])\nprint(len(kept))",
			"    if len(kept) >= 500:  # at the end of the loop\n        Order.objects.bulk_update(kept, ['late'])\n        kept.clear()\n" +
				"Order.objects.bulk_update(kept, ['late'])  # behind it: the rest, which is all that kept then holds\n",
		},
		{"a loop, and a deletion behind it", "kept = []\nfor x in Order.objects.all():\n  kept.append(Line(order=x))\nLine.objects.all().delete()\nLine.objects.bulk_create(kept)", ""},
		{
			"a loop that counts", "kept = []\nfor i, x in enumerate(Order.objects.iterator()):\n  kept.append(Line(order=x))\nLine.objects.bulk_create(kept)",
			"    if len(kept) >= 500:  # at the end of the loop\n        Line.objects.bulk_create(kept)\n        kept.clear()\n" +
				"Line.objects.bulk_create(kept)  # behind it: the rest\n",
		},
		{
			"a QuerySet", "rows = Order.objects.all()\nfor x in rows:\n  x.late = True\nOrder.objects.bulk_update(rows, ['late'], batch_size=100)",
			"from itertools import islice\n\nrows = rows.iterator(chunk_size=2000)\nwhile batch := list(islice(rows, 500)):\n" +
				"    ...  # change each row of the batch\n    Order.objects.bulk_update(batch, ['late'])\n",
		},
		{
			"a list", "Line.objects.bulk_create([Line(order=x) for x in Order.objects.all()], ignore_conflicts=True)",
			"from itertools import islice\n\nobjects = (Line(order=x) for x in Order.objects.all().iterator(chunk_size=2000))\n" +
				"while batch := list(islice(objects, 500)):\n    Line.objects.bulk_create(batch, ignore_conflicts=True)\n",
		},
		{
			"a generator", "Line.objects.bulk_create(Line(order=x) for x in Order.objects.iterator())",
			"from itertools import islice\n\nobjects = (Line(order=x) for x in Order.objects.iterator())\n" +
				"while batch := list(islice(objects, 500)):\n    Line.objects.bulk_create(batch)\n",
		},
		{
			"a generator in parentheses", "Line.objects.bulk_create(objs=(Line(order=x) for x in Order.objects.iterator()))",
			"from itertools import islice\n\nobjects = (Line(order=x) for x in Order.objects.iterator())\n" +
				"while batch := list(islice(objects, 500)):\n    Line.objects.bulk_create(batch)\n",
		},
		{
			"several lines", "await Line.objects.abulk_create([\n  Line(\n    order=x,\n  )\n  for x in Order.objects.all()\n])",
			"from itertools import islice\n\nobjects = (... for ... in Order.objects.all().iterator(chunk_size=2000))\n" +
				"while batch := list(islice(objects, 500)):\n    await Line.objects.abulk_create(batch)\n",
		},
	} {
		code := "async def f():\n  " + strings.ReplaceAll(test.body, "\n", "\n  ") + "\n"
		found := findings(t, "shop/management/commands/load.py", code)
		if len(found) != 1 {
			t.Fatalf("%s: %d findings, want 1", test.name, len(found))
		}
		if got := found[0].Remedy; got != test.want {
			t.Errorf("%s: remedy is\n%s\nwant\n%s", test.name, got, test.want)
		}
	}
}

// TestFewRows holds that a list of rows is in preview where its table was just made, or where staff fills it by hand.
func TestFewRows(t *testing.T) {
	t.Parallel()
	const (
		file  = "shop/migrations/0002_lines.py"
		model = "class Order(models.Model):\n    pass\n"
		made  = "# Generated by Django 5.2 on 2024-03-01 10:30\nmigrations.CreateModel(name='Order', fields=[])\n"
		code  = "# Generated by Django 5.2 on 2024-03-05 10:30\ndef fill(apps, editor):\n    Order = apps.get_model('shop', 'Order')\n" +
			"    kept = []\n    for x in Order.objects.all():\n        kept.append(Line(order=x))\n    Line.objects.bulk_create(kept)\n\nmigrations.RunPython(fill)\n"
	)
	for _, test := range []struct {
		others  map[string]string
		preview bool
	}{
		{map[string]string{"shop/models.py": model}, false},
		{map[string]string{"shop/models.py": model, "shop/admin.py": "admin.site.register(Order)\n"}, true},
		{map[string]string{"shop/migrations/0001_initial.py": made}, true},
	} {
		files := map[string]string{"manage.py": "", "shop/__init__.py": "", file: code}
		maps.Copy(files, test.others)
		read := func(path string) ([]byte, error) { return []byte(files[path]), nil }
		paths := slices.Sorted(maps.Keys(files))
		a := &analyzer.Analyzer{
			Rules: []*analyzer.Rule{bulkcreateaccumulates.Rule}, Mentions: &analyzer.Mentions{Paths: paths, Read: read}, Modules: analyzer.NewModules(paths),
		}
		found := a.Tree(t.Context(), []string{file}, read).Files[0].Findings
		if len(found) != 1 || found[0].Preview != test.preview {
			t.Errorf("with %v: findings = %v, want one, in preview: %v", test.others, found, test.preview)
		}
	}
}
