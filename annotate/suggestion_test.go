package annotate

import (
	"strings"
	"testing"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/change"
)

func TestSuggest(t *testing.T) {
	t.Parallel()
	const source = "import x\n\ndef f():\n    a = 1\n    b = 2\n    c = 3\n"
	whole := []change.Hunk{hunk(1, "++++++")}
	edit := func(first, last int, text string) analyzer.LineEdit {
		return analyzer.LineEdit{StartLine: first, EndLine: last, NewText: text}
	}
	tests := []struct {
		name   string
		source string
		hunks  []change.Hunk
		edits  []analyzer.LineEdit
		want   lines
		text   string
		ok     bool
	}{
		{"the finding's line", source, whole, []analyzer.LineEdit{edit(5, 5, "    b = 4")}, lines{5, 5}, "    b = 4\n", true},
		{"an inserted line", source, whole, []analyzer.LineEdit{edit(5, 5, "    b = 2\n    d = 4")}, lines{5, 5}, "    b = 2\n    d = 4\n", true},
		{"a line made empty", source, whole, []analyzer.LineEdit{edit(5, 5, "")}, lines{5, 5}, "\n", true},
		{"a line removed", source, whole, []analyzer.LineEdit{{StartLine: 5, EndLine: 5, Delete: true}}, lines{5, 5}, "", true},
		{"a line nearby", source, whole, []analyzer.LineEdit{edit(4, 4, "    a = 0")}, lines{4, 5}, "    a = 0\n    b = 2\n", true},
		{"two edits", source, whole, []analyzer.LineEdit{edit(4, 4, "    a = 0"), edit(6, 6, "    c = 0")}, lines{4, 6}, "    a = 0\n    b = 2\n    c = 0\n", true},
		{
			"windows' line ends", strings.ReplaceAll(source, "\n", "\r\n"), whole,
			[]analyzer.LineEdit{edit(4, 4, "    a = 0\r\n    z = 0")},
			lines{4, 5},
			"    a = 0\n    z = 0\n    b = 2\n", true,
		},
		{"no end of the last line", strings.TrimSuffix(source, "\n"), whole, []analyzer.LineEdit{edit(6, 6, "    c = 4")}, lines{5, 6}, "    b = 2\n    c = 4\n", true},
		{"no change", source, whole, []analyzer.LineEdit{edit(5, 5, "    b = 2")}, lines{}, "", false},
		{"a line that the hunk does not show", source, []change.Hunk{hunk(3, " ++ ")}, []analyzer.LineEdit{edit(1, 1, "import y"), edit(5, 5, "    b = y")}, lines{}, "", false},
		{"two hunks", source, []change.Hunk{hunk(3, " +"), hunk(5, "+ ")}, []analyzer.LineEdit{edit(4, 5, "    a = b = 2")}, lines{}, "", false},
		{"beyond the file", source, []change.Hunk{hunk(1, "+++++++++")}, []analyzer.LineEdit{edit(7, 7, "x")}, lines{}, "", false},
		{"edits that overlap", source, whole, []analyzer.LineEdit{edit(4, 5, "x"), edit(5, 6, "y")}, lines{}, "", false},
		{"a control character", source, whole, []analyzer.LineEdit{edit(5, 5, "    b = '\x1b'")}, lines{}, "", false},
		{"too much text", source, whole, []analyzer.LineEdit{edit(5, 5, strings.Repeat("x", maxSuggestion+1))}, lines{}, "", false},
		{"too many lines", strings.Repeat("x\n", 40), []change.Hunk{hunk(1, strings.Repeat("+", 40))}, []analyzer.LineEdit{edit(30, 30, "y")}, lines{}, "", false},
		{"no text", "", whole, []analyzer.LineEdit{edit(5, 5, "    b = 4")}, lines{}, "", false},
		{"no edit", source, whole, nil, lines{}, "", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			f := analyzer.Finding{
				Region: analyzer.Region{StartLine: 5, EndLine: 5, StartColumn: 5, EndColumn: 10},
				Fix:    &analyzer.Fix{Lines: test.edits},
			}
			got, ok := suggest(f, ground{text: sourceLines(test.source), hunks: test.hunks})
			if ok != test.ok || got.lines != test.want || got.text != test.text {
				t.Errorf("suggest = %v %q, %v; want %v %q, %v", got.lines, got.text, ok, test.want, test.text, test.ok)
			}
		})
	}
}

// What must be checked stands right above an unsafe suggestion, said or not.
func TestUnsafeSuggestionSaysWhatToCheck(t *testing.T) {
	t.Parallel()
	for check, want := range map[string]string{
		"that nothing reads it": "Check first: that nothing reads it.\n\n```suggestion\n",
		"Is it read?":           "Check first: Is it read?\n\n```suggestion\n",
		"":                      "Check first: it changes what the code does.\n\n```suggestion\n",
	} {
		a := newAudit(t)
		a.growth.Fix.Check = check
		a.keep(&a.growth)
		if body := a.plan(Posted{}).Review.Comments[0].Body; !strings.Contains(body, want) {
			t.Errorf("body lacks %q:\n%s", want, body)
		}
	}
}
