package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/python"
)

// wordRule reports each occurrence of a word and offers edits for it.
func wordRule(word string, edits func(source string, at int32) []analyzer.TextEdit) *analyzer.Rule {
	rule := &analyzer.Rule{
		Name: "word-" + word, Severity: analyzer.High, Confidence: analyzer.HighConfidence, Status: analyzer.Stable,
	}
	rule.Run = func(pass *analyzer.Pass) {
		for at := 0; ; {
			next := strings.Index(pass.Source[at:], word)
			if next < 0 {
				return
			}
			at += next
			fix := analyzer.SuggestedFix{Kind: analyzer.SafeFix, Message: "Mend " + word, Edits: edits(pass.Source, int32(at))}
			pass.Report(analyzer.Diagnostic{
				Span: span(at, at+len(word)), Message: word + " is wrong", Fixes: []analyzer.SuggestedFix{fix},
			})
			at += len(word)
		}
	}
	return rule
}

func span(start, end int) python.Span { return python.Span{Start: int32(start), End: int32(end)} }

// instead replaces the word.
func instead(word, by string) *analyzer.Rule {
	return wordRule(word, func(_ string, at int32) []analyzer.TextEdit {
		return []analyzer.TextEdit{{Span: python.Span{Start: at, End: at + int32(len(word))}, NewText: by}}
	})
}

func TestFixer(t *testing.T) {
	t.Parallel()
	// Each of two fixes is harmless alone: it leaves a mark at the top, and two marks are worse than a word.
	marking := wordRule("twin", func(_ string, at int32) []analyzer.TextEdit {
		return []analyzer.TextEdit{{Span: python.Span{Start: at, End: at + 4}, NewText: "m"}}
	})
	marks := instead("m, m", "m, m, m, m, m")
	for _, test := range []struct {
		name         string
		rules        []*analyzer.Rule
		before, want string
		fixed        int
	}{
		{name: "nothing to do", rules: []*analyzer.Rule{instead("bad", "good")}, before: "x = 1\n", want: ""},
		{name: "one", rules: []*analyzer.Rule{instead("bad", "good")}, before: "x = bad\n", want: "x = good\n", fixed: 1},
		{name: "several", rules: []*analyzer.Rule{instead("bad", "good")}, before: "bad(bad, bad)\n", want: "good(good, good)\n", fixed: 3},
		{
			name:   "touching",
			rules:  []*analyzer.Rule{instead("bad", "x")},
			before: "badbad\n", want: "xx\n", fixed: 2,
		},
		{
			name:   "no end to it",
			rules:  []*analyzer.Rule{instead("bad", "bad bad")},
			before: "bad\n", want: "",
		},
		{
			name:   "worse together",
			rules:  []*analyzer.Rule{marking, marks},
			before: "twin, twin\n", want: "m, twin\n", fixed: 1,
		},
		{
			name:   "windows",
			rules:  []*analyzer.Rule{instead("bad", "good\nbetter")},
			before: "a = 1\r\nx = bad\r\ny = 2", want: "a = 1\r\nx = good\r\nbetter\r\ny = 2", fixed: 1,
		},
		{
			name:   "byte order mark",
			rules:  []*analyzer.Rule{instead("bad", "good")},
			before: "\ufeffx = bad  # é\n", want: "\ufeffx = good  # é\n", fixed: 1,
		},
		{
			name:   "latin-1",
			rules:  []*analyzer.Rule{instead("bad", "é")},
			before: "# coding: latin-1\nx = 'bad \xe9'\n", want: "# coding: latin-1\nx = '\xe9 \xe9'\n", fixed: 1,
		},
		{
			name:   "one of them not in latin-1",
			rules:  []*analyzer.Rule{instead("worse", "€"), instead("bad", "good")},
			before: "# coding: latin-1\nx = 'worse'\ny = 'bad \xe9'", want: "# coding: latin-1\nx = 'worse'\ny = 'good \xe9'", fixed: 1,
		},
		{
			name:   "tabs and no last newline",
			rules:  []*analyzer.Rule{instead("bad", "good")},
			before: "if a:\n\tbad\n\tbad", want: "if a:\n\tgood\n\tgood", fixed: 2,
		},
		{
			name:   "not in latin-1",
			rules:  []*analyzer.Rule{instead("bad", "€")},
			before: "# coding: latin-1\nx = 'bad'\n", want: "",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			read := func(string) ([]byte, error) { return []byte(test.before), nil }
			review := &analyzer.Analyzer{Rules: test.rules}
			file := review.Tree(t.Context(), []string{"a.py"}, read).Files[0]
			fixer := fixer{analyzer: review, wants: func(f analyzer.Finding) bool { return fixable(f, false) }}
			done, err := fixer.fix(t.Context(), file, read)
			if err != nil {
				t.Fatal(err)
			}
			want := test.want
			if want == "" {
				want = string(done.before)
			}
			if diff := cmp.Diff(want, string(done.after)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			if len(done.fixed) != test.fixed {
				t.Errorf("%d findings fixed, want %d", len(done.fixed), test.fixed)
			}
		})
	}
}

func TestFixerNoticesThatTheFileChanged(t *testing.T) {
	t.Parallel()
	review := &analyzer.Analyzer{Rules: []*analyzer.Rule{instead("bad", "good")}}
	fixer := fixer{analyzer: review, wants: func(f analyzer.Finding) bool { return fixable(f, false) }}
	file := review.Tree(t.Context(), []string{"a.py"}, func(string) ([]byte, error) { return []byte("bad\n"), nil }).Files[0]
	for _, test := range []struct {
		raw  string
		err  error
		want string
	}{
		{raw: "x = 1\nbad\n", want: "read a.py: the file has changed meanwhile"},
		{raw: "\x00", want: "read a.py: the file has changed meanwhile"},
		{err: errTooLarge, want: "read a.py: larger than 10 MB"},
	} {
		done, err := fixer.fix(t.Context(), file, func(string) ([]byte, error) { return []byte(test.raw), test.err })
		if err == nil || err.Error() != test.want || len(done.fixed) > 0 {
			t.Errorf("%q: %d fixed, error %v; want none, %s", test.raw, len(done.fixed), err, test.want)
		}
	}
}

func TestFixable(t *testing.T) {
	t.Parallel()
	with := func(kind analyzer.FixKind) *analyzer.Fix {
		return &analyzer.Fix{SuggestedFix: analyzer.SuggestedFix{Kind: kind}}
	}
	for _, test := range []struct {
		name         string
		finding      analyzer.Finding
		safe, unsafe bool
	}{
		{name: "no fix"},
		{name: "safe", finding: analyzer.Finding{Fix: with(analyzer.SafeFix)}, safe: true, unsafe: true},
		{name: "unsafe", finding: analyzer.Finding{Fix: with(analyzer.UnsafeFix)}, unsafe: true},
		{name: "suppressed", finding: analyzer.Finding{Fix: with(analyzer.SafeFix), Suppression: &analyzer.Suppression{}}},
	} {
		if got := fixable(test.finding, false); got != test.safe {
			t.Errorf("%s: fixable = %v, want %v", test.name, got, test.safe)
		}
		if got := fixable(test.finding, true); got != test.unsafe {
			t.Errorf("%s: fixable with --unsafe = %v, want %v", test.name, got, test.unsafe)
		}
	}
}

func TestWritePatch(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, before, after, want string }{
		{"same", "a\n", "a\n", ""},
		{"changed", "a\nb\nc\n", "a\nx\nc\n", "@@ -1,3 +1,3 @@\n a\n-b\n+x\n c\n"},
		{"added", "a\n", "a\nb\n", "@@ -1,1 +1,2 @@\n a\n+b\n"},
		{"emptied", "a\n", "", "@@ -1,1 +0,0 @@\n-a\n"},
		{"filled", "", "a\n", "@@ -0,0 +1,1 @@\n+a\n"},
		{"no end before", "a", "a\n", "@@ -1,1 +1,1 @@\n-a\n\\ No newline at end of file\n+a\n"},
		{"no end after", "a\nb\n", "a\nc", "@@ -1,2 +1,2 @@\n a\n-b\n+c\n\\ No newline at end of file\n"},
		{"no end kept", "a\nb", "x\nb", "@@ -1,2 +1,2 @@\n-a\n+x\n b\n\\ No newline at end of file\n"},
		{"windows", "a\r\nb\r\n", "a\r\nx\r\n", "@@ -1,2 +1,2 @@\n a\r\n-b\r\n+x\r\n"},
		{
			"two hunks", "a\n1\n2\n3\n4\n5\n6\n7\nb\n", "x\n1\n2\n3\n4\n5\n6\n7\ny\n",
			"@@ -1,4 +1,4 @@\n-a\n+x\n 1\n 2\n 3\n@@ -6,4 +6,4 @@\n 5\n 6\n 7\n-b\n+y\n",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var patch strings.Builder
			writePatch(&patch, "shop/a.py", []byte(test.before), []byte(test.after))
			want := test.want
			if want != "" {
				want = "--- a/shop/a.py\n+++ b/shop/a.py\n" + want
			}
			if diff := cmp.Diff(want, patch.String()); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			if got := applyPatch(t, test.before, patch.String()); got != test.after {
				t.Errorf("the patch leads to %q, want %q", got, test.after)
			}
		})
	}
}

func TestPatchName(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"a/shop/a.py":        "a/shop/a.py",
		"a/my shop/a.py":     "a/my shop/a.py\t",
		`a/the "shop"/a.py`:  `"a/the \"shop\"/a.py"`,
		`a/back\slash.py`:    `"a/back\\slash.py"`,
		"a/tab\there.py":     `"a/tab\011here.py"`,
		"a/café/\ttables.py": `"a/caf\303\251/\011tables.py"`,
		"a/café/a.py":        "a/café/a.py",
	} {
		if got := patchName(name); got != want {
			t.Errorf("patchName(%q) = %q, want %q", name, got, want)
		}
	}
}

// applyPatch applies a patch as strictly as git does: what it keeps and removes must be there.
func applyPatch(t *testing.T, before, patch string) string {
	t.Helper()
	var after strings.Builder
	rest := strings.SplitAfter(before, "\n")
	at := 1
	take := func() string {
		if len(rest) == 0 {
			t.Fatal("the patch goes beyond the file")
		}
		line := rest[0]
		rest, at = rest[1:], at+1
		return line
	}
	lines := strings.SplitAfter(patch, "\n")
	for i, line := range lines {
		if line == "" || strings.HasPrefix(line, "--- ") || strings.HasPrefix(line, "+++ ") || line[0] == '\\' {
			continue
		}
		if line[0] == '@' {
			var oldStart, oldLines, newStart, newLines int
			if _, err := fmt.Sscanf(line, "@@ -%d,%d +%d,%d @@", &oldStart, &oldLines, &newStart, &newLines); err != nil {
				t.Fatal(err)
			}
			for at < oldStart || oldLines == 0 && at <= oldStart {
				after.WriteString(take())
			}
			continue
		}
		text := line[1:]
		if strings.HasPrefix(lines[i+1], `\`) {
			text = strings.TrimSuffix(text, "\n")
		}
		if line[0] != '+' {
			if old := take(); old != text {
				t.Fatalf("the patch says %q, the file %q", text, old)
			}
		}
		if line[0] != '-' {
			after.WriteString(text)
		}
	}
	return after.String() + strings.Join(rest, "")
}
