package github

import (
	"context"
	"errors"
	"fmt"
	"time"

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

// Publish carries out a plan: first the check run, which tells the verdict, then review and edits. The delivery tells what
// came of it whether or not there is an error. A channel that the token may not use, or comments that GitHub does not
// take, are no error but refused; an error is a write that was permitted and failed for good.
//
// Where ctx ends before there is a check run, one that concludes with cancelled is created in its place.
func (c *Client) Publish(ctx context.Context, plan annotate.Plan, target Target) (annotate.Delivery, error) {
	p := &publisher{Client: c, delivery: annotate.Delivery{Commented: map[string]bool{}}}
	var failures []error
	if target.Check {
		if err := p.check(ctx, plan.Check); err != nil {
			failures = append(failures, fmt.Errorf("check %s: %w", c.commit(plan.Check.HeadSHA), err))
		}
	}
	if target.Pull != nil && plan.Conclusion != annotate.Cancelled && (plan.Review != nil || len(plan.Edits) > 0) {
		if err := p.review(ctx, plan, *target.Pull); err != nil {
			failures = append(failures, fmt.Errorf("review %s: %w", c.pull(target.Pull.Number), err))
		}
	}
	return p.delivery, errors.Join(failures...)
}

// A publisher is one plan on its way.
type publisher struct {
	*Client
	delivery annotate.Delivery
	// posts counts the reviews that were tried.
	posts int
}

// refused notes a refusal. It reports false where err is something else.
func (p *publisher) refused(channel, permission string, err error) bool {
	answer, refused := refusal(err)
	if refused {
		p.note((&RefusedError{Channel: channel, Permission: permission, answer: answer}).Error())
	}
	return refused
}

func (p *publisher) note(text string) { p.delivery.Refused = append(p.delivery.Refused, text) }
