package main

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/annotate/github/githubtest"
)

// leaks are modules with n middlewares that leak, ten in each.
func leaks(n int) contents {
	files := contents{"shop/models.py": githubtest.Text("x = 1\n")}
	for i := 0; i < n; i += 10 {
		var text strings.Builder
		for j := i; j < min(i+10, n); j++ {
			text.WriteString(strings.Replace(leaking, "AuditMiddleware", fmt.Sprintf("Audit%dMiddleware", j), 1) + "\n\n")
		}
		files[fmt.Sprintf("shop/middleware/audit_%03d.py", i/10)] = githubtest.Text(text.String())
	}
	return files
}

// GitHub takes fifty annotations a request, and djleak shows ten comments: every finding is delivered once all the same,
// and another run adds nothing.
func TestActionDeliversEachFindingOnce(t *testing.T) {
	t.Parallel()
	for _, n := range []int{0, 1, 49, 50, 51, 130, 1_001} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, contents{"README.md": githubtest.Text("A shop.\n")}, leaks(n))
			comments := min(n, 10)
			status, conclusion := exitFindings, "failure"
			if n == 0 {
				status, conclusion = exitClean, "success"
			}
			ledger := "%d found = %d commented + %d already commented + %d in the summary only + 0 suppressed"
			s := w.run()
			s.want(t, status, wantOutputs(n, 0, conclusion), fmt.Sprintf(ledger, n, comments, 0, n-comments))
			if rows := strings.Count(s.summary, "[`middleware-state-growth`]"); rows != n {
				t.Errorf("%d rows in the summary, want %d", rows, n)
			}
			once := func() {
				t.Helper()
				runs := w.repository.CheckRuns()
				if len(runs) != 1 || len(runs[0].Annotations) != n {
					t.Fatalf("%d check runs, the first with %d annotations, want one with %d", len(runs), len(runs[0].Annotations), n)
				}
				places := map[string]bool{}
				for _, annotation := range runs[0].Annotations {
					places[fmt.Sprint(annotation.Path, annotation.StartLine)] = true
				}
				if len(places) != n {
					t.Errorf("%d places are annotated, want %d", len(places), n)
				}
				if threads, reviews := len(w.pull.Threads()), len(w.pull.Reviews()); threads != comments || reviews != min(n, 1) {
					t.Errorf("%d threads and %d reviews, want %d and %d", threads, reviews, comments, min(n, 1))
				}
			}
			once()
			w.Forget()
			w.run().want(t, status, wantOutputs(n, 0, conclusion), fmt.Sprintf(ledger, n, 0, comments, n-comments))
			if diff := cmp.Diff([]string(nil), w.writes()); diff != "" {
				t.Errorf("writes of the second run (-want +got):\n%s", diff)
			}
			once()
		})
	}
}

// The README promises how few requests a usual pull request takes.
func TestActionAsksLittle(t *testing.T) {
	t.Parallel()
	base, head := contents{"shop/settings.py": githubtest.Text("DEBUG = False\n")}, contents{}
	for i := range 30 {
		path := fmt.Sprintf("shop/part_%02d.py", i)
		base[path] = githubtest.Text(strings.Repeat("# A shop.\n", 40) + strings.Replace(innocent, "AuditMiddleware", fmt.Sprintf("Audit%dMiddleware", i), 1))
		code := innocent + "# Looked at.\n"
		if i%6 == 0 {
			code = leaking
		}
		head[path] = githubtest.Text(strings.Repeat("# A shop.\n", 40) + strings.Replace(code, "AuditMiddleware", fmt.Sprintf("Audit%dMiddleware", i), 1))
	}
	w := newWorld(t, base, head)
	if s := w.run(); s.outputs["findings"] != "5" {
		t.Fatalf("%s findings, want 5; the log:\n%s", s.outputs["findings"], s.log)
	}
	first := len(w.Requests())
	w.Forget()
	w.run()
	if second := len(w.Requests()); first > 10 || second >= first {
		t.Errorf("%d requests, then %d; want 10 at most, then fewer", first, second)
	}
	t.Logf("%d requests, then %d", first, len(w.Requests()))
}

// What does not depend on another answer is asked for along with it: configuration, comparison and threads; the files, and
// since settings are among them the project's list of files; those that tell something; threads and check runs again; the
// review; the check run.
func TestActionWaitsLittle(t *testing.T) {
	t.Parallel()
	base, head := thirtyModules(t)
	fewest := math.MaxInt
	for range 5 { // On a busy machine a request may be so late that another has been answered.
		w := newWorld(t, base, head)
		w.Delay(afar)
		w.run()
		if fewest = min(fewest, githubtest.Rounds(w.Requests())); fewest <= 6 {
			return
		}
	}
	t.Errorf("%d requests one after another, want 6", fewest)
}
