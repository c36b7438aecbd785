package github

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/cenkalti/backoff/v5"
)

// Retry bounds the patience with failures that may pass.
type Retry struct {
	// First is the wait before the first repetition; each further one is longer, up to Longest, with jitter.
	First, Longest time.Duration
	// Total is how long all failing requests and the waits between them may take in one run.
	Total time.Duration
	// Attempt is how long one request may go without its whole answer.
	Attempt time.Duration
	// Pause goes before each write after the first twenty: GitHub takes some 80 a minute, 500 an hour.
	Pause time.Duration
	// Asked is the longest wait that GitHub may ask for, in one run, beyond Total.
	Asked time.Duration
}

// DefaultRetry gives up constant failures after 40 seconds.
func DefaultRetry() Retry {
	return Retry{
		First:   time.Second,
		Longest: 10 * time.Second,
		Total:   40 * time.Second,
		Attempt: 20 * time.Second,
		Pause:   time.Second,
		Asked:   5 * time.Minute,
	}
}

// patience is what is left of a run's [Retry].
type patience struct {
	Retry
	mu    sync.Mutex
	total time.Duration
	asked time.Duration
	// charged is the moment up to which failures have cost: those of several requests at once cost their time once.
	charged time.Time
	// writes counts them.
	writes int
}

func newPatience(retry Retry) *patience {
	if retry == (Retry{}) {
		retry = DefaultRetry()
	}
	return &patience{Retry: retry, total: retry.Total, asked: retry.Asked}
}

// attempt is how long the next request may take: never so short that no answer could come.
func (p *patience) attempt() time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	return max(min(p.Attempt, p.total), p.Attempt/4)
}

// spend accounts for a request that failed since it began and for the wait after it, of which GitHub asked for a part. It
// reports false where they are too much.
func (p *patience) spend(began time.Time, wait, asked time.Duration) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	p.total -= p.uncharged(began, now)
	p.charged = later(p.charged, now)
	cost := p.uncharged(now, now.Add(wait))
	left := &p.total
	if asked > max(p.total, p.Longest) {
		// It asks for more than is left, and for more than a wait of our own.
		p.total = 0
		left = &p.asked
	}
	*left -= cost
	if *left < 0 {
		return false
	}
	p.charged = later(p.charged, now.Add(wait))
	return true
}

// uncharged is how much of a time has not been charged yet.
func (p *patience) uncharged(from, to time.Time) time.Duration {
	return max(to.Sub(later(from, p.charged)), 0)
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// try repeats a request until it succeeds, fails for good, or patience is at an end. Before it repeats a write that may
// have taken effect it calls landed; nil means that repeating does no harm. The error begins with what.
func (c *Client) try(ctx context.Context, what string, request func(context.Context) error, landed func(context.Context) (bool, error)) error {
	waits := backoff.NewExponentialBackOff()
	waits.InitialInterval = c.patience.First
	waits.MaxInterval = c.patience.Longest
	for {
		began := time.Now()
		err := c.attempt(ctx, request)
		if err == nil {
			return nil
		}
		answer := interpret(err)
		// An answer may quote what it was asked.
		answer.text = strings.ReplaceAll(answer.text, c.token, "***")
		if ctx.Err() != nil {
			return fmt.Errorf("%s: %w", what, context.Cause(ctx))
		}
		if !answer.passing {
			return fmt.Errorf("%s: %w", what, answer)
		}
		wait := max(waits.NextBackOff(), answer.after, answer.until)
		last := !c.patience.spend(began, wait, answer.after)
		if !last {
			c.tellOf(fmt.Errorf("%s: %w", what, answer), wait)
			if !sleep(ctx, wait) {
				return fmt.Errorf("%s: %w", what, context.Cause(ctx))
			}
		}
		if landed != nil && answer.unclear {
			if done, err := landed(ctx); err != nil {
				return fmt.Errorf("%s: %w: see whether it took effect: %w", what, answer, err)
			} else if done {
				return nil
			}
		}
		if last {
			return fmt.Errorf("%s: %w", what, answer)
		}
	}
}

// sleep reports false where ctx ends first.
func sleep(ctx context.Context, wait time.Duration) bool {
	select {
	case <-time.After(wait):
		return true
	case <-ctx.Done():
		return false
	}
}

// tellOf tells of a wait, one at a time.
func (c *Client) tellOf(failure error, wait time.Duration) {
	if c.waiting != nil {
		c.patience.mu.Lock()
		defer c.patience.mu.Unlock()
		c.waiting(failure, wait)
	}
}

// unhurried is how many writes go without a pause.
const unhurried = 20

// write is try for requests that change something.
func (c *Client) write(ctx context.Context, what string, request func(context.Context) error, landed func(context.Context) (bool, error)) error {
	c.patience.mu.Lock()
	c.patience.writes++
	hurried := c.patience.writes > unhurried
	c.patience.mu.Unlock()
	if hurried && !sleep(ctx, c.patience.Pause) {
		return fmt.Errorf("%s: %w", what, context.Cause(ctx))
	}
	return c.try(ctx, what, request, landed)
}

// attempt sends a request once.
func (c *Client) attempt(ctx context.Context, request func(context.Context) error) error {
	limited, cancel := context.WithTimeout(ctx, c.patience.attempt())
	defer cancel()
	return request(limited)
}
