package github

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	gh "github.com/google/go-github/v60/github"

	"github.com/djleak/djleak/annotate"
)

// A Target says where a plan goes.
type Target struct {
	// Pull is the pull request to review, nil where there is none.
	Pull *Pull
	// Check creates the check run.
	Check bool
}

// lastWords is how long a run that was stopped has for its check run; a runner kills it 10 seconds after it asked.
const lastWords = 5 * time.Second

// Publish carries out a plan: first what stands on the pull request, then the review, last the check run, which tells the
// verdict. The delivery tells what came of it whether or not there is an error. A channel that the token may not use, or
// comments that GitHub does not take, are no error but refused; an error is a write that was permitted and failed for good.
//
// Where ctx ends before all is published, a check run that concludes with cancelled tells so.
func (c *Client) Publish(ctx context.Context, plan annotate.Plan, target Target) (annotate.Delivery, error) {
	p := &publisher{Client: c, delivery: annotate.Delivery{Commented: map[string]bool{}, Edited: map[int64]bool{}}}
	// What stands of the check run is asked for along with what stands of the review.
	standing := sync.OnceValues(func() (*gh.CheckRun, error) { return p.findCheck(ctx, plan.Check) })
	if target.Check {
		go func() { _, _ = standing() }()
	}
	var failures []error
	if target.Pull != nil && plan.Conclusion != annotate.Cancelled && (plan.Review != nil || len(plan.Edits) > 0) {
		if err := p.review(ctx, plan, *target.Pull); err != nil {
			failures = append(failures, fmt.Errorf("review %s: %w", c.pull(target.Pull.Number), err))
		}
	}
	if target.Check {
		if err := p.check(ctx, plan.Check, standing); err != nil {
			failures = append(failures, fmt.Errorf("check %s: %w", c.commit(plan.Check.HeadSHA), err))
		}
	}
	p.delivery.Stopped = ctx.Err() != nil
	return p.delivery, errors.Join(failures...)
}

// A publisher is one plan on its way.
type publisher struct {
	*Client
	delivery annotate.Delivery
	// posts counts the reviews that were tried.
	posts int
	// irresolvable is true once the token may not resolve or reopen a thread.
	irresolvable bool
}

// refused notes a refusal. It reports false where err is something else.
func (p *publisher) refused(channel, permission string, err error) bool {
	answer, refused := refusal(err)
	if refused {
		p.note((&RefusedError{Channel: channel, Permission: permission, answer: answer}).Error())
	}
	return refused
}

// note says once what could not be had.
func (p *publisher) note(text string) {
	if !slices.Contains(p.delivery.Refused, text) {
		p.delivery.Refused = append(p.delivery.Refused, text)
	}
}
