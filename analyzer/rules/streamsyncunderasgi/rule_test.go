package streamsyncunderasgi_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/project"
	"github.com/djleak/djleak/analyzer/rules/streamsyncunderasgi"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, streamsyncunderasgi.Rule)
}

func TestEvidence(t *testing.T) {
	t.Parallel()
	const code = "from django.http import StreamingHttpResponse\ndef f(request):\n    return StreamingHttpResponse(x for x in request)\n"
	for _, test := range []struct {
		strength project.Strength
		wsgi     bool
		want     string
	}{
		{project.Absent, false, ""},
		{project.Weak, false, ""},
		{project.Likely, false, "low"},
		{project.Certain, true, "low"},
		{project.Certain, false, "medium"},
	} {
		a := &analyzer.Analyzer{
			Rules:   []*analyzer.Rule{streamsyncunderasgi.Rule},
			Project: &project.Facts{ASGI: project.Evidence{Strength: test.strength, Where: "Procfile:1"}, WSGI: test.wsgi},
		}
		result := a.Tree(t.Context(), []string{"shop/views.py"}, func(string) ([]byte, error) { return []byte(code), nil })
		got := ""
		for _, f := range result.Files[0].Findings {
			got += f.Confidence.String()
		}
		if got != test.want {
			t.Errorf("confidence = %q with evidence %d, want %q", got, test.strength, test.want)
		}
	}
}

// TestGenerators holds that what a generator makes of what may be a list is told in preview.
func TestGenerators(t *testing.T) {
	t.Parallel()
	for source, want := range map[string]bool{
		"Order.objects.all()": false, "open(path)": false, "rows()": false, "items": true, "report(items)": true, "[1, 2]": true,
	} {
		a := &analyzer.Analyzer{
			Rules:   []*analyzer.Rule{streamsyncunderasgi.Rule},
			Project: &project.Facts{ASGI: project.Evidence{Strength: project.Certain, Where: "Procfile:1"}},
		}
		code := "from django.http import StreamingHttpResponse\nfrom shop.models import Order\n\ndef rows():\n    yield 1\n\n" +
			"def f(request, path, items):\n    return StreamingHttpResponse(str(x) for x in " + source + ")\n"
		result := a.Tree(t.Context(), []string{"shop/views.py"}, func(string) ([]byte, error) { return []byte(code), nil })
		if findings := result.Files[0].Findings; len(findings) != 1 || findings[0].Preview != want {
			t.Errorf("%v, want one finding, in preview: %t\n%s", findings, want, code)
		}
	}
}

// TestPictures holds that files which are small by what they are are told in preview.
func TestPictures(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]bool{
		"def f(request, row):\n    return FileResponse(row.file)\n":                                           false,
		"def f(request, row):\n    return FileResponse(row.file, content_type='application/pdf')\n":           false,
		"def f(request, row):\n    return FileResponse(row.file, content_type='image/png')\n":                 true,
		"def f(request, row):\n    return FileResponse(row.logo)\n":                                           true,
		"def f(request, image):\n    return FileResponse(image.file)\n":                                       true,
		"def thumbnail(request, row):\n    return FileResponse(row.file)\n":                                   true,
		"class LogoView(View):\n    def get(self, request):\n        return FileResponse(self.object.file)\n": true,
		"class Logon(View):\n    def get(self, request):\n        return FileResponse(self.object.file)\n":    false,
	} {
		a := &analyzer.Analyzer{
			Rules:   []*analyzer.Rule{streamsyncunderasgi.Rule},
			Project: &project.Facts{ASGI: project.Evidence{Strength: project.Certain, Where: "Procfile:1"}},
		}
		text := "from django.http import FileResponse\nfrom django.views import View\n\n" + code
		result := a.Tree(t.Context(), []string{"shop/views.py"}, func(string) ([]byte, error) { return []byte(text), nil })
		if findings := result.Files[0].Findings; len(findings) != 1 || findings[0].Preview != want {
			t.Errorf("%v, want one finding, in preview: %t\n%s", findings, want, code)
		}
	}
}
