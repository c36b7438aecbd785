package report

import (
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/djleak/djleak/analyzer"
)

// Nothing but our own colours may reach the terminal as a control character.
func TestTextShowsNoControlCharacters(t *testing.T) {
	t.Parallel()
	for _, color := range []bool{false, true} {
		r := newReport(t)
		r.Color = color
		got := write(t, "text", r)
		if color {
			got = regexp.MustCompile(`\x1b\[\d+(;\d+)*m`).ReplaceAllString(got, "")
		}
		for _, c := range got {
			if c != '\n' && (unicode.IsControl(c) || unicode.Is(unicode.Cf, c)) {
				t.Errorf("colour %v: %U in the output", color, c)
			}
		}
	}
}

func TestFrames(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		source string
		region analyzer.Region
		want   string
	}{
		{
			"the last line", "a\nb = 1\n", analyzer.Region{StartLine: 2, StartColumn: 5, EndLine: 2, EndColumn: 6}, `
 --> a.py:2:5
  |
1 | a
2 | b = 1
  |     ^
  |
`,
		},
		{
			"wide characters", "x = '日本'; y\n", analyzer.Region{StartLine: 1, StartColumn: 15, EndLine: 1, EndColumn: 16}, `
 --> a.py:1:11
  |
1 | x = '日本'; y
  |             ^
  |
`,
		},
		{
			"an empty region", "x\n", analyzer.Region{StartLine: 1, StartColumn: 2, EndLine: 1, EndColumn: 2}, `
 --> a.py:1:2
  |
1 | x
  |  ^
  |
`,
		},
		{
			"several lines", "f(\n    x,\n)\n", analyzer.Region{StartLine: 1, StartColumn: 1, EndLine: 3, EndColumn: 2}, `
 --> a.py:1:1
  |
1 | / f(
2 | |     x,
3 | | )
  | |_^
  |
`,
		},
		{
			"no source", "", analyzer.Region{StartLine: 7, StartColumn: 3, EndLine: 7, EndColumn: 4}, `
 --> a.py:7:1
`,
		},
		{
			"a line of a megabyte", strings.Repeat("日", 200_000) + "b" + strings.Repeat("c", 400_000) + "\n",
			analyzer.Region{StartLine: 1, StartColumn: 600_001, EndLine: 1, EndColumn: 600_002},
			`
 --> a.py:1:200001
  |
1 | …` + strings.Repeat("日", 20) + "b" + strings.Repeat("c", 117) + `…
  |                                          ^
  |
`,
		},
		{
			"a long line", strings.Repeat("a", 500) + "b" + strings.Repeat("c", 500) + "\n",
			analyzer.Region{StartLine: 1, StartColumn: 501, EndLine: 1, EndColumn: 502},
			`
 --> a.py:1:501
  |
1 | …` + strings.Repeat("a", 40) + "b" + strings.Repeat("c", 117) + `…
  |                                          ^
  |
`,
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			f := analyzer.Finding{Rule: quietRule, Path: "a.py", Region: test.region}
			got := write(t, "text", Report{
				Findings: []analyzer.Finding{f},
				Files:    []analyzer.FileResult{{Path: "a.py", Source: test.source, Findings: []analyzer.Finding{f}}},
			})
			_, got, _ = strings.Cut(got, "\n")
			got, _, _ = strings.Cut(got, "\n\n")
			if got+"\n" != test.want[1:] {
				t.Errorf("frame:\n%s\nwant:\n%s", got, test.want)
			}
		})
	}
}

// FuzzText holds any region of any text against panics and control characters.
func FuzzText(f *testing.F) {
	f.Add("x = '日本'\n\tb\x1b[2J\r\n", 1, 3, 2, 4)
	f.Add("", 0, 0, -1, 9)
	f.Fuzz(func(t *testing.T, source string, startLine, startColumn, endLine, endColumn int) {
		finding := analyzer.Finding{Rule: quietRule, Path: source, Message: source, Remedy: source, Region: analyzer.Region{
			StartLine: startLine, StartColumn: startColumn, EndLine: endLine, EndColumn: endColumn,
		}}
		r := Report{
			Findings: []analyzer.Finding{finding},
			Files:    []analyzer.FileResult{{Path: source, Source: source, Findings: []analyzer.Finding{finding}}},
			Notices:  []analyzer.Notice{{Path: source, Line: startLine, Message: source}},
		}
		for _, format := range Formats() {
			got := write(t, format, r)
			if format != "text" {
				continue
			}
			for _, c := range got {
				if c != '\n' && unicode.IsControl(c) {
					t.Fatalf("%U in the output of %q", c, source)
				}
			}
		}
	})
}

func TestTextNamesTheWorst(t *testing.T) {
	t.Parallel()
	r := newReport(t)
	low := r.Findings[0]
	low.Severity, low.Suppression = analyzer.Low, nil
	r.Findings = nil
	for line := range 11 {
		f := low
		f.Region.StartLine = line + 1
		if line == 7 {
			f.Severity = analyzer.High
		}
		r.Findings = append(r.Findings, f)
	}
	_, summary, _ := strings.Cut(write(t, "text", r), "the worst 10:\n")
	lines := strings.Split(summary, "\n")
	want := []string{"    high   " + low.Path + ":8 " + low.Rule.Name, "    low    " + low.Path + ":1 " + low.Rule.Name}
	if len(lines) < 10 || lines[0] != want[0] || lines[1] != want[1] || strings.Contains(summary, ":11 ") {
		t.Errorf("the worst are\n%s\nwant first\n%s", summary, strings.Join(want, "\n"))
	}
	r.Findings = r.Findings[:10]
	if got := write(t, "text", r); strings.Contains(got, "the worst") {
		t.Errorf("ten findings need no list of the worst ten:\n%s", got)
	}
}

// The findings on one long line take as long each as those on short ones.
func TestLongLineInTime(t *testing.T) {
	t.Parallel()
	const statement = "gunicorn a && "
	r := Report{Files: []analyzer.FileResult{{Path: "run.sh", Source: strings.Repeat(statement, 100_000) + "true\n"}}}
	for i := range 2_000 {
		column := i*50*len(statement) + 1
		r.Findings = append(r.Findings, analyzer.Finding{Rule: quietRule, Path: "run.sh", Region: analyzer.Region{
			StartLine: 1, StartColumn: column, EndLine: 1, EndColumn: column + 8,
		}})
	}
	start := time.Now()
	for _, format := range Formats() {
		write(t, format, r)
	}
	if took := time.Since(start); took > 30*time.Second {
		t.Errorf("2000 findings on one line took %s", took)
	}
}
