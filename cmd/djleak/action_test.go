package main

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/annotate/github/githubtest"
)

const (
	leaking = `class AuditMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response
        self.request_data = []

    def __call__(self, request):
        self.request_data.append({"path": request.path})
        return self.get_response(request)
`
	innocent = `class AuditMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)
`
)

type contents = map[string]*githubtest.Content

// A world is a GitHub with a repository, and a job on one of its events.
type world struct {
	*githubtest.Server
	t           testing.TB
	git         *githubtest.Git
	repository  *githubtest.Repository
	pull        *githubtest.Pull
	folder      string
	environment map[string]string
}

// newWorld has a pull request from base to head, and its event.
func newWorld(tb testing.TB, base, head contents) *world {
	tb.Helper()
	server, err := githubtest.New()
	if err != nil {
		tb.Fatal(err)
	}
	listener := httptest.NewServer(server)
	tb.Cleanup(func() {
		server.Close()
		listener.Close()
	})
	git, err := githubtest.NewRepository(tb.TempDir())
	if err != nil {
		tb.Fatal(err)
	}
	w := &world{Server: server, t: tb, git: git, folder: tb.TempDir()}
	w.repository = server.AddRepository("acme/shop", git.Dir(), "main")
	tip := w.commit("main", "", base)
	w.pull = w.repository.AddPull(12, tip, w.commit("topic", tip, head))
	w.environment = map[string]string{
		"GITHUB_ACTIONS": "true", "GITHUB_API_URL": listener.URL, "GITHUB_GRAPHQL_URL": listener.URL + "/graphql",
		"GITHUB_SERVER_URL": "https://github.test", "GITHUB_REPOSITORY": "acme/shop", "GITHUB_SHA": w.pull.Head,
		"GITHUB_WORKSPACE": w.folder, "GITHUB_STEP_SUMMARY": filepath.Join(w.folder, "summary"),
		"GITHUB_OUTPUT": filepath.Join(w.folder, "output"), "INPUT_GITHUB-TOKEN": githubtest.Token,
	}
	w.on("pull_request", map[string]any{
		"action": "opened",
		"pull_request": map[string]any{
			"number": 12, "state": "open", "base": map[string]any{"sha": tip}, "head": map[string]any{"sha": w.pull.Head},
		},
	})
	return w
}

func (w *world) commit(branch, parent string, files contents) string {
	w.t.Helper()
	sha, err := w.git.Commit(branch, parent, files)
	if err != nil {
		w.t.Fatal(err)
	}
	return sha
}

// on makes the job one on an event.
func (w *world) on(name string, event map[string]any) {
	w.t.Helper()
	text, err := json.Marshal(event)
	if err != nil {
		w.t.Fatal(err)
	}
	path := filepath.Join(w.folder, "event.json")
	if err := os.WriteFile(path, text, 0o600); err != nil {
		w.t.Fatal(err)
	}
	w.environment["GITHUB_EVENT_NAME"], w.environment["GITHUB_EVENT_PATH"] = name, path
}

// A step is what one run of the action came to.
type step struct {
	status       int
	log, summary string
	outputs      map[string]string
}

func (w *world) run() step { return w.runWith(w.t.Context()) }

func (w *world) runWith(ctx context.Context) step {
	w.t.Helper()
	for _, name := range []string{"summary", "output"} {
		if err := os.RemoveAll(filepath.Join(w.folder, name)); err != nil {
			w.t.Fatal(err)
		}
	}
	var stdout, stderr strings.Builder
	s := step{outputs: map[string]string{}}
	s.status = run(ctx, []string{"action"}, func(name string) string { return w.environment[name] }, strings.NewReader(""), &stdout, &stderr)
	s.log = stdout.String()
	if stderr.Len() > 0 {
		w.t.Errorf("stderr: %s", stderr.String())
	}
	s.summary = w.file("summary")
	lines := strings.Split(w.file("output"), "\n")
	for i := 0; i+2 < len(lines); i += 3 {
		name, _, _ := strings.Cut(lines[i], "<<")
		s.outputs[name] = lines[i+1]
	}
	for _, violation := range w.Violations() {
		w.t.Errorf("violation: %s", violation)
	}
	return s
}

func (w *world) file(name string) string {
	text, err := os.ReadFile(filepath.Join(w.folder, name))
	if err != nil && !os.IsNotExist(err) {
		w.t.Fatal(err)
	}
	return string(text)
}

// writes lists what changed something on GitHub.
func (w *world) writes() []string {
	var writes []string
	for _, request := range w.Requests() {
		if request.Method != "GET" && (request.Path != "/graphql" || strings.Contains(request.Body, "mutation(")) {
			writes = append(writes, request.Method+" "+strings.TrimPrefix(request.Path, "/repos/acme/shop"))
		}
	}
	return writes
}

func (w *world) conclusions() []string {
	var all []string
	for _, check := range w.repository.CheckRuns() {
		all = append(all, check.Name+": "+check.Conclusion)
	}
	return all
}

func wantOutputs(high, medium int, conclusion string) map[string]string {
	return map[string]string{
		"findings": fmt.Sprint(high + medium), "high": fmt.Sprint(high), "medium": fmt.Sprint(medium), "low": "0", "info": "0",
		"conclusion": conclusion, "sarif-file": "",
	}
}

func leak(t *testing.T) *world {
	t.Helper()
	return newWorld(t, contents{"shop/middleware.py": githubtest.Text(innocent)}, contents{"shop/middleware.py": githubtest.Text(leaking)})
}

func (s step) want(t *testing.T, status int, outputs map[string]string, ledger string) {
	t.Helper()
	if s.status != status {
		t.Errorf("exit status %d, want %d; the log:\n%s", s.status, status, s.log)
	}
	if diff := cmp.Diff(outputs, s.outputs); diff != "" {
		t.Errorf("outputs (-want +got):\n%s", diff)
	}
	if !strings.HasSuffix(s.summary, "\n"+ledger+"\n") {
		t.Errorf("the summary does not end in %q:\n%s", ledger, s.summary)
	}
}

const (
	oneCommented = "1 found = 1 commented + 0 already commented + 0 in the summary only + 0 suppressed"
	oneAlready   = "1 found = 0 commented + 1 already commented + 0 in the summary only + 0 suppressed"
	oneSummary   = "1 found = 0 commented + 0 already commented + 1 in the summary only + 0 suppressed"
	nothing      = "0 found = 0 commented + 0 already commented + 0 in the summary only + 0 suppressed"
)

func TestActionOnPullRequest(t *testing.T) {
	t.Parallel()
	w := leak(t)
	w.run().want(t, exitFindings, wantOutputs(1, 0, "failure"), oneCommented)
	if requests := len(w.Requests()); requests > 10 {
		t.Errorf("%d requests, want 10 at most", requests)
	}
	threads := w.pull.Threads()
	if len(threads) != 1 || threads[0].Path != "shop/middleware.py" || !strings.Contains(threads[0].Body, "rule=middleware-state-growth -->") {
		t.Errorf("threads: %+v", threads)
	}
	w.Forget()
	w.run().want(t, exitFindings, wantOutputs(1, 0, "failure"), oneAlready)
	if diff := cmp.Diff([]string(nil), w.writes()); diff != "" {
		t.Errorf("writes of the second run (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"djleak: failure"}, w.conclusions()); diff != "" {
		t.Errorf("check runs (-want +got):\n%s", diff)
	}
}

func TestActionInputs(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		inputs     map[string]string
		status     int
		outputs    map[string]string
		ledger     string
		conclusion []string
		writes     []string
	}{
		"fail-on":        {map[string]string{"FAIL-ON": "never"}, exitClean, wantOutputs(1, 0, "neutral"), oneCommented, []string{"djleak: neutral"}, both},
		"name":           {map[string]string{"NAME": "leaks"}, exitFindings, wantOutputs(1, 0, "failure"), oneCommented, []string{"leaks: failure"}, both},
		"ignore":         {map[string]string{"IGNORE": "middleware-state-growth"}, exitClean, wantOutputs(0, 0, "success"), nothing, []string{"djleak: success"}, both[1:]},
		"exclude":        {map[string]string{"EXCLUDE": "docs/**\nshop/**"}, exitClean, wantOutputs(0, 0, "success"), nothing, []string{"djleak: success"}, both[1:]},
		"review":         {map[string]string{"REVIEW": "false"}, exitFindings, wantOutputs(1, 0, "failure"), oneSummary, []string{"djleak: failure"}, both[1:]},
		"check":          {map[string]string{"CHECK": "false"}, exitFindings, wantOutputs(1, 0, "failure"), oneCommented, nil, both[:1]},
		"max-comments":   {map[string]string{"MAX-COMMENTS": "0"}, exitFindings, wantOutputs(1, 0, "failure"), oneSummary, []string{"djleak: failure"}, both[1:]},
		"dry-run":        {map[string]string{"DRY-RUN": "true"}, exitFindings, wantOutputs(1, 0, "failure"), oneSummary, nil, nil},
		"empty ones":     {map[string]string{"FAIL-ON": "", "IGNORE": " ", "REVIEW": ""}, exitFindings, wantOutputs(1, 0, "failure"), oneCommented, []string{"djleak: failure"}, both},
		"min-confidence": {map[string]string{"MIN-CONFIDENCE": "high", "SELECT": "all"}, exitFindings, wantOutputs(1, 0, "failure"), oneCommented, []string{"djleak: failure"}, both},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := leak(t)
			for name, value := range test.inputs {
				w.environment["INPUT_"+name] = value
			}
			w.run().want(t, test.status, test.outputs, test.ledger)
			if diff := cmp.Diff(test.conclusion, w.conclusions()); diff != "" {
				t.Errorf("check runs (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.writes, w.writes()); diff != "" {
				t.Errorf("writes (-want +got):\n%s", diff)
			}
		})
	}
}

var both = []string{"POST /pulls/12/reviews", "POST /check-runs"}

func TestActionOnOtherEvents(t *testing.T) {
	t.Parallel()
	zero := strings.Repeat("0", 40)
	found, clean := wantOutputs(1, 0, "failure"), wantOutputs(0, 0, "success")
	type event func(w *world) (name string, event map[string]any)
	repository := map[string]any{"default_branch": "main"}
	tests := map[string]struct {
		event   event
		status  int
		outputs map[string]string
		ledger  string
		check   []string
	}{
		"push": {func(w *world) (string, map[string]any) {
			return "push", map[string]any{"before": w.pull.Base, "after": w.pull.Head, "repository": repository}
		}, exitFindings, found, oneSummary, []string{"djleak: failure"}},
		"push of nothing new": {func(w *world) (string, map[string]any) {
			return "push", map[string]any{"before": w.pull.Head, "after": w.commit("topic", w.pull.Head, contents{"README.md": githubtest.Text("x")}), "repository": repository}
		}, exitClean, clean, nothing, []string{"djleak: success"}},
		"push of a new branch": {func(w *world) (string, map[string]any) {
			return "push", map[string]any{"before": zero, "after": w.pull.Head, "repository": repository}
		}, exitFindings, found, oneSummary, []string{"djleak: failure"}},
		"merge group": {func(w *world) (string, map[string]any) {
			return "merge_group", map[string]any{"merge_group": map[string]any{"base_sha": w.pull.Base, "head_sha": w.pull.Head}}
		}, exitFindings, found, oneSummary, []string{"djleak: failure"}},
		"pull request target": {func(w *world) (string, map[string]any) {
			return "pull_request_target", map[string]any{"pull_request": map[string]any{
				"number": 12, "state": "open", "draft": true, "base": map[string]any{"sha": w.pull.Base}, "head": map[string]any{"sha": w.pull.Head},
			}}
		}, exitFindings, found, oneCommented, []string{"djleak: failure"}},
		"dispatch": {func(*world) (string, map[string]any) { return "workflow_dispatch", nil }, exitFindings, found, oneSummary, []string{"djleak: failure"}},
		"schedule": {func(*world) (string, map[string]any) { return "schedule", nil }, exitFindings, found, oneSummary, []string{"djleak: failure"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := leak(t)
			w.on(test.event(w))
			w.run().want(t, test.status, test.outputs, test.ledger)
			if diff := cmp.Diff(test.check, w.conclusions()); diff != "" {
				t.Errorf("check runs (-want +got):\n%s", diff)
			}
		})
	}
}

func TestActionWithNothingToDo(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		name  string
		event map[string]any
		want  string
	}{
		"another event":  {"issues", map[string]any{}, `djleak has nothing to do on the event "issues"`},
		"closed":         {"pull_request", map[string]any{"action": "closed", "pull_request": map[string]any{"number": 12, "state": "closed"}}, "the pull request is closed"},
		"deleted branch": {"push", map[string]any{"deleted": true, "after": strings.Repeat("0", 40)}, "the push deletes its branch"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := leak(t)
			w.on(test.name, test.event)
			s := w.run()
			if want := "::notice::" + test.want + "\n"; s.status != exitClean || s.log != want {
				t.Errorf("exit status %d and log %q, want 0 and %q", s.status, s.log, want)
			}
			if requests := w.Requests(); len(requests) > 0 {
				t.Errorf("requests: %+v", requests)
			}
		})
	}
}

func TestActionUsage(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		change func(w *world)
		want   string
	}{
		"a wrong input":         {func(w *world) { w.environment["INPUT_FAIL-ON"] = "critical" }, `::error::input fail-on: "critical" is none of high, medium, low, info, never`},
		"no token":              {func(w *world) { w.environment["INPUT_GITHUB-TOKEN"] = "" }, "::error::input github-token: it is empty; give it ${{ github.token }}"},
		"outside of a job":      {func(w *world) { w.environment["GITHUB_REPOSITORY"] = "" }, "::error::GITHUB_REPOSITORY is not set: djleak action runs in a job of GitHub Actions"},
		"no repository":         {func(w *world) { w.environment["GITHUB_REPOSITORY"] = "shop" }, `::error::"shop" is no repository: want owner/name`},
		"an event without head": {func(w *world) { w.on("merge_group", map[string]any{}) }, "::error::read event merge_group: "},
		"no event":              {func(w *world) { w.environment["GITHUB_EVENT_PATH"] = filepath.Join(w.folder, "absent") }, "::error::read event pull_request: open "},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := leak(t)
			test.change(w)
			s := w.run()
			if s.status != exitUsage || !strings.HasPrefix(s.log, test.want) || strings.Count(s.log, "\n") != 1 {
				t.Errorf("exit status %d and log %q, want 2 and %q", s.status, s.log, test.want)
			}
		})
	}
}

// A change cannot reconfigure its own review.
func TestActionConfiguration(t *testing.T) {
	t.Parallel()
	ignore := githubtest.Text("[tool.djleak]\nignore = [\"middleware-state-growth\"]\n")
	bare := githubtest.Text("ignore = [\"middleware-state-growth\"]\n")
	wrong := githubtest.Text("[tool.djleak]\nfail-on = \"critical\"\n")
	tests := map[string]struct {
		base, head contents
		inputs     map[string]string
		status     int
		outputs    map[string]string
		says       string
	}{
		"of the base":         {contents{"pyproject.toml": ignore}, nil, nil, exitClean, wantOutputs(0, 0, "success"), ""},
		"of the head":         {nil, contents{"pyproject.toml": ignore}, nil, exitFindings, wantOutputs(1, 0, "failure"), ""},
		"an input goes first": {contents{"djleak.toml": githubtest.Text("fail-on = \"never\"\n")}, nil, map[string]string{"INPUT_FAIL-ON": "high"}, exitFindings, wantOutputs(1, 0, "failure"), ""},
		"without an input":    {contents{"djleak.toml": githubtest.Text("fail-on = \"never\"\n")}, nil, nil, exitClean, wantOutputs(1, 0, "neutral"), ""},
		"wrong in the base":   {contents{"pyproject.toml": wrong}, contents{"shop/middleware.py": githubtest.Text(innocent + "\n")}, nil, exitClean, wantOutputs(0, 0, "neutral"), "the configuration is ignored: pyproject.toml:2: tool.djleak.fail-on: "},
		"wrong in the head":   {nil, contents{"pyproject.toml": wrong, "shop/middleware.py": nil}, nil, exitClean, wantOutputs(0, 1, "neutral"), "invalid-configuration"},
		"of another name":     {contents{"tools/leaks.toml": githubtest.Text("ignore = [\"middleware-state-growth\"]\n")}, nil, map[string]string{"INPUT_CONFIG": "tools/leaks.toml"}, exitClean, wantOutputs(0, 0, "success"), ""},
		"two of them":         {contents{"pyproject.toml": wrong, "djleak.toml": bare}, nil, nil, exitClean, wantOutputs(0, 0, "success"), "::notice::pyproject.toml configures djleak in vain: djleak.toml takes precedence"},
		"of a longer name":    {contents{"tools/leaks.toml": githubtest.Text("ignore = [\"middleware-state-growth\"]\n")}, nil, map[string]string{"INPUT_CONFIG": "./tools//leaks.toml"}, exitClean, wantOutputs(0, 0, "success"), ""},
		"of a name not there": {nil, nil, map[string]string{"INPUT_CONFIG": "tools/leaks.toml"}, exitFindings, wantOutputs(1, 0, "failure"), "the configuration is ignored: there is no file tools/leaks.toml"},
		"wrong and of a name": {
			nil,
			contents{"tools/leaks.toml": githubtest.Text("fail-on = \"x\"\n"), "shop/middleware.py": nil},
			map[string]string{"INPUT_CONFIG": "tools/leaks.toml"},
			exitClean, wantOutputs(0, 1, "neutral"), "invalid-configuration",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			base := contents{"shop/middleware.py": githubtest.Text(innocent)}
			head := contents{"shop/middleware.py": githubtest.Text(leaking)}
			maps.Copy(base, test.base)
			maps.Copy(head, test.head)
			w := newWorld(t, base, head)
			maps.Copy(w.environment, test.inputs)
			s := w.run()
			if diff := cmp.Diff(test.outputs, s.outputs); diff != "" || s.status != test.status {
				t.Errorf("exit status %d, want %d; outputs (-want +got):\n%s", s.status, test.status, diff)
			}
			if !strings.Contains(s.log, test.says) {
				t.Errorf("the log does not say %q:\n%s", test.says, s.log)
			}
		})
	}
}

// A fork's token only reads: annotations come from the log then, the summary and the verdict are as ever.
func TestActionWithAReadingToken(t *testing.T) {
	t.Parallel()
	w := leak(t)
	w.Permit(githubtest.Permissions{Contents: githubtest.Read, PullRequests: githubtest.Read, Checks: githubtest.Read})
	s := w.run()
	s.want(t, exitFindings, wantOutputs(1, 0, "failure"), oneSummary)
	for _, want := range []string{
		"::notice::check run: the token lacks checks: write\n",
		"::notice::review: the token lacks pull-requests: write\n",
		"::error col=9,endColumn=57,endLine=7,file=shop/middleware.py,line=7,title=middleware-state-growth::",
	} {
		if !strings.Contains(s.log, want) {
			t.Errorf("the log lacks %q:\n%s", want, s.log)
		}
	}
	if !strings.Contains(s.summary, "the token lacks checks: write") {
		t.Errorf("the summary does not say what is missing:\n%s", s.summary)
	}
}

// Without pull requests: write not even the comments can be listed: nothing is posted twice, all else is done.
func TestActionWithoutPullRequests(t *testing.T) {
	t.Parallel()
	w := leak(t)
	w.Permit(githubtest.Permissions{Contents: githubtest.Read, Checks: githubtest.Write})
	s := w.run()
	s.want(t, exitFindings, wantOutputs(1, 0, "failure"), oneSummary)
	if n := strings.Count(s.log, "::notice::review: the token lacks pull-requests: write\n"); n != 1 {
		t.Errorf("%d notices, want 1:\n%s", n, s.log)
	}
	if strings.Contains(s.log, "::error") {
		t.Errorf("annotations beside a check run:\n%s", s.log)
	}
}

func TestActionThatCannotRead(t *testing.T) {
	t.Parallel()
	w := leak(t)
	w.Fail(githubtest.Fault{Method: "GET", Path: "/compare/.*", Status: 404, Body: `{"message":"Not Found"}`})
	s := w.run()
	s.want(t, exitWork, wantOutputs(0, 0, "neutral"), nothing)
	reason := fmt.Sprintf("read acme/shop#12: compare %s...%s: 404 Not Found (the token may lack contents: read)", w.pull.Base[:7], w.pull.Head[:7])
	if want := nothing + "\n::error::" + reason + "\n"; s.log != want {
		t.Errorf("log %q, want %q", s.log, want)
	}
	if !strings.Contains(s.summary, "The review could not be done") || !strings.Contains(s.summary, "404 Not Found") {
		t.Errorf("summary: %q", s.summary)
	}
	if diff := cmp.Diff([]string{"djleak: neutral"}, w.conclusions()); diff != "" {
		t.Errorf("check runs (-want +got):\n%s", diff)
	}
}

func TestActionThatCannotPublish(t *testing.T) {
	t.Parallel()
	w := leak(t)
	w.Fail(githubtest.Fault{Method: "POST", Path: "/pulls/12/reviews", Status: 422, Body: `{"message":"Validation Failed","errors":[{"code":"abuse"}]}`})
	s := w.run()
	s.want(t, exitWork, wantOutputs(1, 0, "failure"), oneSummary)
	if want := "::error::review acme/shop#12: post review: 422 Unprocessable Entity: Validation Failed: abuse\n"; !strings.HasSuffix(s.log, want) {
		t.Errorf("the log does not end in %q:\n%s", want, s.log)
	}
	if diff := cmp.Diff([]string{"djleak: failure"}, w.conclusions()); diff != "" {
		t.Errorf("check runs (-want +got):\n%s", diff)
	}
}

// What cannot be read is a notice and makes the check neutral.
func TestActionOnUnreadableFiles(t *testing.T) {
	t.Parallel()
	w := newWorld(t, contents{"a.py": githubtest.Text("x = 1\n")}, contents{
		"a.py": githubtest.Text("def f(:\n    pass\n"), "link.py": {Data: []byte("a.py"), Mode: "120000"},
	})
	s := w.run()
	s.want(t, exitClean, wantOutputs(0, 0, "neutral"), nothing)
	for _, path := range []string{"a.py", "link.py"} {
		if !strings.Contains(s.summary, path) {
			t.Errorf("the summary does not tell of %s:\n%s", path, s.summary)
		}
	}
}

func TestActionSARIF(t *testing.T) {
	t.Parallel()
	w := leak(t)
	w.environment["INPUT_SARIF-FILE"] = "djleak.sarif"
	s := w.run()
	if s.status != exitFindings || s.outputs["sarif-file"] != "djleak.sarif" {
		t.Errorf("exit status %d and sarif-file %q", s.status, s.outputs["sarif-file"])
	}
	var report struct{ Runs []struct{ Results []any } }
	if err := json.Unmarshal([]byte(w.file("djleak.sarif")), &report); err != nil || len(report.Runs) != 1 || len(report.Runs[0].Results) != 1 {
		t.Errorf("%v: %+v", err, report)
	}
}

// The workspace may hold a checkout of the change, with links to anywhere.
func TestActionSARIFFollowsNoLink(t *testing.T) {
	t.Parallel()
	w := leak(t)
	victim := filepath.Join(t.TempDir(), "victim")
	if err := os.WriteFile(victim, []byte("precious"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(victim, filepath.Join(w.folder, "djleak.sarif")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Dir(victim), filepath.Join(w.folder, "out")); err != nil {
		t.Fatal(err)
	}
	w.environment["INPUT_SARIF-FILE"] = "djleak.sarif"
	if s := w.run(); s.status != exitFindings || !strings.Contains(w.file("djleak.sarif"), "middleware-state-growth") {
		t.Errorf("exit status %d; the log:\n%s", s.status, s.log)
	}
	w.environment["INPUT_SARIF-FILE"] = "out/victim"
	if s := w.run(); s.status != exitWork || !strings.Contains(s.log, "::error::write out/victim: ") || s.outputs["sarif-file"] != "" {
		t.Errorf("exit status %d, outputs %v; the log:\n%s", s.status, s.outputs, s.log)
	}
	if text, err := os.ReadFile(victim); err != nil || string(text) != "precious" {
		t.Errorf("the link was followed: %q, %v", text, err)
	}
}

// Paths and code are a stranger's.
func TestActionLogIsNoCommand(t *testing.T) {
	t.Parallel()
	w := newWorld(t, contents{"a.py": githubtest.Text("")}, contents{
		"x\n::error::pwned/middleware.py": githubtest.Text(leaking),
		"##[error]y/middleware.py":        githubtest.Text(strings.Replace(leaking, "AuditMiddleware", "OtherMiddleware", 1)),
	})
	s := w.run()
	if s.outputs["findings"] != "2" {
		t.Fatalf("%s findings, want 2:\n%s", s.outputs["findings"], s.log)
	}
	for line := range strings.Lines(s.log) {
		if strings.HasPrefix(strings.TrimSpace(line), "::") || strings.Contains(line, "##[") {
			t.Errorf("the log has the command %q", line)
		}
	}
}

func TestActionThatIsStopped(t *testing.T) {
	t.Parallel()
	tests := map[string]githubtest.Fault{
		"while it reads":     {Method: "GET", Path: "/compare/.*", Hang: true},
		"while it lists":     {Method: "POST", Path: "/graphql", Contains: "reviewThreads", Hang: true},
		"while it publishes": {Method: "POST", Path: "/pulls/12/reviews", Hang: true},
	}
	for name, fault := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := leak(t)
			w.Fail(fault)
			ctx, stop := context.WithCancel(t.Context())
			go func() {
				for w.Struck() == 0 {
					time.Sleep(time.Millisecond)
				}
				stop()
			}()
			s := w.runWith(ctx)
			if s.status != exitWork || s.outputs["conclusion"] != "cancelled" {
				t.Errorf("exit status %d and conclusion %q; the log:\n%s", s.status, s.outputs["conclusion"], s.log)
			}
			if diff := cmp.Diff([]string{"djleak: cancelled"}, w.conclusions()); diff != "" {
				t.Errorf("check runs (-want +got):\n%s", diff)
			}
			if len(w.pull.Threads()) > 0 {
				t.Error("a run that was stopped has commented")
			}
		})
	}
}
