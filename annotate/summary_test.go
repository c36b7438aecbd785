package annotate

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer"
)

func TestSummary(t *testing.T) {
	t.Parallel()
	a := newAudit(t)
	suppressed := at(t, auditSource, a.growth.Path, "visit.touch()", loopRule, "touches | every row")
	suppressed.Suppression = &analyzer.Suppression{Rules: []string{loopRule.Name}, Line: 13, Reason: "ten rows, see #12"}
	a.result.Files[0].Findings = append(a.result.Files[0].Findings, suppressed)
	a.result.Files[0].AddedSuppressions = []analyzer.Suppression{
		{Rules: []string{loopRule.Name}, Line: 13, Reason: "ten rows, see #12", Added: true},
		{Rules: []string{lenRule.Name, loopRule.Name}, Line: 1, File: true, Added: true},
	}
	a.result.Files = append(a.result.Files, analyzer.FileResult{
		Path: "shop/old.py", State: analyzer.Broken,
		Notices: []analyzer.Notice{{Path: "shop/old.py", Line: 3, Message: "does not parse: expected ':'"}},
	})
	a.result.Files[0].Fixed = []analyzer.Finding{
		at(t, auditSource, "shop/middleware.py", "self.get_response = get_response", loopRule, "an old loop kept | every Visit"),
		at(t, auditSource, "shop/middleware.py", "return self.get_response(request)", lenRule, "`len()` loaded every Visit"),
		at(t, auditSource, "shop/middleware.py", "visit.touch()", lenRule, "`len()` loaded every Visit of @octocat"),
	}
	a.diff.Partial = []string{"2 of 3,002 files were not listed"}
	p := a.plan(Posted{})
	golden(t, "summary.md", p.Summary(Delivery{
		Commented: map[string]bool{a.growth.Fingerprint: true},
		Refused:   []string{"check run: the token lacks checks: write"},
		CheckURL:  "https://github.com/acme/shop/runs/1",
		Edited:    map[int64]bool{1: true}, Resolved: 1,
	}))
	golden(t, "check.md", p.Check.Summary)
	if got, want := p.Check.Title, "3 findings: 1 high, 1 medium, 1 low; not everything could be read"; got != want {
		t.Errorf("title = %q, want %q", got, want)
	}
}

func TestSummaryOfNothing(t *testing.T) {
	t.Parallel()
	a := newAudit(t)
	a.keep()
	p := a.plan(Posted{})
	want := "**djleak**: No findings\n\n0 found = 0 commented + 0 already commented + 0 in the summary only + 0 suppressed\n"
	if diff := cmp.Diff(want, p.Summary(Delivery{})); diff != "" {
		t.Errorf("summary (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff("No findings.\n", p.Check.Summary); diff != "" {
		t.Errorf("check summary (-want +got):\n%s", diff)
	}
	if p.Check.Title != "No findings" || p.Review != nil || p.Conclusion != Success {
		t.Errorf("title %q, review %v, conclusion %s", p.Check.Title, p.Review, p.Conclusion)
	}
}

// With more than GitHub takes, the most important stands and the rest is counted.
func TestSummariesStayWithinLimits(t *testing.T) {
	t.Parallel()
	a := newAudit(t)
	a.keep(&a.growth)
	file := &a.result.Files[0]
	for i := range 20_000 {
		f := a.loop
		f.Fingerprint = fingerprint(strconv.Itoa(i))
		f.Message = strings.Repeat("é", i%400)
		file.Findings = append(file.Findings, f)
		file.Notices = append(file.Notices, analyzer.Notice{Path: file.Path, Line: i + 1, Message: "a notice"})
		file.AddedSuppressions = append(file.AddedSuppressions, analyzer.Suppression{Line: i, Reason: "because"})
	}
	p := a.plan(Posted{})
	if n := len(p.Check.Summary); n > 65_535 || n < 60_000 {
		t.Errorf("the check's summary has %d bytes, want at most 65,535 and most of them used", n)
	}
	summary := p.Summary(Delivery{})
	if n := len(summary); n > 1<<20 || n < 1_000_000 {
		t.Errorf("the summary has %d bytes, want at most 1,048,576 and most of them used", n)
	}
	for _, part := range []string{"\nThe 5 worst:\n\n**High** · ", "<summary>All 20001 findings, and where they are told</summary>", "<summary>Notices (20000)</summary>"} {
		if !strings.Contains(summary, part) {
			t.Errorf("the summary lacks %q", part)
		}
	}
	want := "\n20001 found = 0 commented + 0 already commented + 20001 in the summary only + 0 suppressed\n"
	if !strings.HasSuffix(summary, want) {
		t.Errorf("the summary ends with %q, want %q", summary[len(summary)-len(want):], want)
	}
	for name, text := range map[string]string{"check": p.Check.Summary, "summary": summary} {
		shown := strings.Count(text, "\n| ") - 2
		if outside, _ := outsideBlocks(t, text); strings.Count(outside, "<details>") != strings.Count(outside, "</details>") {
			t.Errorf("%s: a fold stays open", name)
		}
		if want := fmt.Sprintf("\n… and %d more findings\n", 20_001-shown); !strings.Contains(text, want) {
			t.Errorf("%s: %d findings shown, and it lacks %q", name, shown, want)
		}
		if first := strings.Index(text, "\n| high |"); first < 0 || first > strings.Index(text, "\n| low |") {
			t.Errorf("%s: the worst finding is not the first", name)
		}
	}
}

func TestSettle(t *testing.T) {
	t.Parallel()
	a := newAudit(t)
	p := a.plan(Posted{})
	tests := []struct {
		name      string
		commented []string
		want      Ledger
		err       string
	}{
		{"all", []string{a.growth.Fingerprint, a.length.Fingerprint}, Ledger{Found: 3, Commented: 2, SummaryOnly: 1}, ""},
		{"one refused", []string{a.length.Fingerprint}, Ledger{Found: 3, Commented: 1, SummaryOnly: 2}, ""},
		{"none", nil, Ledger{Found: 3, SummaryOnly: 3}, ""},
		{
			"unplanned",
			[]string{a.loop.Fingerprint},
			Ledger{Found: 3, Commented: 1, SummaryOnly: 2},
			"settle the ledger: a comment was posted for " + a.loop.Fingerprint + ", which was not planned",
		},
		{
			"unknown",
			[]string{"00"},
			Ledger{Found: 3, SummaryOnly: 3},
			"settle the ledger: a comment was posted for 00, which was not planned",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			d := Delivery{Commented: map[string]bool{}}
			for _, fingerprint := range test.commented {
				d.Commented[fingerprint] = true
			}
			got, err := p.Settle(d)
			if got != test.want {
				t.Errorf("ledger = %v, want %v", got, test.want)
			}
			if message := fmt.Sprint(err); err == nil && test.err != "" || err != nil && message != test.err {
				t.Errorf("error = %v, want %q", err, test.err)
			}
		})
	}
}

// A plan that somebody has changed no longer adds up.
func TestSettleCountsWhatItCannotPlace(t *testing.T) {
	t.Parallel()
	a := newAudit(t)
	p := a.plan(Posted{})
	p.Findings = p.Findings[1:]
	_, err := p.Settle(Delivery{Commented: map[string]bool{a.growth.Fingerprint: true}})
	want := "settle the ledger: comments were posted for 1 finding, but only 0 are accounted for"
	if err == nil || err.Error() != want {
		t.Errorf("error = %v, want %q", err, want)
	}
}

func TestDryRun(t *testing.T) {
	t.Parallel()
	a := newAudit(t)
	posted := a.standing(t)
	a.options.DryRun = true
	p := a.plan(posted)
	if want := (Ledger{Found: 3, SummaryOnly: 3}); p.Ledger != want || p.Review != nil || p.Edits != nil {
		t.Errorf("ledger = %v, review %v, edits %v; want %v and neither", p.Ledger, p.Review, p.Edits, want)
	}
}
