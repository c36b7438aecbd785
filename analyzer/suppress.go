package analyzer

import (
	_ "embed"
	"iter"
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer/pattern"
	"github.com/djleak/djleak/analyzer/python"
	"github.com/djleak/djleak/analyzer/selection"
)

//go:embed unused-suppression.md
var unusedSuppressionDoc string

// UnusedSuppression reports a suppression that silences nothing. The analyzer itself reports it.
var UnusedSuppression = &Rule{
	Name:       "unused-suppression",
	Doc:        unusedSuppressionDoc,
	Severity:   Info,
	Confidence: HighConfidence,
	Fix:        SafeFix,
	Status:     Stable,
}

// suppressionComment is "# djleak: ignore[rule, rule] -- reason", or the same with ignore-file. Another tool's comment may
// stand before it, as in "# noqa: E501  # djleak: ignore[rule]".
var suppressionComment = pattern.New(`^(|#.*\s)#\s*djleak:\s*ignore(-file)?\[([^\]]*)\]\s*(?:--\s*(.*?))?\s*$`)

// suppressions returns the suppression comments of a file. An ignore-file counts only above the first statement: further
// down it silences nothing.
func suppressions(file *python.File, lines *python.Lines) []Suppression {
	var found []Suppression
	for _, comment := range file.Comments {
		text := file.Source[comment.Start:comment.End]
		if !strings.Contains(text, "djleak:") {
			continue
		}
		match := suppressionComment.Regexp().FindStringSubmatch(text)
		if match == nil {
			continue
		}
		at := suppressionComment.Regexp().FindStringSubmatchIndex(text)
		s := Suppression{Line: lines.Line(comment.Start), Reason: match[4], File: match[2] != "", span: comment.Span, ownLine: comment.OwnLine}
		s.span.Start += int32(len(match[1]))
		s.names = python.Span{Start: comment.Start + int32(at[6]), End: comment.Start + int32(at[7])}
		s.late = s.File && len(file.Module.Body) > 0 && comment.Start > file.Module.Body[0].Range().Start
		for name := range strings.SplitSeq(match[3], ",") {
			if name = strings.TrimSpace(name); name != "" {
				s.Rules = append(s.Rules, name)
			}
		}
		found = append(found, s)
	}
	return found
}

// silencing tells which findings a comment speaks of: those on one of its lines and, where it stands alone on a line, those
// that begin right below it with nothing but such comments between.
type silencing struct {
	ofRule      map[string][]int
	onLine      map[ruleLine][]int
	beginningAt map[ruleLine][]int
	// below is, for each comment alone on its line, the first line below it that is no such comment.
	below map[int]int
}

type ruleLine struct {
	rule string
	line int
}

func newSilencing(findings []Finding, comments []Suppression) silencing {
	index := silencing{map[string][]int{}, map[ruleLine][]int{}, map[ruleLine][]int{}, map[int]int{}}
	for i, f := range findings {
		rule := f.Rule.Name
		index.ofRule[rule] = append(index.ofRule[rule], i)
		start := ruleLine{rule, f.Region.StartLine}
		index.beginningAt[start] = append(index.beginningAt[start], i)
		for line := f.Region.StartLine; line <= f.Region.EndLine; line++ {
			index.onLine[ruleLine{rule, line}] = append(index.onLine[ruleLine{rule, line}], i)
		}
	}
	for _, s := range slices.Backward(comments) {
		if !s.ownLine {
			continue
		}
		index.below[s.Line] = s.Line + 1
		if further, ok := index.below[s.Line+1]; ok {
			index.below[s.Line] = further
		}
	}
	return index
}

// findings yields the indices of a rule's findings that the comment speaks of.
func (index silencing) findings(s Suppression, rule string) iter.Seq[int] {
	lists := [][]int{index.onLine[ruleLine{rule, s.Line}]}
	switch {
	case s.late:
		lists = nil
	case s.File:
		lists = [][]int{index.ofRule[rule]}
	case s.ownLine:
		lists = append(lists, index.beginningAt[ruleLine{rule, index.below[s.Line]}])
	}
	return func(yield func(int) bool) {
		for _, list := range lists {
			for _, i := range list {
				if !yield(i) {
					return
				}
			}
		}
	}
}

// suppress silences the findings that comments speak of, and returns a finding for each name in a comment that
// silenced nothing although its rule ran.
func (a *Analyzer) suppress(result inspection, at placing) []Finding {
	if len(result.suppressions) == 0 {
		return nil
	}
	var unused []placed
	index := newSilencing(result.findings, result.suppressions)
	for _, s := range result.suppressions {
		var kept []string
		first := len(unused)
		for _, rule := range s.Rules {
			used := false
			for i := range index.findings(s, rule) {
				used = true
				if f := &result.findings[i]; f.Suppression == nil {
					by := s
					f.Suppression = &by
				}
			}
			if used || !a.reportsUnused(rule, result) {
				kept = append(kept, rule)
				continue
			}
			unused = append(unused, placed{
				Finding: Finding{Rule: UnusedSuppression},
				diagnostic: Diagnostic{
					Span:    s.span,
					Message: "This suppression of " + rule + " silences nothing",
				},
			})
		}
		if selection.KindOf(at.path) == selection.Deployment {
			continue // Fixes are for Python.
		}
		for i := range unused[first:] {
			unused[first+i].Fix = s.reduced(kept, at)
		}
	}
	place(unused, at)
	findings := make([]Finding, len(unused))
	for i, p := range unused {
		findings[i] = p.Finding
	}
	return findings
}

// reduced returns the fix that leaves of a comment the names to keep or, without any, nothing.
func (s Suppression) reduced(kept []string, at placing) *Fix {
	fix := SuggestedFix{Message: "Delete the comment", Kind: SafeFix}
	edit := TextEdit{Span: s.names, NewText: strings.Join(kept, ", ")}
	if len(kept) > 0 {
		fix.Message = "Keep what the comment is needed for"
	} else {
		edit.Span = s.span
		edit.Span.Start = int32(len(strings.TrimRight(at.text[:s.span.Start], " \t")))
		// Alone on its line, it goes with the line.
		if edit.Span.Start == at.lines.Start(at.lines.Line(s.span.Start)) {
			edit.Span.End += int32(strings.IndexByte(at.text[s.span.End:], '\n')) + 1
		}
	}
	fix.Edits = []TextEdit{edit}
	return &Fix{SuggestedFix: fix, Lines: lineEdits(at.text, at.lines, fix.Edits)}
}

// reportsUnused reports whether a name that silenced nothing is worth a word: a rule that was not asked to run, or did
// not run to its end, may still need its suppression.
func (a *Analyzer) reportsUnused(rule string, result inspection) bool {
	if !slices.Contains(a.Rules, UnusedSuppression) || slices.Contains(result.failedRules, rule) || result.state != Analysed {
		return false
	}
	return slices.ContainsFunc(a.Rules, func(r *Rule) bool { return r.Name == rule }) || !a.known(rule)
}
