package github

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/djleak/djleak/annotate"
)

// threadsQuery asks for what only GraphQL tells: the threads' state, and whether the token's owner wrote their first
// comments. A comment's small id does not fit GraphQL's Int any more; servers older than the large one have only the small.
const threadsQuery = `query($owner: String!, $name: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      headRefOid
      reviewThreads(first: 100, after: $after) {
        pageInfo { hasNextPage endCursor }
        nodes {
          id
          isResolved
          resolvedBy { login }
          path
          comments(first: 1) { nodes { id fullDatabaseId body viewerDidAuthor author { login } } }
        }
      }
    }
  }
}`

type threadsData struct {
	Repository *struct {
		PullRequest *struct {
			HeadRefOid    string
			ReviewThreads struct {
				PageInfo struct {
					HasNextPage bool
					EndCursor   string
				}
				Nodes []threadNode
			}
		}
	}
}

type threadNode struct {
	ID         string
	IsResolved bool
	ResolvedBy *struct{ Login string }
	Path       string
	Comments   struct {
		Nodes []struct {
			ID              string
			FullDatabaseID  json.Number
			DatabaseID      json.Number
			Body            string
			ViewerDidAuthor bool
			Author          *struct{ Login string }
		}
	}
}

// A pullState is what stands on a pull request at one moment.
type pullState struct {
	head   string
	posted annotate.Posted
}

// ReadPosted reads the review threads of a pull request. Whoever cannot read them must not review: everything would be
// posted again, since REST does not tell which comments are whose. A [*RefusedError] says that the token may not.
func (c *Client) ReadPosted(ctx context.Context, number int) (annotate.Posted, error) {
	state, err := c.pullState(ctx, number)
	if answer, refused := refusal(err); refused {
		return annotate.Posted{}, &RefusedError{Channel: reviewChannel, Permission: reviewPermission, answer: answer}
	}
	if err != nil {
		return annotate.Posted{}, fmt.Errorf("review %s: %w", c.pull(number), err)
	}
	return state.posted, nil
}

func (c *Client) pullState(ctx context.Context, number int) (pullState, error) {
	query := threadsQuery
	var state pullState
	var after *string
	for page := 1; ; page++ {
		var data threadsData
		err := c.try(ctx, fmt.Sprintf("list comments: page %d", page), func(ctx context.Context) error {
			data = threadsData{}
			variables := map[string]any{"owner": c.owner, "name": c.name, "number": number, "after": after}
			return c.graphQL(ctx, query, variables, &data)
		}, nil)
		if err != nil && strings.Contains(err.Error(), "fullDatabaseId") && query == threadsQuery {
			query = strings.Replace(threadsQuery, "fullDatabaseId", "databaseId", 1)
			page--
			continue
		}
		if err != nil {
			return pullState{}, err
		}
		if data.Repository == nil || data.Repository.PullRequest == nil {
			return pullState{}, &answerError{status: http.StatusNotFound, text: "list comments: the token may not see the pull request"}
		}
		pull := data.Repository.PullRequest
		state.head = pull.HeadRefOid
		for _, node := range pull.ReviewThreads.Nodes {
			comment, err := node.comment()
			if err != nil {
				return pullState{}, fmt.Errorf("list comments: page %d: %w", page, err)
			}
			state.posted.Comments = append(state.posted.Comments, comment)
		}
		next := pull.ReviewThreads.PageInfo
		if !next.HasNextPage {
			return state, nil
		}
		if after != nil && *after == next.EndCursor {
			// It would be asked for until the job is killed.
			return pullState{}, fmt.Errorf("list comments: page %d: GitHub names it as the page after itself", page)
		}
		after = &next.EndCursor
	}
}

// comment reads a thread's first comment.
func (n threadNode) comment() (annotate.PostedComment, error) {
	comment := annotate.PostedComment{ThreadID: n.ID, Path: n.Path, Resolved: n.IsResolved}
	if len(n.Comments.Nodes) == 0 {
		return comment, nil
	}
	first := n.Comments.Nodes[0]
	id, err := cmp.Or(first.FullDatabaseID, first.DatabaseID).Int64()
	if err != nil {
		return comment, errors.New("a comment has no number")
	}
	comment.ID, comment.NodeID = id, first.ID
	comment.Body = first.Body
	comment.Mine = first.ViewerDidAuthor
	// A bot is spelled in two ways, in GraphQL as well. Whoever has no name any more counts as a person.
	comment.ResolvedByMe = n.IsResolved && comment.Mine && n.ResolvedBy != nil && first.Author != nil &&
		botless(n.ResolvedBy.Login) == botless(first.Author.Login)
	return comment, nil
}

func botless(login string) string { return strings.TrimSuffix(login, "[bot]") }
