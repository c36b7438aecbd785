package querysetloopwithoutiterator_test

import (
	"strings"
	"testing"
)

func TestStream(t *testing.T) {
	t.Parallel()
	const rows, told = "def rows(request):\n  for x in Order.objects.filter(shop=request.shop):\n    yield x.name\n", "medium/preview"
	for _, test := range []struct {
		name, code, want string
	}{
		{"sent as it comes", rows + "def f(request):\n  return StreamingHttpResponse(rows(request))", told},
		{"through others", rows + "def f(request):\n  lines = map(line, chain([1], rows(request)))\n  return StreamingHttpResponse(streaming_content=lines)", told},
		{"collected", rows + "def f(request):\n  return HttpResponse(list(rows(request)))", ""},
		{"a function inside", "def f(request):\n  q = Widget.objects.all()\n  def rows():\n    for x in q:\n      yield x.name\n  return StreamingHttpResponse(rows())", told},
		{"a function inside, that reads them again", "def f(request):\n  q = Widget.objects.all()\n  def rows():\n    for x in q:\n      yield x.name\n  return StreamingHttpResponse(chain(rows(), q))", ""},
		{"a method", "class A(View):\n  def get_queryset(self):\n    raise NotImplementedError\n  def rows(self):\n    for x in self.get_queryset():\n      yield x.name\n" +
			"  def get(self, request):\n    return StreamingHttpResponse(self.rows())", told},
		{"an expression", "def f(request):\n  return StreamingHttpResponse(x.name for x in Widget.objects.all())", told},
		{"a page", "def f(request):\n  return StreamingHttpResponse(x.name for x in Widget.objects.all()[:10])", ""},
		{"the rows of one object", "def f(request):\n  return StreamingHttpResponse(x.name for x in request.shop.widgets.all())", ""},
		{"in pieces", "def f(request):\n  return StreamingHttpResponse(x.name for x in Widget.objects.iterator())", ""},
		{"an export", "class CsvSource:\n  def __init__(self, queryset):\n    self.queryset = queryset\n  def values(self):\n    rows = self.queryset.values_list('name')\n    for x in rows:\n      yield list(x)", told},
		{"something else", "class Source:\n  def __init__(self, queryset):\n    self.queryset = queryset\n  def values(self):\n    rows = self.queryset.values_list('name')\n    for x in rows:\n      yield list(x)", ""},
		{"rows of a table", "def bottle_rows():\n  for x in Bottle.objects.all():\n    yield x.name", told},
		{"rows of nobody knows what", "class A(Source):\n  def bottle_rows(self):\n    for x in self.get_queryset():\n      yield x.name", "low"},
		{"an export, all of which is kept", "def export(queryset):\n  rows = []\n  for x in queryset:\n    rows.append(x)\n    yield x", "low"},
		{"an export of what people set up", "def export():\n  for x in Plugin.objects.all():\n    yield x", "low"},
	} {
		code := "from django.http import HttpResponse, StreamingHttpResponse\nfrom django.views import View\nfrom itertools import chain\n"
		checkConfidence(t, test.name, "shop/streams.py", code+strings.TrimSpace(test.code), test.want)
	}
}

func TestStreamOfModule(t *testing.T) {
	t.Parallel()
	const lines = "def lines(queryset):\n  for x in queryset:\n    yield x.name"
	for path, want := range map[string]string{
		"shop/reports/orders.py": "medium/preview", "shop/data_export.py": "medium/preview", "shop/csv/lines.py": "medium/preview",
		"shop/reporters.py": "", "shop/important.py": "",
	} {
		checkConfidence(t, path, path, lines, want)
	}
}
