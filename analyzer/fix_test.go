package analyzer_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/python"
)

// takeOut reports leak(x) and replaces it by x.
func takeOut() *analyzer.Rule {
	return &analyzer.Rule{
		Name: "leaks", Severity: analyzer.High, Confidence: analyzer.HighConfidence,
		Run: func(pass *analyzer.Pass) {
			for _, call := range pass.Calls {
				if name, ok := call.Func.(*python.Name); ok && name.Id == "leak" {
					pass.Report(analyzer.Diagnostic{Span: call.Span, Message: "A leak", Fixes: []analyzer.SuggestedFix{{
						Kind:  analyzer.SafeFix,
						Edits: []analyzer.TextEdit{analyzer.Replace(call, pass.Operand(call.Args[0])+".kept()")},
					}}})
				}
			}
		},
	}
}

func TestFixKeepsIndentation(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, code, want string }{
		{"one line", "x = leak(f(1))\n", "x = f(1).kept()\n"},
		{"as black has it", "if x:\n    y = leak(\n        f(\n            1,\n        )\n    )\n", "if x:\n    y = f(\n        1,\n    ).kept()\n"},
		{"with tabs", "if x:\n\ty = leak(\n\t\tf(\n\t\t\t1,\n\t\t)\n\t)\n", "if x:\n\ty = f(\n\t\t1,\n\t).kept()\n"},
		{"in place", "x = leak(f(\n    1,\n))\n", "x = f(\n    1,\n).kept()\n"},
		{"hanging", "x = leak(f(1,\n           2))\n", "x = f(1,\n           2).kept()\n"},
		{"a string's lines", "x = leak(\n    f(\n        \"\"\"\n        a\n        \"\"\",\n    )\n)\n", "x = f(\n        \"\"\"\n        a\n        \"\"\",\n    ).kept()\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			found := check(t, newAnalyzer(takeOut()), test.code).Findings
			if len(found) != 1 || found[0].Fix == nil {
				t.Fatalf("findings = %v, want one with a fix", found)
			}
			got, _ := analyzer.Apply(test.code, found[0].Fix.Edits)
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestFixOfWhatDoesNotParse(t *testing.T) {
	t.Parallel()
	found := check(t, newAnalyzer(takeOut()), "x = leak(f(1))\nprint 'a'\n").Findings
	for _, f := range found {
		if f.Fix != nil {
			t.Errorf("a file that does not parse has a fix for %s", f.Rule.Name)
		}
	}
	if len(found) == 0 {
		t.Error("the leak was not found")
	}
}
