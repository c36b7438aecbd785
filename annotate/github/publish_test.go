package github_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/annotate"
	"github.com/djleak/djleak/annotate/github"
	"github.com/djleak/djleak/annotate/github/githubtest"
)

// thirty is a usual pull request: thirty changed files, five with something to say.
func thirty(t *testing.T) *shop {
	t.Helper()
	base, head := files{}, files{}
	for i := range 30 {
		path := fmt.Sprintf("app/module_%02d.py", i)
		base[path] = text(numbered(40)...)
		lines := numbered(40)
		lines[20] = "changed = True"
		if i%6 == 0 {
			lines[20] = fmt.Sprintf("LEAK %d", i)
		}
		head[path] = text(lines...)
	}
	return open(t, base, head)
}

func TestReviewOfThirtyFiles(t *testing.T) {
	t.Parallel()
	s := thirty(t)
	first := s.review()
	if first.err != nil {
		t.Fatal(first.err)
	}
	want := []string{
		"GET /compare/" + s.pull.Base + "..." + s.pull.Head,
		"query blobs",
		"query threads",
		"query threads",
		"POST /pulls/12/reviews",
		"POST /check-runs",
	}
	// What stands of the check run is asked for along with the review, whichever the server hears of first.
	asked, standing := s.asked(), "GET /commits/"+s.pull.Head+"/check-runs"
	if at := slices.Index(asked, standing); at < 3 || at > 5 {
		t.Errorf("%s is request %d of %q", standing, at, asked)
	} else if diff := cmp.Diff(want, slices.Delete(asked, at, at+1)); diff != "" {
		t.Errorf("requests (-want +got):\n%s", diff)
	}
	if want := (annotate.Ledger{Found: 5, Commented: 5}); first.ledger != want {
		t.Errorf("ledger: got %s, want %s", first.ledger, want)
	}
	threads := s.pull.Threads()
	if len(threads) != 5 || threads[0].Path != "app/module_00.py" || threads[0].Line != 21 {
		t.Errorf("threads: %+v", threads)
	}
	runs := s.repository.CheckRuns()
	if len(runs) != 1 || runs[0].Conclusion != "failure" || len(runs[0].Annotations) != 5 {
		t.Errorf("check runs: %+v", runs)
	}
	s.quiet()
}

func TestSecondRunIsQuiet(t *testing.T) {
	t.Parallel()
	s := thirty(t)
	if first := s.review(); first.err != nil {
		t.Fatal(first.err)
	}
	s.Forget()
	second := s.review()
	if second.err != nil {
		t.Fatal(second.err)
	}
	want := []string{
		"GET /compare/" + s.pull.Base + "..." + s.pull.Head,
		"query blobs",
		"query threads",
		"GET /commits/" + s.pull.Head + "/check-runs",
	}
	if diff := cmp.Diff(want, s.asked()); diff != "" {
		t.Errorf("requests (-want +got):\n%s", diff)
	}
	if want := (annotate.Ledger{Found: 5, AlreadyCommented: 5}); second.ledger != want {
		t.Errorf("ledger: got %s, want %s", second.ledger, want)
	}
	if got := len(s.pull.Reviews()); got != 1 {
		t.Errorf("%d reviews, want 1", got)
	}
	if runs := s.repository.CheckRuns(); len(runs) != 1 || len(runs[0].Annotations) != 5 {
		t.Errorf("check runs: %+v", runs)
	}
	if second.delivery.CheckURL == "" {
		t.Error("the check run that is kept has no address")
	}
	s.quiet()
}

// The head has moved on: whoever reviews it posts, and knows better what is fixed.
func TestMovedHeadGetsNoReview(t *testing.T) {
	t.Parallel()
	s := open(t, files{"a.py": text("x = 1"), "b.py": text("x = 1")}, files{"a.py": text("LEAK old")})
	if first := s.review(); first.err != nil {
		t.Fatal(first.err)
	}
	s.push(files{"a.py": text("x = 2"), "b.py": text("LEAK new")})
	event := s.event()
	s.push(files{"c.py": text("x = 1")})
	o := s.reviewFor(t.Context(), event)
	if o.err != nil {
		t.Fatal(o.err)
	}
	if diff := cmp.Diff([]string{"review: the pull request has moved on to " + s.pull.Head[:7]}, o.delivery.Refused); diff != "" {
		t.Errorf("refused (-want +got):\n%s", diff)
	}
	if len(s.pull.Reviews()) != 1 || strings.HasPrefix(s.pull.Threads()[0].Body, "Fixed") {
		t.Errorf("the stale run has published: %+v", s.pull.Threads())
	}
	runs := s.repository.CheckRuns()
	if len(runs) != 2 || runs[1].HeadSHA != event.Head {
		t.Errorf("check runs: %+v", runs)
	}
	if want := (annotate.Ledger{Found: 1, SummaryOnly: 1}); o.ledger != want {
		t.Errorf("ledger: got %s, want %s", o.ledger, want)
	}
	s.quiet()
}

// One comment that GitHub refuses takes the whole review with it: the others are posted all the same.
func TestRefusedCommentsAreFound(t *testing.T) {
	t.Parallel()
	outside := annotate.Comment{Path: "app/module_01.py", StartLine: 1, Line: 1, Body: "outside the diff"}
	nowhere := annotate.Comment{Path: "app/absent.py", StartLine: 1, Line: 1, Body: "no such file"}
	tests := map[string]struct {
		bad     map[int]annotate.Comment
		reviews []int
		posts   int
		refused []string
	}{
		"one":         {map[int]annotate.Comment{3: outside}, []int{2, 1, 1}, 7, []string{"app/module_01.py:1: " + offLine}},
		"first":       {map[int]annotate.Comment{0: outside}, []int{1, 3}, 5, []string{"app/module_01.py:1: " + offLine}},
		"two kinds":   {map[int]annotate.Comment{1: nowhere, 4: outside}, []int{1, 1, 1}, 9, []string{"app/module_01.py:1: " + offLine, "app/absent.py:1: " + offPath}},
		"all of them": {map[int]annotate.Comment{0: outside, 1: outside, 2: outside, 3: outside, 4: outside}, nil, 9, []string{"app/module_01.py:1 and 4 more: " + offLine}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := thirty(t)
			plan := s.plan()
			for i, comment := range test.bad {
				comment.Fingerprints = plan.Review.Comments[i].Fingerprints
				plan.Review.Comments[i] = comment
			}
			event := s.event()
			delivery, err := s.client().Publish(t.Context(), plan, github.Target{Pull: &event})
			if err != nil {
				t.Fatal(err)
			}
			var reviews []int
			for _, review := range s.pull.Reviews() {
				reviews = append(reviews, review.Comments)
			}
			if posts := countAsked(s, "POST /pulls/12/reviews"); !slices.Equal(reviews, test.reviews) || posts != test.posts {
				t.Errorf("reviews of %d comments in %d posts, want %d in %d", reviews, posts, test.reviews, test.posts)
			}
			for i, comment := range plan.Review.Comments {
				if _, bad := test.bad[i]; delivery.Commented[comment.Fingerprints[0]] == bad {
					t.Errorf("comment %d: commented is %t", i, !bad)
				}
			}
			var want []string
			for _, refused := range test.refused {
				want = append(want, "review: GitHub refused the comment on "+refused)
			}
			if diff := cmp.Diff(want, delivery.Refused); diff != "" {
				t.Errorf("refused (-want +got):\n%s", diff)
			}
			s.quiet()
		})
	}
}

// What GitHub says of a comment on a line and in a file that the diff does not show.
const (
	offLine = "422 Unprocessable Entity: Pull request review thread line must be part of the diff and Pull request review thread diff hunk can't be blank"
	offPath = "422 Unprocessable Entity: Pull request review thread path is invalid and Pull request review thread diff hunk can't be blank"
)

// plan is what a run would publish now.
func (s *shop) plan() annotate.Plan {
	s.t.Helper()
	diff := s.read()
	posted, err := s.client().ReadPosted(s.t.Context(), 12)
	if err != nil {
		s.t.Fatal(err)
	}
	options := s.options
	options.HeadSHA = s.pull.Head
	plan := annotate.NewPlan(findLeaks(diff), diff, posted, options)
	s.Forget()
	return plan
}

func TestSpamIsNotTriedInParts(t *testing.T) {
	t.Parallel()
	s := thirty(t)
	s.Fail(githubtest.Fault{
		Method: "POST", Path: "/pulls/12/reviews", Status: 422,
		Body: `{"message":"Validation Failed","errors":[{"resource":"PullRequestReview","code":"abuse","field":"base"}]}`,
	})
	o := s.review()
	want := "review acme/shop#12: post review: 422 Unprocessable Entity: Validation Failed: PullRequestReview base abuse"
	if o.err == nil || o.err.Error() != want {
		t.Errorf("error: got %v, want %s", o.err, want)
	}
	if posts := countAsked(s, "POST /pulls/12/reviews"); posts != 1 {
		t.Errorf("%d posts, want 1", posts)
	}
}

// Two jobs may review the same head at once: what the other has posted meanwhile is not posted again.
func TestConcurrentRuns(t *testing.T) {
	t.Parallel()
	s := thirty(t)
	plan := s.plan()
	event := s.event()
	for range 2 {
		delivery, err := s.client().Publish(t.Context(), plan, github.Target{Pull: &event, Check: true})
		if err != nil || len(delivery.Commented) != 5 {
			t.Errorf("%d commented and %v, want 5", len(delivery.Commented), err)
		}
	}
	if reviews, runs := len(s.pull.Reviews()), len(s.repository.CheckRuns()); reviews != 1 || runs != 1 {
		t.Errorf("%d reviews and %d check runs, want one of each", reviews, runs)
	}
	s.quiet()
}

// leaky is a pull request with n findings in one file.
func leaky(t *testing.T, n int) *shop {
	t.Helper()
	lines := make([]string, n)
	for i := range lines {
		lines[i] = fmt.Sprintf("LEAK %d", i)
	}
	return open(t, files{"README": text("shop")}, files{"a.py": text(lines...)})
}

func TestManyAnnotations(t *testing.T) {
	t.Parallel()
	s := leaky(t, 230)
	if o := s.review(); o.err != nil {
		t.Fatal(o.err)
	}
	runs := s.repository.CheckRuns()
	if len(runs) != 1 || len(runs[0].Annotations) != 230 {
		t.Fatalf("%d check runs, the first with %d annotations", len(runs), len(runs[0].Annotations))
	}
	seen := map[int]bool{}
	for _, annotation := range runs[0].Annotations {
		seen[annotation.StartLine] = true
	}
	if len(seen) != 230 {
		t.Errorf("%d lines are annotated, want 230", len(seen))
	}
	if posts, patches := countAsked(s, "POST /check-runs"), countAsked(s, "PATCH /check-runs/"); posts != 1 || patches != 4 {
		t.Errorf("%d posts and %d patches, want 1 and 4", posts, patches)
	}
	s.quiet()
}

// A run that was interrupted while it annotated is completed by the next one.
func TestInterruptedAnnotations(t *testing.T) {
	t.Parallel()
	s := leaky(t, 230)
	s.Fail(githubtest.Fault{Method: "PATCH", Path: "/check-runs/.*", Skip: 2, Status: 500})
	s.retry.Total = 20 * time.Millisecond
	if o := s.review(); o.err == nil || o.delivery.CheckURL == "" {
		t.Errorf("error: %v, check run %q", o.err, o.delivery.CheckURL)
	}
	if got := len(s.repository.CheckRuns()[0].Annotations); got != 150 {
		t.Fatalf("%d annotations after the interruption, want 150", got)
	}
	s.Forget()
	if o := s.review(); o.err != nil {
		t.Fatal(o.err)
	}
	runs := s.repository.CheckRuns()
	if len(runs) != 1 || len(runs[0].Annotations) != 230 {
		t.Errorf("%d check runs, the first with %d annotations, want one with 230", len(runs), len(runs[0].Annotations))
	}
	s.quiet()
}

func TestCheckRunsThatStandAlready(t *testing.T) {
	t.Parallel()
	tests := map[string]githubtest.CheckRun{
		"another app's":         {Name: "djleak", App: "another", Conclusion: "success", ExternalID: "1"},
		"one of another name":   {Name: "lint", App: githubtest.Viewer, Conclusion: "success"},
		"another outcome":       {Name: "djleak", App: githubtest.Viewer, Conclusion: "cancelled", ExternalID: "djleak v=1 annotations=0 outcome=00"},
		"the job's own":         {Name: "djleak", App: githubtest.Viewer, Status: "in_progress"},
		"another app's, forged": {Name: "djleak", App: "another", Conclusion: "success", ExternalID: "djleak v=1 annotations=5"},
	}
	for name, run := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := thirty(t)
			run.HeadSHA = s.pull.Head
			s.repository.AddCheckRun(run)
			if o := s.review(); o.err != nil {
				t.Fatal(o.err)
			}
			runs := s.repository.CheckRuns()
			if len(runs) != 2 || runs[1].Conclusion != "failure" || len(runs[0].Annotations) > 0 {
				t.Errorf("check runs: %+v", runs)
			}
			s.quiet()
		})
	}
}

// A job may have the check run's name: its own check run is the newest of the name when it runs again.
func TestCheckRunIsFoundBehindTheJobsOwn(t *testing.T) {
	t.Parallel()
	s := thirty(t)
	for range 2 {
		s.repository.AddCheckRun(githubtest.CheckRun{Name: "djleak", HeadSHA: s.pull.Head, App: githubtest.Viewer, Status: "in_progress"})
		if o := s.review(); o.err != nil {
			t.Fatal(o.err)
		}
	}
	if posts := countAsked(s, "POST /check-runs"); posts != 1 {
		t.Errorf("%d posts, want 1", posts)
	}
}

// An outcome that comes back after another one is told again, or the other one would stand.
func TestCheckRunOfAnEarlierOutcome(t *testing.T) {
	t.Parallel()
	s := thirty(t)
	for _, failOn := range []analyzer.Severity{analyzer.High, analyzer.High + 1, analyzer.High} {
		s.options.FailOn = &failOn
		if o := s.review(); o.err != nil {
			t.Fatal(o.err)
		}
	}
	var got []string
	for _, run := range s.repository.CheckRuns() {
		got = append(got, run.Conclusion)
	}
	if diff := cmp.Diff([]string{"failure", "neutral", "failure"}, got); diff != "" {
		t.Errorf("conclusions (-want +got):\n%s", diff)
	}
}

// A finding's life on a pull request: commented, fixed, back, and closed by a person.
func TestLifeOfAComment(t *testing.T) {
	t.Parallel()
	for _, resolve := range []bool{false, true} {
		t.Run(fmt.Sprintf("resolve=%t", resolve), func(t *testing.T) {
			t.Parallel()
			s := open(t, files{"a.py": text("x = 1")}, files{"a.py": text("LEAK")})
			s.Permit(githubtest.Permissions{Contents: githubtest.Write, PullRequests: githubtest.Write, Checks: githubtest.Write})
			s.options.Resolve = resolve
			leak, clean := files{"a.py": text("LEAK")}, files{"a.py": text("x = 2")}
			step := func(what string, ledger annotate.Ledger, fixed, resolved bool) string {
				t.Helper()
				o := s.review()
				if o.err != nil || len(o.delivery.Refused) > 0 {
					t.Fatalf("%s: %v, %q", what, o.err, o.delivery.Refused)
				}
				if o.ledger != ledger {
					t.Errorf("%s: %s, want %s", what, o.ledger, ledger)
				}
				threads := s.pull.Threads()
				if len(threads) != 1 || len(s.pull.Reviews()) != 1 {
					t.Fatalf("%s: %d threads and %d reviews, want one", what, len(threads), len(s.pull.Reviews()))
				}
				thread := threads[0]
				if got := strings.HasPrefix(thread.Body, "Fixed in "+s.pull.Head[:7]); got != fixed || (thread.ResolvedBy != "") != resolved {
					t.Errorf("%s: fixed is %t, resolved by %q", what, got, thread.ResolvedBy)
				}
				return thread.Body
			}
			first := step("commented", annotate.Ledger{Found: 1, Commented: 1}, false, false)
			s.push(clean)
			step("fixed", annotate.Ledger{}, true, resolve)
			s.push(leak)
			again := step("back", annotate.Ledger{Found: 1, AlreadyCommented: 1}, false, false)
			for _, part := range []string{"**`LEAK` is kept**", first[strings.LastIndex(first, "<!-- djleak"):]} {
				if !strings.Contains(again, part) {
					t.Errorf("the body that is back lacks %q: %s", part, again)
				}
			}
			s.pull.Change(s.pull.Threads()[0].CommentID, func(thread *githubtest.Thread) { thread.ResolvedBy = githubtest.Person })
			s.push(files{"a.py": text("# a comment", "LEAK")})
			step("closed by a person", annotate.Ledger{Found: 1, AlreadyCommented: 1}, false, true)
			s.push(clean)
			step("fixed when closed", annotate.Ledger{}, false, true)
			s.quiet()
		})
	}
}

// Anybody can write a marker. Only the server knows who wrote a comment.
func TestForgedMarkers(t *testing.T) {
	t.Parallel()
	s := thirty(t)
	plan := s.plan()
	for _, comment := range plan.Review.Comments {
		s.pull.AddThread(githubtest.Thread{Path: comment.Path, StartLine: comment.Line, Line: comment.Line, Side: "RIGHT", Body: comment.Body, Author: githubtest.Person})
	}
	o := s.review()
	if want := (annotate.Ledger{Found: 5, Commented: 5}); o.ledger != want || o.err != nil {
		t.Errorf("%v, ledger: got %s, want %s", o.err, o.ledger, want)
	}
	s.push(files{"app/module_00.py": text("clean")})
	if o := s.review(); o.err != nil {
		t.Fatal(o.err)
	}
	for _, thread := range s.pull.Threads() {
		if fixed := strings.HasPrefix(thread.Body, "Fixed"); fixed != (thread.Author == githubtest.Viewer && thread.Path == "app/module_00.py") {
			t.Errorf("%s's comment on %s: fixed is %t", thread.Author, thread.Path, fixed)
		}
	}
	s.quiet()
}

func TestManyThreads(t *testing.T) {
	t.Parallel()
	s := thirty(t)
	for i := range 230 {
		s.pull.AddThread(githubtest.Thread{Path: "app/module_00.py", Line: 21, Body: fmt.Sprintf("remark %d", i), Author: githubtest.Person})
	}
	if o := s.review(); o.err != nil {
		t.Fatal(o.err)
	}
	s.Forget()
	o := s.review()
	if want := (annotate.Ledger{Found: 5, AlreadyCommented: 5}); o.ledger != want {
		t.Errorf("ledger: got %s, want %s", o.ledger, want)
	}
	if pages := countAsked(s, "query threads"); pages != 3 {
		t.Errorf("%d pages, want 3", pages)
	}
	s.quiet()
}

func TestReadPosted(t *testing.T) {
	t.Parallel()
	s := thirty(t)
	mine := s.pull.AddThread(githubtest.Thread{Path: "a.py", Line: 1, Body: "mine", Author: githubtest.Viewer})
	closed := s.pull.AddThread(githubtest.Thread{Path: "b.py", Line: 1, Body: "closed", Author: githubtest.Viewer, ResolvedBy: githubtest.Viewer})
	person := s.pull.AddThread(githubtest.Thread{Path: "c.py", Line: 1, Body: "by a person", Author: githubtest.Viewer, ResolvedBy: githubtest.Person})
	ghost := s.pull.AddThread(githubtest.Thread{Path: "e.py", Line: 1, Body: "by a ghost", Author: githubtest.Viewer, ResolvedBy: githubtest.Ghost, Outdated: true})
	gone := s.pull.AddThread(githubtest.Thread{Path: "f.py", Line: 1, Body: "of a ghost", Author: githubtest.Ghost, ResolvedBy: githubtest.Viewer})
	other := s.pull.AddThread(githubtest.Thread{Path: "d.py", Line: 1, Body: "other", Author: githubtest.Person, ResolvedBy: githubtest.Person})
	node := func(id int64) string { return fmt.Sprintf("PRRC_%d", id) }
	want := annotate.Posted{Comments: []annotate.PostedComment{
		{ID: mine.CommentID, NodeID: node(mine.CommentID), ThreadID: mine.ID, Body: "mine", Path: "a.py", Mine: true},
		{ID: closed.CommentID, NodeID: node(closed.CommentID), ThreadID: closed.ID, Body: "closed", Path: "b.py", Mine: true, Resolved: true, ResolvedByMe: true},
		{ID: person.CommentID, NodeID: node(person.CommentID), ThreadID: person.ID, Body: "by a person", Path: "c.py", Mine: true, Resolved: true},
		{ID: ghost.CommentID, NodeID: node(ghost.CommentID), ThreadID: ghost.ID, Body: "by a ghost", Path: "e.py", Mine: true, Resolved: true},
		{ID: gone.CommentID, NodeID: node(gone.CommentID), ThreadID: gone.ID, Body: "of a ghost", Path: "f.py", Resolved: true},
		{ID: other.CommentID, NodeID: node(other.CommentID), ThreadID: other.ID, Body: "other", Path: "d.py", Resolved: true},
	}}
	got, err := s.client().ReadPosted(t.Context(), 12)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("posted (-want +got):\n%s", diff)
	}
}

// An old GitHub Enterprise Server knows only the small number of a comment.
func TestReadPostedFromAnOldServer(t *testing.T) {
	t.Parallel()
	s := thirty(t)
	s.Fail(githubtest.Fault{
		Method: "POST", Path: "/graphql", Contains: "fullDatabaseId", Status: 200,
		Body: `{"errors":[{"extensions":{"code":"undefinedField"},"message":"Field 'fullDatabaseId' doesn't exist on type 'PullRequestReviewComment'"}]}`,
	})
	s.Fail(githubtest.Fault{
		Method: "POST", Path: "/graphql", Contains: "databaseId", Status: 200,
		Body: `{"data":{"repository":{"pullRequest":{"headRefOid":"1","reviewThreads":{"pageInfo":{},"nodes":[
			{"id":"T","path":"a.py","comments":{"nodes":[{"id":"C","databaseId":7,"body":"b","viewerDidAuthor":true}]}}]}}}}}`,
	})
	got, err := s.client().ReadPosted(t.Context(), 12)
	if err != nil {
		t.Fatal(err)
	}
	want := annotate.Posted{Comments: []annotate.PostedComment{{ID: 7, NodeID: "C", ThreadID: "T", Body: "b", Path: "a.py", Mine: true}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("posted (-want +got):\n%s", diff)
	}
}

func TestReadPostedErrorTellsItsPage(t *testing.T) {
	t.Parallel()
	s := thirty(t)
	for i := range 230 {
		s.pull.AddThread(githubtest.Thread{Path: "a.py", Line: 1, Body: fmt.Sprint(i), Author: githubtest.Person})
	}
	s.retry.Total = 10 * time.Millisecond
	s.Fail(githubtest.Fault{Method: "POST", Path: "/graphql", Contains: `"after":"200"`, Status: 502})
	_, err := s.client().ReadPosted(t.Context(), 12)
	if want := "review acme/shop#12: list comments: page 3: 502 Bad Gateway"; err == nil || err.Error() != want {
		t.Errorf("error: got %v, want %s", err, want)
	}
}

// A server that loses the place in its list is not asked for ever.
func TestReadPostedOfAPageThatRepeats(t *testing.T) {
	t.Parallel()
	s := thirty(t)
	s.Fail(githubtest.Fault{
		Method: "POST", Path: "/graphql", Contains: "reviewThreads", Status: 200,
		Body: `{"data":{"repository":{"pullRequest":{"headRefOid":"1","reviewThreads":{"pageInfo":{"hasNextPage":true,"endCursor":"1"},"nodes":[]}}}}}`,
	})
	_, err := s.client().ReadPosted(t.Context(), 12)
	if want := "review acme/shop#12: list comments: page 2: GitHub names it as the page after itself"; err == nil || err.Error() != want {
		t.Errorf("error: got %v, want %s", err, want)
	}
}

// A comment that somebody deletes between reading and editing is let go.
func TestEditOfADeletedComment(t *testing.T) {
	t.Parallel()
	s := open(t, files{"a.py": text("x = 1"), "b.py": text("x = 1")}, files{"a.py": text("LEAK"), "b.py": text("LEAK")})
	if o := s.review(); o.err != nil {
		t.Fatal(o.err)
	}
	s.push(files{"a.py": text("x = 2"), "b.py": text("x = 2")})
	plan := s.plan()
	s.pull.Change(s.pull.Threads()[0].CommentID, func(thread *githubtest.Thread) { thread.Deleted = true })
	event := s.event()
	delivery, err := s.client().Publish(t.Context(), plan, github.Target{Pull: &event})
	if err != nil || len(delivery.Refused) > 0 || len(delivery.Edited) != 1 {
		t.Errorf("%v, refused %q, %v edited", err, delivery.Refused, delivery.Edited)
	}
	if threads := s.pull.Threads(); len(threads) != 1 || !strings.HasPrefix(threads[0].Body, "Fixed in ") {
		t.Errorf("threads: %+v", threads)
	}
	s.quiet()
}

// A comment that cannot be edited does not keep the next one from it.
func TestEditThatFails(t *testing.T) {
	t.Parallel()
	s := open(t, files{"a.py": text("x = 1"), "b.py": text("x = 1")}, files{"a.py": text("LEAK"), "b.py": text("LEAK")})
	if o := s.review(); o.err != nil {
		t.Fatal(o.err)
	}
	s.push(files{"a.py": text("x = 2"), "b.py": text("x = 2")})
	s.Fail(githubtest.Fault{Method: "PATCH", Path: "/pulls/comments/[0-9]+", Times: 1, Status: 422, Body: `{"message":"Validation Failed"}`})
	o := s.review()
	want := fmt.Sprintf("review acme/shop#12: edit comment %d: 422 Unprocessable Entity: Validation Failed", s.pull.Threads()[0].CommentID)
	if o.err == nil || o.err.Error() != want || len(o.delivery.Edited) != 1 {
		t.Errorf("%v edited and %v, want 1 and %s", o.delivery.Edited, o.err, want)
	}
	if threads := s.pull.Threads(); strings.HasPrefix(threads[0].Body, "Fixed in ") || !strings.HasPrefix(threads[1].Body, "Fixed in ") {
		t.Errorf("threads: %+v", threads)
	}
}

// Ranges and single lines are told apart: GitHub refuses a range of one line.
func TestCommentOnSeveralLines(t *testing.T) {
	t.Parallel()
	s := open(t, files{"a.py": text("x = 1")}, files{"a.py": text("x = 1", "LEAK2", "y = 2")})
	if o := s.review(); o.err != nil {
		t.Fatal(o.err)
	}
	threads := s.pull.Threads()
	if len(threads) != 1 || threads[0].StartLine != 2 || threads[0].Line != 3 || threads[0].Side != "RIGHT" {
		t.Errorf("threads: %+v", threads)
	}
	s.quiet()
}

// A thread that djleak has resolved and may not reopen stays as it is: a new comment tells what is back, once.
func TestRefusedReopening(t *testing.T) {
	t.Parallel()
	s := open(t, files{"a.py": text("x = 1")}, files{"a.py": text("LEAK")})
	s.Permit(githubtest.Permissions{Contents: githubtest.Write, PullRequests: githubtest.Write, Checks: githubtest.Write})
	s.options.Resolve, s.options.MaxComments = true, 1
	step := func(ledger annotate.Ledger, threads, reviews int) outcome {
		t.Helper()
		o := s.review()
		if o.err != nil || o.ledger != ledger || len(s.pull.Threads()) != threads || len(s.pull.Reviews()) != reviews {
			t.Fatalf("%v, %s, %d threads, %d reviews; want %s, %d, %d", o.err, o.ledger, len(s.pull.Threads()), len(s.pull.Reviews()), ledger, threads, reviews)
		}
		return o
	}
	step(annotate.Ledger{Found: 1, Commented: 1}, 1, 1)
	s.push(files{"a.py": text("x = 2")})
	step(annotate.Ledger{}, 1, 1)
	fixed := s.pull.Threads()[0]
	s.Permit(githubtest.Permissions{Contents: githubtest.Read, PullRequests: githubtest.Write, Checks: githubtest.Write})
	s.push(files{"a.py": text("LEAK")})
	o := step(annotate.Ledger{Found: 1, Commented: 1}, 2, 2)
	if diff := cmp.Diff([]string{"resolve: the token lacks contents: write"}, o.delivery.Refused); diff != "" {
		t.Errorf("refused (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(fixed, s.pull.Threads()[0]); diff != "" {
		t.Errorf("the closed thread (-before +after):\n%s", diff)
	}
	s.Forget()
	step(annotate.Ledger{Found: 1, AlreadyCommented: 1}, 2, 2)
	if n := countAsked(s, "mutation"); n != 0 {
		t.Errorf("%d more mutations, want none", n)
	}
	s.push(files{"a.py": text("x = 3")})
	step(annotate.Ledger{}, 2, 2)
	s.quiet()
}

// A comment that may not be restored, or that somebody deleted, gets a new one. Where nobody knows whether it was restored
// its finding is left to the summary, and to the next run.
func TestRefusedRestoring(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		fault  githubtest.Fault
		ledger annotate.Ledger
		failed bool
	}{
		"refused": {githubtest.Fault{Status: 403, Body: `{"message":"Resource not accessible by integration"}`}, annotate.Ledger{Found: 1, Commented: 1}, false},
		"broken":  {githubtest.Fault{Status: 502}, annotate.Ledger{Found: 1, SummaryOnly: 1}, true},
		"deleted": {githubtest.Fault{Status: 404}, annotate.Ledger{Found: 1, Commented: 1}, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t, files{"a.py": text("x = 1")}, files{"a.py": text("LEAK")})
			s.retry.Total = 20 * time.Millisecond
			for _, line := range []string{"x = 2", "LEAK"} {
				if o := s.review(); o.err != nil {
					t.Fatal(o.err)
				}
				s.push(files{"a.py": text(line)})
			}
			test.fault.Method, test.fault.Path = "PATCH", "/pulls/comments/[0-9]+"
			s.Fail(test.fault)
			o := s.review()
			if o.ledger != test.ledger || (o.err != nil) != test.failed {
				t.Errorf("%v, ledger %s; want %s", o.err, o.ledger, test.ledger)
			}
			s.Forget()
			if o := s.review(); o.err != nil || o.ledger != (annotate.Ledger{Found: 1, AlreadyCommented: 1}) {
				t.Errorf("the next run: %v, ledger %s", o.err, o.ledger)
			}
			s.quiet()
		})
	}
}

// A list of check runs may have several pages: ours may be on any.
func TestCheckRunIsFoundOnALaterPage(t *testing.T) {
	t.Parallel()
	s := thirty(t)
	if o := s.review(); o.err != nil {
		t.Fatal(o.err)
	}
	for range 230 {
		s.repository.AddCheckRun(githubtest.CheckRun{Name: "djleak", HeadSHA: s.pull.Head, App: "another", Status: "completed"})
	}
	s.Forget()
	if o := s.review(); o.err != nil {
		t.Fatal(o.err)
	}
	if posts, lists := countAsked(s, "POST /check-runs"), countAsked(s, "GET /commits/"); posts != 0 || lists != 3 {
		t.Errorf("%d posts after %d lists, want none after 3", posts, lists)
	}
}
