package django_test

import "testing"

func TestDevelopersTool(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		path, function string
		want           bool
	}{
		{"shop/management/commands/remind.py", "handle", false},
		{"shop/management/commands/seed_orders.py", "handle", true},
		{"shop/management/commands/simulation.py", "handle", true},
		{"shop/testing/orders.py", "handle", true},
		{"shop/contest.py", "handle", false},
		{"shop/tasks.py", "fake_orders", true},
		{"shop/tasks.py", "latest_orders", false},
	} {
		f := view(t, test.path, "def "+test.function+"():\n    show(1)")
		if got := f.DevelopersTool(shown(t, f)); got != test.want {
			t.Errorf("DevelopersTool of %s in %s = %t, want %t", test.function, test.path, got, test.want)
		}
	}
}

func TestReverses(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		path, operations string
		want             bool
	}{
		{"shop/migrations/0002_a.py", "RunPython(f, g)", false},
		{"shop/migrations/0002_a.py", "RunPython(g, f)", true},
		{"shop/migrations/0002_a.py", "RunPython(code=g, reverse_code=f)", true},
		{"shop/migrations/0002_a.py", "RunPython(f, g), migrations.RunPython(g, f)", false},
		{"shop/tasks.py", "RunPython(g, f)", false},
	} {
		f := view(t, test.path, "def f(apps, editor):\n    show(1)\noperations = [migrations."+test.operations+"]")
		if got := f.Reverses(shown(t, f)); got != test.want {
			t.Errorf("Reverses with %s in %s = %t, want %t", test.operations, test.path, got, test.want)
		}
	}
}
