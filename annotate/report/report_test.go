package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/python"
)

var update = flag.Bool("update", false, "rewrite the golden files")

var (
	growthRule = &analyzer.Rule{
		Name: "middleware-state-growth", Severity: analyzer.High, Confidence: analyzer.HighConfidence,
		Fix: analyzer.UnsafeFix, Status: analyzer.Stable,
		Doc: "# middleware-state-growth\n\nMiddleware keeps something\nof every request.\n\n![Memory over time](../../../docs/rules/middleware-state-growth.svg)\n\n## Why it grows\n\nOne instance serves the process.\n",
	}
	lenRule = &analyzer.Rule{
		Name: "queryset-len", Severity: analyzer.Medium, Confidence: analyzer.HighConfidence, Fix: analyzer.SafeFix,
		Status: analyzer.Stable, Doc: "# queryset-len\n\n`len()` loads every row.\n",
	}
	loopRule = &analyzer.Rule{
		Name: "queryset-loop-without-iterator", Severity: analyzer.Low, Confidence: analyzer.MediumConfidence,
		Doc: "# queryset-loop-without-iterator\n\nA loop keeps every row.\n",
	}
	quietRule = &analyzer.Rule{Name: "gc-disabled", Severity: analyzer.Medium, Confidence: analyzer.MediumConfidence}
)

const source = "class AuditMiddleware:\n" +
	"    def __call__(self, request):\n" +
	"        self.request_data.append(\n" +
	"            {\"path\": request.path},\n" +
	"        )\n" +
	"\tgrüße = '日本 😀'; total = len(Visit.objects.all())\n" +
	"        for visit in Visit.objects.all():  # \x1b]0;owned\x07 \u202e\n" +
	"            visit.touch()\n"

// at makes a finding on the part of the source that is text.
func at(tb testing.TB, rule *analyzer.Rule, text, message string) analyzer.Finding {
	tb.Helper()
	start := strings.Index(source, text)
	if start < 0 {
		tb.Fatalf("%q is not in the source", text)
	}
	end := start + len(text)
	return analyzer.Finding{
		Rule: rule, Path: "shop/middleware.py", Severity: rule.Severity, Confidence: rule.Confidence, Message: message,
		Scope: "AuditMiddleware.__call__", New: true, Added: true, Fingerprint: strings.Repeat("0", 31) + string(rule.Name[0]&7|'0'),
		Region: analyzer.Region{
			Start: start, End: end,
			StartLine: strings.Count(source[:start], "\n") + 1, StartColumn: start - strings.LastIndex(source[:start], "\n"),
			EndLine: strings.Count(source[:end], "\n") + 1, EndColumn: end - strings.LastIndex(source[:end], "\n"),
		},
	}
}

func newReport(tb testing.TB) Report {
	tb.Helper()
	growth := at(tb, growthRule, source[strings.Index(source, "self."):strings.Index(source, "\tgr")-1],
		"`request_data` on AuditMiddleware keeps one dict a request; one instance serves the whole process")
	growth.Remedy = "self.request_data = deque(maxlen=1000)"
	length := at(tb, lenRule, "len(Visit.objects.all())", "`len()` loads every Visit to count them")
	length.Fix = &analyzer.Fix{
		SuggestedFix: analyzer.SuggestedFix{
			Kind: analyzer.SafeFix, Message: "Let the database count",
			Edits: []analyzer.TextEdit{{
				Span:    python.Span{Start: int32(length.Region.Start), End: int32(length.Region.End)}, //nolint:gosec // A short source.
				NewText: "Visit.objects.count()",
			}},
		},
		Lines: []analyzer.LineEdit{{StartLine: 6, EndLine: 6, NewText: "\tgrüße = '日本 😀'; total = Visit.objects.count()"}},
	}
	loop := at(tb, loopRule, "for visit in Visit.objects.all():  # \x1b]0;owned\x07 \u202e", "the loop keeps\x1b[2J every Visit\nuntil | it ends")
	loop.Fix = &analyzer.Fix{
		SuggestedFix: analyzer.SuggestedFix{Kind: analyzer.UnsafeFix, Message: "Append .iterator()", Check: "that nothing uses the rows twice"},
		Lines:        []analyzer.LineEdit{{StartLine: 7, EndLine: 7, Delete: true}},
	}
	touch := at(tb, loopRule, "visit.touch()", "touches every row")
	touch.Suppression = &analyzer.Suppression{Rules: []string{loopRule.Name}, Line: 8, Reason: "ten rows, see #12"}
	return Report{
		Findings: []analyzer.Finding{touch, loop, length, growth},
		Files: []analyzer.FileResult{
			{Path: "shop/middleware.py", Source: source, Findings: []analyzer.Finding{growth, length, loop, touch}},
			{Path: "shop/ok.py"},
		},
		Notices: []analyzer.Notice{
			{Message: "the change is partial"},
			{Path: "shop/a b,c:d.py", Line: 3, Message: "does not parse:\n::error::expected ':' 100%"},
		},
		Rules:   []*analyzer.Rule{quietRule, lenRule},
		Version: "1.2.3",
		RuleURL: func(rule string) string { return "https://djleak.example/rules/" + rule },
	}
}

func write(t *testing.T, format string, r Report) string {
	t.Helper()
	var out bytes.Buffer
	if err := Write(&out, format, r); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", path, diff)
	}
}

func TestFormats(t *testing.T) {
	t.Parallel()
	for _, format := range Formats() {
		t.Run(format, func(t *testing.T) {
			t.Parallel()
			golden(t, format+".golden", write(t, format, newReport(t)))
			golden(t, format+"-empty.golden", write(t, format, Report{Version: "1.2.3"}))
		})
	}
	t.Run("text in colour", func(t *testing.T) {
		t.Parallel()
		r := newReport(t)
		r.Color = true
		golden(t, "text-color.golden", write(t, "text", r))
	})
}

func TestUnknownFormat(t *testing.T) {
	t.Parallel()
	err := Write(&bytes.Buffer{}, "xml", Report{})
	if want := `"xml" is none of text, json, sarif, rdjson, github, markdown`; err == nil || err.Error() != want {
		t.Errorf("error = %v, want %s", err, want)
	}
}

type full struct{}

var errFull = errors.New("disk full")

func (full) Write([]byte) (int, error) { return 0, errFull }

// Whoever prints a report in a job prints what strangers wrote: no line of it is a command to the runner, but for those
// that the format github writes itself.
func TestReportIsNoCommand(t *testing.T) {
	t.Parallel()
	const hostile = "::error::x ##[error]y \r\n::error::z\u2028::error::w"
	rule := &analyzer.Rule{Name: "leak", Doc: "# leak\n\nA leak.\n"}
	path := "::error::a/" + hostile + ".py"
	source := hostile + "\n"
	r := Report{
		Findings: []analyzer.Finding{{
			Rule: rule, Path: path, Message: hostile, Remedy: hostile, Fingerprint: "00",
			Region: analyzer.Region{StartLine: 1, StartColumn: 1, EndLine: 1, EndColumn: 5, End: 4},
		}},
		Notices: []analyzer.Notice{{Path: path, Line: 1, Message: hostile}, {Message: hostile}},
		Rules:   []*analyzer.Rule{rule},
		Version: "1",
	}
	r.Findings = append(r.Findings, r.Findings[0])
	r.Findings[1].Suppression = &analyzer.Suppression{Line: 1, Rules: []string{"leak"}, Reason: hostile}
	r.Files = []analyzer.FileResult{{Path: path, Source: source, Findings: r.Findings}}
	for _, name := range Formats() {
		var out strings.Builder
		if err := Write(&out, name, r); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(out.String(), "##[") {
			t.Errorf("%s has a command in a line: %q", name, out.String())
		}
		for _, line := range regexp.MustCompile("[\r\n]").Split(out.String(), -1) {
			own := name == "github" && regexp.MustCompile(`^::(notice|warning|error) [^:]*::`).MatchString(line)
			if strings.HasPrefix(strings.TrimSpace(line), "::") && !own {
				t.Errorf("%s has the command %q", name, line)
			}
		}
	}
	var out strings.Builder
	if err := Write(&out, "json", r); err != nil {
		t.Fatal(err)
	}
	var read struct{ Findings []struct{ Path string } }
	if err := json.Unmarshal([]byte(out.String()), &read); err != nil || len(read.Findings) == 0 || read.Findings[0].Path != path {
		t.Errorf("the path reads %+v, %v; want %q", read, err, path)
	}
}

func TestWriteError(t *testing.T) {
	t.Parallel()
	err := Write(full{}, "text", Report{})
	if !errors.Is(err, errFull) || err.Error() != "write the text report: disk full" {
		t.Errorf("error = %v", err)
	}
}

// The order in which findings come must not show.
func TestOrderIsStable(t *testing.T) {
	t.Parallel()
	for _, format := range Formats() {
		r := newReport(t)
		want := write(t, format, r)
		r.Findings[0], r.Findings[2] = r.Findings[2], r.Findings[0]
		if got := write(t, format, r); got != want {
			t.Errorf("%s depends on the order of the findings", format)
		}
	}
}

// Too many findings are counted all the same, and the worst are told.
func TestBounded(t *testing.T) {
	t.Parallel()
	r := newReport(t)
	all := tallyOf(r.Findings)
	got := r.bounded(2)
	if got.tally != all {
		t.Errorf("tally = %v, want %v", got.tally, all)
	}
	var rules []string
	for _, f := range got.Findings {
		rules = append(rules, f.Rule.Name)
	}
	if diff := cmp.Diff([]string{growthRule.Name, lenRule.Name}, rules); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
	want := append(slices.Clone(r.Notices), analyzer.Notice{
		Message: "2 less important findings are left out: a report tells 2; the counts by severity are of all",
	})
	if diff := cmp.Diff(want, got.Notices); diff != "" {
		t.Errorf("notices (-want +got):\n%s", diff)
	}
	if whole := r.bounded(4); len(whole.Findings) != 4 || len(whole.Notices) != len(r.Notices) {
		t.Errorf("four of four findings: %d, %d notices", len(whole.Findings), len(whole.Notices))
	}
}
