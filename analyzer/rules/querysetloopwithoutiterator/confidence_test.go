package querysetloopwithoutiterator_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/project"
	"github.com/djleak/djleak/analyzer/rules/querysetloopwithoutiterator"
)

func TestConfidence(t *testing.T) {
	t.Parallel()
	const (
		command   = "shop/management/commands/a.py"
		migration = "shop/migrations/0002_a.py"
		app       = "shop/app.py"
	)
	for _, test := range []struct {
		name, path, body string
		want             string
	}{
		{"what use brings in", command, "for x in Order.objects.all():\n  x.close()", "medium"},
		{"the accounts", command, "for x in User.objects.all():\n  x.close()", "medium/preview"},
		{"the accounts, where nothing is known", migration, "for x in apps.get_model('auth', 'User').objects.all():\n  x.close()", "medium/preview"},
		{"what people set up", command, "for x in Plugin.objects.all():\n  x.close()", "low"},
		{"nobody knows", command, "for x in Bottle.objects.all():\n  x.close()", "medium/preview"},
		{"joined", command, "for x in Bottle.objects.select_related('shop'):\n  x.close()", "medium/preview"},
		{"joined and set up", command, "for x in Plugin.objects.select_related('shop'):\n  x.close()", "low"},
		{"counted off", command, "for i, x in enumerate(Bottle.objects.all()):\n  x.close()", "medium/preview"},
		{"cut off by an option", command, "q = Bottle.objects.all()\nif limit:\n  q = q[:limit]\nfor x in q:\n  x.close()", "medium/preview"},
		{"telling progress", command, "for x in Bottle.objects.all():\n  x.close()\n  n += 1\n  if n % 100 == 0:\n    print(n)", "medium/preview"},
		{"no progress", command, "for x in Bottle.objects.all():\n  print(n % 2)", "medium/preview"},
		{"a model that is given", command, "for x in given_model.objects.all():\n  x.close()", "medium/preview"},
		{"any model", command, "for model in models:\n  for x in model.objects.all():\n    x.close()", "medium/preview"},
		{"waiting", command, "for x in Order.objects.filter(status='pending'):\n  x.close()", "low"},
		{"those with a flag", command, "for x in Order.objects.exclude(urgent=False):\n  x.close()", "medium/preview"},
		{"those who are active", command, "for x in Order.objects.exclude(is_active=False):\n  x.close()", "medium"},
		{"those without a flag", command, "for x in Order.objects.exclude(urgent=True):\n  x.close()", "medium"},
		{"what loses its flag", command, "for x in Order.objects.filter(active=True):\n  if x.close():\n    x.active = False\n    x.save()", "medium/preview"},
		{"what loses another flag", command, "for x in Order.objects.filter(active=True):\n  x.open = False\n  x.save()", "medium"},
		{"what lost its flag when the release came", migration, "for x in Order.objects.filter(active=True):\n  x.active = False\n  x.save()", "medium"},
		{"translated", migration, "for x in Order.objects.all():\n  x.label_pt_br = x.label\n  x.save()", "medium/preview"},
		{"in one language", migration, "for x in Order.objects.all():\n  x.label_de = x.name\n  x.save()", "medium"},
		{"with a flag for what is in a column", migration, "for x in Order.objects.all():\n  x.paid_at = x.paid\n  x.save()", "medium"},
		{"what lacks a line", command, "for x in Order.objects.exclude(line__kind=1):\n  Line.objects.create(order=x)", "medium/preview"},
		{"what lacks an order line", command, "for x in Order.objects.exclude(Exists(OrderLine.objects.filter(order=OuterRef('pk')))):\n  x.create_order_line()", "medium/preview"},
		{"what has no line as counted", command, "for x in Order.objects.annotate(has=Exists(Line.objects.all())).filter(has=False):\n  Line.objects.get_or_create(order=x)", "medium/preview"},
		{"what no line is of", command, "for x in Order.objects.filter(~Exists(Line.objects.all())):\n  Line.objects.create(order=x)", "medium/preview"},
		{"what no line is for yet", command, "for x in Order.objects.exclude(pk__in=Line.objects.values('order')):\n  Line.objects.create(order=x)", "medium/preview"},
		{"what has a line", command, "for x in Order.objects.filter(Exists(Line.objects.all())):\n  Line.objects.create(order=x)", "medium/preview"},
		{"what lacks something else", command, "for x in Order.objects.exclude(line__kind=1):\n  Note.objects.create(order=x)", "medium"},
		{"what lacked it when the release came", migration, "for x in Order.objects.exclude(line__kind=1):\n  Line.objects.create(order=x)", "medium"},
		{"what was left behind", migration, "for x in Order.objects.exclude(shop__in=Shop.objects.all()):\n  x.save()", "medium/preview"},
		{"what was left behind, by keys", migration, "known = set(Shop.objects.values_list('pk', flat=True))\nfor x in Order.objects.exclude(shop_id__in=known):\n  x.save()", "medium/preview"},
		{"what has no code of a line", migration, "for x in Order.objects.exclude(code__in=Line.objects.values('code')):\n  x.save()", "medium"},
		{"what no line is for", migration, "for x in Order.objects.exclude(pk__in=Line.objects.values('order')):\n  x.save()", "medium"},
		{"listed in columns", command, "for x in Order.objects.all():\n  if x.name:\n    name = x.get_name()\n    print(f'{x.pk:<5} {name}')\n  else:\n    print(x.pk)", "medium/preview"},
		{"listed by format", command, "for x in Order.objects.all():\n  self.stdout.write('%-20s %s' % (x.name, x.pk))", "medium/preview"},
		{"listed with what is done", command, "for x in Order.objects.all():\n  done = x.close()\n  print(f'{x.pk:<5} {done}')", "medium"},
		{"listed for who names none", command, "if not args:\n  for x in Order.objects.all():\n    print(x.pk)", "medium/preview"},
		{"listed for who names one", command, "if len(args) == 1:\n  for x in Order.objects.all():\n    print(x.pk)", "medium/preview"},
		{"written out for who names some", command, "if args:\n  for x in Order.objects.all():\n    print(x.pk)", "medium"},
		{"written out", command, "for x in Order.objects.all():\n  print(x.pk, x.total, sep=',')", "medium"},
		{"none yet, as it says", migration, "# Done early on in development.\nfor x in Order.objects.all():\n  x.close()", "medium/preview"},
		{"what a manager picks", command, "for x in Order.upcoming.all():\n  x.close()", "medium/preview"},
		{"what a manager picks of most", command, "for x in Order.active_today.all():\n  x.close()", "medium/preview"},
		{"what most are", command, "for x in Order.active.all():\n  x.close()", "medium"},
		{"few, as it says", command, "\"\"\"Closes what a handful of records holds.\"\"\"\nfor x in Order.objects.all():\n  x.close()", "medium/preview"},
		{"locked", command, "for x in Order.objects.select_for_update():\n  x.close()", "low"},
		{"a developer's tool", "shop/management/commands/seed_orders.py", "for x in Order.objects.all():\n  x.close()", "low"},
		{"wiped", command, "for x in Order.objects.all():\n  print(x)\n  x.delete()", "low"},
		{"files wiped", command, "for x in Order.objects.all():\n  x.file.delete()", "low"},
		{"what belongs to it wiped", command, "for x in Order.objects.all():\n  x.lines.filter(n=0).delete()", "medium"},
		{"wiped, those of a kind", command, "for x in Order.objects.filter(active=True):\n  x.delete()", "medium"},
		{"deleted, some", command, "for x in Order.objects.all():\n  if x.late:\n    x.delete()", "medium"},
		{"kept", command, "for x in Order.objects.all():\n  kept.append(x)", "low"},
		{"kept by key", command, "for x in Order.objects.all():\n  kept[x.pk] = x", "low"},
		{"kept in an attribute", command, "for x in Order.objects.all():\n  self.kept.append((1, x))", "low"},
		{"a joined row kept", command, "for x in Order.objects.select_related('shop'):\n  kept.append(x.shop)", "low"},
		{"a part kept", command, "for x in Order.objects.all():\n  kept.append(x.pk)", "medium"},
		{"a record kept", command, "kept = []\nfor x in Order.objects.all():\n  kept.append({'no': x.no, 'name': x.name, 'sum': x.sum()})", "medium/preview"},
		{"a record of a name kept", command, "kept = []\nfor x in Order.objects.all():\n  y = (x.no, x.name, str(x.sum))\n  kept.append(y)", "medium/preview"},
		{"a record kept of each that is new", command, "kept = {}\nfor x in Order.objects.all():\n  if x.no not in kept:\n    kept[x.no] = {'no': x.no, 'name': x.name, 'sum': x.sum}", "medium/preview"},
		{"a record kept of some", command, "kept = []\nfor x in Order.objects.all():\n  if x.late:\n    kept.append({'no': x.no, 'name': x.name, 'sum': x.sum})", "medium"},
		{"a small record kept", command, "kept = []\nfor x in Order.objects.all():\n  kept.append({'no': x.no, 'name': x.name})", "medium"},
		{"a worksheet filled", command, "import openpyxl\nws = openpyxl.Workbook().active\nfor x in Order.objects.all():\n  ws.append([x.no])", "medium/preview"},
		{"cells written", command, "import xlwt\nfor i, x in enumerate(Order.objects.all()):\n  out.sheet.write(i, 0, x.no)", "medium/preview"},
		{"a worksheet written as it comes", command, "import openpyxl\nws = openpyxl.Workbook(write_only=True).create_sheet()\nfor x in Order.objects.all():\n  ws.append([x.no])", "medium"},
		{"no worksheet", command, "for x in Order.objects.all():\n  out.sheet.write(x.no)", "medium"},
		{"handed on in pieces", command, "for x in Order.objects.all():\n  kept.append(x)\n  if len(kept) > 99:\n    send(kept)\n    kept = []", "medium"},
		{"saved in bulk", command, "for x in Order.objects.all():\n  kept.append(Line(number=x.number))\nLine.objects.bulk_create(kept)", "low"},
		{"single values", command, "for x in Order.objects.values_list('pk', flat=True):\n  close.delay(x)", "medium/preview"},
		{"single values of some", command, "for x in Order.objects.filter(shop__isnull=True).values_list('pk', flat=True):\n  close.delay(x)", "low"},
		{"single values, kept", command, "for x in Order.objects.values_list('pk', flat=True):\n  kept.append(x)", "low"},
		{"one table behind another", command, "from itertools import chain\nfor x in chain(Order.objects.filter(urgent=True), Bottle.objects.all()):\n  x.close()", "medium/previewmedium/preview"},
		{"a part of one table behind another", command, "from itertools import chain\nfor x in chain(Bottle.objects.filter(urgent=True), Plugin.objects.all()):\n  x.close()", "low"},
		{"single values behind one another", command, "from itertools import chain\nfor x in chain(Bottle.objects.values_list('pk'), Plugin.objects.values_list('pk')):\n  x.close()", ""},
		{"narrowed by an option", command, "q = Order.objects.all()\nif given_model:\n  q = q.filter(shop=given_model)\nfor x in q:\n  x.close()", "medium/preview"},
		{"narrowed by an option, nobody knows", command, "q = Bottle.objects.all()\nif given_model:\n  q = q.filter(shop=given_model)\nfor x in q:\n  x.close()", "medium/preview"},
		{"narrowed by an option to what is called so, nobody knows", command, "q = Bottle.objects.all()\nif limit:\n  q = q.filter(shop=given_model, name=limit)\nfor x in q:\n  x.close()", "low"},
		{"narrowed by an option, nobody knows, single values", command, "q = Bottle.objects.all()\nif limit:\n  q = q.filter(shop=given_model)\nfor x in q.values('pk'):\n  x.close()", "low"},
		{"narrowed by an option, set up", command, "q = Plugin.objects.all()\nif limit:\n  q = q.filter(shop=given_model)\nfor x in q:\n  x.close()", "low"},
		{"narrowed by an option, nobody knows, printed", command, "q = Bottle.objects.all()\nif limit:\n  q = q.filter(shop=given_model)\nfor x in q:\n  print(x)", "low"},
		{"narrowed either way", command, "if given_model.old:\n  q = Order.objects.filter(line=given_model.line)\nelse:\n  q = Order.objects.filter(shop=given_model)\nfor x in q:\n  x.close()", "low"},
		{"all but one", command, "for x in Order.objects.filter(~Q(shop=given_model)):\n  x.close()", "medium/preview"},
		{"counted first", command, "q = Order.objects.all()\nprint(len(q))\nfor x in q:\n  x.close()", "medium/preview"},
		{"twice", command, "q = Order.objects.all()\nfor x in q:\n  x.check()\nfor x in q:\n  x.close()", "medium/previewmedium/preview"},
		{"asked for any", command, "q = Order.objects.all()\nif not q:\n  return\nfor x in q:\n  x.close()", "medium/preview"},
		{"saved in pieces", command, "kept = []\nfor x in Bottle.objects.all():\n  kept.append(x)\n  if len(kept) > 500:\n    Bottle.objects.bulk_update(kept, ['full'])\n    kept = []", "medium/preview"},
		{"saved in pieces, of one", command, "kept = []\nfor x in Bottle.objects.filter(shop=given_model):\n  kept.append(x)\n  if len(kept) > 500:\n    Bottle.objects.bulk_update(kept, ['full'])\n    kept = []", "medium/preview"},
		{"behind a bar", command, "for x in self.progress(Order.objects.all(), unit='orders'):\n  x.close()", "medium"},
		{"behind what is no bar", command, "for x in self.chosen(Order.objects.all()):\n  x.close()", ""},
		{"a manager of another name", command, "for x in Order.available_objects.order_by('pk'):\n  x.close()", "medium"},
		{"a manager of a part", command, "for x in Order.broken_objects.order_by('pk'):\n  x.close()", "medium/preview"},
		{"of many more than there are", command, "for x in Order.objects.all()[:1000 * 1000]:\n  x.close()", "medium"},
		{"the first", command, "for x in Order.objects.all()[:10 * 1000]:\n  x.close()", ""},
		{"counted first, nobody knows", command, "q = Bottle.objects.all()\nprint(len(q))\nfor x in q:\n  x.close()", ""},
		{"handed on, too", command, "q = Order.objects.all()\nshow(q)\nfor x in q:\n  x.close()", ""},
		{"an export", command, "for x in Order.objects.values_list('pk', 'name'):\n  out.writerow(x)", "medium"},
		{"printed", command, "for x in Order.objects.values_list('pk', 'name'):\n  self.stdout.write(x)", "low"},
		{"a part of each", command, "y = [x.pk for x in Order.objects.all()]", "medium"},
		{"two parts of each", command, "y = [(x.pk, x.name.lower()) for x in Order.objects.all()]", "medium"},
		{"a dict of each", command, "y = [{'order': x} for x in Order.objects.all()]", "low"},
		{"summed up", command, "y = sum(f(x) for x in Order.objects.all())", "medium"},
		{"cut", command, "y = [x.pk for x in Order.objects.all()][:5]", "low"},
		{"nobody knows, single values", command, "for x in Bottle.objects.values_list('pk', flat=True):\n  close.delay(x)", "low"},
		{"nobody knows, kept", command, "for x in Bottle.objects.all():\n  kept.append(x)", "low"},
		{"nobody knows, waiting", command, "for x in Bottle.objects.filter(status='pending'):\n  x.close()", "low"},
		{"for whoever asks", app, "for x in Order.objects.all():\n  x.close()", "medium/preview"},
		{"for whoever asks, some", app, "for x in Order.objects.filter(shop__isnull=True):\n  x.close()", "low"},
		{"for whoever asks, of what nobody knows", app, "for x in Bottle.objects.all():\n  x.close()", "low"},
		{"of one, announced", command, "q = Bottle.objects.filter(shop=given_model)\nout(total=q.count())\nfor x in q:\n  x.close()", "medium/preview"},
		{"of one, counted", command, "q = Bottle.objects.filter(shop=given_model)\nout(q.count())\nfor x in q:\n  x.close()", "low"},
		{"of one, counted and counted off", command, "q = Bottle.objects.filter(shop=given_model)\nout(q.count())\nfor i, x in enumerate(q):\n  x.close(i)", "medium/preview"},
		{"of one, counted off", command, "q = Bottle.objects.filter(shop=given_model)\nfor i, x in enumerate(q):\n  x.close(i)", "low"},
		{"of one, counted off for who reads them", command, "q = Bottle.objects.filter(shop=given_model)\nprint(q.count())\nfor i, x in enumerate(q):\n  print(i, x)", "low"},
		{"of one, behind a bar", command, "for x in tqdm.tqdm(given_model.bottles.filter(open=True)):\n  x.close()", "medium/preview"},
		{"of one, behind a bar, asked for any", command, "q = given_model.bottles.filter(open=True)\nif not q:\n  return\nfor x in tqdm.tqdm(q):\n  x.close()", "medium/preview"},
		{"of one, behind a bar, perhaps prefetched", command, "for x in tqdm.tqdm(given_model.bottles.all()):\n  x.close()", ""},
		{"of one, behind a bar, for whoever asks", app, "for x in tqdm.tqdm(given_model.bottles.filter(open=True)):\n  x.close()", ""},
		{"of one, behind a bar, kept", command, "for x in tqdm.tqdm(given_model.bottles.filter(open=True)):\n  kept.append(x)", ""},
		{"of one, telling progress", command, "for x in Bottle.objects.filter(shop=given_model):\n  x.close()\n  n += 1\n  if n % 100 == 0:\n    print(n)", "medium/preview"},
		{"of one, without what weighs most", command, "for x in Bottle.objects.filter(shop=given_model).defer('scan'):\n  x.close()", "medium/preview"},
		{"of one, without what weighs most, set up", command, "for x in Plugin.objects.filter(shop=given_model).defer('code'):\n  x.close()", "low"},
		{"of a data set", command, "for x in Bottle.objects.filter(shelf__dataset__pk=given_model.pk):\n  x.close()", "medium/preview"},
		{"of a data set, related", command, "for x in given_model.dataset.bottles.filter(open=True):\n  x.close()", "medium/preview"},
		{"of a data set, perhaps prefetched", command, "for x in given_model.dataset.bottles.all():\n  x.close()", ""},
		{"of a data set, for whoever asks", app, "for x in Bottle.objects.filter(dataset=given_model):\n  x.close()", ""},
		{"columns of a data set", command, "for x in Column.objects.filter(dataset=given_model):\n  x.close()", "low"},
		{"of a data set and a shop", command, "for x in Bottle.objects.filter(dataset=limit, shop=given_model):\n  x.close()", "low"},
		{"answers to a survey", command, "for x in Answer.objects.filter(question__survey_id=given_model.pk):\n  x.close()", "medium/preview"},
		{"answers to a survey, told", command, "for x in Answer.objects.filter(question__survey_id=given_model.pk):\n  print(x)", "low"},
		{"of a survey", command, "for x in Bottle.objects.filter(survey=given_model):\n  x.close()", "low"},
		{"those who belong to an organization", command, "for x in Membership.objects.filter(organization=given_model):\n  x.close()", "low"}, //nolint:misspell // People write both.
		{"the answer to a question", command, "for x in Answer.objects.filter(question=given_model):\n  x.close()", "low"},
		{"narrowed by an option, counted off", command, "q = Bottle.objects.filter(open=True)\nif given_model:\n  q = q.filter(shop=given_model)\nout(q.count())\nfor i, x in enumerate(q):\n  x.close(i)", "medium/preview"},
		{"messages of one", command, "for x in given_model.messages.order_by('pk'):\n  x.close()", "medium/preview"},
		{"messages of one, kept", command, "for x in given_model.messages.order_by('pk'):\n  kept.append(x)", ""},
		{"messages of one, perhaps prefetched", command, "for x in given_model.messages.all():\n  x.close()", ""},
		{"joined messages of one", app, "for x in given_model.messages.select_related('shop'):\n  x.close()", "medium/preview"},
		{"messages of one, for whoever asks", app, "for x in given_model.messages.order_by('pk'):\n  x.close()", ""},
		{"bottles of one", command, "for x in given_model.bottles.order_by('pk'):\n  x.close()", ""},
		{"a migration", migration, "for x in Order.objects.all():\n  x.close()", "medium"},
		{"a migration of what nobody knows", migration, "for x in Bottle.objects.select_related('shop'):\n  x.close()", "medium/preview"},
		{"a migration that mends", migration, "for x in Order.objects.filter(name__startswith='['):\n  x.close()", "low"},
	} {
		body := "\ndef f(self, limit, out, given_model):\n  kept = []\n  n = 0\n  " + strings.ReplaceAll(test.body, "\n", "\n  ")
		checkConfidence(t, test.name, test.path, body, test.want)
	}
	for _, test := range []struct {
		name, operations, want string
	}{
		{"the way there", "RunPython(f, g)", "medium"},
		{"the way back", "RunPython(g, f)", "low"},
		{"the way back by name", "RunPython(code=g, reverse_code=f)", "low"},
		{"both", "RunPython(f, g), migrations.RunPython(g, f)", "medium"},
	} {
		code := "\ndef f(apps, editor):\n  Old = apps.get_model('shop', 'Order')\n  for x in Old.objects.all():\n    x.save()\noperations = [migrations." + test.operations + "]"
		checkConfidence(t, test.name, migration, code, test.want)
	}
}

// TestRequest holds what is told of loops that answer a request.
func TestRequest(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		"for x in Order.objects.all():\n    x.close()":                            "medium/preview",
		"for x in Order.objects.filter(shop__isnull=True):\n    x.close()":        "",
		"for x in Order.objects.all():\n    kept.append(x)":                       "",
		"for x in Bottle.objects.all():\n    x.close()":                           "",
		"for x in Order.objects.filter(shop=request.shop):\n    x.close()":        "",
		"return render(request, 'a', {'y': [x.pk for x in Order.objects.all()]})": "",
	} {
		checkConfidence(t, body, "shop/views.py", "\ndef f(request):\n  kept = []\n  "+body, want)
	}
}

func checkConfidence(t *testing.T, name, path, code, want string) {
	t.Helper()
	a := &analyzer.Analyzer{Rules: []*analyzer.Rule{querysetloopwithoutiterator.Rule}}
	code = "from shop.models import *\n" + code + "\n"
	result := a.Tree(t.Context(), []string{path}, func(string) ([]byte, error) { return []byte(code), nil })
	got := ""
	for _, f := range result.Files[0].Findings {
		got += f.Confidence.String()
		if f.Preview && f.Confidence > analyzer.LowConfidence {
			got += "/preview"
		}
	}
	if got != want {
		t.Errorf("%s: %s, want %s", name, got, want)
	}
}

// checkPreview checks that code has one finding in a project of some facts, and whether it is in preview.
func checkPreview(t *testing.T, path, code string, facts *project.Facts, preview bool) {
	t.Helper()
	a := &analyzer.Analyzer{Rules: []*analyzer.Rule{querysetloopwithoutiterator.Rule}, Project: facts}
	found := a.Tree(t.Context(), []string{path}, func(string) ([]byte, error) { return []byte(code), nil }).Files[0].Findings
	if len(found) != 1 || found[0].Preview != preview {
		t.Errorf("%s with %+v: %v, want one finding, in preview: %t, of\n%s", path, facts, found, preview, code)
	}
}

func TestUnread(t *testing.T) {
	t.Parallel()
	for body, preview := range map[string]bool{"x.label = ur'a'": true, "print 'a', x": false} {
		code := "from shop.models import *\n\ndef f():\n    for x in Order.objects.all():\n        " + body + "\n        x.save()\n"
		checkPreview(t, "shop/management/commands/a.py", code, nil, preview)
	}
}

// TestClassMethod holds that what a method of a model makes counts as rows where a part of it is taken as of nothing but a QuerySet.
func TestClassMethod(t *testing.T) {
	t.Parallel()
	for rows, want := range map[string]string{
		"visible_objects().filter(paid=True)":      "medium/preview",
		"open_orders().order_by('pk')":             "medium/preview",
		"visible_objects()":                        "",
		"visible_objects().filter(lambda o: o.pk)": "",
		"customers().filter(paid=True)":            "",
		"open_by(shop).filter(paid=True)":          "",
	} {
		checkConfidence(t, rows, "shop/management/commands/a.py", "from shop.models import Order\ndef f(shop):\n  for x in Order."+rows+":\n    x.close()", want)
	}
}

// TestProducts holds that the products of an app which is called after them alone count as many where each of them has somebody who
// offers it.
func TestProducts(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		path    string
		facts   *project.Facts
		preview bool
	}{
		{"products/tasks.py", nil, true},
		{"products/tasks.py", &project.Facts{Recorded: []string{"Product"}}, true},
		{"products/tasks.py", &project.Facts{Offered: []string{"Product"}}, false},
		{"catalog/tasks.py", nil, false},
		{"shop/products/tasks.py", nil, false},
	} {
		code := "from celery import shared_task\nfrom .models import Product\n\n@shared_task\ndef f():\n    for x in Product.objects.all():\n        x.close()\n"
		checkPreview(t, test.path, code, test.facts, test.preview)
	}
}

// TestKept holds that a table of which the name says nothing counts as long where each of its rows is one of many that somebody has.
func TestKept(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		rows    string
		facts   *project.Facts
		preview bool
	}{
		{"objects.all()", nil, true},
		{"objects.all()", &project.Facts{Owned: []string{"Bottle"}, Recorded: []string{"Bottle"}}, true},
		{"objects.all()", &project.Facts{Kept: []string{"Bottle"}}, false},
		{"objects.filter(full=True)", &project.Facts{Kept: []string{"Bottle"}}, true},
		{"objects.exclude(label=Lower('label'))", &project.Facts{Kept: []string{"Bottle"}}, true},
		{"objects.exclude(label=Lower(F('label')))", &project.Facts{Kept: []string{"Bottle"}}, true},
		{"objects.exclude(label=Lower('name'))", &project.Facts{Kept: []string{"Bottle"}}, false},
	} {
		code := "from django.db.models.functions import Lower\n\ndef f(apps, editor):\n    for x in apps.get_model('bar', 'Bottle')." + test.rows + ":\n        x.close()\n\nmigrations.RunPython(f)\n"
		checkPreview(t, "bar/migrations/0002_close.py", code, test.facts, test.preview)
	}
}

// TestRows holds of which tables it matters that the admin knows them: what machines write, and accounts, may come without a line of
// the project's.
func TestRows(t *testing.T) {
	t.Parallel()
	for model, preview := range map[string]bool{"Invoice": true, "AlertMessage": false, "CustomUser": false} {
		const file = "shop/migrations/0002_close.py"
		files := map[string]string{
			"manage.py": "", "shop/__init__.py": "", "shop/models.py": "class " + model + "(models.Model):\n    pass\n", "shop/admin.py": "admin.site.register(" + model + ")\n",
			file: "def f(apps, editor):\n    for x in apps.get_model('shop', '" + model + "').objects.all():\n        x.close()\n\nmigrations.RunPython(f)\n",
		}
		read := func(path string) ([]byte, error) { return []byte(files[path]), nil }
		paths := slices.Sorted(maps.Keys(files))
		a := &analyzer.Analyzer{
			Rules:    []*analyzer.Rule{querysetloopwithoutiterator.Rule},
			Project:  &project.Facts{OpensAccounts: true},
			Mentions: &analyzer.Mentions{Paths: paths, Read: read},
			Modules:  analyzer.NewModules(paths),
		}
		found := a.Tree(t.Context(), []string{file}, read).Files[0].Findings
		if len(found) != 1 || found[0].Rows != model || found[0].Preview != preview {
			t.Errorf("%s: %+v, want one finding about it, in preview: %t", model, found, preview)
		}
	}
}
