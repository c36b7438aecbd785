package analyzer_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/change"
)

// TestManyFindings takes as many steps as there are findings: with their square the test would not end.
func TestManyFindings(t *testing.T) {
	t.Parallel()
	const n = 10_000
	// name of the functions, and what stands behind and above each finding.
	code := func(name, behind, above string) string {
		var text strings.Builder
		for i := range n {
			fmt.Fprintf(&text, "def %s%d():\n%s    leak()%s\n", name, i, above, behind)
		}
		return text.String()
	}
	const comment = "# djleak: ignore[leaks] -- known"
	a := newAnalyzer(leaks())
	a.Shown = func(analyzer.Finding) bool { return false }
	tests := map[string]struct{ base, head, want string }{
		"one a function":      {"", code("f", "", ""), "10000 findings, 10000 new, 0 suppressed"},
		"all known":           {code("f", "", ""), code("f", "", ""), "10000 findings, 0 new, 0 suppressed"},
		"suppressed there":    {"", code("f", "  "+comment, ""), "10000 findings, 10000 new, 10000 suppressed"},
		"suppressed above":    {"", code("f", "", "    "+comment+"\n"), "10000 findings, 10000 new, 10000 suppressed"},
		"one block of them":   {"", strings.Repeat(comment+"\n", n) + "leak()\n", "1 findings, 1 new, 1 suppressed"},
		"known by their line": {code("f", "", ""), code("g", "", ""), "10000 findings, 0 new, 0 suppressed"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := change.File{Path: "app.py", OldPath: "app.py", Base: []byte(test.base), Head: []byte(test.head)}
			file.Hunks = change.Diff(file.Base, file.Head)
			result := a.Review(t.Context(), change.Change{Files: []change.File{file}}).Files[0]
			fresh, suppressed := 0, 0
			for _, f := range result.Findings {
				if f.New {
					fresh++
				}
				if f.Suppression != nil {
					suppressed++
				}
			}
			if got := fmt.Sprintf("%d findings, %d new, %d suppressed", len(result.Findings), fresh, suppressed); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

// TestManyFixes proves as many as it has time for, and says so.
func TestManyFixes(t *testing.T) {
	t.Parallel()
	const n = 4000
	line := "leak()" + strings.Repeat(" ", 93) + "\n"
	file := check(t, newAnalyzer(leaks()), strings.Repeat(line, n))
	fixes := 0
	for _, f := range file.Findings {
		if f.Fix != nil {
			fixes++
		}
	}
	if want := (16 << 20) / (n * len(line)); fixes != want {
		t.Errorf("%d fixes, want %d", fixes, want)
	}
	var got []string
	for _, notice := range file.Notices {
		got = append(got, notice.Message)
	}
	want := []string{fmt.Sprintf("too many fixes for one file: none is offered for the last %d findings that have one", n-fixes)}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("notices (-want +got)\n%s", diff)
	}
	if file.State != analyzer.Analysed {
		t.Errorf("state %v", file.State)
	}
}

// TestTooManyFindings tells ten thousand of a file, the most severe, and says so.
func TestTooManyFindings(t *testing.T) {
	t.Parallel()
	const n = 15_000
	mild := &analyzer.Rule{
		Name: "mild", Severity: analyzer.Low, Confidence: analyzer.HighConfidence, Files: analyzer.AnyFile,
		Run: func(pass *analyzer.Pass) {
			for _, call := range pass.Calls {
				pass.Report(analyzer.Diagnostic{Span: call.Span, Message: "A call"})
			}
		},
	}
	a := newAnalyzer(mild, leaks())
	a.Shown = func(analyzer.Finding) bool { return false }
	file := check(t, a, strings.Repeat("call()\n", n)+strings.Repeat("leak()\n", 100))
	counts := map[string]int{}
	for i, f := range file.Findings {
		counts[f.Rule.Name]++
		if i > 0 && analyzer.CompareFindings(file.Findings[i-1], f) >= 0 {
			t.Fatalf("finding %d is out of order", i)
		}
	}
	if diff := cmp.Diff(map[string]int{"leaks": 100, "mild": 9900}, counts); diff != "" {
		t.Errorf("findings (-want +got)\n%s", diff)
	}
	want := []analyzer.Notice{{Path: "app.py", Message: "too many findings for one file: the last 5200 of the least severe are left out"}}
	if diff := cmp.Diff(want, file.Notices); diff != "" {
		t.Errorf("notices (-want +got)\n%s", diff)
	}
	if diff := cmp.Diff([]string{"mild"}, file.FailedRules); diff != "" {
		t.Errorf("FailedRules (-want +got)\n%s", diff)
	}
}
