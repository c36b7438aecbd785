// Package config reads what djleak can be told: the text of configuration files, and the same keys from flags and
// inputs. Every value is checked where it is read, so that what [Resolve] returns can be used without further ado.
package config

import (
	"fmt"
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/selection"
)

// SelectAll is the word that selects every rule.
const SelectAll = "all"

// Settings are the values that one source gives: a file, the command line or the inputs of an action.
type Settings struct {
	rules []string
	given map[string][]string
}

// NewSettings returns settings that give nothing yet. The rules are the names of all rules there are.
func NewSettings(rules []string) *Settings {
	return &Settings{rules: rules, given: map[string][]string{}}
}

// Set gives the key a value. Where the key takes a list the values are added to it; giving it none makes the list
// empty, which is not the same as not giving it. The error is an [*Error] without a place.
func (s *Settings) Set(key string, values ...string) error {
	option := optionOf(key)
	if option == nil {
		return &Error{Key: key, Msg: unknownKey(key), Allowed: Keys()}
	}
	for _, text := range values {
		if err := option.set(new(Values), text, s.rules); err != nil {
			return &Error{Key: key, Msg: err.Error(), Allowed: s.allowed(option)}
		}
	}
	if option.kind != list && option.kind != table {
		s.given[key] = nil
	}
	s.given[key] = append(s.given[key], values...)
	return nil
}

// Given reports whether the settings give the key a value.
func (s *Settings) Given(key string) bool {
	_, ok := s.given[key]
	return ok
}

func (s *Settings) allowed(option *option) []string {
	switch option.key {
	case "select":
		return slices.Concat([]string{SelectAll}, s.rules)
	case "ignore", "per-file-ignores":
		return s.rules
	}
	return option.allowed
}

func unknownKey(key string) string {
	hint := DidYouMean(key, Keys())
	if hint == "" {
		hint = "."
	}
	return "no such key" + hint + " The keys are " + strings.Join(Keys(), ", ")
}

// Values are what djleak goes by: one value for every key.
type Values struct {
	analyzer.Options
	// Include and Exclude are globs, see package selection.
	Include, Exclude []string
	// Select are the rules to run, or all; empty means the default ones. Ignore are taken out of them.
	Select, Ignore []string
	// Severities are those that rules have instead of their own, by the rules' names.
	Severities map[string]analyzer.Severity
	// SettingsFiles are globs of more files that hold settings.
	SettingsFiles []string
	// Vocabulary is what the project calls its own things.
	Vocabulary django.Vocabulary
	// Baseline is the file of findings to leave out where files are looked at as they are, empty for none. In a
	// configuration it is relative to it.
	Baseline string
	// Format of the output: text, json, sarif, rdjson, github or markdown.
	Format string

	// Name names the check run and owns the comments.
	Name string
	// MaxComments bounds the open threads of this name on a pull request.
	MaxComments int
	// CommentFrom is the least severity that gets a comment.
	CommentFrom analyzer.Severity
	// Review, Check and Suggestions switch the channels; Resolve resolves the threads of fixed findings.
	Review, Check, Suggestions, Resolve bool
	// DryRun changes nothing on GitHub.
	DryRun bool
	// SARIFFile is where the action writes SARIF to, or empty.
	SARIFFile string
}

// Defaults returns the values of a run that is told nothing.
func Defaults() Values {
	return Values{
		Options: analyzer.Options{
			Scope:         analyzer.ScopeNew,
			MinSeverity:   analyzer.Info,
			MinConfidence: analyzer.MediumConfidence,
			FailOn:        new(analyzer.High),
		},
		Format:      "text",
		Name:        "djleak",
		MaxComments: 10,
		CommentFrom: analyzer.Medium,
		Review:      true,
		Check:       true,
		Suggestions: true,
	}
}

// Resolve returns each key's value from the first of the layers that gives it, or else its default. A nil layer gives
// nothing.
func Resolve(layers ...*Settings) Values {
	values := Defaults()
	for _, option := range options() {
		for _, layer := range layers {
			if layer == nil || !layer.Given(option.key) {
				continue
			}
			if option.clear != nil {
				option.clear(&values)
			}
			for _, text := range layer.given[option.key] {
				// Set has checked it.
				_ = option.set(&values, text, layer.rules)
			}
			break
		}
	}
	// Who selects a rule by its name wants all of it.
	values.Preview = values.Preview || len(values.Select) > 0
	return values
}

// Rules returns those of all rules that are to run, in the same order.
func (v Values) Rules(all []*analyzer.Rule) []*analyzer.Rule {
	var chosen []*analyzer.Rule
	for _, rule := range all {
		if v.selects(rule) && !slices.Contains(v.Ignore, rule.Name) {
			chosen = append(chosen, rule)
		}
	}
	return chosen
}

func (v Values) selects(rule *analyzer.Rule) bool {
	if len(v.Select) > 0 {
		return slices.Contains(v.Select, SelectAll) || slices.Contains(v.Select, rule.Name)
	}
	return rule.Default() || v.Preview
}

// Selection returns the choice of files.
func (v Values) Selection() (*selection.Selection, error) {
	choice, err := selection.New(v.Include, v.Exclude)
	if err != nil {
		return nil, fmt.Errorf("choose files: %w", err)
	}
	return choice.WithSettings(v.SettingsFiles), nil
}
