package git

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"
)

// command prepares git so that it only reads, and that the environment and the configuration change nothing of what it
// says.
func (r Repository) command(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, "git", append([]string{
		"--no-pager",
		"--no-replace-objects",
		"--literal-pathspecs",
		// A file system monitor is a program that the repository names.
		"-c", "core.fsmonitor=false",
		"-c", "core.quotePath=false",
	}, args...)...)
	cmd.Dir = r.Dir
	cmd.Env = environment(os.Environ())
	cmd.WaitDelay = time.Second
	return cmd
}

// environment leaves out the variables that would lead git to another repository, index or object store, or to other
// output (a hook's environment has them), but for those that carry the user's own configuration.
func environment(inherited []string) []string {
	kept := make([]string, 0, len(inherited)+8)
	for _, variable := range inherited {
		name, _, _ := strings.Cut(variable, "=")
		if strings.HasPrefix(name, "GIT_") && !keptVariable(name) {
			continue
		}
		kept = append(kept, variable)
	}
	return append(kept,
		"LC_ALL=C",
		"GIT_OPTIONAL_LOCKS=0",
		"GIT_TERMINAL_PROMPT=0",
		// A partial clone would fetch what it lacks; git before 2.44 knows only the second of these.
		"GIT_NO_LAZY_FETCH=1",
		"GIT_ALLOW_PROTOCOL=",
		noProgram+"=",
	)
}

// noProgram is a variable whose empty value stands for the programs of [Repository.withoutFilters].
const noProgram = "DJLEAK_NO_PROGRAM"

// withoutFilters are options that switch off all filters: git runs these programs on files of the work tree whose times
// do not tell whether they changed.
func (r Repository) withoutFilters(ctx context.Context) ([]string, error) {
	out, err := r.run(ctx, nil, "config", "-z", "--name-only", "--get-regexp", `^filter\..*\.(clean|smudge|process|required)$`)
	if exit, ok := errors.AsType[*exec.ExitError](err); ok && exit.ExitCode() == 1 {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var options []string
	for name := range strings.SplitSeq(strings.TrimSuffix(string(out), "\x00"), "\x00") {
		options = append(options, "--config-env="+name+"="+noProgram)
	}
	return options, nil
}

func keptVariable(name string) bool {
	switch name {
	case "GIT_CEILING_DIRECTORIES", "GIT_DISCOVERY_ACROSS_FILESYSTEM", "GIT_EXEC_PATH":
		return true
	}
	return strings.HasPrefix(name, "GIT_CONFIG_")
}

// run returns what git writes to its standard output.
func (r Repository) run(ctx context.Context, stdin io.Reader, args ...string) ([]byte, error) {
	var stdout, stderr bytes.Buffer
	cmd := r.command(ctx, args...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = stdin, &stdout, &stderr
	if err := cmd.Run(); err != nil {
		return nil, r.failure(ctx, subcommand(args), err, stderr.Bytes())
	}
	return stdout.Bytes(), nil
}

// subcommand is the first argument that is no option.
func subcommand(args []string) string {
	return args[slices.IndexFunc(args, func(arg string) bool { return !strings.HasPrefix(arg, "-") })]
}

// failure is the error of a git command, in one line.
func (r Repository) failure(ctx context.Context, command string, err error, stderr []byte) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if errors.Is(err, exec.ErrNotFound) {
		return fmt.Errorf("git is needed to read %s: install it: %w", r.name(), err)
	}
	said := strings.Join(strings.Fields(strings.TrimPrefix(string(stderr), "fatal: ")), " ")
	switch {
	case said == "":
		return fmt.Errorf("git %s in %s: %w", command, r.name(), err)
	case strings.Contains(said, "promisor remote"):
		return fmt.Errorf("%s %w: %s: %w", r.name(), errPartial, fetchFiles, err)
	}
	return fmt.Errorf("git %s in %s: %s: %w", command, r.name(), said, err)
}

// errPartial is the cause of errors about content that is only at a remote.
var errPartial = errors.New("is a partial clone")

const fetchFiles = "fetch the files first (git diff of the same revisions does), or clone without --filter"

func (r Repository) name() string {
	if r.Dir == "" {
		return "."
	}
	return r.Dir
}
