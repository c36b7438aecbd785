package annotate

import (
	"strings"
	"testing"

	"github.com/djleak/djleak/analyzer"
)

func TestBodies(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		edit func(a *audit)
	}{
		{"unsafe-suggestion", func(a *audit) {
			a.keep(&a.growth)
			a.growth.Fix.Lines[0].StartLine, a.growth.Fix.Lines[0].EndLine = 10, 10
			a.growth.Fix.Lines[0].NewText = `        logger.info("visit", extra={"path": request.path})`
		}},
		{"suggestion-elsewhere-in-hunk", func(a *audit) { a.keep(&a.growth) }},
		{"safe-suggestion", func(a *audit) { a.keep(&a.length) }},
		{"suggestions-off", func(a *audit) { a.options.Suggestions = false; a.keep(&a.length) }},
		{"fix-outside-hunk", func(a *audit) {
			a.diff.Files[0].Hunks[0] = hunk(9, "++++++")
			a.keep(&a.growth)
		}},
		{"page-snippet", func(a *audit) { a.growth.Fix = nil; a.keep(&a.growth) }},
		{"remedy", func(a *audit) {
			a.options.CommentFrom = analyzer.Low
			a.loop.Remedy = "for visit in Visit.objects.iterator():\n    visit.touch()"
			a.keep(&a.loop)
		}},
		{"two-findings", func(a *audit) {
			other := a.length
			other.Rule, other.Message = middlewareRule, "`total` is another thing on this line"
			other.Fingerprint = fingerprint("other")
			a.keep(&a.length, &other)
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			a := newAudit(t)
			test.edit(&a)
			p := a.plan(Posted{})
			if p.Review == nil || len(p.Review.Comments) != 1 {
				t.Fatalf("review = %+v, want one comment", p.Review)
			}
			golden(t, "body-"+test.name+".md", p.Review.Comments[0].Body+"\n")
		})
	}
}

func (a *audit) keep(findings ...*analyzer.Finding) {
	a.result.Files[0].Findings = nil
	for _, f := range findings {
		a.result.Files[0].Findings = append(a.result.Files[0].Findings, *f)
	}
}

func TestFenceIsLongerThanAnyRun(t *testing.T) {
	t.Parallel()
	a := newAudit(t)
	a.loop.Remedy = "doc = '''\n`````suggestion\n'''"
	a.options.CommentFrom = analyzer.Low
	a.keep(&a.loop)
	body := a.plan(Posted{}).Review.Comments[0].Body
	if want := "\n``````python\n" + a.loop.Remedy + "\n``````\n"; !strings.Contains(body, want) {
		t.Errorf("body lacks %q:\n%s", want, body)
	}
}
