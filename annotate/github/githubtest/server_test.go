package githubtest_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/djleak/djleak/annotate/github/githubtest"
)

// A repository is one whose topic changes lines 10 and 40 of a.py.
type repository struct{ dir, base, head string }

func newRepository(t *testing.T) repository {
	t.Helper()
	git, err := githubtest.NewRepository(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	lines := make([]string, 50)
	for i := range lines {
		lines[i] = fmt.Sprintf("line %d", i+1)
	}
	base, err := git.Commit("main", "", map[string]*githubtest.Content{"a.py": githubtest.Text(strings.Join(lines, "\n"))})
	if err != nil {
		t.Fatal(err)
	}
	lines[9], lines[39] = "changed", "changed"
	head, err := git.Commit("topic", base, map[string]*githubtest.Content{"a.py": githubtest.Text(strings.Join(lines, "\n"))})
	if err != nil {
		t.Fatal(err)
	}
	return repository{git.Dir(), base, head}
}

// served is a server with the repository as acme/shop and its topic as pull request 12.
type served struct {
	*githubtest.Server
	repository
	acme *githubtest.Repository
	url  string
}

func (r repository) serve(t *testing.T) served {
	t.Helper()
	server, err := githubtest.New()
	if err != nil {
		t.Fatal(err)
	}
	listener := httptest.NewServer(server)
	t.Cleanup(func() {
		server.Close()
		listener.Close()
	})
	acme := server.AddRepository("acme/shop", r.dir, "main")
	acme.AddPull(12, r.base, r.head)
	return served{server, r, acme, listener.URL}
}

// send sends a request and returns status and body.
func (s served) send(t *testing.T, method, path string, body any) (status int, text string) {
	t.Helper()
	var reader io.Reader
	if body != nil {
		encoded, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		reader = bytes.NewReader(encoded)
	}
	request, err := http.NewRequestWithContext(t.Context(), method, s.url+path, reader)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+githubtest.Token)
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(answer)
}

type object = map[string]any

func (s served) review(comment object) object {
	return object{"commit_id": s.head, "event": "COMMENT", "body": "review", "comments": []object{comment}}
}

func TestReviewRules(t *testing.T) {
	t.Parallel()
	const (
		offLine = `"Pull request review thread line must be part of the diff and Pull request review thread diff hunk can't be blank"`
		offPath = `"Pull request review thread path is invalid and Pull request review thread diff hunk can't be blank"`
	)
	comment := func(more object) object {
		all := object{"path": "a.py", "body": "b", "line": 10, "side": "RIGHT"}
		for key, value := range more {
			if all[key] = value; value == nil {
				delete(all, key)
			}
		}
		return all
	}
	repository := newRepository(t)
	tests := map[string]struct {
		change  object
		comment object
		status  int
		want    string
	}{
		"a changed line":            {nil, comment(nil), 200, `"state":"COMMENTED"`},
		"a line around it":          {nil, comment(object{"line": 13}), 200, ""},
		"the old side":              {nil, comment(object{"side": "LEFT"}), 200, ""},
		"a range":                   {nil, comment(object{"start_line": 7, "start_side": "RIGHT"}), 200, ""},
		"a line too far":            {nil, comment(object{"line": 14}), 422, offLine},
		"no line":                   {nil, comment(object{"line": nil}), 422, offLine},
		"no such side":              {nil, comment(object{"side": "MIDDLE"}), 422, "side is invalid"},
		"a range of one line":       {nil, comment(object{"start_line": 10, "start_side": "RIGHT"}), 422, "start line must precede the end line."},
		"a range over two hunks":    {nil, comment(object{"start_line": 10, "start_side": "RIGHT", "line": 40}), 422, "must be part of the same hunk as the line."},
		"no such file":              {nil, comment(object{"path": "b.py"}), 422, offPath},
		"an empty comment":          {nil, comment(object{"body": ""}), 422, "body can't be blank"},
		"a long comment":            {nil, comment(object{"body": strings.Repeat("é", 65_537)}), 422, "body is too long"},
		"the longest comment":       {nil, comment(object{"body": strings.Repeat("é", 65_536)}), 200, ""},
		"an unknown property":       {nil, comment(object{"subject_type": "file"}), 422, "unknown field"},
		"a text for a line":         {nil, comment(object{"line": "10"}), 422, "line"},
		"a position":                {nil, comment(object{"position": 3}), 422, "unknown field"},
		"request for changes":       {object{"event": "REQUEST_CHANGES"}, comment(nil), 200, ""},
		"approval":                  {object{"event": "APPROVE"}, comment(nil), 422, "not permitted to approve"},
		"no such event":             {object{"event": "NOTE"}, comment(nil), 422, "event"},
		"a commit from elsewhere":   {object{"commit_id": strings.Repeat("1", 40)}, comment(nil), 422, "not part of the pull request"},
		"a long text of the review": {object{"body": strings.Repeat("x", 65_537)}, comment(nil), 422, "body is too long"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := repository.serve(t)
			review := s.review(test.comment)
			maps.Copy(review, test.change)
			status, text := s.send(t, http.MethodPost, "/repos/acme/shop/pulls/12/reviews", review)
			if status != test.status || !strings.Contains(text, test.want) {
				t.Errorf("got %d %s, want %d %s", status, text, test.status, test.want)
			}
		})
	}
}

func TestCheckRunRules(t *testing.T) {
	t.Parallel()
	annotation := func(more object) object {
		all := object{"path": "a.py", "start_line": 1, "end_line": 1, "annotation_level": "notice", "message": "m"}
		for key, value := range more {
			if all[key] = value; value == nil {
				delete(all, key)
			}
		}
		return all
	}
	times := func(n int) []object {
		all := make([]object, n)
		for i := range all {
			all[i] = annotation(nil)
		}
		return all
	}
	repository := newRepository(t)
	tests := map[string]struct {
		output object
		status int
		want   string
	}{
		"fifty annotations":       {object{"annotations": times(50)}, 201, `"annotations_count":50`},
		"fifty-one":               {object{"annotations": times(51)}, 422, "No more than 50 items are allowed; 51 were supplied."},
		"the longest summary":     {object{"summary": strings.Repeat("x", 65_535)}, 201, ""},
		"a summary too long":      {object{"summary": strings.Repeat("é", 32_768)}, 422, "65535"},
		"a text too long":         {object{"text": strings.Repeat("é", 32_768)}, 422, "65535"},
		"no summary":              {object{"summary": nil}, 422, "summary"},
		"no title":                {object{"title": ""}, 422, "title"},
		"no level":                {object{"annotations": []object{annotation(object{"annotation_level": nil})}}, 422, "annotation_level"},
		"no such level":           {object{"annotations": []object{annotation(object{"annotation_level": "error"})}}, 422, "annotation_level"},
		"columns of two lines":    {object{"annotations": []object{annotation(object{"end_line": 2, "start_column": 1})}}, 422, "columns"},
		"an end before the start": {object{"annotations": []object{annotation(object{"start_line": 2})}}, 422, "no range"},
		"a long title":            {object{"annotations": []object{annotation(object{"title": strings.Repeat("x", 256)})}}, 422, "255"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := repository.serve(t)
			output := object{"title": "t", "summary": "s"}
			maps.Copy(output, test.output)
			run := object{"name": "djleak", "head_sha": s.head, "status": "completed", "conclusion": "success", "output": output}
			status, text := s.send(t, http.MethodPost, "/repos/acme/shop/check-runs", run)
			if status != test.status || !strings.Contains(text, test.want) {
				t.Errorf("got %d %s, want %d %s", status, text, test.status, test.want)
			}
		})
	}
}

func TestServerRefuses(t *testing.T) {
	t.Parallel()
	repository := newRepository(t)
	tests := map[string]struct {
		method, path string
		body         any
		status       int
		want         string
	}{
		"the user":             {"GET", "/user", nil, 403, "Resource not accessible by integration"},
		"a comment by itself":  {"POST", "/repos/acme/shop/pulls/12/comments", object{"body": "b"}, 404, "Not Found"},
		"an edit too long":     {"PATCH", "/repos/acme/shop/pulls/comments/2900000001", object{"body": strings.Repeat("x", 65_537)}, 404, "Not Found"},
		"a request unknown":    {"GET", "/repos/acme/shop/issues", nil, 404, "Not Found"},
		"a repository unknown": {"GET", "/repos/acme/other/pulls/12", nil, 404, "Not Found"},
		"a GraphQL field":      {"POST", "/graphql", object{"query": "{ viewer { nonsense } }"}, 200, "Cannot query field"},
		"a GraphQL variable":   {"POST", "/graphql", object{"query": "query($n: Int!) { repository(owner: \"acme\", name: \"shop\") { pullRequest(number: $n) { headRefOid } } }"}, 200, "must be defined"},
		"resolving": {
			"POST", "/api/graphql",
			object{"query": "mutation { resolveReviewThread(input: {threadId: \"T\"}) { thread { isResolved } } }"},
			200,
			`"type":"FORBIDDEN"`,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := repository.serve(t)
			status, text := s.send(t, test.method, test.path, test.body)
			if status != test.status || !strings.Contains(text, test.want) {
				t.Errorf("got %d %s, want %d %s", status, text, test.status, test.want)
			}
		})
	}
}

// TestViolations sends what GitHub takes and no good client sends.
func TestViolations(t *testing.T) {
	t.Parallel()
	repository := newRepository(t)
	review := func(s served, change object) (method, path string, body any) {
		comment := object{"path": "a.py", "body": "b", "line": 10, "side": "RIGHT"}
		all := object{"commit_id": s.head, "event": "COMMENT", "body": "review", "comments": []object{comment}}
		maps.Copy(comment, change)
		for _, key := range []string{"event", "comments", "review"} {
			if value, ok := change[key]; ok {
				delete(comment, key)
				all[strings.Replace(key, "review", "body", 1)] = value
			}
		}
		return "POST", "/repos/acme/shop/pulls/12/reviews", all
	}
	hundred := make([]object, 101)
	for i := range hundred {
		hundred[i] = object{"path": "a.py", "body": "b", "line": 10, "side": "RIGHT"}
	}
	tests := map[string]struct {
		send func(s served) (method, path string, body any)
		want string
	}{
		"a review without a body":     {func(s served) (string, string, any) { return review(s, object{"review": ""}) }, "an empty body breaks other actions"},
		"a review without a comment":  {func(s served) (string, string, any) { return review(s, object{"comments": []object{}}) }, "no comment in it"},
		"a review of 101 comments":    {func(s served) (string, string, any) { return review(s, object{"comments": hundred}) }, "too many for a page"},
		"a review that asks for more": {func(s served) (string, string, any) { return review(s, object{"event": "REQUEST_CHANGES"}) }, "event REQUEST_CHANGES"},
		"a review that stays pending": {func(s served) (string, string, any) { return review(s, object{"event": ""}) }, "event"},
		"a suggestion of what is there": {
			func(s served) (string, string, any) { return review(s, object{"body": "```suggestion\nchanged\n```"}) },
			"a suggestion that changes nothing",
		},
		"a suggestion on deleted lines": {
			func(s served) (string, string, any) {
				return review(s, object{"side": "LEFT", "body": "```suggestion\nx\n```"})
			},
			"a suggestion on deleted lines",
		},
		"a fence inside a suggestion": {
			func(s served) (string, string, any) { return review(s, object{"body": "````suggestion\nx\n```\n````"}) }, "",
		},
		"a suggestion that stays open": {
			func(s served) (string, string, any) { return review(s, object{"body": "````suggestion\nx\n```\n"}) },
			"a suggestion that nothing closes",
		},
		"another app's check run": {
			func(served) (string, string, any) {
				return "PATCH", "/repos/acme/shop/check-runs/2900000001", object{"output": object{"title": "t", "summary": "s"}}
			},
			"an update of what another made",
		},
		"the conclusion of a check run": {
			func(served) (string, string, any) {
				return "PATCH", "/repos/acme/shop/check-runs/2900000002", object{"status": "completed", "conclusion": "success"}
			},
			"its status changes",
		},
		"a check run that waits": {
			func(s served) (string, string, any) {
				return "POST", "/repos/acme/shop/check-runs", object{"name": "djleak", "head_sha": s.head, "status": "in_progress"}
			},
			"it would wait for an end that nobody tells",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := repository.serve(t)
			s.acme.AddCheckRun(githubtest.CheckRun{Name: "djleak", HeadSHA: s.head, App: "another"})
			s.acme.AddCheckRun(githubtest.CheckRun{Name: "djleak", HeadSHA: s.head, App: githubtest.Viewer})
			method, path, body := test.send(s)
			s.send(t, method, path, body)
			got := strings.Join(s.Violations(), "\n")
			if test.want == "" && got != "" || !strings.Contains(got, test.want) {
				t.Errorf("violations %q, want %q", got, test.want)
			}
		})
	}
}

// GitHub takes some 80 writes a minute.
func TestWritesAMinute(t *testing.T) {
	t.Parallel()
	s := newRepository(t).serve(t)
	for n := 1; n <= 81; n++ {
		status, text := s.send(t, http.MethodPost, "/repos/acme/shop/pulls/12/reviews", object{"event": "APPROVE"})
		if n <= 80 && status != 422 || n > 80 && (status != 403 || !strings.Contains(text, "secondary rate limit")) {
			t.Fatalf("write %d: %d %s", n, status, text)
		}
	}
}

// The diff media type ends at 300 files or 20,000 lines, rows at 30 a page and 3,000 in all, patches at 20,000 lines an answer.
func TestLimitsOfALargePullRequest(t *testing.T) {
	t.Parallel()
	git, err := githubtest.NewRepository(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	base, err := git.Commit("main", "", map[string]*githubtest.Content{"README": githubtest.Text("shop\n")})
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]*githubtest.Content{"a.py": githubtest.Text(strings.Repeat("x = 1\n", 20_001))}
	for i := range 3_100 {
		files[fmt.Sprintf("m%04d.py", i)] = githubtest.Text(fmt.Sprintf("x = %d\n", i))
	}
	head, err := git.Commit("topic", base, files)
	if err != nil {
		t.Fatal(err)
	}
	s := repository{git.Dir(), base, head}.serve(t)
	rows := func(path string) []struct {
		Filename, Patch string
		Changes         int
	} {
		status, text := s.send(t, http.MethodGet, path, nil)
		var page []struct {
			Filename, Patch string
			Changes         int
		}
		if err := json.Unmarshal([]byte(text), &page); err != nil || status != 200 {
			t.Fatalf("%d, %v", status, err)
		}
		return page
	}
	const list = "/repos/acme/shop/pulls/12/files"
	if n := len(rows(list)); n != 30 {
		t.Errorf("a page has %d rows, want 30", n)
	}
	if n := len(rows(list + "?per_page=500")); n != 100 {
		t.Errorf("the longest page has %d rows, want 100", n)
	}
	if n := len(rows(list + "?per_page=100&page=31")); n != 0 {
		t.Errorf("page 31 has %d rows, want none", n)
	}
	first := rows(list)
	if first[0].Patch == "" || first[1].Patch != "" || first[1].Changes != 0 {
		t.Errorf("rows: %+v, want the second to look unchanged", first[1])
	}
	var compared struct{ Files []struct{} }
	if _, text := s.send(t, http.MethodGet, "/repos/acme/shop/compare/"+base+"..."+head, nil); json.Unmarshal([]byte(text), &compared) != nil || len(compared.Files) != 300 {
		t.Errorf("%d files are compared, want 300", len(compared.Files))
	}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.url+"/repos/acme/shop/pulls/12", nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+githubtest.Token)
	request.Header.Set("Accept", "application/vnd.github.diff")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusNotAcceptable {
		t.Errorf("the diff media type gives %d, want 406", response.StatusCode)
	}
}
