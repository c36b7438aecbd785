package main

import (
	"io/fs"
	"os"
	"strings"
	"testing"

	"github.com/djleak/djleak/annotate/github/githubtest"
)

// The sample is what the README has people try and what the pictures of docs/images show.
func TestActionOnTheSample(t *testing.T) {
	t.Parallel()
	w := newWorld(t, filesIn(t, "../../testdata/sample/base"), filesIn(t, "../../testdata/sample/head"))
	s := w.run()
	s.want(t, exitFindings, wantOutputs(3, 2, "failure"), "5 found = 5 commented + 0 already commented + 0 in the summary only + 0 suppressed")
	for _, part := range []string{"\n\nThe change brings 5 and fixes 2.\n\n```mermaid\n", "\n### Fixed by this change\n\n- medium · `shop/management/commands/tidy_prices.py:8` · "} {
		if !strings.Contains(s.summary, part) {
			t.Errorf("the summary lacks %q:\n%s", part, s.summary)
		}
	}
}

// filesIn reads the files of a folder.
func filesIn(t *testing.T, folder string) contents {
	t.Helper()
	files := contents{}
	tree := os.DirFS(folder)
	err := fs.WalkDir(tree, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := fs.ReadFile(tree, path)
		files[path] = githubtest.Text(string(text))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
