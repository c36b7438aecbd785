package annotate

import (
	"fmt"
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer"
)

// maxCheckSummary is GitHub's limit for a check run's summary, in bytes.
const maxCheckSummary = 65_535

// conclude decides how the run ends. What could not be read may hide a finding, so it is never a success.
func conclude(findings []analyzer.Finding, options Options, incomplete bool) Conclusion {
	switch {
	case options.Stopped:
		return Cancelled
	case slices.ContainsFunc(findings, options.Fails):
		return Failure
	case incomplete, options.Unread, slices.ContainsFunc(findings, unsuppressed):
		return Neutral
	default:
		return Success
	}
}

func unsuppressed(f analyzer.Finding) bool { return f.Suppression == nil }

// count says how many findings there are and how bad: "2 findings: 1 high, 1 medium". Suppressed ones do not count.
func count(findings []analyzer.Finding) string {
	var by [analyzer.High + 1]int
	total := 0
	for _, f := range findings {
		if f.Suppression == nil {
			by[f.Severity]++
			total++
		}
	}
	if total == 0 {
		return "No findings"
	}
	var parts []string
	for s := int(analyzer.High); s >= 0; s-- {
		if by[s] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", by[s], analyzer.Severity(s)))
		}
	}
	return plural(total, "finding") + ": " + strings.Join(parts, ", ")
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// check makes the check run.
func (p Plan) check() Check {
	c := Check{
		Name:       p.options.Name,
		HeadSHA:    p.options.HeadSHA,
		Title:      p.title(),
		Summary:    p.checkSummary(),
		Conclusion: p.Conclusion,
	}
	for _, f := range p.Findings {
		if f.Suppression == nil {
			c.Annotations = append(c.Annotations, annotationOf(f, p.on[f.Path]))
		}
	}
	return c
}

// title says what was found, and where that is not the whole truth.
func (p Plan) title() string {
	switch {
	case p.options.Stopped:
		return "Stopped early: " + count(p.Findings)
	case p.options.Unread:
		return "The review could not be done"
	case p.incomplete:
		return count(p.Findings) + "; not everything could be read"
	default:
		return count(p.Findings)
	}
}

// checkSummary tells the findings and the notices within GitHub's limit, the most important first.
func (p Plan) checkSummary() string {
	tail := p.fixedList(maxCheckSummary/8) + p.noticeList(maxCheckSummary/4) + p.suppressionList(maxCheckSummary/4)
	shown := p.unsuppressed()
	row := func(i int) string { return p.row(shown[i]) + "\n" }
	head := p.title() + ".\n"
	if balance := p.balance(); balance != "" {
		head += "\n" + balance + "\n"
	}
	return head + table(len(shown), row, "", maxCheckSummary-len(head)-len(tail)) + tail
}
