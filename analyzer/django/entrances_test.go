package django_test

import (
	"strings"
	"testing"
)

func TestEntrances(t *testing.T) {
	t.Parallel()
	const imports = "from functools import cache\nfrom django.dispatch import receiver\nfrom django.views.decorators.http import require_POST\n"
	for _, test := range []struct{ path, code, want string }{
		{"shop/a.py", "show(1)", ""},
		{"shop/a.py", "def f():\n    show(1)", "f"},
		{"shop/a.py", "def f():\n    def g():\n        show(1)", "f"},
		{"shop/a.py", "@cache\n@require_POST\ndef f():\n    show(1)", "f"},
		{"shop/a.py", "@receiver(saved)\ndef f():\n    show(1)", ""},
		{"shop/a.py", "def main():\n    show(1)", ""},
		{"scripts/a.py", "def f():\n    show(1)", ""},
		{"shop/a.py", "class A:\n    def f(self):\n        show(1)", "f"},
		{"shop/a.py", "class A:\n    def __call__(self):\n        show(1)", ""},
		{"shop/a.py", "class A(Model):\n    def f(self):\n        show(1)", ""},
		{"shop/a.py", "class A(Model):\n    @property\n    def f(self):\n        show(1)", "f"},
		{"shop/a.py", "class Command(BaseCommand):\n    def handle(self):\n        show(1)", ""},
		{"shop/a.py", "class OrderView(View):\n    def get(self, request):\n        show(1)", "OrderView"},
		{"shop/a.py", "@register\nclass OrderView(View):\n    def get(self, request):\n        show(1)", ""},
	} {
		f := view(t, test.path, imports+test.code)
		if got := strings.Join(f.Entrances(shown(t, f).Range().Start), " "); got != test.want {
			t.Errorf("Entrances = %q, want %q:\n%s", got, test.want, test.code)
		}
	}
}
