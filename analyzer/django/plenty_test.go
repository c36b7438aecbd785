package django_test

import "testing"

func TestPlenty(t *testing.T) {
	t.Parallel()
	const app = "shop/app.py"
	for _, test := range []struct {
		path, expr string
		want       bool
	}{
		{app, "Order.objects.all()", true},
		{app, "Order.objects.filter(paid=False)", true},
		{app, "Order.objects.filter(customer=None)", true},
		{app, "Order.objects.filter(created__lt=before, shipped__isnull=True)", true},
		{app, "Order.objects.filter(status='paid')", true},
		{app, "Order.objects.filter(pay_state=State.PAID)", true},
		{app, "Order.objects.filter(shop__kind__in=KINDS)", true},
		{app, "Order.objects.filter(shop__kind__in=kinds)", false},
		{app, "Order.objects.filter(state=word)", false},
		{app, "Order.objects.filter(state__in=words)", true},
		{app, "Order.objects.filter(start__lte=now, end__gte=now)", false},
		{app, "Order.objects.filter(start__lte=now, end__gte=then)", true},
		{app, "Order.objects.filter(country__in=EUROPE)", true},
		{app, "Order.objects.filter(country__in=['fr', 'de'])", true},
		{app, "Order.objects.filter(text__icontains=word)", true},
		{app, "Order.objects.filter(Q(paid=True) | Q(text__icontains=word))", true},
		{app, "Order.objects.filter(line__in=Line.objects.filter(open=True))", true},
		{app, "form.order.qs.filter(paid=True)", true},
		{app, "Order.objects.exclude(number=1)", true},

		// Picked by the value of a column.
		{app, "Order.objects.filter(name='first')", false},
		{app, "Order.objects.filter(old_slug=word)", false},
		{app, "Order.objects.filter(name__in=['first', 'second'])", false},
		{app, "Order.objects.filter(area='north')", false},
		{app, "Order.objects.filter(area=f'{word} north')", false},
		{app, "Order.objects.filter(Q(area=word) & Q(paid=True))", false},
		{app, "Order.objects.filter(text__icontains='gift')", false},
		{app, "Order.objects.filter(extra__contains={'id': word})", false},
		{app, "Order.objects.filter(line__in=[word])", false},
		{app, "Order.objects.filter(line__in=Line.objects.filter(area=word))", false},

		// Of one object: only what piles up.
		{app, "customer.orders.filter(paid=True)", false},
		{app, "customer.comments.filter(hidden=True)", true},
		{app, "shop.order_entries.all()", true},
		{app, "shop.user_set.all()", true},
		{app, "shop.user_set.filter(area=word)", false},
		{app, "Notification.objects.filter(customer=customer)", true},
		{app, "Notification.objects.filter(customer=customer, shop=shop)", false},
		{app, "User.objects.filter(shop=shop)", false},

		// Few by their kind, or in the place.
		{app, "Order.objects.all()[:10]", false},
		{app, "Site.objects.all()", false},
		{app, "RoleDefinition.objects.all()", false},
		{app, "Order.objects.order_by('position')", false},
		{app, "Order.objects.order_by('priority')", false},
		{app, "Order.objects.order_by('-created')", true},
		{app, "super().get_queryset()", false},
		{"shop/management/commands/create_test_orders.py", "Order.objects.all()", false},
		{"scripts/merge.py", "Order.objects.all()", false},
	} {
		code := "class A:\n    def f(self, customer, shop, word, kinds, form):\n        before = timezone.now()\n        show(" + test.expr + ")"
		f := view(t, test.path, code)
		if got := f.Plenty(f.QuerySet(shown(t, f))); got != test.want {
			t.Errorf("Plenty of %s in %s = %t, want %t", test.expr, test.path, got, test.want)
		}
	}
}

func TestPlentyElsewhere(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		use            string
		plenty, sliced bool
	}{
		{"pass", false, false},
		{"orders.count()", false, false},
		{"orders.aggregate(Sum('total'))", true, false},
		{"orders.iterator()", true, false},
		{"for a in orders[:50]: pass", true, false},
		{"a = list(orders[:50])", true, false},
		{"a = orders[:50]", true, true},
		{"work(orders[:50])", true, true},
		{"a = orders[:1]", false, true},
		{"Paginator(orders, 20)", true, false},
		{"orders = other\n    orders.iterator()", false, false},
	} {
		code := "def f(customer, other):\n    orders = Order.objects.filter(customer=customer)\n    show(orders)\n    " + test.use
		f := view(t, "shop/app.py", code)
		name := shown(t, f)
		if got := f.Plenty(f.QuerySet(name)); got != test.plenty {
			t.Errorf("Plenty before %q = %t, want %t", test.use, got, test.plenty)
		}
		if got := f.SlicedElsewhere(name); got != test.sliced {
			t.Errorf("SlicedElsewhere before %q = %t, want %t", test.use, got, test.sliced)
		}
	}
}

func TestAskedWhole(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		expr string
		want bool
	}{
		{"Area.objects.all()", true},
		{"Area.objects.filter()", true},
		{"Area.objects.values_list('pk', flat=True)", true},
		{"Area.objects.filter(empty=True)", false},
		{"Area.objects.exclude(empty=True)", false},
		{"Order.objects.all()", false},
		{"shop.area_set.all()", false},
	} {
		f := view(t, "shop/app.py", "def f(shop):\n    show("+test.expr+")")
		if got := f.AskedWhole(f.QuerySet(shown(t, f))); got != test.want {
			t.Errorf("AskedWhole of %s = %t, want %t", test.expr, got, test.want)
		}
	}
}
