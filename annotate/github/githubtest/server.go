// Package githubtest is a GitHub for tests and for trying the action by hand. It holds repositories, pull requests,
// comments and check runs in memory, answers the requests that djleak makes, and is as strict as the real one: each
// request is held against GitHub's own API description, and what that does not say is checked by hand, with the
// answers that the real one was seen to give.
package githubtest

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	description "github.com/djleak/djleak/testdata/github"
)

// Token is the one that the server knows.
const Token = "ghs_0123456789abcdefghijABCDEFGHIJ012345"

// Viewer is who the token stands for, Person another, and Ghost somebody whose account is gone: nobody's name is told.
const (
	Viewer = "github-actions"
	Person = "ada"
	Ghost  = "ghost"
)

// An Access is how far a permission goes.
type Access uint8

// The accesses.
const (
	None Access = iota
	Read
	Write
)

// Permissions are those of the token.
type Permissions struct{ Contents, PullRequests, Checks Access }

// A Server is a GitHub. It is an [http.Handler] that may stand at "/", as api.github.com does, or at "/api/v3" with
// GraphQL at "/api/graphql", as a GitHub Enterprise Server.
type Server struct {
	mu           sync.Mutex
	permissions  Permissions
	repositories map[string]*Repository
	faults       []*Fault
	struck       int
	requests     []*Request
	violations   []string
	latency      time.Duration
	nextID       int64
	// writes are the times of the last ones.
	writes []time.Time

	rules
	// operations are the handlers by the description's names.
	operations map[string]http.HandlerFunc
	// stopped ends the requests that hang.
	stopped context.Context
	stop    context.CancelFunc
}

// rules are GitHub's own descriptions, parsed.
type rules struct {
	router routers.Router
	schema *ast.Schema
}

// loadRules parses them once for all servers.
var loadRules = sync.OnceValues(func() (rules, error) {
	document, err := openapi3.NewLoader().LoadFromData(description.API)
	if err != nil {
		return rules{}, fmt.Errorf("load API description: %w", err)
	}
	router, err := gorillamux.NewRouter(document)
	if err != nil {
		return rules{}, fmt.Errorf("load API description: %w", err)
	}
	schema, err := gqlparser.LoadSchema(&ast.Source{Name: "schema.graphql", Input: description.Schema})
	if err != nil {
		return rules{}, fmt.Errorf("load GraphQL schema: %w", err)
	}
	return rules{router, schema}, nil
})

// New makes a server whose token may do what the README's workflow grants.
func New() (*Server, error) {
	rules, err := loadRules()
	if err != nil {
		return nil, err
	}
	s := &Server{
		rules:        rules,
		permissions:  Permissions{Contents: Read, PullRequests: Write, Checks: Write},
		repositories: map[string]*Repository{},
		// The numbers of comments have outgrown 32 bits.
		nextID: 2_900_000_000,
	}
	s.stopped, s.stop = context.WithCancel(context.Background())
	s.operations = s.handlers()
	return s, nil
}

// Close ends what hangs and the git processes. It does not close listeners.
func (s *Server) Close() {
	s.stop()
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, repository := range s.repositories {
		repository.git.close()
	}
}

// Permit sets the token's permissions.
func (s *Server) Permit(permissions Permissions) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.permissions = permissions
}

// Delay lets every answer come so much later than it is known, as one from afar does.
func (s *Server) Delay(latency time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.latency = latency
}

// A Request is one that came.
type Request struct {
	Method, Path, Query string
	Header              http.Header
	Body                string
	// Status is that of the server's own answer, 0 where a fault came before it.
	Status int
	// Began is when it came, and Ended when its answer went out: zero where there is none yet.
	Began, Ended time.Time
}

// Requests returns those that came so far.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	requests := make([]Request, len(s.requests))
	for i, request := range s.requests {
		requests[i] = *request
	}
	return requests
}

// Forget forgets the requests, the faults and the violations, and keeps what was published.
func (s *Server) Forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests, s.faults, s.violations = nil, nil, nil
}

// Violations are what no request should do and GitHub would not always refuse.
func (s *Server) Violations() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.violations)
}

func (s *Server) violation(format string, args ...any) {
	s.violations = append(s.violations, fmt.Sprintf(format, args...))
}

func (s *Server) id() int64 {
	s.nextID++
	return s.nextID
}

// archivePath is where archives lie: on the real GitHub it is another host, which must not see the token.
const archivePath = "/_codeload/"

var apiPrefix = regexp.MustCompile(`^/api(/v3)?(/|$)`)

// ServeHTTP answers a request, unless a fault keeps it from that.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	began := time.Now()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	archive := strings.HasPrefix(r.URL.Path, archivePath)
	if !archive {
		r.URL.Path = apiPrefix.ReplaceAllString(r.URL.Path, "/")
		r.URL.RawPath = apiPrefix.ReplaceAllString(r.URL.RawPath, "/")
	}
	recorded := &recorder{header: http.Header{}}
	s.mu.Lock()
	log := &Request{
		Method: r.Method, Path: r.URL.Path, Query: r.URL.RawQuery, Header: r.Header.Clone(), Body: string(body), Began: began,
	}
	s.requests = append(s.requests, log)
	latency := s.latency
	s.mu.Unlock()
	fault := s.faultFor(r, string(body))
	if fault != nil && !fault.After {
		fault.strike(s, w, r)
		return
	}
	s.respond(recorded, log, r, body, archive)
	if fault != nil {
		fault.strike(s, w, r)
		return
	}
	time.Sleep(latency)
	s.mu.Lock()
	log.Ended = time.Now()
	s.mu.Unlock()
	recorded.replay(w)
}

// respond answers under the lock.
func (s *Server) respond(w *recorder, log *Request, r *http.Request, body []byte, archive bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	defer func() { log.Status = w.status }()
	switch {
	case archive:
		if r.Header.Get("Authorization") != "" {
			s.violation("the token went to the archives' host")
		}
		s.archive(w, r)
	case r.Header.Get("Authorization") != "Bearer "+Token:
		answer(w, http.StatusUnauthorized, message{Message: "Bad credentials"})
	default:
		s.serve(w, r, body)
	}
}

// serve validates and answers. The lock is held.
func (s *Server) serve(w http.ResponseWriter, r *http.Request, body []byte) {
	w.Header().Set("X-RateLimit-Remaining", "4999")
	if r.Header.Get("User-Agent") == "" {
		answer(w, http.StatusForbidden, message{Message: "Request forbidden by administrative rules."})
		return
	}
	if s.tooManyWrites(r, body) {
		s.violation("%s %s: more than %d writes a minute", r.Method, r.URL.Path, writesAMinute)
		w.Header().Set("Retry-After", "60")
		answer(w, http.StatusForbidden, message{
			Message:          "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
			DocumentationURL: "https://docs.github.com/rest/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits",
		})
		return
	}
	if r.URL.Path == "/graphql" {
		s.serveGraphQL(w, r, body)
		return
	}
	route, parameters, err := s.router.FindRoute(r)
	if err != nil {
		s.violation("%s %s: not among the described requests", r.Method, r.URL.Path)
		answer(w, http.StatusNotFound, message{Message: "Not Found"})
		return
	}
	if tooMany := tooManyAnnotations(r, body); tooMany != "" {
		s.violation("%s %s: %s", r.Method, r.URL.Path, tooMany)
		unprocessable(w, "checks/runs", "Invalid request.\n\n"+tooMany)
		return
	}
	input := &openapi3filter.RequestValidationInput{
		Request: r, PathParams: parameters, Route: route,
		Options: &openapi3filter.Options{MultiError: true, AuthenticationFunc: openapi3filter.NoopAuthenticationFunc},
	}
	if err := openapi3filter.ValidateRequest(r.Context(), input); err != nil {
		s.violation("%s %s: %s", r.Method, r.URL.Path, err)
		unprocessable(w, "", "Invalid request.\n\n"+err.Error())
		return
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	for name, text := range parameters {
		decoded, err := url.PathUnescape(text)
		if err != nil {
			decoded = text
		}
		r.SetPathValue(name, decoded)
	}
	s.operations[route.Operation.OperationID](w, r)
}

// writesAMinute is how many requests that create content GitHub takes.
const writesAMinute = 80

func (s *Server) tooManyWrites(r *http.Request, body []byte) bool {
	if r.Method == http.MethodGet || r.URL.Path == "/graphql" && !bytes.Contains(body, []byte("mutation")) {
		return false
	}
	now := time.Now()
	s.writes = slices.DeleteFunc(s.writes, func(at time.Time) bool { return now.Sub(at) > time.Minute })
	s.writes = append(s.writes, now)
	return len(s.writes) > writesAMinute
}

// A message is how GitHub answers where there is nothing else to say.
type message struct {
	Message          string `json:"message"`
	Errors           []any  `json:"errors,omitempty"`
	DocumentationURL string `json:"documentation_url,omitempty"`
	Status           string `json:"status,omitempty"`
}

func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	if m, ok := body.(message); ok {
		m.Status = strconv.Itoa(status)
		if m.DocumentationURL == "" {
			m.DocumentationURL = "https://docs.github.com/rest"
		}
		body = m
	}
	text, err := json.Marshal(body)
	if err != nil {
		panic(err) // Only values of this package come here.
	}
	w.WriteHeader(status)
	_, _ = w.Write(text)
}

func notFound(w http.ResponseWriter) {
	answer(w, http.StatusNotFound, message{Message: "Not Found"})
}

func forbidden(w http.ResponseWriter, page string) {
	answer(w, http.StatusForbidden, message{
		Message: "Resource not accessible by integration", DocumentationURL: "https://docs.github.com/rest/" + page,
	})
}

func unprocessable(w http.ResponseWriter, page, text string, errors ...any) {
	answer(w, http.StatusUnprocessableEntity, message{
		Message: text, Errors: errors, DocumentationURL: "https://docs.github.com/rest/" + page,
	})
}

// A recorder keeps an answer until it is known whether it may go out.
type recorder struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (r *recorder) Header() http.Header { return r.header }

func (r *recorder) WriteHeader(status int) {
	if r.status == 0 {
		r.status = status
	}
}

func (r *recorder) Write(data []byte) (int, error) {
	r.WriteHeader(http.StatusOK)
	return r.body.Write(data) //nolint:wrapcheck // It never fails.
}

func (r *recorder) replay(w http.ResponseWriter) {
	maps.Copy(w.Header(), r.header)
	w.WriteHeader(r.status)
	_, _ = w.Write(r.body.Bytes())
}

// tooManyAnnotations is in the API description too, but GitHub's words for it are known.
func tooManyAnnotations(r *http.Request, body []byte) string {
	var run struct {
		Output struct {
			Annotations []json.RawMessage `json:"annotations"`
		} `json:"output"`
	}
	if !strings.Contains(r.URL.Path, "/check-runs") || json.Unmarshal(body, &run) != nil {
		return ""
	}
	if n := len(run.Output.Annotations); n > 50 {
		return fmt.Sprintf("No more than 50 items are allowed; %d were supplied.", n)
	}
	return ""
}
