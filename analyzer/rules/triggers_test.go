package rules_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/rulepage"
	"github.com/djleak/djleak/analyzer/rules"
)

// TestTriggersLoseNothing runs all rules with their triggers and without, over the cases of all rules and, where
// DJLEAK_CORPUS names one, over a folder of projects.
func TestTriggersLoseNothing(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("*/testdata/*")
	if err != nil {
		t.Fatal(err)
	}
	paths := make(map[string]string)
	texts := make(map[string][]byte)
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		paths[file], texts[file] = rulepage.Path(string(raw)), raw
	}
	if root := os.Getenv("DJLEAK_CORPUS"); root != "" {
		err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || !entry.Type().IsRegular() || !strings.HasSuffix(path, ".py") {
				return err
			}
			raw, err := os.ReadFile(path)
			relative, _ := filepath.Rel(root, path)
			files = append(files, path)
			paths[path], texts[path] = filepath.ToSlash(relative), raw
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	eager := rules.All()
	for i, rule := range eager {
		always := *rule
		always.Triggers, always.QuerySets = nil, false
		eager[i] = &always
	}
	for _, file := range files {
		want := found(t, eager, paths[file], texts[file])
		got := found(t, rules.All(), paths[file], texts[file])
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: triggers lose findings (-without +with):\n%s", file, diff)
		}
	}
}

// found lists what rules say of a file.
func found(t *testing.T, list []*analyzer.Rule, path string, text []byte) []string {
	t.Helper()
	a := &analyzer.Analyzer{
		Rules: list, Project: rulepage.Project(string(text)), Shown: func(analyzer.Finding) bool { return false },
	}
	var found []string
	for _, f := range a.Tree(t.Context(), []string{path}, func(string) ([]byte, error) { return text, nil }).Files[0].Findings {
		found = append(found, f.Fingerprint+" "+f.Rule.Name+": "+f.Message)
	}
	slices.Sort(found)
	return found
}
