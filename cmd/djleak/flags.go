package main

import (
	"github.com/spf13/cobra"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/config"
)

// A sharedFlags is what the commands that analyse are told on their command line.
type sharedFlags struct {
	// given are the flags that are keys of the configuration too.
	given *config.Settings
	// output is the file to write to, empty for the standard output.
	output string
	// config is the configuration file to read instead of the one that is found.
	config string
	// forceExclude applies include, exclude and what is left out to files that the command line names, too.
	forceExclude bool
	// rules are the names of all rules there are.
	rules []string
}

// addSharedFlags gives a command the flags that the commands which analyse share.
func addSharedFlags(command *cobra.Command, rules []*analyzer.Rule) *sharedFlags {
	names := ruleNames(rules)
	shared := &sharedFlags{given: config.NewSettings(names), rules: names}
	flags := command.Flags()
	flags.SortFlags = false
	shared.add(command, "format", "`FORMAT` of the output: text, json, sarif, rdjson, github or markdown (default text)")
	flags.StringVar(&shared.output, "output", "", "write to `FILE`, whole or not at all, instead of the standard output")
	flags.StringVar(&shared.config, "config", "", "read this configuration `FILE` and no other")
	shared.add(command, "fail-on", "least `SEVERITY` that exits with 1: high, medium, low, info or never (default high)")
	shared.add(command, "min-severity", "least `SEVERITY` to report: high, medium, low or info (default info)")
	shared.add(command, "min-confidence", "least `CONFIDENCE` to report: high, medium or low (default medium)")
	shared.add(command, "include", "only files that match `GLOB`, also those it names in folders left out; repeatable")
	shared.add(command, "exclude", "no files that match `GLOB`; repeatable")
	shared.add(command, "select", "run exactly these rules: `RULE,...` or all")
	shared.add(command, "ignore", "do not run these rules: `RULE,...`")
	shared.add(command, "per-file-ignores", "do not report a rule in some files: `GLOB=RULE`; repeatable")
	shared.add(command, "severity", "report a rule as of another severity: `RULE=SEVERITY`; repeatable")
	shared.add(command, "preview", "run the preview rules too")
	return shared
}

// addForceExclude gives the command the flag for those that do not choose the files they name, such as hooks.
func (s *sharedFlags) addForceExclude(command *cobra.Command) {
	command.Flags().BoolVar(&s.forceExclude, "force-exclude", false, "leave out by the globs also files that are named, as a hook does")
}

// addScope gives the command the flag of those that look at a change.
func (s *sharedFlags) addScope(command *cobra.Command) {
	s.add(command, "scope", "`SCOPE` to report on: new (what BASE has not), added (on added lines) or file (default new)")
}

// add gives the command a flag that is a key of the configuration.
func (s *sharedFlags) add(command *cobra.Command, key, usage string) {
	value := &settingFlag{settings: s.given, key: key}
	flag := command.Flags().VarPF(value, key, "", usage)
	if value.IsBoolFlag() {
		flag.NoOptDefVal = "true"
	}
	allowed := config.Allowed(key)
	if key == "select" || key == "ignore" {
		allowed = s.rules
	}
	if allowed != nil {
		complete := cobra.FixedCompletions(allowed, cobra.ShellCompDirectiveNoFileComp)
		// It fails only for a flag that the command has not.
		_ = command.RegisterFlagCompletionFunc(key, complete)
	}
}

// A settingFlag is a flag whose value goes to settings.
type settingFlag struct {
	settings *config.Settings
	key      string
}

// Set takes a list's items separated by commas, but a glob whole. An empty text empties a list.
func (f *settingFlag) Set(text string) error {
	switch f.key {
	case "include", "exclude", "select", "ignore":
		if text == "" {
			return f.settings.Set(f.key)
		}
	}
	switch f.key {
	case "select", "ignore":
		return f.settings.SetInput(f.key, text)
	default:
		return f.settings.Set(f.key, text)
	}
}

// String returns the default for the help, which stands in the usage text.
func (f *settingFlag) String() string { return "" }

func (f *settingFlag) Type() string {
	if f.IsBoolFlag() {
		return "bool"
	}
	return "string"
}

// IsBoolFlag lets the flag stand without a value.
func (f *settingFlag) IsBoolFlag() bool { return f.key == "preview" }

func ruleNames(rules []*analyzer.Rule) []string {
	names := make([]string, len(rules))
	for i, rule := range rules {
		names[i] = rule.Name
	}
	return names
}
