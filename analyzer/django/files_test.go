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
def f(request, path, doc):
    row = Doc.objects.get(pk=1)
    other = get_object_or_404(Doc, pk=2)
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
		{"Path(path).open()", "local"},
		{"handle", "local"},
		{"stored", "stored"},
		{"doc.storage.open(path)", "stored"},
		{"tempfile.NamedTemporaryFile()", "temporary"},
		{"row.upload", "field, sure"},
		{"row.version.anything", "field, sure"},
		{"row.upload.open('rb')", "field, sure"},
		{"other.x", "field, sure"},
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
