package github

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	gh "github.com/google/go-github/v60/github"
	"golang.org/x/sync/errgroup"
)

// A roundTrip answers requests.
type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func stubbed(t *testing.T, answer roundTrip, retry Retry) *Client {
	t.Helper()
	client, err := Open(Config{
		Token: "secret", APIURL: "https://api.test", GraphQLURL: "https://api.test/graphql", Repository: "acme/shop", Transport: answer, Retry: retry,
	})
	if err != nil {
		t.Fatal(err)
	}
	return client
}

func answerOf(r *http.Request, status int, body string, header ...string) *http.Response {
	response := &http.Response{StatusCode: status, Body: io.NopCloser(strings.NewReader(body)), Request: r, Header: http.Header{}}
	for i := 0; i < len(header); i += 2 {
		response.Header.Set(header[i], header[i+1])
	}
	return response
}

func getPull(ctx context.Context, c *Client) error {
	return c.try(ctx, "pull request", func(ctx context.Context) error {
		_, _, err := c.rest.PullRequests.Get(ctx, "acme", "shop", 12)
		return err
	}, nil)
}

// Constant failures are given up after 40 seconds, unless a Retry-After asks for more.
func TestPatience(t *testing.T) {
	t.Parallel()
	const secondary = `{"message":"You have exceeded a secondary rate limit.","documentation_url":"https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits"}`
	tests := map[string]struct {
		answer roundTrip
		least  time.Duration
		most   time.Duration
		want   string
	}{
		"502": {
			func(r *http.Request) (*http.Response, error) { return answerOf(r, 502, "<html>"), nil },
			15 * time.Second, 40 * time.Second, "502 Bad Gateway",
		},
		"reset": {
			func(*http.Request) (*http.Response, error) { return nil, syscall.ECONNRESET },
			15 * time.Second, 40 * time.Second, "connection reset by peer",
		},
		"no answer": {
			func(r *http.Request) (*http.Response, error) {
				<-r.Context().Done()
				return nil, r.Context().Err()
			},
			30 * time.Second, 40 * time.Second, "no answer in time",
		},
		"429 that asks for nothing": {
			func(r *http.Request) (*http.Response, error) { return answerOf(r, 429, "{}"), nil },
			15 * time.Second, 40 * time.Second, "429 Too Many Requests",
		},
		"secondary limit that asks for nothing": {
			func(r *http.Request) (*http.Response, error) { return answerOf(r, 403, secondary), nil },
			15 * time.Second, 40 * time.Second, "You have exceeded a secondary rate limit.",
		},
		"secondary limit, in words alone": {
			func(r *http.Request) (*http.Response, error) {
				return answerOf(r, 403, `{"message":"You have exceeded a secondary rate limit."}`), nil
			},
			15 * time.Second, 40 * time.Second, "403 Forbidden: You have exceeded a secondary rate limit.",
		},
		"secondary limit while the hour's limit is far": {
			func(r *http.Request) (*http.Response, error) {
				reset := fmt.Sprint(time.Now().Add(time.Hour).Unix())
				return answerOf(r, 403, secondary, "X-RateLimit-Limit", "5000", "X-RateLimit-Remaining", "4000", "X-RateLimit-Reset", reset), nil
			},
			15 * time.Second, 40 * time.Second, "You have exceeded a secondary rate limit.",
		},
		"403 that asks for a second, for reasons of its own": {
			func(r *http.Request) (*http.Response, error) {
				return answerOf(r, 403, `{"message":"Slow down"}`, "Retry-After", "1"), nil
			},
			15 * time.Second, 40 * time.Second, "403 Forbidden: Slow down",
		},
		"429 that asks for a day": {
			func(r *http.Request) (*http.Response, error) {
				return answerOf(r, 429, "{}", "Retry-After", "86400"), nil
			},
			0, 0, "429 Too Many Requests",
		},
		"429 that asks for an age": {
			func(r *http.Request) (*http.Response, error) {
				return answerOf(r, 429, "{}", "Retry-After", "9223372036854775807"), nil
			},
			0, 40 * time.Second, "429 Too Many Requests",
		},
		"503 that asks for a date": {
			func(r *http.Request) (*http.Response, error) {
				return answerOf(r, 503, "", "Retry-After", time.Now().Add(time.Minute).UTC().Format(http.TimeFormat)), nil
			},
			60 * time.Second, 5 * time.Minute, "503 Service Unavailable",
		},
		"429 that asks for a second": {
			func(r *http.Request) (*http.Response, error) { return answerOf(r, 429, "{}", "Retry-After", "1"), nil },
			15 * time.Second, 40 * time.Second, "429 Too Many Requests",
		},
		"429 that asks for a minute and a half": {
			func(r *http.Request) (*http.Response, error) { return answerOf(r, 429, "{}", "Retry-After", "90"), nil },
			90 * time.Second, 5 * time.Minute, "429 Too Many Requests",
		},
		"secondary limit": {
			func(r *http.Request) (*http.Response, error) {
				return answerOf(r, 403, secondary, "Retry-After", "60"), nil
			},
			60 * time.Second, 5 * time.Minute, "You have exceeded a secondary rate limit.",
		},
		"limit until an hour later": {
			func(r *http.Request) (*http.Response, error) {
				reset := fmt.Sprint(time.Now().Add(time.Hour).Unix())
				return answerOf(r, 403, `{"message":"API rate limit exceeded"}`, "X-RateLimit-Remaining", "0", "X-RateLimit-Reset", reset), nil
			},
			0, 0, "API rate limit exceeded until 01:00:00 UTC",
		},
		"404": {func(r *http.Request) (*http.Response, error) { return answerOf(r, 404, `{"message":"Not Found"}`), nil }, 0, 0, "404 Not Found"},
		"forbidden": {func(r *http.Request) (*http.Response, error) {
			return answerOf(r, 403, `{"message":"Resource not accessible by integration"}`), nil
		}, 0, 0, "403 Forbidden: Resource not accessible by integration"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				client := stubbed(t, test.answer, Retry{})
				began := time.Now()
				err := getPull(t.Context(), client)
				if took := time.Since(began); took < test.least || took > test.most {
					t.Errorf("it took %s, want %s to %s", took, test.least, test.most)
				}
				if want := "pull request: " + test.want; err == nil || err.Error() != want {
					t.Errorf("error: got %v, want %s", err, want)
				}
			})
		})
	}
}

// The patience is one for the whole run: the second request that fails is given up at once.
func TestPatienceIsForTheWholeRun(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		requests := 0
		client := stubbed(t, func(r *http.Request) (*http.Response, error) {
			requests++
			return answerOf(r, 503, ""), nil
		}, Retry{})
		_ = getPull(t.Context(), client)
		before, began := requests, time.Now()
		_ = getPull(t.Context(), client)
		if requests != before+1 || time.Since(began) > 5*time.Second {
			t.Errorf("%d more requests in %s, want one at once", requests-before, time.Since(began))
		}
	})
}

// Requests that fail at the same time wear the patience out no faster than one.
func TestPatienceCountsTimeOnce(t *testing.T) {
	t.Parallel()
	for name, header := range map[string][]string{"constant": nil, "asked to wait": {"Retry-After", "60"}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				const recovers = 25 * time.Second
				began := time.Now()
				client := stubbed(t, func(r *http.Request) (*http.Response, error) {
					if time.Since(began) < recovers {
						return answerOf(r, 503, "", header...), nil
					}
					return answerOf(r, 200, "{}"), nil
				}, Retry{})
				var group errgroup.Group
				for range 8 {
					group.Go(func() error { return getPull(t.Context(), client) })
				}
				if err := group.Wait(); err != nil {
					t.Errorf("after %s: %s", time.Since(began), err)
				}
			})
		})
	}
}

func TestFailuresThatPass(t *testing.T) {
	t.Parallel()
	failures := map[string]roundTrip{
		"500": func(r *http.Request) (*http.Response, error) { return answerOf(r, 500, ""), nil },
		"502": func(r *http.Request) (*http.Response, error) { return answerOf(r, 502, ""), nil },
		"503": func(r *http.Request) (*http.Response, error) { return answerOf(r, 503, "", "Retry-After", "7"), nil },
		"504": func(r *http.Request) (*http.Response, error) { return answerOf(r, 504, ""), nil },
		"429": func(r *http.Request) (*http.Response, error) { return answerOf(r, 429, ""), nil },
		"limited, with the hour's reset": func(r *http.Request) (*http.Response, error) {
			return answerOf(r, 403, `{"message":"You have exceeded a secondary rate limit.","documentation_url":"https://docs.github.com/rest/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits"}`,
				"X-RateLimit-Remaining", "4000", "X-RateLimit-Reset", fmt.Sprint(time.Now().Add(time.Hour).Unix())), nil
		},
		"408":            func(r *http.Request) (*http.Response, error) { return answerOf(r, 408, ""), nil },
		"reset":          func(*http.Request) (*http.Response, error) { return nil, syscall.ECONNRESET },
		"end of file":    func(*http.Request) (*http.Response, error) { return nil, io.ErrUnexpectedEOF },
		"cut off":        func(r *http.Request) (*http.Response, error) { return answerOf(r, 200, `{"number": 1`), nil },
		"a page instead": func(r *http.Request) (*http.Response, error) { return answerOf(r, 200, `<html>`), nil },
	}
	for name, failure := range failures {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				requests := 0
				client := stubbed(t, func(r *http.Request) (*http.Response, error) {
					if requests++; requests <= 2 {
						return failure(r)
					}
					return answerOf(r, 200, "{}"), nil
				}, Retry{})
				if err := getPull(t.Context(), client); err != nil || requests != 3 {
					t.Errorf("%d requests and %v, want 3 and none", requests, err)
				}
			})
		})
	}
}

func TestWhoIsAskedToStopDoesNotWait(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client := stubbed(t, func(r *http.Request) (*http.Response, error) { return answerOf(r, 502, ""), nil }, Retry{})
		ctx, cancel := context.WithCancelCause(t.Context())
		asked := errors.New("asked to stop")
		time.AfterFunc(5*time.Second, func() { cancel(asked) })
		began := time.Now()
		err := getPull(ctx, client)
		if took := time.Since(began); took != 5*time.Second || !errors.Is(err, asked) {
			t.Errorf("%v after %s, want %v after 5s", err, took, asked)
		}
	})
}

// A redirect may lead anywhere: the token goes to the API's own hosts alone.
func TestTokenStaysAtHome(t *testing.T) {
	t.Parallel()
	tests := map[string]bool{
		"https://api.test/other":    true,
		"https://api.test:444/":     false,
		"http://api.test/other":     false,
		"https://evil.test/":        false,
		"https://api.test.evil/":    false,
		"https://sub.api.test/":     false,
		"https://evil.test@a.test/": false,
	}
	for target, wanted := range tests {
		t.Run(target, func(t *testing.T) {
			t.Parallel()
			var last *http.Request
			client := stubbed(t, func(r *http.Request) (*http.Response, error) {
				if last = r; strings.HasPrefix(r.URL.Path, "/repos/") {
					return answerOf(r, 302, "", "Location", target), nil
				}
				return answerOf(r, 200, "{}"), nil
			}, Retry{})
			if err := getPull(t.Context(), client); err != nil {
				t.Fatal(err)
			}
			if got := last.Header.Get("Authorization") == "Bearer secret"; got != wanted || last.URL.Path == "/repos/acme/shop/pulls/12" {
				t.Errorf("%s saw the token: %t, want %t", last.URL, got, wanted)
			}
		})
	}
}

// More than twenty writes in a run slow down: GitHub takes some eighty a minute.
func TestWritesArePaced(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client := stubbed(t, func(r *http.Request) (*http.Response, error) { return answerOf(r, 200, "{}"), nil }, Retry{})
		began := time.Now()
		for range 80 {
			err := client.write(t.Context(), "edit", func(ctx context.Context) error {
				_, _, err := client.rest.PullRequests.EditComment(ctx, "acme", "shop", 1, &gh.PullRequestComment{})
				return err
			}, nil)
			if err != nil {
				t.Fatal(err)
			}
		}
		if took := time.Since(began); took != time.Minute {
			t.Errorf("80 writes took %s, want 1m0s", took)
		}
	})
}
