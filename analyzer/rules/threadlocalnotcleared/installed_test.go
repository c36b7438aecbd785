package threadlocalnotcleared_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/project"
	"github.com/djleak/djleak/analyzer/rules/threadlocalnotcleared"
)

// TestInstalled holds that a middleware which settings are known to leave out is told of in preview, and a function that any code
// may call is not.
func TestInstalled(t *testing.T) {
	t.Parallel()
	const (
		middleware = "from threading import local\n_here = local()\nclass Current:\n    def __init__(self, get_response):\n        self.get_response = get_response\n" +
			"    def __call__(self, request):\n        _here.request = request\n        return self.get_response(request)\n"
		called = "from threading import local\n_here = local()\ndef attach(request):\n    _here.request = request\n"
	)
	for _, test := range []struct {
		name, code string
		facts      *project.Facts
		want       bool
	}{
		{"unknown", middleware, nil, false},
		{"nothing is known", middleware, &project.Facts{}, false},
		{"known in part", middleware, &project.Facts{Installed: []string{"shop.middleware.Audit"}}, false},
		{"another", middleware, &project.Facts{Installed: []string{"shop.middleware.Audit"}, AllInstalled: true}, true},
		{"installed", middleware, &project.Facts{Installed: []string{"shop.middleware.Current"}, AllInstalled: true}, false},
		{"a function", called, &project.Facts{Installed: []string{"shop.middleware.Audit"}, AllInstalled: true}, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			a := &analyzer.Analyzer{Rules: []*analyzer.Rule{threadlocalnotcleared.Rule}, Project: test.facts}
			result := a.Tree(t.Context(), []string{"shop/middleware.py"}, func(string) ([]byte, error) { return []byte(test.code), nil })
			findings := result.Files[0].Findings
			if len(findings) != 1 || findings[0].Preview != test.want {
				t.Errorf("%v, want one finding, in preview: %t", findings, test.want)
			}
		})
	}
}
