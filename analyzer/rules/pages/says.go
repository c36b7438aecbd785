package main

import (
	"context"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/change"
	"github.com/djleak/djleak/analyzer/rulepage"
)

// says tells what djleak says of the examples on a rule's page, and shows what the fix makes of them or, where it leaves
// them to a person, of the cases in the rule's folder.
func (b book) says(rule *analyzer.Rule) string {
	if rule.Run == nil {
		return ""
	}
	var messages, fixes strings.Builder
	for _, code := range rulepage.Code(rule.Doc, rulepage.Bad) {
		found := findings(rule, code)
		for _, f := range found {
			fmt.Fprintf(&messages, "%s:%d: %s: %s\n", f.Path, f.Region.StartLine, f.Severity, f.Message)
		}
		fixes.WriteString(fix(rule, code))
	}
	if messages.Len() == 0 {
		return ""
	}
	if fixes.Len() == 0 && rule.Fix != analyzer.NoFix {
		fixes.WriteString(b.otherFix(rule))
	}
	return "djleak says:\n\n```text\n" + messages.String() + "```\n\n" + fixes.String()
}

var want = regexp.MustCompile(`(?m) *# want ".*$`)

// otherFix shows what the fix makes of the rule's bad case.
func (b book) otherFix(rule *analyzer.Rule) string {
	cases := make(map[string]string)
	for _, name := range []string{"bad", "fixed"} {
		text, err := fs.ReadFile(b.cases, path.Base(folder(rule))+"/testdata/"+name+".py")
		if err != nil {
			return ""
		}
		cases[name] = want.ReplaceAllString(string(text), "")
	}
	command := "djleak fix"
	if rule.Fix == analyzer.UnsafeFix {
		command = "djleak fix --unsafe"
	}
	return "`" + command + "` leaves this to you, and mends other forms of it:\n\n```diff\n" + diff(cases["bad"], cases["fixed"]) + "```\n\n"
}

// findings are what one rule finds in a piece of code.
func findings(rule *analyzer.Rule, code string) []analyzer.Finding {
	a := &analyzer.Analyzer{Rules: []*analyzer.Rule{rule}, Project: rulepage.Project(code)}
	result := a.Tree(context.Background(), []string{rulepage.Path(code)}, func(string) ([]byte, error) { return []byte(code), nil })
	return result.Files[0].Findings
}

// fix shows as a diff what the fixes make of a piece of code, and what to check first; empty where there is no fix.
func fix(rule *analyzer.Rule, code string) string {
	found := findings(rule, code)
	after, command, check := code, "djleak fix", ""
	for {
		i := 0
		for i < len(found) && found[i].Fix == nil {
			i++
		}
		if i == len(found) {
			break
		}
		if f := found[i].Fix; f.Kind == analyzer.UnsafeFix {
			command, check = "djleak fix --unsafe", f.Check
		}
		// Its edits were proven on this very text: they apply, and leave fewer findings.
		after, _ = analyzer.Apply(after, found[i].Fix.Edits)
		found = findings(rule, after)
	}
	if after == code {
		return ""
	}
	text := "`" + command + "` makes of it:\n\n```diff\n" + diff(code, after) + "```\n\n"
	if check != "" {
		text += "Check first: " + check + "\n\n"
	}
	return text
}

// diff returns the lines of the hunks between two texts, which end with a newline.
func diff(before, after string) string {
	old, updated := strings.SplitAfter(before, "\n"), strings.SplitAfter(after, "\n")
	var out strings.Builder
	for _, hunk := range change.Diff([]byte(before), []byte(after)) {
		for op, line := range hunk.Lines(old, updated) {
			out.WriteString(string(op) + line)
		}
	}
	return out.String()
}
