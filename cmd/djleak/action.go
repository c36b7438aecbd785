package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/change"
	"github.com/djleak/djleak/analyzer/config"
	"github.com/djleak/djleak/analyzer/project"
	"github.com/djleak/djleak/analyzer/selection"
	"github.com/djleak/djleak/annotate"
	"github.com/djleak/djleak/annotate/actions"
	"github.com/djleak/djleak/annotate/github"
)

func newActionCommand(p *program) *cobra.Command {
	command := &cobra.Command{
		Use:   "action",
		Short: "Review a pull request as a GitHub Action",
		Long: "action reads inputs and event from the environment of a GitHub Actions job, reviews the event's change and publishes\n" +
			"what it finds. It needs no checkout: it reads the files through GitHub's API. A flag overrules the input of its name;\n" +
			"--output writes the report beside what is published.",
		Args: noArguments,
	}
	shared := addSharedFlags(command, p.rules)
	shared.addScope(command)
	command.RunE = stoppable(func(ctx context.Context, _ []string) error { return p.action(ctx, shared) })
	return command
}

// An action is one run in a job.
type action struct {
	*program
	shared *sharedFlags
	job    actions.Job
	env    actions.Environment
	event  actions.Event
	inputs actions.Inputs
	client *github.Client
	ahead  *ahead
	// moved are the files that the change renames to where the review does not look, by their old paths.
	moved map[string]string
	// notices are what the user must know of the run as a whole.
	notices []analyzer.Notice
}

// action runs the whole line. Errors go to the job's log as annotations of the step.
func (p *program) action(ctx context.Context, shared *sharedFlags) error {
	a := &action{program: p, shared: shared, job: actions.Job{Getenv: p.getenv, Stdout: &sharedWriter{to: p.stdout}}}
	status, err := a.run(ctx)
	for line := range strings.Lines(errorText(err)) {
		if err := a.job.Error(strings.TrimSpace(line)); err != nil {
			return err
		}
	}
	if status == exitClean {
		return nil
	}
	return verdict(status)
}

func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// run returns the exit status, and with it what went wrong.
func (a *action) run(ctx context.Context) (int, error) {
	if err := a.prepare(); err != nil {
		return exitUsage, err
	}
	if a.event.Skip != "" {
		if err := a.job.Notice(a.event.Skip); err != nil {
			return exitWork, err
		}
		return exitClean, nil
	}
	a.ahead = a.lookAhead(ctx)
	defer a.ahead.stop()
	values, err := a.configure(ctx)
	if err != nil {
		a.ahead.stop()
		return a.stopped(ctx, values, err)
	}
	outcome, err := a.analyse(ctx, values)
	if err != nil {
		return a.stopped(ctx, values, err)
	}
	return a.publish(ctx, values, outcome)
}

// prepare reads all that the job tells.
func (a *action) prepare() (err error) {
	if a.env, err = a.job.Environment(); err != nil {
		return err
	}
	if a.event, err = actions.ReadEvent(a.env); err != nil || a.event.Skip != "" {
		return err
	}
	if a.inputs, err = a.job.Inputs(ruleNames(a.rules)); err != nil {
		return err
	}
	if a.shared.config != "" {
		a.inputs.Config = a.shared.config
	}
	if a.inputs.Config != "" {
		// GitHub knows the file by one path only.
		a.inputs.Config = path.Clean(a.inputs.Config)
	}
	if a.inputs.Token == "" {
		return errors.New("input github-token: it is empty; give it ${{ github.token }}")
	}
	a.client, err = github.Open(github.Config{
		Token:      a.inputs.Token,
		APIURL:     a.env.APIURL,
		GraphQLURL: a.env.GraphQLURL,
		Repository: a.env.Repository,
		UserAgent:  "djleak/" + readVersion().version,
		Waiting: func(failure error, wait time.Duration) {
			// Whoever cannot write the log will learn it from what follows.
			_ = a.job.Log(fmt.Sprintf("%s; trying again in %s", failure, wait.Round(time.Second)))
		},
	})
	return err
}

// head is the commit that is reviewed.
func (a *action) head() string {
	switch {
	case a.event.Pull != nil:
		return a.event.Pull.Head
	case a.event.Push != nil:
		return a.event.Push.After
	default:
		return a.event.Tree
	}
}

// configure reads the configuration from where the change cannot have touched it: the base, or for what is in the
// repository already, the commit itself. A wrong one is told, and the defaults hold.
func (a *action) configure(ctx context.Context) (config.Values, error) {
	commit := a.head()
	switch {
	case a.event.Pull != nil:
		commit = a.event.Pull.Base
	case a.event.Name == "merge_group":
		commit = a.event.Push.Before
	}
	names := config.Names()
	if a.inputs.Config != "" {
		names = []string{a.inputs.Config}
	}
	values := config.Resolve(a.shared.given, a.inputs.Settings)
	files, err := a.client.ReadFiles(ctx, commit, names)
	if err != nil {
		return values, err
	}
	source, err := a.load(files)
	if err != nil {
		for line := range strings.Lines(err.Error()) {
			a.note("the configuration is ignored: " + strings.TrimSpace(line))
		}
		return values, nil
	}
	for _, shadowed := range source.Shadowed {
		// Nothing is missing from the review: this is no notice of it.
		if err := a.job.Notice(fmt.Sprintf("%s configures djleak in vain: %s takes precedence", shadowed, source.Path)); err != nil {
			return values, err
		}
	}
	return config.Resolve(a.shared.given, a.inputs.Settings, source.Settings), nil
}

func (a *action) load(files map[string][]byte) (config.Source, error) {
	if name := a.inputs.Config; name != "" {
		text, ok := files[name]
		if !ok {
			return config.Source{}, fmt.Errorf("there is no file %s", name)
		}
		settings, err := config.Parse(name, text, ruleNames(a.rules))
		return config.Source{Path: name, Settings: settings}, err
	}
	return config.Load("", func(path string) ([]byte, error) {
		if text, ok := files[path]; ok {
			return text, nil
		}
		return nil, fs.ErrNotExist
	}, ruleNames(a.rules))
}

func (a *action) note(text string) { a.notices = append(a.notices, analyzer.Notice{Message: text}) }

// analyse reads the change, or the whole tree, and analyses it.
func (a *action) analyse(ctx context.Context, values config.Values) (outcome, error) {
	choice, err := values.Selection()
	if err != nil {
		return outcome{}, err
	}
	review := a.analyzer(values, choice)
	if a.event.Tree != "" {
		a.ahead.match(func(path string) bool { return choice.File(path) || project.Relevant(path) })
		tree, err := a.ahead.tree()
		if err != nil {
			return outcome{}, err
		}
		review.Project = projectOf(tree)
		modules := modulesOf(tree)
		tree.Paths = slices.DeleteFunc(tree.Paths, func(path string) bool { return !choice.File(path) })
		if len(tree.Partial) == 0 && !values.Preview {
			review.Modules = modules
			templates := slices.DeleteFunc(tree.Left, func(path string) bool { return !selection.IsTemplate(path) })
			review.Mentions = &analyzer.Mentions{Paths: tree.Paths, Templates: templates, Read: tree.Read}
		}
		result := review.Tree(ctx, tree.Paths, tree.Read)
		return outcome{result: result, change: change.Change{Head: tree.Commit, Partial: tree.Partial}}, context.Cause(ctx)
	}
	a.ahead.match(func(path string) bool {
		// Where settings change, a rule nearly always asks for the project: it is on its way before they are read.
		if choice.File(path) && selection.KindOf(path)&selection.Settings != 0 && wantsProject(review) {
			a.ahead.expect()
		}
		return choice.File(path) || a.configures(path)
	})
	diff, err := a.ahead.change()
	if err != nil {
		return outcome{}, err
	}
	var configuration []change.File
	for _, file := range diff.Files {
		if a.configures(file.Path) {
			configuration = append(configuration, file)
		}
	}
	a.moved = movedAway(diff.Files, choice.File)
	diff.Files = slices.DeleteFunc(diff.Files, func(file change.File) bool { return !choice.File(file.Path) })
	ignorant := a.gather(review, diff)
	result := review.Review(ctx, diff)
	if ignorant != nil {
		a.factless(&result, ignorant)
	}
	a.reviewConfiguration(&result, &diff, configuration, values)
	return outcome{result: result, change: diff}, context.Cause(ctx)
}

// configures reports whether a path is that of a configuration file.
func (a *action) configures(path string) bool {
	if a.inputs.Config != "" {
		return path == a.inputs.Config
	}
	return isConfiguration(path)
}

// publishing says how to publish.
func (a *action) publishing(values config.Values) annotate.Options {
	return annotate.Options{
		Options:     values.Options,
		Name:        values.Name,
		MaxComments: values.MaxComments,
		CommentFrom: values.CommentFrom,
		Review:      values.Review && a.event.Pull != nil,
		Check:       values.Check,
		Suggestions: values.Suggestions,
		Resolve:     values.Resolve,
		DryRun:      values.DryRun,
		HeadSHA:     a.head(),
		FileURL:     a.fileURL,
		RuleURL:     ruleURL,
	}
}

// fileURL links to lines of a file at the head.
func (a *action) fileURL(path string, startLine, endLine int) string {
	page := a.env.ServerURL + "/" + a.env.Repository + "/blob/" + a.head() + "/" + (&url.URL{Path: path}).EscapedPath()
	switch {
	case startLine < 1:
		return page
	case endLine <= startLine:
		return fmt.Sprintf("%s#L%d", page, startLine)
	default:
		return fmt.Sprintf("%s#L%d-L%d", page, startLine, endLine)
	}
}
