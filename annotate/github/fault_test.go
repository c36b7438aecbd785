package github_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/annotate"
	"github.com/djleak/djleak/annotate/github/githubtest"
)

// A channel is one write of a run that makes use of all of them.
type channel struct {
	fault githubtest.Fault
	// what an error says of it.
	what string
	// refused is the notice where the token lacks its permission.
	refused string
}

var channels = map[string]channel{
	"check run": {
		githubtest.Fault{Method: "POST", Path: "/check-runs"},
		"check acme/shop@HEAD: create check run: ", "check run: the token lacks checks: write",
	},
	"annotations": {
		githubtest.Fault{Method: "PATCH", Path: "/check-runs/[0-9]+"},
		"check acme/shop@HEAD: annotate check run: 51 to 60: ", "",
	},
	"review": {
		githubtest.Fault{Method: "POST", Path: "/pulls/12/reviews"},
		"review acme/shop#12: post review: ", "review: the token lacks pull-requests: write",
	},
	"edit": {
		githubtest.Fault{Method: "PATCH", Path: "/pulls/comments/[0-9]+"},
		"review acme/shop#12: edit comment ", "review: the token lacks pull-requests: write",
	},
	"resolve": {
		githubtest.Fault{Method: "POST", Path: "/graphql", Contains: "resolveReviewThread"},
		"review acme/shop#12: resolve thread ", "resolve: the token lacks contents: write",
	},
}

// passing are the failures after which the same request succeeds, before and after it took effect.
var passing = map[string]githubtest.Fault{
	"500 before":        {Status: 500},
	"502 before":        {Status: 502},
	"502 after, a page": {Status: 502, After: true, Body: "<html><body>Unicorn!</body></html>", Header: map[string]string{"Content-Type": "text/html"}},
	"503 before":        {Status: 503, Header: map[string]string{"Retry-After": "0"}},
	"504 after":         {Status: 504, After: true},
	"reset before":      {Reset: true},
	"reset after":       {Reset: true, After: true},
	"cut after":         {Cut: true, After: true},
	"a page":            {Status: 200, Body: "<html>"},
	"truncated":         {Status: 200, Body: `{"id": 1, "data": {"repository": nul`, After: true},
	"408":               {Status: 408},
	"429":               {Status: 429, Header: map[string]string{"Retry-After": "0"}},
	"429 after":         {Status: 429, After: true},
	"secondary limit": {
		Status: 403, Header: map[string]string{"Retry-After": "0"},
		Body: `{"message":"You have exceeded a secondary rate limit. Please wait a few minutes before you try again.","documentation_url":"https://docs.github.com/rest/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits"}`,
	},
	"secondary limit, no word of when": {
		Status: 403, After: true, Header: map[string]string{"X-RateLimit-Remaining": "4000", "X-RateLimit-Reset": "4102444800"},
		Body: `{"message":"You have exceeded a secondary rate limit.","documentation_url":"https://docs.github.com/rest/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits"}`,
	},
	"silence after": {Hang: true, After: true},
}

// A history is a repository with three commits, which many tests serve at once.
type history struct {
	git               *githubtest.Git
	base, first, head string
}

func newHistory(t *testing.T) history {
	t.Helper()
	git, err := githubtest.NewRepository(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	s := &shop{t: t, git: git}
	lines := make([]string, 60)
	for i := range lines {
		lines[i] = fmt.Sprintf("LEAK %d", i)
	}
	h := history{git: git}
	h.base = s.commit("main", "", files{"a.py": text("x = 1"), "b.py": text("x = 1")})
	h.first = s.commit("topic", h.base, files{"a.py": text("LEAK old")})
	h.head = s.commit("topic", h.first, files{"a.py": text("x = 2"), "b.py": text(lines...)})
	return h
}

// busy is a pull request whose next run creates a check run of sixty annotations, posts a review, edits a comment and
// resolves its thread.
func (h history) busy(t *testing.T) *shop {
	t.Helper()
	s := serve(t, h.git)
	s.pull = s.repository.AddPull(12, h.base, h.first)
	s.Permit(githubtest.Permissions{Contents: githubtest.Write, PullRequests: githubtest.Write, Checks: githubtest.Write})
	s.options.Resolve = true
	if first := s.review(); first.err != nil {
		t.Fatal(first.err)
	}
	s.pull.Push(h.head)
	s.Forget()
	return s
}

// check makes sure that everything that is not left out was published, once.
func (s *shop) check(o outcome, without string) {
	s.t.Helper()
	var got, want []string
	for _, run := range s.repository.CheckRuns() {
		if run.HeadSHA == s.pull.Head {
			got = append(got, fmt.Sprintf("check run: %s with %d annotations", run.Conclusion, len(run.Annotations)))
		}
	}
	for _, review := range s.pull.Reviews()[1:] {
		got = append(got, fmt.Sprintf("review: %d comments", review.Comments))
	}
	for _, thread := range s.pull.Threads() {
		if strings.HasPrefix(thread.Body, "Fixed in ") {
			got = append(got, "edit: "+thread.Path)
		}
		if thread.ResolvedBy != "" {
			got = append(got, "resolve: "+thread.Path)
		}
	}
	if without != "check run" {
		annotations := 60
		if without == "annotations" {
			annotations = 50
		}
		want = append(want, fmt.Sprintf("check run: failure with %d annotations", annotations))
	}
	ledger := annotate.Ledger{Found: 60, Commented: 10, SummaryOnly: 50}
	switch without {
	case "review", "review and edit":
		ledger = annotate.Ledger{Found: 60, SummaryOnly: 60}
	case "edit":
		// The thread that could not be marked as fixed counts still.
		ledger = annotate.Ledger{Found: 60, Commented: 9, SummaryOnly: 51}
	}
	if ledger.Commented > 0 {
		want = append(want, fmt.Sprintf("review: %d comments", ledger.Commented))
	}
	if without != "edit" && without != "review and edit" {
		want = append(want, "edit: a.py")
		if without != "resolve" {
			want = append(want, "resolve: a.py")
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		s.t.Errorf("published (-want +got):\n%s", diff)
	}
	if o.ledger != ledger {
		s.t.Errorf("ledger: got %s, want %s", o.ledger, ledger)
	}
	s.quiet()
}

func TestPublishThroughPassingFaults(t *testing.T) {
	t.Parallel()
	history := newHistory(t)
	for where, channel := range channels {
		for what, fault := range passing {
			t.Run(where+"/"+what, func(t *testing.T) {
				t.Parallel()
				s := history.busy(t)
				fault.Method, fault.Path, fault.Contains, fault.Times = channel.fault.Method, channel.fault.Path, channel.fault.Contains, 1
				if fault.Hang {
					s.retry.Attempt = 300 * time.Millisecond
				}
				s.Fail(fault)
				o := s.review()
				if o.err != nil {
					t.Error(o.err)
				}
				if len(o.delivery.Refused) > 0 {
					t.Errorf("refused: %q", o.delivery.Refused)
				}
				s.check(o, "")
			})
		}
	}
}

// Before a write is repeated, a look tells whether it took effect: a limit may have come after it as well.
func TestWritesAreLookedUpBeforeTheyAreRepeated(t *testing.T) {
	t.Parallel()
	history := newHistory(t)
	looks := map[string]struct{ write, look string }{
		"review":      {"POST /pulls/12/reviews", "query threads"},
		"check run":   {"POST /check-runs", "GET /commits/"},
		"annotations": {"PATCH /check-runs/", "GET /check-runs/"},
	}
	for where, look := range looks {
		for what, fault := range passing {
			if fault.Hang {
				continue
			}
			t.Run(where+"/"+what, func(t *testing.T) {
				t.Parallel()
				s := history.busy(t)
				fault.Method, fault.Path, fault.Times = channels[where].fault.Method, channels[where].fault.Path, 1
				s.Fail(fault)
				if o := s.review(); o.err != nil {
					t.Error(o.err)
				}
				asked := s.asked()
				first := slices.IndexFunc(asked, func(line string) bool { return strings.HasPrefix(line, look.write) })
				// Another look may be on its way at the same time.
				looked := slices.IndexFunc(asked[first+1:], func(line string) bool { return strings.HasPrefix(line, look.look) })
				wrote := slices.IndexFunc(append(asked[first+1:], "mutation"), isWrite)
				if first < 0 || looked < 0 || looked > wrote {
					t.Errorf("after the failure at %d there is no look: %q", first, asked)
				}
				if n := countAsked(s, look.write); fault.After && n != 1 || !fault.After && n != 2 {
					t.Errorf("%d writes; the first one took effect: %t", n, fault.After)
				}
			})
		}
	}
}

func isWrite(line string) bool {
	return strings.HasPrefix(line, "POST ") || strings.HasPrefix(line, "PATCH ") || line == "mutation"
}

// What fails for good is told with its path, and takes nothing else away.
func TestPublishThroughConstantFaults(t *testing.T) {
	t.Parallel()
	history := newHistory(t)
	for where, channel := range channels {
		t.Run(where, func(t *testing.T) {
			t.Parallel()
			s := history.busy(t)
			s.retry.Total = 50 * time.Millisecond
			fault := channel.fault
			fault.Status = 502
			s.Fail(fault)
			o := s.review()
			want := strings.ReplaceAll(channel.what, "HEAD", s.pull.Head[:7])
			if o.err == nil || !strings.HasPrefix(o.err.Error(), want) || !strings.HasSuffix(o.err.Error(), "502 Bad Gateway") {
				t.Errorf("error: got %v, want %s… 502 Bad Gateway", o.err, want)
			}
			s.check(o, where)
		})
	}
}

// When patience ends with a write of which nobody knows whether it took effect, a look tells.
func TestPublishAtTheEndOfPatience(t *testing.T) {
	t.Parallel()
	history := newHistory(t)
	// An edit may be made twice, and so is not looked for.
	for _, where := range []string{"check run", "annotations", "review"} {
		t.Run(where, func(t *testing.T) {
			t.Parallel()
			s := history.busy(t)
			s.retry.Total = 1
			fault := channels[where].fault
			fault.Status, fault.After = 502, true
			s.Fail(fault)
			o := s.review()
			if o.err != nil {
				t.Error(o.err)
			}
			s.check(o, "")
		})
	}
}

// Each permission that the token lacks takes away its own channel alone.
func TestPublishWithoutPermission(t *testing.T) {
	t.Parallel()
	history := newHistory(t)
	tests := map[string]struct {
		permissions githubtest.Permissions
		refused     []string
		without     string
	}{
		"checks":        {githubtest.Permissions{Contents: githubtest.Write, PullRequests: githubtest.Write, Checks: githubtest.Read}, []string{channels["check run"].refused}, "check run"},
		"no checks":     {githubtest.Permissions{Contents: githubtest.Write, PullRequests: githubtest.Write}, []string{channels["check run"].refused}, "check run"},
		"pull requests": {githubtest.Permissions{Contents: githubtest.Write, PullRequests: githubtest.Read, Checks: githubtest.Write}, []string{channels["review"].refused}, "review and edit"},
		"contents":      {githubtest.Permissions{Contents: githubtest.Read, PullRequests: githubtest.Write, Checks: githubtest.Write}, []string{channels["resolve"].refused}, "resolve"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := history.busy(t)
			s.Permit(test.permissions)
			o := s.review()
			if o.err != nil {
				t.Error(o.err)
			}
			if diff := cmp.Diff(test.refused, o.delivery.Refused); diff != "" {
				t.Errorf("refused (-want +got):\n%s", diff)
			}
			s.check(o, test.without)
		})
	}
}

// A fork's token reads, and nothing else.
func TestPublishFromAFork(t *testing.T) {
	t.Parallel()
	s := thirty(t)
	s.Permit(githubtest.Permissions{Contents: githubtest.Read, PullRequests: githubtest.Read, Checks: githubtest.Read})
	o := s.review()
	if o.err != nil {
		t.Error(o.err)
	}
	want := []string{"review: the token lacks pull-requests: write", "check run: the token lacks checks: write"}
	if diff := cmp.Diff(want, o.delivery.Refused); diff != "" {
		t.Errorf("refused (-want +got):\n%s", diff)
	}
	if o.delivery.CheckURL != "" || len(s.pull.Threads()) > 0 {
		t.Errorf("published: %q and %+v", o.delivery.CheckURL, s.pull.Threads())
	}
	if want := (annotate.Ledger{Found: 5, SummaryOnly: 5}); o.ledger != want {
		t.Errorf("ledger: got %s, want %s", o.ledger, want)
	}
	s.quiet()
}

func TestPublishToAnArchivedRepository(t *testing.T) {
	t.Parallel()
	s := thirty(t)
	s.Fail(githubtest.Fault{Method: "POST", Path: "/pulls/12/reviews", Status: 403, Body: `{"message":"Repository was archived so is read-only."}`})
	o := s.review()
	if diff := cmp.Diff([]string{"review: 403 Forbidden: Repository was archived so is read-only."}, o.delivery.Refused); diff != "" || o.err != nil {
		t.Errorf("%v; refused (-want +got):\n%s", o.err, diff)
	}
}

func TestReadPostedWithoutPermission(t *testing.T) {
	t.Parallel()
	s := thirty(t)
	s.Permit(githubtest.Permissions{Contents: githubtest.Read, Checks: githubtest.Write})
	_, err := s.client().ReadPosted(t.Context(), 12)
	if want := "review: the token lacks pull-requests: write"; err == nil || err.Error() != want {
		t.Errorf("error: got %v, want %s", err, want)
	}
	if n := len(s.Requests()); n != 1 {
		t.Errorf("%d requests, want 1", n)
	}
}

// A run that is stopped leaves a check run that says so, whatever it had concluded already.
func TestPublishWhenStopped(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		fault   githubtest.Fault
		want    []string
		reviews int
	}{
		"in front of the review": {githubtest.Fault{Method: "POST", Path: "/graphql", Contains: "reviewThreads", Hang: true, Skip: 1}, []string{"cancelled"}, 0},
		"while it reviews":       {githubtest.Fault{Method: "POST", Path: "/reviews", Hang: true}, []string{"cancelled"}, 0},
		"before the check run":   {githubtest.Fault{Method: "GET", Path: "/commits/.*/check-runs", Hang: true, Times: 1}, []string{"cancelled"}, 1},
		"while it is created":    {githubtest.Fault{Method: "POST", Path: "/check-runs", Hang: true, Times: 1}, []string{"cancelled"}, 1},
		"when it is created":     {githubtest.Fault{Method: "POST", Path: "/check-runs", Hang: true, Times: 1, After: true}, []string{"failure", "cancelled"}, 1},
		"while it is annotated":  {githubtest.Fault{Method: "PATCH", Path: "/check-runs/[0-9]+", Hang: true}, []string{"failure", "cancelled"}, 1},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := leaky(t, 60)
			s.Fail(test.fault)
			ctx, stop := context.WithCancel(t.Context())
			go func() {
				for s.Struck() == 0 || len(s.pull.Reviews()) < test.reviews {
					time.Sleep(time.Millisecond)
				}
				stop()
			}()
			o := s.reviewFor(ctx, s.event())
			if o.err == nil || !o.delivery.Stopped {
				t.Errorf("error %v, stopped %t", o.err, o.delivery.Stopped)
			}
			var got []string
			for _, run := range s.repository.CheckRuns() {
				got = append(got, run.Conclusion)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("check runs (-want +got):\n%s", diff)
			}
			if reviews := s.pull.Reviews(); len(reviews) != test.reviews {
				t.Errorf("%d reviews, want %d", len(reviews), test.reviews)
			}
			s.quiet()
			// Whoever runs next concludes, and says nothing twice.
			s.Forget()
			if o := s.review(); o.err != nil {
				t.Fatal(o.err)
			}
			runs := s.repository.CheckRuns()
			if last := runs[len(runs)-1]; last.Conclusion != "failure" || len(last.Annotations) != 60 || len(s.pull.Reviews()) != 1 || len(s.pull.Threads()) != 10 {
				t.Errorf("the next run leaves %s with %d annotations, %d reviews and %d threads", last.Conclusion, len(last.Annotations), len(s.pull.Reviews()), len(s.pull.Threads()))
			}
			s.quiet()
		})
	}
}
