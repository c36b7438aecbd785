package responsefilebuffered_test

import (
	"strings"
	"testing"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/project"
	"github.com/djleak/djleak/analyzer/rules/responsefilebuffered"
)

// TestASGI checks that FileResponse is recommended only where it streams.
func TestASGI(t *testing.T) {
	t.Parallel()
	const code = "from django.http import HttpResponse\n\n\ndef download(request, path):\n    return HttpResponse(open(path, \"rb\").read())\n"
	for _, test := range []struct {
		name   string
		facts  *project.Facts
		remedy string
		fixed  bool
	}{
		{"nothing is known", nil, "FileResponse(", true},
		{"a weak sign", &project.Facts{ASGI: project.Evidence{Strength: project.Weak}}, "FileResponse(", true},
		{"ASGI", &project.Facts{ASGI: project.Evidence{Strength: project.Certain}}, "async def", false},
		{"ASGI beside WSGI", &project.Facts{ASGI: project.Evidence{Strength: project.Certain}, WSGI: true}, "FileResponse(", true},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			a := &analyzer.Analyzer{Rules: []*analyzer.Rule{responsefilebuffered.Rule}, Project: test.facts}
			result := a.Tree(t.Context(), []string{"shop/views.py"}, func(string) ([]byte, error) { return []byte(code), nil })
			findings := result.Files[0].Findings
			if len(findings) != 1 {
				t.Fatalf("got %d findings, want 1", len(findings))
			}
			if got := findings[0].Remedy; !strings.Contains(got, test.remedy) {
				t.Errorf("the remedy is\n%swant one with %s", got, test.remedy)
			}
			if got := findings[0].Fix != nil; got != test.fixed {
				t.Errorf("a fix is offered: %t, want %t", got, test.fixed)
			}
		})
	}
}
