// Package report writes findings in the formats that people, editors and other tools read.
package report

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/pattern"
	"github.com/djleak/djleak/annotate/markdown"
)

// A Report is what one run came to.
type Report struct {
	// Findings that are reported, suppressed ones included, in any order.
	Findings []analyzer.Finding
	// Files are those that were looked at: their text is for code frames and columns.
	Files []analyzer.FileResult
	// Notices of what could not be done.
	Notices []analyzer.Notice
	// Rules that ran.
	Rules []*analyzer.Rule
	// Version of djleak.
	Version string
	// RuleURL makes a link to a rule's page; nil or an empty result makes none.
	RuleURL func(rule string) string
	// Color asks for colours in the text.
	Color bool

	// tally counts all findings, those that are too many to be told included.
	tally tally
}

// maxFindings bounds how many findings a report tells: nobody reads more, and a million of them take gigabytes to write.
const maxFindings = 100_000

// bounded counts the findings and keeps the most important ones, with a notice of how many are left out.
func (r Report) bounded(limit int) Report {
	r.tally = tallyOf(r.Findings)
	if left := len(r.Findings) - limit; left > 0 {
		r.Findings = worst(r.Findings, limit)
		r.Notices = append(slices.Clip(r.Notices), analyzer.Notice{Message: fmt.Sprintf(
			"%d less important findings are left out: a report tells %d; the counts by severity are of all", left, limit)})
	}
	r.Findings = slices.SortedStableFunc(slices.Values(r.Findings), analyzer.CompareFindings)
	return r
}

// A format is one way to write a report.
type format struct {
	name  string
	write func(out *bytes.Buffer, r Report) error
	// defuse keeps a job's runner from taking what a stranger wrote for a command of the format's output.
	defuse func(out string) string
}

var formats = []format{
	{"text", text, defuseLines},
	{"json", jsonObject, defuseEncoded},
	{"sarif", sarif, defuseEncoded},
	{"rdjson", rdjson, defuseEncoded},
	{"github", commands, defuseWords},
	{"markdown", markdownTable, defuseLines},
}

// Line makes one line of any text, for a stream that a terminal shows or a job's runner reads: it commands neither.
func Line(text string) string { return defuseWords(markdown.Line(text)) }

// defuseWords spoils "##[", which is a command anywhere in a line.
func defuseWords(out string) string { return strings.ReplaceAll(out, "##[", "# #[") }

// defuseEncoded writes it another way, which reads the same.
func defuseEncoded(out string) string { return strings.ReplaceAll(out, "##[", `#\u0023[`) }

// defuseLines spoils "::" at the start of a line as well.
func defuseLines(out string) string {
	return commandLine.Regexp().ReplaceAllString(defuseWords(out), "$1: :")
}

var commandLine = pattern.New(`(?m)^([\pZ\s]*)::`)

// Formats are the names that [Write] takes.
func Formats() []string {
	var names []string
	for _, f := range formats {
		names = append(names, f.name)
	}
	return names
}

// Write writes the report in the format of that name. Its error is a wrong name, which lists the allowed ones, or that
// w could not be written.
func Write(w io.Writer, name string, r Report) error {
	i := slices.IndexFunc(formats, func(f format) bool { return f.name == name })
	if i < 0 {
		return fmt.Errorf("%q is none of %s", name, strings.Join(Formats(), ", "))
	}
	r = r.bounded(maxFindings)
	var out bytes.Buffer
	if err := formats[i].write(&out, r); err != nil {
		return fmt.Errorf("write the %s report: %w", name, err)
	}
	if _, err := io.WriteString(w, formats[i].defuse(out.String())); err != nil {
		return fmt.Errorf("write the %s report: %w", name, err)
	}
	return nil
}

// shown are the findings that nobody has suppressed.
func (r Report) shown() []analyzer.Finding {
	var all []analyzer.Finding
	for _, f := range r.Findings {
		if f.Suppression == nil {
			all = append(all, f)
		}
	}
	return all
}

// worst are the n most important findings, the most important first and suppressed ones last.
func worst(findings []analyzer.Finding, n int) []analyzer.Finding {
	sorted := slices.SortedStableFunc(slices.Values(findings), func(a, b analyzer.Finding) int {
		if (a.Suppression == nil) != (b.Suppression == nil) {
			if a.Suppression == nil {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(b.Severity, a.Severity), cmp.Compare(b.Confidence, a.Confidence))
	})
	return sorted[:min(n, len(sorted))]
}

// pages maps the path of each finding to the text of its file.
func (r Report) pages() map[string]page {
	wanted := map[string]bool{}
	for _, f := range r.Findings {
		wanted[f.Path] = true
	}
	all := make(map[string]page, len(wanted))
	for _, file := range r.Files {
		if wanted[file.Path] {
			all[file.Path] = newPage(file.Source)
		}
	}
	return all
}

func (r Report) ruleURL(rule *analyzer.Rule) string {
	if r.RuleURL == nil {
		return ""
	}
	return r.RuleURL(rule.Name)
}

// A tally counts findings by severity.
type tally struct {
	by         [analyzer.High + 1]int
	found      int
	suppressed int
}

func tallyOf(findings []analyzer.Finding) tally {
	var t tally
	for _, f := range findings {
		if f.Suppression != nil {
			t.suppressed++
			continue
		}
		t.by[f.Severity]++
		t.found++
	}
	return t
}

// String reads "3 findings: 1 high, 2 low (1 suppressed)".
func (t tally) String() string {
	var out strings.Builder
	switch t.found {
	case 0:
		out.WriteString("No findings")
	case 1:
		out.WriteString("1 finding")
	default:
		fmt.Fprintf(&out, "%d findings", t.found)
	}
	separator := ": "
	for s := int(analyzer.High); s >= 0; s-- {
		if t.by[s] > 0 {
			fmt.Fprintf(&out, "%s%d %s", separator, t.by[s], analyzer.Severity(s))
			separator = ", "
		}
	}
	if t.suppressed > 0 {
		fmt.Fprintf(&out, " (%d suppressed)", t.suppressed)
	}
	return out.String()
}
