package annotate

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/annotate/markdown"
)

// maxSummary is GitHub's limit for a step's summary, in bytes.
const maxSummary = 1 << 20

// maxShown is how many findings the summary shows with their code.
const maxShown = 5

// Summary is the job summary, in Markdown: what is new against what is fixed, the worst findings with their code, every
// finding and where it went, what could not be done, and last the ledger's line. Of nothing it says little.
func (p Plan) Summary(d Delivery) string {
	head := p.heading() + p.outcome(d) + p.chart() + p.worst(d, maxSummary/4)
	checkRun := ""
	if d.CheckURL != "" && len(p.Findings) > 0 {
		checkRun = "\n" + markdown.Link("Check run", d.CheckURL) + "\n"
	}
	tail := p.fixedList(maxSummary/8) +
		list("Could not be posted", len(d.Refused), func(i int) string { return phrase(d.Refused[i]) }, maxSummary/8) +
		p.noticeList(maxSummary/8) + p.suppressionList(maxSummary/8) +
		checkRun + "\n" + p.ledger(d).String() + "\n"
	return head + p.foldedTable(d, maxSummary-len(head)-len(tail)) + tail
}

// heading is the title: a line of text where there is nothing to look at.
func (p Plan) heading() string {
	name := phrase(p.options.Name)
	if p.Conclusion == Success {
		return "**" + name + "**: " + p.title() + "\n"
	}
	return "## " + name + ": " + p.title() + "\n"
}

// outcome tells in sentences what happened besides the findings.
func (p Plan) outcome(d Delivery) string {
	var said []string
	if p.options.DryRun {
		said = append(said, "A dry run: nothing was posted.")
	}
	if balance := p.balance(); balance != "" {
		said = append(said, balance)
	}
	if edited := len(d.Edited); edited > 0 {
		said = append(said, plural(edited, "earlier comment")+" brought up to date.")
	}
	if d.Resolved > 0 {
		said = append(said, plural(d.Resolved, "thread")+" resolved.")
	}
	if len(said) == 0 {
		return ""
	}
	return "\n" + strings.Join(said, " ") + "\n"
}

// worst shows the most important findings with their code, as many as fit into room bytes, and behind a fold the remedy of
// those that no comment tells.
func (p Plan) worst(d Delivery, room int) string {
	var out strings.Builder
	shown := p.unsuppressed()
	if len(shown) > maxShown {
		shown = shown[:maxShown]
		fmt.Fprintf(&out, "\nThe %d worst:\n", maxShown)
	}
	for _, f := range shown {
		part := "\n**" + capital(f.Severity.String()) + "** · " + p.options.placeLink(f) + " · " + sentence(f.Message)
		if f.Fix != nil && f.Fix.Message != "" {
			part += " " + sentence(f.Fix.Message)
		}
		part += "\n"
		if code := excerpt(f, p.on[f.Path].text); code != "" {
			part += "\n" + code
		}
		if remedy := p.options.remedy(f, nil); remedy != "" && p.fateOf(f, d) == inSummary {
			part += folded("What to do instead", strings.TrimSuffix(remedy, "\n"))
		}
		if out.Len()+len(part) > room {
			break
		}
		out.WriteString(part)
	}
	return out.String()
}

// unsuppressed are the findings that nobody has silenced.
func (p Plan) unsuppressed() []analyzer.Finding {
	if i := slices.IndexFunc(p.Findings, func(f analyzer.Finding) bool { return f.Suppression != nil }); i >= 0 {
		return p.Findings[:i] // They come last.
	}
	return p.Findings
}

// foldedTable lists every finding and where it went, as many as fit into room bytes.
func (p Plan) foldedTable(d Delivery, room int) string {
	if len(p.Findings) == 0 {
		return ""
	}
	planned := p.planned()
	row := func(i int) string {
		return p.row(p.Findings[i]) + " " + p.whereabouts(p.Findings[i], planned, d) + " |\n"
	}
	title := "The finding, and where it is told"
	if n := len(p.Findings); n > 1 {
		title = fmt.Sprintf("All %d findings, and where they are told", n)
	}
	return folded(title, strings.TrimPrefix(table(len(p.Findings), row, " Where |", room-len(folded(title, ""))), "\n"))
}

// fixedList tells what the change has fixed, in the base's lines.
func (p Plan) fixedList(room int) string {
	return list("Fixed by this change", len(p.Fixed), func(i int) string {
		f := p.Fixed[i]
		return fmt.Sprintf("%s · %s · %s", f.Severity, spot(f.Path, f.Region.StartLine), phrase(f.Message))
	}, room)
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
