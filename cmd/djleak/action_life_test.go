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

// Several jobs may review one repository, each under its own name: none touches what another one wrote.
func TestActionUnderTwoNames(t *testing.T) {
	t.Parallel()
	w := leak(t)
	for _, name := range []string{"djleak", "djleak (api)"} {
		w.environment["INPUT_NAME"] = name
		w.run().want(t, exitFindings, wantOutputs(1, 0, "failure"), oneCommented)
		w.run().want(t, exitFindings, wantOutputs(1, 0, "failure"), oneAlready)
	}
	if diff := cmp.Diff([]string{"djleak: failure", "djleak (api): failure"}, w.conclusions()); diff != "" {
		t.Errorf("check runs (-want +got):\n%s", diff)
	}
	w.push(contents{"shop/middleware.py": githubtest.Text(innocent + "# Mended.\n")})
	w.run().want(t, exitClean, wantOutputs(0, 0, "success"), nothing)
	for _, thread := range w.pull.Threads() {
		if fixed := strings.HasPrefix(thread.Body, "Fixed in "); fixed != strings.Contains(thread.Body, "name=djleak (api) ") {
			t.Errorf("fixed is %t: %s", fixed, thread.Body)
		}
	}
}

// A comment whose text somebody has changed keeps its place and its life, as long as it has its marker.
func TestActionOnAChangedBody(t *testing.T) {
	t.Parallel()
	for name, behind := range map[string]string{"text before the marker": "", "text on both sides": "Told the team.\r\n"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := leak(t)
			w.run()
			w.pull.Change(w.pull.Threads()[0].CommentID, func(thread *githubtest.Thread) {
				thread.Body = "See our wiki.\r\n" + strings.ReplaceAll(thread.Body[strings.LastIndex(thread.Body, "\n"):], "\n", "\r\n") + "\r\n" + behind
				thread.Outdated = true
			})
			before := w.pull.Threads()
			w.run().want(t, exitFindings, wantOutputs(1, 0, "failure"), oneAlready)
			if diff := cmp.Diff(before, w.pull.Threads()); diff != "" {
				t.Errorf("threads (-before +after):\n%s", diff)
			}
			w.push(contents{"shop/middleware.py": githubtest.Text(innocent + "# Mended.\n")})
			w.run()
			if body := w.pull.Threads()[0].Body; !strings.HasPrefix(body, "Fixed in "+w.pull.Head+"\n\n**`middleware-state-growth`**\n\n<!-- djleak ") {
				t.Errorf("the fixed comment: %s", body)
			}
		})
	}
}
