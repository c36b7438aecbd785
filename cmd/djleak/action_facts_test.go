package main

import (
	"strings"
	"testing"

	"github.com/djleak/djleak/annotate/github/githubtest"
)

// The action reads on which Django a project runs from files that the change does not touch.
func TestActionKnowsTheDjango(t *testing.T) {
	t.Parallel()
	const view = "from django.core.servers.basehttp import FileWrapper\n"
	for pin, findings := range map[string]string{"Django==1.8.19\n": "0", "Django==1.9.13\n": "1"} {
		base := contents{"shop/views.py": githubtest.Text("# Views.\n"), "requirements/base.txt": githubtest.Text(pin)}
		w := newWorld(t, base, contents{"shop/views.py": githubtest.Text(view)})
		if s := w.run(); s.outputs["findings"] != findings {
			t.Errorf("with %s%s findings, want %s; the log:\n%s", pin, s.outputs["findings"], findings, s.log)
		}
		if n := len(w.Requests()); n > 10 {
			t.Errorf("with %s: %d requests, want 10 at most", strings.TrimSpace(pin), n)
		}
	}
}
