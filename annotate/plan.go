// Package annotate decides what to say and where: findings, hunks and what is already posted go in, a Plan of comments,
// annotations, summary and ledger comes out. It is pure; its subpackages carry plans out.
package annotate

import "github.com/djleak/djleak/analyzer"

// Options say how to publish.
type Options struct {
	analyzer.Options
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
	// Stopped is true where the run ended before its work did: the check concludes with [Cancelled].
	Stopped bool
	// Unread is true where nothing could be read: silence means nothing at all.
	Unread bool
	// HeadSHA is the commit that is reviewed.
	HeadSHA string
	// FileURL makes a link to lines of a file at the head; empty results make no link.
	FileURL func(path string, startLine, endLine int) string
	// RuleURL makes a link to a rule's page.
	RuleURL func(rule string) string
}

// Posted is what stands on the pull request already, as the server tells it.
type Posted struct {
	Comments []PostedComment
	// Untouched are files, as they are at the head, that the change does not touch (any more) and that comments stand
	// on. They tell which of those findings are gone; nothing in them is reported.
	Untouched []analyzer.FileResult
}

// A PostedComment is the first comment of a review thread. Only comments with Mine set are trusted or edited.
type PostedComment struct {
	// ID is the comment's id in REST, NodeID in GraphQL, ThreadID its thread's in GraphQL.
	ID               int64
	NodeID, ThreadID string
	Body             string
	Path             string
	// Mine is true where the server says that the token's owner wrote it.
	Mine bool
	// Resolved tells the thread's state; ResolvedByMe whether the token's owner resolved it.
	Resolved, ResolvedByMe bool
}

// A Plan is everything to publish, in the order of importance. It is complete: publishing adds no decisions, it only
// tells which parts were delivered.
type Plan struct {
	// Findings that are reported, most important first, suppressed ones last.
	Findings []analyzer.Finding
	// Fixed are the findings of the base that the change has mended, most important first.
	Fixed []analyzer.Finding
	// Review is the review to post, nil when there is nothing new to say.
	Review *Review
	// Edits of comments that stand already.
	Edits []Edit
	// Check is the check run to create.
	Check Check
	// Conclusion of the run: success, neutral or failure.
	Conclusion Conclusion
	// Ledger as it is if everything is delivered.
	Ledger Ledger
	// Notices to print, sorted.
	Notices []analyzer.Notice
	// Suppressions that the change adds, with their paths.
	Suppressions []AddedSuppression

	// already holds the fingerprints that comments of earlier runs tell, restored those that they tell again once an edit
	// is made, with the comment's id; uncommented says why others get none.
	already     map[string]bool
	restored    map[string]int64
	uncommented map[string]string
	// room is how many threads may be open besides those that stay open.
	room int
	// incomplete is true where something was not looked at.
	incomplete bool
	// on are the files that the findings stand in.
	on      map[string]ground
	options Options
}

// A Review is one pull request review with event COMMENT.
type Review struct {
	CommitID string
	Body     string
	Comments []Comment
}

// A Comment is one inline comment of a review on the right side of the diff. StartLine equals Line for one line.
type Comment struct {
	Path            string
	StartLine, Line int
	Body            string
	// Fingerprints of the findings it tells, in the order of its markers.
	Fingerprints []string
}

// An Edit replaces the body of a comment of ours, and may resolve or reopen its thread.
type Edit struct {
	CommentID int64
	ThreadID  string
	Body      string
	Resolve   bool
	Reopen    bool
	// Restores is true where the comment's findings are back, false where they are gone.
	Restores bool
	// Instead is the comment to post where a comment cannot be restored: its thread may not be reopened, or it is no
	// more. It is nil where the diff shows no place for it.
	Instead *Comment
}

// A Check is one complete check run.
type Check struct {
	Name, HeadSHA  string
	Title, Summary string
	Annotations    []Annotation
	Conclusion     Conclusion
}

// An Annotation is one finding in a check run. Columns are 0 unless StartLine equals EndLine.
type Annotation struct {
	Path                   string
	StartLine, EndLine     int
	StartColumn, EndColumn int
	Level                  string // failure, warning or notice
	Title, Message         string
	Fingerprint            string
}

// A Conclusion is what a check run concludes with.
type Conclusion string

// The conclusions.
const (
	Success   Conclusion = "success"
	Neutral   Conclusion = "neutral"
	Failure   Conclusion = "failure"
	Cancelled Conclusion = "cancelled"
)

// A Ledger accounts for every finding exactly once.
type Ledger struct {
	Found, Commented, AlreadyCommented, SummaryOnly, Suppressed int
}

// An AddedSuppression is a suppression comment that the change brings.
type AddedSuppression struct {
	Path string
	analyzer.Suppression
}

// A Delivery is what publishing a plan came to.
type Delivery struct {
	// Commented holds the fingerprints of the findings whose comments were posted in this run.
	Commented map[string]bool
	// Refused names each channel that could not be used, with the reason for people: "check run: the token lacks checks: write".
	Refused []string
	// CheckURL is the check run's page, where there is one.
	CheckURL string
	// Edited holds the ids of the comments whose edits were made; a thread that should have been resolved may be open.
	Edited map[int64]bool
	// Resolved counts the threads that were resolved.
	Resolved int
	// Stopped is true where the run was stopped before everything was published.
	Stopped bool
}
