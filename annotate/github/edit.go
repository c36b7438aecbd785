package github

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"

	gh "github.com/google/go-github/v60/github"

	"github.com/djleak/djleak/annotate"
)

// edit replaces bodies of our comments, and reopens the threads of those that come back. It returns the edits that could
// not be made, with a comment to post instead only where it is certain that nothing has changed. One that fails does not
// keep the others from it.
func (p *publisher) edit(ctx context.Context, edits []annotate.Edit) (failed []annotate.Edit, err error) {
	var failures []error
	for i, edit := range edits {
		there, err := p.restoreOrReplace(ctx, edit)
		switch {
		case err == nil && there:
			p.delivery.Edited[edit.CommentID] = true
		case err == nil:
			failed = append(failed, edit)
		case p.refused(reviewChannel, reviewPermission, err):
			return append(failed, edits[i:]...), errors.Join(failures...)
		default:
			failures = append(failures, err)
			edit.Instead = nil
			failed = append(failed, edit)
			if interpret(err).passing || ctx.Err() != nil {
				// The next one would fare no better.
				return append(failed, withoutInstead(edits[i+1:])...), errors.Join(failures...)
			}
		}
	}
	return failed, errors.Join(failures...)
}

func withoutInstead(edits []annotate.Edit) []annotate.Edit {
	edits = slices.Clone(edits)
	for i := range edits {
		edits[i].Instead = nil
	}
	return edits
}

// restoreOrReplace reports false where the comment is no more, or its thread may not be reopened: then its body says
// still that it is fixed, and a new comment tells what is back.
func (p *publisher) restoreOrReplace(ctx context.Context, edit annotate.Edit) (bool, error) {
	if edit.Reopen {
		if p.irresolvable {
			return false, nil
		}
		if err := p.switchThread(ctx, edit); err != nil {
			if p.unresolvable(err) {
				return false, nil
			}
			return false, err
		}
	}
	return p.replaceBody(ctx, edit)
}

// resolve resolves the threads of the comments that were marked as fixed.
func (p *publisher) resolve(ctx context.Context, edits []annotate.Edit) error {
	var failures []error
	for _, edit := range edits {
		if !edit.Resolve || !p.delivery.Edited[edit.CommentID] || p.irresolvable {
			continue
		}
		err := p.switchThread(ctx, edit)
		if err != nil && !p.unresolvable(err) {
			failures = append(failures, err)
			if interpret(err).passing || ctx.Err() != nil {
				break // The next one would fare no better.
			}
		}
	}
	return errors.Join(failures...)
}

// unresolvable notes that the token may neither resolve nor reopen threads. It reports false where err is something else.
func (p *publisher) unresolvable(err error) bool {
	refused := p.refused(resolveChannel, resolvePermission, err)
	p.irresolvable = p.irresolvable || refused
	return refused
}

// replaceBody reports whether the comment is still there.
func (p *publisher) replaceBody(ctx context.Context, edit annotate.Edit) (there bool, err error) {
	err = p.write(ctx, fmt.Sprintf("edit comment %d", edit.CommentID), func(ctx context.Context) error {
		_, _, err := p.rest.PullRequests.EditComment(ctx, p.owner, p.name, edit.CommentID, &gh.PullRequestComment{Body: new(edit.Body)})
		return err //nolint:wrapcheck // write words it.
	}, nil)
	if answer, refused := refusal(err); refused && answer.status == http.StatusNotFound {
		return false, nil
	}
	return err == nil, err
}

const (
	resolveThread   = `mutation($thread: ID!) { resolveReviewThread(input: {threadId: $thread}) { thread { isResolved } } }`
	unresolveThread = `mutation($thread: ID!) { unresolveReviewThread(input: {threadId: $thread}) { thread { isResolved } } }`
)

// switchThread resolves or reopens a thread. Only GraphQL can, and a job's token only with contents: write (github/gh-aw#35726).
func (p *publisher) switchThread(ctx context.Context, edit annotate.Edit) error {
	what, mutation := "resolve thread", resolveThread
	if edit.Reopen {
		what, mutation = "reopen thread", unresolveThread
	}
	return p.write(ctx, what+" "+edit.ThreadID, func(ctx context.Context) error {
		var data map[string]*struct {
			Thread *struct{ IsResolved bool }
		}
		if err := p.graphQL(ctx, mutation, map[string]any{"thread": edit.ThreadID}, &data); err != nil {
			return err
		}
		for _, payload := range data {
			if payload != nil && payload.Thread != nil && payload.Thread.IsResolved == edit.Resolve {
				if edit.Resolve {
					p.delivery.Resolved++
				}
				return nil
			}
		}
		return &answerError{status: http.StatusForbidden, text: "GitHub did not do it"}
	}, nil)
}
