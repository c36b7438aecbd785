package analyzer_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/change"
	"github.com/djleak/djleak/analyzer/python"
)

// leaks reports every call of leak, with a fix that calls keep instead.
func leaks() *analyzer.Rule {
	return &analyzer.Rule{
		Name: "leaks", Doc: "# leaks\n\nCalls of leak.\n", Severity: analyzer.High, Confidence: analyzer.HighConfidence,
		Fix: analyzer.SafeFix, Status: analyzer.Stable, Files: analyzer.AnyFile,
		Run: func(pass *analyzer.Pass) {
			for _, call := range pass.Calls {
				if name, ok := call.Func.(*python.Name); ok && name.Id == "leak" {
					pass.Report(analyzer.Diagnostic{
						Span: call.Span, Message: "A leak",
						Fixes: []analyzer.SuggestedFix{{
							Message: "Keep it", Kind: analyzer.SafeFix, Edits: []analyzer.TextEdit{analyzer.Replace(name, "keep")},
						}},
					})
				}
			}
		},
	}
}

func newAnalyzer(rules ...*analyzer.Rule) *analyzer.Analyzer {
	all := slices.Concat(rules, []*analyzer.Rule{analyzer.UnusedSuppression})
	a := &analyzer.Analyzer{Rules: all}
	for _, rule := range all {
		a.Known = append(a.Known, rule.Name)
	}
	return a
}

func check(t *testing.T, a *analyzer.Analyzer, code string) analyzer.FileResult {
	t.Helper()
	result := a.Tree(t.Context(), []string{"app.py"}, func(string) ([]byte, error) { return []byte(code), nil })
	return result.Files[0]
}

// lines describes findings as line:rule, with + for a fix and - for a suppressed one.
func lines(findings []analyzer.Finding) string {
	var parts []string
	for _, f := range findings {
		mark := ""
		if f.Suppression != nil {
			mark = "-"
		}
		if f.Fix != nil {
			mark += "+"
		}
		parts = append(parts, fmt.Sprintf("%d:%s%s", f.Region.StartLine, f.Rule.Name, mark))
	}
	return strings.Join(parts, " ")
}

func TestUncalledCodeIsInPreview(t *testing.T) {
	t.Parallel()
	const code = "def f():\n    leak()\n\n# Not used any more.\ndef g():\n    leak()\n\n# Not used any more.\ndef h():\n    leak()\n\nh()\n"
	var got []bool
	for _, f := range check(t, newAnalyzer(leaks()), code).Findings {
		got = append(got, f.Preview)
	}
	if diff := cmp.Diff([]bool{false, true, false}, got); diff != "" {
		t.Errorf("preview (-want +got):\n%s", diff)
	}
}

func TestForeignCodeIsInPreview(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]bool{"shop/views.py": false, "third_party/shop/views.py": true} {
		result := newAnalyzer(leaks()).Tree(t.Context(), []string{path}, func(string) ([]byte, error) { return []byte("leak()\n"), nil })
		if findings := result.Files[0].Findings; len(findings) != 1 || findings[0].Preview != want {
			t.Errorf("%s: %v, want one finding, in preview: %t", path, findings, want)
		}
	}
}

func TestSuppression(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, code, want string }{
		{"none", "leak()\n", "1:leaks+"},
		{"on the line", "leak()  # djleak: ignore[leaks] -- small\n", "1:leaks-+"},
		{"without a reason", "leak()  # djleak: ignore[leaks]\n", "1:leaks-+"},
		{"of several", "leak()  # djleak: ignore[other-rule, leaks] -- small\n", "1:leaks-+ 1:unused-suppression+"},
		{"above", "# djleak: ignore[leaks] -- small\nleak()\n", "2:leaks-+"},
		{"above, indented", "if x:\n    # djleak: ignore[leaks]\n    leak()\n", "3:leaks-+"},
		{"above another comment", "# djleak: ignore[leaks]\n# why\nleak()\n", "1:unused-suppression+ 3:leaks+"},
		{"two above", "# djleak: ignore[leaks]\n# djleak: ignore[other]\nleak()\n", "2:unused-suppression+ 3:leaks-+"},
		{"behind code above", "x = 1  # djleak: ignore[leaks]\nleak()\n", "1:unused-suppression+ 2:leaks+"},
		{"too far above", "# djleak: ignore[leaks]\n\nleak()\n", "1:unused-suppression+ 3:leaks+"},
		{"on the last line of a call", "leak(\n    1,\n)  # djleak: ignore[leaks]\n", "1:leaks-+"},
		{"another line", "leak()\nx = 1  # djleak: ignore[leaks]\n", "1:leaks+ 2:unused-suppression+"},
		{"not a comment", "x = '# djleak: ignore[leaks]'; leak()\n", "1:leaks+"},
		{"not the syntax", "leak()  # djleak: ignore leaks\n", "1:leaks+"},
		{"of the file", "# djleak: ignore-file[leaks] -- a script\nleak()\nleak()\n", "2:leaks-+ 3:leaks-+"},
		{"of the file, below a shebang", "#!/usr/bin/env python\n# djleak: ignore-file[leaks]\n\nleak()\n", "4:leaks-+"},
		{"of the file, too late", "x = 1\n# djleak: ignore-file[leaks]\nleak()\n", "2:unused-suppression+ 3:leaks+"},
		{"behind another comment", "leak()  # noqa: E501  # djleak: ignore[leaks] -- small\n", "1:leaks-+"},
		{"quoted in a comment", "leak()  # write '# djleak: ignore[leaks]'\n", "1:leaks+"},
		{"tight", "leak() #djleak:ignore[leaks]--small\n", "1:leaks-+"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if got := lines(check(t, newAnalyzer(leaks()), test.code).Findings); got != test.want {
				t.Errorf("findings = %q, want %q", got, test.want)
			}
		})
	}
}

func TestUnusedSuppressionIsDeleted(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, code, want string }{
		{"on a line of code", "x = 1  # djleak: ignore[leaks] -- small\n", "x = 1\n"},
		{"alone", "if x:\n    # djleak: ignore[leaks]\n    y()\n", "if x:\n    y()\n"},
		{"alone, with a carriage return", "x = 1\r\n# djleak: ignore[leaks]\r\n", "x = 1\r\n"},
		{"alone, without a line's end", "x = 1\n# djleak: ignore[leaks]", "x = 1\n"},
		{"behind another comment", "x = 1  # noqa: E501  # djleak: ignore[leaks]\n", "x = 1  # noqa: E501\n"},
		{"one of two", "leak()  # djleak: ignore[other, leaks] -- small\n", "leak()  # djleak: ignore[leaks] -- small\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			findings := check(t, newAnalyzer(leaks()), test.code).Findings
			i := slices.IndexFunc(findings, func(f analyzer.Finding) bool { return f.Rule == analyzer.UnusedSuppression })
			if i < 0 || findings[i].Fix == nil {
				t.Fatalf("findings = %q, want an unused suppression with a fix", lines(findings))
			}
			if got, ok := analyzer.Apply(test.code, findings[i].Fix.Edits); !ok || got != test.want {
				t.Errorf("fixed = %q, want %q", got, test.want)
			}
		})
	}
}

func TestSuppressionKeepsItsReason(t *testing.T) {
	t.Parallel()
	file := check(t, newAnalyzer(leaks()), "leak()  # djleak: ignore[leaks] -- twenty rows -- always  \n")
	if got, want := file.Findings[0].Suppression.Reason, "twenty rows -- always"; got != want {
		t.Errorf("Reason = %q, want %q", got, want)
	}
}

func TestUnusedSuppressionNeedsItsRuleToRun(t *testing.T) {
	t.Parallel()
	const code = "x = 1  # djleak: ignore[leaks]\n"
	a := &analyzer.Analyzer{Rules: []*analyzer.Rule{analyzer.UnusedSuppression}, Known: []string{"leaks"}}
	if got := lines(check(t, a, code).Findings); got != "" {
		t.Errorf("a rule that was not selected: findings = %q, want none", got)
	}
	a.Known = nil
	if got := lines(check(t, a, code).Findings); got != "1:unused-suppression+" {
		t.Errorf("a rule that does not exist: findings = %q, want 1:unused-suppression+", got)
	}
}

func TestFixIsProven(t *testing.T) {
	t.Parallel()
	fix := func(edits ...analyzer.TextEdit) *analyzer.Rule {
		rule := leaks()
		run := rule.Run
		rule.Run = func(pass *analyzer.Pass) {
			inner := *pass
			run(&inner)
			for _, call := range pass.Calls {
				if name, ok := call.Func.(*python.Name); ok && name.Id == "leak" {
					pass.Report(analyzer.Diagnostic{Span: call.Span, Message: "A leak", Fixes: []analyzer.SuggestedFix{{Edits: edits}}})
				}
			}
		}
		return rule
	}
	span := func(start, end int32) python.Span { return python.Span{Start: start, End: end} }
	for _, test := range []struct {
		name  string
		edits []analyzer.TextEdit
		want  bool
	}{
		{"mends", []analyzer.TextEdit{{Span: span(0, 4), NewText: "keep"}}, true},
		{"does not parse", []analyzer.TextEdit{{Span: span(0, 4), NewText: "keep("}}, false},
		{"changes nothing", []analyzer.TextEdit{{Span: span(0, 4), NewText: "leak"}}, false},
		{"leaves the finding", []analyzer.TextEdit{{Span: span(0, 0), NewText: "x = "}}, false},
		{"brings another", []analyzer.TextEdit{{Span: span(0, 6), NewText: "leak(); leak()"}}, false},
		{"overlaps itself", []analyzer.TextEdit{{Span: span(0, 4), NewText: "a"}, {Span: span(2, 6), NewText: "b"}}, false},
		{"leaves the file", []analyzer.TextEdit{{Span: span(0, 400), NewText: "a"}}, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			file := check(t, newAnalyzer(fix(test.edits...)), "leak()\n")
			if got := file.Findings[0].Fix != nil; got != test.want {
				t.Errorf("the fix is offered: %v, want %v", got, test.want)
			}
		})
	}
}

func TestFixThatNobodySeesIsNotProven(t *testing.T) {
	t.Parallel()
	a := newAnalyzer(leaks())
	a.Shown = func(f analyzer.Finding) bool {
		return f.Region.StartLine > 1 && f.Confidence == analyzer.HighConfidence
	}
	if got, want := lines(check(t, a, "leak()\nleak()\n").Findings), "1:leaks 2:leaks+"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestCrashOfARule(t *testing.T) {
	t.Parallel()
	crash := &analyzer.Rule{Name: "crash", Files: analyzer.AnyFile, Run: func(*analyzer.Pass) { panic("oh") }}
	file := check(t, newAnalyzer(crash, leaks()), "leak()  # djleak: ignore[crash]\n")
	if diff := cmp.Diff([]string{"crash"}, file.FailedRules); diff != "" {
		t.Errorf("FailedRules (-want +got):\n%s", diff)
	}
	if got := lines(file.Findings); got != "1:leaks+" {
		t.Errorf("findings of the other rule = %q, want 1:leaks+", got)
	}
	if len(file.Notices) != 1 || !strings.Contains(file.Notices[0].Message, "crash") {
		t.Errorf("Notices = %v, want one that names the rule", file.Notices)
	}
}

func TestSeverityIsCapped(t *testing.T) {
	t.Parallel()
	rule := leaks()
	rule.Confidence = analyzer.MediumConfidence
	if got := check(t, newAnalyzer(rule), "leak()\n").Findings[0].Severity; got != analyzer.Medium {
		t.Errorf("Severity without high confidence = %s, want medium", got)
	}
}

func TestRegion(t *testing.T) {
	t.Parallel()
	long := "leak(\n" + strings.Repeat("    1,\n", 20) + ")\n"
	region := check(t, newAnalyzer(leaks()), "x = 1\n"+long).Findings[0].Region
	if region.StartLine != 2 || region.EndLine != 2 || region.StartColumn != 1 || region.EndColumn != 6 {
		t.Errorf("a region of more than 16 lines = %+v, want line 2, columns 1 to 6", region)
	}
	region = check(t, newAnalyzer(leaks()), "é = leak(\n  1)\n").Findings[0].Region
	if want := (analyzer.Region{StartLine: 1, StartColumn: 6, EndLine: 2, EndColumn: 5, Start: 5, End: 15}); region != want {
		t.Errorf("Region = %+v, want %+v", region, want)
	}
}

func TestStates(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, code string
		state      analyzer.FileState
		findings   string
		notice     string
	}{
		{"whole", "leak()\n", analyzer.Analysed, "1:leaks+", ""},
		{"empty", "", analyzer.Analysed, "", ""},
		{"a broken statement", "x = = 1\nleak()\n", analyzer.Broken, "2:leaks", "only the intact parts"},
		{"another encoding", "# coding: utf-16\nleak()\n", analyzer.Unread, "", "utf-16"},
		{"latin-1", "# coding: latin-1\nx = '\xe9'\nleak()\n", analyzer.Analysed, "3:leaks+", ""},
		{"wrong UTF-8", "x = '\xe9'\nleak()\n", analyzer.Unread, "", "UTF-8"},
		{"generated", "# @generated\nleak()\n", analyzer.Analysed, "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			file := check(t, newAnalyzer(leaks()), test.code)
			if file.State != test.state || lines(file.Findings) != test.findings {
				t.Errorf("state %d, findings %q; want %d, %q", file.State, lines(file.Findings), test.state, test.findings)
			}
			if got := fmt.Sprint(file.Notices); !strings.Contains(strings.ToLower(got), strings.ToLower(test.notice)) || (test.notice == "") != (len(file.Notices) == 0) {
				t.Errorf("Notices = %s, want one with %q", got, test.notice)
			}
		})
	}
}

func TestUnreadable(t *testing.T) {
	t.Parallel()
	result := newAnalyzer(leaks()).Tree(t.Context(), []string{"a.py"}, func(string) ([]byte, error) { return nil, errors.New("no such disk") })
	want := []analyzer.Notice{{Path: "a.py", Message: "not read: no such disk"}}
	if diff := cmp.Diff(want, result.Files[0].Notices); diff != "" || result.Files[0].State != analyzer.Unread {
		t.Errorf("state %d, Notices (-want +got):\n%s", result.Files[0].State, diff)
	}
}

func TestStop(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	result := newAnalyzer(leaks()).Tree(ctx, []string{"a.py", "b.py"}, func(string) ([]byte, error) { return []byte("leak()"), nil })
	for _, file := range result.Files {
		if file.State != analyzer.Unread || len(file.Notices) != 1 {
			t.Errorf("%s after the stop: %+v, want unread with one notice", file.Path, file)
		}
	}
}

// review compares two versions of app.py.
func review(t *testing.T, file change.File) analyzer.FileResult {
	t.Helper()
	file.Hunks = change.Diff(file.Base, file.Head)
	return newAnalyzer(leaks()).Review(t.Context(), change.Change{Files: []change.File{file}}).Files[0]
}

// news describes the findings of the head as line, with ! for a new one and + for one on a changed line.
func news(findings []analyzer.Finding) string {
	var parts []string
	for _, f := range findings {
		part := fmt.Sprint(f.Region.StartLine)
		if f.New {
			part += "!"
		}
		if f.Added {
			part += "+"
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, " ")
}

func TestReview(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, base, head, want string
		fixed                  int
	}{
		{"unchanged", "leak()\nx = 1\n", "leak()\nx = 2\n", "1", 0},
		{"new", "x = 1\n", "x = 1\nleak()\n", "2!+", 0},
		{"fixed", "leak()\n", "keep()\n", "", 1},
		{"moved down", "leak()\n", "a = 1\nb = 2\nleak()\n", "3", 0},
		{"moved elsewhere", "def f():\n    leak()\na = 1\nb = 2\nc = 3\n", "a = 1\nb = 2\nc = 3\ndef f():\n    leak()\n", "5+", 0},
		{"a second one", "leak()\n", "leak()\nleak()\n", "1 2!+", 0},
		{"one of two fixed", "leak()\nleak()\n", "leak()\n", "1", 1},
		{"class renamed", "class A:\n    x = leak()\n", "class B:\n    x = leak()\n", "2", 0},
		{"function renamed and grown", "def f():\n    leak()\n", "def g():\n    a = 1\n    leak()\n", "3", 0},
		{"formatted", "leak('a', 'b')\n", "leak(\n    \"a\",\n    \"b\",\n)\n", "1+", 0},
		{"argument changed", "leak(1)\n", "leak(2)\n", "1!+", 0},
		{"one changed, one fixed", "leak(1)\nleak(2)\n", "leak(3)\n", "1!+", 1},
		{"fixed here, new there", "def f():\n    leak(1)\n", "def f():\n    pass\ndef g():\n    leak(2)\n", "4!+", 1},
		{"suppression taken away", "leak()  # djleak: ignore[leaks]\n", "leak()\n", "1!+", 0},
		{"suppression added", "leak()\n", "leak()  # djleak: ignore[leaks]\n", "1+", 0},
		{"fixed with its suppression", "leak()  # djleak: ignore[leaks]\n", "keep()\n", "", 0},
		{"gone in a file that does not parse", "leak()\n", "x = = 1\n", "", 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			result := review(t, change.File{Path: "app.py", OldPath: "app.py", Base: []byte(test.base), Head: []byte(test.head)})
			if got := news(result.Findings); got != test.want || len(result.Fixed) != test.fixed {
				t.Errorf("findings %q, fixed %v; want %q, %d", got, result.Fixed, test.want, test.fixed)
			}
		})
	}
}

// TestHalfReadable has changes only one side of which can be analysed: no old finding is new, none counts as fixed.
func TestHalfReadable(t *testing.T) {
	t.Parallel()
	const pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n"
	tests := map[string]struct{ base, head, want string }{
		"base of no known encoding": {"# coding: klingon\nleak()\n", "leak()\n", "not read: in the base: unknown encoding: klingon"},
		"binary base":               {"leak()\x00\n", "leak()\n", "not read: in the base: source code cannot contain null bytes"},
		"base in LFS":               {pointer, "leak()\n", "not read: in the base, it is kept in Git LFS"},
		"head in LFS":               {"leak()\n", pointer, "not read: kept in Git LFS"},
		"head of no known encoding": {"leak()\n", "# coding: klingon\nleak()\n", "unknown encoding: klingon"},
		"said to be generated":      {"leak()\n", "# @generated\nleak()\nleak()\n", "not read: the change adds a header that says it is generated"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := review(t, change.File{Path: "app.py", OldPath: "app.py", Base: []byte(test.base), Head: []byte(test.head)})
			if len(file.Notices) != 1 || file.Notices[0].Message != test.want {
				t.Errorf("notices %v, want %q", file.Notices, test.want)
			}
			if file.State != analyzer.Unread || len(file.Findings) > 0 {
				t.Errorf("state %v, findings %s", file.State, news(file.Findings))
			}
		})
	}
	generated := change.File{Path: "app.py", OldPath: "app.py", Base: []byte("# @generated\n"), Head: []byte("# @generated\nleak()\n")}
	if file := review(t, generated); file.State != analyzer.Analysed || len(file.Findings) > 0 || len(file.Notices) > 0 {
		t.Errorf("a generated file: %+v", file)
	}
}

func TestReviewOfWholeFiles(t *testing.T) {
	t.Parallel()
	leaky := []byte("def f():\n    leak()\n")
	for _, test := range []struct {
		name  string
		file  change.File
		state analyzer.FileState
		want  string
		fixed int
	}{
		{"added", change.File{Path: "app.py", Status: change.Added, Head: leaky}, analyzer.Analysed, "2!+", 0},
		{"deleted", change.File{Path: "app.py", OldPath: "app.py", Status: change.Deleted, Base: leaky}, analyzer.Deleted, "", 1},
		{"renamed", change.File{Path: "b.py", OldPath: "app.py", Status: change.Renamed, Base: leaky, Head: leaky}, analyzer.Analysed, "2", 0},
		{"unread", change.File{Path: "app.py", OldPath: "app.py", Unread: "larger than 10 MB"}, analyzer.Unread, "", 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			result := review(t, test.file)
			if got := news(result.Findings); got != test.want || result.State != test.state || len(result.Fixed) != test.fixed {
				t.Errorf("state %d, findings %q, fixed %v; want %d, %q, %d", result.State, got, result.Fixed, test.state, test.want, test.fixed)
			}
		})
	}
}

func TestFingerprintFollowsRenames(t *testing.T) {
	t.Parallel()
	code := []byte("leak()\n")
	before := review(t, change.File{Path: "a.py", OldPath: "a.py", Base: []byte("x = 1\n"), Head: code})
	after := review(t, change.File{Path: "b.py", OldPath: "a.py", Status: change.Renamed, Base: []byte("x = 1\n"), Head: code})
	other := review(t, change.File{Path: "b.py", Status: change.Added, Head: code})
	if before.Findings[0].Fingerprint != after.Findings[0].Fingerprint {
		t.Error("the fingerprint changes with a rename")
	}
	if other.Findings[0].Fingerprint == after.Findings[0].Fingerprint {
		t.Error("the fingerprint does not tell two files apart")
	}
}

func TestAddedSuppressions(t *testing.T) {
	t.Parallel()
	result := review(t, change.File{
		Path: "app.py", OldPath: "app.py",
		Base: []byte("leak()  # djleak: ignore[leaks] -- old\nleak()\n"),
		Head: []byte("leak()  # djleak: ignore[leaks] -- old\nleak()  # djleak: ignore[leaks] -- new\n"),
	})
	if len(result.AddedSuppressions) != 1 || result.AddedSuppressions[0].Reason != "new" {
		t.Errorf("AddedSuppressions = %+v, want the new one", result.AddedSuppressions)
	}
}

func TestOrderIsStable(t *testing.T) {
	t.Parallel()
	code := strings.Repeat("leak(1)\nleak(2)\n", 50)
	want := check(t, newAnalyzer(leaks()), code).Findings
	for range 5 {
		got := check(t, newAnalyzer(leaks()), code).Findings
		for i := range want {
			if got[i].Fingerprint != want[i].Fingerprint || got[i].Region != want[i].Region {
				t.Fatalf("finding %d differs between two runs", i)
			}
		}
	}
}
