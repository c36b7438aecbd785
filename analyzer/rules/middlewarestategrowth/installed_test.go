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
