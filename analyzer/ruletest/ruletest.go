// Package ruletest checks a rule against its own folder: page, cases and fixes.
package ruletest

import (
	"iter"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/python"
	"github.com/djleak/djleak/analyzer/rulepage"
)

// Run checks that the folder of the calling test is whole:
//   - its name is the rule's, its page has all sections, its example is reported and its remedy is not;
//   - testdata/bad.py is reported exactly where a comment # want "part of the message" says so;
//   - testdata/good.py, the nearest innocent neighbours, is silent;
//   - more of either, for other projects, are testdata/bad_<what>.py and testdata/good_<what>.py;
//   - testdata/fixed.py, for a rule with fixes, is bad.py with the fixes applied; what they mend is silent;
//   - proof.py measures what the page claims, or the page says why nothing does, in a sentence that begins with "Not measured:";
//   - each fix survives CRLF, tabs, a byte order mark and a missing final newline.
//
// A first line "# some/path.py" of a case or of an example says where it stands in a project, and a line
// "# Procfile: web: daphne shop.asgi:application" or "# requirements.txt: Django==1.11.29" gives the project a file beside it. A
// case in another language than Python is called bad.ini, for example.
func Run(t *testing.T, rule *analyzer.Rule) {
	t.Helper()
	_, caller, _, ok := runtime.Caller(1)
	if !ok {
		t.Fatal("the caller of ruletest.Run is unknown")
	}
	folder := filepath.Dir(caller)
	t.Run("name", func(t *testing.T) {
		t.Parallel()
		if got, want := filepath.Base(folder), strings.ReplaceAll(rule.Name, "-", ""); got != want {
			t.Errorf("the folder of %s is %s, want %s", rule.Name, got, want)
		}
	})
	t.Run("page", func(t *testing.T) {
		t.Parallel()
		checkPage(t, rule)
	})
	t.Run("proof", func(t *testing.T) {
		t.Parallel()
		if _, err := os.Stat(filepath.Join(folder, "proof.py")); err != nil && !strings.Contains(rule.Doc, "Not measured: ") {
			t.Error("there is neither a proof.py (.ci/proof/proof tells how) nor, on the page, a sentence that begins with \"Not measured:\"")
		}
	})
	t.Run("bad", func(t *testing.T) {
		t.Parallel()
		for name, code := range cases(t, folder, "bad") {
			checkBad(t, rule, name, code)
		}
	})
	t.Run("good", func(t *testing.T) {
		t.Parallel()
		for name, code := range cases(t, folder, "good") {
			for _, f := range analyse(t, rule, code) {
				t.Errorf("%s:%d is reported: %s", name, f.Region.StartLine, f.Message)
			}
		}
	})
	if rule.Fix != analyzer.NoFix {
		t.Run("fixed", func(t *testing.T) {
			t.Parallel()
			checkFixed(t, rule, folder)
		})
	}
}

// cases yields the case of a name and the others that begin with it, each with the name of its file.
func cases(t *testing.T, folder, name string) iter.Seq2[string, string] {
	t.Helper()
	readCase(t, folder, name)
	files, err := filepath.Glob(filepath.Join(folder, "testdata", name+"[._]*"))
	if err != nil {
		t.Fatal(err)
	}
	return func(yield func(file, code string) bool) {
		for _, file := range files {
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if !yield(filepath.Base(file), string(raw)) {
				return
			}
		}
	}
}

func readCase(t *testing.T, folder, name string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "testdata", name+".*"))
	if err != nil || len(files) != 1 {
		t.Fatalf("%s has not one testdata/%s but %v", folder, name, files)
	}
	raw, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func analyse(t *testing.T, rule *analyzer.Rule, code string) []analyzer.Finding {
	t.Helper()
	a := &analyzer.Analyzer{Rules: []*analyzer.Rule{rule}, Project: rulepage.Project(code)}
	result := a.Tree(t.Context(), []string{rulepage.Path(code)}, func(string) ([]byte, error) { return []byte(code), nil })
	file := result.Files[0]
	if file.State != analyzer.Analysed || len(file.FailedRules) > 0 {
		t.Fatalf("the case was not analysed whole: %v", file.Notices)
	}
	return file.Findings
}

// Levels returns the severity and the confidence of every finding in a case, such as "medium/high", in the order of the
// code; "low/medium/preview" is that of a form in preview.
func Levels(t *testing.T, rule *analyzer.Rule, code string) []string {
	t.Helper()
	var levels []string
	for _, f := range analyse(t, rule, code) {
		level := f.Severity.String() + "/" + f.Confidence.String()
		if f.Preview {
			level += "/" + analyzer.Preview.String()
		}
		levels = append(levels, level)
	}
	return levels
}

func checkPage(t *testing.T, rule *analyzer.Rule) {
	t.Helper()
	if want := "# " + rule.Name + "\n"; !strings.HasPrefix(rule.Doc, want) {
		t.Errorf("the page does not begin with %q", want)
	}
	at := 0
	for _, section := range rulepage.Sections {
		i := strings.Index(rule.Doc[at:], "\n## "+section+"\n")
		if i < 0 {
			t.Fatalf("the page has no section %q behind the one before it", section)
		}
		at += i
	}
	if len(rulepage.Code(rule.Doc, rulepage.Bad)) == 0 || len(rulepage.Code(rule.Doc, rulepage.Remedy)) == 0 {
		t.Error("the page lacks the code of its example or of its remedy")
	}
	for _, code := range rulepage.Code(rule.Doc, rulepage.Bad) {
		told := func(f analyzer.Finding) bool { return !f.Preview }
		if !slices.ContainsFunc(analyse(t, rule, code), told) {
			t.Errorf("the page's example is not reported, or only in preview:\n%s", code)
		}
	}
	for _, code := range rulepage.Code(rule.Doc, rulepage.Remedy) {
		for _, f := range analyse(t, rule, code) {
			t.Errorf("the page's remedy is reported: %s", f.Message)
		}
	}
}

var want = regexp.MustCompile(`# want((?: "[^"]*")+)`)

// checkBad compares the findings with the want comments, line by line.
func checkBad(t *testing.T, rule *analyzer.Rule, name, code string) {
	t.Helper()
	expected := map[int][]string{}
	for i, line := range strings.Split(code, "\n") {
		if match := want.FindStringSubmatch(line); match != nil {
			for _, quoted := range regexp.MustCompile(`"([^"]*)"`).FindAllStringSubmatch(match[1], -1) {
				expected[i+1] = append(expected[i+1], quoted[1])
			}
		}
	}
	if len(expected) == 0 {
		t.Fatal(name + " expects nothing")
	}
	for _, f := range analyse(t, rule, code) {
		line := f.Region.StartLine
		i := slices.IndexFunc(expected[line], func(part string) bool { return strings.Contains(f.Message, part) })
		if i < 0 {
			t.Errorf("%s:%d is reported without being expected: %s", name, line, f.Message)
			continue
		}
		expected[line] = slices.Delete(expected[line], i, i+1)
		if strings.Contains(f.Message, "\n") || strings.HasSuffix(f.Message, ".") {
			t.Errorf("%s:%d: a message is one line without a full stop: %q", name, line, f.Message)
		}
	}
	for line, parts := range expected {
		for _, part := range parts {
			t.Errorf("%s:%d is not reported: %q", name, line, part)
		}
	}
}

// Fix applies the proven fixes of all findings, each on the result of the one before.
func Fix(t *testing.T, rule *analyzer.Rule, code string) (fixed string, applied int) {
	t.Helper()
	for range 100 {
		findings := analyse(t, rule, code)
		i := slices.IndexFunc(findings, func(f analyzer.Finding) bool { return f.Fix != nil })
		if i < 0 {
			return code, applied
		}
		after := apply(t, code, findings[i])
		if got := len(analyse(t, rule, after)); got >= len(findings) {
			t.Fatalf("the fix of line %d leaves %d of %d findings", findings[i].Region.StartLine, got, len(findings))
		}
		checkLines(t, code, after, findings[i].Fix.Lines)
		code, applied = after, applied+1
	}
	t.Fatal("the fixes do not end")
	return "", 0
}

// apply applies the fix of a finding to the file's bytes, as djleak fix does: decoded, edited, encoded again.
func apply(t *testing.T, code string, f analyzer.Finding) string {
	t.Helper()
	source, err := python.Decode([]byte(code))
	if err != nil {
		t.Fatal(err)
	}
	text, ok := analyzer.Apply(source.Text, f.Fix.Edits)
	if !ok {
		t.Fatalf("the edits of line %d overlap", f.Region.StartLine)
	}
	raw, err := source.Encode(text)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// checkLines checks that the replacements of whole lines, which reviewers see, come to the same as the edits.
func checkLines(t *testing.T, before, after string, edits []analyzer.LineEdit) {
	t.Helper()
	before, mark := strings.CutPrefix(before, byteOrderMark)
	if mark {
		after = strings.TrimPrefix(after, byteOrderMark)
	}
	lines := strings.SplitAfter(before, "\n")
	for _, edit := range slices.Backward(edits) {
		var replacement []string
		if !edit.Delete {
			end := lines[edit.EndLine-1][len(strings.TrimRight(lines[edit.EndLine-1], "\r\n")):]
			replacement = []string{edit.NewText + end}
		}
		lines = slices.Replace(lines, edit.StartLine-1, edit.EndLine, replacement...)
	}
	if diff := cmp.Diff(after, strings.Join(lines, "")); diff != "" {
		t.Errorf("the fix as whole lines differs from its edits (-edits +lines):\n%s", diff)
	}
}

func checkFixed(t *testing.T, rule *analyzer.Rule, folder string) {
	t.Helper()
	bad := readCase(t, folder, "bad")
	got, applied := Fix(t, rule, bad)
	if applied == 0 {
		t.Fatal("no fix was offered for bad.py")
	}
	name := filepath.Join(folder, "testdata", "fixed.py")
	if os.Getenv("DJLEAK_UPDATE") != "" {
		if err := os.WriteFile(name, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(readCase(t, folder, "fixed"), got); diff != "" {
		t.Errorf("fixed.py is not bad.py with the fixes applied (-fixed.py +applied):\n%s", diff)
	}
	for name, convert := range layouts {
		before := convert(bad)
		after, n := Fix(t, rule, before)
		if n != applied {
			t.Errorf("with %s %d fixes are offered, want %d", name, n, applied)
		}
		if diff := cmp.Diff(convert(got), after); diff != "" {
			t.Errorf("a fix does not survive %s (-want +got):\n%s", name, diff)
		}
	}
}

const byteOrderMark = "\ufeff"

// layouts are the ways to write the same code that a fix must keep.
var layouts = map[string]func(code string) string{
	"CRLF":              func(code string) string { return strings.ReplaceAll(code, "\n", "\r\n") },
	"tabs":              func(code string) string { return strings.ReplaceAll(code, "    ", "\t") },
	"a byte order mark": func(code string) string { return byteOrderMark + code },
	"no final newline":  func(code string) string { return strings.TrimRight(code, "\n") },
}
