package analyzer

import (
	"cmp"

	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/python"
)

// A Diagnostic is what a rule reports, in byte offsets of the file it was given.
type Diagnostic struct {
	// Span is the statement, or the part of it, that a reader should look at. It covers at most [MaxRegionLines].
	Span python.Span
	// Message is one line that names the holder and the held, without a full stop.
	Message string
	// Remedy is a snippet in the user's own names to show where no fix can be suggested; empty means the page's.
	Remedy string
	// Severity and Confidence, where they differ from the rule's.
	Severity   *Severity
	Confidence *Confidence
	// Preview marks a form of a stable rule that has not shown its precision yet; the rule's other forms have.
	Preview bool
	// Entrances are what other code has to say for the diagnostic to be right, beside those of its place.
	Entrances []django.Entrance
	// Table is what a migration asks for its rows: there are few where it is days old. It is empty elsewhere.
	Table django.Table
	// Rows is the model of which there have to be many for the diagnostic to be right, or empty.
	Rows string
	// Fixes are alternatives, the best first.
	Fixes []SuggestedFix
}

// MaxRegionLines is how many lines a finding may point at: more says nothing.
const MaxRegionLines = 16

// A SuggestedFix is one way to mend what a diagnostic reports.
type SuggestedFix struct {
	// Message says what the fix does in one imperative line: "Pass chunk_size to iterator()".
	Message string
	// Kind is SafeFix or UnsafeFix.
	Kind FixKind
	// Check says what a person should make sure of before applying an unsafe fix.
	Check string
	// Edits do not overlap.
	Edits []TextEdit
}

// A TextEdit replaces the bytes of Span by NewText; an empty span inserts.
type TextEdit struct {
	Span    python.Span
	NewText string
}

// A Finding is a diagnostic placed in a file.
type Finding struct {
	Rule       *Rule
	Path       string
	Region     Region
	Severity   Severity
	Confidence Confidence
	// Preview is true for a form of the rule that has not shown its precision yet, and in code that nobody seems to call or that
	// others have written.
	Preview bool
	Message string
	// Remedy is the snippet to show where the fix cannot be suggested; it may be empty.
	Remedy string
	// Fix is the fix that has proven itself on this file, or nil.
	Fix *Fix
	// Scope is the qualified name of the enclosing function or class, empty at the module's level.
	Scope string
	// Fingerprint tells the finding from all others without its line number: 32 hexadecimal digits, of which the last 16
	// tell rule and code alone, whatever path and scope they are in.
	Fingerprint string
	// New is true where the base has no such finding. Outside a change every finding is new.
	New bool
	// Added is true where the finding touches an added or changed line. Outside a change every finding is.
	Added bool
	// Entrances are names that some file has to say, each of them, for the code to run: [django.File.Entrances]. There are none where
	// nobody asks which words the files say.
	Entrances []django.Entrance
	// Imports are what has to be there for the code to run; there are none where there are no entrances for that reason.
	Imports []django.Import
	// Table is the one whose rows the finding is about, where it stands in a migration.
	Table django.Table
	// Rows is the model of which there have to be many for the finding to be right, or empty.
	Rows string
	// Demand is what a model has to have for the code to run, or nil.
	Demand *django.Demand
	// Suppression is what silences the finding, or nil.
	Suppression *Suppression
}

// A Region is a range of a file in lines and columns: both count from 1; columns count bytes of the decoded text, and EndColumn is
// one past the last.
type Region struct {
	StartLine, StartColumn int
	EndLine, EndColumn     int
	// Start and End are the same range as byte offsets.
	Start, End int
}

// A Fix is a suggested fix in terms of whole lines, as a reviewer or a patch needs it.
type Fix struct {
	SuggestedFix
	// Lines are the replacements in ascending order, joined where they touch the same line.
	Lines []LineEdit
}

// A LineEdit replaces the lines StartLine to EndLine, both included, by NewText, which has no final newline. An
// empty NewText with Delete set removes the lines.
type LineEdit struct {
	StartLine, EndLine int
	NewText            string
	Delete             bool
}

// A Suppression is a comment that silences findings.
type Suppression struct {
	// Rules that it names.
	Rules []string
	// Line is where the comment stands.
	Line int
	// Reason is what the author wrote behind "--", or empty.
	Reason string
	// File is true for ignore-file.
	File bool
	// Added is true where the change brought the comment.
	Added bool

	span python.Span
	// names is where the rules' names stand, between the brackets.
	names   python.Span
	ownLine bool
	// late is true for an ignore-file below the first statement, which silences nothing.
	late bool
}

// A Notice tells the user of something that could not be done, in a file or, with an empty Path, in the whole run.
type Notice struct {
	Path    string
	Line    int // 0 where no line is meant
	Message string
}

// CompareFindings orders findings by path, offset and rule.
func CompareFindings(a, b Finding) int {
	return cmp.Or(
		cmp.Compare(a.Path, b.Path),
		cmp.Compare(a.Region.Start, b.Region.Start),
		cmp.Compare(a.Region.End, b.Region.End),
		cmp.Compare(a.Rule.Name, b.Rule.Name),
		cmp.Compare(a.Message, b.Message),
	)
}
