package actions_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/config"
	"github.com/djleak/djleak/annotate"
	"github.com/djleak/djleak/annotate/actions"
)

// jobOf is a job with an environment, and its log.
func jobOf(environment map[string]string) (actions.Job, *strings.Builder) {
	log := &strings.Builder{}
	return actions.Job{Getenv: func(name string) string { return environment[name] }, Stdout: log}, log
}

func TestEnvironment(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		environment map[string]string
		want        actions.Environment
	}{
		"github.com": {
			map[string]string{"GITHUB_EVENT_NAME": "push", "GITHUB_REPOSITORY": "acme/shop"},
			actions.Environment{
				EventName: "push", Repository: "acme/shop", APIURL: "https://api.github.com",
				GraphQLURL: "https://api.github.com/graphql", ServerURL: "https://github.com",
			},
		},
		"an enterprise server": {
			map[string]string{
				"GITHUB_EVENT_NAME": "push", "GITHUB_EVENT_PATH": "/event.json", "GITHUB_REPOSITORY": "acme/shop", "GITHUB_SHA": head,
				"GITHUB_API_URL": "https://git.acme.test/api/v3", "GITHUB_GRAPHQL_URL": "https://git.acme.test/api/graphql",
				"GITHUB_SERVER_URL": "https://git.acme.test", "GITHUB_WORKSPACE": "/workspace",
			},
			actions.Environment{
				EventName: "push", EventPath: "/event.json", Repository: "acme/shop", SHA: head,
				APIURL: "https://git.acme.test/api/v3", GraphQLURL: "https://git.acme.test/api/graphql",
				ServerURL: "https://git.acme.test", Workspace: "/workspace",
			},
		},
		"an enterprise server without the GraphQL address": {
			map[string]string{
				"GITHUB_EVENT_NAME": "push", "GITHUB_REPOSITORY": "acme/shop", "GITHUB_API_URL": "https://git.acme.test/api/v3/",
			},
			actions.Environment{
				EventName: "push", Repository: "acme/shop", APIURL: "https://git.acme.test/api/v3",
				GraphQLURL: "https://git.acme.test/api/graphql", ServerURL: "https://github.com",
			},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			job, _ := jobOf(test.environment)
			got, err := job.Environment()
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("environment (-want +got):\n%s", diff)
			}
		})
	}
}

func TestEnvironmentOutsideOfAJob(t *testing.T) {
	t.Parallel()
	job, _ := jobOf(map[string]string{"GITHUB_EVENT_NAME": "push"})
	if _, err := job.Environment(); err == nil || !strings.Contains(err.Error(), "GITHUB_REPOSITORY") {
		t.Errorf("error: got %v, want it to name GITHUB_REPOSITORY", err)
	}
}

var rules = []string{"cached-method", "middleware-state-growth"}

func TestInputs(t *testing.T) {
	t.Parallel()
	job, _ := jobOf(map[string]string{
		"INPUT_GITHUB-TOKEN": "secret", "INPUT_CONFIG": "tools/djleak.toml", "INPUT_NAME": "leaks", "INPUT_FAIL-ON": "never",
		"INPUT_SCOPE": "added", "INPUT_MIN-SEVERITY": "low", "INPUT_MIN-CONFIDENCE": "high", "INPUT_INCLUDE": "shop/**\nblog/**",
		"INPUT_EXCLUDE": "a/*.{py,pyi}, b/**", "INPUT_SELECT": "all", "INPUT_IGNORE": "cached-method,\n middleware-state-growth",
		"INPUT_PREVIEW": "true", "INPUT_MAX-COMMENTS": "3", "INPUT_COMMENT-FROM": "high", "INPUT_REVIEW": "false", "INPUT_CHECK": "false",
		"INPUT_SUGGESTIONS": "false", "INPUT_RESOLVE": "true", "INPUT_DRY-RUN": "true", "INPUT_SARIF-FILE": "out.sarif",
	})
	inputs, err := job.Inputs(rules)
	if err != nil {
		t.Fatal(err)
	}
	if inputs.Token != "secret" || inputs.Config != "tools/djleak.toml" {
		t.Errorf("token and config: %q, %q", inputs.Token, inputs.Config)
	}
	want := config.Values{
		Options: analyzer.Options{
			Scope: analyzer.ScopeAdded, MinSeverity: analyzer.Low, MinConfidence: analyzer.HighConfidence, Preview: true,
		},
		Include: []string{"shop/**", "blog/**"}, Exclude: []string{"a/*.{py,pyi}", "b/**"},
		Select: []string{"all"}, Ignore: rules, Format: "text", Name: "leaks", MaxComments: 3,
		CommentFrom: analyzer.High, Resolve: true, DryRun: true, SARIFFile: "out.sarif",
	}
	if diff := cmp.Diff(want, config.Resolve(inputs.Settings)); diff != "" {
		t.Errorf("values (-want +got):\n%s", diff)
	}
}

func TestEmptyInputsAreNotGiven(t *testing.T) {
	t.Parallel()
	job, _ := jobOf(map[string]string{"INPUT_FAIL-ON": " ", "INPUT_IGNORE": "\n", "INPUT_REVIEW": "", "INPUT_FORMAT": "sarif"})
	inputs, err := job.Inputs(rules)
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range config.Keys() {
		if inputs.Settings.Given(key) {
			t.Errorf("%s is given", key)
		}
	}
}

func TestWrongInputsNameWhatIsAllowed(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		input, value string
		want         []string
	}{
		"severity": {"INPUT_FAIL-ON", "critical", []string{"input fail-on", `"critical"`, "high, medium, low, info, never"}},
		"boolean":  {"INPUT_REVIEW", "yes", []string{"input review", "true, false"}},
		"number":   {"INPUT_MAX-COMMENTS", "-1", []string{"input max-comments", "whole number"}},
		"rule":     {"INPUT_IGNORE", "cached-methods", []string{"input ignore", "cached-method"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			job, _ := jobOf(map[string]string{test.input: test.value})
			_, err := job.Inputs(rules)
			if err == nil {
				t.Fatal("no error")
			}
			for _, part := range test.want {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("error %q does not say %q", err, part)
				}
			}
		})
	}
}

// Titles, paths and source lines are a stranger's: none of them may become a command to the runner.
func TestLogIsNeverACommand(t *testing.T) {
	t.Parallel()
	job, log := jobOf(nil)
	text := "::add-mask::x\n  ::error::y\n\t::set-output name=a::b\nsee ::debug::z\rend\r\n::group::\n##[set-env name=A]b\na ##[error]c\n\n"
	if err := job.Log(text); err != nil {
		t.Fatal(err)
	}
	want := ": :add-mask::x\n  : :error::y\n\t: :set-output name=a::b\nsee ::debug::z\nend\n: :group::\n# #[set-env name=A]b\na # #[error]c\n"
	if diff := cmp.Diff(want, log.String()); diff != "" {
		t.Errorf("log (-want +got):\n%s", diff)
	}
}

func TestAnnotate(t *testing.T) {
	t.Parallel()
	job, log := jobOf(nil)
	err := job.Annotate([]annotate.Annotation{
		{Path: "a,b:c.py", StartLine: 3, EndLine: 3, StartColumn: 5, EndColumn: 9, Level: "failure", Title: "t\n::error::", Message: "100%\n::error::x"},
		{Path: "d.py", StartLine: 1, EndLine: 2, Level: "warning", Message: "w"},
		{Path: "e.py", StartLine: 1, EndLine: 1, Level: "notice", Message: "n %s"},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := "::error col=5,endColumn=9,endLine=3,file=a%2Cb%3Ac.py,line=3,title=t%0A%3A%3Aerror%3A%3A::100%25%0A::error::x\n" +
		"::warning endLine=2,file=d.py,line=1::w\n" +
		"::notice endLine=1,file=e.py,line=1::n %25s\n"
	if diff := cmp.Diff(want, log.String()); diff != "" {
		t.Errorf("log (-want +got):\n%s", diff)
	}
}

func TestAnnotateNoMoreThanGitHubShows(t *testing.T) {
	t.Parallel()
	job, log := jobOf(nil)
	var annotations []annotate.Annotation
	for range 12 {
		annotations = append(annotations, annotate.Annotation{Path: "a.py", StartLine: 1, EndLine: 1, Level: "failure", Message: "m"},
			annotate.Annotation{Path: "a.py", StartLine: 1, EndLine: 1, Level: "warning", Message: "m"})
	}
	if err := job.Annotate(annotations); err != nil {
		t.Fatal(err)
	}
	if errors, warnings := strings.Count(log.String(), "::error "), strings.Count(log.String(), "::warning "); errors != 10 || warnings != 10 {
		t.Errorf("%d errors and %d warnings, want 10 of each", errors, warnings)
	}
}

func TestOutputAndSummary(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	outputs, summary := filepath.Join(dir, "output"), filepath.Join(dir, "summary")
	job, _ := jobOf(map[string]string{"GITHUB_OUTPUT": outputs, "GITHUB_STEP_SUMMARY": summary})
	if err := job.Output(map[string]string{"findings": "3", "conclusion": "failure"}); err != nil {
		t.Error(err)
	}
	if err := job.Summarise("## djleak\n\n::error::x\n"); err != nil {
		t.Error(err)
	}
	const mark = "_GitHubActionsFileCommandDelimeter_"
	wantFile(t, outputs, "conclusion<<"+mark+"\nfailure\n"+mark+"\nfindings<<"+mark+"\n3\n"+mark+"\n")
	wantFile(t, summary, "## djleak\n\n::error::x\n")
}

func wantFile(t *testing.T, path, want string) {
	t.Helper()
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", filepath.Base(path), diff)
	}
}

func TestOutputOfSeveralLines(t *testing.T) {
	t.Parallel()
	job, _ := jobOf(map[string]string{"GITHUB_OUTPUT": filepath.Join(t.TempDir(), "output")})
	if err := job.Output(map[string]string{"sarif-file": "a\nfindings<<x"}); err == nil {
		t.Error("a value of several lines is no error")
	}
}

// failing writes nothing.
type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, errors.New("no space left on device") }

func TestWriteFailuresAreErrors(t *testing.T) {
	t.Parallel()
	folder := t.TempDir() // No file can be written where a folder is.
	job := actions.Job{Getenv: func(string) string { return folder }, Stdout: failing{}}
	tests := map[string]func() error{
		"log":         func() error { return job.Log("x") },
		"notice":      func() error { return job.Notice("x") },
		"error":       func() error { return job.Error("x") },
		"annotations": func() error { return job.Annotate([]annotate.Annotation{{Path: "a.py", Level: "failure"}}) },
		"output":      func() error { return job.Output(map[string]string{"findings": "1"}) },
		"summary":     func() error { return job.Summarise("x") },
	}
	for name, write := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if err := write(); err == nil || !strings.HasPrefix(err.Error(), "write ") {
				t.Errorf("error: got %v, want one that begins with write", err)
			}
		})
	}
}

func TestSummaryOutsideOfAJobGoesToTheLog(t *testing.T) {
	t.Parallel()
	job, log := jobOf(nil)
	if err := job.Summarise("::error::x\n"); err != nil {
		t.Fatal(err)
	}
	if got, want := log.String(), ": :error::x\n"; got != want {
		t.Errorf("log: got %q, want %q", got, want)
	}
}
