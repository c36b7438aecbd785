// Package analyzer turns the bytes of a file into findings: what makes a Django application hold memory, where, and
// the remedy. Values go in and values come out; nothing here touches the world.
package analyzer

import (
	"cmp"
	"encoding"
	"fmt"
	"strings"

	"github.com/djleak/djleak/analyzer/selection"
)

// AnyFile is every kind of file: for what is wrong in tests and migrations too.
const AnyFile = selection.Code | selection.Settings | selection.Migration | selection.Test

// A Rule finds one way in which a Django application holds memory.
type Rule struct {
	// Name is the slug users write in suppressions and configuration: "middleware-state-growth".
	Name string
	// Doc is the rule's page, in Markdown. Its first line is "# name", its first paragraph the summary.
	Doc string
	// Severity and Confidence are those of a diagnostic that states none of its own.
	Severity   Severity
	Confidence Confidence
	// Fix is the best kind of fix that the rule offers.
	Fix FixKind
	// Status is Preview until the rule's precision is shown; preview rules run only on request.
	Status Status
	// Files says which kinds of files the rule reads; zero means application code alone.
	Files selection.Kind
	// Triggers are words without one of which in the file's text the rule cannot find anything. Empty means that it
	// must always run.
	Triggers []string
	// QuerySets marks a rule that finds nothing in a file that makes no QuerySet, whatever words it has.
	QuerySets bool
	// Project marks a rule that asks for the facts of the whole repository.
	Project bool
	// Run reports diagnostics to pass. It must not keep anything of pass.
	Run func(pass *Pass)
}

// Summary returns the first paragraph of the rule's page as one line.
func (r *Rule) Summary() string {
	_, rest, _ := strings.Cut(r.Doc, "\n")
	paragraph, _, _ := strings.Cut(strings.TrimSpace(rest), "\n\n")
	return strings.Join(strings.Fields(paragraph), " ")
}

// reads reports whether the rule has a say in files of a kind.
func (r *Rule) reads(kind selection.Kind) bool { return cmp.Or(r.Files, selection.Code)&kind != 0 }

// Default reports whether the rule runs when nobody selects rules.
func (r *Rule) Default() bool { return r.Status == Stable }

// A Severity says how much memory is at stake; the zero value is Info.
type Severity uint8

// The severities, in ascending order.
const (
	Info Severity = iota
	Low
	Medium
	High
)

// A Confidence says how sure a rule is of what it reports; the zero value is LowConfidence.
type Confidence uint8

// The confidences, in ascending order.
const (
	LowConfidence Confidence = iota
	MediumConfidence
	HighConfidence
)

// A FixKind says what kind of fix a rule can offer.
type FixKind uint8

// The kinds of fixes. A safe fix keeps behaviour; an unsafe one needs a person to read it first.
const (
	NoFix FixKind = iota
	UnsafeFix
	SafeFix
)

// A Status says whether a rule has shown its precision.
type Status uint8

// The statuses of a rule.
const (
	Preview Status = iota
	Stable
)

var (
	severityNames   = [...]string{Info: "info", Low: "low", Medium: "medium", High: "high"}
	confidenceNames = [...]string{LowConfidence: "low", MediumConfidence: "medium", HighConfidence: "high"}
	fixKindNames    = [...]string{NoFix: "none", UnsafeFix: "unsafe", SafeFix: "safe"}
	statusNames     = [...]string{Preview: "preview", Stable: "stable"}
)

func (s Severity) String() string   { return severityNames[s] }
func (c Confidence) String() string { return confidenceNames[c] }
func (k FixKind) String() string    { return fixKindNames[k] }
func (s Status) String() string     { return statusNames[s] }

// MarshalText writes the severity's name.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// MarshalText writes the confidence's name.
func (c Confidence) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// MarshalText writes the kind's name.
func (k FixKind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// MarshalText writes the status' name.
func (s Status) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads a severity's name; its error lists the allowed ones.
func (s *Severity) UnmarshalText(text []byte) error { return unmarshalName(s, severityNames[:], text) }

// UnmarshalText reads a confidence's name; its error lists the allowed ones.
func (c *Confidence) UnmarshalText(text []byte) error {
	return unmarshalName(c, confidenceNames[:], text)
}

var (
	_ encoding.TextUnmarshaler = (*Severity)(nil)
	_ encoding.TextUnmarshaler = (*Confidence)(nil)
)

func unmarshalName[T ~uint8](value *T, names []string, text []byte) error {
	for i, name := range names {
		if name == string(text) {
			*value = T(i)
			return nil
		}
	}
	return fmt.Errorf("%q is none of %s", text, strings.Join(names, ", "))
}
