package django_test

import "testing"

func TestModelNameInside(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ code, want string }{
		{"class OrderManager(models.Manager):\n    def f(self):\n        show(self.all())", "Order"},
		{"class Setting(models.Model):\n    @classmethod\n    def f(cls):\n        show(cls.objects.all())", "Setting"},
		{"class OrderQuerySet(models.QuerySet):\n    def f(self):\n        show(self.all())", ""},
	} {
		f := view(t, "shop/models.py", "from django.db import models\n"+test.code)
		if got := f.ModelName(f.QuerySet(shown(t, f))); got != test.want {
			t.Errorf("ModelName in %s = %q, want %q", test.code, got, test.want)
		}
	}
}
