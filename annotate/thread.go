package annotate

import (
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer"
)

// A thread is a review thread that an earlier run began, with the findings it is about.
type thread struct {
	PostedComment
	markers []marker
}

// threadsOf picks the threads that are ours and carry this name. Whoever can write a comment can write a marker, so
// only the server's word on who wrote it counts.
func threadsOf(posted Posted, name string) []thread {
	var all []thread
	for _, comment := range posted.Comments {
		if !comment.Mine {
			continue
		}
		markers := parseMarkers(comment.Body)
		if len(markers) > 0 && ownedBy(markers, name) {
			all = append(all, thread{PostedComment: comment, markers: markers})
		}
	}
	return all
}

func ownedBy(markers []marker, name string) bool {
	return !slices.ContainsFunc(markers, func(m marker) bool { return m.name != name })
}

// markedFixed reports whether the body says already that its findings are gone.
func (t thread) markedFixed() bool { return strings.HasPrefix(t.Body, fixedPrefix) }

// closedByPerson reports whether somebody else has resolved the thread: then it is none of our business any more.
func (t thread) closedByPerson() bool { return t.Resolved && !t.ResolvedByMe }

// Watched returns the paths, sorted, of the threads that are ours, carry this name and are neither marked as fixed nor
// resolved. A change that has been taken back no longer has such a file; an analysis that reads it all the same can tell
// that the finding is gone.
func (p Posted) Watched(name string) []string {
	var paths []string
	for _, t := range threadsOf(p, name) {
		if !t.Resolved && !t.markedFixed() {
			paths = append(paths, t.Path)
		}
	}
	slices.Sort(paths)
	return slices.Compact(paths)
}

// A head is what the analysed head tells of findings that a comment once told.
type head struct {
	// reported are the findings that count and are not suppressed, by fingerprint.
	reported map[string]analyzer.Finding
	// present are the fingerprints of all findings, before any filter.
	present map[string]bool
	// files by their paths in head and base.
	files map[string][]analyzer.FileResult
	rules map[string]bool
}

func newHead(result analyzer.Result, reported []analyzer.Finding, untouched []analyzer.FileResult) head {
	h := head{
		reported: map[string]analyzer.Finding{},
		present:  map[string]bool{},
		files:    map[string][]analyzer.FileResult{},
		rules:    map[string]bool{},
	}
	for _, f := range reported {
		if f.Suppression == nil {
			h.reported[f.Fingerprint] = f
		}
	}
	for _, file := range slices.Concat(result.Files, untouched) {
		for _, f := range file.Findings {
			h.present[f.Fingerprint] = true
		}
		h.files[file.Path] = append(h.files[file.Path], file)
		if file.OldPath != "" && file.OldPath != file.Path {
			h.files[file.OldPath] = append(h.files[file.OldPath], file)
		}
	}
	for _, rule := range result.RuleNames {
		h.rules[rule] = true
	}
	return h
}

// gone reports whether it is certain that none of the thread's findings is in the head: its file was read and parsed
// whole, or is deleted, and each rule ran to its end. A file that this run has not looked at proves nothing.
func (h head) gone(t thread) bool {
	files := h.files[t.Path]
	if len(files) == 0 {
		return false
	}
	for _, m := range t.markers {
		if h.present[m.fingerprint] || !h.rules[m.rule] {
			return false
		}
		for _, file := range files {
			if !searched(file, m.rule) {
				return false
			}
		}
	}
	return true
}

// searched reports whether a file's silence on a rule means that there is nothing to find.
func searched(file analyzer.FileResult, rule string) bool {
	if file.State == analyzer.Deleted {
		return true
	}
	return file.State == analyzer.Analysed && !slices.Contains(file.FailedRules, rule)
}

// back are the findings of the thread that the head reports.
func (h head) back(t thread) []analyzer.Finding {
	var found []analyzer.Finding
	for _, m := range t.markers {
		if f, ok := h.reported[m.fingerprint]; ok {
			found = append(found, f)
		}
	}
	return found
}

// review decides what becomes of the threads that stand: the edits to make, and how many threads are open after them.
func (h head) review(threads []thread, options Options) (edits []Edit, open int) {
	for _, t := range threads {
		if t.closedByPerson() {
			continue
		}
		back := h.back(t)
		switch fixed := t.markedFixed(); {
		case fixed && len(back) > 0:
			restored, _ := options.commentOn(place{path: t.Path, findings: back, suggested: -1})
			edits = append(edits, Edit{CommentID: t.ID, ThreadID: t.ThreadID, Body: restored.Body, Reopen: t.Resolved})
			open++
		case !fixed && h.gone(t):
			edits = append(edits, Edit{
				CommentID: t.ID, ThreadID: t.ThreadID, Body: options.fixedBody(t),
				Resolve: options.Resolve && !t.Resolved,
			})
		case !fixed && t.Resolved && len(back) > 0:
			// Its body was restored by a run that could not reopen the thread.
			edits = append(edits, Edit{CommentID: t.ID, ThreadID: t.ThreadID, Reopen: true})
			open++
		case !fixed && !t.Resolved:
			open++
		}
	}
	return edits, open
}
