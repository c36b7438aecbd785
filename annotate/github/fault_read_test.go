package github_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/djleak/djleak/analyzer/change"
	"github.com/djleak/djleak/annotate/github"
	"github.com/djleak/djleak/annotate/github/githubtest"
)

// A reader is one request that reads, and the call that makes it.
type reader struct {
	fault githubtest.Fault
	read  func(context.Context, *shop) (any, error)
}

func readPull(ctx context.Context, s *shop) (any, error) {
	event := s.event()
	event.ChangedFiles = 3 // One more than the comparison tells: the pull request's own list is asked for.
	return s.client().ReadPullRequest(ctx, event, isPython)
}

var readers = map[string]reader{
	"compare":      {githubtest.Fault{Method: "GET", Path: "/compare/.*"}, readPull},
	"list files":   {githubtest.Fault{Method: "GET", Path: "/pulls/12/files"}, readPull},
	"pull request": {githubtest.Fault{Method: "GET", Path: "/pulls/12"}, readPull},
	"blobs":        {githubtest.Fault{Method: "POST", Path: "/graphql", Contains: "file(path"}, readPull},
	"raw blob":     {githubtest.Fault{Method: "GET", Path: "/git/blobs/[0-9a-f]+"}, readPull},
	"contents": {githubtest.Fault{Method: "GET", Path: "/contents/.*"}, func(ctx context.Context, s *shop) (any, error) {
		s.Fail(githubtest.Fault{Method: "POST", Path: "/graphql", Contains: "file(path", Status: 404})
		return readPull(ctx, s)
	}},
	"tree": {githubtest.Fault{Method: "GET", Path: "/git/trees/.*"}, func(ctx context.Context, s *shop) (any, error) {
		return s.client().ReadMatching(ctx, s.pull.Head, isPython, strings.Compare)
	}},
	"archive":        {githubtest.Fault{Method: "GET", Path: "/tarball/.*"}, readTree},
	"archive's host": {githubtest.Fault{Method: "GET", Path: "/_codeload/.*"}, readTree},
	"threads": {githubtest.Fault{Method: "POST", Path: "/graphql", Contains: "reviewThreads"}, func(ctx context.Context, s *shop) (any, error) {
		return s.client().ReadPosted(ctx, 12)
	}},
}

func readTree(ctx context.Context, s *shop) (any, error) {
	return s.client().ReadTree(ctx, s.pull.Head, isPython)
}

// small is a pull request of two files, one of which only the raw bytes tell, with a comment.
func small(t *testing.T) history {
	t.Helper()
	git, err := githubtest.NewRepository(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	s := &shop{t: t, git: git}
	h := history{git: git}
	h.base = s.commit("main", "", files{"a.py": text("x = 1"), "latin.py": {Data: []byte("x = '\xe9'\n")}})
	h.head = s.commit("topic", h.base, files{"a.py": text("x = 2"), "latin.py": {Data: []byte("x = '\xe8'\n")}})
	return h
}

func (h history) pull(t *testing.T) *shop {
	t.Helper()
	s := serve(t, h.git)
	s.pull = s.repository.AddPull(12, h.base, h.head)
	s.pull.AddThread(githubtest.Thread{Path: "a.py", Line: 1, Body: "remark", Author: githubtest.Person})
	return s
}

var unexported = cmpopts.IgnoreUnexported(github.Tree{})

func TestReadThroughPassingFaults(t *testing.T) {
	t.Parallel()
	history := small(t)
	for where, reader := range readers {
		want, err := reader.read(t.Context(), history.pull(t))
		if err != nil {
			t.Fatalf("%s: %s", where, err)
		}
		for what, fault := range passing {
			t.Run(where+"/"+what, func(t *testing.T) {
				t.Parallel()
				s := history.pull(t)
				if fault.Hang {
					s.retry.Attempt = 300 * time.Millisecond
				}
				fault.Method, fault.Path, fault.Contains, fault.Times = reader.fault.Method, reader.fault.Path, reader.fault.Contains, 1
				s.Fail(fault)
				got, err := reader.read(t.Context(), s)
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(want, got, unexported); diff != "" {
					t.Errorf("read (-want +got):\n%s", diff)
				}
				if s.Struck() == 0 {
					t.Error("the fault has hit nothing")
				}
				s.quiet()
			})
		}
	}
}

// What cannot be read for good is an error with its path, or another way leads there: nothing is left out silently.
func TestReadThroughConstantFaults(t *testing.T) {
	t.Parallel()
	history := small(t)
	faults := map[string]githubtest.Fault{
		"502":                 {Status: 502, Body: "<html>"},
		"404":                 {Status: 404},
		"forbidden":           {Status: 403, Body: `{"message":"Resource not accessible by integration"}`},
		"401":                 {Status: 401, Body: `{"message":"Bad credentials"}`},
		"reset":               {Reset: true},
		"429":                 {Status: 429},
		"a page":              {Status: 200, Body: "<html>"},
		"nothing":             {Status: 200, Body: "{}"},
		"null":                {Status: 200, Body: "null"},
		"a list":              {Status: 200, Body: "[]"},
		"an error in GraphQL": {Status: 200, Body: `{"data":null,"errors":[{"message":"Something went wrong while executing your query."}]}`},
	}
	// Another way: REST for GraphQL, and the comparison where the token may not list the files. Or the file is told as unread.
	ways := []string{"blobs/404", "blobs/forbidden", "list files/404", "list files/forbidden", "pull request/404", "pull request/forbidden", "contents/404", "contents/a list"}
	for where, reader := range readers {
		want, err := reader.read(t.Context(), history.pull(t))
		if err != nil {
			t.Fatalf("%s: %s", where, err)
		}
		for what, fault := range faults {
			t.Run(where+"/"+what, func(t *testing.T) {
				t.Parallel()
				s := history.pull(t)
				s.retry.Total = 20 * time.Millisecond
				fault.Method, fault.Path, fault.Contains = reader.fault.Method, reader.fault.Path, reader.fault.Contains
				s.Fail(fault)
				got, err := reader.read(t.Context(), s)
				if slices.Contains(ways, where+"/"+what) {
					if err != nil {
						t.Error(err)
					}
					return
				}
				refused := new(github.RefusedError)
				if errors.As(err, &refused) {
					return
				}
				if read, ok := got.(change.Change); ok && err == nil {
					// It says that something is missing as it did without the fault, and reviews no less.
					if len(read.Partial) > 0 {
						read.Partial = []string{"GitHub lists only 2 of 3 changed files"}
					}
					got = read
				}
				if err == nil {
					if diff := cmp.Diff(want, got, unexported); diff != "" {
						t.Errorf("no error, and read (-want +got):\n%s", diff)
					}
				} else if !strings.HasPrefix(err.Error(), "read acme/shop") && !strings.HasPrefix(err.Error(), "review acme/shop#12: ") {
					t.Errorf("an error without its path: %s", err)
				}
			})
		}
	}
}
