package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer/config"
	"github.com/djleak/djleak/analyzer/rules"
	"github.com/djleak/djleak/annotate/report"
)

func TestEveryRuleHasAPage(t *testing.T) {
	t.Parallel()
	for _, rule := range rules.All() {
		if page := rootFile(t, rulePage(rule.Name)); !strings.Contains(page, "\n# "+rule.Name+"\n") {
			t.Errorf("%s leads to %s, which is not about it", rule.Name, rulePage(rule.Name))
		}
	}
	if got, want := ruleURL("a-b"), repositoryURL+"/blob/main/docs/rules/a-b.md"; got != want {
		t.Errorf("ruleURL = %s, want %s", got, want)
	}
}

func TestEveryFormatCanBeAskedFor(t *testing.T) {
	t.Parallel()
	if diff := cmp.Diff(report.Formats(), config.Allowed("format")); diff != "" {
		t.Errorf("(-written +allowed)\n%s", diff)
	}
}
