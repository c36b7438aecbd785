package analyzer_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer"
)

// TestMentions holds that what no file of a whole project names is told in preview, and elsewhere is not.
func TestMentions(t *testing.T) {
	t.Parallel()
	files := map[string]string{
		"web/manage.py": "",
		"web/shop/a.py": "def called():\n    leak()\n\ndef uncalled():\n    leak()\n\ndef go():\n    leak()\n\ndef tested():\n    leak()\n\n" +
			"def in_text():\n    leak()\n\ndef in_comment():\n    leak()\n\ndef in_generated():\n    leak()\n\ndef in_itself():\n    leak()\n\n" +
			"def uncalled_too():\n    in_itself()\n\nclass InSuperView(Page):\n    def get(self):\n        super(InSuperView, self).get()\n        leak()\n",
		"web/b.py":            "from shop.a import called\nNAMES = ['shop.a.in_text']\n# in_comment()\ndef uncalled():\n    pass\n",
		"web/c.py":            "# @generated\nfrom shop.a import in_generated\n",
		"web/test_a.py":       "tested()\n",
		"other/b.py":          "def uncalled_here():\n    leak()\n\nuncalled()\n",
		"web/inner/manage.py": "",
		"web/inner/b.py":      "def outside():\n    leak()\n",
		"web/d.py":            "outside()",
		"tool/manage-live.py": "",
		"tool/b.py":           "def uncalled_either():\n    leak()\n",
	}
	read := func(path string) ([]byte, error) { return []byte(files[path]), nil }
	all := slices.Sorted(maps.Keys(files))
	inShop := map[string]bool{
		"called": false, "uncalled": true, "go": false, "tested": true, "in_text": false, "in_comment": true, "in_generated": false,
		"in_itself": false, "InSuperView.get": true,
	}
	everywhere := maps.Clone(inShop)
	everywhere["uncalled_here"], everywhere["outside"], everywhere["uncalled_either"] = false, false, true
	known := newAnalyzer(leaks())
	known.Mentions = &analyzer.Mentions{Paths: all, Read: read}
	for _, test := range []struct {
		name     string
		analyzer *analyzer.Analyzer
		paths    []string
		want     map[string]bool
	}{
		{"all files", known, all, everywhere},
		{"a file that is looked at once more, as after a fix", known, []string{"web/shop/a.py"}, inShop},
		{"without all files", newAnalyzer(leaks()), []string{"other/b.py"}, map[string]bool{"uncalled_here": false}},
	} {
		got := make(map[string]bool)
		for _, file := range test.analyzer.Tree(t.Context(), test.paths, read).Files {
			for _, f := range file.Findings {
				got[f.Scope] = f.Preview
			}
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s: in preview (-want +got):\n%s", test.name, diff)
		}
	}
}
