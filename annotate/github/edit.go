package github

import (
	"context"
	"fmt"
	"net/http"

	gh "github.com/google/go-github/v60/github"

	"github.com/djleak/djleak/annotate"
)

// edit replaces bodies of our comments and resolves or reopens their threads. A comment that somebody has deleted
// meanwhile is left alone.
func (p *publisher) edit(ctx context.Context, edits []annotate.Edit) error {
	resolvable := true
	for _, edit := range edits {
		if edit.Body != "" {
			gone, err := p.replaceBody(ctx, edit)
			if err != nil {
				if p.refused(reviewChannel, reviewPermission, err) {
					return nil
				}
				return err
			}
			if gone {
				continue
			}
			p.delivery.Edited++
		}
		if !resolvable || (!edit.Resolve && !edit.Reopen) {
			continue
		}
		if err := p.switchThread(ctx, edit); err != nil {
			if !p.refused(resolveChannel, resolvePermission, err) {
				return err
			}
			resolvable = false
			continue
		}
		if edit.Resolve {
			p.delivery.Resolved++
		}
	}
	return nil
}

func (p *publisher) replaceBody(ctx context.Context, edit annotate.Edit) (gone bool, err error) {
	err = p.write(ctx, fmt.Sprintf("edit comment %d", edit.CommentID), func(ctx context.Context) error {
		_, _, err := p.rest.PullRequests.EditComment(ctx, p.owner, p.name, edit.CommentID, &gh.PullRequestComment{Body: new(edit.Body)})
		return err //nolint:wrapcheck // write words it.
	}, nil)
	if answer, refused := refusal(err); refused && answer.status == http.StatusNotFound {
		return true, nil
	}
	return false, err
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
				return nil
			}
		}
		return &answerError{status: http.StatusForbidden, text: "GitHub did not do it"}
	}, nil)
}
