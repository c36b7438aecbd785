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
func (c PostedComment) markedFixed() bool { return strings.HasPrefix(c.Body, fixedPrefix) }

// Tells reports whether the comment is djleak's own and tells its findings still: neither its body nor its thread says that
// they are gone.
func (c PostedComment) Tells() bool { return c.Mine && !c.markedFixed() && !c.ResolvedByMe }

// closedByPerson reports whether somebody else has resolved the thread: then it is none of our business any more.
func (t thread) closedByPerson() bool { return t.Resolved && !t.ResolvedByMe }

// Watched returns the paths, sorted, of the threads that are ours, carry this name and are not marked as fixed. A change
// that has been taken back no longer has such a file; an analysis that reads it all the same can tell that the finding is
// gone, or the file, whose code may have gone elsewhere.
func (p Posted) Watched(name string) []string {
	var paths []string
	for _, t := range threadsOf(p, name) {
		if !t.markedFixed() {
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
	// findings are all findings of the review, before any filter, and present the fingerprints of them and of those in
	// files that it does not touch.
	findings []analyzer.Finding
	present  map[string]bool
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
	for _, file := range result.Files {
		h.findings = append(h.findings, file.Findings...)
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

// follow looks for findings that a thread told of and that are gone by their fingerprints: where the rule finds the same
// code in another class or function, or in a file that is new while the thread's own is deleted, it is the same finding
// under a new name. Each such thread goes by the new fingerprint from here on.
func (h head) follow(threads []thread) {
	known := map[string]bool{}
	for _, t := range threads {
		for _, m := range t.markers {
			known[m.fingerprint] = true
		}
	}
	for i, t := range threads {
		for j, m := range t.markers {
			if h.present[m.fingerprint] {
				continue
			}
			at := slices.IndexFunc(h.findings, func(f analyzer.Finding) bool {
				return !known[f.Fingerprint] && f.Rule.Name == m.rule && sameCode(f.Fingerprint, m.fingerprint) && h.mayBe(t, f)
			})
			if at < 0 {
				continue
			}
			known[h.findings[at].Fingerprint] = true
			threads[i].markers = slices.Clone(threads[i].markers)
			threads[i].markers[j].fingerprint = h.findings[at].Fingerprint
		}
	}
}

// mayBe reports whether the thread's finding may stand where f does: in the same file, renamed or not, or in a new one if
// that is deleted.
func (h head) mayBe(t thread, f analyzer.Finding) bool {
	var deleted bool
	for _, file := range h.files[t.Path] {
		if file.Path == f.Path && file.State != analyzer.Deleted {
			return true
		}
		deleted = file.State == analyzer.Deleted
	}
	return deleted && slices.ContainsFunc(h.files[f.Path], func(file analyzer.FileResult) bool { return file.OldPath == "" })
}

// sameCode compares the halves of two fingerprints that tell of rule and code alone: see [analyzer.Finding].
func sameCode(a, b string) bool { return len(a) == 32 && len(b) == 32 && a[16:] == b[16:] }

// A threadsFate is what becomes of the threads that stand.
type threadsFate struct {
	// gone are the edits of comments whose findings are gone.
	gone []Edit
	// returns are the threads to restore, the worst finding first.
	returns []comeback
	// told are the fingerprints that need no new comment: an open thread tells them, or a person closed theirs.
	told map[string]bool
	// open is how many threads stay open.
	open int
}

// A comeback is a thread some of whose findings are back, and told nowhere else.
type comeback struct {
	thread
	findings []analyzer.Finding
}

// review decides what becomes of the threads that stand.
func (h head) review(threads []thread, options Options) threadsFate {
	h.follow(threads)
	fate := threadsFate{told: map[string]bool{}}
	var closed []thread
	for _, t := range threads {
		switch fixed := t.markedFixed(); {
		case t.closedByPerson():
			fate.tell(t)
		case !fixed && h.gone(t):
			fate.gone = append(fate.gone, Edit{
				CommentID: t.ID, ThreadID: t.ThreadID, Body: options.fixedBody(t),
				Resolve: options.Resolve && !t.Resolved,
			})
		case fixed || t.Resolved:
			closed = append(closed, t)
		default:
			fate.tell(t)
			fate.open++
		}
	}
	claimed := map[string]bool{}
	for _, t := range closed {
		back := slices.DeleteFunc(h.back(t), func(f analyzer.Finding) bool { return fate.told[f.Fingerprint] || claimed[f.Fingerprint] })
		if len(back) == 0 {
			continue
		}
		slices.SortStableFunc(back, compareImportance)
		for _, f := range back {
			claimed[f.Fingerprint] = true
		}
		fate.returns = append(fate.returns, comeback{t, back})
	}
	slices.SortStableFunc(fate.returns, func(a, b comeback) int { return compareImportance(a.findings[0], b.findings[0]) })
	return fate
}

func (f *threadsFate) tell(t thread) {
	for _, m := range t.markers {
		f.told[m.fingerprint] = true
	}
}

// restore makes the edit that brings a comment back, and tells the findings that it then has. A thread is reopened if
// djleak has resolved it.
func (o Options) restore(c comeback, on map[string]ground) (edit Edit, told []string) {
	restored, _ := o.commentOn(place{path: c.Path, findings: c.findings, suggested: -1})
	edit = Edit{CommentID: c.ID, ThreadID: c.ThreadID, Body: restored.Body, Reopen: c.Resolved, Restores: true}
	places, _ := placesOf(c.findings, on, o.Suggestions)
	if len(places) > 0 {
		at := *places[0]
		if len(at.findings) < len(c.findings) {
			// What was one thread becomes one again, even if its findings have parted.
			at.findings, at.suggested = c.findings, -1
		}
		again, _ := o.commentOn(at)
		if len(again.Fingerprints) == len(restored.Fingerprints) {
			edit.Instead = &again
		}
	}
	return edit, restored.Fingerprints
}
