package django_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/django"
)

func TestFileObject(t *testing.T) {
	t.Parallel()
	const head = `import os, tempfile
from pathlib import Path
from django.conf import settings
from django.core.files.storage import default_storage
from django.shortcuts import get_object_or_404
BASE = "/srv"
def f(request, path, doc, names=os.path.join(BASE, "names"), other=None):
    row = Doc.objects.get(pk=1)
    found = get_object_or_404(Doc, pk=2)
    with open(path) as handle, default_storage.open(path) as stored:
        show(`
	for _, test := range []struct{ expr, want string }{
		{"open(path)", "local"},
		{"open('robots.txt')", "local, fixed"},
		{"open(os.path.join(settings.ROOT, 'robots.txt'))", "local, fixed"},
		{"open(os.path.join(settings.ROOT, path))", "local"},
		{"open(f'{BASE}/a')", "local, fixed"},
		{"open(BASE + path)", "local"},
		{"open(Path(BASE) / 'a')", "local, fixed"},
		{"open(Path(BASE) / path)", "local"},
		{"open(os.path.join(os.path.dirname(__file__), path))", "local, fixed"},
		{"open(names)", "local, fixed"},
		{"open(other)", "local"},
		{"open(os.__path__[0])", "local, fixed"},
		{"open('a' if BASE else BASE)", "local, fixed"},
		{"open(Path(__file__).parent / 'a')", "local, fixed"},
		{"open(Path(__file__).resolve().parents[1] / 'a')", "local, fixed"},
		{"open(path.parents[1])", "local"},
		{"Path(path).open()", "local"},
		{"handle", "local"},
		{"stored", "stored"},
		{"doc.storage.open(path)", "stored"},
		{"tempfile.NamedTemporaryFile()", "temporary"},
		{"row.upload", "field, sure"},
		{"row.version.anything", "field, sure"},
		{"row.upload.open('rb')", "field, sure"},
		{"found.x", "field, sure"},
		{"doc.file", "field"},
		{"doc.csv_file", "field"},
		{"doc.name", "none"},
		{"request.file", "none"},
		{"path", "none"},
		{"settings.LOG_FILE", "none"},
	} {
		f := view(t, "shop/app.py", head+test.expr+")")
		got := "none"
		if file := f.FileObject(shown(t, f)); file != nil {
			got = map[django.FileKind]string{django.LocalFile: "local", django.StoredFile: "stored", django.FieldFile: "field", django.TemporaryFile: "temporary"}[file.Kind]
			if file.Kind == django.FieldFile && file.Sure {
				got += ", sure"
			}
			if file.Path != nil && f.IsFixedPath(file.Path) {
				got += ", fixed"
			}
		}
		if got != test.want {
			t.Errorf("FileObject of %s = %s, want %s", test.expr, got, test.want)
		}
	}
}

func TestIsRow(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		body string
		want bool
	}{
		{"for x in Order.objects.all(): show(x)", true},
		{"for x in Order.objects.all().iterator(): show(x)", true},
		{"for i, x in enumerate(Order.objects.all()): show(x)", true},
		{"for x in list(Order.objects.all()): show(x.customer)", true},
		{"for x in Order.objects.values('pk'): show(x)", false},
		{"x = Order.objects.first(); show(x)", true},
		{"x = self.get_object(); show(x)", true},
		{"x = options.get('x'); show(x)", false},
		{"show(self)", false},
		{"for x in options: show(x)", false},
	} {
		f := view(t, "shop/app.py", "def f(self, options):\n    "+test.body)
		if got := f.IsRow(shown(t, f)); got != test.want {
			t.Errorf("IsRow = %t, want %t in %s", got, test.want, test.body)
		}
	}
}

func TestRowModel(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		"x = get_object_or_404(Order, pk=1); show(x)":                                             "Order",
		"x = get_object_or_404(shop.models.Order, pk=1); show(x)":                                 "Order",
		"x = get_object_or_404(Order.objects.filter(open=True), pk=1); show(x)":                   "Order",
		"x = Order.objects.get(pk=1); show(x)":                                                    "Order",
		"x: Order = await Order.objects.select_related('shop').aget(pk=1); show(x)":               "Order",
		"x = Order.objects.filter(pk=1).first(); show(x)":                                         "Order",
		"x = None\n    if options:\n        x = Order.objects.last()\n    show(x)":                "Order",
		"x = Bill.objects.last()\n    if options:\n        x = Order.objects.last()\n    show(x)": "",
		"x = Order.objects.last()\n    if options:\n        x = options\n    show(x)":             "",
		"x = self.get_object(); show(x)":                                                          "",
		"x = get_object_or_404(self.model, pk=1); show(x)":                                        "",
		"for x in Order.objects.all(): show(x)":                                                   "",
		"show(Order.objects.get(pk=1))":                                                           "Order",
		"show(options)":                                                                           "",
	} {
		f := view(t, "shop/app.py", "async def f(self, options):\n    "+body)
		if got := f.RowModel(shown(t, f)); got != want {
			t.Errorf("RowModel = %q, want %q in %s", got, want, body)
		}
	}
}

func TestIsSmallFile(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		expr            string
		small, document bool
	}{
		{"settings_path", true, true},
		{"self.template", true, true},
		{"request.FILES['license']", true, true},
		{"request.FILES.get('license_data')", true, true},
		{"open(config_file)", true, true},
		{"os.path.join(folder, readme)", true, true},
		{"row.avatar", true, false},
		{"row.image.file", true, false},
		{"row.image.open('rb')", true, false},
		{"chunk.file", true, false},
		{"chunk", true, false},
		{"path", false, false},
		{"s3_key", false, false},
		{"monkey", false, false},
		{"row.document", false, false},
	} {
		f := view(t, "shop/app.py", "show("+test.expr+")")
		if got := f.IsSmallFile(shown(t, f)); got != test.small {
			t.Errorf("IsSmallFile(%s) = %v", test.expr, got)
		}
		if got := f.IsSmallDocument(shown(t, f)); got != test.document {
			t.Errorf("IsSmallDocument(%s) = %v", test.expr, got)
		}
	}
}
