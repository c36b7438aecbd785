package annotate

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/change"
)

// maxThreads bounds max-comments: a review takes about a hundred comments, and pages with many more do not open.
const maxThreads = 100

// NewPlan decides what to say and where. Posted is what stands on the pull request; without a pull request, and on a
// whole tree with an empty change, everything goes to check and summary.
func NewPlan(result analyzer.Result, diff change.Change, posted Posted, options Options) Plan {
	p := Plan{
		Findings:     reported(result, options.Options),
		Notices:      noticesOf(result, diff),
		Suppressions: suppressionsOf(result),
		already:      map[string]bool{},
		uncommented:  map[string]string{},
		incomplete:   incomplete(result, diff),
		options:      options,
	}
	for _, file := range result.Files {
		p.fixed += file.Fixed
	}
	p.Conclusion = conclude(p.Findings, options, p.incomplete)
	on := grounds(result, diff)
	if options.Review && !options.DryRun {
		p.comment(newHead(result, p.Findings, posted.Untouched), on, threadsOf(posted, options.Name))
	}
	p.Check = p.check(on)
	p.Ledger = p.ledger(p.planned())
	return p
}

// reported are the findings that count, the most important first and the suppressed ones last.
func reported(result analyzer.Result, options analyzer.Options) []analyzer.Finding {
	var all []analyzer.Finding
	for _, file := range result.Files {
		for _, f := range file.Findings {
			if options.Reports(f) {
				all = append(all, f)
			}
		}
	}
	slices.SortStableFunc(all, compareImportance)
	return all
}

func compareImportance(a, b analyzer.Finding) int {
	if (a.Suppression == nil) != (b.Suppression == nil) {
		if a.Suppression == nil {
			return -1
		}
		return 1
	}
	return cmp.Or(
		cmp.Compare(b.Severity, a.Severity),
		cmp.Compare(b.Confidence, a.Confidence),
		analyzer.CompareFindings(a, b),
	)
}

// comment plans the review and the edits of what stands already.
func (p *Plan) comment(h head, on map[string]ground, threads []thread) {
	for _, t := range threads {
		for _, m := range t.markers {
			p.already[m.fingerprint] = true
		}
	}
	edits, open := h.review(threads, p.options)
	p.Edits = edits

	places, outside := placesOf(p.candidates(), on, p.options.Suggestions)
	for _, f := range outside {
		p.uncommented[f.Fingerprint] = "outside the diff"
	}
	room := max(0, min(p.options.MaxComments, maxThreads)-open)
	var comments []Comment
	for _, at := range places {
		for len(at.findings) > 0 {
			if len(comments) == room {
				p.leave(at.findings, "over max-comments")
				break
			}
			c, rest := p.options.commentOn(*at)
			if len(c.Fingerprints) == 0 {
				p.leave(at.findings, "too long for a comment")
				break
			}
			comments = append(comments, c)
			at = &rest
		}
	}
	if len(comments) > 0 {
		p.Review = &Review{CommitID: p.options.HeadSHA, Comments: comments}
		p.Review.Body = p.reviewBody(len(comments))
	}
}

// candidates are the findings that may get a comment.
func (p *Plan) candidates() []analyzer.Finding {
	var all []analyzer.Finding
	seen := map[string]bool{}
	for _, f := range p.Findings {
		_, markable := markerOf(f, p.options.Name)
		switch {
		case f.Suppression != nil || p.already[f.Fingerprint] || seen[f.Fingerprint]:
		case f.Severity < p.options.CommentFrom:
			p.uncommented[f.Fingerprint] = "below comment-from"
		case !markable:
			p.uncommented[f.Fingerprint] = "without a fingerprint"
		default:
			seen[f.Fingerprint] = true
			all = append(all, f)
		}
	}
	return all
}

func (p *Plan) leave(findings []analyzer.Finding, why string) {
	for _, f := range findings {
		p.uncommented[f.Fingerprint] = why
	}
}

// reviewBody stands above the comments; an empty one breaks other tools.
func (p *Plan) reviewBody(comments int) string {
	body := "**" + phrase(p.options.Name) + "** · " + count(p.Findings) + " · " + plural(comments, "new comment")
	if l := p.ledger(p.planned()); l.SummaryOnly > 0 {
		body += fmt.Sprintf(" · %d in the summary only", l.SummaryOnly)
	}
	return body
}
