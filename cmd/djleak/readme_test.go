package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer/config"
	"github.com/djleak/djleak/analyzer/rules"
)

func TestActionDeclaresTheKeys(t *testing.T) {
	t.Parallel()
	inputs, outputs := actionNames(t)
	want := append(config.Inputs(), "config", "github-token")
	slices.Sort(want)
	if diff := cmp.Diff(want, inputs); diff != "" {
		t.Errorf("inputs (-djleak +action.yml)\n%s", diff)
	}
	if diff := cmp.Diff([]string{"conclusion", "findings", "high", "info", "low", "medium", "sarif-file"}, outputs); diff != "" {
		t.Errorf("outputs (-djleak +action.yml)\n%s", diff)
	}
	action := rootFile(t, "action.yml")
	if defaults := regexp.MustCompile(`(?m)^    default: .*`).FindAllString(action, -1); !slices.Equal(defaults, []string{"    default: ${{ github.token }}"}) {
		t.Errorf("an input with a default here would never reach the configuration: %q", defaults)
	}
}

func TestReadmeTellsInputsAndOutputs(t *testing.T) {
	t.Parallel()
	inputs, outputs := actionNames(t)
	documented, defaults := tableNames(t, "| input | default | |")
	if diff := cmp.Diff(inputs, documented); diff != "" {
		t.Errorf("inputs (-action.yml +README.md)\n%s", diff)
	}
	names, _ := tableNames(t, "| output | |")
	if diff := cmp.Diff(outputs, names); diff != "" {
		t.Errorf("outputs (-action.yml +README.md)\n%s", diff)
	}
	values := config.Defaults()
	want := map[string]string{
		"name": values.Name, "fail-on": values.FailOn.String(), "scope": values.Scope.String(),
		"min-severity": values.MinSeverity.String(), "min-confidence": values.MinConfidence.String(),
		"comment-from": values.CommentFrom.String(), "max-comments": strconv.Itoa(values.MaxComments),
		"preview": strconv.FormatBool(values.Preview), "resolve": strconv.FormatBool(values.Resolve),
		"dry-run": strconv.FormatBool(values.DryRun), "review": strconv.FormatBool(values.Review),
		"check": strconv.FormatBool(values.Check), "suggestions": strconv.FormatBool(values.Suggestions),
	}
	for name, value := range want {
		if got := strings.Trim(defaults[name], "`"); got != value {
			t.Errorf("README.md: the default of %s is %q, not %q", name, value, got)
		}
	}
}

func TestReadmeNamesRulesThatAreThere(t *testing.T) {
	t.Parallel()
	links := regexp.MustCompile("(?m)^\\| \\[`([a-z-]+)`\\]\\(([^)]+)\\) \\|(.*)").FindAllStringSubmatch(rootFile(t, "README.md"), -1)
	figure := regexp.MustCompile("[0-9][0-9.,]* [a-zA-Z]+|`[A-Za-z]+Error`")
	if len(links) < 5 {
		t.Fatalf("README.md tells %d rules", len(links))
	}
	for _, link := range links {
		stable := false
		for _, rule := range rules.All() {
			stable = stable || rule.Name == link[1] && rule.Default()
		}
		if page := rulePage(link[1]); !stable || link[2] != page {
			t.Errorf("README.md: %s is no rule that runs by default, or its page %s is not %s", link[1], link[2], page)
		}
		page := strings.Join(strings.Fields(rootFile(t, rulePage(link[1]))), " ")
		for _, words := range figure.FindAllString(link[3], -1) {
			if !strings.Contains(page, strings.Trim(words, "`")) {
				t.Errorf("README.md: %s has the figure %q, its page has not", link[1], words)
			}
		}
	}
}

func TestReadmeShowsTheWorkflowThatInitWrites(t *testing.T) {
	t.Parallel()
	if shown := "```yaml\n# .github/workflows/djleak.yml\n" + string(workflow) + "```\n"; !strings.Contains(rootFile(t, "README.md"), shown) {
		t.Errorf("README.md does not show\n%s", shown)
	}
}

func rootFile(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// actionNames returns the names of action.yml's inputs and outputs, sorted.
func actionNames(t *testing.T) (inputs, outputs []string) {
	t.Helper()
	head, tail, found := strings.Cut(rootFile(t, "action.yml"), "\noutputs:\n")
	_, head, began := strings.Cut(head, "\ninputs:\n")
	if !found || !began {
		t.Fatal("action.yml has no inputs or outputs")
	}
	names := regexp.MustCompile(`(?m)^  ([a-z-]+):$`)
	for _, match := range names.FindAllStringSubmatch(head, -1) {
		inputs = append(inputs, match[1])
	}
	for _, match := range names.FindAllStringSubmatch(tail, -1) {
		outputs = append(outputs, match[1])
	}
	slices.Sort(inputs)
	slices.Sort(outputs)
	return inputs, outputs
}

// tableNames returns the names in the first column of the README's table with that header, sorted, and what the second
// column says of each.
func tableNames(t *testing.T, header string) (names []string, second map[string]string) {
	t.Helper()
	_, table, found := strings.Cut(rootFile(t, "README.md"), "\n"+header+"\n")
	if !found {
		t.Fatalf("README.md has no table %q", header)
	}
	table, _, _ = strings.Cut(table, "\n\n")
	second = map[string]string{}
	for row := range strings.Lines(table) {
		cells := strings.Split(row, "|")
		for _, match := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(cells[1], -1) {
			names = append(names, match[1])
			second[match[1]] = strings.TrimSpace(cells[2])
		}
	}
	slices.Sort(names)
	return names, second
}
