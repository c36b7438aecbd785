package django_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer/django"
)

func TestShape(t *testing.T) {
	t.Parallel()
	const model = "class Order(models.Model):\n    "
	bases := []string{"django.db.models.Model"}
	for _, test := range []struct {
		name, code string
		want       django.Shape
		ok         bool
	}{
		{
			"a class", model + "'''An order.'''\n    STATES = states()\n    owner = models.ForeignKey(User)\n    paid: bool = False\n    objects = models.Manager()\n" +
				"    class Meta:\n        pass\n    def total(self):\n        self.cached = self.lines",
			django.Shape{Class: true, Fields: []string{"STATES", "owner", "paid", "objects"}, Members: []string{"Meta", "total", "cached"}, Bases: bases},
			true,
		},
		{"a manager of its own", model + "objects = OrderManager()", django.Shape{Class: true, Fields: []string{"objects"}, Bases: bases, Manages: true}, true},
		{"a QuerySet of its own", model + "paid = OrderQuerySet.as_manager()", django.Shape{Class: true, Fields: []string{"paid"}, Bases: bases, Manages: true}, true},
		{"another manager", model + "paid = models.Manager.from_queryset(Orders)()", django.Shape{Class: true, Fields: []string{"paid"}, Bases: bases, Manages: true}, true},
		{"what may bring more", model + "records = HistoricalRecords()", django.Shape{}, false},
		{
			"a library's records",
			"from simple_history.models import HistoricalRecords\n" + model + "records = HistoricalRecords()",
			django.Shape{Class: true, Fields: []string{"records"}, Bases: bases},
			true,
		},
		{
			"imports in the class",
			model + "import decimal.context\n    from club.models import Club, Member as Buyer",
			django.Shape{Class: true, Members: []string{"decimal", "Club", "Buyer"}, Bases: bases},
			true,
		},
		{"all of a module in the class", model + "from club.models import *", django.Shape{}, false},
		{
			"what describes a method",
			model + "def total(self):\n        pass\n    total.boolean = True\n    total.short_description = _('Total')",
			django.Shape{Class: true, Members: []string{"total"}, Bases: bases},
			true,
		},
		{"several names at once", model + "paid, sent = flags()", django.Shape{}, false},
		{"what any name may be set on", model + "def f(self, **given):\n        for name in given:\n            setattr(self, name, given[name])", django.Shape{}, false},
		{"code in the class", model + "for name in NAMES:\n        pass", django.Shape{}, false},
		{"a decorator", "@tracked\n" + model + "pass", django.Shape{}, false},
		{"a metaclass", "class Order(models.Model, metaclass=Tracked):\n    pass", django.Shape{}, false},
		{"a base that is computed", "class Order(base()):\n    pass", django.Shape{}, false},
		{"what is added behind the class", model + "pass\nOrder.add_to_class('total', 1)", django.Shape{}, false},
		{"one of two", "if x:\n    class Order:\n        pass\nelse:\n    class Order:\n        pass", django.Shape{}, false},
		{"in a branch", "if x:\n    class Order:\n        pass", django.Shape{}, false},
		{"another name", "class Purchase:\n    pass\nOrder = Purchase", django.Shape{Means: ":Purchase"}, true},
		{"imported", "from .orders import Purchase as Order", django.Shape{Means: ".orders.Purchase"}, true},
		{"computed", "Order = get_model()", django.Shape{}, false},
		{"from one of all", "from .orders import *\nfrom .carts import *", django.Shape{Stars: []string{".orders", ".carts"}}, true},
	} {
		f := view(t, "shop/models.py", "from django.db import models\n"+test.code)
		got, ok := f.Shape("Order")
		if diff := cmp.Diff(test.want, got); diff != "" || ok != test.ok {
			t.Errorf("%s: Shape returns %t, want %t (-want +got):\n%s", test.name, ok, test.ok, diff)
		}
	}
}
