package annotate

import (
	"encoding/hex"
	"fmt"
	"hash/fnv"
	"strings"
	"testing"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/change"
)

const middlewarePage = `# middleware-state-growth

Middleware keeps something of every request.

## What is kept

One entry a request, for as long as the process lives.

## Why it grows

Django makes **one instance** of each middleware when a process starts, and every request goes through it.
What ` + "`__call__`" + ` adds to ` + "`self`" + ` stays until the process ends: 100,000 requests kept 27 MB.

The rule is silent where the container is emptied.

## Example

` + "```python\nself.seen.append(request)\n```" + `

## Use instead

` + "```python\nself.seen = deque(maxlen=1000)\n```" + `

## When to allow it

Never.

## References

- https://docs.djangoproject.com/
`

var (
	middlewareRule = &analyzer.Rule{
		Name: "middleware-state-growth", Doc: middlewarePage,
		Severity: analyzer.High, Confidence: analyzer.HighConfidence, Fix: analyzer.UnsafeFix, Status: analyzer.Stable,
	}
	lenRule = &analyzer.Rule{
		Name: "queryset-len", Doc: "# queryset-len\n\n`len()` of a queryset loads every row.\n",
		Severity: analyzer.Medium, Confidence: analyzer.HighConfidence, Fix: analyzer.SafeFix, Status: analyzer.Stable,
	}
	loopRule = &analyzer.Rule{
		Name: "queryset-loop-without-iterator", Doc: "# queryset-loop-without-iterator\n\nA loop keeps every row.\n",
		Severity: analyzer.Low, Confidence: analyzer.MediumConfidence, Status: analyzer.Stable,
	}
)

const auditSource = `from collections import deque


class AuditMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response
        self.request_data = []

    def __call__(self, request):
        self.request_data.append({"path": request.path})
        total = len(Visit.objects.filter(path=request.path))
        for visit in Visit.objects.all():
            visit.touch()
        return self.get_response(request)
`

// at makes a finding on the lines of source that hold text, whole.
func at(t *testing.T, source, path, text string, rule *analyzer.Rule, message string) analyzer.Finding {
	t.Helper()
	start := strings.Index(source, text)
	if start < 0 {
		t.Fatalf("%q is not in the source", text)
	}
	end := start + len(text)
	f := analyzer.Finding{
		Rule: rule, Path: path, Severity: rule.Severity, Confidence: rule.Confidence, Message: message,
		New: true, Added: true,
		Region: analyzer.Region{
			Start: start, End: end,
			StartLine: strings.Count(source[:start], "\n") + 1, StartColumn: start - strings.LastIndex(source[:start], "\n"),
			EndLine: strings.Count(source[:end], "\n") + 1, EndColumn: end - strings.LastIndex(source[:end], "\n"),
		},
	}
	f.Fingerprint = fingerprint(rule.Name, path, text)
	return f
}

func fingerprint(parts ...string) string {
	h := fnv.New128a()
	for _, part := range parts {
		fmt.Fprintf(h, "%s\x00", part)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// fixed gives f a fix of one line edit.
func fixed(f analyzer.Finding, kind analyzer.FixKind, message string, edits ...analyzer.LineEdit) analyzer.Finding {
	f.Fix = &analyzer.Fix{SuggestedFix: analyzer.SuggestedFix{Kind: kind, Message: message}, Lines: edits}
	return f
}

// An audit is the change and the result of a pull request that adds the middleware above.
type audit struct {
	growth, length, loop analyzer.Finding
	result               analyzer.Result
	diff                 change.Change
	options              Options
}

func newAudit(t *testing.T) audit {
	t.Helper()
	const path = "shop/middleware.py"
	a := audit{
		growth: at(t, auditSource, path, `self.request_data.append({"path": request.path})`, middlewareRule,
			"`request_data` on AuditMiddleware keeps one dict a request; one instance serves the whole process"),
		length: at(t, auditSource, path, `total = len(Visit.objects.filter(path=request.path))`, lenRule,
			"`len()` loads every Visit of the path to count them"),
		loop: at(t, auditSource, path, "for visit in Visit.objects.all():", loopRule,
			"the loop keeps every Visit until it ends"),
	}
	a.growth.Scope, a.length.Scope, a.loop.Scope = "AuditMiddleware.__call__", "AuditMiddleware.__call__", "AuditMiddleware.__call__"
	a.growth = fixed(a.growth, analyzer.UnsafeFix, "Keep the last 1,000 in a deque",
		analyzer.LineEdit{StartLine: 7, EndLine: 7, NewText: "        self.request_data = deque(maxlen=1000)"})
	a.growth.Fix.Check = "that nothing reads more than the last 1,000 entries"
	a.length = fixed(a.length, analyzer.SafeFix, "Let the database count",
		analyzer.LineEdit{StartLine: 11, EndLine: 11, NewText: "        total = Visit.objects.filter(path=request.path).count()"})
	a.result = analyzer.Result{
		RuleNames: []string{lenRule.Name, loopRule.Name, middlewareRule.Name},
		Files: []analyzer.FileResult{{
			Path: path, Source: auditSource, Findings: []analyzer.Finding{a.growth, a.length, a.loop},
		}},
	}
	a.diff = wholeFile(path, auditSource)
	high := analyzer.High
	a.options = Options{
		Options: analyzer.Options{FailOn: &high, MinConfidence: analyzer.MediumConfidence},
		Name:    "djleak", MaxComments: 10, CommentFrom: analyzer.Medium,
		Review: true, Check: true, Suggestions: true,
		HeadSHA: "0123456789abcdef0123456789abcdef01234567",
		FileURL: func(path string, startLine, endLine int) string {
			return fmt.Sprintf("https://github.com/acme/shop/blob/0123456/%s#L%d-L%d", path, startLine, endLine)
		},
		RuleURL: func(rule string) string { return "https://djleak.example/rules/" + rule },
	}
	return a
}

// wholeFile is a change that adds a file.
func wholeFile(path, source string) change.Change {
	n := strings.Count(source, "\n")
	return change.Change{Files: []change.File{{
		Path: path, Status: change.Added, Head: []byte(source),
		Hunks: []change.Hunk{{NewStart: 1, NewLines: n, Ops: strings.Repeat("+", n)}},
	}}}
}

func (a audit) plan(posted Posted) Plan { return NewPlan(a.result, a.diff, posted, a.options) }

// postedFrom is what stands on the pull request after a plan was carried out.
func postedFrom(before Posted, p Plan) Posted {
	after := Posted{}
	for _, comment := range before.Comments {
		for _, edit := range p.Edits {
			if edit.CommentID != comment.ID {
				continue
			}
			if edit.Body != "" {
				comment.Body = edit.Body
			}
			if edit.Resolve {
				comment.Resolved, comment.ResolvedByMe = true, true
			}
			if edit.Reopen {
				comment.Resolved, comment.ResolvedByMe = false, false
			}
		}
		after.Comments = append(after.Comments, comment)
	}
	if p.Review != nil {
		for _, comment := range p.Review.Comments {
			id := int64(len(after.Comments) + 1)
			after.Comments = append(after.Comments, PostedComment{
				ID: id, NodeID: fmt.Sprintf("C%d", id), ThreadID: fmt.Sprintf("T%d", id),
				Body: comment.Body, Path: comment.Path, Mine: true,
			})
		}
	}
	return after
}
