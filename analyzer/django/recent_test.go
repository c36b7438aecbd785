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
