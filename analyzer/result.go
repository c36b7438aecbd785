package analyzer

// A Result is what an analysis of a change or of a tree came to, before any filter or cap.
type Result struct {
	// Files in ascending order of path, one for every file that was looked at.
	Files []FileResult
	// RuleNames are the rules that ran, sorted.
	RuleNames []string
	// Notices that belong to no file.
	Notices []Notice
}

// A FileResult is what one file came to.
type FileResult struct {
	Path string
	// OldPath is the path in the base: other than Path after a rename, empty for an added file.
	OldPath string
	State   FileState
	// Findings of the head, every one, suppressed ones included, sorted with [CompareFindings].
	Findings []Finding
	// Fixed are the findings of the base, in its lines, that the head is known to have no more; suppressed ones do not count.
	Fixed []Finding
	// FailedRules are those that did not run to the end on this file, sorted.
	FailedRules []string
	// AddedSuppressions are the suppression comments that the change brings.
	AddedSuppressions []Suppression
	Notices           []Notice
	// Source is the decoded text of the head, for code frames; empty where it could not be read or no finding is shown.
	Source string
}

// A FileState says how far the analysis of a file came.
type FileState uint8

// The states of a file.
const (
	// Analysed files were read and parsed whole.
	Analysed FileState = iota
	// Broken files were read but do not parse everywhere: their intact parts were analysed.
	Broken
	// Unread files could not be read at all or not decoded; a notice says why.
	Unread
	// Deleted files are not in the head.
	Deleted
)
