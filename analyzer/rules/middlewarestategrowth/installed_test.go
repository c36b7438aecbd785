package middlewarestategrowth_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/project"
	"github.com/djleak/djleak/analyzer/rules/middlewarestategrowth"
)

// TestInstalled asks about a class whose shape says nothing, and which stands in a MIDDLEWARE setting.
func TestInstalled(t *testing.T) {
	t.Parallel()
	const code = `
from shop.base import Base

class Audit(Base):
    def __init__(self, *args):
        super().__init__(*args)
        self.paths = []

    def process_view(self, request, view, args, kwargs):
        self.paths.append(request.path)
`
	for name, test := range map[string]struct {
		facts *project.Facts
		want  int
	}{
		"unknown":   {nil, 0},
		"another":   {&project.Facts{Middleware: []string{"shop.middleware.Auditor"}}, 0},
		"installed": {&project.Facts{Middleware: []string{"shop.middleware.Audit"}}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := &analyzer.Analyzer{Rules: []*analyzer.Rule{middlewarestategrowth.Rule}, Project: test.facts}
			result := a.Tree(t.Context(), []string{"shop/audit.py"}, func(string) ([]byte, error) { return []byte(code), nil })
			if got := len(result.Files[0].Findings); got != test.want {
				t.Errorf("%d findings, want %d", got, test.want)
			}
		})
	}
}

// TestLeftOut holds that a middleware which settings are known to leave out is told of in preview.
func TestLeftOut(t *testing.T) {
	t.Parallel()
	const (
		class = "class Audit:\n    def __init__(self, get_response):\n        self.paths = []\n    def __call__(self, request):\n        self.paths.append(request.path)\n"
		heir  = class + "class Auditor(Audit):\n    pass\n"
		maker = "def Audit(get_response):\n    paths = []\n    def middleware(request):\n        paths.append(request.path)\n    return middleware\n"
	)
	for _, test := range []struct {
		name, code, installed string
		all, want             bool
	}{
		{"another", class, "shop.middleware.Auditor", true, true},
		{"another, known in part", class, "shop.middleware.Auditor", false, false},
		{"installed", class, "shop.middleware.Audit", true, false},
		{"an heir", heir, "shop.middleware.Auditor", true, false},
		{"a function", maker, "shop.middleware.Auditor", true, true},
		{"a function that is installed", maker, "shop.middleware.Audit", true, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			facts := &project.Facts{Installed: []string{test.installed}, AllInstalled: test.all}
			a := &analyzer.Analyzer{Rules: []*analyzer.Rule{middlewarestategrowth.Rule}, Project: facts}
			result := a.Tree(t.Context(), []string{"shop/middleware.py"}, func(string) ([]byte, error) { return []byte(test.code), nil })
			findings := result.Files[0].Findings
			if len(findings) != 1 || findings[0].Preview != test.want {
				t.Errorf("%v, want one finding, in preview: %t", findings, test.want)
			}
		})
	}
}
