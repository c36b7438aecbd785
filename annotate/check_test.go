package annotate

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/annotate/columns"
)

func TestConclusion(t *testing.T) {
	t.Parallel()
	medium := analyzer.Medium
	tests := []struct {
		name string
		edit func(a *audit)
		want Conclusion
	}{
		{"a high finding", func(*audit) {}, Failure},
		{"never fails", func(a *audit) { a.options.FailOn = nil }, Neutral},
		{"below fail-on", func(a *audit) { a.keep(&a.length, &a.loop) }, Neutral},
		{"at fail-on", func(a *audit) { a.options.FailOn = &medium; a.keep(&a.length) }, Failure},
		{"none", func(a *audit) { a.keep() }, Success},
		{"only suppressed", func(a *audit) { a.growth.Suppression = &analyzer.Suppression{}; a.keep(&a.growth) }, Success},
		{"only filtered", func(a *audit) { a.growth.New = false; a.keep(&a.growth) }, Success},
		{"a file does not parse", func(a *audit) { a.keep(); a.result.Files[0].State = analyzer.Broken }, Neutral},
		{"a file is unread", func(a *audit) { a.keep(); a.result.Files[0].State = analyzer.Unread }, Neutral},
		{"a file is deleted", func(a *audit) { a.keep(); a.result.Files[0].State = analyzer.Deleted }, Success},
		{"a rule failed", func(a *audit) { a.keep(); a.result.Files[0].FailedRules = []string{"x"} }, Neutral},
		{"the change is partial", func(a *audit) { a.keep(); a.diff.Partial = []string{"x"} }, Neutral},
		{"the configuration is wrong", func(a *audit) { a.keep(); a.result.Notices = []analyzer.Notice{{Message: "x"}} }, Neutral},
		{"a high finding and a file unread", func(a *audit) { a.result.Files[0].State = analyzer.Unread }, Failure},
		{"stopped", func(a *audit) { a.options.Stopped = true }, Cancelled},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			a := newAudit(t)
			test.edit(&a)
			if p := a.plan(Posted{}); p.Conclusion != test.want || p.Check.Conclusion != test.want {
				t.Errorf("conclusion = %s, the check's %s; want %s", p.Conclusion, p.Check.Conclusion, test.want)
			}
		})
	}
}

func TestNoticesNameWhatWasNotRead(t *testing.T) {
	t.Parallel()
	a := newAudit(t)
	a.result.Files = []analyzer.FileResult{
		{Path: "a.py", State: analyzer.Unread},
		{Path: "b.py", State: analyzer.Broken, FailedRules: []string{lenRule.Name}},
		{Path: "c.py", State: analyzer.Unread, Notices: []analyzer.Notice{{Path: "c.py", Message: "larger than 10 MB"}}},
	}
	a.result.Notices = []analyzer.Notice{{Message: "z"}, {Message: "z"}}
	a.diff.Partial = []string{"y"}
	want := []analyzer.Notice{
		{Message: "y"},
		{Message: "z"},
		{Path: "a.py", Message: "could not be read"},
		{Path: "b.py", Message: "does not parse everywhere"},
		{Path: "b.py", Message: "queryset-len did not run to its end"},
		{Path: "c.py", Message: "larger than 10 MB"},
	}
	if diff := cmp.Diff(want, a.plan(Posted{}).Notices); diff != "" {
		t.Errorf("notices (-want +got):\n%s", diff)
	}
}

func TestAnnotations(t *testing.T) {
	t.Parallel()
	a := newAudit(t)
	a.length.Region.EndLine++
	a.keep(&a.loop, &a.length, &a.growth)
	want := []Annotation{
		{
			Path: "shop/middleware.py", StartLine: 10, EndLine: 10, StartColumn: 9, EndColumn: 57,
			Level: "failure", Title: "middleware-state-growth",
			Message:     "`request_data` on AuditMiddleware keeps one dict a request; one instance serves the whole process",
			Fingerprint: a.growth.Fingerprint,
		},
		{
			Path: "shop/middleware.py", StartLine: 11, EndLine: 12, Level: "warning", Title: "queryset-len",
			Message: "`len()` loads every Visit of the path to count them", Fingerprint: a.length.Fingerprint,
		},
		{
			Path: "shop/middleware.py", StartLine: 12, EndLine: 12, StartColumn: 9, EndColumn: 42,
			Level: "notice", Title: "queryset-loop-without-iterator",
			Message: "the loop keeps every Visit until it ends", Fingerprint: a.loop.Fingerprint,
		},
	}
	if diff := cmp.Diff(want, a.plan(Posted{}).Check.Annotations); diff != "" {
		t.Errorf("annotations (-want +got):\n%s", diff)
	}
}

func TestAnnotationColumnsCountCharacters(t *testing.T) {
	t.Parallel()
	const source = "été = '😀'; x = len(q)\n"
	f := at(t, source, "a.py", "len(q)", lenRule, "one\nline\x1b")
	got := annotationOf(f, ground{text: sourceLines(source), columns: columns.New(sourceLines(source))})
	if got.StartColumn != 16 || got.EndColumn != 22 || got.Message != "one line\uFFFD" {
		t.Errorf("columns %d-%d, message %q; want 16-22 and one line", got.StartColumn, got.EndColumn, got.Message)
	}
	f.Rule = &analyzer.Rule{Name: strings.Repeat("é", 300)}
	f.Message = ""
	if got := annotationOf(f, ground{}); len([]rune(got.Title)) != 255 || got.Message != got.Title || got.StartColumn != 0 {
		t.Errorf("title of %d characters, message %q, column %d", len([]rune(got.Title)), got.Message, got.StartColumn)
	}
}
