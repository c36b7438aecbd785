package main

import (
	"maps"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/annotate/github/githubtest"
)

// rebase moves the pull request onto another base and force-pushes its head there.
func (w *world) rebase(base, head contents) {
	w.t.Helper()
	w.pull.Base = w.commit("main", w.pull.Base, base)
	w.push(head)
}

// A finding keeps its comment whatever happens around it: nothing is posted again, and nothing is edited.
func TestActionFollowsAFinding(t *testing.T) {
	t.Parallel()
	const path = "shop/middleware.py"
	renamed := strings.ReplaceAll(leaking, "AuditMiddleware", "TrailMiddleware")
	indented := strings.Replace(leaking, ".append({\"path\": request.path})", ".append(\n            {'path': request.path},\n        )", 1)
	moved := strings.Repeat("# A line.\n", 500) + leaking
	tests := map[string]struct {
		base contents // What the base has of it, besides a README.
		next func(w *world)
	}{
		"rerun": {nil, func(*world) {}},
		"force push": {nil, func(w *world) {
			w.push(contents{path: githubtest.Text(leaking), "shop/views.py": githubtest.Text("x = 1\n")})
		}},
		"rebase": {nil, func(w *world) {
			w.rebase(contents{"shop/urls.py": githubtest.Text("x = 1\n")}, contents{path: githubtest.Text(leaking)})
		}},
		"500 lines above":            {nil, func(w *world) { w.push(contents{path: githubtest.Text(moved)}) }},
		"500 lines above the base's": {contents{path: githubtest.Text(innocent)}, func(w *world) { w.push(contents{path: githubtest.Text(moved)}) }},
		"reformatted":                {nil, func(w *world) { w.push(contents{path: githubtest.Text(indented)}) }},
		"renamed class":              {nil, func(w *world) { w.push(contents{path: githubtest.Text(renamed)}) }},
		"renamed class of the base":  {contents{path: githubtest.Text(innocent)}, func(w *world) { w.push(contents{path: githubtest.Text(renamed)}) }},
		"renamed file":               {nil, func(w *world) { w.push(contents{"shop/audit.py": githubtest.Text(leaking)}) }},
		"renamed file of the base": {contents{path: githubtest.Text(innocent)}, func(w *world) {
			w.push(contents{path: nil, "shop/audit.py": githubtest.Text(leaking)})
		}},
		"renamed file and class": {nil, func(w *world) { w.push(contents{"shop/audit.py": githubtest.Text(renamed)}) }},
		"another commit on top":  {nil, func(w *world) { w.push(contents{path: githubtest.Text(leaking + "\n\nx = 1\n")}) }},
	}
	for name, test := range tests {
		for who, resolver := range map[string]string{"": "", ", closed by a person": githubtest.Person} {
			t.Run(name+who, func(t *testing.T) {
				t.Parallel()
				base := contents{"README.md": githubtest.Text("A shop.\n")}
				maps.Copy(base, test.base)
				w := newWorld(t, base, contents{path: githubtest.Text(leaking)})
				w.run().want(t, exitFindings, wantOutputs(1, 0, "failure"), oneCommented)
				w.pull.Change(w.pull.Threads()[0].CommentID, func(thread *githubtest.Thread) { thread.ResolvedBy = resolver })
				before := w.pull.Threads()
				test.next(w)
				for range 2 {
					w.run().want(t, exitFindings, wantOutputs(1, 0, "failure"), oneAlready)
					if diff := cmp.Diff(before, w.pull.Threads()); diff != "" {
						t.Errorf("threads (-before +after):\n%s", diff)
					}
				}
				if reviews := len(w.pull.Reviews()); reviews != 1 {
					t.Errorf("%d reviews, want 1", reviews)
				}
				// And when it is gone wherever it went, its comment says so, unless a person has closed it.
				w.push(contents{"shop/views.py": githubtest.Text("x = 1\n")})
				w.run()
				if threads := w.pull.Threads(); len(threads) != 1 || strings.HasPrefix(threads[0].Body, "Fixed in ") != (resolver == "") {
					t.Errorf("threads: %+v", threads)
				}
			})
		}
	}
}
