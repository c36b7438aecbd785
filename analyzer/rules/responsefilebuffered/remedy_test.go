package responsefilebuffered_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/project"
	"github.com/djleak/djleak/analyzer/release"
	"github.com/djleak/djleak/analyzer/rules/responsefilebuffered"
)

// TestRemedy holds that a remedy keeps the response's arguments, and a clean-up that follows.
func TestRemedy(t *testing.T) {
	t.Parallel()
	const (
		head = "import os\nfrom django.http import HttpResponse\n\ndef view(request, name, kind):\n    "
		from = "from django.http import FileResponse\n\n"
		note = "# Not inside `with`: the response closes the file, and sets Content-Length. Under ASGI use an async generator.\n"
	)
	for _, test := range []struct {
		code, want string
		facts      *project.Facts
	}{
		{
			head + "return HttpResponse(open(name, 'rb'), kind, 200, headers={'X-Name': name})\n",
			from + note + "return FileResponse(open(name, \"rb\"), content_type=kind, status=200, headers={'X-Name': name})\n", nil,
		},
		{
			head + "data = open(name, 'rb').read()\n    os.remove(name)\n    answer = HttpResponse(data, content_type=kind)\n    return answer\n",
			from + "handle = open(name, \"rb\")  # where it is read now: an open file outlives its name\nos.remove(name)\nanswer = FileResponse(handle, content_type=kind)\n", nil,
		},
		{
			head + "kind = clean_kind(kind)\n    return HttpResponse(content=open(name, 'rb'), content_type=kind)\n",
			from + note + "return FileResponse(open(name, \"rb\"), content_type=kind)\n", nil,
		},
		{
			head + "return HttpResponse(open(name, 'rb'), content_type=kind)\n",
			"async def chunks(path):\n    with open(path, \"rb\") as handle:\n        while chunk := await asyncio.to_thread(handle.read, 65536):\n            yield chunk\n\n" +
				"return StreamingHttpResponse(chunks(name), content_type=kind)  # ASGI reads what is not asynchronous as a whole\n",
			&project.Facts{ASGI: project.Evidence{Strength: project.Certain}},
		},
	} {
		a := &analyzer.Analyzer{Rules: []*analyzer.Rule{responsefilebuffered.Rule}, Project: test.facts}
		result := a.Tree(t.Context(), []string{"shop/views.py"}, func(string) ([]byte, error) { return []byte(test.code), nil })
		if len(result.Files[0].Findings) != 1 {
			t.Fatalf("%d findings, want one\n%s", len(result.Files[0].Findings), test.code)
		}
		if diff := cmp.Diff(test.want, result.Files[0].Findings[0].Remedy); diff != "" {
			t.Errorf("remedy (-want +got):\n%s\n%s", diff, test.code)
		}
	}
}

// TestOldDjango holds that what an old Django sends in pieces is none, and what is read before is.
func TestOldDjango(t *testing.T) {
	t.Parallel()
	const code = "from django.http import HttpResponse\n\ndef view(request, name):\n    return HttpResponse(open(name, 'rb'))\n\n" +
		"def other(request, name):\n    return HttpResponse(open(name, 'rb').read())\n"
	for _, test := range []struct {
		facts *project.Facts
		want  []int
	}{{nil, []int{4, 7}}, {&project.Facts{Django: release.Limit{Major: 1, Minor: 7}}, []int{7}}} {
		a := &analyzer.Analyzer{Rules: []*analyzer.Rule{responsefilebuffered.Rule}, Project: test.facts}
		result := a.Tree(t.Context(), []string{"shop/views.py"}, func(string) ([]byte, error) { return []byte(code), nil })
		var got []int
		for _, f := range result.Files[0].Findings {
			got = append(got, f.Region.StartLine)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("lines (-want +got):\n%s", diff)
		}
	}
}
