package githubtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
)

const checksPage = "checks/runs#create-a-check-run"

// maxCheckText is GitHub's limit for a check run's summary and text, in bytes.
const maxCheckText = 65_535

// A CheckRun is one that was created.
type CheckRun struct {
	ID                             int64
	Name, HeadSHA, ExternalID, App string
	Status, Conclusion             string
	Title, Summary                 string
	Annotations                    []Annotation
}

// An Annotation is one of a check run.
type Annotation struct {
	Path        string `json:"path"`
	StartLine   int    `json:"start_line"`
	EndLine     int    `json:"end_line"`
	StartColumn int    `json:"start_column,omitempty"`
	EndColumn   int    `json:"end_column,omitempty"`
	Level       string `json:"annotation_level"`
	Message     string `json:"message"`
	Title       string `json:"title,omitempty"`
	RawDetails  string `json:"raw_details,omitempty"`
}

// CheckRuns returns copies of all check runs, in the order of their creation.
func (r *Repository) CheckRuns() []CheckRun {
	r.server.mu.Lock()
	defer r.server.mu.Unlock()
	runs := make([]CheckRun, len(r.checkRuns))
	for i, run := range r.checkRuns {
		runs[i] = *run
		runs[i].Annotations = slices.Clone(run.Annotations)
	}
	return runs
}

// AddCheckRun creates a check run as another app would, or with App set to [Viewer] as an earlier run.
func (r *Repository) AddCheckRun(run CheckRun) {
	r.server.mu.Lock()
	defer r.server.mu.Unlock()
	run.ID = r.server.id()
	r.checkRuns = append(r.checkRuns, &run)
}

func (c *CheckRun) row(r *Repository) map[string]any {
	return map[string]any{
		"id": c.ID, "name": c.Name, "head_sha": c.HeadSHA, "external_id": c.ExternalID,
		"status": c.Status, "conclusion": c.Conclusion,
		"html_url": fmt.Sprintf("https://github.test/%s/runs/%d", r.name, c.ID),
		"app":      map[string]any{"slug": c.App},
		"output":   map[string]any{"title": c.Title, "summary": c.Summary, "annotations_count": len(c.Annotations)},
	}
}

type checkRequest struct {
	Name       string `json:"name"`
	HeadSHA    string `json:"head_sha"`
	ExternalID string `json:"external_id"`
	Status     string `json:"status"`
	Conclusion string `json:"conclusion"`
	Output     *struct {
		Title       string       `json:"title"`
		Summary     string       `json:"summary"`
		Text        string       `json:"text"`
		Annotations []Annotation `json:"annotations"`
	} `json:"output"`
}

func (s *Server) createCheckRun(w http.ResponseWriter, r *http.Request) {
	repository := s.repository(w, r)
	if repository == nil {
		return
	}
	if s.permissions.Checks < Write {
		forbidden(w, checksPage)
		return
	}
	request, ok := s.checkRequest(w, r)
	if !ok {
		return
	}
	if _, err := repository.git.commit(request.HeadSHA); err != nil {
		unprocessable(w, checksPage, "No commit found for SHA: "+request.HeadSHA)
		return
	}
	if request.Status != "completed" || request.Conclusion == "" {
		s.violation("check run: it would wait for an end that nobody tells")
	}
	run := &CheckRun{
		ID: s.id(), Name: request.Name, HeadSHA: request.HeadSHA, ExternalID: request.ExternalID, App: Viewer,
		Status: request.Status, Conclusion: request.Conclusion,
	}
	run.take(request)
	repository.checkRuns = append(repository.checkRuns, run)
	answer(w, http.StatusCreated, run.row(repository))
}

func (c *CheckRun) take(request checkRequest) {
	if request.Output != nil {
		c.Title, c.Summary = request.Output.Title, request.Output.Summary
		c.Annotations = append(c.Annotations, request.Output.Annotations...)
	}
}

// checkRequest reads a request and says what GitHub says of it.
func (s *Server) checkRequest(w http.ResponseWriter, r *http.Request) (checkRequest, bool) {
	var request checkRequest
	if err := json.NewDecoder(r.Body).Decode(&request); err != nil {
		unprocessable(w, checksPage, "Invalid request.\n\n"+err.Error())
		return request, false
	}
	if request.Output == nil {
		return request, true
	}
	if trouble := request.trouble(); trouble != "" {
		s.violation("check run: %s", trouble)
		unprocessable(w, checksPage, "Validation Failed", trouble)
		return request, false
	}
	return request, true
}

func (c checkRequest) trouble() string {
	output := c.Output
	switch {
	case output.Title == "":
		return "title can't be blank"
	case len(output.Summary) > maxCheckText, len(output.Text) > maxCheckText:
		return "summary and text are limited to 65535 bytes"
	}
	for _, annotation := range output.Annotations {
		switch {
		case annotation.Path == "" || annotation.Message == "":
			return "path and message can't be blank"
		case annotation.StartLine < 1 || annotation.EndLine < annotation.StartLine:
			return fmt.Sprintf("lines %d to %d are no range", annotation.StartLine, annotation.EndLine)
		case annotation.StartLine != annotation.EndLine && (annotation.StartColumn != 0 || annotation.EndColumn != 0):
			return "columns are only for annotations of one line"
		case len([]rune(annotation.Title)) > 255:
			return "title is too long (maximum is 255 characters)"
		case len(annotation.Message) > 64<<10:
			return "message is too long (maximum is 64 KB)"
		}
	}
	return ""
}

func (s *Server) checkRun(w http.ResponseWriter, r *http.Request) (*Repository, *CheckRun) {
	repository := s.repository(w, r)
	if repository == nil {
		return nil, nil
	}
	id, _ := strconv.ParseInt(r.PathValue("check_run_id"), 10, 64)
	for _, run := range repository.checkRuns {
		if run.ID == id && s.permissions.Checks >= Read {
			return repository, run
		}
	}
	notFound(w)
	return nil, nil
}

func (s *Server) getCheckRun(w http.ResponseWriter, r *http.Request) {
	if repository, run := s.checkRun(w, r); run != nil {
		answer(w, http.StatusOK, run.row(repository))
	}
}

func (s *Server) updateCheckRun(w http.ResponseWriter, r *http.Request) {
	repository, run := s.checkRun(w, r)
	if run == nil {
		return
	}
	if s.permissions.Checks < Write {
		forbidden(w, checksPage)
		return
	}
	if run.App != Viewer {
		s.violation("check run: an update of what %s made", run.App)
		answer(w, http.StatusForbidden, message{Message: "Invalid app_id " + run.App + " - check run can only be modified by the GitHub App that created it."})
		return
	}
	request, ok := s.checkRequest(w, r)
	if !ok {
		return
	}
	if request.Status != "" || request.Conclusion != "" {
		s.violation("check run: its status changes")
	}
	run.take(request)
	answer(w, http.StatusOK, run.row(repository))
}

func (s *Server) listCheckRuns(w http.ResponseWriter, r *http.Request) {
	repository := s.repository(w, r)
	if repository == nil {
		return
	}
	if s.permissions.Checks < Read {
		forbidden(w, "checks/runs#list-check-runs-for-a-git-reference")
		return
	}
	query := r.URL.Query()
	latest := map[string]bool{}
	rows := []map[string]any{}
	for _, run := range slices.Backward(repository.checkRuns) {
		if run.HeadSHA != r.PathValue("ref") || query.Has("check_name") && run.Name != query.Get("check_name") {
			continue
		}
		// Only the newest of an app's name is told, unless all are asked for.
		if key := run.App + "\x00" + run.Name; query.Get("filter") != "all" {
			if latest[key] {
				continue
			}
			latest[key] = true
		}
		rows = append(rows, run.row(repository))
	}
	answer(w, http.StatusOK, map[string]any{"total_count": len(rows), "check_runs": paged(w, r, rows)})
}
