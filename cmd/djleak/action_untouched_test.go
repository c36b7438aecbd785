package main

import (
	"cmp"
	"maps"
	"strings"
	"testing"

	"github.com/djleak/djleak/annotate/github/githubtest"
)

// push moves the pull request to a new head, and the job to its event.
func (w *world) push(head contents) {
	w.t.Helper()
	sha := w.commit("topic", w.pull.Base, head)
	w.pull.Push(sha)
	w.on("pull_request", map[string]any{
		"action": "synchronize",
		"pull_request": map[string]any{
			"number": 12, "state": "open", "base": map[string]any{"sha": w.pull.Base}, "head": map[string]any{"sha": sha},
		},
	})
}

// A change that is taken back leaves no trace in the pull request but djleak's own comment on it.
func TestActionOnAChangeTakenBack(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		base, head, back contents
		inputs           map[string]string
		ledger           string
		fixed            bool
	}{
		"an added file is gone": {
			head: contents{"shop/middleware.py": githubtest.Text(leaking)}, back: contents{"shop/views.py": githubtest.Text("x = 1\n")},
			fixed: true,
		},
		"a file is as before": {
			base: contents{"shop/middleware.py": githubtest.Text(innocent)},
			head: contents{"shop/middleware.py": githubtest.Text(leaking)}, back: contents{"shop/views.py": githubtest.Text("x = 1\n")},
			fixed: true,
		},
		"a configuration is gone": {
			head: contents{"djleak.toml": githubtest.Text("fail-on = \"critical\"\n")}, back: contents{"shop/views.py": githubtest.Text("x = 1\n")},
			fixed: true,
		},
		"the base has it, too": {
			base: contents{"shop/middleware.py": githubtest.Text(leaking)},
			head: contents{"shop/middleware.py": githubtest.Text(leaking + "# Audit.\n")}, back: contents{"shop/views.py": githubtest.Text("x = 1\n")},
			inputs: map[string]string{"INPUT_SCOPE": "file"},
		},
		"it moved to where nobody looks, as it was": {
			base: contents{"shop/middleware.py": githubtest.Text(innocent)},
			head: contents{"shop/middleware.py": githubtest.Text(leaking)},
			back: contents{"shop/middleware.py": nil, "vendor/middleware.py": githubtest.Text(leaking)},
		},
		"it moved to where nobody looks, and was mended": {
			base:  contents{"shop/middleware.py": githubtest.Text(innocent)},
			head:  contents{"shop/middleware.py": githubtest.Text(leaking)},
			back:  contents{"shop/middleware.py": nil, "vendor/middleware.py": githubtest.Text(innocent + "# Audit.\n")},
			fixed: true,
		},
		"it moved to where nobody looks, and is broken": {
			base: contents{"shop/middleware.py": githubtest.Text(innocent)},
			head: contents{"shop/middleware.py": githubtest.Text(leaking)},
			back: contents{"shop/middleware.py": nil, "vendor/middleware.py": githubtest.Text(innocent + "def f(:\n")},
		},
		"it is no module any more": {
			base:  contents{"shop/middleware.py": githubtest.Text(innocent)},
			head:  contents{"shop/middleware.py": githubtest.Text(leaking)},
			back:  contents{"shop/middleware.py": nil, "shop/middleware.txt": githubtest.Text(leaking)},
			fixed: true,
		},
		"it was renamed, as it was": {
			base:   contents{"shop/middleware.py": githubtest.Text(innocent)},
			head:   contents{"shop/middleware.py": githubtest.Text(leaking)},
			back:   contents{"shop/middleware.py": nil, "shop/audit.py": githubtest.Text(leaking)},
			ledger: oneAlready,
		},
		"it became a link": {
			head: contents{"shop/middleware.py": githubtest.Text(leaking)},
			back: contents{"shop/middleware.py": {Mode: "120000", Data: []byte("views.py")}, "shop/views.py": githubtest.Text("x = 1\n")},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			base := contents{"README": githubtest.Text("A shop.\n")}
			maps.Copy(base, test.base)
			w := newWorld(t, base, test.head)
			maps.Copy(w.environment, test.inputs)
			if w.run(); len(w.pull.Threads()) != 1 {
				t.Fatalf("threads: %+v, want one", w.pull.Threads())
			}
			w.push(test.back)
			s := w.run()
			if ledger := cmp.Or(test.ledger, nothing); !strings.HasSuffix(s.summary, "\n"+ledger+"\n") {
				t.Errorf("the summary does not end in %q:\n%s", ledger, s.summary)
			}
			threads := w.pull.Threads()
			if len(threads) != 1 || strings.HasPrefix(threads[0].Body, "Fixed in "+w.pull.Head) != test.fixed {
				t.Errorf("threads: %+v, want one; fixed: %t", threads, test.fixed)
			}
			w.Forget()
			if w.run(); len(w.writes()) > 0 {
				t.Errorf("writes of another run: %v", w.writes())
			}
		})
	}
}
