package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer/config"
	"github.com/djleak/djleak/analyzer/rules"
	"github.com/djleak/djleak/annotate/report"
)

func TestEveryRuleHasAPage(t *testing.T) {
	t.Parallel()
	for _, rule := range rules.All() {
		page, err := os.ReadFile(filepath.Join("..", "..", filepath.FromSlash(rulePage(rule.Name))))
		if err != nil || string(page) != rule.Doc {
			t.Errorf("%s leads to %s: %v", rule.Name, rulePage(rule.Name), err)
		}
	}
	if got, want := ruleURL("a-b"), repositoryURL+"/blob/main/analyzer/rules/ab/doc.md"; got != want {
		t.Errorf("ruleURL = %s, want %s", got, want)
	}
}

func TestEveryFormatCanBeAskedFor(t *testing.T) {
	t.Parallel()
	if diff := cmp.Diff(report.Formats(), config.Allowed("format")); diff != "" {
		t.Errorf("(-written +allowed)\n%s", diff)
	}
}
