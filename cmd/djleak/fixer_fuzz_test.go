package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/python"
	"github.com/djleak/djleak/analyzer/rules"
)

// FuzzFix applies every fix of every rule. The file must come out no more broken, with fewer findings and nothing left to
// fix that could be, and the patch must lead from the one to the other.
func FuzzFix(f *testing.F) {
	samples, err := filepath.Glob("../../analyzer/rules/*/testdata/bad.py")
	if err != nil || len(samples) == 0 {
		f.Fatalf("no samples: %v", err)
	}
	for _, sample := range samples {
		text, err := os.ReadFile(sample)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
		f.Add(bytes.ReplaceAll(text, []byte("\n"), []byte("\r\n")))
		f.Add(append([]byte("\ufeff"), bytes.TrimSpace(text)...))
	}
	review := &analyzer.Analyzer{Rules: rules.All(), Workers: 1}
	fixer := fixer{analyzer: review, wants: func(f analyzer.Finding) bool { return fixable(f, true) }}
	f.Fuzz(func(t *testing.T, raw []byte) {
		read := func(string) ([]byte, error) { return raw, nil }
		before := review.Tree(t.Context(), []string{"shop/a.py"}, read).Files[0]
		done, err := fixer.fix(t.Context(), before, read)
		if err != nil {
			t.Fatal(err)
		}
		if len(done.fixed) == 0 {
			if !bytes.Equal(done.before, done.after) {
				t.Fatal("nothing was fixed, and yet the file changed")
			}
			return
		}
		if len(done.result.Findings) >= len(before.Findings) {
			t.Errorf("%d findings before, %d after", len(before.Findings), len(done.result.Findings))
		}
		if was, is := errorCount(t, raw), errorCount(t, done.after); is > was {
			t.Errorf("%d syntax errors before, %d after:\n%s", was, is, done.after)
		}
		var patch strings.Builder
		writePatch(&patch, "shop/a.py", done.before, done.after)
		if got := applyPatch(t, string(raw), patch.String()); got != string(done.after) {
			t.Errorf("the patch leads to %q, want %q:\n%s", got, done.after, patch.String())
		}
	})
}

func errorCount(t *testing.T, raw []byte) int {
	t.Helper()
	source, err := python.Decode(raw)
	if err != nil {
		t.Fatal(err)
	}
	return len(python.Parse(source.Text).Errors)
}
