package django_test

import "testing"

func TestAged(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		expr string
		want bool
	}{
		{"Mail.objects.filter(created__lt=x)", true},
		{"Mail.objects.filter(shop__created_at__lte=x)", true},
		{"Mail.objects.filter(created__gt=x)", false},
		{"Mail.objects.filter(size__lt=x)", false},
	} {
		f := view(t, "shop/app.py", "def f(x):\n    show("+test.expr+")")
		if got := f.Aged(f.QuerySet(shown(t, f))); got != test.want {
			t.Errorf("Aged of %s = %t, want %t", test.expr, got, test.want)
		}
	}
}

func TestAgedInHours(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		expr string
		want bool
	}{
		{"Mail.objects.filter(created__lt=now() - timedelta(hours=1))", true},
		{"Mail.objects.filter(created__lte=now() - timedelta(hours=24, minutes=30))", true},
		{"Mail.objects.filter(created__lt=now() - timedelta(minutes=settings.PENDING))", true},
		{"Mail.objects.filter(created__lt=now() - timedelta(hours=48))", false},
		{"Mail.objects.filter(created__lt=now() - timedelta(days=1))", false},
		{"Mail.objects.filter(created__lt=now() - timedelta(hours=x))", false},
		{"Mail.objects.filter(created__lt=now() - timedelta(1))", false},
		{"Mail.objects.filter(created__gt=now() - timedelta(hours=1))", false},
		{"Mail.objects.filter(created__lt=x)", false},
	} {
		f := view(t, "shop/app.py", "from django.conf import settings\ndef f(x):\n    show("+test.expr+")")
		if got := f.AgedInHours(f.QuerySet(shown(t, f))); got != test.want {
			t.Errorf("AgedInHours of %s = %t, want %t", test.expr, got, test.want)
		}
	}
}
