package github

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
)

// maxGraphQLAnswer bounds an answer's bytes: a hundred blobs of half a megabyte, escaped.
const maxGraphQLAnswer = 128 << 20

// A graphQLError is one of an answer's errors.
type graphQLError struct {
	Type    string `json:"type"`
	Message string `json:"message"`
	Path    []any  `json:"path"`
}

// graphQL sends a query once and decodes its data. An answer that holds an error fails as a whole, unless all it says is
// that an object is missing.
func (c *Client) graphQL(ctx context.Context, query string, variables map[string]any, data any) error {
	request, err := c.rest.NewRequest(http.MethodPost, c.graphQLURL, struct {
		Query     string         `json:"query"`
		Variables map[string]any `json:"variables,omitempty"`
	}{query, variables})
	if err != nil {
		return fmt.Errorf("ask GraphQL: %w", err)
	}
	text := body{limit: maxGraphQLAnswer}
	if _, err := c.rest.Do(ctx, request, &text); err != nil {
		return interpret(err)
	}
	var answer struct {
		Data   json.RawMessage `json:"data"`
		Errors []graphQLError  `json:"errors"`
	}
	if err := json.Unmarshal(text.Bytes(), &answer); err != nil {
		return interpret(err)
	}
	for _, failure := range answer.Errors {
		// A missing object is null in the data as well; who asked for it knows what that means.
		if failure.Type == "NOT_FOUND" && len(failure.Path) > 1 {
			continue
		}
		return interpretGraphQL(failure)
	}
	if err := json.Unmarshal(answer.Data, data); err != nil {
		return interpret(err)
	}
	return nil
}

func interpretGraphQL(failure graphQLError) *answerError {
	answer := &answerError{status: http.StatusOK, text: cmp.Or(failure.Message, failure.Type, "unknown error")}
	switch failure.Type {
	case "FORBIDDEN", "INSUFFICIENT_SCOPES":
		answer.status = http.StatusForbidden
	case "NOT_FOUND":
		answer.status = http.StatusNotFound
	case "RATE_LIMITED":
		answer.passing, answer.unclear, answer.limited = true, true, true
	case "", "INTERNAL", "SERVICE_UNAVAILABLE":
		// A query that took too long comes without a type: "Something went wrong while executing your query".
		answer.passing = strings.HasPrefix(failure.Message, "Something went wrong") || failure.Type != ""
		answer.unclear = answer.passing
	}
	return answer
}
