package annotate

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/annotate/markdown"
)

// maxSummary is GitHub's limit for a step's summary, in bytes.
const maxSummary = 1 << 20

// Summary is the job summary, in Markdown: every finding and where it went, what could not be done, and last the ledger's line.
func (p Plan) Summary(d Delivery) string {
	head := "## " + phrase(p.options.Name) + ": " + p.title() + "\n" + p.outcome(d)
	tail := list("Could not be posted", len(d.Refused), func(i int) string { return phrase(d.Refused[i]) }, maxSummary/8) +
		p.noticeList(maxSummary/8) + p.suppressionList(maxSummary/8) +
		"\n" + p.ledger(d).String() + "\n"
	planned := p.planned()
	row := func(i int) string {
		return p.row(p.Findings[i]) + " " + p.whereabouts(p.Findings[i], planned, d) + " |\n"
	}
	return head + table(len(p.Findings), row, " Where |", maxSummary-len(head)-len(tail)) + tail
}

// outcome tells in sentences what happened besides the findings.
func (p Plan) outcome(d Delivery) string {
	var said []string
	if p.options.DryRun {
		said = append(said, "A dry run: nothing was posted.")
	}
	if p.fixed > 0 {
		said = append(said, p.thanks())
	}
	if len(d.Edited) > 0 || d.Resolved > 0 {
		said = append(said, fmt.Sprintf("%s brought up to date, %s resolved.",
			plural(len(d.Edited), "earlier comment"), plural(d.Resolved, "thread")))
	}
	if d.CheckURL != "" {
		said = append(said, markdown.Link("Check run", d.CheckURL))
	}
	if len(said) == 0 {
		return ""
	}
	return "\n" + strings.Join(said, "\n\n") + "\n"
}

// row is a finding's row in a table.
func (p Plan) row(f analyzer.Finding) string {
	return fmt.Sprintf("| %s | %s | %s | %s |",
		f.Severity, p.options.ruleLink(f.Rule), p.options.placeLink(f), phrase(f.Message))
}

// whereabouts says where a reader finds the finding and, where that is here alone, why.
func (p Plan) whereabouts(f analyzer.Finding, planned map[string]bool, d Delivery) string {
	switch p.fateOf(f, d) {
	case isSuppressed:
		if f.Suppression.Reason == "" {
			return "suppressed, without a reason"
		}
		return "suppressed: " + phrase(f.Suppression.Reason)
	case inEarlierComment:
		return "already commented"
	case inComment:
		return "comment"
	default:
		if planned[f.Fingerprint] {
			return "summary only: its comment could not be posted"
		}
		if why := p.uncommented[f.Fingerprint]; why != "" {
			return "summary only: " + why
		}
		return "summary only"
	}
}

// table lists n rows, as many as fit into room bytes. Columns are those that they have beyond the four of every table.
func table(n int, row func(i int) string, columns string, room int) string {
	if n == 0 {
		return ""
	}
	head := "\n| Severity | Rule | Place | Message |" + columns + "\n| --- | --- | --- | --- |" +
		strings.Repeat(" --- |", strings.Count(columns, "|")) + "\n"
	return head + fit(n, row, room-len(head), func(left int) string {
		return fmt.Sprintf("\n… and %s\n", plural(left, "more finding"))
	})
}

// list makes a titled list of n items and at most room bytes; without items, nothing.
func list(title string, n int, item func(i int) string, room int) string {
	if n == 0 {
		return ""
	}
	head := "\n### " + title + "\n\n"
	return head + fit(n, func(i int) string { return "- " + item(i) + "\n" }, room-len(head),
		func(left int) string { return fmt.Sprintf("- … and %d more\n", left) })
}

// fit joins the first of n parts that fit into room bytes, and says how many it left out.
func fit(n int, part func(i int) string, room int, more func(left int) string) string {
	room -= len(more(n))
	var out strings.Builder
	for i := range n {
		text := part(i)
		if out.Len()+len(text) > room {
			return out.String() + more(n-i)
		}
		out.WriteString(text)
	}
	return out.String()
}

func (p Plan) noticeList(room int) string {
	return list("Notices", len(p.Notices), func(i int) string { return noticeText(p.Notices[i]) }, room)
}

func noticeText(n analyzer.Notice) string {
	if n.Path == "" {
		return phrase(n.Message)
	}
	return spot(n.Path, n.Line) + ": " + phrase(n.Message)
}

// spot names a line of a file, or the file alone where no line is meant.
func spot(path string, line int) string {
	text := markdown.Clip(markdown.Line(path), maxPath)
	if line > 0 {
		text += fmt.Sprintf(":%d", line)
	}
	return markdown.Code(text)
}

func (p Plan) suppressionList(room int) string {
	return list("Suppressions that this change adds", len(p.Suppressions), func(i int) string {
		s := p.Suppressions[i]
		rules := markdown.Code(markdown.Clip(strings.Join(s.Rules, ", "), maxPath))
		return fmt.Sprintf("%s silences %s: %s", spot(s.Path, s.Line), rules, cmp.Or(phrase(s.Reason), "no reason given"))
	}, room)
}
