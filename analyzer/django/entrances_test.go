package django_test

import (
	"strings"
	"testing"
)

func TestEntrances(t *testing.T) {
	t.Parallel()
	const imports = "from functools import cache\nfrom django.core.management.base import BaseCommand\nfrom django.db.models import Manager, Model, QuerySet\nfrom django.dispatch import receiver\n" +
		"from django.views.decorators.http import require_POST\nfrom threading import Thread\nfrom rest_framework.views import APIView\n"
	const command = "shop/management/commands/remind.py"
	for _, test := range []struct{ path, code, want string }{
		{"shop/a.py", "show(1)", ""},
		{"shop/a.py", "def f():\n    show(1)", "a f"},
		{"a.py", "def f():\n    show(1)", "f"},
		{"shop/__init__.py", "def f():\n    show(1)", "f"},
		{"shop/migrations/a.py", "def f():\n    show(1)", "f"},
		{"shop/templatetags/a.py", "def f():\n    show(1)", "f"},
		{"shop/a.py", "def f():\n    show(1)\nif __name__ == '__main__':\n    f()", "f"},
		{"shop/a.py", "def f():\n    def g():\n        show(1)", "a f"},
		{"shop/a.py", "@cache\n@require_POST\ndef f():\n    show(1)", "a f"},
		{"shop/a.py", "@receiver(saved)\ndef f():\n    show(1)", "a"},
		{"shop/a.py", "@shared_task\ndef f():\n    show(1)", "a"},
		{"shop/a.py", "@shared_task\ndef f():\n    show(1)\n# app.add_periodic_task(60, f.s())", "a f"},
		{"shop/a.py", "@shared_task\ndef f():\n    show(1)\n#     'task': 'shop.a.f',", "a f"},
		{"shop/a.py", "@shared_task\ndef f():\n    show(1)\n# app.add_periodic_task(60, full.s())", "a"},
		{"shop/a.py", "@shared_task\ndef f():\n    show(1)\n# f runs by the clock", "a"},
		{"shop/a.py", "def main():\n    show(1)", "a"},
		{"scripts/a.py", "def f():\n    show(1)", ""},
		{"shop/a.py", "class A:\n    def f(self):\n        show(1)", "a A f"},
		{"shop/a.py", "class A:\n    def __call__(self):\n        show(1)", "a"},
		{"shop/a.py", "class A(Page):\n    def f(self):\n        show(1)", "a"},
		{"shop/a.py", "class A(Page):\n    @property\n    def f(self):\n        show(1)", "a f"},
		{"shop/a.py", "class A(Model):\n    def f(self):\n        show(1)", "a f"},
		{"shop/a.py", "class A(Model):\n    def save(self):\n        show(1)", "a"},
		{"shop/a.py", "class A(Manager):\n    def f(self):\n        show(1)", "a f"},
		{"shop/a.py", "class A(Manager):\n    def get_queryset(self):\n        show(1)", "a"},
		{"shop/a.py", "class A(QuerySet):\n    def f(self):\n        show(1)", "a f"},
		{"shop/a.py", "@register\nclass A(Model):\n    def f(self):\n        show(1)", "a f"},
		{"shop/a.py", "@register\nclass A:\n    def f(self):\n        show(1)", "a"},
		{command, "class Command(BaseCommand):\n    def handle(self):\n        show(1)", ""},
		{command, "class Command(BaseCommand):\n    def remind(self):\n        show(1)", "remind"},
		{command, "class Command(ReminderCommand):\n    def remind(self):\n        show(1)", ""},
		{command, "class Command(LoggedCommand):\n    def remind(self):\n        show(1)\n    def handle_logged(self):\n        pass", "remind"},
		{command, "class Command(LoggedCommand):\n    def _handle(self):\n        show(1)", ""},
		{command, "class Command(Reminder):\n    def remind(self):\n        show(1)\n    def handle(self):\n        pass", ""},
		{"shop/a.py", "class OrderView(View):\n    def get(self, request):\n        show(1)", "a OrderView"},
		{"shop/a.py", "class Orders(APIView):\n    def get(self, request):\n        show(1)", "a Orders"},
		{"shop/a.py", "class Orders(APIView):\n    @schema()\n    def get(self, request):\n        show(1)", "a Orders"},
		{"shop/a.py", "class Mailer(Thread):\n    def run(self):\n        show(1)", "a Mailer"},
		{"shop/a.py", "class Router:\n    def db_for_read(self, model):\n        show(1)", "a"},
		{"shop/views.py", "def f():\n    show(1)", "f"},
		{"shop/run-jobs.py", "def f():\n    show(1)", "f"},
		{"shop/a.py", "os.environ['DJANGO_SETTINGS_MODULE'] = 'a'\ndef f():\n    show(1)", "f"},
		{"shop/a.py", "@register\nclass OrderView(View):\n    def get(self, request):\n        show(1)", "a"},
	} {
		f := view(t, test.path, imports+test.code)
		var said []string
		for _, e := range f.Entrances(shown(t, f).Range().Start) {
			said = append(said, e.Name)
		}
		if got := strings.Join(said, " "); got != test.want {
			t.Errorf("Entrances = %q, want %q:\n%s", got, test.want, test.code)
		}
	}
}
