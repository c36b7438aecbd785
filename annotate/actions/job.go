// Package actions is the edge between djleak and a GitHub Actions job: inputs and events come in; outputs, annotations,
// the job's summary and log lines go out.
package actions

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/sethvargo/go-githubactions"

	"github.com/djleak/djleak/analyzer/config"
	"github.com/djleak/djleak/analyzer/pattern"
)

// A Job is the step of a workflow that djleak runs in.
type Job struct {
	// Getenv reads the environment: inputs, and where to write to.
	Getenv func(string) string
	// Stdout is the job's log.
	Stdout io.Writer
}

// An Environment is what a job tells every step:
// https://docs.github.com/en/actions/reference/workflows-and-actions/variables
type Environment struct {
	EventName, EventPath string
	Repository           string // owner/name
	// APIURL, GraphQLURL and ServerURL have no slash at the end.
	APIURL, GraphQLURL, ServerURL string
	// SHA is the commit that triggered the workflow.
	SHA string
	// Workspace is the folder of the checkout, if there is one.
	Workspace string
}

// Environment reads the job's environment. The error names what is missing.
func (j Job) Environment() (Environment, error) {
	env := Environment{
		EventName:  j.Getenv("GITHUB_EVENT_NAME"),
		EventPath:  j.Getenv("GITHUB_EVENT_PATH"),
		Repository: j.Getenv("GITHUB_REPOSITORY"),
		APIURL:     strings.TrimRight(cmp.Or(j.Getenv("GITHUB_API_URL"), "https://api.github.com"), "/"),
		ServerURL:  strings.TrimRight(cmp.Or(j.Getenv("GITHUB_SERVER_URL"), "https://github.com"), "/"),
		SHA:        j.Getenv("GITHUB_SHA"),
		Workspace:  j.Getenv("GITHUB_WORKSPACE"),
	}
	env.GraphQLURL = cmp.Or(j.Getenv("GITHUB_GRAPHQL_URL"), strings.TrimSuffix(env.APIURL, "/v3")+"/graphql")
	switch {
	case env.EventName == "":
		return Environment{}, errors.New("GITHUB_EVENT_NAME is not set: djleak action runs in a job of GitHub Actions")
	case env.Repository == "":
		return Environment{}, errors.New("GITHUB_REPOSITORY is not set: djleak action runs in a job of GitHub Actions")
	}
	return env, nil
}

// Inputs are what the workflow gives the action.
type Inputs struct {
	// Token is github-token.
	Token string
	// Config is the path of the configuration file, empty for the one that is found.
	Config string
	// Settings are all other inputs.
	Settings *config.Settings
}

// Inputs reads the inputs; an empty one is not given. Rules are the names of all rules. The error names the input and what
// it may be.
func (j Job) Inputs(rules []string) (Inputs, error) {
	action := j.action()
	inputs := Inputs{
		Token:    action.GetInput("github-token"),
		Config:   action.GetInput("config"),
		Settings: config.NewSettings(rules),
	}
	var wrong []error
	for _, name := range config.Inputs() {
		if err := inputs.Settings.SetInput(name, action.GetInput(name)); err != nil {
			wrong = append(wrong, fmt.Errorf("input %w", err))
		}
	}
	return inputs, errors.Join(wrong...)
}

func (j Job) action() *githubactions.Action {
	return githubactions.New(githubactions.WithGetenv(j.Getenv), githubactions.WithWriter(j.Stdout))
}

// guarded turns the panics by which go-githubactions tells that it cannot write into errors.
func guarded(what string, write func()) (err error) {
	defer func() {
		switch trouble := recover().(type) {
		case nil:
		case error:
			err = fmt.Errorf("%s: %w", what, trouble)
		default:
			panic(trouble)
		}
	}()
	write()
	return nil
}

// Log writes text to the job's log. A line of it is never a workflow command, whoever wrote it.
func (j Job) Log(text string) error {
	var lines strings.Builder
	for line := range strings.SplitSeq(strings.TrimRight(lineBreaks.Regexp().ReplaceAllString(text, "\n"), "\n"), "\n") {
		lines.WriteString(defuse(line) + "\n")
	}
	if _, err := io.WriteString(j.Stdout, lines.String()); err != nil {
		return fmt.Errorf("write log: %w", err)
	}
	return nil
}

var lineBreaks = pattern.New("\r\n|[\r\v\f\u0085\u2028\u2029]")

// defuse spoils what the runner takes for a command: "::" at a line's start, and "##[" anywhere in it. To stop commands by
// a token instead would stop those of later steps too, should this one be killed.
func defuse(line string) string {
	line = strings.ReplaceAll(line, "##[", "# #[")
	if text := strings.TrimSpace(line); strings.HasPrefix(text, "::") {
		line = strings.Replace(line, "::", ": :", 1)
	}
	return line
}
