package rules_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/rulepage"
	"github.com/djleak/djleak/analyzer/rules"
)

func TestListIsGenerated(t *testing.T) {
	t.Parallel()
	folders, err := filepath.Glob("*/rule.go")
	if err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile("list.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, folder := range folders {
		if name := filepath.Dir(folder); !strings.Contains(string(raw), "\t"+name+".Rule,\n") {
			t.Errorf("list.go lacks %s: run go generate ./analyzer/rules", name)
		}
	}
	if got, want := strings.Count(string(raw), ".Rule,\n"), len(folders); got != want {
		t.Errorf("list.go has %d rules, there are %d folders: run go generate ./analyzer/rules", got, want)
	}
}

func TestRules(t *testing.T) {
	t.Parallel()
	names := map[string]bool{}
	for _, rule := range rules.All() {
		if names[rule.Name] {
			t.Errorf("two rules are named %s", rule.Name)
		}
		names[rule.Name] = true
		if summary := rule.Summary(); summary == "" || !strings.HasSuffix(summary, ".") || len(summary) > 160 {
			t.Errorf("the summary of %s is no sentence of at most 160 characters: %q", rule.Name, summary)
		}
		if rule.Severity == analyzer.High && rule.Confidence != analyzer.HighConfidence {
			t.Errorf("%s is of high severity without high confidence", rule.Name)
		}
	}
}

// TestCasesParseAsPython holds the cases of all rules against CPython, so that no rule is proven on code that is none.
func TestCasesParseAsPython(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("*/testdata/*.py")
	if err != nil {
		t.Fatal(err)
	}
	const script = "import ast, sys\nfor name in sys.argv[1:]: ast.parse(open(name, 'rb').read(), name)"
	if out, err := exec.CommandContext(t.Context(), "python3", append([]string{"-c", script}, files...)...).CombinedOutput(); err != nil {
		t.Errorf("python3: %v\n%s", err, out)
	}
}

// TestRemediesAreSilent runs every rule over what any rule's page recommends.
func TestRemediesAreSilent(t *testing.T) {
	t.Parallel()
	for _, rule := range rules.All() {
		for _, code := range rulepage.Code(rule.Doc, rulepage.Remedy) {
			a := &analyzer.Analyzer{Rules: rules.All(), Project: rulepage.Project(code)}
			result := a.Tree(t.Context(), []string{rulepage.Path(code)}, func(string) ([]byte, error) { return []byte(code), nil })
			for _, f := range result.Files[0].Findings {
				t.Errorf("what the page of %s recommends is reported by %s: %s\n%s", rule.Name, f.Rule.Name, f.Message, code)
			}
		}
	}
}
