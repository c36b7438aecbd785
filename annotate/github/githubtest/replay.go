package githubtest

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"golang.org/x/sync/errgroup"
)

// before reports whether a request was answered when another one came.
func (r *Request) before(other *Request) bool {
	return !r.Ended.IsZero() && !r.Ended.After(other.Began)
}

// Rounds counts the requests of the longest chain of which each came when the one before it had been answered. It is how
// many times a client waited.
func Rounds(requests []Request) int {
	longest := 0
	chains := make([]int, len(requests)) // They are in the order in which they came.
	for i := range requests {
		chains[i] = 1
		for j := range i {
			if requests[j].before(&requests[i]) {
				chains[i] = max(chains[i], chains[j]+1)
			}
		}
		longest = max(longest, chains[i])
	}
	return longest
}

// Replay sends requests to the server at an address as a client does that knows them all: each goes out as soon as those
// are answered that were answered when it came. It reads the answers and looks at none.
func Replay(ctx context.Context, client *http.Client, address string, requests []Request) error {
	answered := make([]chan struct{}, len(requests))
	for i := range requests {
		answered[i] = make(chan struct{})
	}
	group, ctx := errgroup.WithContext(ctx)
	for i := range requests {
		group.Go(func() error {
			defer close(answered[i])
			for j := range i {
				if requests[j].before(&requests[i]) {
					<-answered[j]
				}
			}
			return requests[i].send(ctx, client, address)
		})
	}
	return group.Wait() //nolint:wrapcheck // Each function has worded its own.
}

func (r *Request) send(ctx context.Context, client *http.Client, address string) error {
	path := (&url.URL{Path: r.Path, RawQuery: r.Query}).String()
	request, err := http.NewRequestWithContext(ctx, r.Method, address+path, strings.NewReader(r.Body))
	if err != nil {
		return fmt.Errorf("replay %s %s: %w", r.Method, r.Path, err)
	}
	request.Header = r.Header.Clone()
	response, err := client.Do(request)
	if err != nil {
		return fmt.Errorf("replay %s %s: %w", r.Method, r.Path, err)
	}
	defer response.Body.Close()
	if _, err := io.Copy(io.Discard, response.Body); err != nil {
		return fmt.Errorf("replay %s %s: %w", r.Method, r.Path, err)
	}
	if response.StatusCode != r.Status {
		return fmt.Errorf("replay %s %s: %s instead of %d", r.Method, r.Path, response.Status, r.Status)
	}
	return nil
}
