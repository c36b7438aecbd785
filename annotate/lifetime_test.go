package annotate

import (
	"regexp"
	"testing"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/rules"
)

func TestLifetime(t *testing.T) {
	t.Parallel()
	tests := []struct{ kept, message, want string }{
		{"Every object, until the QuerySet goes.", "x", "until the QuerySet goes"},
		{"Every object, until the last\nis gone, and more. Until then it grows.", "x", "until the last is gone"},
		{"Every object, as long as the list lives.", "x", "for as long as the list lives"},
		{"Every object, for as long as it lives (Django 5.2).", "x", "for as long as it lives"},
		{"The file, while the request works on it.", "x", "while the request works on it"},
		{"The file, while it lasts.", "x", ""},
		{"Every object. It stays until the end.", "x", ""},
		{"Every object.\n\nUntil the end.", "x", ""},
		{"Nothing, until it breaks.", "x", ""},
		{"- In a loop: all until the end.", "x", ""},
		{"Every object, until the QuerySet goes.", "`x` stays until the end", ""},
		{"Every object, until the QuerySet goes.", "`x` keeps y for the life of the process", ""},
	}
	for _, test := range tests {
		rule := &analyzer.Rule{Doc: "# r\n\nSummary.\n\n## What is kept\n\n" + test.kept + "\n\n## Why it grows\n\nUntil.\n"}
		if got := lifetime(analyzer.Finding{Rule: rule, Message: test.message}); got != test.want {
			t.Errorf("%q: %q, want %q", test.kept, got, test.want)
		}
	}
}

// It is taken from prose, which is not written to be cut: what comments say of every rule has to read well.
func TestLifetimesOfRules(t *testing.T) {
	t.Parallel()
	told := 0
	for _, rule := range rules.All() {
		words := lifetime(analyzer.Finding{Rule: rule})
		if words == "" {
			continue
		}
		told++
		if whole := regexp.MustCompile("^(until|for as long as|while the) [^`]{4,60}[a-z]$"); !whole.MatchString(words) {
			t.Errorf("%s is kept %q", rule.Name, words)
		}
	}
	if told < 25 {
		t.Errorf("the pages of %d rules say for how long", told)
	}
}
