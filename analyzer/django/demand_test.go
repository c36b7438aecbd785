package django_test

import (
	"strings"
	"testing"
)

func TestDemand(t *testing.T) {
	t.Parallel()
	const all = "for order in Order.objects.all():\n    "
	for _, test := range []struct{ name, code, want string }{
		{"reads", all + "send(order.email, order.customer.name)", ".models.Order objects customer email"},
		{"another manager", "for order in Order.all_objects.all():\n    pass", ".models.Order all_objects"},
		{"a manager that is asked for", "hasattr(Order, 'all_objects')\nfor order in Order.all_objects.all():\n    pass", ""},
		{"look-ups", "for order in Order.objects.filter(owner__name='x').select_related('shop__city').order_by('-paid_at', '?'):\n    pass", ".models.Order objects owner paid_at shop"},
		{"what is computed", "for order in Order.objects.annotate(total=Sum('lines')).order_by('total'):\n    send(order.total, order.owner)", ".models.Order objects owner"},
		{"what is computed without a name", "for order in Order.objects.annotate(Sum('lines')):\n    send(order.owner)", ".models.Order objects"},
		{"a method of the project's own", "for order in Order.objects.paid():\n    send(order.owner)", ".models.Order objects"},
		{"several ways", "orders = Order.objects.all()\nif late:\n    orders = orders.filter(shop=1)\nfor order in orders:\n    send(order.owner)", ".models.Order objects owner"},
		{"plain rows", "for order in Order.objects.values('owner'):\n    send(order.email)", ".models.Order objects owner"},
		{"in a branch", all + "if order.owner and order.shop:\n        send(order.email)\n    elif order.city:\n        pass", ".models.Order objects owner"},
		{"in a part that may not be met", all + "send(order.a if order.b else order.c, order.d or order.e, [order.f for x in y], lambda: order.g)", ".models.Order objects b d"},
		{"behind what leaves", all + "send(order.a)\n    continue\n    send(order.b)", ".models.Order objects a"},
		{"in a try", all + "try:\n        send(order.a)\n    except Exception:\n        pass\n    send(order.b)", ".models.Order objects b"},
		{"in a try that expects a missing row", all + "try:\n        send(order.a)\n        send(order.b)\n    except ObjectDoesNotExist:\n        pass", ".models.Order objects a"},
		{"in a try that expects more", all + "try:\n        send(order.a)\n    except Shop.DoesNotExist:\n        pass\n    except:\n        pass", ".models.Order objects"},
		{"in a try that cleans up", all + "try:\n        send(order.a)\n    finally:\n        close()", ".models.Order objects a"},
		{"within with", all + "with atomic():\n        send(order.a)\n    with suppress(Exception):\n        send(order.b)", ".models.Order objects a"},
		{"what is set", all + "order.a = order.b\n    send(order.a)", ".models.Order objects b"},
		{"what is asked for", all + "send(order.a)\n    hasattr(order, 'a')", ".models.Order objects"},
		{"a row that is handed on", all + "prepare(order)\n    send(order.a)", ".models.Order objects"},
		{"a row that is printed, compared and looked up", all + "print(order, order == other, f'{order}', Line.objects.filter(order=order).count())\n    send(order.a)", ".models.Order objects a"},
		{"another's attribute", all + "send(user.a)", ".models.Order objects"},
		{"a row that is replaced", all + "order = order.first\n    send(order.a)", ".models.Order objects"},
		{"what expects that an attribute may be missing", "try:\n    for order in Order.objects.all():\n        send(order.a)\nexcept (KeyError, AttributeError):\n    pass", ""},
		{"what catches all", "try:\n    for order in Order.objects.all():\n        send(order.a)\nexcept Exception:\n    pass", ".models.Order objects a"},
		{"a model as it was", "for order in apps.get_model('shop', 'Order').objects.all():\n    send(order.a)", ""},
		{"a relation", "for line in order.line_set.all():\n    send(line.a)", ""},
	} {
		f := view(t, "shop/management/commands/remind.py", "from .models import Line, Order\ndef handle():\n    "+strings.ReplaceAll(test.code, "\n", "\n    "))
		got := ""
		if d := f.Demand(f.Loops[0].Iter.Range().Start); d != nil {
			got = strings.Join(append([]string{d.Model, d.Manager}, d.Names...), " ")
		}
		if got != test.want {
			t.Errorf("%s: Demand = %q, want %q", test.name, got, test.want)
		}
	}
}
