package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/change"
	"github.com/djleak/djleak/analyzer/rules"
)

// FuzzReview reviews any change of any file with every rule. No rule crashes, every finding lies in the file, a file that is
// as it was has nothing new, and a second review says the same.
func FuzzReview(f *testing.F) {
	for _, pattern := range []string{"../../analyzer/rules/*/testdata/bad.*", "../../analyzer/rules/*/testdata/good.*"} {
		samples, err := filepath.Glob(pattern)
		if err != nil || len(samples) == 0 {
			f.Fatalf("no samples: %v", err)
		}
		for _, sample := range samples {
			text, err := os.ReadFile(sample)
			if err != nil {
				f.Fatal(err)
			}
			f.Add("shop/views"+filepath.Ext(sample), []byte(nil), text)
			f.Add("shop/settings.py", text[len(text)/2:], text)
		}
	}
	f.Add("compose.yml", []byte("services: {}\n"), []byte("services:\n  web:\n    command: gunicorn shop.wsgi\n"))
	f.Add("Procfile", []byte(nil), []byte("web: gunicorn shop.wsgi --timeout 0\n"))
	f.Fuzz(func(t *testing.T, path string, base, head []byte) {
		file := change.File{Path: path, OldPath: path, Base: base, Head: head, Hunks: change.Diff(base, head)}
		review := func() analyzer.FileResult {
			a := &analyzer.Analyzer{Rules: rules.All(), Known: ruleNames(rules.All()), Workers: 1}
			return a.Review(t.Context(), change.Change{Files: []change.File{file}}).Files[0]
		}
		result := review()
		if len(result.FailedRules) > 0 {
			t.Fatalf("crashed: %v", result.FailedRules)
		}
		for _, notice := range result.Notices {
			if strings.Contains(notice.Message, "crashed") || strings.Contains(notice.Message, "longer than") {
				t.Fatal(notice.Message)
			}
		}
		lines := bytes.Count(head, []byte("\n")) + bytes.Count(head, []byte("\r")) + 1
		for _, finding := range result.Findings {
			at := finding.Region
			if at.StartLine < 1 || at.EndLine < at.StartLine || at.EndLine > lines || at.Start < 0 || at.End < at.Start || at.End > len(result.Source) {
				t.Errorf("%s stands at %+v of %d lines", finding.Rule.Name, at, lines)
			}
			if finding.New && bytes.Equal(base, head) {
				t.Errorf("%s in line %d is new in a file that is as it was", finding.Rule.Name, at.StartLine)
			}
		}
		again := review()
		compare := cmp.Comparer(func(a, b *analyzer.Rule) bool { return a.Name == b.Name })
		if diff := cmp.Diff(result.Findings, again.Findings, compare); diff != "" {
			t.Errorf("a second review differs (-first +second)\n%s", diff)
		}
	})
}
