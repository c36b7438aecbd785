package githubtest

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A Repository is one that the server holds.
type Repository struct {
	server *Server
	git    *git

	name          string // owner/name
	defaultBranch string
	pulls         map[int]*Pull
	checkRuns     []*CheckRun
}

// AddRepository serves a git repository's folder, bare or not, as "owner/name".
func (s *Server) AddRepository(name, dir, defaultBranch string) *Repository {
	s.mu.Lock()
	defer s.mu.Unlock()
	repository := &Repository{server: s, git: &git{dir: dir}, name: name, defaultBranch: defaultBranch, pulls: map[int]*Pull{}}
	s.repositories[name] = repository
	return repository
}

// A Pull is a pull request.
type Pull struct {
	repository *Repository

	Number int
	// Base is the tip of the base branch, Head that of the pull request.
	Base, Head string

	// commits are the heads that it had.
	commits []string
	reviews []Review
	threads []*Thread
}

// A Review is one that was posted.
type Review struct {
	ID       int64
	Body     string
	Comments int
}

// A Thread is a review thread with its first comment.
type Thread struct {
	ID        string
	CommentID int64
	Path      string
	// StartLine equals Line for a comment on one line.
	StartLine, Line int
	Side            string
	Body            string
	// Author is who wrote the comment: [Viewer] or another.
	Author string
	// ResolvedBy is empty while the thread is open.
	ResolvedBy string
	// Deleted comments are not told any more, outdated ones without their line.
	Deleted, Outdated bool
}

// AddPull opens a pull request.
func (r *Repository) AddPull(number int, base, head string) *Pull {
	r.server.mu.Lock()
	defer r.server.mu.Unlock()
	pull := &Pull{repository: r, Number: number, Base: base, Head: head, commits: []string{head}}
	r.pulls[number] = pull
	return pull
}

// OpenPull opens a pull request between two commits by any name that git knows.
func (r *Repository) OpenPull(number int, base, head string) (*Pull, error) {
	base, err := r.git.commit(base)
	if err != nil {
		return nil, err
	}
	if head, err = r.git.commit(head); err != nil {
		return nil, err
	}
	return r.AddPull(number, base, head), nil
}

// Push moves the pull request to another head.
func (p *Pull) Push(head string) {
	p.repository.server.mu.Lock()
	defer p.repository.server.mu.Unlock()
	p.Head = head
	p.commits = append(p.commits, head)
}

// Reviews returns those that were posted.
func (p *Pull) Reviews() []Review {
	p.repository.server.mu.Lock()
	defer p.repository.server.mu.Unlock()
	return slices.Clone(p.reviews)
}

// Threads returns copies of the threads in the order of their places.
func (p *Pull) Threads() []Thread {
	p.repository.server.mu.Lock()
	defer p.repository.server.mu.Unlock()
	var threads []Thread
	for _, thread := range p.threads {
		if !thread.Deleted {
			threads = append(threads, *thread)
		}
	}
	slices.SortStableFunc(threads, func(a, b Thread) int {
		return cmp.Or(strings.Compare(a.Path, b.Path), cmp.Compare(a.Line, b.Line), cmp.Compare(a.CommentID, b.CommentID))
	})
	return threads
}

// AddThread posts a comment as a person would; its ids are given.
func (p *Pull) AddThread(thread Thread) Thread {
	p.repository.server.mu.Lock()
	defer p.repository.server.mu.Unlock()
	p.add(&thread)
	return thread
}

func (p *Pull) add(thread *Thread) {
	thread.CommentID = p.repository.server.id()
	thread.ID = fmt.Sprintf("PRRT_%d", thread.CommentID)
	p.threads = append(p.threads, thread)
}

// Change changes a thread as a person would.
func (p *Pull) Change(commentID int64, change func(*Thread)) {
	p.repository.server.mu.Lock()
	defer p.repository.server.mu.Unlock()
	for _, thread := range p.threads {
		if thread.CommentID == commentID {
			change(thread)
		}
	}
}

// repository finds the one that a request is about.
func (s *Server) repository(w http.ResponseWriter, r *http.Request) *Repository {
	repository := s.repositories[r.PathValue("owner")+"/"+r.PathValue("repo")]
	if repository == nil || s.permissions.Contents == None && s.permissions.PullRequests == None {
		notFound(w)
		return nil
	}
	return repository
}

func (s *Server) pull(w http.ResponseWriter, r *http.Request) *Pull {
	repository := s.repository(w, r)
	if repository == nil {
		return nil
	}
	number, _ := strconv.Atoi(r.PathValue("pull_number"))
	pull := repository.pulls[number]
	if pull == nil {
		notFound(w)
	}
	return pull
}

// handlers are the operations of the API description.
func (s *Server) handlers() map[string]http.HandlerFunc {
	return map[string]http.HandlerFunc{
		"checks/create":                       s.createCheckRun,
		"checks/get":                          s.getCheckRun,
		"checks/list-for-ref":                 s.listCheckRuns,
		"checks/update":                       s.updateCheckRun,
		"git/get-blob":                        s.blob,
		"git/get-tree":                        s.tree,
		"pulls/create-review":                 s.createReview,
		"pulls/get":                           s.getPull,
		"pulls/get-review-comment":            s.getComment,
		"pulls/list-files":                    s.listFiles,
		"pulls/list-review-comments":          s.listComments,
		"pulls/list-reviews":                  s.listReviews,
		"pulls/update-review-comment":         s.editComment,
		"repos/compare-commits-with-basehead": s.compare,
		"repos/download-tarball-archive":      s.tarball,
		"repos/get-content":                   s.contents,
		"users/get-authenticated":             func(w http.ResponseWriter, _ *http.Request) { forbidden(w, "users/users#get-the-authenticated-user") },
	}
}

// paged returns the asked page of rows and tells the next one in the Link header.
func paged[T any](w http.ResponseWriter, r *http.Request, rows []T) []T {
	size, page := 30, 1
	if n, err := strconv.Atoi(r.URL.Query().Get("per_page")); err == nil && n > 0 {
		size = min(n, 100)
	}
	if n, err := strconv.Atoi(r.URL.Query().Get("page")); err == nil && n > 0 {
		page = n
	}
	start, end := min((page-1)*size, len(rows)), min(page*size, len(rows))
	if end < len(rows) {
		next := *r.URL
		query := next.Query()
		query.Set("page", strconv.Itoa(page+1))
		next.RawQuery = query.Encode()
		w.Header().Set("Link", fmt.Sprintf("<http://%s%s>; rel=\"next\"", r.Host, next.String()))
	}
	return append([]T{}, rows[start:end]...)
}

// maxBody is GitHub's limit for comments and reviews, in characters.
const maxBody = 65_536

func tooLong(body string) bool { return utf8.RuneCountInString(body) > maxBody }
