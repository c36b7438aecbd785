package main

import (
	"strings"
	"testing"
)

func TestWithHook(t *testing.T) {
	t.Parallel()
	const entry = "- repo: https://github.com/djleak/djleak\n  rev: v1.2.3\n  hooks:\n    - id: djleak\n"
	indented := "  " + strings.ReplaceAll(strings.TrimSuffix(entry, "\n"), "\n", "\n  ") + "\n"
	for _, test := range []struct{ name, before, after string }{
		{"at the end", "repos:\n- repo: local\n  hooks: []\n", "repos:\n- repo: local\n  hooks: []\n" + entry},
		{"without a last line end", "repos:\n- repo: local\n  hooks: []", "repos:\n- repo: local\n  hooks: []\n" + entry},
		{"indented", "repos:\n  # ours\n  - repo: local\n    hooks: []\n\n", "repos:\n  # ours\n  - repo: local\n    hooks: []\n" + indented + "\n"},
		{
			"before other keys",
			"repos:\n  - repo: local\n    hooks: []\n    # kept\n\n# for the service\nci:\n  skip: [a]\n",
			"repos:\n  - repo: local\n    hooks: []\n    # kept\n" + indented + "\n# for the service\nci:\n  skip: [a]\n",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got, err := withHook([]byte(test.before), "v1.2.3")
			if err != nil || string(got) != test.after {
				t.Errorf("error %v, got\n%s\nwant\n%s", err, got, test.after)
			}
		})
	}
}

func TestWithHookRefuses(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ text, want string }{
		{"", "it is no mapping"},
		{"- repo: local\n", "it is no mapping"},
		{"repos: []\n", "it has no list of repos to add to; the entry is\n- repo: https://github.com/djleak/djleak\n  rev: v1\n"},
		{"repos: [{repo: local}]\n", "it has no list of repos to add to"},
		{"ci: {}\n", "it has no list of repos to add to"},
		{"a: [\n", "yaml: line "},
	} {
		if got, err := withHook([]byte(test.text), "v1"); err == nil || !strings.HasPrefix(err.Error(), test.want) {
			t.Errorf("%q: error %v, want %s; got %s", test.text, err, test.want, got)
		}
	}
}
