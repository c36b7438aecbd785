package django_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

func view(t *testing.T, path, code string) *django.File {
	t.Helper()
	file := python.Parse(code)
	if len(file.Errors) > 0 {
		t.Fatalf("the case does not parse: %v\n%s", file.Errors, code)
	}
	return django.NewFile(names.Resolve(file), path)
}

// shown returns the argument of the call of show, by which a case asks about an expression.
func shown(t *testing.T, f *django.File) python.Expr {
	t.Helper()
	for _, call := range f.Calls {
		if name, ok := call.Func.(*python.Name); ok && name.Id == "show" {
			return call.Args[0]
		}
	}
	t.Fatal("the case shows nothing")
	return nil
}

func TestClassKind(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		code string
		want django.ClassKind
	}{
		{"from django.db import models\nclass A(models.Model): pass", django.Model},
		{"from django.db.models import Model as M\nclass A(M): pass", django.Model},
		{"from django.db import models\nclass B(models.Model): pass\nclass A(B): pass", django.Model},
		{"from .base import TimeStampedModel\nclass A(TimeStampedModel): pass", django.Model},
		{"from django.db import models\nclass A(models.Manager): pass", django.Manager},
		{"from django.db.models import QuerySet\nclass A(QuerySet['Order']): pass", django.QuerySetClass},
		{"from django.views.generic import ListView\nclass A(ListView): pass", django.View},
		{"from rest_framework import viewsets\nclass A(viewsets.ModelViewSet): pass", django.View},
		{"from django.utils.deprecation import MiddlewareMixin\nclass A(MiddlewareMixin): pass", django.Middleware},
		{"class A:\n    def __init__(self, get_response): pass\n    def __call__(self, request): pass", django.Middleware},
		{"class AMiddleware:\n    def process_request(self, request): pass", django.Middleware},
		{"class AMiddleware:\n    def __call__(self, scope, receive, send): pass", django.OtherClass},
		{"class A:\n    def __call__(self, request): pass", django.OtherClass},
		{"from django.core.management.base import BaseCommand\nclass A(BaseCommand): pass", django.Command},
		{"from celery import Task\nclass A(Task): pass", django.TaskClass},
		{"from django import forms\nclass A(forms.ModelForm): pass", django.Form},
		{"from rest_framework import serializers\nclass A(serializers.ModelSerializer): pass", django.Serializer},
		{"from django.contrib import admin\nclass A(admin.ModelAdmin): pass", django.Admin},
		{"from channels.generic.websocket import AsyncWebsocketConsumer\nclass A(AsyncWebsocketConsumer): pass", django.Consumer},
		{"from django.apps import AppConfig\nclass A(AppConfig): pass", django.AppConfig},
		{"class A(dict): pass", django.OtherClass},
	} {
		f := view(t, "shop/app.py", test.code)
		if got := f.ClassKind(f.Classes[len(f.Classes)-1]); got != test.want {
			t.Errorf("ClassKind = %d, want %d in\n%s", got, test.want, test.code)
		}
	}
}

func TestContext(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ path, code, want string }{
		{"shop/app.py", "show(1)", "import"},
		{"shop/app.py", "def f():\n    show(1)", "function"},
		{"shop/views.py", "def f(request):\n    show(1)", "request"},
		{"shop/views.py", "from django.views import View\nclass A(View):\n    def get(self, request):\n        show(1)", "request"},
		{"shop/views.py", "class A(Unknown):\n    def post(self, request):\n        def g():\n            show(1)", "request"},
		{"shop/management/commands/a.py", "class Command(X):\n    def handle(self):\n        show(1)", "command"},
		{"shop/management/commands/a.py", "def run():\n    show(1)", "command"},
		{"shop/tasks.py", "from celery import shared_task\n@shared_task\ndef f():\n    show(1)", "task"},
		{"shop/tasks.py", "@app.task(bind=True)\ndef f(self):\n    show(1)", "task"},
		{"shop/cron.py", "def f():\n    show(1)", "task"},
		{"shop/migrations/0001_a.py", "def f(apps, schema_editor):\n    show(1)", "migration"},
		{"shop/signals.py", "from django.dispatch import receiver\n@receiver(x)\ndef f(sender, **kw):\n    show(1)", "signal handler"},
		{"shop/c.py", "from channels.consumer import AsyncConsumer\nclass A(AsyncConsumer):\n    def f(self):\n        show(1)", "consumer"},
	} {
		f := view(t, test.path, test.code)
		if got := f.ContextAt(shown(t, f)).String(); got != test.want {
			t.Errorf("ContextAt = %s, want %s in %s\n%s", got, test.want, test.path, test.code)
		}
	}
}

func describe(q *django.QuerySet) string {
	if q == nil {
		return "none"
	}
	var methods []string
	for _, step := range q.Steps {
		methods = append(methods, step.Method)
	}
	text := q.Model + ": " + strings.Join(methods, " ")
	if q.Related {
		text += ", related"
	}
	if q.Bounded() {
		text += ", bounded"
	}
	if q.Aggregated() {
		text += ", aggregated"
	}
	return strings.TrimSpace(text)
}

func TestQuerySet(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ expr, want string }{
		{"Order.objects.all()", "Order: all"},
		{"models.Order.objects.filter(a=1).exclude(b=2)", "Order: filter exclude"},
		{"Order._default_manager.using('x')", "Order: using"},
		{"Order.objects.paid()", "Order: paid"},
		{"Order.paid.filter(x=1)", "Order: filter"},
		{"Order.objects.filter(a=1)[:10]", "Order: filter, bounded"},
		{"Order.objects.filter(a=1)[10:]", "Order: filter"},
		{"Order.objects.filter(a=1)[0]", "none"},
		{"Order.objects.filter(pk=1)", "Order: filter, bounded"},
		{"Order.objects.filter(pk__in=ids)", "Order: filter, bounded"},
		{"Order.objects.none()", "Order: none, bounded"},
		{"Order.objects.values('a').annotate(n=Count('b'))", "Order: values annotate, aggregated"},
		{"Order.objects.annotate(n=Count('b')).values('a')", "Order: annotate values"},
		{"Order.objects.values_list('a').distinct()", "Order: values_list distinct, aggregated"},
		{"Order.objects.distinct().values_list('a')", "Order: distinct values_list, aggregated"},
		{"order.line_set.all()", ": all, related"},
		{"order.lines.all()", ": all, related"},
		{"order.lines.filter(x=1)", ": filter, related"},
		{"Order.objects.get(pk=1)", "none"},
		{"Order.objects.first()", "none"},
		{"Order.objects.create(a=1)", "none"},
		{"Order.objects.filter(a=1).count()", "none"},
		{"Order.objects", "none"},
		{"order.lines", "none"},
		{"text.filter(x)", "none"},
		{"all(x)", "none"},
		{"session.query(Order).filter(Order.a == 1).all()", "none"},
		{"Order.objects.all() if x else Order.objects.none()", "Order: all none, bounded"},
	} {
		for _, code := range []string{
			"def f():\n    show(" + test.expr + ")",
			"def f():\n    x = " + test.expr + "\n    show(x)",
			"def g():\n    return " + test.expr + "\ndef f():\n    show(g())",
			"class A:\n    def g(self):\n        return " + test.expr + "\n    def f(self):\n        show(self.g())",
		} {
			f := view(t, "shop/app.py", code)
			if diff := cmp.Diff(test.want, describe(f.QuerySet(shown(t, f)))); diff != "" {
				t.Errorf("QuerySet (-want +got):\n%s in\n%s", diff, code)
			}
		}
	}
}

func TestQuerySetThroughAssignments(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, code, want string }{
		{"refined", "def f():\n    q = Order.objects.all()\n    if x:\n        q = q.filter(a=1)\n    show(q)", "Order: all filter"},
		{"bounded later", "def f():\n    q = Order.objects.all()\n    q = q[:5]\n    show(q)", "Order: all, bounded"},
		{"another value", "def f():\n    q = Order.objects.all()\n    q = list(q)\n    show(q)", "none"},
		{"only itself", "def f():\n    q = q.filter(a=1)\n    show(q)", "none"},
		{"module level", "Q = Order.objects.all()\ndef f():\n    show(Q)", "none"},
		{"a parameter", "def f(q):\n    show(q.filter(a=1))", "none"},
		{"a generator", "def g():\n    yield 1\n    return Order.objects.all()\ndef f():\n    show(g())", "none"},
		{"one return of two", "def g():\n    if x:\n        return []\n    return Order.objects.all()\ndef f():\n    show(g())", "none"},
		{"recursive", "def g():\n    return g()\ndef f():\n    show(g())", "none"},
		{"of a manager", "from django.db import models\nclass M(models.Manager):\n    def f(self):\n        show(self.filter(a=1))", ": filter"},
		{"of super", "from django.db import models\nclass M(models.Manager):\n    def f(self):\n        show(super().filter(a=1))", ": filter"},
		{"of get_queryset", "class V:\n    def f(self):\n        show(self.get_queryset().filter(a=1))", ": get_queryset filter"},
		{"mongoengine", "from mongoengine import *\ndef f():\n    show(Order.objects.filter(a=1))", "none"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			f := view(t, "shop/app.py", test.code)
			if diff := cmp.Diff(test.want, describe(f.QuerySet(shown(t, f)))); diff != "" {
				t.Errorf("QuerySet (-want +got):\n%s in\n%s", diff, test.code)
			}
		})
	}
}
