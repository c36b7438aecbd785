package annotate

import (
	"strings"
	"testing"

	"github.com/djleak/djleak/analyzer"
)

func TestExcerpt(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("é", maxWidth)
	tests := []struct {
		name, path, source string
		first, last        int
		want               string
	}{
		{"a line", "a.py", "if x:\n    f()\n", 2, 2, "```python\nf()\n```\n"},
		{"lines", "a.py", "if x:\n    f(\n        1,\n    )\n", 2, 4, "```python\nf(\n    1,\n)\n```\n"},
		{"settings", "compose.yml", "x: 1\n", 1, 1, "```yaml\nx: 1\n```\n"},
		{"a fence", "a.py", "'''\n```\n</details>\n'''\n", 1, 4, "````python\n'''\n```\n</details>\n'''\n````\n"},
		{"a long line", "a.py", long + "x\n", 1, 1, "```python\n" + long + "…\n```\n"},
		{"more than the file has", "a.py", "x\n", 1, 9, "```python\nx\n```\n"},
		{"more than anybody reads", "a.py", strings.Repeat("x\n", 40), 1, 40, "```python\n" + strings.Repeat("x\n", 16) + "```\n"},
		{"no text", "a.py", "", 1, 1, ""},
		{"no line", "a.py", "x\n", 0, 0, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			f := analyzer.Finding{Path: test.path, Region: analyzer.Region{StartLine: test.first, EndLine: test.last, EndColumn: 2}}
			if got := excerpt(f, sourceLines(test.source)); got != test.want {
				t.Errorf("excerpt = %q, want %q", got, test.want)
			}
		})
	}
}
