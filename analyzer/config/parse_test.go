package config_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/config"
)

var ruleNames = []string{"cached-method", "queryset-len", "queryset-truth"}

func TestParseGivesEveryKey(t *testing.T) {
	t.Parallel()
	const text = `
fail-on = "medium"
min-severity = "low"
min-confidence = "high"
include = ["shop/**", '{a,b}/*.py']
exclude = [
  "old", # a comment
  "older",
]
select = ["all"]
ignore = ["queryset-len"]
preview = true
scope = "added"
format = "sarif"
name = "djleak (shop)"
max-comments = 1_0
comment-from = "high"
review = false
check = false
suggestions = false
resolve = true
dry-run = true
sarif-file = "out/djleak.sarif"
`
	want := config.Values{
		Options: analyzer.Options{
			Scope:         analyzer.ScopeAdded,
			MinSeverity:   analyzer.Low,
			MinConfidence: analyzer.HighConfidence,
			FailOn:        new(analyzer.Medium),
			Preview:       true,
		},
		Include:     []string{"shop/**", "{a,b}/*.py"},
		Exclude:     []string{"old", "older"},
		Select:      []string{"all"},
		Ignore:      []string{"queryset-len"},
		Format:      "sarif",
		Name:        "djleak (shop)",
		MaxComments: 10,
		CommentFrom: analyzer.High,
		Resolve:     true,
		DryRun:      true,
		SARIFFile:   "out/djleak.sarif",
	}
	for name, document := range map[string]string{
		"djleak.toml":      text,
		"conf/strict.toml": text,
		"pyproject.toml":   "[project]\nname = \"shop\"\n[tool.other]\nfail-on = 3\n[tool.djleak]\n" + text + "[tool]\nx = 1\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			settings, err := config.Parse(name, []byte(document), ruleNames)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, config.Resolve(settings)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestParseFindsTheTable(t *testing.T) {
	t.Parallel()
	for _, document := range []string{
		"[tool.djleak]\nfail-on = 'never'\n",
		"[tool]\ndjleak.fail-on = 'never'\n",
		"tool.djleak.fail-on = 'never'\n",
		"[tool]\ndjleak = {fail-on = 'never'}\n",
		"tool = {other.x = 1, djleak = {\"fail-on\" = 'never'}}\n",
		"[ 'tool' . \"djleak\" ] # ours\r\nfail-on = 'never'\r\n",
		"[[tool.other]]\n[tool.djleak]\nfail-on = 'never'\n[tool.zebra]\nfail-on = 1\n",
	} {
		settings, err := config.Parse("pyproject.toml", []byte(document), ruleNames)
		if err != nil || config.Resolve(settings).FailOn != nil {
			t.Errorf("Parse(%q): fail-on = %v, error %v; want never", document, config.Resolve(settings).FailOn, err)
		}
	}
}

// TestParseErrors compares whole texts: they are what a user sees.
func TestParseErrors(t *testing.T) {
	t.Parallel()
	const keys = "baseline, bounded-managers, cache-decorators, check, comment-from, dry-run, exclude, fail-on, format, ignore, include, " +
		"long-running, max-comments, min-confidence, min-severity, name, per-file-ignores, preview, resolve, review, sarif-file, " +
		"scope, select, settings-files, severity, suggestions"
	for _, test := range []struct {
		name, path, text string
		want             []string
	}{
		{
			name: "wrong word", path: "pyproject.toml",
			text: "[tool.djleak]\n\nfail-on = \"hi\"\n",
			want: []string{`pyproject.toml:3: tool.djleak.fail-on: "hi" is none of high, medium, low, info, never`},
		},
		{
			name: "every wrong word", path: "djleak.toml",
			text: "fail-on='x'\nmin-severity='never'\nmin-confidence='info'\nscope='old'\nformat='xml'\ncomment-from='never'\n",
			want: []string{
				`djleak.toml:1: fail-on: "x" is none of high, medium, low, info, never`,
				`djleak.toml:2: min-severity: "never" is none of high, medium, low, info`,
				`djleak.toml:3: min-confidence: "info" is none of high, medium, low`,
				`djleak.toml:4: scope: "old" is none of new, added, file`,
				`djleak.toml:5: format: "xml" is none of text, json, sarif, rdjson, github, markdown`,
				`djleak.toml:6: comment-from: "never" is none of high, medium, low, info`,
			},
		},
		{
			name: "wrong key", path: "pyproject.toml",
			text: "[tool.djleak]\nfail_on = \"high\"\n",
			want: []string{"pyproject.toml:2: tool.djleak.fail_on: no such key; did you mean fail-on? The keys are " + keys},
		},
		{
			name: "far off", path: ".djleak.toml",
			text: "verbosity = 3\n",
			want: []string{".djleak.toml:1: verbosity: no such key. The keys are " + keys},
		},
		{
			name: "table below", path: "pyproject.toml",
			text: "[tool.djleak.rules]\nx = 1\n",
			want: []string{"pyproject.toml:1: tool.djleak.rules: no such key. The keys are " + keys},
		},
		{
			name: "table for a value", path: "pyproject.toml",
			text: "[tool.djleak.select]\nx = 1\n",
			want: []string{"pyproject.toml:1: tool.djleak.select: write one value, not a table"},
		},
		{
			name: "dotted key", path: "pyproject.toml",
			text: "[tool.djleak]\nselect.x = 1\n",
			want: []string{"pyproject.toml:2: tool.djleak.select.x: no such key; did you mean select? The keys are " + keys},
		},
		{
			name: "table where keys stand at the top", path: "djleak.toml",
			text: "[tool.djleak]\nfail-on = 'high'\n",
			want: []string{"djleak.toml:1: tool.djleak: here the keys stand at the top, without [tool.djleak]"},
		},
		{
			name: "array of tables", path: "pyproject.toml",
			text: "[[tool.djleak]]\nfail-on = 'high'\n",
			want: []string{"pyproject.toml:1: tool.djleak: write the table once, as [tool.djleak]"},
		},
		{
			name: "no table", path: "pyproject.toml",
			text: "[tool]\ndjleak = 'high'\n",
			want: []string{"pyproject.toml:2: tool.djleak: write a table, as [tool.djleak]"},
		},
		{
			name: "wrong types", path: "djleak.toml",
			text: "fail-on = 3\npreview = 'true'\nmax-comments = '3'\nscope = ['new']\nname = {a = 1}\nselect = 'all'\nreview = 1\n" +
				"exclude = ['a',\n 1,\n ['b']]\n",
			want: []string{
				`djleak.toml:1: fail-on: write one of "high", "medium", "low", "info", "never", not 3`,
				`djleak.toml:2: preview: write true or false, not "true"`,
				`djleak.toml:3: max-comments: write a whole number, not "3"`,
				`djleak.toml:4: scope: write one of "new", "added", "file", not a list`,
				`djleak.toml:5: name: write a string, not a table`,
				`djleak.toml:6: select: write a list of strings, as ["..."]`,
				`djleak.toml:7: review: "1" is none of true, false`,
				`djleak.toml:9: exclude: write a string, not 1`,
				`djleak.toml:8: exclude: write a string, not a list`,
			},
		},
		{
			name: "numbers", path: "djleak.toml",
			text: "max-comments = -1\n",
			want: []string{`djleak.toml:1: max-comments: -1 is not a whole number of 0 or more`},
		},
		{
			name: "fractions", path: "djleak.toml",
			text: "max-comments = 1.5\n",
			want: []string{`djleak.toml:1: max-comments: 1.5 is not a whole number of 0 or more`},
		},
		{
			name: "globs", path: "djleak.toml",
			text: "include = ['ok', '[a']\nexclude = ['']\n",
			want: []string{
				`djleak.toml:1: include: "[a" is not a glob; write one such as "shop/**/*.py"`,
				`djleak.toml:2: exclude: "" is not a glob; write one such as "shop/**/*.py"`,
			},
		},
		{
			name: "rules", path: "djleak.toml",
			text: "select = [\n  'queryset-len',\n  'cached-metod',\n]\nignore = ['queryset', 'zebra', 'all']\n",
			want: []string{
				`djleak.toml:3: select: "cached-metod" is no rule; did you mean cached-method?`,
				`djleak.toml:5: ignore: "queryset" is no rule; did you mean queryset-len or queryset-truth?`,
				`djleak.toml:5: ignore: "zebra" is no rule; "djleak rules" lists them`,
				`djleak.toml:5: ignore: "all" is no rule; "djleak rules" lists them`,
			},
		},
		{
			name: "names", path: "djleak.toml",
			text: "name = \"a-->b\"\n",
			want: []string{`djleak.toml:1: name: "a-->b" is not a name: up to 100 printable characters without < and >`},
		},
		{
			name: "files elsewhere", path: "djleak.toml",
			text: "sarif-file = '../x.sarif'\n",
			want: []string{`djleak.toml:1: sarif-file: "../x.sarif" leads out of the folder; name a file below it`},
		},
		{
			name: "files at the root", path: "djleak.toml",
			text: "sarif-file = '/etc/passwd'\n",
			want: []string{`djleak.toml:1: sarif-file: "/etc/passwd" leads out of the folder; name a file below it`},
		},
		{
			name: "no file", path: "djleak.toml",
			text: "sarif-file = ''\n",
			want: []string{`djleak.toml:1: sarif-file: "" is not the name of a file`},
		},
		{
			name: "given twice", path: "pyproject.toml",
			text: "[tool.djleak]\nscope = 'new'\nscope = 'file'\n",
			want: []string{"pyproject.toml:3: not TOML: key scope is already defined"},
		},
		{
			name: "no TOML", path: "djleak.toml",
			text: "fail-on = high\n",
			want: []string{"djleak.toml:1: not TOML: unexpected character U+0068 'h' at start of value"},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, err := config.Parse(test.path, []byte(test.text), ruleNames)
			var got []string
			if err != nil {
				got = strings.Split(err.Error(), "\n")
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestErrorTellsItsPlace(t *testing.T) {
	t.Parallel()
	settings, err := config.Parse("djleak.toml", []byte("preview = true\nselect = [\n  'queryset-len', 'x' ]\nfail-on = 'low'\n"), ruleNames)
	wrong, ok := errors.AsType[*config.Error](err)
	if !ok {
		t.Fatalf("the error is %v", err)
	}
	want := &config.Error{
		Path: "djleak.toml", Line: 3, Column: 19, Key: "select", Msg: `"x" is no rule; "djleak rules" lists them`,
		Allowed: []string{"all", "cached-method", "queryset-len", "queryset-truth"},
	}
	if diff := cmp.Diff(want, wrong); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	// What is right counts all the same.
	values := config.Resolve(settings)
	if !values.Preview || *values.FailOn != analyzer.Low {
		t.Errorf("preview = %v, fail-on = %v, want true and low", values.Preview, values.FailOn)
	}
}

func FuzzParse(f *testing.F) {
	f.Add("[tool.djleak]\nfail-on = 'never'\n")
	f.Add("[tool]\ndjleak = {select = ['all', 3, {a = 1}], x.y = 1979-05-27}\n")
	f.Add("[[tool.djleak]]\n[[tool.djleak]]\n")
	f.Fuzz(func(t *testing.T, text string) {
		for _, name := range []string{"pyproject.toml", "djleak.toml"} {
			_, err := config.Parse(name, []byte(text), ruleNames)
			var wrong config.Errors
			if err != nil && !errors.As(err, &wrong) {
				t.Fatalf("the error is %#v", err)
			}
			for _, err := range wrong {
				if err.Line < 1 || err.Line > strings.Count(text, "\n")+1 || err.Column < 1 || strings.Contains(err.Error(), "\n") {
					t.Errorf("%s: %#v", text, err)
				}
			}
		}
	})
}
