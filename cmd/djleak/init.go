package main

import (
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/djleak/djleak/analyzer/pattern"
)

// workflow is the one that the README shows.
//
//go:embed setup/djleak.yml
var workflow []byte

// Where a repository keeps what init writes.
const (
	workflowFolder = ".github/workflows"
	preCommitFile  = ".pre-commit-config.yaml"
)

func newInitCommand(p *program) *cobra.Command {
	return &cobra.Command{
		Use:   "init [FOLDER]",
		Short: "Set a repository up",
		Long: "init writes the workflow that reviews pull requests to " + workflowFolder + "/djleak.yml and, where the repository uses\n" +
			"pre-commit, adds the hook to " + preCommitFile + ". It overwrites nothing: a second time it has nothing to do.\n" +
			"Without a FOLDER it sets up the repository of the working directory.",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usagef("%q is too much: init takes one FOLDER", args[1])
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			folder := "."
			if len(args) > 0 {
				folder = args[0]
			}
			return p.setUp(folder)
		},
	}
}

// setUp sets up the repository that a folder belongs to.
func (p *program) setUp(folder string) error {
	if info, err := os.Stat(folder); err != nil || !info.IsDir() {
		return usagef("%s is no folder", folder)
	}
	absolute, err := filepath.Abs(folder)
	if err != nil {
		return fmt.Errorf("find %s: %w", folder, err)
	}
	top := projectTop(absolute)
	s := setup{program: p, top: top}
	if !hasGit(top) {
		s.say("%s is in no git repository: the files are for one on GitHub", folder)
	}
	if !usesDjango(top) {
		s.say("nothing here asks for Django: djleak finds what it knows of Django, and little else")
	}
	if err := errors.Join(s.addWorkflow(), s.addHook()); err != nil {
		return err
	}
	s.say("next: commit this, open a pull request, and see \"djleak check\" for what is there today")
	return nil
}

// A setup is what init is about.
type setup struct {
	program *program
	top     string
}

func (s *setup) say(format string, args ...any) {
	fmt.Fprintf(s.program.stdout, format+"\n", args...)
}

// addWorkflow writes the workflow unless one uses djleak already.
func (s *setup) addWorkflow() error {
	folder := filepath.Join(s.top, filepath.FromSlash(workflowFolder))
	entries, err := os.ReadDir(folder)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("read %s: %w", workflowFolder, cause(err))
	}
	for _, entry := range entries {
		text, err := os.ReadFile(filepath.Join(folder, entry.Name()))
		if err == nil && strings.Contains(string(text), "djleak/djleak@") {
			s.say("%s/%s runs djleak already", workflowFolder, entry.Name())
			return nil
		}
	}
	name := filepath.Join(folder, "djleak.yml")
	if _, err := os.Lstat(name); err == nil {
		return fmt.Errorf("%s/djleak.yml is there already and does not run djleak: move it away", workflowFolder)
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return fmt.Errorf("make %s: %w", workflowFolder, cause(err))
	}
	if err := replaceFile(name, workflow); err != nil {
		return err
	}
	s.say("wrote %s/djleak.yml: it comments and blocks nobody", workflowFolder)
	return nil
}

// addHook adds djleak to the hooks of a repository that uses pre-commit.
func (s *setup) addHook() error {
	name := filepath.Join(s.top, preCommitFile)
	text, err := os.ReadFile(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return fmt.Errorf("read %s: %w", preCommitFile, cause(err))
	case strings.Contains(string(text), "djleak/djleak"):
		s.say("%s runs djleak already", preCommitFile)
		return nil
	}
	with, err := withHook(text, revision())
	if err != nil {
		return fmt.Errorf("add the hook to %s: %w", preCommitFile, err)
	}
	if err := replaceFile(name, with); err != nil {
		return err
	}
	s.say("added djleak to %s", preCommitFile)
	return nil
}

var release = pattern.New(`^v[0-9]+\.[0-9]+\.[0-9]+$`)

// revision is the tag to pin: this release or, for a build between two, the newest of its kind.
func revision() string {
	if version := readVersion().version; release.MatchString(version) {
		return version
	}
	return "v1"
}

// usesDjango reports whether a project asks for Django or has its manage.py, at its top or one folder below.
func usesDjango(top string) bool {
	for _, pattern := range []string{"manage.py", "*/manage.py"} {
		if found, err := filepath.Glob(filepath.Join(top, pattern)); err == nil && len(found) > 0 {
			return true
		}
	}
	for _, pattern := range []string{"pyproject.toml", "setup.cfg", "setup.py", "Pipfile", "*requirements*.txt", "requirements/*.txt", "*/pyproject.toml", "*/requirements*.txt"} {
		found, err := filepath.Glob(filepath.Join(top, pattern))
		if err != nil {
			continue
		}
		for _, name := range found {
			if text, err := os.ReadFile(name); err == nil && strings.Contains(strings.ToLower(string(text)), "django") {
				return true
			}
		}
	}
	return false
}
