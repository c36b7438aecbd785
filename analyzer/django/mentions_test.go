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
