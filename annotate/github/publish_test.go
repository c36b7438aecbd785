package github_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/annotate"
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
		"GET /commits/" + s.pull.Head + "/check-runs",
		"POST /check-runs",
		"query threads",
		"POST /pulls/12/reviews",
	}
	if diff := cmp.Diff(want, s.asked()); diff != "" {
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
