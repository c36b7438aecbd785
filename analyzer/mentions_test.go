package analyzer_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer"
)

// TestWhole holds that in a whole project what no file names is told in preview, and elsewhere is not.
func TestWhole(t *testing.T) {
	t.Parallel()
	files := map[string]string{
		"shop/a.py": "def called():\n    leak()\n\ndef uncalled():\n    leak()\n\ndef go():\n    leak()\n\ndef tested():\n    leak()\n\n" +
			"def in_text():\n    leak()\n\ndef in_comment():\n    leak()\n\ndef in_generated():\n    leak()\n",
		"shop/b.py":      "from shop.a import called\nNAMES = ['shop.a.in_text']\n# in_comment()\ndef uncalled():\n    pass\n",
		"shop/c.py":      "# @generated\nfrom shop.a import in_generated\n",
		"shop/test_a.py": "tested()\n",
	}
	for whole, want := range map[bool]map[string]bool{
		true:  {"called": false, "uncalled": true, "go": false, "tested": true, "in_text": false, "in_comment": true, "in_generated": false},
		false: {"called": false, "uncalled": false, "go": false, "tested": false, "in_text": false, "in_comment": false, "in_generated": false},
	} {
		a := newAnalyzer(leaks())
		if whole {
			a.Mentions = new(analyzer.Mentions)
		}
		// A file that is looked at once more, as after a fix, still has the words of all.
		for _, paths := range [][]string{{"shop/a.py", "shop/b.py", "shop/c.py", "shop/test_a.py"}, {"shop/a.py"}} {
			got := make(map[string]bool)
			for _, file := range a.Tree(t.Context(), paths, func(path string) ([]byte, error) { return []byte(files[path]), nil }).Files {
				for _, f := range file.Findings {
					got[f.Scope] = f.Preview
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("whole: %t, in preview in %v (-want +got):\n%s", whole, paths, diff)
			}
		}
	}
}
