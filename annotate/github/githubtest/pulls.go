package githubtest

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

const (
	maxCompared    = 300
	maxListed      = 3000
	maxPatchLines  = 20_000
	maxPatch       = 1 << 20
	maxComments    = 100
	reviewPage     = "pulls/reviews#create-a-review-for-a-pull-request"
	commentsPage   = "pulls/comments#update-a-review-comment-for-a-pull-request"
	unprocessableE = "Unprocessable Entity"
)

// A fileRow is a changed file as the API tells it.
type fileRow struct {
	SHA              string `json:"sha"`
	Filename         string `json:"filename"`
	Status           string `json:"status"`
	Additions        int    `json:"additions"`
	Deletions        int    `json:"deletions"`
	Changes          int    `json:"changes"`
	PreviousFilename string `json:"previous_filename,omitempty"`
	Patch            string `json:"patch,omitempty"`
}

// rowsOf makes one answer's rows: once its patches pass 20,000 lines, the others look unchanged.
func rowsOf(files []fileDiff) []fileRow {
	rows := make([]fileRow, len(files))
	lines := 0
	for i, file := range files {
		rows[i] = fileRow{SHA: file.oid, Filename: file.path, Status: file.status, PreviousFilename: file.oldPath}
		if lines > maxPatchLines {
			continue
		}
		rows[i].Additions, rows[i].Deletions = file.added, file.gone
		rows[i].Changes = file.added + file.gone
		if len(file.patch) <= maxPatch {
			rows[i].Patch = file.patch
		}
		lines += strings.Count(file.patch, "\n") + 1
	}
	return rows
}

func (s *Server) compare(w http.ResponseWriter, r *http.Request) {
	repository := s.repository(w, r)
	if repository == nil {
		return
	}
	if s.permissions.Contents < Read {
		forbidden(w, "commits/commits#compare-two-commits")
		return
	}
	baseName, headName, ok := strings.Cut(r.PathValue("basehead"), "...")
	base, baseErr := repository.git.commit(baseName)
	head, headErr := repository.git.commit(headName)
	if !ok || baseErr != nil || headErr != nil {
		notFound(w)
		return
	}
	mergeBase, err := repository.git.mergeBase(base, head)
	if err != nil {
		answer(w, http.StatusNotFound, message{Message: fmt.Sprintf("No common ancestor between %s and %s.", baseName, headName)})
		return
	}
	files, err := repository.git.diff(mergeBase, head)
	if err != nil {
		panic(err)
	}
	status := "diverged"
	switch mergeBase {
	case head:
		status = "behind"
		if base == head {
			status = "identical"
		}
	case base:
		status = "ahead"
	}
	rows := []fileRow{}
	if page := r.URL.Query().Get("page"); page == "" || page == "1" {
		rows = rowsOf(files[:min(maxCompared, len(files))])
	}
	answer(w, http.StatusOK, map[string]any{
		"status":            status,
		"base_commit":       map[string]any{"sha": base},
		"merge_base_commit": map[string]any{"sha": mergeBase},
		"commits":           []any{map[string]any{"sha": head}},
		"files":             rows,
	})
}

// diff is what the pull request's own page shows.
func (p *Pull) diff(head string) []fileDiff {
	git := p.repository.git
	mergeBase, err := git.mergeBase(p.Base, head)
	if err != nil {
		panic(err)
	}
	files, err := git.diff(mergeBase, head)
	if err != nil {
		panic(err)
	}
	return files
}

func (s *Server) getPull(w http.ResponseWriter, r *http.Request) {
	if pull := s.pull(w, r); pull != nil {
		if strings.Contains(r.Header.Get("Accept"), "diff") {
			pull.answerDiff(w)
			return
		}
		answer(w, http.StatusOK, map[string]any{
			"number": pull.Number, "state": "open",
			"head":          map[string]any{"sha": pull.Head},
			"base":          map[string]any{"sha": pull.Base, "ref": pull.repository.defaultBranch},
			"changed_files": len(pull.diff(pull.Head)),
		})
	}
}

// answerDiff is what the diff media type gives, up to the size that it takes.
func (p *Pull) answerDiff(w http.ResponseWriter) {
	files := p.diff(p.Head)
	var text strings.Builder
	for _, file := range files {
		text.WriteString(file.patch + "\n")
	}
	trouble := ""
	switch {
	case len(files) > maxCompared:
		trouble = "Sorry, the diff exceeded the maximum number of files (300). Consider using 'List pull requests files' API or locally cloning the repository instead."
	case strings.Count(text.String(), "\n") > maxPatchLines:
		trouble = "Sorry, the diff exceeded the maximum number of lines (20000)"
	}
	if trouble != "" {
		answer(w, http.StatusNotAcceptable, message{
			Message: trouble, Errors: []any{map[string]any{"resource": "PullRequest", "field": "diff", "code": "too_large"}},
		})
		return
	}
	_, _ = io.WriteString(w, text.String())
}

func (s *Server) listFiles(w http.ResponseWriter, r *http.Request) {
	if pull := s.pull(w, r); pull != nil {
		files := pull.diff(pull.Head)
		answer(w, http.StatusOK, rowsOf(paged(w, r, files[:min(maxListed, len(files))])))
	}
}

func (s *Server) listReviews(w http.ResponseWriter, r *http.Request) {
	if pull := s.pull(w, r); pull != nil {
		rows := []map[string]any{}
		for _, review := range pull.reviews {
			rows = append(rows, map[string]any{"id": review.ID, "body": review.Body, "user": map[string]any{"login": Viewer + "[bot]"}})
		}
		answer(w, http.StatusOK, paged(w, r, rows))
	}
}

func (s *Server) listComments(w http.ResponseWriter, r *http.Request) {
	if pull := s.pull(w, r); pull != nil {
		rows := []map[string]any{}
		for _, thread := range pull.threads {
			if !thread.Deleted {
				rows = append(rows, thread.row())
			}
		}
		answer(w, http.StatusOK, paged(w, r, rows))
	}
}

func (t *Thread) row() map[string]any {
	login := t.Author
	if login == Viewer {
		login += "[bot]"
	}
	row := map[string]any{"id": t.CommentID, "body": t.Body, "path": t.Path, "line": t.Line, "user": map[string]any{"login": login}}
	if t.Author == Ghost {
		row["user"] = nil
	}
	if t.Outdated {
		row["line"], row["position"], row["original_position"], row["original_line"] = nil, nil, 1, t.Line
	}
	return row
}

// draft is a comment of a review that is to be posted.
type draft struct {
	Path      string `json:"path"`
	Body      string `json:"body"`
	Line      int    `json:"line"`
	Side      string `json:"side"`
	StartLine int    `json:"start_line"`
	StartSide string `json:"start_side"`
}

func (s *Server) createReview(w http.ResponseWriter, r *http.Request) {
	pull := s.pull(w, r)
	if pull == nil {
		return
	}
	if s.permissions.PullRequests < Write {
		forbidden(w, reviewPage)
		return
	}
	var review struct {
		Body     string  `json:"body"`
		Event    string  `json:"event"`
		CommitID string  `json:"commit_id"`
		Comments []draft `json:"comments"`
	}
	decoder := json.NewDecoder(r.Body)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&review); err != nil {
		s.violation("review: %s", err)
		unprocessable(w, reviewPage, "Invalid request.\n\n"+err.Error())
		return
	}
	if trouble := s.reviewTrouble(pull, review.Event, review.Body, review.CommitID, len(review.Comments)); trouble != "" {
		unprocessable(w, reviewPage, unprocessableE, trouble)
		return
	}
	files := pull.diff(review.CommitID)
	for _, comment := range review.Comments {
		if trouble := comment.trouble(files); trouble != "" {
			unprocessable(w, reviewPage, unprocessableE, trouble)
			return
		}
	}
	for _, comment := range review.Comments {
		if trouble := pull.suggestionTrouble(review.CommitID, comment); trouble != "" {
			s.violation("review: %s:%d: %s", comment.Path, comment.Line, trouble)
		}
	}
	posted := Review{ID: s.id(), Body: review.Body, Comments: len(review.Comments)}
	pull.reviews = append(pull.reviews, posted)
	for _, comment := range review.Comments {
		start := comment.StartLine
		if start == 0 {
			start = comment.Line
		}
		pull.add(&Thread{Path: comment.Path, StartLine: start, Line: comment.Line, Side: comment.Side, Body: comment.Body, Author: Viewer})
	}
	answer(w, http.StatusOK, map[string]any{"id": posted.ID, "body": posted.Body, "state": "COMMENTED", "commit_id": review.CommitID})
}

// reviewTrouble is what GitHub says of the review as a whole.
func (s *Server) reviewTrouble(pull *Pull, event, body, commit string, comments int) string {
	if body == "" {
		s.violation("review: an empty body breaks other actions")
	}
	if comments == 0 {
		s.violation("review: no comment in it")
	}
	if comments > maxComments {
		s.violation("review: %d comments are too many for a page", comments)
	}
	switch {
	case event == "":
		s.violation("review: it would stay pending")
		return ""
	case event == "APPROVE":
		return "GitHub Actions is not permitted to approve pull requests."
	case event != "COMMENT":
		s.violation("review: event %s", event)
		return ""
	case !slices.Contains(pull.commits, commit):
		return "commit_id is not part of the pull request"
	case tooLong(body):
		return "body is too long (maximum is 65536 characters)"
	}
	return ""
}

// Refusal is what GitHub says of a comment on the right side of a diff that it does not take; startLine is 0 for a comment
// on one line. Patches are those of its rows, by their paths.
func Refusal(patches map[string]string, path string, startLine, line int, body string) string {
	var files []fileDiff
	for path, patch := range patches {
		files = append(files, fileDiff{path: path, patch: patch})
	}
	return draft{Path: path, Body: body, Side: "RIGHT", StartLine: startLine, Line: line}.trouble(files)
}

// trouble is what GitHub says of one comment, without saying which.
func (d draft) trouble(files []fileDiff) string {
	const (
		noHunk   = "Pull request review thread diff hunk can't be blank"
		noLine   = "Pull request review thread line must be part of the diff and " + noHunk
		noPath   = "Pull request review thread path is invalid and " + noHunk
		order    = "Pull request review thread start line must precede the end line."
		sameHunk = "Pull request review thread start line must be part of the same hunk as the line."
	)
	switch {
	case d.Body == "":
		return "Pull request review thread body can't be blank"
	case tooLong(d.Body):
		return "body is too long (maximum is 65536 characters)"
	case d.Line == 0:
		return noLine
	case d.Side != "" && d.Side != "LEFT" && d.Side != "RIGHT", d.StartSide != "" && d.StartSide != "LEFT" && d.StartSide != "RIGHT":
		return "Pull request review thread side is invalid"
	case d.StartLine != 0 && d.StartLine >= d.Line:
		return order
	}
	at := slices.IndexFunc(files, func(file fileDiff) bool { return file.path == d.Path })
	if at < 0 {
		return noPath
	}
	side := d.Side
	if side == "" {
		side = "RIGHT"
	}
	last := hunkOf(files[at].patch, side, d.Line)
	if last < 0 {
		return noLine
	}
	if d.StartLine != 0 && hunkOf(files[at].patch, side, d.StartLine) != last {
		return sameHunk
	}
	return ""
}

var suggested = regexp.MustCompile("(?ms)^(`{3,})suggestion\n(.*)")

// suggestionTrouble is why a page would not let anybody commit a comment's suggestion.
func (p *Pull) suggestionTrouble(commit string, d draft) string {
	found := suggested.FindStringSubmatch(d.Body)
	if found == nil {
		return ""
	}
	var inside strings.Builder
	closed := false
	for line := range strings.Lines(found[2]) {
		fence := strings.TrimRight(line, "\n")
		if closed = len(fence) >= len(found[1]) && strings.Trim(fence, "`") == ""; closed {
			break
		}
		inside.WriteString(line)
	}
	switch {
	case d.Side == "LEFT":
		return "a suggestion on deleted lines"
	case !closed:
		return "a suggestion that nothing closes"
	}
	git := p.repository.git
	tree, err := git.tree(commit)
	if err != nil {
		panic(err)
	}
	data, err := git.blob(tree[d.Path].oid)
	if err != nil {
		panic(err)
	}
	lines := strings.Split(string(data), "\n")
	first := d.StartLine
	if first == 0 {
		first = d.Line
	}
	if strings.Join(lines[first-1:d.Line], "\n")+"\n" == inside.String() {
		return "a suggestion that changes nothing"
	}
	return ""
}

// hunkOf returns which hunk of the patch shows a line of a side, or -1.
func hunkOf(patch, side string, line int) int {
	hunk, old, now := -1, 0, 0
	for text := range strings.Lines(patch) {
		switch text[0] {
		case '@':
			hunk++
			old, now = hunkStart(text)
			continue
		case '+':
			if side == "RIGHT" && now == line {
				return hunk
			}
			now++
		case '-':
			if side == "LEFT" && old == line {
				return hunk
			}
			old++
		case ' ':
			if side == "RIGHT" && now == line || side == "LEFT" && old == line {
				return hunk
			}
			old++
			now++
		}
	}
	return -1
}

// hunkStart reads "@@ -1,2 +3,4 @@".
func hunkStart(header string) (old, now int) {
	words := strings.Fields(header)
	start := func(word string) int {
		number, _, _ := strings.Cut(word[1:], ",")
		n, err := strconv.Atoi(number)
		if err != nil {
			panic(err)
		}
		return n
	}
	return start(words[1]), start(words[2])
}

func (s *Server) thread(w http.ResponseWriter, r *http.Request) *Thread {
	repository := s.repository(w, r)
	if repository == nil {
		return nil
	}
	id, _ := strconv.ParseInt(r.PathValue("comment_id"), 10, 64)
	for _, pull := range repository.pulls {
		for _, thread := range pull.threads {
			if thread.CommentID == id && !thread.Deleted {
				return thread
			}
		}
	}
	notFound(w)
	return nil
}

func (s *Server) getComment(w http.ResponseWriter, r *http.Request) {
	if thread := s.thread(w, r); thread != nil {
		answer(w, http.StatusOK, thread.row())
	}
}

func (s *Server) editComment(w http.ResponseWriter, r *http.Request) {
	thread := s.thread(w, r)
	if thread == nil {
		return
	}
	if thread.Author != Viewer {
		s.violation("comment: an edit of what %s wrote", thread.Author)
	}
	if s.permissions.PullRequests < Write || thread.Author != Viewer {
		forbidden(w, commentsPage)
		return
	}
	var edit struct {
		Body string `json:"body"`
	}
	if err := json.NewDecoder(r.Body).Decode(&edit); err != nil || edit.Body == "" || tooLong(edit.Body) {
		unprocessable(w, commentsPage, "Validation Failed", map[string]any{
			"resource": "PullRequestReviewComment", "code": "custom", "field": "body", "message": "body is too long (maximum is 65536 characters)",
		})
		return
	}
	thread.Body = edit.Body
	answer(w, http.StatusOK, thread.row())
}
