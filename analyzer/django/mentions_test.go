package django_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/django"
)

// TestMentionsOfThreads holds that a file which makes a thread and calls run itself does not start it.
func TestMentionsOfThreads(t *testing.T) {
	t.Parallel()
	mailer := django.Entrance{Kind: django.Started, Name: "Mailer", File: "shop/mail.py"}
	for code, want := range map[string]bool{
		"from shop.mail import Mailer\nMailer().start()":                     true,
		"from shop.mail import Mailer\nm = Mailer()\nm.run()":                false,
		"from shop.mail import Mailer\nm = Mailer()\nm.run()\nother.start()": true,
		"from shop.mail import Mailer\nqueue.put(Mailer())":                  true,
		"import shop.mail\nshop.mail.Mailer().run()":                         false,
	} {
		every := func(django.Entrance, string) bool { return true }
		if got := len(view(t, "shop/views.py", code).Mentions([]django.Entrance{mailer}, every)) > 0; got != want {
			t.Errorf("starts it: %t, want %t:\n%s", got, want, code)
		}
	}
}

// TestMentionsOfMethods holds that a method does not run because a method of its name calls it, unless others may call that one.
func TestMentionsOfMethods(t *testing.T) {
	t.Parallel()
	lines := django.Entrance{Kind: django.Member, Name: "lines", File: "shop/orders.py"}
	for code, want := range map[string]bool{
		"class Basket:\n    def lines(self):\n        return self.order.lines()":       false,
		"class Basket:\n    def rows(self):\n        return self.order.lines()":        true,
		"class Basket(Page):\n    def lines(self):\n        return self.order.lines()": true,
	} {
		every := func(django.Entrance, string) bool { return true }
		if got := len(view(t, "shop/baskets.py", code).Mentions([]django.Entrance{lines}, every)) > 0; got != want {
			t.Errorf("runs it: %t, want %t:\n%s", got, want, code)
		}
	}
}

// TestMentionsThatLast holds that what only matters while a process goes on is not said by what runs to its end.
func TestMentionsThatLast(t *testing.T) {
	t.Parallel()
	const (
		command = "shop/management/commands/load.py"
		call    = "from shop.load import load_all\n\ndef work():\n    load_all()\n"
		forever = "from shop.load import load_all\n\ndef work():\n    while True:\n        load_all()\n"
	)
	for _, test := range []struct {
		path, code    string
		lasting, want bool
	}{
		{"shop/views.py", call, true, true},
		{command, call, true, false},
		{command, call, false, true},
		{command, forever, true, true},
		{"shop/migrations/0002_load.py", call, true, false},
		{"shop/scripts/load.py", call, true, false},
	} {
		e := django.Entrance{Kind: django.Global, Name: "load_all", File: "shop/load.py", Lasting: test.lasting}
		found := view(t, test.path, test.code).Mentions([]django.Entrance{e}, func(django.Entrance, string) bool { return true })
		if got := len(found) > 0; got != test.want {
			t.Errorf("%s says it, lasting: %t: %t, want %t:\n%s", test.path, test.lasting, got, test.want, test.code)
		}
		for _, mention := range found {
			for _, needed := range mention.Needs {
				if needed.Lasting != test.lasting {
					t.Errorf("%s needs %v, want it lasting: %t", test.path, needed, test.lasting)
				}
			}
		}
	}
}
