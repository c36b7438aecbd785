package github

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	gh "github.com/google/go-github/v60/github"

	"github.com/djleak/djleak/annotate"
)

// edit replaces bodies of our comments and resolves or reopens their threads. A comment that somebody has deleted
// meanwhile is left alone. One that cannot be edited does not keep the others from it.
func (p *publisher) edit(ctx context.Context, edits []annotate.Edit) error {
	var failures []error
	resolvable := true
	for _, edit := range edits {
		there, err := p.replaceBody(ctx, edit)
		if err != nil && p.refused(reviewChannel, reviewPermission, err) {
			break
		}
		if err == nil && there && resolvable && (edit.Resolve || edit.Reopen) {
			err = p.switchThread(ctx, edit)
			if err != nil && p.refused(resolveChannel, resolvePermission, err) {
				resolvable, err = false, nil
			}
		}
		if err != nil {
			failures = append(failures, err)
			if interpret(err).passing || ctx.Err() != nil {
				break // The next one would fare no better.
			}
		}
	}
	return errors.Join(failures...)
}

// replaceBody reports whether the comment is still there.
func (p *publisher) replaceBody(ctx context.Context, edit annotate.Edit) (there bool, err error) {
	if edit.Body == "" {
		return true, nil
	}
	err = p.write(ctx, fmt.Sprintf("edit comment %d", edit.CommentID), func(ctx context.Context) error {
		_, _, err := p.rest.PullRequests.EditComment(ctx, p.owner, p.name, edit.CommentID, &gh.PullRequestComment{Body: new(edit.Body)})
		return err //nolint:wrapcheck // write words it.
	}, nil)
	if answer, refused := refusal(err); refused && answer.status == http.StatusNotFound {
		return false, nil
	}
	if err == nil {
		p.delivery.Edited++
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
