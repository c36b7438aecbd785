package names_test

import "testing"

func TestDefault(t *testing.T) {
	t.Parallel()
	f := resolve(t, "def f(a, b, /, c, d=1, *args, e, g=2, **kwargs): pass\ndef h(a=3): pass")
	for _, test := range []struct{ param, want string }{
		{"a", ""}, {"b", ""}, {"c", ""}, {"d", "1"}, {"args", ""}, {"e", ""}, {"g", "2"}, {"kwargs", ""}, {"none", ""},
	} {
		got := ""
		if value := f.Functions[0].Default(test.param); value != nil {
			got = f.Text(value)
		}
		if got != test.want {
			t.Errorf("Default(%s) = %q, want %q", test.param, got, test.want)
		}
	}
	if value := f.Functions[1].Default("a"); value == nil || f.Text(value) != "3" {
		t.Errorf("Default(a) = %v, want 3", value)
	}
}
