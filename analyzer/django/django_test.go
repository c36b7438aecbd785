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
	if q.Given {
		text += ", given"
	}
	if q.Custom {
		text += ", custom"
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
		{"Order.objects.paid()", "Order: paid, custom"},
		{"Order.objects.filter(a=1).paid()", "Order: filter paid, custom"},
		{"Order.objects.get_totals()", "none"},
		{"Order.objects.filter(a=1)._raw_delete('x')", "none"},
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
		{"Order.objects.filter(pk__in=Line.objects.values('order'))", "Order: filter"},
		{"Order.objects.filter(Q(pk__in=ids))", "Order: filter, bounded"},
		{"Order.objects.filter(id__gte=start, id__lt=end)", "Order: filter, bounded"},
		{"Order.objects.filter(id__gte=start)", "Order: filter"},
		{"Order.objects.filter(created__gte=start, created__lt=end)", "Order: filter"},
		{"Order.objects.all() if x else Order.objects.none()", "Order: all none"},
		{"Order.objects.all()[:5] if x else Order.objects.none()", "Order: all none, bounded"},
		{"Order.objects.filter(a=1) | Order.objects.filter(b=1)", "Order: filter filter"},
		{"Order.objects.filter(a=1) & Order.objects.filter(pk=1)", "Order: filter filter, bounded"},
		{"Order.objects.filter(a=1) | {1}", "none"},
		{"get_objects_for_user(user, 'x', qs=Order.objects.filter(a=1))", "none"},
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

func TestQuerySetGiven(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, code, want string }{
		{"annotated", "def f(orders: QuerySet):\n    show(orders)", ": , given"},
		{"of a model", "def f(orders: QuerySet[models.Order]):\n    show(orders)", "Order: , given"},
		{"quoted", "def f(orders: 'QuerySet[Order]'):\n    show(orders)", "Order: , given"},
		{"of its own class", "def f(orders: OrderQuerySet | None = None):\n    show(orders)", ": , given"},
		{"a list", "def f(orders: list[Order]):\n    show(orders)", "none"},
		{"a list in spite of its name", "def f(qs: list[Order]):\n    show(qs)", "none"},
		{"named", "def f(order_qs):\n    show(order_qs)", ": , given"},
		{"used as one", "def f(orders):\n    orders.select_related('customer')\n    show(orders)", ": , given"},
		{"filtered by keyword", "def f(orders):\n    n = orders.filter(a=1)\n    show(orders)", ": , given"},
		{"filtered by position", "def f(orders):\n    n = orders.filter(a)\n    show(orders)", "none"},
		{"made elsewhere", "def f():\n    qs = service.orders()\n    show(qs)", ": , given"},
		{"a page", "def f(self):\n    qs = self.paginate_queryset(x)\n    show(qs)", "none"},
		{"a list of a name", "def f():\n    qs = list(x)\n    show(qs)", "none"},
		{"handed to a function that narrows it", "from x import g\ndef f():\n    show(g(user, qs=Order.objects.filter(a=1)))", "Order: filter, given"},
		{"an attribute used as a manager elsewhere", "def f(o):\n    show(o.lines.open())\ndef g(o):\n    return o.lines.filter(a=1)", ": open, related, custom"},
		{"an attribute of self", "class A:\n    def __init__(self):\n        self.q = Order.objects.all()\n    def f(self):\n        show(self.q)", "Order: all"},
		{"an attribute of the class", "class A:\n    q = Order.objects.all()\n    def f(self):\n        show(self.q.filter(a=1))", "Order: all filter"},
		{"a property", "class A:\n    @cached_property\n    def q(self):\n        return Order.objects.all()\n    def f(self):\n        show(self.q)", "Order: all"},
		{"a method that is not called", "class A:\n    def q(self):\n        return Order.objects.all()\n    def f(self):\n        show(self.q)", "none"},
		{"an attribute with another value", "class A:\n    def g(self):\n        self.q = []\n    def f(self):\n        self.q = Order.objects.all()\n        show(self.q)", "none"},
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

func TestQuerySetThroughAssignments(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, code, want string }{
		{"refined", "def f():\n    q = Order.objects.all()\n    if x:\n        q = q.filter(a=1)\n    show(q)", "Order: all filter"},
		{"bounded in a branch", "def f():\n    q = Order.objects.all()\n    if limit:\n        q = q[:limit]\n    show(q)", "Order: all"},
		{"bounded in both branches", "def f():\n    if x:\n        q = Order.objects.all()[:5]\n    else:\n        q = Order.objects.none()\n    show(q)", "Order: all none, bounded"},
		{"None first", "def f():\n    q = None\n    if x:\n        q = Order.objects.all()\n    show(q)", "Order: all"},
		{"a manager first", "def f():\n    q = Order.objects\n    if x:\n        q = q.filter(a=1)\n    show(q)", "Order: filter"},
		{"in a loop", "def f():\n    q = Order.objects.all()\n    for x in y:\n        q = q.filter(a=x)\n    show(q)", "Order: all filter"},
		{"joined in a loop", "def f():\n    q = Order.objects.none()\n    for x in y:\n        q |= Order.objects.filter(a=x)\n    show(q)", "Order: none filter"},
		{"a loop's variable", "def f():\n    q = Order.objects.all()\n    for q in batches:\n        show(q)", "none"},
		{"of itself", "def f():\n    q = Order.objects.all()\n    for x in y:\n        q = q.filter(pk__in=q)\n    show(q)", "Order: all filter"},
		{"bounded later", "def f():\n    q = Order.objects.all()\n    q = q[:5]\n    show(q)", "Order: all, bounded"},
		{"another value", "def f():\n    q = Order.objects.all()\n    q = list(q)\n    show(q)", "none"},
		{"module level", "Q = Order.objects.all()\ndef f():\n    show(Q)", "none"},
		{"a parameter", "def f(q):\n    show(q.filter(a=1))", ": filter, given"},
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
