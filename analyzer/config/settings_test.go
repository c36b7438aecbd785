package config_test

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/config"
)

func TestKeysAreSorted(t *testing.T) {
	t.Parallel()
	if keys := config.Keys(); !slices.IsSorted(keys) {
		t.Errorf("keys = %q", keys)
	}
}

func TestAllowedWordsAreTaken(t *testing.T) {
	t.Parallel()
	for _, key := range config.Keys() {
		for _, word := range config.Allowed(key) {
			if err := config.NewSettings(nil).Set(key, word); err != nil {
				t.Errorf("%s = %q is allowed: %v", key, word, err)
			}
		}
	}
	if got := config.Allowed("include"); got != nil {
		t.Errorf("allowed globs are %q", got)
	}
}

func TestResolveWithoutLayersGivesDefaults(t *testing.T) {
	t.Parallel()
	want := config.Values{
		Options: analyzer.Options{
			Scope:         analyzer.ScopeNew,
			MinSeverity:   analyzer.Info,
			MinConfidence: analyzer.MediumConfidence,
			FailOn:        new(analyzer.High),
		},
		Format:      "text",
		Name:        "djleak",
		MaxComments: 10,
		CommentFrom: analyzer.Medium,
		Review:      true,
		Check:       true,
		Suggestions: true,
	}
	if diff := cmp.Diff(want, config.Resolve(nil, config.NewSettings(nil))); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestResolveTakesTheFirstLayerThatGivesTheKey(t *testing.T) {
	t.Parallel()
	strong, weak := config.NewSettings(ruleNames), config.NewSettings(ruleNames)
	set(t, weak, "fail-on", "low")
	set(t, weak, "exclude", "old", "older")
	set(t, weak, "ignore", "queryset-len")
	set(t, weak, "preview", "true")
	set(t, weak, "min-severity", "low")
	set(t, strong, "fail-on", "never")
	set(t, strong, "exclude", "new")
	set(t, strong, "exclude", "newer")
	set(t, strong, "ignore")
	set(t, strong, "preview", "false")
	got := config.Resolve(strong, weak)
	if got.FailOn != nil || got.Preview || got.Ignore != nil || got.MinSeverity != analyzer.Low {
		t.Errorf("fail-on = %v, preview = %v, ignore = %q, min-severity = %v", got.FailOn, got.Preview, got.Ignore, got.MinSeverity)
	}
	if diff := cmp.Diff([]string{"new", "newer"}, got.Exclude); diff != "" {
		t.Errorf("exclude (-want +got)\n%s", diff)
	}
}

func TestSetTakesTheLastOfSeveral(t *testing.T) {
	t.Parallel()
	settings := config.NewSettings(nil)
	set(t, settings, "scope", "file")
	set(t, settings, "scope", "added")
	if got := config.Resolve(settings).Scope; got != analyzer.ScopeAdded {
		t.Errorf("scope = %v, want added", got)
	}
}

func TestSetRefuses(t *testing.T) {
	t.Parallel()
	settings := config.NewSettings(ruleNames)
	err := settings.Set("fail-on", "hi")
	if want := `fail-on: "hi" is none of high, medium, low, info, never`; err == nil || err.Error() != want {
		t.Errorf("error = %v, want %s", err, want)
	}
	if settings.Given("fail-on") {
		t.Error("a wrong value is given")
	}
	if err := settings.Set("fale-on", "high"); err == nil {
		t.Error("a wrong key is taken")
	}
}

func TestSetInput(t *testing.T) {
	t.Parallel()
	settings := config.NewSettings(ruleNames)
	for key, text := range map[string]string{
		"include":      "shop/**, {a,b}/*.py\n\n  blog/** ,",
		"exclude":      " \n ",
		"select":       "queryset-len,cached-method",
		"preview":      " true\n",
		"max-comments": "3",
		"fail-on":      "",
		"name":         "two words",
	} {
		if err := settings.SetInput(key, text); err != nil {
			t.Errorf("%s = %q: %v", key, text, err)
		}
	}
	want := config.Defaults()
	want.Include = []string{"shop/**", "{a,b}/*.py", "blog/**"}
	want.Select = []string{"queryset-len", "cached-method"}
	want.Preview = true
	want.MaxComments = 3
	want.Name = "two words"
	if diff := cmp.Diff(want, config.Resolve(settings)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if settings.Given("exclude") || settings.Given("fail-on") {
		t.Error("an empty input is given")
	}
}

func set(t *testing.T, settings *config.Settings, key string, values ...string) {
	t.Helper()
	if err := settings.Set(key, values...); err != nil {
		t.Fatal(err)
	}
}

func TestRules(t *testing.T) {
	t.Parallel()
	all := []*analyzer.Rule{
		{Name: "preview", Status: analyzer.Preview},
		{Name: "other", Status: analyzer.Preview},
		{Name: "stable", Status: analyzer.Stable},
	}
	for _, test := range []struct {
		name   string
		values config.Values
		want   []string
	}{
		{"default", config.Values{}, []string{"stable"}},
		{"preview", config.Values{Options: analyzer.Options{Preview: true}}, []string{"preview", "other", "stable"}},
		{"all", config.Values{Select: []string{"all"}}, []string{"preview", "other", "stable"}},
		{"exactly these", config.Values{Select: []string{"preview", "stable"}, Options: analyzer.Options{Preview: true}}, []string{"preview", "stable"}},
		{"ignored", config.Values{Ignore: []string{"stable"}, Options: analyzer.Options{Preview: true}}, []string{"preview", "other"}},
		{"all but", config.Values{Select: []string{"all"}, Ignore: []string{"other"}}, []string{"preview", "stable"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, rule := range test.values.Rules(all) {
				got = append(got, rule.Name)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestNearest(t *testing.T) {
	t.Parallel()
	names := []string{"cached-method", "diff", "fix", "queryset-last-index", "queryset-len", "queryset-loop", "queryset-truth"}
	for _, test := range []struct {
		word string
		want []string
	}{
		{"queryset-len", []string{"queryset-len"}},
		{"queryset-lne", []string{"queryset-len"}},
		{"Cached_Method", []string{"cached-method"}},
		{"queryset", []string{"queryset-len", "queryset-loop", "queryset-truth"}},
		{"method", []string{"cached-method"}},
		{"zebra", []string{}},
		{"dif", []string{"diff"}},
		{"fx", []string{"fix"}},
		{"fixup", []string{"fix"}},
		{"", []string{}},
	} {
		if diff := cmp.Diff(test.want, config.Nearest(test.word, names)); diff != "" {
			t.Errorf("Nearest(%q) (-want +got)\n%s", test.word, diff)
		}
	}
}

func TestLoad(t *testing.T) {
	t.Parallel()
	const ours, others = "[tool.djleak]\nscope = 'file'\n", "[tool.ruff]\nx = 1\n"
	for _, test := range []struct {
		name     string
		files    map[string]string
		path     string
		shadowed []string
		err      string
	}{
		{name: "none"},
		{name: "another tool's", files: map[string]string{"a/pyproject.toml": others}},
		{name: "another tool's, broken", files: map[string]string{"a/pyproject.toml": "x = \n"}},
		{name: "in the project's file", files: map[string]string{"a/pyproject.toml": ours}, path: "a/pyproject.toml"},
		{name: "an empty table", files: map[string]string{"a/pyproject.toml": "[tool.djleak]\n"}, path: "a/pyproject.toml"},
		{name: "inline", files: map[string]string{"a/pyproject.toml": "tool.djleak = {}\n"}, path: "a/pyproject.toml"},
		{name: "an empty file", files: map[string]string{"a/djleak.toml": ""}, path: "a/djleak.toml"},
		{
			name:     "all three",
			files:    map[string]string{"a/pyproject.toml": ours, "a/.djleak.toml": "", "a/djleak.toml": ""},
			path:     "a/djleak.toml",
			shadowed: []string{"a/.djleak.toml", "a/pyproject.toml"},
		},
		{
			name:     "two",
			files:    map[string]string{"a/pyproject.toml": ours, "a/.djleak.toml": ""},
			path:     "a/.djleak.toml",
			shadowed: []string{"a/pyproject.toml"},
		},
		{
			name:  "wrong",
			files: map[string]string{"a/djleak.toml": "scope = 'x'\n"},
			path:  "a/djleak.toml",
			err:   `a/djleak.toml:1: scope: "x" is none of new, added, file`,
		},
		{
			name:  "ours, broken",
			files: map[string]string{"a/pyproject.toml": "[tool.djleak]\nx = \n"},
			path:  "a/pyproject.toml",
			err:   `a/pyproject.toml:2: not TOML: unexpected character U+000A at start of value`,
		},
		{name: "unreadable", files: map[string]string{"a/djleak.toml": "unreadable"}, err: "read configuration: broken disk"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			source, err := config.Load("a", func(path string) ([]byte, error) {
				text, ok := test.files[path]
				switch {
				case !ok:
					return nil, fmt.Errorf("open %s: %w", path, fs.ErrNotExist)
				case text == "unreadable":
					return nil, errors.New("broken disk")
				}
				return []byte(text), nil
			}, ruleNames)
			message := ""
			if err != nil {
				message = err.Error()
			}
			if source.Path != test.path || message != test.err {
				t.Errorf("path %q, error %q; want %q, %q", source.Path, message, test.path, test.err)
			}
			if diff := cmp.Diff(test.shadowed, source.Shadowed); diff != "" {
				t.Errorf("shadowed (-want +got)\n%s", diff)
			}
		})
	}
}
