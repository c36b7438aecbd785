// Command serve starts a GitHub on this machine with one pull request, for trying the action by hand:
//
//	go run ./annotate/github/githubtest/serve --base testdata/sample/base --head testdata/sample/head -- go run ./cmd/djleak action
//
// Without a command it prints the environment to run the action in, and serves until it is interrupted. BASE and HEAD are
// folders or, with --repo, commits of that git repository.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/djleak/djleak/annotate/github/githubtest"
)

// The pull request that is served.
const (
	repository = "acme/shop"
	number     = 12
)

func main() {
	status, err := run(os.Args[1:], os.Stdout, os.Stderr)
	if err != nil {
		fmt.Fprintf(os.Stderr, "serve: %s\n", err)
		status = 2
	}
	os.Exit(status)
}

// options are the command line.
type options struct {
	repo, base, head, addr string
	event                  string
	latency                time.Duration
	command                []string
}

func parse(args []string, stderr io.Writer) (options, error) {
	var o options
	flags := flag.NewFlagSet("serve", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&o.repo, "repo", "", "git repository `DIR` that has both commits; without it, base and head are folders")
	flags.StringVar(&o.base, "base", "", "`COMMIT` or folder that the pull request wants to change")
	flags.StringVar(&o.head, "head", "", "`COMMIT` or folder that it changes it to")
	flags.StringVar(&o.addr, "addr", "127.0.0.1:0", "`ADDRESS` to listen on")
	flags.StringVar(&o.event, "event", "pull_request", "`NAME` of the event: pull_request, pull_request_target, push, merge_group or workflow_dispatch")
	flags.DurationVar(&o.latency, "latency", 0, "`TIME` that every answer takes, such as 50ms")
	if err := flags.Parse(args); err != nil {
		return o, err //nolint:wrapcheck // The flag package has worded it.
	}
	o.command = flags.Args()
	if o.base == "" || o.head == "" {
		return o, errors.New("--base and --head are missing")
	}
	return o, nil
}

func run(args []string, stdout, stderr io.Writer) (status int, err error) {
	o, err := parse(args, stderr)
	if err != nil {
		return 2, err
	}
	scratch, err := os.MkdirTemp("", "djleak-serve-")
	if err != nil {
		return 2, fmt.Errorf("make a folder: %w", err)
	}
	defer os.RemoveAll(scratch)
	if o.repo == "" {
		if err := o.commitFolders(filepath.Join(scratch, "repository")); err != nil {
			return 2, err
		}
	}
	server, err := githubtest.New()
	if err != nil {
		return 2, fmt.Errorf("start: %w", err)
	}
	defer server.Close()
	server.Delay(o.latency)
	served := server.AddRepository(repository, o.repo, "main")
	pull, err := served.OpenPull(number, o.base, o.head)
	if err != nil {
		return 2, fmt.Errorf("open the pull request: %w", err)
	}
	var listening net.ListenConfig
	listener, err := listening.Listen(context.Background(), "tcp", o.addr)
	if err != nil {
		return 2, fmt.Errorf("listen: %w", err)
	}
	web := &http.Server{Handler: server} //nolint:gosec // It serves one client on this machine.
	go func() { _ = web.Serve(listener) }()
	defer web.Close()
	environment, err := o.environment("http://"+listener.Addr().String(), scratch, pull)
	if err != nil {
		return 2, err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if len(o.command) == 0 {
		for _, line := range environment {
			fmt.Fprintf(stdout, "export %s\n", line)
		}
		<-ctx.Done()
		return 0, nil
	}
	status, err = o.try(ctx, environment, stdout, stderr)
	if err != nil {
		return 2, err
	}
	show(stdout, served, pull, server)
	fmt.Fprintf(stdout, "\n──── exit status %d\n", status)
	if status == 1 {
		// Findings are what a sample is for.
		return 0, nil
	}
	return status, nil
}

// commitFolders makes a repository of the two folders.
func (o *options) commitFolders(dir string) error {
	if err := os.Mkdir(dir, 0o700); err != nil {
		return fmt.Errorf("make a repository: %w", err)
	}
	git, err := githubtest.NewRepository(dir)
	if err != nil {
		return fmt.Errorf("make a repository: %w", err)
	}
	base, err := filesIn(o.base)
	if err != nil {
		return err
	}
	head, err := filesIn(o.head)
	if err != nil {
		return err
	}
	for path := range base {
		if head[path] == nil {
			head[path] = nil // It is deleted.
		}
	}
	if o.base, err = git.Commit("main", "", base); err != nil {
		return fmt.Errorf("commit the base: %w", err)
	}
	if o.head, err = git.Commit("topic", o.base, head); err != nil {
		return fmt.Errorf("commit the head: %w", err)
	}
	o.repo = dir
	return nil
}

func filesIn(dir string) (map[string]*githubtest.Content, error) {
	files := map[string]*githubtest.Content{}
	tree := os.DirFS(dir)
	err := fs.WalkDir(tree, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		data, err := fs.ReadFile(tree, path)
		files[path] = &githubtest.Content{Data: data}
		return err //nolint:wrapcheck // It names the path.
	})
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", dir, err)
	}
	return files, nil
}

// environment is a job's, with its files in scratch.
func (o options) environment(url, scratch string, pull *githubtest.Pull) ([]string, error) {
	event := map[string]any{
		"action": "synchronize",
		"pull_request": map[string]any{
			"number": number, "state": "open", "base": map[string]any{"sha": pull.Base}, "head": map[string]any{"sha": pull.Head},
		},
		"merge_group": map[string]any{"base_sha": pull.Base, "head_sha": pull.Head},
		"before":      pull.Base,
		"after":       pull.Head,
		"repository":  map[string]any{"full_name": repository, "default_branch": "main"},
	}
	text, err := json.Marshal(event)
	if err != nil {
		return nil, fmt.Errorf("write the event: %w", err)
	}
	name := filepath.Join(scratch, "event.json")
	if err := os.WriteFile(name, text, 0o600); err != nil {
		return nil, fmt.Errorf("write the event: %w", err)
	}
	return []string{
		"GITHUB_ACTIONS=true",
		"GITHUB_API_URL=" + url,
		"GITHUB_GRAPHQL_URL=" + url + "/graphql",
		"GITHUB_SERVER_URL=" + url,
		"GITHUB_REPOSITORY=" + repository,
		"GITHUB_EVENT_NAME=" + o.event,
		"GITHUB_EVENT_PATH=" + name,
		"GITHUB_SHA=" + pull.Head,
		"GITHUB_STEP_SUMMARY=" + filepath.Join(scratch, "summary.md"),
		"GITHUB_OUTPUT=" + filepath.Join(scratch, "output"),
		"INPUT_GITHUB-TOKEN=" + githubtest.Token,
	}, nil
}

// try runs the command and prints what it wrote into the job's files.
func (o options) try(ctx context.Context, environment []string, stdout, stderr io.Writer) (int, error) {
	command := exec.CommandContext(ctx, o.command[0], o.command[1:]...)
	command.Env = append(os.Environ(), environment...)
	command.Stdout, command.Stderr = stdout, stderr
	err := command.Run()
	if exit := new(exec.ExitError); err != nil && !errors.As(err, &exit) {
		return 0, fmt.Errorf("run the command: %w", err)
	}
	for _, line := range environment {
		name, path, _ := strings.Cut(line, "=")
		if name != "GITHUB_STEP_SUMMARY" {
			continue
		}
		if text, err := os.ReadFile(path); err == nil {
			fmt.Fprintf(stdout, "\n──── job summary\n%s", text)
		}
	}
	return command.ProcessState.ExitCode(), nil
}

// show prints what was published.
func show(out io.Writer, served *githubtest.Repository, pull *githubtest.Pull, server *githubtest.Server) {
	for _, review := range pull.Reviews() {
		fmt.Fprintf(out, "\n──── review\n%s\n", review.Body)
	}
	for _, thread := range pull.Threads() {
		fmt.Fprintf(out, "\n──── comment on %s, line %s\n%s\n", thread.Path, lines(thread.StartLine, thread.Line), thread.Body)
	}
	for _, run := range served.CheckRuns() {
		fmt.Fprintf(out, "\n──── check run %s: %s\n%s\n", run.Name, run.Conclusion, run.Title)
		for _, annotation := range run.Annotations {
			fmt.Fprintf(out, "%s:%s: %s: %s\n", annotation.Path, lines(annotation.StartLine, annotation.EndLine), annotation.Level, annotation.Message)
		}
	}
	requests := server.Requests()
	fmt.Fprintf(out, "\n──── %d requests, %d one after another\n", len(requests), githubtest.Rounds(requests))
	for _, request := range requests {
		fmt.Fprintf(out, "%s %s\n", request.Method, request.Path)
	}
	for _, violation := range server.Violations() {
		fmt.Fprintf(out, "GitHub would not like it: %s\n", violation)
	}
}

func lines(start, end int) string {
	if start == end {
		return strconv.Itoa(end)
	}
	return fmt.Sprintf("%d to %d", start, end)
}
