package github_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/change"
	"github.com/djleak/djleak/annotate"
	"github.com/djleak/djleak/annotate/github/githubtest"
)

// A randomDiff is a file's new text, and the patch that GitHub would show of how it came about.
type randomDiff struct {
	lines []string
	patch string
}

// A patchRow is a line of a diff, with the numbers that it has on both sides, or that what comes next has.
type patchRow struct {
	op       byte
	text     string
	old, now int
}

// newRandomDiff writes a module line by line, keeping, adding and removing some, and its patch.
func newRandomDiff(r *rand.Rand) randomDiff {
	var rows []patchRow
	d := randomDiff{}
	old, calm := 1, 1+r.IntN(12)
	for range r.IntN(80) {
		text := strings.Repeat("    ", r.IntN(4)) + []string{
			"x = 1", "def f(a):", "class A:", "", "async def g():", "return {", "}", "# \u00e9", "'''", "```", "y = [i for i in a]",
		}[r.IntN(11)]
		op := byte(' ')
		if r.IntN(calm) == 0 {
			op = "+-"[r.IntN(2)]
		}
		rows = append(rows, patchRow{op, text, old, len(d.lines) + 1})
		if op != '-' {
			d.lines = append(d.lines, text)
		}
		if op != '+' {
			old++
		}
	}
	d.patch = patchOf(rows)
	return d
}

// patchOf makes hunks with three lines of context, as git does.
func patchOf(rows []patchRow) string {
	const context = 3
	var patch strings.Builder
	for i := 0; i < len(rows); {
		if rows[i].op == ' ' {
			i++
			continue
		}
		start, end := max(0, i-context), i
		for j := i; j < len(rows) && j <= end+2*context; j++ {
			if rows[j].op != ' ' {
				end = j
			}
		}
		i = min(len(rows), end+context+1)
		patch.WriteString(hunkOf(rows[start:i]))
	}
	return strings.TrimSuffix(patch.String(), "\n")
}

func hunkOf(rows []patchRow) string {
	gone, come := 0, 0
	var text strings.Builder
	for _, row := range rows {
		if row.op != '+' {
			gone++
		}
		if row.op != '-' {
			come++
		}
		text.WriteString(string(row.op) + row.text + "\n")
	}
	old, now := rows[0].old, rows[0].now
	if gone == 0 {
		old--
	}
	if come == 0 {
		now--
	}
	return fmt.Sprintf("@@ -%d,%d +%d,%d @@\n%s", old, gone, now, come, text.String())
}

// finding stands anywhere in the new text, and may come with a fix of lines around it.
func (d randomDiff) finding(r *rand.Rand, path string, n int) analyzer.Finding {
	first := 1 + r.IntN(len(d.lines)+1)
	f := analyzer.Finding{
		Rule: leakRule, Path: path, Severity: analyzer.Severity(1 + r.IntN(3)), Confidence: analyzer.HighConfidence, New: true,
		Region:      analyzer.Region{StartLine: first, EndLine: first + r.IntN(6), StartColumn: 1, EndColumn: 1 + r.IntN(3), Start: first, End: first},
		Scope:       []string{"", "A.f"}[r.IntN(2)],
		Message:     "`x` is kept",
		Fingerprint: fmt.Sprintf("%032x", n),
	}
	if r.IntN(2) == 0 {
		return f
	}
	f.Fix = &analyzer.Fix{SuggestedFix: analyzer.SuggestedFix{Kind: analyzer.SafeFix, Message: "Let it go"}}
	for at := max(1, first-r.IntN(4)); at <= len(d.lines) && len(f.Fix.Lines) < 3; {
		edit := analyzer.LineEdit{
			StartLine: at, EndLine: min(at+r.IntN(2), len(d.lines)),
			NewText: []string{"", "z = 1", "z = 1\n```", d.lines[at-1]}[r.IntN(4)],
		}
		edit.Delete = edit.NewText == "" && r.IntN(2) == 0
		f.Fix.Lines = append(f.Fix.Lines, edit)
		at = edit.EndLine + 1 + r.IntN(3)
	}
	return f
}

// Any diff, any findings: GitHub takes every comment where it stands, and a suggestion that is committed does what the fix
// does. DJLEAK_DIFFS=100000 holds it against that many diffs.
func TestAnchorsOfRandomDiffs(t *testing.T) {
	t.Parallel()
	diffs, err := strconv.Atoi(os.Getenv("DJLEAK_DIFFS"))
	if err != nil {
		diffs = 3_000
	}
	seen := map[string]int{}
	for seed := range diffs {
		checkAnchors(t, rand.New(rand.NewPCG(uint64(seed), 1)), seen) //nolint:gosec // The same diffs each time.
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
	// A property of what never happens proves nothing.
	for _, what := range []string{"one line", "several lines", "suggestion", "outside the diff"} {
		t.Logf("%d diffs: %d times %s", diffs, seen[what], what)
		if seen[what] < diffs/100 {
			t.Errorf("only %d of %d diffs had: %s", seen[what], diffs, what)
		}
	}
}

func checkAnchors(t *testing.T, r *rand.Rand, seen map[string]int) {
	t.Helper()
	var (
		result  = analyzer.Result{RuleNames: []string{leakRule.Name}}
		diff    change.Change
		patches = map[string]string{}
		texts   = map[string][]string{}
		fixes   = map[string][]analyzer.LineEdit{}
		found   = 0
	)
	for i := range 1 + r.IntN(2) {
		path := fmt.Sprintf("m%d.py", i)
		d := newRandomDiff(r)
		hunks, err := change.ParsePatch(d.patch)
		if err != nil {
			t.Fatalf("%s: %s", err, d.patch)
		}
		patches[path], texts[path] = d.patch, d.lines
		file := analyzer.FileResult{Path: path, OldPath: path, Source: strings.Join(d.lines, "\n") + "\n"}
		for range r.IntN(6) {
			found++
			f := d.finding(r, path, found)
			if f.Fix != nil {
				fixes[f.Fingerprint] = f.Fix.Lines
			}
			file.Findings = append(file.Findings, f)
		}
		slices.SortStableFunc(file.Findings, analyzer.CompareFindings)
		result.Files = append(result.Files, file)
		diff.Files = append(diff.Files, change.File{Path: path, OldPath: path, Hunks: hunks})
	}
	plan := annotate.NewPlan(result, diff, annotate.Posted{}, annotate.Options{
		Name: "djleak", MaxComments: 100, Review: true, Suggestions: true, HeadSHA: "1",
		FileURL: func(string, int, int) string { return "" }, RuleURL: func(string) string { return "" },
	})
	if plan.Ledger.Commented < found {
		seen["outside the diff"]++
	}
	if plan.Review == nil {
		return
	}
	for _, comment := range plan.Review.Comments {
		what, start := "several lines", comment.StartLine
		if start == comment.Line {
			what, start = "one line", 0
		}
		seen[what]++
		if refusal := githubtest.Refusal(patches, comment.Path, start, comment.Line, comment.Body); refusal != "" {
			t.Errorf("%s:%d-%d: %s\n%s", comment.Path, comment.StartLine, comment.Line, refusal, patches[comment.Path])
		}
		if suggestion, ok := suggestionIn(comment.Body); ok {
			seen["suggestion"]++
			checkSuggestion(t, comment, suggestion, texts[comment.Path], fixes)
		}
	}
}

// checkSuggestion commits a suggestion: it must do what one of the comment's fixes does, and something.
func checkSuggestion(t *testing.T, comment annotate.Comment, suggestion, text []string, fixes map[string][]analyzer.LineEdit) {
	t.Helper()
	committed := slices.Concat(text[:comment.StartLine-1], suggestion, text[comment.Line:])
	if slices.Equal(committed, text) {
		t.Errorf("a suggestion changes nothing: %s", comment.Body)
	}
	for _, fingerprint := range comment.Fingerprints {
		fixed := slices.Clone(text)
		for _, edit := range slices.Backward(fixes[fingerprint]) {
			var lines []string
			if !edit.Delete {
				lines = strings.Split(edit.NewText, "\n")
			}
			fixed = slices.Replace(fixed, edit.StartLine-1, edit.EndLine, lines...)
		}
		if slices.Equal(fixed, committed) {
			return
		}
	}
	t.Errorf("a suggestion is none of the fixes: %s", comment.Body)
}

// suggestionIn returns the lines that a comment suggests.
func suggestionIn(body string) ([]string, bool) {
	before, rest, ok := strings.Cut(body, "suggestion\n")
	if !ok {
		return nil, false
	}
	fence := before[strings.LastIndex(before, "\n")+1:]
	var lines []string
	for line := range strings.SplitSeq(rest, "\n") {
		if line == fence {
			break
		}
		lines = append(lines, line)
	}
	return lines, true
}
