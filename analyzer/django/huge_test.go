package django_test

import "testing"

func TestHugeBoundIsNone(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		bound string
		want  bool
	}{
		{"100", true},
		{"1_000_000", false},
		{"LIMIT", false},
		{"LIMIT // 100_000", true},
		{"n", true},
		{"self.limit", false},
		{"self.other", true},
		{"10 if n else 500_000", false},
	} {
		code := "LIMIT = 1000 * 1000\nclass A:\n    def f(self, n):\n        self.limit = 10 if n else LIMIT / 2\n        self.other = self.other * 2\n" +
			"        show(Order.objects.all()[:" + test.bound + "])\n"
		f := view(t, "shop/app.py", code)
		if q := f.QuerySet(shown(t, f)); q == nil || !q.Sliced || q.Bounded() != test.want {
			t.Errorf("[:%s]: QuerySet = %+v, want one with Bounded = %t", test.bound, q, test.want)
		}
	}
}
