package annotate

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer"
)

func TestFixedFindings(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		edit    func(a *audit, fixed []analyzer.Finding)
		want    []string // The messages of what is fixed.
		balance string
	}{
		{"beside new ones", func(*audit, []analyzer.Finding) {}, []string{"medium", "low"}, "The change brings 3 and fixes 2."},
		{"beside nothing", func(a *audit, _ []analyzer.Finding) { a.keep() }, []string{"medium", "low"}, "The change fixes 2."},
		{"beside old ones", func(a *audit, _ []analyzer.Finding) {
			a.options.Scope = analyzer.ScopeFile
			a.growth.New, a.loop.New = false, false
			a.keep(&a.growth, &a.length, &a.loop)
		}, []string{"medium", "low"}, "The change brings 1 of them and fixes 2."},
		{"below min-severity", func(a *audit, _ []analyzer.Finding) { a.options.MinSeverity = analyzer.Medium }, []string{"medium"}, "The change brings 2 and fixes 1."},
		{"moved with its function", func(a *audit, fixed []analyzer.Finding) {
			a.length.Fingerprint = strings.Repeat("0", 16) + fixed[1].Fingerprint[16:]
			fixed[1].Scope = a.length.Scope
			a.keep(&a.length)
		}, []string{"low"}, "The change brings 1 and fixes 1."},
		{"the same in another function", func(a *audit, fixed []analyzer.Finding) {
			a.length.Fingerprint = strings.Repeat("0", 16) + fixed[1].Fingerprint[16:]
			fixed[1].Scope = "report"
			a.keep(&a.length)
		}, []string{"medium", "low"}, "The change brings 1 and fixes 2."},
		{"nothing", func(a *audit, _ []analyzer.Finding) { a.result.Files[0].Fixed = nil }, nil, ""},
		{"nothing, beside old ones", func(a *audit, _ []analyzer.Finding) {
			a.options.Scope = analyzer.ScopeFile
			a.result.Files[0].Fixed = nil
			a.length.New = false
			a.keep(&a.growth, &a.length)
		}, nil, "The change brings 1 of them."},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			a := newAudit(t)
			a.result.Files[0].Fixed = []analyzer.Finding{
				at(t, auditSource, "shop/middleware.py", "visit.touch()", loopRule, "low"),
				at(t, auditSource, "shop/middleware.py", "return self.get_response(request)", lenRule, "medium"),
			}
			test.edit(&a, a.result.Files[0].Fixed)
			p := a.plan(Posted{})
			var got []string
			for _, f := range p.Fixed {
				got = append(got, f.Message)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("fixed (-want +got):\n%s", diff)
			}
			if got := p.balance(); got != test.balance {
				t.Errorf("balance = %q, want %q", got, test.balance)
			}
			if said := strings.Contains(p.Summary(Delivery{}), "### Fixed by this change\n"); said != (len(test.want) > 0) {
				t.Errorf("the summary tells of fixed findings: %v", said)
			}
		})
	}
}
