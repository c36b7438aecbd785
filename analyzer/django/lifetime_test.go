package django_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/names"
)

func function(t *testing.T, f *django.File, name string) *names.Function {
	t.Helper()
	for _, fn := range f.Functions {
		if fn.Name == name {
			return fn
		}
	}
	t.Fatalf("the case has no function %s", name)
	return nil
}

func TestRunsAgain(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, path, code string
		want             bool
	}{
		{"anybody's function", "shop/app.py", "def f(): pass", true},
		{"view", "shop/views.py", "def f(request): pass", true},
		{"view called register", "shop/views.py", "def f(request):\n    return request", true},
		{"patch of a view", "shop/views.py", "from django.views import View\nclass A(View):\n    def f(self): pass\n    def patch(self): self.f()", true},
		{"task", "shop/tasks.py", "from celery import shared_task\n@shared_task\ndef f(): pass", true},
		{"command", "shop/management/commands/a.py", "class Command(X):\n    def f(self): pass", false},
		{"of a module for commands", "shop/imports.py", "from django.core.management.base import BaseCommand\ndef f(): pass", false},
		{"what calls commands", "shop/app.py", "from django.core.management import call_command\ndef f(): pass", true},
		{"migration", "shop/migrations/0001_a.py", "def f(apps, editor): pass", false},
		{"fixture", "shop/fixtures_of_plugin.py", "import pytest\n@pytest.fixture\ndef f(request): pass", false},
		{"script", "scripts/a.py", "def f(): pass", false},
		{"program", "shop/a.py", "def f(): pass\nif __name__ == '__main__':\n    go(f)", false},
		{"ready", "shop/apps.py", "from django.apps import AppConfig\nclass A(AppConfig):\n    def ready(self):\n        self.f()\n    def f(self): pass", false},
		{"called by the module", "shop/app.py", "def f(): pass\nf()", false},
		{"called by the module and a view", "shop/app.py", "def f(): pass\nf()\ndef g(request):\n    f()", true},
		{"handed on", "shop/app.py", "def f(): pass\npath('a', f)", true},
		{"decorator", "shop/app.py", "def f(fn):\n    return wrap(fn)\n@f\ndef g(request): pass", false},
		{"what a decorator makes", "shop/app.py", "def d(fn):\n    def f(a):\n        return fn(a)\n    return f\n@d\ndef g(request): pass", true},
		{"takes note", "shop/app.py", "def f(cls):\n    ALL.append(cls)\n    return cls", false},
		{"returns what it was given", "shop/app.py", "def f(user):\n    ALL.append(user)\n    return user", true},
		{"returns another value", "shop/app.py", "def f(a):\n    a = g(a)\n    return a", true},
		{"of a metaclass", "shop/app.py", "class M(type):\n    def __new__(cls, *args):\n        f()\ndef f(): pass", false},
		{"what makes a middleware", "shop/middleware.py", "class M:\n    def __init__(self, get_response):\n        f()\n    def __call__(self, request): pass\ndef f(): pass", false},
		{"what a middleware does", "shop/middleware.py", "class M:\n    def __init__(self, get_response): pass\n    def __call__(self, request):\n        f()\ndef f(): pass", true},
		{"cached once for all", "shop/app.py", "from functools import cache\n@cache\ndef f(): pass", false},
		{"cached by argument", "shop/app.py", "from functools import cache\n@cache\ndef f(a): pass", true},
		{"recursive", "shop/app.py", "def f():\n    f()", true},
		{"in a lambda", "shop/app.py", "def f(): pass\nx = lambda: f()", true},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			f := view(t, test.path, test.code)
			if got := f.RunsAgain(function(t, f, "f")); got != test.want {
				t.Errorf("RunsAgain = %v, want %v in\n%s", got, test.want, test.code)
			}
		})
	}
}

func TestSingleton(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ code, want string }{
		{"from django.contrib import admin\nclass A(admin.ModelAdmin): pass", "admin class"},
		{"from django.contrib import admin\nclass A(admin.TabularInline): pass", ""},
		{"from django import template\nclass A(template.Node): pass", "template node"},
		{"import logging\nclass A(logging.Handler): pass", "logging handler"},
		{"class A:\n    def db_for_read(self, model, **hints): pass", "database router"},
		{"class A: pass\na = A()", "module's object"},
		{"class A: pass\na: A = A()", "module's object"},
		{"class A: pass\na = A()\ndef f():\n    return A()", ""},
		{"class A: pass\nA().run()", ""},
		{"class A: pass", ""},
		{"from django.views import View\nclass A(View): pass", ""},
	} {
		f := view(t, "shop/app.py", test.code)
		if got := f.Singleton(f.Classes[0]); got != test.want {
			t.Errorf("Singleton = %q, want %q in\n%s", got, test.want, test.code)
		}
	}
}

func TestProcessWide(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ code, want string }{
		{"class A: pass\na = A()", "`a`"},
		{"class A: pass\na = None\ndef f():\n    global a\n    a = A()", "`a`"},
		{"from functools import cache\nclass A: pass\n@cache\ndef f():\n    return A()", "`f()`"},
		{"class A: pass\ndef f():\n    return A()", ""},
		{"class A:\n    one = None\n    @classmethod\n    def f(cls):\n        cls.one = A()", "`cls.one`"},
		{"class A: pass\na = A()\ndef f():\n    b = A()", ""},
		{"class A: pass", ""},
	} {
		f := view(t, "shop/app.py", test.code)
		if got := f.ProcessWide(f.Classes[0]); got != test.want {
			t.Errorf("ProcessWide = %q, want %q in\n%s", got, test.want, test.code)
		}
	}
}

func TestIsTool(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		path, code string
		want       bool
	}{
		{"shop/app.py", "", false},
		{"setup.py", "", true},
		{"docs/conf/download.py", "", true},
		{"build_tools/pack.py", "", true},
		{"packages/shop-tools/lib/fonts.py", "", true},
		{"docker/entrypoint.py", "", true},
		{"shop/app.py", "import click", true},
		{"shop/app.py", "from argparse import ArgumentParser", true},
		{"shop/app.py", "if __name__ == '__main__':\n    main()", true},
		{"shop/management/commands/load.py", "import argparse", false},
		{"shop/stools/app.py", "", false},
	} {
		if got := view(t, test.path, test.code).IsTool(); got != test.want {
			t.Errorf("IsTool = %v, want %v in %s: %s", got, test.want, test.path, test.code)
		}
	}
}
