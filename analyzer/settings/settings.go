// Package settings reads what configures a Django deployment, in whatever language it is written: Python settings
// modules, environment files, YAML, TOML, INI files and command lines. Every value keeps its place, so that a rule can
// point at it.
package settings

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/djleak/djleak/analyzer/pattern"
	"github.com/djleak/djleak/analyzer/python"
)

// A File is one file of settings.
type File struct {
	// Path within the repository, with slashes.
	Path   string
	Format Format
	Role   Role
	// Settings in source order. A nested value is found through [Value.Entry].
	Settings []Setting
	// Commands are the command lines that the file runs, in source order.
	Commands []Command
	// Builds are the modules from which the file takes names, as from .base import * does, in source order. As there, a dot in
	// front is the file's own package, and each further one the package around it.
	Builds []string
	// Stars are those of them from which the file takes all names.
	Stars []string
	// Open is true where a call may set any name of the file: include() of django-split-settings, exec().
	Open bool

	// reopened is where the file last takes in what another module sets, as from .local import * does. What stands in
	// front of it may be set again there.
	reopened int32
}

// A Format is a language that settings are written in.
type Format uint8

// The formats.
const (
	// Python is a settings module, a celery configuration or a gunicorn.conf.py.
	Python Format = iota
	// Env is a file of NAME=value lines.
	Env
	// YAML is a compose file, Helm values, a Kubernetes manifest or a dynaconf file.
	YAML
	// TOML is a dynaconf file.
	TOML
	// INI is uwsgi.ini, supervisord.conf or a systemd unit.
	INI
	// Lines is a Procfile or a Dockerfile.
	Lines
	// Script is a shell script.
	Script
)

// A Role is the kind of deployment that a file configures.
type Role uint8

// The roles. A file that says nothing of its role is taken for production's: that is where plain settings.py runs.
const (
	Production Role = iota
	Development
	Testing
)

func (r Role) String() string {
	return [...]string{Production: "production", Development: "development", Testing: "test"}[r]
}

var (
	developmentName = pattern.New(`(?i)(^|[._/-])(dev|devel|develop|development|devstack|devserver|devenv|local|localhost|vagrant|override|debug|template|dist|docs?|(dev|sandbox|demo|example|sample|dummy)(s|app|project|site)?)([._/-]|$)`)
	testingName     = pattern.New(`(?i)(^|[._/-])((unit-?)?tests?(app|project|site)?|testing|ci|pytest|tox|e2e|cypress|playwright|selenium|travis)([._/-]|$)`)
)

// RoleOf infers a file's role from the parts of its path.
func RoleOf(file string) Role {
	switch name := strings.ReplaceAll(file, "_", "-"); {
	case testingName.MatchString(name):
		return Testing
	case developmentName.MatchString(name):
		return Development
	}
	return Production
}

// A Setting is one name with its value.
type Setting struct {
	Name string
	// Span covers the whole statement or line, NameSpan the name.
	Span, NameSpan python.Span
	Value          Value
	// Depth is 0 where the value is all of the setting. It counts the keys of CACHES["default"]["TIMEOUT"] = 5, whose value
	// here is {"default": {"TIMEOUT": 5}} and leaves the rest alone; += and update() reach one deeper than their target.
	Depth int
	// Guarded is true where the setting depends on a condition, such as if DEBUG:.
	Guarded bool

	// base is true of what a class of settings sets that others derive from.
	base bool
}

// A Kind tells what is known of a value.
type Kind uint8

// The kinds of values.
const (
	// Unknown is computed in a way that the text does not tell.
	Unknown Kind = iota
	// Null is None, null or ~.
	Null
	Bool
	Number
	Text
	List
	Dict
)

// A Value is what a setting is set to, as far as the text tells.
type Value struct {
	Kind Kind
	Span python.Span
	// Bool, Number and Text hold the value of their kind. An environment file knows only Text; [Value.AsBool] reads it
	// as Django's helpers do.
	Bool   bool
	Number float64
	Text   string
	// Items of a List, Entries of a Dict.
	Items   []Value
	Entries []Entry
	// Partial is true of a List or Dict that has more than the text tells: [*OTHERS], {**BASE}.
	Partial bool
	// FromEnv is true where the environment decides and this is its default.
	FromEnv bool
	// Variable is the one of the environment that decides, where the text tells its name.
	Variable string
}

// An Entry is one key of a Dict.
type Entry struct {
	Key     string
	KeySpan python.Span
	Value   Value
}

// Entry returns the value under a path of keys, or nil.
func (v *Value) Entry(keys ...string) *Value {
	for _, key := range keys {
		var next *Value
		for i := range v.Entries {
			if v.Entries[i].Key == key {
				next = &v.Entries[i].Value
			}
		}
		if next == nil {
			return nil
		}
		v = next
	}
	return v
}

// AsBool reads the value as a switch: a boolean, a number, or one of the words that environment helpers take.
func (v *Value) AsBool() (on, ok bool) {
	switch v.Kind {
	case Bool:
		return v.Bool, true
	case Number:
		return v.Number != 0, true
	case Text:
		switch strings.ToLower(strings.TrimSpace(v.Text)) {
		case "true", "1", "yes", "on", "y", "t":
			return true, true
		case "false", "0", "no", "off", "n", "f", "":
			return false, true
		}
	case Unknown, Null, List, Dict:
	}
	return false, false
}

// AsNumber reads the value as a number, as int() does with what an environment gives.
func (v *Value) AsNumber() (number float64, ok bool) {
	switch v.Kind {
	case Number:
		return v.Number, true
	case Text:
		number, err := strconv.ParseFloat(strings.TrimSpace(v.Text), 64)
		return number, err == nil && !math.IsNaN(number)
	case Unknown, Null, Bool, List, Dict:
	}
	return 0, false
}

// Named returns the settings of a name, the last one deciding; a file may set it more than once.
func (f *File) Named(name string) []Setting {
	var found []Setting
	for _, setting := range f.Settings {
		if setting.Name == name {
			found = append(found, setting)
		}
	}
	return found
}

// A Command is one command line.
type Command struct {
	// Program is the base name of what runs: gunicorn, uwsgi, celery, daphne, manage.py.
	Program string
	Args    []Arg
	// Span covers the program's name.
	Span python.Span
	// Joins is true of options that are added to a command line elsewhere: those of GUNICORN_CMD_ARGS.
	Joins bool
}

// An Arg is one argument of a command line.
type Arg struct {
	Text string
	Span python.Span
}

// Open reports whether a running shell puts in arguments that the text does not tell: $OPTIONS, "$@".
func (c *Command) Open() bool {
	return slices.ContainsFunc(c.Args, func(arg Arg) bool { return strings.HasPrefix(arg.Text, "$") })
}

// Has reports whether an argument stands in the command as it is.
func (c *Command) Has(text string) bool {
	return slices.ContainsFunc(c.Args, func(arg Arg) bool { return arg.Text == text })
}

// Flag returns the value of an option, given as --name value or --name=value, and whether it is there.
func (c *Command) Flag(flags ...string) (value Arg, ok bool) {
	for i, arg := range c.Args {
		for _, flag := range flags {
			if arg.Text == flag {
				if i+1 < len(c.Args) && !strings.HasPrefix(c.Args[i+1].Text, "-") {
					return c.Args[i+1], true
				}
				return Arg{Span: arg.Span}, true
			}
			if rest, found := strings.CutPrefix(arg.Text, flag+"="); found {
				return Arg{Text: rest, Span: arg.Span}, true
			}
		}
	}
	return Arg{}, false
}
