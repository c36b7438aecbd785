package annotate

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/change"
)

// standing is what an earlier run posted for the audit.
func (a audit) standing(t *testing.T) Posted {
	t.Helper()
	p := a.plan(Posted{})
	if p.Review == nil || len(p.Review.Comments) != 2 {
		t.Fatalf("review = %+v, want two comments", p.Review)
	}
	return postedFrom(Posted{}, p)
}

func TestSecondRunIsSilent(t *testing.T) {
	t.Parallel()
	a := newAudit(t)
	p := a.plan(a.standing(t))
	if p.Review != nil || p.Edits != nil {
		t.Errorf("review = %v, edits = %v; want neither", p.Review, p.Edits)
	}
	want := Ledger{Found: 3, AlreadyCommented: 2, SummaryOnly: 1}
	if p.Ledger != want {
		t.Errorf("ledger = %v, want %v", p.Ledger, want)
	}
}

func TestFixedFinding(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		edit    func(a *audit, posted *Posted)
		fixed   bool
		resolve bool
	}{
		{"gone", func(*audit, *Posted) {}, true, false},
		{"gone, resolving", func(a *audit, _ *Posted) { a.options.Resolve = true }, true, true},
		{"only below the filter", func(a *audit, _ *Posted) {
			a.result.Files[0].Findings = append(a.result.Files[0].Findings, a.growth)
			a.options.MinSeverity = analyzer.High + 1
		}, false, false},
		{"only suppressed", func(a *audit, _ *Posted) {
			a.growth.Suppression = &analyzer.Suppression{}
			a.result.Files[0].Findings = append(a.result.Files[0].Findings, a.growth)
		}, false, false},
		{"file does not parse", func(a *audit, _ *Posted) { a.result.Files[0].State = analyzer.Broken }, false, false},
		{"file not read", func(a *audit, _ *Posted) { a.result.Files[0].State = analyzer.Unread }, false, false},
		{"file not in the result", func(a *audit, _ *Posted) { a.result.Files = nil }, false, false},
		{"file deleted", func(a *audit, _ *Posted) {
			a.result.Files = []analyzer.FileResult{{Path: a.growth.Path, State: analyzer.Deleted}}
		}, true, false},
		{"file renamed", func(a *audit, _ *Posted) {
			a.result.Files[0].OldPath, a.result.Files[0].Path = a.result.Files[0].Path, "shop/audit.py"
		}, true, false},
		{"file renamed, its old path taken by one that does not parse", func(a *audit, _ *Posted) {
			a.result.Files[0].OldPath, a.result.Files[0].Path = a.result.Files[0].Path, "shop/audit.py"
			a.result.Files = append(a.result.Files, analyzer.FileResult{Path: a.growth.Path, State: analyzer.Broken})
		}, false, false},
		{"rule not run", func(a *audit, _ *Posted) { a.result.RuleNames = []string{lenRule.Name} }, false, false},
		{"rule failed", func(a *audit, _ *Posted) {
			a.result.Files[0].FailedRules = []string{middlewareRule.Name}
		}, false, false},
		{"another rule failed", func(a *audit, _ *Posted) {
			a.result.Files[0].FailedRules = []string{loopRule.Name}
		}, true, false},
		{"comment by somebody else", func(_ *audit, p *Posted) { p.Comments[0].Mine = false }, false, false},
		{"resolved by a person", func(_ *audit, p *Posted) { p.Comments[0].Resolved = true }, false, false},
		{"comment of another name", func(a *audit, _ *Posted) { a.options.Name = "djleak (api)" }, false, false},
		{"marked already", func(_ *audit, p *Posted) { p.Comments[0].Body = "Fixed in 1\n\n" + p.Comments[0].Body }, false, false},
		{"review switched off", func(a *audit, _ *Posted) { a.options.Review = false }, false, false},
		{"dry run", func(a *audit, _ *Posted) { a.options.DryRun = true }, false, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			a := newAudit(t)
			a.options.CommentFrom = analyzer.High + 1 // Only edits are of interest.
			posted := func() Posted { b := newAudit(t); return b.standing(t) }()
			growthComment := posted.Comments[0]
			a.keep(&a.length, &a.loop)
			a.options.HeadSHA = "89abcdef"
			test.edit(&a, &posted)
			var want, got *Edit
			if test.fixed {
				want = &Edit{
					CommentID: growthComment.ID, ThreadID: growthComment.ThreadID, Resolve: test.resolve,
					Body: "Fixed in 89abcdef\n\n" +
						"**`request_data` on AuditMiddleware keeps one dict a request; one instance serves the whole process**\n\n" +
						"<!-- djleak v=1 name=djleak fingerprint=" + a.growth.Fingerprint + " rule=middleware-state-growth -->",
				}
			}
			for _, edit := range a.plan(posted).Edits {
				if edit.CommentID == growthComment.ID {
					got = &edit
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("edit (-want +got):\n%s", diff)
			}
		})
	}
}

func TestFindingComesBack(t *testing.T) {
	t.Parallel()
	a := newAudit(t)
	first := a.standing(t)
	gone := newAudit(t)
	gone.keep(&gone.length, &gone.loop)
	for _, resolve := range []bool{false, true} {
		gone.options.Resolve = resolve
		fixed := postedFrom(first, gone.plan(first))
		if quiet := gone.plan(fixed); quiet.Review != nil || quiet.Edits != nil {
			t.Fatalf("resolve %v: the run after the fix says %+v, %+v; want nothing", resolve, quiet.Review, quiet.Edits)
		}
		p := a.plan(fixed)
		if p.Review != nil || len(p.Edits) != 1 {
			t.Fatalf("resolve %v: review = %v, edits = %v; want one edit", resolve, p.Review, p.Edits)
		}
		edit := p.Edits[0]
		if edit.CommentID != 1 || edit.Reopen != resolve || edit.Resolve ||
			!strings.HasPrefix(edit.Body, "**`request_data` on AuditMiddleware") || len(parseMarkers(edit.Body)) != 1 {
			t.Errorf("resolve %v: edit = %+v", resolve, edit)
		}
		if want := (Ledger{Found: 3, AlreadyCommented: 2, SummaryOnly: 1}); p.Ledger != want {
			t.Errorf("resolve %v: ledger = %v, want %v", resolve, p.Ledger, want)
		}
		if quiet := a.plan(postedFrom(fixed, p)); quiet.Review != nil || quiet.Edits != nil {
			t.Errorf("resolve %v: the run after that says %+v, %+v; want nothing", resolve, quiet.Review, quiet.Edits)
		}
	}
}

func TestReopeningIsTriedAgain(t *testing.T) {
	t.Parallel()
	a := newAudit(t)
	posted := a.standing(t)
	posted.Comments[0].Resolved, posted.Comments[0].ResolvedByMe = true, true
	p := a.plan(posted)
	instead := a.plan(Posted{}).Review.Comments[0]
	want := []Edit{{
		CommentID: posted.Comments[0].ID, ThreadID: posted.Comments[0].ThreadID, Reopen: true, Restores: true,
		Body: p.Edits[0].Body, Instead: &instead,
	}}
	if diff := cmp.Diff(want, p.Edits); diff != "" || p.Review != nil {
		t.Errorf("review = %v, edits (-want +got):\n%s", p.Review, diff)
	}
}

func TestPersonClosedAFixedThread(t *testing.T) {
	t.Parallel()
	a, gone := newAudit(t), newAudit(t)
	gone.keep(&gone.length, &gone.loop)
	first := a.standing(t)
	fixed := postedFrom(first, gone.plan(first))
	fixed.Comments[0].Resolved = true
	p := a.plan(fixed)
	if p.Review != nil || p.Edits != nil {
		t.Errorf("review = %v, edits = %v; want neither: a person closed the thread", p.Review, p.Edits)
	}
}

// A comment with two findings is fixed when both are gone.
func TestPartlyFixedCommentStays(t *testing.T) {
	t.Parallel()
	a := newAudit(t)
	other := a.length
	other.Rule, other.Fingerprint = middlewareRule, fingerprint("other")
	a.keep(&a.length, &other)
	posted := postedFrom(Posted{}, a.plan(Posted{}))
	if len(posted.Comments) != 1 {
		t.Fatalf("%d comments, want one for the place", len(posted.Comments))
	}
	a.keep(&other)
	if p := a.plan(posted); p.Edits != nil || p.Review != nil {
		t.Errorf("edits = %v, review = %v; want neither while one finding stands", p.Edits, p.Review)
	}
	a.keep()
	p := a.plan(posted)
	if len(p.Edits) != 1 || len(parseMarkers(p.Edits[0].Body)) != 2 {
		t.Fatalf("edits = %+v, want one with both markers", p.Edits)
	}
	if got := strings.Count(p.Edits[0].Body, "**"); got != 4 {
		t.Errorf("the fixed body has %d bold marks, want two headlines:\n%s", got, p.Edits[0].Body)
	}
}

// A finding whose class or file has another name is the same one, if nothing but its place has changed.
func TestThreadFollowsItsFinding(t *testing.T) {
	t.Parallel()
	const alike, other = "00000000000000aa", "00000000000000bb"
	elsewhere := func(a *audit, path, oldPath string) {
		file := analyzer.FileResult{Path: path, OldPath: oldPath, Source: auditSource, Findings: a.result.Files[0].Findings}
		file.Findings[0].Path = path
		a.result.Files = []analyzer.FileResult{{Path: a.growth.Path, OldPath: a.growth.Path, State: analyzer.Deleted}, file}
	}
	tests := []struct {
		name string
		edit func(a *audit, posted *Posted)
		want bool
	}{
		{"in another class", func(*audit, *Posted) {}, true},
		{"of other code", func(a *audit, _ *Posted) { a.result.Files[0].Findings[0].Fingerprint = "1111111111111111" + other }, false},
		{"of another rule", func(a *audit, _ *Posted) { a.result.Files[0].Findings[0].Rule = lenRule }, false},
		{"with a short fingerprint", func(_ *audit, p *Posted) {
			p.Comments[0].Body = marker{name: "djleak", fingerprint: alike, rule: middlewareRule.Name}.String()
		}, false},
		{"in a new file, the old one deleted", func(a *audit, _ *Posted) { elsewhere(a, "shop/audit.py", "") }, true},
		{"in a renamed file", func(a *audit, _ *Posted) { elsewhere(a, "shop/audit.py", a.growth.Path) }, true},
		{"in another file", func(a *audit, _ *Posted) { elsewhere(a, "shop/audit.py", "shop/audit.py") }, false},
		{"beside the old one", func(a *audit, _ *Posted) {
			still := a.growth
			still.Fingerprint = "0000000000000000" + alike
			a.result.Files[0].Findings = append(a.result.Files[0].Findings, still)
		}, false},
		{"that another thread tells", func(_ *audit, p *Posted) {
			p.Comments = append(p.Comments, PostedComment{ID: 9, Mine: true, Path: "shop/middleware.py", Body: marker{
				name: "djleak", fingerprint: "1111111111111111" + alike, rule: middlewareRule.Name,
			}.String()})
		}, true},
		{"in a comment of somebody else", func(_ *audit, p *Posted) { p.Comments[0].Mine = false }, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			a := newAudit(t)
			posted := Posted{Comments: []PostedComment{{ID: 1, ThreadID: "T1", Mine: true, Path: a.growth.Path, Body: "**x**\n\n" + marker{
				name: "djleak", fingerprint: "0000000000000000" + alike, rule: middlewareRule.Name,
			}.String()}}}
			a.growth.Fingerprint = "1111111111111111" + alike
			a.keep(&a.growth)
			test.edit(&a, &posted)
			if p := a.plan(posted); p.already["1111111111111111"+alike] != test.want {
				t.Errorf("told already: %t, want %t; review %+v, edits %+v", !test.want, test.want, p.Review, p.Edits)
			}
		})
	}
}

// Comments that come back take the places that max-comments leaves, and the worst first.
func TestMaxCommentsBoundsWhatComesBack(t *testing.T) {
	t.Parallel()
	a := newAudit(t)
	posted := a.standing(t)
	for i := range posted.Comments {
		posted.Comments[i].Body = fixedPrefix + "0\n" + posted.Comments[i].Body
	}
	for _, test := range []struct {
		room    int
		edited  []int64
		already int
	}{{0, nil, 0}, {1, []int64{1}, 1}, {2, []int64{1, 2}, 2}} {
		a.options.MaxComments = test.room
		p := a.plan(posted)
		var edited []int64
		for _, edit := range p.Edits {
			edited = append(edited, edit.CommentID)
		}
		if !cmp.Equal(edited, test.edited) || p.Review != nil || p.Ledger.AlreadyCommented != test.already {
			t.Errorf("max-comments %d: edits of %v, review %v, %s", test.room, edited, p.Review, p.Ledger)
		}
	}
	// A new finding that is worse goes before one that comes back.
	a.options.MaxComments = 1
	posted.Comments = posted.Comments[1:]
	if p := a.plan(posted); len(p.Edits) != 0 || len(p.Review.Comments) != 1 || p.Ledger.SummaryOnly != 2 {
		t.Errorf("edits %v, review %v, %s; want one new comment", p.Edits, p.Review, p.Ledger)
	}
}

// An edit that was not made leaves its finding to the summary, unless a new comment tells it.
func TestEditThatWasNotMade(t *testing.T) {
	t.Parallel()
	a := newAudit(t)
	posted := a.standing(t)
	posted.Comments[0].Body = fixedPrefix + "0\n" + posted.Comments[0].Body
	p := a.plan(posted)
	if len(p.Edits) != 1 || p.Edits[0].Instead == nil || p.Review != nil {
		t.Fatalf("edits %+v, review %+v; want one edit", p.Edits, p.Review)
	}
	if want := (Ledger{Found: 3, AlreadyCommented: 2, SummaryOnly: 1}); p.Ledger != want {
		t.Errorf("planned %s, want %s", p.Ledger, want)
	}
	settle := func(d Delivery, want Ledger, where string) {
		t.Helper()
		got, err := p.Settle(d)
		if err != nil || got != want {
			t.Errorf("settled %s, %v; want %s", got, err, want)
		}
		if summary := p.Summary(d); !strings.Contains(summary, where) {
			t.Errorf("the summary does not say %q:\n%s", where, summary)
		}
	}
	settle(Delivery{}, Ledger{Found: 3, AlreadyCommented: 1, SummaryOnly: 2}, "| summary only: its comment could not be posted |")
	settle(Delivery{Edited: map[int64]bool{1: true}}, p.Ledger, "| already commented |")
	review := p.ReviewWithout(p.Edits)
	if review == nil || len(review.Comments) != 1 || review.Body == "" || review.CommitID != a.options.HeadSHA {
		t.Fatalf("the review without the edit: %+v", review)
	}
	settle(Delivery{Commented: map[string]bool{a.growth.Fingerprint: true}}, Ledger{Found: 3, Commented: 1, AlreadyCommented: 1, SummaryOnly: 1}, "| comment |")
	if p.ReviewWithout(nil) != nil {
		t.Error("a review though the edit was made")
	}
}

// A thread that could not be marked as fixed is open still, and leaves no place for a new one.
func TestFixedThreadMakesRoomOnceItIsMarked(t *testing.T) {
	t.Parallel()
	a := newAudit(t)
	a.options.MaxComments = 1
	posted := postedFrom(Posted{}, a.plan(Posted{}))
	a.keep(&a.length)
	p := a.plan(posted)
	if len(p.Edits) != 1 || len(p.Review.Comments) != 1 {
		t.Fatalf("edits %+v, review %+v; want one of each", p.Edits, p.Review)
	}
	if review := p.ReviewWithout(p.Edits); review != nil {
		t.Errorf("a second open thread: %+v", review)
	}
	if review := p.ReviewWithout(nil); !cmp.Equal(review, p.Review) {
		t.Errorf("the review is %+v, want %+v", review, p.Review)
	}
}

func TestMaxCommentsBoundsOpenThreads(t *testing.T) {
	t.Parallel()
	a := newAudit(t)
	a.options.CommentFrom = analyzer.Low
	a.options.MaxComments = 2
	p := a.plan(Posted{})
	want := []string{a.growth.Fingerprint, a.length.Fingerprint}
	if got := fingerprintsOf(p.Review); !cmp.Equal(got, want) {
		t.Fatalf("commented %v, want the two worst %v", got, want)
	}
	posted := postedFrom(Posted{}, p)
	if p := a.plan(posted); p.Review != nil {
		t.Errorf("a third comment was planned beyond max-comments: %v", fingerprintsOf(p.Review))
	}
	// A fixed thread makes room in the same run; so does one that a person closed.
	a.keep(&a.length, &a.loop)
	if got, want := fingerprintsOf(a.plan(posted).Review), []string{a.loop.Fingerprint}; !cmp.Equal(got, want) {
		t.Errorf("after a fix: commented %v, want %v", got, want)
	}
	a.keep(&a.growth, &a.length, &a.loop)
	posted.Comments[0].Resolved = true
	if got, want := fingerprintsOf(a.plan(posted).Review), []string{a.loop.Fingerprint}; !cmp.Equal(got, want) {
		t.Errorf("after a person closed one: commented %v, want %v", got, want)
	}
	// Comments of others, with forged markers, take no room and silence nothing.
	for i := range posted.Comments {
		posted.Comments[i].Mine = false
	}
	if got := fingerprintsOf(a.plan(posted).Review); !cmp.Equal(got, want) {
		t.Errorf("with forged markers: commented %v, want %v", got, want)
	}
}

func fingerprintsOf(r *Review) []string {
	var all []string
	if r != nil {
		for _, c := range r.Comments {
			all = append(all, c.Fingerprints...)
		}
	}
	return all
}

func TestWatched(t *testing.T) {
	t.Parallel()
	marker := marker{name: "djleak", fingerprint: "00", rule: "queryset-len"}.String()
	posted := Posted{Comments: []PostedComment{
		{Path: "b.py", Mine: true, Body: "**x**\n" + marker},
		{Path: "a.py", Mine: true, Body: "**x**\n" + marker},
		{Path: "b.py", Mine: true, Body: "**y**\n" + marker},
		{Path: "forged.py", Body: "**x**\n" + marker},
		{Path: "fixed.py", Mine: true, Body: "Fixed in 00\n" + marker},
		{Path: "closed.py", Mine: true, Body: "**x**\n" + marker, Resolved: true},
		{Path: "plain.py", Mine: true, Body: "hello"},
	}}
	if diff := cmp.Diff([]string{"a.py", "b.py", "closed.py"}, posted.Watched("djleak")); diff != "" {
		t.Errorf("watched (-want +got):\n%s", diff)
	}
	if got := posted.Watched("other"); got != nil {
		t.Errorf("watched of another name = %v, want none", got)
	}
}

// A file that the change touches no more, but that was read for its thread's sake, settles the thread; what else it holds
// is not reported, whatever the scope.
func TestRevertedFileIsFixed(t *testing.T) {
	t.Parallel()
	a := newAudit(t)
	posted := a.standing(t)
	a.diff.Files = nil
	posted.Untouched = a.result.Files
	posted.Untouched[0].Findings = posted.Untouched[0].Findings[:1]
	a.result.Files = nil
	a.options.Scope = analyzer.ScopeFile
	if p := a.plan(posted); len(p.Edits) != 1 || p.Review != nil || p.Ledger.Found != 0 {
		t.Errorf("edits = %+v, review = %v, ledger = %s; want one of two comments marked as fixed, and nothing found", p.Edits, p.Review, p.Ledger)
	}
	posted.Untouched = nil
	if p := a.plan(posted); len(p.Edits) != 0 {
		t.Errorf("edits = %+v, want none on a file that was not read", p.Edits)
	}
}

func TestReviewNeedsADiff(t *testing.T) {
	t.Parallel()
	a := newAudit(t)
	a.diff = change.Change{}
	p := a.plan(Posted{})
	if p.Review != nil || len(p.Check.Annotations) != 3 {
		t.Errorf("review = %v with %d annotations, want none with 3", p.Review, len(p.Check.Annotations))
	}
	if want := (Ledger{Found: 3, SummaryOnly: 3}); p.Ledger != want {
		t.Errorf("ledger = %v, want %v", p.Ledger, want)
	}
}
