// Package description holds GitHub's own description of the requests that djleak makes, cut down by prune.go.
package description

import _ "embed"

// API is the OpenAPI description of the REST requests.
//
//go:embed api.json
var API []byte

// Schema is the GraphQL schema.
//
//go:embed schema.graphql
var Schema string
