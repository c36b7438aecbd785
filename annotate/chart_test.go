package annotate

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer"
)

func TestBars(t *testing.T) {
	t.Parallel()
	high, low := analyzer.Finding{Severity: analyzer.High}, analyzer.Finding{Severity: analyzer.Low}
	suppressed := analyzer.Finding{Severity: analyzer.Info, Suppression: &analyzer.Suppression{}}
	p := Plan{Findings: []analyzer.Finding{high, high, low, suppressed}, Fixed: []analyzer.Finding{low}}
	want := []bar{{"high", "#cf222e", 2}, {"low", "#54aeff", 1}, {"fixed", "#2da44e", 1}}
	if diff := cmp.Diff(want, p.bars(), cmp.AllowUnexported(bar{})); diff != "" {
		t.Errorf("bars (-want +got):\n%s", diff)
	}
}

// A chart of little only takes the place of what it tells.
func TestChartOfLittle(t *testing.T) {
	t.Parallel()
	high, low := analyzer.Finding{Severity: analyzer.High}, analyzer.Finding{Severity: analyzer.Low}
	tests := []struct {
		name            string
		findings, fixed []analyzer.Finding
		want            bool
	}{
		{"nothing", nil, nil, false},
		{"four", []analyzer.Finding{high, high, low}, []analyzer.Finding{low}, false},
		{"five", []analyzer.Finding{high, high, low}, []analyzer.Finding{low, low}, true},
		{"five of a kind", slices.Repeat([]analyzer.Finding{high}, 5), nil, false},
		{"five fixed", nil, slices.Repeat([]analyzer.Finding{high}, 5), false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if chart := (Plan{Findings: test.findings, Fixed: test.fixed}).chart(); (chart != "") != test.want {
				t.Errorf("chart = %q", chart)
			}
		})
	}
}
