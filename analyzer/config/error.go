package config

import (
	"fmt"
	"strings"
)

// An Error is one wrong key or value.
type Error struct {
	// Path of the configuration file; empty for a value from elsewhere, such as the command line.
	Path string
	// Line and Column count from 1; columns count bytes. They are 0 where Path is empty.
	Line, Column int
	// Key as it stands in the file, with the names of its tables: "tool.djleak.fail-on". It is empty where the file is no
	// TOML.
	Key string
	// Msg says what is wrong and what is right, in one line.
	Msg string
	// Allowed are the values that could stand there or, for an unknown key, the keys. It is empty where they have no end.
	Allowed []string
}

// Error returns "pyproject.toml:12: tool.djleak.fail-on: ..." as far as its parts are known.
func (e *Error) Error() string {
	var text strings.Builder
	if e.Path != "" {
		fmt.Fprintf(&text, "%s:%d: ", e.Path, e.Line)
	}
	if e.Key != "" {
		text.WriteString(e.Key + ": ")
	}
	return text.String() + e.Msg
}

// Errors are all that is wrong in one file, in its order.
type Errors []*Error

// Error returns one line for each error.
func (e Errors) Error() string {
	lines := make([]string, len(e))
	for i, err := range e {
		lines[i] = err.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap makes the single errors visible to errors.As.
func (e Errors) Unwrap() []error {
	errs := make([]error, len(e))
	for i, err := range e {
		errs[i] = err
	}
	return errs
}
