package django_test

import "testing"

func TestSaysFew(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, code string
		want       bool
	}{
		{"at the top of the file", "\"\"\"Moves files. There are typically very few rows.\"\"\"\ndef f():\n    show(Order)", true},
		{"in a comment", "def f():\n    # Only a few records.\n    show(Order)", true},
		{"in another function", "def g():\n    # Only a few records.\n    pass\ndef f():\n    show(Order)", false},
		{"of something else", "def f():\n    # Very few people know.\n    show(Order)", false},
		{"at the module's level", "show(Order)", false},
	} {
		f := view(t, "shop/app.py", test.code)
		if got := f.SaysFew(shown(t, f)); got != test.want {
			t.Errorf("%s: SaysFew = %t, want %t", test.name, got, test.want)
		}
	}
}
