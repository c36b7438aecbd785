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
	url string
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
	server.AddRepository("acme/shop", r.dir, "main").AddPull(12, r.base, r.head)
	return served{server, r, listener.URL}
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
