package csvexportbuffered_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/project"
	"github.com/djleak/djleak/analyzer/rules/csvexportbuffered"
)

// TestRemedy holds that a remedy keeps the header, the writer's kind and arguments, and the response's.
func TestRemedy(t *testing.T) {
	t.Parallel()
	const (
		view = "import csv, io\nfrom django.http import HttpResponse\n\ndef view(request):\n    "
		echo = "class Echo:\n    def write(self, value):\n        return value\n\n\n"
	)
	asgi := &project.Facts{ASGI: project.Evidence{Strength: project.Certain}}
	for _, test := range []struct {
		name, code string
		facts      *project.Facts
		want       string
	}{
		{
			"a header, a dialect, a content type",
			view + "out = HttpResponse(content_type='text/tab')\n    w = csv.writer(out, delimiter='\\t')\n    w.writerow(['no', 'sum'])\n" +
				"    for o in Order.objects.all():\n        w.writerow([o.no, o.sum])\n    return out\n",
			nil,
			echo + "def lines():\n    writer = csv.writer(Echo(), delimiter='\\t')\n    yield writer.writerow(['no', 'sum'])\n" +
				"    for o in Order.objects.all().iterator(chunk_size=2000):\n        yield writer.writerow([o.no, o.sum])\n\n\n" +
				"out = StreamingHttpResponse(lines(), content_type='text/tab')\n",
		},
		{
			"dicts, and more lines than one",
			view + "out = HttpResponse()\n    w = csv.DictWriter(out, fieldnames=['no'])\n    w.writeheader()\n" +
				"    for o in (\n        Order.objects\n        .filter(open=True)\n    ):\n        w.writerow(\n            {\n                'no': o.no,\n            }\n        )\n    return out\n",
			nil,
			echo + "def lines():\n    writer = csv.DictWriter(Echo(), fieldnames=['no'])\n    yield writer.writeheader()\n" +
				"    for o in Order.objects.filter(open=True).iterator(chunk_size=2000):\n        yield writer.writerow({'no': o.no})\n\n\n" +
				"out = StreamingHttpResponse(lines(), content_type=\"text/csv\")\n",
		},
		{
			"asynchronous, all at once",
			view + "out = HttpResponse()\n    w = csv.writer(out)\n    w.writerows(Order.objects.values_list('no'))\n    return out\n",
			asgi,
			echo + "async def lines():\n    writer = csv.writer(Echo())\n" +
				"    async for row in Order.objects.values_list('no').aiterator(chunk_size=2000):\n        yield writer.writerow(row)\n\n\n" +
				"out = StreamingHttpResponse(lines(), content_type=\"text/csv\")\n",
		},
		{
			"a file, with what fits on no line",
			"import csv, io\n\ndef text():\n    out = io.StringIO()\n    w = csv.writer(out)\n    w.writerow([  # the columns\n        'no'])\n" +
				"    for o in Order.objects.all():\n        row = [o.no]\n        w.writerow(row)\n    return out\n",
			nil,
			"with tempfile.TemporaryFile(\"w+\", newline=\"\") as out:\n    writer = csv.writer(out)\n    writer.writerow(header)\n" +
				"    for o in Order.objects.all().iterator(chunk_size=2000):\n        ...\n        writer.writerow(row)\n    out.seek(0)  # what follows reads it in pieces\n",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			a := &analyzer.Analyzer{Rules: []*analyzer.Rule{csvexportbuffered.Rule}, Project: test.facts}
			result := a.Tree(t.Context(), []string{"shop/views.py"}, func(string) ([]byte, error) { return []byte(test.code), nil })
			if len(result.Files[0].Findings) != 1 {
				t.Fatalf("%d findings, want one", len(result.Files[0].Findings))
			}
			if diff := cmp.Diff(test.want, result.Files[0].Findings[0].Remedy); diff != "" {
				t.Errorf("remedy (-want +got):\n%s", diff)
			}
		})
	}
}
