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
	head := fmt.Sprintf("## %s: %s\n", phrase(p.options.Name), count(p.Findings))
	if d.CheckURL != "" {
		head += "\n" + markdown.Link("Check run", d.CheckURL) + "\n"
	}
	var refused []string
	for _, reason := range d.Refused {
		refused = append(refused, "- "+phrase(reason)+"\n")
	}
	tail := list("Could not be posted", refused, maxSummary/8) +
		p.noticeList(maxSummary/8) + p.suppressionList(maxSummary/8) +
		"\n" + p.ledger(d.Commented).String() + "\n"
	planned := p.planned()
	var rows []string
	for _, f := range p.Findings {
		rows = append(rows, p.row(f)+" "+p.whereabouts(f, planned, d)+" |")
	}
	return head + table(rows, " Where |", maxSummary-len(head)-len(tail)) + tail
}

// row is a finding's row in a table.
func (p Plan) row(f analyzer.Finding) string {
	return fmt.Sprintf("| %s | %s | %s | %s |",
		f.Severity, p.options.ruleLink(f.Rule), p.options.placeLink(f), phrase(f.Message))
}

// whereabouts says where a reader finds the finding and, where that is here alone, why.
func (p Plan) whereabouts(f analyzer.Finding, planned map[string]bool, d Delivery) string {
	switch p.fateOf(f, d.Commented) {
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

// table lists rows, as many as fit into room bytes. Columns are those that the rows have beyond the four of every
// table.
func table(rows []string, columns string, room int) string {
	if len(rows) == 0 {
		return ""
	}
	head := "\n| Severity | Rule | Place | Message |" + columns + "\n| --- | --- | --- | --- |" +
		strings.Repeat(" --- |", strings.Count(columns, "|")) + "\n"
	for i, row := range rows {
		rows[i] = row + "\n"
	}
	return head + fit(rows, room-len(head), func(left int) string {
		return fmt.Sprintf("\n… and %s\n", plural(left, "more finding"))
	})
}

// list makes a titled list of at most room bytes; without items, nothing.
func list(title string, items []string, room int) string {
	if len(items) == 0 {
		return ""
	}
	head := "\n### " + title + "\n\n"
	return head + fit(items, room-len(head), func(left int) string { return fmt.Sprintf("- … and %d more\n", left) })
}

// fit joins the first parts that fit into room bytes, and says how many it left out.
func fit(parts []string, room int, more func(left int) string) string {
	total := 0
	for _, part := range parts {
		total += len(part)
	}
	if total <= room {
		return strings.Join(parts, "")
	}
	room -= len(more(len(parts)))
	var out strings.Builder
	for i, part := range parts {
		if out.Len()+len(part) > room {
			return out.String() + more(len(parts)-i)
		}
		out.WriteString(part)
	}
	return out.String()
}

func (p Plan) noticeList(room int) string {
	var items []string
	for _, n := range p.Notices {
		items = append(items, "- "+noticeText(n)+"\n")
	}
	return list("Notices", items, room)
}

func noticeText(n analyzer.Notice) string {
	message := phrase(n.Message)
	if n.Path == "" {
		return message
	}
	at := markdown.Clip(markdown.Line(n.Path), maxPath)
	if n.Line > 0 {
		at += fmt.Sprintf(":%d", n.Line)
	}
	return markdown.Code(at) + ": " + message
}

func (p Plan) suppressionList(room int) string {
	var items []string
	for _, s := range p.Suppressions {
		reason := phrase(s.Reason)
		items = append(items, fmt.Sprintf("- %s silences %s: %s\n",
			markdown.Code(fmt.Sprintf("%s:%d", markdown.Clip(markdown.Line(s.Path), maxPath), s.Line)),
			markdown.Code(markdown.Clip(strings.Join(s.Rules, ", "), maxPath)), cmp.Or(reason, "no reason given")))
	}
	return list("Suppressions that this change adds", items, room)
}
