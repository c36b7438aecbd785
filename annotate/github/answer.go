package github

import (
	"bytes"
	"cmp"
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	gh "github.com/google/go-github/v60/github"
)

// An answerError is what came back instead of what was asked for, in GitHub's own words and short enough for one line.
type answerError struct {
	status int // 0 where no answer came
	text   string
	// passing is true where the same request may succeed later.
	passing bool
	// unclear is true where a write may have taken effect all the same. Of a limit that is hardly so, but a look costs
	// less than a comment that is posted twice.
	unclear bool
	// limited is true where it is the number of requests that GitHub does not like.
	limited bool
	// after is how long GitHub asks to wait by Retry-After, 0 where it does not say; until is how long its limit lasts.
	// Its documentation advises a minute where it says neither, which is more than a constant failure may take here.
	after, until time.Duration
	cause        error
}

func (e *answerError) Error() string { return e.text }
func (e *answerError) Unwrap() error { return e.cause }

// interpret words err and tells whether it may pass. The context is that of the attempt.
func interpret(err error) *answerError {
	var (
		known    *answerError
		limited  *gh.RateLimitError
		abused   *gh.AbuseRateLimitError
		response *gh.ErrorResponse
		certs    *tls.CertificateVerificationError
		sent     *url.Error
		syntax   *json.SyntaxError
		kind     *json.UnmarshalTypeError
	)
	switch {
	case errors.As(err, &known):
		return known
	case errors.As(err, &limited):
		return &answerError{
			status: limited.Response.StatusCode, cause: err, passing: true, unclear: true,
			text:  cmp.Or(limited.Message, "rate limit exceeded") + " until " + limited.Rate.Reset.UTC().Format(time.TimeOnly) + " UTC",
			after: retryAfter(limited.Response.Header), until: time.Until(limited.Rate.Reset.Time), limited: true,
		}
	case errors.As(err, &abused):
		return &answerError{
			status: abused.Response.StatusCode, cause: err, passing: true, unclear: true,
			text:  cmp.Or(abused.Message, "secondary rate limit exceeded"),
			after: max(retryAfter(abused.Response.Header), value(abused.RetryAfter)), limited: true,
		}
	case errors.As(err, &response):
		return interpretResponse(response)
	case errors.As(err, &certs):
		return &answerError{text: certs.Error(), cause: err}
	case errors.Is(err, errTooLong), errors.As(err, &kind):
		return &answerError{text: err.Error(), cause: err}
	case errors.Is(err, context.DeadlineExceeded):
		return &answerError{text: "no answer in time", cause: err, passing: true, unclear: true}
	case errors.As(err, &syntax), errors.Is(err, io.ErrUnexpectedEOF):
		return &answerError{text: "the answer is cut off", cause: err, passing: true, unclear: true}
	case errors.As(err, &sent):
		// The address may hold a passing token of an archive's storage.
		return &answerError{text: sent.Err.Error(), cause: err, passing: true, unclear: true}
	default:
		// The connection broke while the answer came.
		return &answerError{text: err.Error(), cause: err, passing: true, unclear: true}
	}
}

func interpretResponse(response *gh.ErrorResponse) *answerError {
	status := response.Response.StatusCode
	answer := &answerError{status: status, cause: response, text: wordResponse(response)}
	switch {
	case status == http.StatusTooManyRequests, status == http.StatusRequestTimeout,
		status >= http.StatusInternalServerError && status != http.StatusNotImplemented,
		status == http.StatusForbidden && response.Response.Header.Get("Retry-After") != "",
		status == http.StatusForbidden && strings.Contains(strings.ToLower(response.Message), "rate limit"):
		answer.passing, answer.unclear = true, true
		answer.after = retryAfter(response.Response.Header)
		answer.limited = status == http.StatusTooManyRequests || status == http.StatusForbidden
	}
	return answer
}

// wordResponse writes "422 Unprocessable Entity: what GitHub says about it".
func wordResponse(response *gh.ErrorResponse) string {
	status := response.Response.StatusCode
	var text strings.Builder
	fmt.Fprintf(&text, "%d %s", status, http.StatusText(status))
	if response.Message != "" && response.Message != http.StatusText(status) {
		text.WriteString(": " + response.Message)
	}
	for _, detail := range response.Errors {
		text.WriteString(": " + cmp.Or(detail.Message, strings.TrimSpace(detail.Resource+" "+detail.Field+" "+detail.Code)))
	}
	return text.String()
}

// maxRetryAfter keeps the arithmetic from overflowing; nobody waits for a day.
const maxRetryAfter = 24 * 60 * 60

func value(duration *time.Duration) time.Duration {
	if duration == nil {
		return 0
	}
	return *duration
}

func retryAfter(header http.Header) time.Duration {
	text := header.Get("Retry-After")
	if seconds, err := strconv.Atoi(text); err == nil {
		return time.Duration(min(max(seconds, 0), maxRetryAfter)) * time.Second
	}
	if at, err := http.ParseTime(text); err == nil {
		return max(time.Until(at), 0)
	}
	return 0
}

// refusal tells an answer that no repetition changes because the token may not: 403, or 404 where the token may not even
// know. In GraphQL it is an error of type FORBIDDEN.
func refusal(err error) (*answerError, bool) {
	if err == nil {
		return nil, false
	}
	answer := interpret(err)
	refused := !answer.passing && (answer.status == http.StatusForbidden || answer.status == http.StatusNotFound)
	return answer, refused
}

// unreadable says what could not be read. GitHub does not tell a token that lacks the permission from what is not there.
func unreadable(what string, err error) error {
	if _, refused := refusal(err); refused {
		return fmt.Errorf("read %s: %w (the token may lack contents: read)", what, err)
	}
	return fmt.Errorf("read %s: %w", what, err)
}

// A RefusedError says that the token may not use a channel.
type RefusedError struct {
	// Channel is "review", "check run" or "resolve"; Permission is what a workflow grants for it.
	Channel, Permission string
	answer              *answerError
}

// The channels and what they need: https://docs.github.com/en/rest/authentication/permissions-required-for-github-apps
const (
	reviewChannel     = "review"
	reviewPermission  = "pull-requests: write"
	checkChannel      = "check run"
	checkPermission   = "checks: write"
	resolveChannel    = "resolve"
	resolvePermission = "contents: write"
)

func (e *RefusedError) Error() string {
	if e.answer.status == http.StatusForbidden && !strings.Contains(e.answer.text, "not accessible") {
		return fmt.Sprintf("%s: %s", e.Channel, e.answer.text)
	}
	return fmt.Sprintf("%s: the token lacks %s", e.Channel, e.Permission)
}

func (e *RefusedError) Unwrap() error { return e.answer }

// body reads an answer of at most limit bytes.
type body struct {
	bytes.Buffer
	limit int
}

var errTooLong = errors.New("the answer is too long")

func (b *body) Write(data []byte) (int, error) {
	if b.Len()+len(data) > b.limit {
		return 0, errTooLong
	}
	return b.Buffer.Write(data) //nolint:wrapcheck // It never fails.
}
