package annotate

import "testing"

const page = "# rule\n\nSummary.\n\n## Why it grows\n\nOne\ntwo.\n\n```python\n## Use instead\n# kept\n```\n\n- a\n  b\n- c\n\n## Use instead\n\nText.\n\n```python\nx = 1\n\ny = 2\n```\n\n```python\nz\n```\n"

func TestSection(t *testing.T) {
	t.Parallel()
	tests := []struct{ title, want string }{
		{"Why it grows", "One\ntwo.\n\n```python\n## Use instead\n# kept\n```\n\n- a\n  b\n- c"},
		{"use instead", "Text.\n\n```python\nx = 1\n\ny = 2\n```\n\n```python\nz\n```"},
		{"References", ""},
	}
	for _, test := range tests {
		if got := section(page, test.title); got != test.want {
			t.Errorf("section %q = %q, want %q", test.title, got, test.want)
		}
	}
}

func TestFirstBlock(t *testing.T) {
	t.Parallel()
	language, got := firstBlock(section(page, "Use instead"))
	if want := "x = 1\n\ny = 2\n"; got != want || language != "python" {
		t.Errorf("first block = %q in %q, want %q in python", got, language, want)
	}
	if _, got := firstBlock("no code"); got != "" {
		t.Errorf("first block = %q, want none", got)
	}
}

func TestUnwrap(t *testing.T) {
	t.Parallel()
	got := unwrap(section(page, "Why it grows"))
	if want := "One two.\n\n```python\n## Use instead\n# kept\n```\n\n- a b\n- c"; got != want {
		t.Errorf("unwrapped = %q, want %q", got, want)
	}
}
