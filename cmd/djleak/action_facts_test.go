package main

import (
	"maps"
	"strings"
	"testing"

	"github.com/djleak/djleak/annotate/github/githubtest"
)

// wantOnSchedule runs the action on a whole tree and holds how many findings it tells.
func wantOnSchedule(t *testing.T, head contents, findings string) {
	t.Helper()
	w := newWorld(t, contents{}, head)
	w.on("schedule", nil)
	if s := w.run(); s.outputs["findings"] != findings {
		t.Errorf("%s findings, want %s; the log:\n%s", s.outputs["findings"], findings, s.log)
	}
}

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

// The action knows from a whole tree that a template may call a method: there it tells of one that no code calls, too.
func TestActionKnowsTheTemplates(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		beside   contents
		findings string
	}{
		"none":            {nil, "0"},
		"one":             {contents{"shop/order.html": githubtest.Text("{{ order.total }}")}, "1"},
		"no template":     {contents{"shop/order.css": githubtest.Text("")}, "0"},
		"code that calls": {contents{"shop/views.py": githubtest.Text("order.total()\n")}, "1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			head := contents{
				"manage.py":      githubtest.Text(""),
				"shop/models.py": githubtest.Text("from functools import cache\nfrom django.db.models import Model\n\nclass Order(Model):\n    @cache\n    def total(self):\n        return 1\n"),
			}
			maps.Copy(head, test.beside)
			wantOnSchedule(t, head, test.findings)
		})
	}
}

// The action knows from a whole tree what Python cannot import: a module that is gone, and none that is left out, linked to, or
// another repository's.
func TestActionKnowsTheModules(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		module   string
		beside   contents
		findings string
	}{
		"gone":     {"shop.paypal", nil, "0"},
		"there":    {"shop.paypal", contents{"shop/paypal.py": githubtest.Text("")}, "1"},
		"left out": {"shop.generated.paypal", contents{"shop/generated/paypal.py": githubtest.Text("")}, "1"},
		"a link":   {"shop.paypal", contents{"shop/paypal.py": {Data: []byte("../paypal.py"), Mode: "120000"}}, "1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			head := contents{
				"manage.py": githubtest.Text(""), "shop/__init__.py": githubtest.Text(""), "shop/models.py": githubtest.Text(""),
				"shop/middleware.py": githubtest.Text("import " + test.module + "\n" + leaking),
				"shop/settings.py":   githubtest.Text("MIDDLEWARE = [\"shop.middleware.AuditMiddleware\"]\n"),
				"djleak.toml":        githubtest.Text("exclude = [\"**/generated/**\"]\n"),
			}
			maps.Copy(head, test.beside)
			wantOnSchedule(t, head, test.findings)
		})
	}
}
