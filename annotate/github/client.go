// Package github reads changes from GitHub, or a GitHub Enterprise Server, and publishes plans to it.
//
// It never runs, writes or checks out anything of a repository: it reads blobs. Facts about GitHub's limits are from
// its REST and GraphQL documentation; where it is silent, the comment names the thread in which the limit was seen.
package github

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	gh "github.com/google/go-github/v60/github"

	"github.com/djleak/djleak/analyzer/pattern"
)

// A Config says which repository to talk to, where and as whom.
type Config struct {
	// Token authorises every request to the API's own hosts, and none to another host.
	Token string
	// APIURL and GraphQLURL are those of the job: GITHUB_API_URL and GITHUB_GRAPHQL_URL.
	APIURL, GraphQLURL string
	// Repository is "owner/name".
	Repository string
	// UserAgent names the program and its version.
	UserAgent string
	// Transport sends the requests; nil means one like [http.DefaultTransport] that keeps the connections of what is read at once.
	Transport http.RoundTripper
	// Retry bounds the patience with failures that may pass; zero means [DefaultRetry].
	Retry Retry
	// Waiting, unless nil, is told of each failure that may pass and of the wait before it is tried again. It must not use
	// the client.
	Waiting func(failure error, wait time.Duration)
}

// A Client reads from and publishes to one repository. It is safe for use by several goroutines at once.
type Client struct {
	rest        *gh.Client
	graphQLURL  string
	owner, name string
	token       string
	patience    *patience
	waiting     func(error, time.Duration)
}

// An enterprise's managed user has an underscore in the name, before the enterprise's own: their repositories are "ada_acme/shop".
var repositoryPattern = pattern.New(`^[A-Za-z0-9][A-Za-z0-9_-]*/[A-Za-z0-9._-]+$`)

// Open makes a client. It sends nothing; its errors are about the configuration.
func Open(config Config) (*Client, error) {
	if !repositoryPattern.MatchString(config.Repository) {
		return nil, fmt.Errorf("%q is no repository: want owner/name", config.Repository)
	}
	api, err := parseBase("API", config.APIURL)
	if err != nil {
		return nil, err
	}
	api.Path = strings.TrimSuffix(api.Path, "/") + "/"
	graphQL, err := parseBase("GraphQL", config.GraphQLURL)
	if err != nil {
		return nil, err
	}
	if config.Token == "" {
		return nil, errors.New("no token was given")
	}
	if config.Transport == nil {
		config.Transport = keepingTransport()
	}
	httpClient := &http.Client{Transport: &authorized{
		token:   config.Token,
		origins: []string{origin(api), origin(graphQL)},
		next:    config.Transport,
	}}
	rest := gh.NewClient(httpClient)
	rest.BaseURL = api
	rest.UserAgent = config.UserAgent
	owner, name, _ := strings.Cut(config.Repository, "/")
	return &Client{
		rest:       rest,
		graphQLURL: graphQL.String(),
		owner:      owner,
		name:       name,
		token:      config.Token,
		patience:   newPatience(config.Retry),
		waiting:    config.Waiting,
	}, nil
}

// keepingTransport keeps as many connections as there may be requests at once, to a server that takes one request a
// connection: Go keeps two.
func keepingTransport() http.RoundTripper {
	standard, ok := http.DefaultTransport.(*http.Transport)
	if !ok {
		return http.DefaultTransport
	}
	keeping := standard.Clone()
	keeping.MaxIdleConnsPerHost = 2 * readsAtOnce
	return keeping
}

func parseBase(what, text string) (*url.URL, error) {
	base, err := url.Parse(text)
	if err != nil || base.Host == "" || (base.Scheme != "https" && base.Scheme != "http") {
		return nil, fmt.Errorf("%q is no address of a %s", text, what)
	}
	return base, nil
}

func origin(u *url.URL) string { return u.Scheme + "://" + u.Host }

// authorized adds the token to requests to the API itself. A redirect, to an archive's storage for one, passes here
// again and goes without. A token in go-github's own client would follow any redirect.
type authorized struct {
	token   string
	origins []string
	next    http.RoundTripper
}

func (a *authorized) RoundTrip(request *http.Request) (*http.Response, error) {
	for _, allowed := range a.origins {
		if origin(request.URL) == allowed {
			request = request.Clone(request.Context())
			request.Header.Set("Authorization", "Bearer "+a.token)
			break
		}
	}
	response, err := a.next.RoundTrip(request)
	if err == nil && response.Header.Get("X-RateLimit-Remaining") != "0" {
		// GitHub tells with every answer when the hour's limit begins anew. go-github takes that for the end of a secondary
		// limit, and would send nothing until then.
		response.Header.Del("X-RateLimit-Reset")
	}
	return response, err //nolint:wrapcheck // The client words it.
}

// pull is how errors name a pull request.
func (c *Client) pull(number int) string { return fmt.Sprintf("%s/%s#%d", c.owner, c.name, number) }

// commit is how errors name a commit.
func (c *Client) commit(sha string) string { return c.owner + "/" + c.name + "@" + short(sha) }

func short(sha string) string { return sha[:min(7, len(sha))] }
