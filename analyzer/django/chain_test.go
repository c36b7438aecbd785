package django_test

import "testing"

func TestOwnGetQuerysetIsUncertain(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]bool{
		"":                                    true,
		"return Order.objects.all()":          true,
		"return super().get_queryset()":       true,
		"return self.rows":                    false,
		"return self.rows or [Order()]":       false,
		"return make(self.request, 'orders')": false,
	} {
		code := "class A:\n    def f(self):\n        show(self.get_queryset())\n"
		if body != "" {
			code += "    def get_queryset(self):\n        " + body + "\n"
		}
		f := view(t, "shop/app.py", code)
		if q := f.QuerySet(shown(t, f)); q == nil || q.Certain(f) != want {
			t.Errorf("QuerySet = %v, want one with Certain = %t in\n%s", q, want, code)
		}
	}
}
