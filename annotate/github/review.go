package github

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	gh "github.com/google/go-github/v60/github"

	"github.com/djleak/djleak/annotate"
)

// maxPosts bounds the reviews tried while finding out which comments GitHub refuses; it takes some 80 a minute of them.
const maxPosts = 40

// review makes the edits and posts the review, unless the pull request has moved on to another head meanwhile: then that
// head's own run knows better. The edits go first: what cannot be restored gets a new comment, and only threads that are
// marked as fixed make room for new ones.
func (p *publisher) review(ctx context.Context, plan annotate.Plan, pull Pull) error {
	state, err := p.pullState(ctx, pull.Number)
	if err != nil {
		if p.refused(reviewChannel, reviewPermission, err) {
			return nil
		}
		return err
	}
	if state.head != pull.Head {
		p.note("review: the pull request has moved on to " + short(state.head))
		return nil
	}
	failed, err := p.edit(ctx, plan.Edits)
	failures := []error{err}
	if review := plan.ReviewWithout(failed); review != nil {
		err := p.post(ctx, *review, pull, state.posted)
		if err != nil && !p.refused(reviewChannel, reviewPermission, err) {
			failures = append(failures, err)
		}
	}
	return errors.Join(append(failures, p.resolve(ctx, plan.Edits))...)
}

// post posts what another run has not posted meanwhile.
func (p *publisher) post(ctx context.Context, review annotate.Review, pull Pull, posted annotate.Posted) error {
	var fresh []annotate.Comment
	for _, comment := range review.Comments {
		if stands(comment, posted) {
			p.commented(comment)
		} else {
			fresh = append(fresh, comment)
		}
	}
	refusedFor := map[string][]annotate.Comment{}
	err := p.postComments(ctx, review, fresh, pull, refusedFor)
	for _, reason := range slices.Sorted(maps.Keys(refusedFor)) {
		first, more := refusedFor[reason][0], len(refusedFor[reason])-1
		text := fmt.Sprintf("review: GitHub refused the comment on %s:%d", first.Path, first.Line)
		if more > 0 {
			text += fmt.Sprintf(" and %d more", more)
		}
		p.note(text + ": " + reason)
	}
	return err
}

// postComments posts a review of the comments. One refused comment refuses the whole review, and the answer does not name
// it: halves find it, and all others land.
func (p *publisher) postComments(ctx context.Context, review annotate.Review, comments []annotate.Comment, pull Pull, refusedFor map[string][]annotate.Comment) error {
	if len(comments) == 0 {
		return nil
	}
	err := p.postOne(ctx, review, comments, pull)
	answer := new(answerError)
	switch {
	case err == nil:
		for _, comment := range comments {
			p.commented(comment)
		}
		return nil
	case !errors.As(err, &answer) || answer.status != http.StatusUnprocessableEntity || strings.Contains(answer.text, "abuse"):
		return err
	case len(comments) == 1 || p.posts >= maxPosts:
		refusedFor[answer.text] = append(refusedFor[answer.text], comments...)
		return nil
	}
	half := len(comments) / 2
	if err := p.postComments(ctx, review, comments[:half], pull, refusedFor); err != nil {
		return err
	}
	return p.postComments(ctx, review, comments[half:], pull, refusedFor)
}

func (p *publisher) postOne(ctx context.Context, review annotate.Review, comments []annotate.Comment, pull Pull) error {
	request := &gh.PullRequestReviewRequest{
		CommitID: new(review.CommitID),
		Body:     new(review.Body),
		Event:    new("COMMENT"),
	}
	if len(p.delivery.Commented) > 0 {
		request.Body = new("Continued: GitHub took this review in parts only.")
	}
	for _, comment := range comments {
		request.Comments = append(request.Comments, draftOf(comment))
	}
	p.posts++
	return p.write(ctx, "post review", func(ctx context.Context) error {
		_, _, err := p.rest.PullRequests.CreateReview(ctx, p.owner, p.name, pull.Number, request)
		return err //nolint:wrapcheck // write words it.
	}, func(ctx context.Context) (bool, error) {
		state, err := p.pullState(ctx, pull.Number)
		if err != nil {
			return false, err
		}
		// It landed whole or not at all.
		return stands(comments[0], state.posted), nil
	})
}

func draftOf(comment annotate.Comment) *gh.DraftReviewComment {
	draft := &gh.DraftReviewComment{
		Path: new(comment.Path),
		Body: new(comment.Body),
		Line: new(comment.Line),
		Side: new("RIGHT"),
	}
	// A range of one line is refused.
	if comment.StartLine > 0 && comment.StartLine < comment.Line {
		draft.StartLine, draft.StartSide = new(comment.StartLine), new("RIGHT")
	}
	return draft
}

func (p *publisher) commented(comment annotate.Comment) {
	for _, fingerprint := range comment.Fingerprints {
		p.delivery.Commented[fingerprint] = true
	}
}

// stands reports whether a comment of ours has all the markers of this one, and is no old one that has had its day.
func stands(comment annotate.Comment, posted annotate.Posted) bool {
	markers := markersIn(comment.Body)
	return len(markers) > 0 && slices.ContainsFunc(posted.Comments, func(other annotate.PostedComment) bool {
		if !other.Tells() {
			return false
		}
		present := markersIn(other.Body)
		return !slices.ContainsFunc(markers, func(marker string) bool { return !slices.Contains(present, marker) })
	})
}

func markersIn(body string) []string {
	var markers []string
	for line := range strings.Lines(body) {
		if line = strings.TrimSpace(line); strings.HasPrefix(line, "<!-- djleak v=") {
			markers = append(markers, line)
		}
	}
	return markers
}
