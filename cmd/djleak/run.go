package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/config"
	"github.com/djleak/djleak/analyzer/rules"
	"github.com/djleak/djleak/annotate/report"
)

// The exit statuses. What the command line and the configuration say wrong is exitUsage; what the world refuses is
// exitWork, a path that does not exist included.
const (
	exitClean    = 0
	exitFindings = 1
	exitUsage    = 2
	exitWork     = 3
)

// A program is djleak with everything that it knows of the world outside.
type program struct {
	rules          []*analyzer.Rule
	getenv         func(string) string
	stdin          io.Reader
	stdout, stderr io.Writer
}

// run is all of djleak: it returns the exit status.
func run(
	ctx context.Context, args []string, getenv func(string) string, stdin io.Reader, stdout, stderr io.Writer,
) int {
	p := &program{rules: rules.All(), getenv: getenv, stdin: stdin, stdout: stdout, stderr: stderr}
	return p.run(ctx, args)
}

func (p *program) run(ctx context.Context, args []string) int {
	root := newRootCommand(p)
	root.SetArgs(args)
	root.SetIn(p.stdin)
	root.SetOut(p.stdout)
	root.SetErr(p.stderr)
	// Whatever goes wrong before a command starts is in its name, flags or arguments.
	status := exitUsage
	root.PersistentPreRun = func(*cobra.Command, []string) { status = exitWork }
	command, err := root.ExecuteContextC(ctx)
	if err == nil {
		return exitClean
	}
	if verdict, ok := errors.AsType[verdict](err); ok {
		return int(verdict)
	}
	for line := range strings.Lines(err.Error()) {
		p.say("%s: %s", command.CommandPath(), line)
	}
	if _, ok := errors.AsType[*usageError](err); ok {
		return exitUsage
	}
	if _, ok := errors.AsType[*config.Error](err); ok {
		return exitUsage
	}
	return status
}

// say writes a line to the standard error.
func (p *program) say(format string, args ...any) {
	fmt.Fprintln(p.stderr, report.Line(fmt.Sprintf(format, args...)))
}

// stoppable runs a command's work in a context that ends when the process is asked to stop. A command that is over at once
// does without: to listen for it takes nearly a millisecond.
func stoppable(work func(ctx context.Context, args []string) error) func(*cobra.Command, []string) error {
	return func(command *cobra.Command, args []string) error {
		ctx, stop := signal.NotifyContext(command.Context(), os.Interrupt, syscall.SIGTERM)
		defer stop()
		return work(ctx, args)
	}
}

func newRootCommand(p *program) *cobra.Command {
	root := &cobra.Command{
		Use:   "djleak",
		Short: "Find what makes a Django application hold memory",
		Long: "djleak finds what makes a Django application hold memory: in files (check), in a change (diff) and on pull\n" +
			"requests (action). Its exit status is 0 without findings at or above --fail-on, 1 with such findings, 2 for\n" +
			"wrong usage or configuration, and 3 where the work could not be done.",
		Args:          knownCommand,
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	// Cobra's own flag words it by a template, and a program that runs templates keeps every method of every type it
	// links: 2.4 MB of them.
	asked := root.Flags().Bool("version", false, "tell version, commit and build date")
	root.RunE = func(*cobra.Command, []string) error {
		if *asked {
			return p.tellVersion()
		}
		return missingCommand(root)
	}
	root.SetFlagErrorFunc(flagError)
	root.SetHelpCommand(newHelpCommand(root))
	root.AddCommand(
		newActionCommand(p),
		newBaselineCommand(p),
		newCheckCommand(p),
		newDiffCommand(p),
		newFixCommand(p),
		newInitCommand(p),
		newRulesCommand(p),
		newVersionCommand(p),
	)
	return root
}

// A verdict is not an error in the work: it is the exit status of a run that has said all there is to say.
type verdict int

func (v verdict) Error() string { return fmt.Sprintf("exit status %d", int(v)) }
