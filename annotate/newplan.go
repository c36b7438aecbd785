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
		Fixed:        fixedIn(result, options.Options),
		Notices:      noticesOf(result, diff),
		Suppressions: suppressionsOf(result),
		already:      map[string]bool{},
		restored:     map[string]int64{},
		uncommented:  map[string]string{},
		incomplete:   incomplete(result, diff),
		options:      options,
	}
	p.Conclusion = conclude(p.Findings, options, p.incomplete)
	p.on = grounds(result, diff, p.Findings)
	if options.Review && !options.DryRun {
		p.comment(newHead(result, p.Findings, posted.Untouched), threadsOf(posted, options.Name))
	}
	p.Check = p.check()
	p.Ledger = p.ledger(p.whole())
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

// comment plans the review and the edits of what stands already. What comes back and what is new share the room that
// max-comments leaves, the worst first.
func (p *Plan) comment(h head, threads []thread) {
	fate := h.review(threads, p.options)
	p.already = fate.told
	p.Edits = fate.gone
	p.room = max(0, min(p.options.MaxComments, maxThreads)-fate.open)

	places, outside := placesOf(p.candidates(fate.returns), p.on, p.options.Suggestions)
	for _, f := range outside {
		p.uncommented[f.Fingerprint] = "outside the diff"
	}
	left := p.room
	var comments []Comment
	for returns := fate.returns; len(places) > 0 || len(returns) > 0; {
		if len(returns) > 0 && (len(places) == 0 || compareImportance(returns[0].findings[0], places[0].findings[0]) < 0) {
			left = p.restore(returns[0], left)
			returns = returns[1:]
			continue
		}
		said := p.say(*places[0], left)
		comments = append(comments, said...)
		left -= len(said)
		places = places[1:]
	}
	if len(comments) > 0 {
		p.Review = p.reviewOf(comments)
	}
}

// restore plans that a comment comes back, if there is room, and returns the room that is left.
func (p *Plan) restore(c comeback, room int) int {
	if room == 0 {
		p.leave(c.findings, "over max-comments")
		return 0
	}
	edit, told := p.options.restore(c, p.on)
	p.leave(c.findings[len(told):], "too long for a comment")
	if len(told) == 0 {
		return room
	}
	for _, fingerprint := range told {
		p.restored[fingerprint] = c.ID
	}
	p.Edits = append(p.Edits, edit)
	return room - 1
}

// say makes the comments of a place: one, unless that would be too long.
func (p *Plan) say(at place, room int) []Comment {
	var comments []Comment
	for len(at.findings) > 0 {
		if len(comments) == room {
			p.leave(at.findings, "over max-comments")
			break
		}
		c, rest := p.options.commentOn(at)
		if len(c.Fingerprints) == 0 {
			p.leave(at.findings, "too long for a comment")
			break
		}
		comments = append(comments, c)
		at = rest
	}
	return comments
}

// candidates are the findings that may get a comment.
func (p *Plan) candidates(returns []comeback) []analyzer.Finding {
	var all []analyzer.Finding
	seen := map[string]bool{}
	for _, c := range returns {
		for _, f := range c.findings {
			seen[f.Fingerprint] = true
		}
	}
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

func (p *Plan) reviewOf(comments []Comment) *Review {
	return &Review{CommitID: p.options.HeadSHA, Body: p.reviewBody(comments), Comments: comments}
}

// reviewBody stands above the comments; an empty one breaks other tools.
func (p *Plan) reviewBody(comments []Comment) string {
	body := "**" + phrase(p.options.Name) + "** · " + count(p.Findings) + " · " + plural(len(comments), "new comment")
	d := p.whole()
	d.Commented = fingerprintsIn(comments)
	if l := p.ledger(d); l.SummaryOnly > 0 {
		body += fmt.Sprintf(" · %d in the summary only", l.SummaryOnly)
	}
	return body
}

// ReviewWithout is the review to post where these edits could not be made, nil when there is nothing new to say: those
// that have another comment to post instead get it, and threads that stay open take the place of the least important new
// ones.
func (p Plan) ReviewWithout(failed []Edit) *Review {
	var comments []Comment
	if p.Review != nil {
		comments = slices.Clone(p.Review.Comments)
	}
	room := p.room
	for _, edit := range p.Edits {
		i := slices.IndexFunc(failed, func(f Edit) bool { return f.CommentID == edit.CommentID })
		switch lost := i >= 0; {
		case !lost && edit.Restores, lost && !edit.Restores:
			room--
		case lost && failed[i].Instead != nil:
			comments = append(comments, *failed[i].Instead)
		}
	}
	comments = comments[:max(0, min(room, len(comments)))]
	if len(comments) == 0 {
		return nil
	}
	return p.reviewOf(comments)
}
