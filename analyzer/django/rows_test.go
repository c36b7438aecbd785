package django_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/django"
)

func TestExtent(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		expr string
		want django.Extent
	}{
		{"Order.objects.all()", django.Whole},
		{"Order.objects.filter(paid=False)", django.Whole},
		{"Order.objects.filter(status=Status.OPEN)", django.Whole},
		{"Order.objects.filter(created__lt=now)", django.Whole},
		{"Order.objects.filter(customer__isnull=missing)", django.Whole},
		{"Order.objects.filter(status__in=['a', 'b'])", django.Whole},
		{"Order.objects.filter(line__in=shop.lines)", django.Whole},
		{"Order.objects.filter(line__in=Line.objects.filter(open=True))", django.Whole},
		{"Order.objects.exclude(customer=customer)", django.Whole},
		{"Order.objects.filter(customer=customer)", django.OfOne},
		{"Order.objects.filter(customer=self.customer)", django.OfOne},
		{"Order.objects.filter(customer__user=self.request.user)", django.OfOne},
		{"Order.objects.filter(Q(customer=customer))", django.OfOne},
		{"Order.objects.filter(Q(public=True) | Q(customer=customer))", django.OfOne},
		{"Order.objects.filter(Q(public=True) | Q(open=True))", django.Whole},
		{"Order.objects.filter(line__in=Line.objects.filter(order=shop))", django.OfOne},
		{"Order.objects.filter(number__in=list(numbers.keys()))", django.OfOne},
		{"Order.objects.filter(number__in=list(Line.objects.all()))", django.Whole},
		{"Order.objects.filter(number__in=numbers)", django.OfOne},
		{"Order.objects.filter(status__in=numbers)", django.Whole},
		{"Order.objects.filter(shop__status=missing)", django.Whole},
		{"Order.objects.filter(number__in=[x.number for x in self.x])", django.OfOne},
		{"customer.order_set.filter(paid=True)", django.OfOne},
		{"customer.orders.all()", django.OfOne},
		{"Order.objects.all()[:10]", django.Few},
		{"Order.objects.values('status').annotate(n=Count('pk'))", django.Few},
		{"Order.objects.for_customer(customer)", django.OfOne},
		{"Order.objects.late()", django.Whole},
		{"Order.objects.filter(**missing)", django.OfOne},
		{"Order.objects.filter(days=options['days'])", django.Whole},
		{"Order.objects.filter(email=self.cleaned_data['email'])", django.OfOne},
		{"Order.objects.filter(customer=Customer.objects.get(pk=1))", django.OfOne},
		{"Order.objects.filter(references=[shop, 'web'])", django.OfOne},
		{"Order.objects.filter(owner=current_account(missing))", django.OfOne},
		{"Order.objects.filter(days=options.get('days'))", django.Whole},
		{"Order.objects.filter(slug='first')", django.OfOne},
		{"Order.objects.filter(username=settings.ROBOT)", django.OfOne},
		{"Order.objects.filter(email__iexact='a@example.com')", django.OfOne},
		{"Order.objects.filter(email=None)", django.Whole},
		{"Order.objects.filter(language__code='en')", django.Whole},
		{"Order.objects.filter(tags__contains=shop)", django.OfOne},
		{"Order.objects.filter(tags__contains='late')", django.Whole},
		{"Group.objects.all()", django.Small},
		{"AddonGroup.objects.all()", django.Small},
		{"OrderType.objects.all()", django.Small},
	} {
		code := "class A:\n    def f(self, customer, numbers, shop, missing, options):\n        now = timezone.now()\n        show(" + test.expr + ")"
		f := view(t, "shop/app.py", code)
		if got := f.Extent(f.QuerySet(shown(t, f))); got != test.want {
			t.Errorf("Extent of %s = %d, want %d", test.expr, got, test.want)
		}
	}
}

func TestBatch(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, path, code string
		want             bool
	}{
		{"a function", "shop/app.py", "def f():\n    show(1)", false},
		{"a command", "shop/management/commands/a.py", "def f():\n    show(1)", true},
		{"a command's choices", "shop/management/commands/a.py", "class Command(BaseCommand):\n    def add_arguments(self, parser):\n        show(1)", false},
		{"a command on a page", "shop/management/commands/a.py", "class Command(BaseCommand):\n    @staticmethod\n    def page(request):\n        show(1)", false},
		{"a task", "shop/app.py", "@shared_task\ndef f():\n    show(1)", true},
		{"a module of tasks", "shop/tasks.py", "def f():\n    show(1)", true},
		{"a package of tasks", "shop/tasks/orders.py", "def f():\n    show(1)", true},
		{"named as tasks are", "shop/order_tasks.py", "def f():\n    show(1)", true},
		{"named after its work", "shop/app.py", "def purge_orders():\n    show(1)", true},
		{"named after all", "shop/app.py", "class A:\n    def _send_all(self):\n        show(1)", true},
		{"a script", "scripts/a.py", "def f():\n    show(1)", true},
		{"a script of an app", "shop/scripts/a.py", "def run():\n    show(1)", true},
		{"an app of scripts", "shop/scripts/a.py", "def f():\n    show(1)", false},
		{"getting a month's", "shop/app.py", "def _get_monthly_orders():\n    show(1)", false},
		{"getting all", "shop/app.py", "def get_all():\n    show(1)", false},
		{"of an exporter", "shop/app.py", "class OrderExporter:\n    def rows(self):\n        show(1)", true},
		{"a view that exports", "shop/app.py", "def export(request):\n    show(1)", false},
		{"a view among tasks", "shop/tasks.py", "def f(request):\n    show(1)", false},
		{"the model of a job", "shop/models/print_jobs.py", "def f():\n    show(1)", false},
		{"a task's model", "jobs/models/order.py", "def f():\n    show(1)", false},
		{"called by a task alone", "shop/app.py", "@shared_task\ndef g():\n    f()\ndef f():\n    show(1)", true},
		{"called through another", "shop/app.py", "@shared_task\ndef g():\n    h()\ndef h():\n    f()\ndef f():\n    show(1)", true},
		{"called by a task and a view", "shop/app.py", "@shared_task\ndef g():\n    f()\ndef v(request):\n    f()\ndef f():\n    show(1)", false},
		{"called by a task and itself", "shop/app.py", "@shared_task\ndef g():\n    f()\ndef f():\n    f()\n    show(1)", false},
		{"called when imported", "shop/app.py", "@shared_task\ndef g():\n    f()\ndef f():\n    show(1)\nf()", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			f := view(t, test.path, test.code)
			if got := f.Batch(shown(t, f)); got != test.want {
				t.Errorf("Batch = %t, want %t in %s\n%s", got, test.want, test.path, test.code)
			}
		})
	}
}

func TestOnlyUse(t *testing.T) {
	t.Parallel()
	const head = "class A:\n    def f(self):\n        q = Order.objects.all()\n        "
	for _, test := range []struct {
		name, body string
		want       bool
	}{
		{"alone", "show(q)", true},
		{"inline", "show(Order.objects.all())", true},
		{"used again", "show(q)\n        list(q)", false},
		{"handed on", "show(q)\n        g(q)", false},
		{"returned", "show(q)\n        return q", false},
		{"looped over", "for x in q: pass\n        show(q)", false},
		{"indexed", "show(q)\n        q[0]", false},
		{"counted", "show(q)\n        q.count()", true},
		{"refined", "show(q)\n        list(q.filter(a=1))", true},
		{"sliced", "show(q)\n        list(q[:5])", true},
		{"a subquery", "show(q)\n        list(Line.objects.filter(order__in=q))", true},
		{"compared with None", "if q is not None:\n            show(q)", true},
		{"printed", "show(q)\n        print(f'{q}')", true},
		{"refined to itself", "if x:\n            q = q.filter(a=1)\n        show(q)", true},
		{"another value used again", "show(q)\n        q = Order.objects.filter(a=1)\n        list(q)", true},
		{"in a loop", "for x in y:\n            show(q)", false},
		{"made in the loop", "for x in y:\n            q = Order.objects.filter(a=x)\n            show(q)", true},
		{"a loop's iterable", "for x in show(q): pass", true},
		{"in a comprehension", "[show(q) for x in y]", false},
		{"a comprehension's iterable", "[x for x in show(q)]", true},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			f := view(t, "shop/app.py", head+test.body)
			if got := f.OnlyUse(shown(t, f)); got != test.want {
				t.Errorf("OnlyUse = %t, want %t in\n%s", got, test.want, head+test.body)
			}
		})
	}
	attribute := "class A:\n    def __init__(self):\n        self.q = Order.objects.all()\n    def f(self):\n        show(self.q)\n"
	for code, want := range map[string]bool{
		attribute: true,
		attribute + "    def g(self):\n        return self.q.count()\n": true,
		attribute + "    def g(self):\n        return list(self.q)\n":   false,
	} {
		f := view(t, "shop/app.py", code)
		if got := f.OnlyUse(shown(t, f)); got != want {
			t.Errorf("OnlyUse = %t, want %t in\n%s", got, want, code)
		}
	}
}
