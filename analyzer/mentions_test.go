package analyzer_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestWhole holds that in a whole project what no file names is told in preview, and elsewhere is not.
func TestWhole(t *testing.T) {
	t.Parallel()
	files := map[string]string{
		"shop/a.py": "def called():\n    leak()\n\ndef uncalled():\n    leak()\n\ndef go():\n    leak()\n\ndef tested():\n    leak()\n\n" +
			"def in_text():\n    leak()\n\ndef in_comment():\n    leak()\n",
		"shop/b.py":       "from shop.a import called\nNAMES = ['shop.a.in_text']\n# in_comment()\ndef uncalled():\n    pass\n",
		"shop/test_a.py":  "tested()\n",
		"shop/gen_pb2.py": "",
	}
	paths := []string{"shop/a.py", "shop/b.py", "shop/gen_pb2.py", "shop/test_a.py"}
	for whole, want := range map[bool]map[string]bool{
		true:  {"called": false, "uncalled": true, "go": false, "tested": true, "in_text": false, "in_comment": true},
		false: {"called": false, "uncalled": false, "go": false, "tested": false, "in_text": false, "in_comment": false},
	} {
		a := newAnalyzer(leaks())
		a.Whole = whole
		got := make(map[string]bool)
		for _, file := range a.Tree(t.Context(), paths, func(path string) ([]byte, error) { return []byte(files[path]), nil }).Files {
			for _, f := range file.Findings {
				got[f.Scope] = f.Preview
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("whole: %t, in preview (-want +got):\n%s", whole, diff)
		}
	}
}
