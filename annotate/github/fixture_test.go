package github_test

import (
	"cmp"
	"context"
	"crypto/sha256"
	"fmt"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/change"
	"github.com/djleak/djleak/annotate"
	"github.com/djleak/djleak/annotate/github"
	"github.com/djleak/djleak/annotate/github/githubtest"
)

// impatient keeps the tests short.
var impatient = github.Retry{
	First: time.Millisecond, Longest: 5 * time.Millisecond, Total: 10 * time.Second, Attempt: 10 * time.Second, Asked: 10 * time.Second,
}

// A shop is acme/shop on a GitHub of the tests, with one pull request.
type shop struct {
	*githubtest.Server
	t          *testing.T
	url        string
	git        *githubtest.Git
	repository *githubtest.Repository
	pull       *githubtest.Pull
	retry      github.Retry
	options    annotate.Options
}

// open serves a pull request that turns the files of base into those of head; a file that head leaves out stays.
func open(t *testing.T, base, head map[string]*githubtest.Content) *shop {
	t.Helper()
	git, err := githubtest.NewRepository(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	s := serve(t, git)
	tip := s.commit("main", "", base)
	s.pull = s.repository.AddPull(12, tip, s.commit("topic", tip, head))
	return s
}

// serve serves a repository without a pull request.
func serve(t *testing.T, git *githubtest.Git) *shop {
	t.Helper()
	server, err := githubtest.New()
	if err != nil {
		t.Fatal(err)
	}
	listener := httptest.NewServer(server)
	t.Cleanup(func() {
		server.Close()
		listener.Close()
	})
	s := &shop{Server: server, t: t, url: listener.URL, git: git, retry: impatient}
	s.repository = server.AddRepository("acme/shop", git.Dir(), "main")
	s.options = annotate.Options{
		Options: analyzer.Options{FailOn: new(analyzer.High)},
		Name:    "djleak", MaxComments: 10, CommentFrom: analyzer.Medium, Review: true, Check: true, Suggestions: true,
		FileURL: func(string, int, int) string { return "" }, RuleURL: func(string) string { return "" },
	}
	return s
}

func (s *shop) commit(branch, parent string, files map[string]*githubtest.Content) string {
	s.t.Helper()
	sha, err := s.git.Commit(branch, parent, files)
	if err != nil {
		s.t.Fatal(err)
	}
	return sha
}

// push gives the pull request another commit.
func (s *shop) push(files map[string]*githubtest.Content) {
	s.t.Helper()
	s.pull.Push(s.commit("topic", s.pull.Head, files))
}

func (s *shop) client() *github.Client {
	s.t.Helper()
	client, err := github.Open(github.Config{
		Token: githubtest.Token, APIURL: s.url, GraphQLURL: s.url + "/graphql", Repository: "acme/shop", UserAgent: "djleak/test",
		Retry: s.retry,
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return client
}

// event is the pull request as its event tells it now.
func (s *shop) event() github.Pull {
	return github.Pull{Number: s.pull.Number, Base: s.pull.Base, Head: s.pull.Head}
}

// An outcome is what one run came to.
type outcome struct {
	plan     annotate.Plan
	delivery annotate.Delivery
	ledger   annotate.Ledger
	err      error
}

// review runs the whole line once, for the event as it is now.
func (s *shop) review() outcome { return s.reviewFor(s.t.Context(), s.event()) }

func (s *shop) reviewFor(ctx context.Context, event github.Pull) outcome {
	s.t.Helper()
	client := s.client()
	diff, err := client.ReadPullRequest(ctx, event, isPython)
	if err != nil {
		return outcome{err: err}
	}
	options := s.options
	options.HeadSHA = event.Head
	posted, err := client.ReadPosted(ctx, event.Number)
	if err != nil {
		return outcome{err: err}
	}
	var o outcome
	o.plan = annotate.NewPlan(findLeaks(diff), diff, posted, options)
	o.delivery, o.err = client.Publish(ctx, o.plan, github.Target{Pull: &event, Check: options.Check})
	ledger, err := o.plan.Settle(o.delivery)
	if err != nil {
		s.t.Errorf("settle: %s", err)
	}
	o.ledger = ledger
	return o
}

func isPython(path string) bool { return strings.HasSuffix(path, ".py") }

var leakRule = &analyzer.Rule{
	Name: "leak", Doc: "# leak\n\nA line that says LEAK.\n", Severity: analyzer.High, Confidence: analyzer.HighConfidence, Status: analyzer.Stable,
}

// findLeaks stands for the analysis: each line of a head that says LEAK, with what follows the word, is a finding. LEAK2
// is a finding of two lines.
func findLeaks(diff change.Change) analyzer.Result {
	result := analyzer.Result{RuleNames: []string{leakRule.Name}}
	for _, file := range diff.Files {
		if !isPython(file.Path) {
			continue
		}
		found := analyzer.FileResult{Path: file.Path, OldPath: file.OldPath, Source: string(file.Head)}
		switch {
		case file.Status == change.Deleted:
			found.State = analyzer.Deleted
		case file.Unread != "":
			found.State = analyzer.Unread
			found.Notices = []analyzer.Notice{{Path: file.Path, Message: file.Unread}}
		default:
			found.Findings = leaksIn(file)
		}
		result.Files = append(result.Files, found)
	}
	slices.SortStableFunc(result.Files, func(a, b analyzer.FileResult) int { return cmp.Compare(a.Path, b.Path) })
	return result
}

func leaksIn(file change.File) []analyzer.Finding {
	var findings []analyzer.Finding
	offset := 0
	for i, line := range strings.Split(string(file.Head), "\n") {
		if at := strings.Index(line, "LEAK"); at >= 0 && !strings.Contains(string(file.Base), line) {
			last := i + 1
			if strings.HasPrefix(line[at:], "LEAK2") {
				last++
			}
			findings = append(findings, analyzer.Finding{
				Rule: leakRule, Path: file.Path, Severity: leakRule.Severity, Confidence: leakRule.Confidence, New: true, Added: true,
				Region:      analyzer.Region{StartLine: i + 1, StartColumn: 1, EndLine: last, EndColumn: 2, Start: offset, End: offset + len(line)},
				Message:     "`" + line[at:] + "` is kept",
				Fingerprint: fmt.Sprintf("%x", sha256.Sum256([]byte(file.Path+line)))[:32],
			})
		}
		offset += len(line) + 1
	}
	return findings
}

// quiet fails the test where the server saw what no client should do.
func (s *shop) quiet() {
	s.t.Helper()
	for _, violation := range s.Violations() {
		s.t.Errorf("violation: %s", violation)
	}
}

// asked lists the requests as "METHOD /path", GraphQL's as "query" and "mutation".
func (s *shop) asked() []string {
	var asked []string
	for _, request := range s.Requests() {
		line := request.Method + " " + strings.TrimPrefix(request.Path, "/repos/acme/shop")
		if request.Path == "/graphql" {
			switch {
			case strings.Contains(request.Body, "mutation("):
				line = "mutation"
			case strings.Contains(request.Body, "reviewThreads"):
				line = "query threads"
			default:
				line = "query blobs"
			}
		}
		asked = append(asked, line)
	}
	return asked
}

type files = map[string]*githubtest.Content

func text(lines ...string) *githubtest.Content {
	return githubtest.Text(strings.Join(lines, "\n") + "\n")
}

// numbered are lines that differ.
func numbered(n int) []string {
	lines := make([]string, n)
	for i := range lines {
		lines[i] = fmt.Sprintf("line = %d", i+1)
	}
	return lines
}
