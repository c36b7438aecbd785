package gccollectbandaid_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/rules/gccollectbandaid"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, gccollectbandaid.Rule)
}

// TestConfidence holds that only a collection every so many rounds is surely a habit.
func TestConfidence(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ path, code, want string }{
		{"shop/tasks.py", "def f():\n    for i in x:\n        if i % 100 == 0:\n            gc.collect()\n", "medium"},
		{"shop/tasks.py", "def f():\n    while x:\n        if not n % 100:\n            gc.collect()\n", "medium"},
		{"shop/tasks.py", "def f():\n    for i in x:\n        gc.collect()\n", "low"},
		{"shop/tasks.py", "def f():\n    if i % 100 == 0:\n        gc.collect()\n", "low"},
		{"shop/tasks.py", "def f():\n    del x\n    gc.collect()\n", "low"},
		{"scripts/clean.py", "def f():\n    for i in x:\n        if i % 100 == 0:\n            gc.collect()\n", ""},
	} {
		code := "import gc\n\n" + test.code
		a := &analyzer.Analyzer{Rules: []*analyzer.Rule{gccollectbandaid.Rule}}
		result := a.Tree(t.Context(), []string{test.path}, func(string) ([]byte, error) { return []byte(code), nil })
		got := ""
		for _, f := range result.Files[0].Findings {
			got += f.Confidence.String()
		}
		if got != test.want {
			t.Errorf("confidence = %q, want %q in %s:\n%s", got, test.want, test.path, code)
		}
	}
}
