package project_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer/project"
)

func TestFacts(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name  string
		files map[string]string
		want  project.Facts
	}{
		{"nothing", map[string]string{"Procfile": "web: gunicorn shop.wsgi\n"}, project.Facts{}},
		{
			"a command",
			map[string]string{"Procfile": "web: daphne -p $PORT shop.asgi:application\n"},
			project.Facts{ASGI: project.Evidence{Strength: project.Certain, Where: "Procfile:1"}},
		},
		{
			"a worker class",
			map[string]string{"Dockerfile": "FROM x\nCMD [\"gunicorn\", \"-k\", \"uvicorn.workers.UvicornWorker\", \"shop.asgi\"]\n"},
			project.Facts{ASGI: project.Evidence{Strength: project.Certain, Where: "Dockerfile:2"}},
		},
		{
			"a dependency",
			map[string]string{"requirements.txt": "Django\nuvicorn[standard]==0.30  # server\n"},
			project.Facts{ASGI: project.Evidence{Strength: project.Likely, Where: "requirements.txt:2"}},
		},
		{"of development", map[string]string{"requirements/dev.txt": "uvicorn\n"}, project.Facts{}},
		{"in a comment", map[string]string{"Procfile": "# daphne shop.asgi:application\n"}, project.Facts{}},
		{
			"the stronger of two",
			map[string]string{
				"shop/settings.py": "ASGI_APPLICATION = 'shop.asgi.application'\n",
				"requirements.txt": "daphne\n",
			},
			project.Facts{ASGI: project.Evidence{Strength: project.Likely, Where: "requirements.txt:1"}},
		},
		{
			"settings",
			map[string]string{
				"shop/settings/base.py": "MIDDLEWARE = ['a.B', 'c.D']\nMIDDLEWARE += ['ignored']\nINSTALLED_APPS = ['daphne'] + ['x']\n",
			},
			project.Facts{
				ASGI:       project.Evidence{Strength: project.Certain, Where: "shop/settings/base.py"},
				Middleware: []string{"a.B", "c.D"},
			},
		},
		{
			"models",
			map[string]string{
				"shop/models.py": `
from django.db import models
class Line(models.Model):
    order = models.ForeignKey("shop.Order", on_delete=models.CASCADE)
    product = models.ForeignKey("Product", models.PROTECT)
    parent = models.ForeignKey("self", models.CASCADE)
    note = models.OneToOneField(to=Note, on_delete=models.CASCADE)
`,
				"shop/signals.py": `
from django.db.models.signals import post_delete, post_save, pre_delete
from django.dispatch import receiver
@receiver([post_save, post_delete], sender=Invoice)
def f(**kwargs): pass
@receiver(post_save, sender=Customer)
def g(**kwargs): pass
pre_delete.connect(f, sender=models.Basket)
`,
			},
			project.Facts{Cascades: []string{"Line", "Note", "Order"}, DeleteReceivers: []string{"Basket", "Invoice"}},
		},
		{
			"a receiver of all",
			map[string]string{"shop/receivers.py": "from django.db.models.signals import post_delete\npost_delete.connect(f)\n"},
			project.Facts{DeleteReceivers: []string{project.AnyModel}},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var r project.Reader
			for file, text := range test.files {
				if !project.Relevant(file) {
					t.Errorf("%s is not relevant", file)
				}
				r.Add(file, []byte(text))
			}
			if diff := cmp.Diff(&test.want, r.Facts()); diff != "" {
				t.Errorf("Facts (-want +got):\n%s", diff)
			}
		})
	}
}

func TestQuestions(t *testing.T) {
	t.Parallel()
	var unknown *project.Facts
	if unknown.DeletionLoads("Order") || unknown.HasMiddleware("Audit") || unknown.UnderASGI().Strength != project.Absent {
		t.Error("facts that nobody gathered are not quiet")
	}
	facts := &project.Facts{Cascades: []string{"Order"}, Middleware: []string{"shop.middleware.Audit"}}
	if !facts.DeletionLoads("Order") || facts.DeletionLoads("Line") {
		t.Error("DeletionLoads is not what Cascades says")
	}
	if !facts.HasMiddleware("Audit") || facts.HasMiddleware("dit") {
		t.Error("HasMiddleware is not what Middleware says")
	}
	everything := &project.Facts{DeleteReceivers: []string{project.AnyModel}}
	if !everything.DeletionLoads("Line") {
		t.Error("a receiver without a sender waits for every model")
	}
}

func TestRelevant(t *testing.T) {
	t.Parallel()
	for file, want := range map[string]bool{
		"shop/settings.py": true, "shop/models.py": true, "shop/models/order.py": true, "shop/views.py": false,
		"requirements.txt": true, "requirements/base.txt": true, "docker-compose.prod.yml": true, "Dockerfile": true,
		"deploy/web.service": true, "tests/models.py": false, "README.md": false, "notes.txt": false,
	} {
		if got := project.Relevant(file); got != want {
			t.Errorf("Relevant(%q) = %v, want %v", file, got, want)
		}
	}
}
