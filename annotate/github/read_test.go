package github_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/djleak/djleak/analyzer/change"
	"github.com/djleak/djleak/annotate/github"
	"github.com/djleak/djleak/annotate/github/githubtest"
)

// read reads the pull request.
func (s *shop) read() change.Change {
	s.t.Helper()
	diff, err := s.client().ReadPullRequest(s.t.Context(), s.event(), isPython)
	if err != nil {
		s.t.Fatal(err)
	}
	s.quiet()
	return diff
}

func TestReadPullRequest(t *testing.T) {
	t.Parallel()
	latin := []byte("# -*- coding: latin-1 -*-\nname = 'caf\xe9'\n")
	marked := append([]byte("\xef\xbb\xbf"), "x = 1\n"...)
	endings := []byte("a = 1\r\nb = 2\rc = 3\n")
	long := bytes.Repeat([]byte("x = 1\n"), 100_000) // Longer than GraphQL gives at once.
	huge := append(bytes.Repeat([]byte("x"), 10<<20), '\n')
	base := files{
		"edited.py":      text("a", "b", "c"),
		"deleted.py":     text("gone"),
		"old/name.py":    text(numbered(20)...),
		"moved_only.py":  text(numbered(30)...),
		"linked.py":      text("was a file"),
		"gone_link.py":   {Data: []byte("edited.py"), Mode: "120000"},
		"freed.py":       {Data: []byte("edited.py"), Mode: "120000"},
		"notes.md":       text("a"),
		"grown.py":       text("small"),
		"was_submod.py":  {Data: []byte(strings.Repeat("a", 40)), Mode: "160000"},
		"executable.py":  text("same"),
		"untouched.py":   text("same"),
		"latin.py":       text("x"),
		"quote\"$x é.py": text("1"),
	}
	head := files{
		"edited.py":      text("a", "B", "c"),
		"deleted.py":     nil,
		"old/name.py":    nil,
		"new/name.py":    text(append(numbered(20), "more")...),
		"moved_only.py":  nil,
		"moved/only.py":  text(numbered(30)...),
		"linked.py":      {Data: []byte("/etc/passwd"), Mode: "120000"},
		"gone_link.py":   nil,
		"freed.py":       text("a file now"),
		"notes.md":       text("b"),
		"added.py":       text("new"),
		"empty.py":       githubtest.Text(""),
		"grown.py":       {Data: huge},
		"was_submod.py":  text("a file now"),
		"submodule.py":   {Data: []byte(strings.Repeat("b", 40)), Mode: "160000"},
		"executable.py":  {Data: []byte("same\n"), Mode: "100755"},
		"latin.py":       {Data: latin},
		"marked.py":      {Data: marked},
		"endings.py":     {Data: endings},
		"long.py":        {Data: long},
		"binary.py":      {Data: []byte("a\x00b")},
		"quote\"$x é.py": text("2"),
	}
	s := open(t, base, head)
	diff := s.read()
	if diff.Base != s.pull.Base || diff.Head != s.pull.Head || len(diff.Partial) > 0 {
		t.Errorf("change: base %s, head %s, partial %q", diff.Base, diff.Head, diff.Partial)
	}
	added := func(path string, data []byte) change.File {
		return change.File{Path: path, Status: change.Added, Head: data}
	}
	kept := func(path, base, head string) change.File {
		return change.File{Path: path, OldPath: path, Base: []byte(base), Head: []byte(head)}
	}
	same := strings.Join(numbered(20), "\n") + "\n"
	moved := []byte(strings.Join(numbered(30), "\n") + "\n")
	want := []change.File{
		added("added.py", []byte("new\n")),
		added("binary.py", []byte("a\x00b")),
		{Path: "deleted.py", OldPath: "deleted.py", Status: change.Deleted, Base: []byte("gone\n")},
		kept("edited.py", "a\nb\nc\n", "a\nB\nc\n"),
		added("empty.py", []byte{}),
		added("endings.py", endings),
		kept("executable.py", "same\n", "same\n"),
		added("freed.py", []byte("a file now\n")),
		{Path: "gone_link.py", OldPath: "gone_link.py", Status: change.Deleted},
		{Path: "grown.py", OldPath: "grown.py", Unread: "larger than 10 MB"},
		kept("latin.py", "x\n", string(latin)),
		{Path: "linked.py", OldPath: "linked.py", Unread: "a symbolic link"},
		added("long.py", long),
		added("marked.py", marked),
		{Path: "moved/only.py", OldPath: "moved_only.py", Status: change.Renamed, Base: moved, Head: moved},
		{Path: "new/name.py", OldPath: "old/name.py", Status: change.Renamed, Base: []byte(same), Head: []byte(same + "more\n")},
		{Path: "notes.md", OldPath: "notes.md"},
		kept("quote\"$x é.py", "1\n", "2\n"),
		{Path: "submodule.py", Status: change.Added, Unread: "a submodule"},
		added("was_submod.py", []byte("a file now\n")),
	}
	// Large slices are slow to compare item by item.
	whole := cmp.Comparer(func(a, b []byte) bool { return bytes.Equal(a, b) && (a == nil) == (b == nil) })
	if diff := cmp.Diff(want, diff.Files, whole, cmpopts.IgnoreFields(change.File{}, "Hunks")); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
	hunks := map[string][]change.Hunk{}
	for _, file := range diff.Files {
		if len(file.Hunks) > 0 {
			hunks[file.Path] = file.Hunks
		}
	}
	wantHunks := map[string][]change.Hunk{
		"edited.py":   {{OldStart: 1, OldLines: 3, NewStart: 1, NewLines: 3, Ops: " -+ "}},
		"new/name.py": {{OldStart: 18, OldLines: 3, NewStart: 18, NewLines: 4, Ops: "   +"}},
		"deleted.py":  {{OldStart: 1, OldLines: 1, Ops: "-"}},
		"added.py":    {{NewStart: 1, NewLines: 1, Ops: "+"}},
	}
	for path, want := range wantHunks {
		if diff := cmp.Diff(want, hunks[path]); diff != "" {
			t.Errorf("hunks of %s (-want +got):\n%s", path, diff)
		}
	}
	for _, path := range []string{"moved/only.py", "executable.py", "empty.py", "notes.md", "linked.py"} {
		if len(hunks[path]) > 0 {
			t.Errorf("%s has hunks: %+v", path, hunks[path])
		}
	}
}

// The base branch goes on while a pull request is open: its new commits are no part of the change.
func TestReadFromTheMergeBase(t *testing.T) {
	t.Parallel()
	s := open(t, files{"a.py": text("1"), "b.py": text("1")}, files{"a.py": text("2")})
	fork := s.pull.Base
	s.pull.Base = s.commit("main", fork, files{"b.py": text("2")})
	diff := s.read()
	if diff.Base != fork || len(diff.Files) != 1 || diff.Files[0].Path != "a.py" {
		t.Errorf("base %s and files %+v, want %s and a.py alone", diff.Base, diff.Files, fork)
	}
}

func TestReadFromAnEnterpriseServer(t *testing.T) {
	t.Parallel()
	s := thirty(t)
	client, err := github.Open(github.Config{
		Token: githubtest.Token, APIURL: s.url + "/api/v3", GraphQLURL: s.url + "/api/graphql", Repository: "acme/shop",
		UserAgent: "djleak/test", Retry: impatient,
	})
	if err != nil {
		t.Fatal(err)
	}
	diff, err := client.ReadPullRequest(t.Context(), s.event(), isPython)
	if err != nil {
		t.Fatal(err)
	}
	if len(diff.Files) != 30 {
		t.Errorf("%d files, want 30", len(diff.Files))
	}
	s.quiet()
}

// Past 20,000 lines of patches GitHub's rows look unchanged: those files are asked for again, and what still has no patch is
// diffed from its contents.
func TestReadRowsWithoutPatch(t *testing.T) {
	t.Parallel()
	base, head := files{}, files{}
	for i := range 25 {
		path := fmt.Sprintf("m%02d.py", i)
		base[path] = text(numbered(1500)...)
		lines := numbered(1500)
		for n := range lines {
			lines[n] += " # changed"
		}
		head[path] = text(lines...)
	}
	s := open(t, base, head)
	diff := s.read()
	if len(diff.Files) != 25 {
		t.Fatalf("%d files, want 25", len(diff.Files))
	}
	for _, file := range diff.Files {
		if len(file.Hunks) != 1 || file.Hunks[0].NewLines != 1500 {
			t.Errorf("%s has the hunks %+v", file.Path, file.Hunks)
		}
	}
	if pages := countAsked(s, "GET /pulls/12/files"); pages != 3 {
		t.Errorf("%d pages were asked for, want 3", pages)
	}
}

func countAsked(s *shop, line string) int {
	n := 0
	for _, asked := range s.asked() {
		if strings.HasPrefix(asked, line) {
			n++
		}
	}
	return n
}

// many is a pull request of n small files.
func many(t *testing.T, n int) *shop {
	t.Helper()
	head := files{}
	for i := range n {
		head[fmt.Sprintf("m%04d.py", i)] = text(fmt.Sprintf("x = %d", i))
	}
	return open(t, files{"README": text("shop")}, head)
}

func TestReadMoreFilesThanCompareLists(t *testing.T) {
	t.Parallel()
	s := many(t, 450)
	diff := s.read()
	if len(diff.Files) != 450 || len(diff.Partial) > 0 {
		t.Errorf("%d files and partial %q, want 450 and none", len(diff.Files), diff.Partial)
	}
	if pages := countAsked(s, "GET /pulls/12/files"); pages != 5 {
		t.Errorf("%d pages were asked for, want 5", pages)
	}
	if queries := countAsked(s, "query blobs"); queries != 5 {
		t.Errorf("%d queries, want 5", queries)
	}
}

func TestReadMoreFilesThanGitHubLists(t *testing.T) {
	t.Parallel()
	s := many(t, 3100)
	event := s.event()
	event.ChangedFiles = 3100
	diff, err := s.client().ReadPullRequest(t.Context(), event, func(path string) bool { return path < "m0010" })
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"GitHub lists only the first 3000 of the changed files"}
	if diff := cmp.Diff(want, diff.Partial); diff != "" {
		t.Errorf("partial (-want +got):\n%s", diff)
	}
	if len(diff.Files) != 3000 {
		t.Errorf("%d files, want 3000", len(diff.Files))
	}
}

// Fewer rows than GitHub itself counts are not believed.
func TestReadFewerFilesThanCounted(t *testing.T) {
	t.Parallel()
	s := many(t, 3)
	event := s.event()
	event.ChangedFiles = 4
	diff, err := s.client().ReadPullRequest(t.Context(), event, isPython)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"GitHub lists only 3 of 4 changed files"}, diff.Partial); diff != "" {
		t.Errorf("partial (-want +got):\n%s", diff)
	}
	if len(diff.Files) != 3 {
		t.Errorf("%d files, want 3", len(diff.Files))
	}
}

// A long list is that of the pull request's present head: where it is another one, the list is of no use.
func TestReadWhileALargePullRequestMovesOn(t *testing.T) {
	t.Parallel()
	s := many(t, 310)
	event := s.event()
	s.push(files{"m0000.py": text("other")})
	diff, err := s.client().ReadPullRequest(t.Context(), event, isPython)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"the pull request has moved on while it was read: only 300 of its files are reviewed"}
	if diff := cmp.Diff(want, diff.Partial); diff != "" {
		t.Errorf("partial (-want +got):\n%s", diff)
	}
	if got := string(diff.Files[0].Head); got != "x = 0\n" {
		t.Errorf("the first file is %q, not the event's", got)
	}
}

// Without pull-requests: read a large change is reviewed as far as the commits tell.
func TestReadLargePullRequestWithoutPermission(t *testing.T) {
	t.Parallel()
	s := many(t, 310)
	s.Fail(githubtest.Fault{Method: "GET", Path: "/pulls/12/files", Status: 403, Body: `{"message":"Resource not accessible by integration"}`})
	diff := s.read()
	if diff := cmp.Diff([]string{"the token lacks pull-requests: read: only 300 of the changed files are reviewed"}, diff.Partial); diff != "" {
		t.Errorf("partial (-want +got):\n%s", diff)
	}
	if len(diff.Files) != 300 {
		t.Errorf("%d files, want 300", len(diff.Files))
	}
}

// Where GraphQL breaks off the queries get smaller, and where it does not answer at all REST does.
func TestReadWithoutGraphQL(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		fault   githubtest.Fault
		queries int
		rest    int
	}{
		"too much at once":  {githubtest.Fault{Status: 502, Times: 1}, 3, 0},
		"a timeout's words": {githubtest.Fault{Status: 200, Times: 1, Body: `{"errors":[{"message":"Something went wrong while executing your query. This may be the result of a timeout."}]}`}, 3, 0},
		"cut off":           {githubtest.Fault{Cut: true, Times: 1}, 3, 0},
		"switched off":      {githubtest.Fault{Status: 404}, 1, 60},
		"an unknown field":  {githubtest.Fault{Status: 200, Body: `{"errors":[{"type":"undefinedField","message":"Field 'file' doesn't exist on type 'Commit'"}]}`}, 1, 60},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := thirty(t)
			test.fault.Method, test.fault.Path, test.fault.Contains = "POST", "/graphql", "file(path"
			s.Fail(test.fault)
			diff := s.read()
			if len(diff.Files) != 30 {
				t.Fatalf("%d files, want 30", len(diff.Files))
			}
			for _, file := range diff.Files {
				if len(file.Base) == 0 || len(file.Head) == 0 || len(file.Hunks) != 1 {
					t.Errorf("%s is not whole", file.Path)
				}
			}
			if queries := countAsked(s, "query blobs"); queries != test.queries {
				t.Errorf("%d queries, want %d", queries, test.queries)
			}
			if rest := countAsked(s, "GET /contents/"); rest != test.rest {
				t.Errorf("%d files through REST, want %d", rest, test.rest)
			}
		})
	}
}

func TestReadLinksWithoutGraphQL(t *testing.T) {
	t.Parallel()
	s := open(t, files{"a.py": text("1")}, files{
		"link.py":      {Data: []byte("a.py"), Mode: "120000"},
		"submodule.py": {Data: []byte(strings.Repeat("b", 40)), Mode: "160000"},
		"two..dots.py": text("x"),
	})
	s.Fail(githubtest.Fault{Method: "POST", Path: "/graphql", Status: 404})
	var unread []string
	for _, file := range s.read().Files {
		unread = append(unread, file.Unread)
	}
	if diff := cmp.Diff([]string{"a symbolic link", "a submodule", ""}, unread); diff != "" {
		t.Errorf("unread (-want +got):\n%s", diff)
	}
}

func TestReadFiles(t *testing.T) {
	t.Parallel()
	s := open(t, files{
		"pyproject.toml": text("[tool.djleak]"), ".djleak.toml": {Data: []byte("pyproject.toml"), Mode: "120000"},
	}, files{"pyproject.toml": text("[tool.other]")})
	got, err := s.client().ReadFiles(t.Context(), s.pull.Base, []string{"djleak.toml", ".djleak.toml", "pyproject.toml"})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string][]byte{"pyproject.toml": []byte("[tool.djleak]\n")}, got); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
	if n := len(s.Requests()); n != 1 {
		t.Errorf("%d requests, want 1", n)
	}
	s.quiet()
}

func TestReadMatching(t *testing.T) {
	t.Parallel()
	base := files{"link.py": {Data: []byte("shop/m000.py"), Mode: "120000"}, "README.md": text("x"), "sub.py": {Data: []byte(strings.Repeat("b", 40)), Mode: "160000"}}
	want := map[string][]byte{}
	for i := range 120 {
		path := fmt.Sprintf("shop/m%03d.py", i)
		base[path] = text(path)
		want[path] = []byte(path + "\n")
	}
	s := open(t, base, files{"shop/m000.py": text("changed")})
	got, err := s.client().ReadMatching(t.Context(), s.pull.Base, isPython, byLength)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
	asked := []string{"GET /git/trees/" + s.pull.Base, "query blobs", "query blobs"}
	if diff := cmp.Diff(asked, s.asked()); diff != "" {
		t.Errorf("requests (-want +got):\n%s", diff)
	}
	s.quiet()
}

func byLength(a, b string) int { return len(a) - len(b) }

// Of more files than are read, the first are.
func TestReadMatchingStopsAtItsLimit(t *testing.T) {
	t.Parallel()
	base := files{"zoo.py": text("zoo"), "shop/zoo.py": text("shop")}
	for i := range 220 {
		base[fmt.Sprintf("app/deep/m%03d.py", i)] = text("x")
	}
	s := open(t, base, files{"zoo.py": text("changed")})
	got, err := s.client().ReadMatching(t.Context(), s.pull.Base, isPython, byLength)
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 200 || got["zoo.py"] == nil || got["shop/zoo.py"] == nil || got["app/deep/m197.py"] == nil || got["app/deep/m198.py"] != nil {
		t.Errorf("%d files, want 200: zoo.py, shop/zoo.py and the first 198 of those below", len(got))
	}
	s.quiet()
}

// An error tells its path, in GitHub's own words.
func TestReadErrors(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		fault githubtest.Fault
		want  string
	}{
		"gone":        {githubtest.Fault{Method: "GET", Path: "/compare/.*", Status: 404, Body: `{"message":"Not Found"}`}, "404 Not Found (the token may lack contents: read)"},
		"bad token":   {githubtest.Fault{Method: "GET", Path: "/compare/.*", Status: 401, Body: `{"message":"Bad credentials"}`}, "401 Unauthorized: Bad credentials"},
		"broken down": {githubtest.Fault{Method: "GET", Path: "/compare/.*", Status: 502, Body: `<html>`}, "502 Bad Gateway"},
		"reset":       {githubtest.Fault{Method: "GET", Path: "/compare/.*", Reset: true}, "reset by peer"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t, files{"a.py": text("1")}, files{"a.py": text("2")})
			s.retry.Total = 20 * time.Millisecond
			s.Fail(test.fault)
			_, err := s.client().ReadPullRequest(t.Context(), s.event(), isPython)
			prefix := fmt.Sprintf("read acme/shop#12: compare %s...%s: ", s.pull.Base[:7], s.pull.Head[:7])
			if err == nil || !strings.HasPrefix(err.Error(), prefix) || !strings.HasSuffix(err.Error(), test.want) {
				t.Errorf("error: got %v, want %s… %s", err, prefix, test.want)
			}
			if err != nil && strings.Contains(err.Error(), githubtest.Token) {
				t.Errorf("the error tells the token: %s", err)
			}
		})
	}
}

func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	good := github.Config{Token: "t", APIURL: "https://api.github.com", GraphQLURL: "https://api.github.com/graphql", Repository: "acme/shop"}
	tests := map[string]func(*github.Config){
		"no token":              func(c *github.Config) { c.Token = "" },
		"a repository's path":   func(c *github.Config) { c.Repository = "acme/shop/../../user" },
		"no owner":              func(c *github.Config) { c.Repository = "shop" },
		"an address of a file":  func(c *github.Config) { c.APIURL = "file:///etc" },
		"no address of GraphQL": func(c *github.Config) { c.GraphQLURL = "" },
	}
	for _, repository := range []string{"acme/shop", "ada_acme/shop", "acme-corp/.github"} {
		taken := good
		taken.Repository = repository
		if _, err := github.Open(taken); err != nil {
			t.Error(err)
		}
	}
	for name, spoil := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			config := good
			spoil(&config)
			if _, err := github.Open(config); err == nil {
				t.Error("no error")
			}
		})
	}
}
