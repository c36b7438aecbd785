package github_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/annotate/github/githubtest"
)

func TestReadTree(t *testing.T) {
	t.Parallel()
	s := open(t, files{
		"shop/views.py": text("a"), "b.py": text("b"), "README.md": text("x"), "link.py": {Data: []byte("b.py"), Mode: "120000"},
	}, files{"b.py": text("changed")})
	s.Fail(githubtest.Fault{Method: "GET", Path: "/_codeload/.*", Cut: true, Times: 1})
	tree, err := s.client().ReadTree(t.Context(), s.pull.Head, isPython)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"b.py", "shop/views.py"}, tree.Paths); diff != "" {
		t.Errorf("paths (-want +got):\n%s", diff)
	}
	if data, err := tree.Read("b.py"); err != nil || string(data) != "changed\n" {
		t.Errorf("b.py: %q, %v", data, err)
	}
	if tree.Commit != s.pull.Head {
		t.Errorf("commit: got %s, want %s", tree.Commit, s.pull.Head)
	}
	// Once more after the cut; the archives' host sees no token, or the server would say so.
	if n := countAsked(s, "GET /tarball/"); n != 2 {
		t.Errorf("%d archives were asked for, want 2", n)
	}
	s.quiet()
}

func TestReadTreeError(t *testing.T) {
	t.Parallel()
	s := open(t, files{"b.py": text("b")}, nil)
	_, err := s.client().ReadTree(t.Context(), strings.Repeat("1", 40), isPython)
	if want := "read acme/shop@1111111: archive: 404 Not Found (the token may lack contents: read)"; err == nil || err.Error() != want {
		t.Errorf("error: got %v, want %s", err, want)
	}
}
