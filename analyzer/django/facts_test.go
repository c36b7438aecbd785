package django_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/python"
)

func TestFunctoolsCache(t *testing.T) {
	t.Parallel()
	type size struct {
		Bounded bool
		Size    int64
	}
	for decorator, want := range map[string]*size{
		"functools.cache":                   {},
		"memo":                              {Bounded: true, Size: 128},
		"memo()":                            {Bounded: true, Size: 128},
		"memo(maxsize=None)":                {},
		"memo(None)":                        {},
		"memo(5)":                           {Bounded: true, Size: 5},
		"memo(maxsize=0)":                   nil,
		"memo(maxsize=1_000, typed=True)":   {Bounded: true, Size: 1000},
		"memo(maxsize=settings.SIZE)":       {Bounded: true},
		"alru_cache(maxsize=None)":          {},
		"alru_cache(maxsize=None, ttl=60)":  nil,
		"funcy.memoize":                     {},
		"memoize":                           nil,
		"cached_property":                   nil,
		"cache":                             nil,
		"functools.wraps(cache)":            nil,
		"functools.singledispatch(memo(5))": nil,
	} {
		f := view(t, "shop/app.py", "import functools\nimport funcy\nfrom functools import lru_cache as memo\nfrom async_lru import alru_cache\ndef cache(): pass\n@"+
			decorator+"\ndef f(a): pass")
		var got *size
		if cache, ok := f.FunctoolsCache(function(t, f, "f").Decorators[0]); ok {
			got = &size{Bounded: cache.Bounded, Size: cache.Size}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("FunctoolsCache of @%s (-want +got):\n%s", decorator, diff)
		}
	}
}

func TestKeepsObjects(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ code, want string }{
		{"class A:\n    def f(self): pass", "A"},
		{"class A:\n    @classmethod\n    def f(cls): pass", ""},
		{"class A:\n    @classproperty\n    def f(cls): pass", ""},
		{"class A:\n    @staticmethod\n    def f(view, action): pass", "view"},
		{"class A:\n    @staticmethod\n    def f(name): pass", ""},
		{"import enum\nclass A(enum.Enum):\n    def f(self): pass", ""},
		{"class A:\n    def f(self, name): pass\na = A()", ""},
		{"from django import template\nclass A(template.Node):\n    def f(self, name): pass", "A"},
		{"class A:\n    def f(self, request): pass\na = A()", "request"},
		{"def f(request): pass", "request"},
		{"def f(request: str): pass", ""},
		{"from django.http import HttpRequest\ndef f(r: HttpRequest): pass", "r"},
		{"def f(user): pass", ""},
	} {
		f := view(t, "shop/app.py", test.code)
		if got := f.KeepsObjects(function(t, f, "f")); got != test.want {
			t.Errorf("KeepsObjects = %q, want %q in\n%s", got, test.want, test.code)
		}
	}
}

func TestPerRequest(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ code, want string }{
		{"def f(request):\n    show(request)", "request"},
		{"def f(request):\n    def g():\n        show(request)", "request"},
		{"def f(request: str):\n    show(request)", ""},
		{"from django.http import HttpRequest\ndef f(r: HttpRequest):\n    show(r)", "request"},
		{"def f(request):\n    r = request\n    show(r)", "request"},
		{"def f(request):\n    show(request.user)", "user"},
		{"def f(request):\n    show(request.path)", ""},
		{"from django.views import View\nclass A(View):\n    def get(self, request):\n        show(self)", "view"},
		{"from django.views import View\nclass A(View):\n    def get(self):\n        show(self.request)", "request"},
		{"class A:\n    def get(self):\n        show(self.request)", ""},
		{"from django import forms\nclass A(forms.Form):\n    def clean(self):\n        show(self)", "form"},
		{"def f(request):\n    response = self.get_response(request)\n    show(response)", "response"},
		{"request = 1\nshow(request)", ""},
	} {
		f := view(t, "shop/app.py", test.code)
		if got := f.PerRequest(shown(t, f)); got != test.want {
			t.Errorf("PerRequest = %q, want %q in\n%s", got, test.want, test.code)
		}
	}
}

func TestConnection(t *testing.T) {
	t.Parallel()
	const imports = `
from functools import partial
from celery.signals import task_prerun
from django.db.models import signals
from django.db.models.signals import post_save
from django.dispatch import Signal
from .signals import paid
own = Signal()
def module_level(**kwargs): pass
class A:
    def f(self, socket):
        def local(**kwargs): pass
        `
	for _, test := range []struct {
		call, sender, id string
		kind             django.ReceiverKind
		strong, none     bool
	}{
		{call: "post_save.connect(module_level)", kind: django.ModuleReceiver},
		{call: "signals.post_save.connect(receiver=local, sender=Order)", kind: django.LocalReceiver, sender: "Order"},
		{call: "own.connect(self.f, Order, weak=False)", kind: django.BoundReceiver, sender: "Order", strong: true},
		{call: "paid.connect(partial(self.f, 1), weak=False, dispatch_uid='a')", kind: django.LocalReceiver, id: "'a'", strong: true},
		{call: "paid.connect(lambda **kw: 1)", kind: django.LocalReceiver},
		{call: "paid.connect(unknown)", kind: django.UnknownReceiver},
		{call: "socket.connect(local)", none: true},
		{call: "task_prerun.connect(local)", none: true},
		{call: "post_save.disconnect(local)", none: true},
	} {
		f := view(t, "shop/app.py", imports+test.call)
		call := f.Calls[slices.IndexFunc(f.Calls, func(c *python.Call) bool { return f.Text(c) == test.call })]
		c, ok := f.Connection(call, "connect")
		if ok == test.none {
			t.Errorf("Connection of %s: %v, want %v", test.call, ok, !test.none)
		}
		if !ok {
			continue
		}
		text := func(expr python.Expr) string {
			if expr == nil {
				return ""
			}
			return f.Text(expr)
		}
		if text(c.Sender) != test.sender || text(c.ID) != test.id || c.Strong != test.strong || f.ReceiverKind(c.Receiver) != test.kind {
			t.Errorf("Connection of %s: sender %q, id %q, strong %v, receiver %d", test.call, text(c.Sender), text(c.ID), c.Strong, f.ReceiverKind(c.Receiver))
		}
	}
}

func TestDatabase(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		code         string
		uses, closes bool
	}{
		{"Order.objects.create(a=1)", true, false},
		{"models.Order.objects.filter(a=1).first()", true, false},
		{"order.save(update_fields=['a'])", true, false},
		{"form.save()", false, false},
		{"connection.cursor()", true, false},
		{"transaction.atomic()", true, false},
		{"helper()", true, true},
		{"connections.close_all()", false, true},
		{"connections['default'].close()", false, true},
		{"from django.db import connection as db_link\n    db_link.close()", false, true},
		{"from django.db import connections as db_links\n    db_links['default'].close()", false, true},
		{"file.close()", false, false},
	} {
		f := view(t, "shop/app.py", "from django.db import connection, connections, transaction, close_old_connections\n"+
			"def helper():\n    Order.objects.all().delete()\n    close_old_connections()\ndef f():\n    "+test.code+"\n    def g():\n        Order.objects.get()\n")
		var uses, closes bool
		for node := range f.Within(function(t, f, "f")) {
			uses = uses || f.UsesORM(node)
			closes = closes || f.ClosesConnections(node)
		}
		if uses != test.uses || closes != test.closes {
			t.Errorf("%s: uses %v, closes %v; want %v, %v", test.code, uses, closes, test.uses, test.closes)
		}
	}
}
