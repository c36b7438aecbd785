package analyzer_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer"
)

func TestReports(t *testing.T) {
	t.Parallel()
	rule := &analyzer.Rule{Name: "queryset-len"}
	finding := func(change func(*analyzer.Finding)) analyzer.Finding {
		f := analyzer.Finding{Rule: rule, Path: "shop/views.py", Severity: analyzer.Medium, Confidence: analyzer.MediumConfidence, New: true}
		change(&f)
		return f
	}
	tests := []struct {
		name    string
		options analyzer.Options
		finding analyzer.Finding
		want    bool
	}{
		{"all of it is enough", analyzer.Options{}, finding(func(*analyzer.Finding) {}), true},
		{"severity", analyzer.Options{MinSeverity: analyzer.Medium}, finding(func(f *analyzer.Finding) { f.Severity = analyzer.Low }), false},
		{"confidence", analyzer.Options{MinConfidence: analyzer.MediumConfidence}, finding(func(f *analyzer.Finding) { f.Confidence = analyzer.LowConfidence }), false},
		{"a form in preview", analyzer.Options{}, finding(func(f *analyzer.Finding) { f.Preview = true }), false},
		{"a form in preview, asked for", analyzer.Options{Preview: true}, finding(func(f *analyzer.Finding) { f.Preview = true }), true},
		{"old", analyzer.Options{}, finding(func(f *analyzer.Finding) { f.New = false }), false},
		{"old, in the whole file", analyzer.Options{Scope: analyzer.ScopeFile}, finding(func(f *analyzer.Finding) { f.New = false }), true},
		{"not on an added line", analyzer.Options{Scope: analyzer.ScopeAdded}, finding(func(*analyzer.Finding) {}), false},
		{"ignored there", analyzer.Options{Ignores: []analyzer.FileIgnore{{Glob: "shop/**", Rule: "queryset-len"}}}, finding(func(*analyzer.Finding) {}), false},
		{"another ignored there", analyzer.Options{Ignores: []analyzer.FileIgnore{{Glob: "shop/**", Rule: "query"}}}, finding(func(*analyzer.Finding) {}), true},
	}
	for _, test := range tests {
		if got := test.options.Reports(test.finding); got != test.want {
			t.Errorf("%s: %v, want %v", test.name, got, test.want)
		}
	}
}
