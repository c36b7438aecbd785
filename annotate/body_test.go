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

// Code is shown in the language of its file, and a page's code in that of its page.
func TestLanguageOfARemedy(t *testing.T) {
	t.Parallel()
	page := *middlewareRule
	page.Doc = "# r\n\n## Use instead\n\n```dockerfile\nCMD x\n```\n"
	tests := []struct{ path, remedy, want string }{
		{"shop/views.py", "x = 1", "```python\nx = 1\n```\n"},
		{"pyproject.toml", `fail-on = "high"`, "```toml\nfail-on = \"high\"\n```\n"},
		{"deploy/compose.yaml", "x: 1", "```yaml\nx: 1\n```\n"},
		{"stack.yml", "x: 1", "```yaml\nx: 1\n```\n"},
		{"uwsgi.ini", "max-requests = 1000", "```ini\nmax-requests = 1000\n```\n"},
		{"setup.cfg", "x = 1", "```ini\nx = 1\n```\n"},
		{"start.sh", "exec x", "```sh\nexec x\n```\n"},
		{"Procfile", "web: x", "```\nweb: x\n```\n"},
		{"Procfile", "", "```dockerfile\nCMD x\n```\n"},
	}
	for _, test := range tests {
		o := Options{}
		if got := o.remedy(analyzer.Finding{Rule: &page, Path: test.path, Remedy: test.remedy}, nil); got != "Instead:\n\n"+test.want+"\n" {
			t.Errorf("%s: %q, want the block %q", test.path, got, test.want)
		}
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
