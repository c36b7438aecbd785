package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/djleak/djleak/analyzer/config"
)

// A usageError is a command line that means nothing: what is wrong with it, and the remedy.
type usageError struct{ message string }

func (e *usageError) Error() string { return e.message }

func usagef(format string, args ...any) error {
	return &usageError{fmt.Sprintf(format, args...)}
}

// knownCommand rejects what stands where a command should. Cobra asks it only where it found no command.
func knownCommand(root *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	names := commandNames(root)
	if hint := config.DidYouMean(args[0], names); hint != "" {
		return usagef("no command %q%s", args[0], hint)
	}
	return usagef("no command %q; the commands are %s", args[0], strings.Join(names, ", "))
}

func missingCommand(root *cobra.Command) error {
	return usagef("which command? Give one of %s; \"djleak help\" tells more", strings.Join(commandNames(root), ", "))
}

// newHelpCommand replaces cobra's, which takes a wrong name for no name.
func newHelpCommand(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND]",
		Short: "Tell about a command",
		RunE: func(_ *cobra.Command, args []string) error {
			command, rest, err := root.Find(args)
			if err != nil || command == root && len(rest) > 0 {
				return knownCommand(root, args)
			}
			command.InitDefaultHelpFlag()
			return command.Help()
		},
	}
}

func commandNames(root *cobra.Command) []string {
	var names []string
	for _, command := range root.Commands() {
		if command.IsAvailableCommand() {
			names = append(names, command.Name())
		}
	}
	return names
}

// flagError says in djleak's words what pflag found wrong.
func flagError(command *cobra.Command, err error) error {
	if wrong, ok := errors.AsType[*pflag.InvalidValueError](err); ok {
		return usagef("--%s: %s", wrong.GetFlag().Name, valueMessage(wrong))
	}
	if missing, ok := errors.AsType[*pflag.ValueRequiredError](err); ok {
		return usagef("--%s needs a value: --%[1]s %s", missing.GetFlag().Name, valueExample(missing.GetFlag()))
	}
	if unknown, ok := errors.AsType[*pflag.NotExistError](err); ok {
		if letters := unknown.GetSpecifiedShortnames(); letters != "" {
			return usagef("no flag -%s; \"%s --help\" lists the flags", letters, command.CommandPath())
		}
		name := unknown.GetSpecifiedName()
		if hint := config.DidYouMean(name, flagNames(command)); hint != "" {
			return usagef("no flag --%s%s", name, strings.ReplaceAll(strings.ReplaceAll(hint, "mean ", "mean --"), " or ", " or --"))
		}
		return usagef("no flag --%s; \"%s --help\" lists the flags", name, command.CommandPath())
	}
	return usagef("%s; \"%s --help\" lists the flags", err, command.CommandPath())
}

func valueMessage(wrong *pflag.InvalidValueError) string {
	if value, ok := errors.AsType[*config.Error](wrong); ok {
		return value.Msg
	}
	if wrong.GetFlag().Value.Type() == "bool" {
		return fmt.Sprintf("%q is none of true, false", wrong.GetValue())
	}
	return errors.Unwrap(wrong).Error()
}

// valueExample is what may stand behind a flag: its words, or the name that its help gives the value.
func valueExample(flag *pflag.Flag) string {
	if allowed := config.Allowed(flag.Name); allowed != nil {
		return strings.Join(allowed, "|")
	}
	name, _ := pflag.UnquoteUsage(flag)
	return name
}

func flagNames(command *cobra.Command) []string {
	var names []string
	command.Flags().VisitAll(func(flag *pflag.Flag) { names = append(names, flag.Name) })
	return names
}
