package inmemorychannellayer_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/project"
	"github.com/djleak/djleak/analyzer/rules/inmemorychannellayer"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, inmemorychannellayer.Rule)
}

func TestRoles(t *testing.T) {
	t.Parallel()
	const code = "CHANNEL_LAYERS = {'default': {'BACKEND': 'channels.layers.InMemoryChannelLayer'}}\n"
	for path, want := range map[string]string{
		"shop/settings.py":            "high",
		"shop/settings/production.py": "high",
		"shop/settings/base.py":       "low",
		"shop/settings/dev.py":        "",
		"shop/settings/test.py":       "",
		"example/settings.py":         "",
	} {
		a := &analyzer.Analyzer{Rules: []*analyzer.Rule{inmemorychannellayer.Rule}}
		result := a.Tree(t.Context(), []string{path}, func(string) ([]byte, error) { return []byte(code), nil })
		got := ""
		for _, f := range result.Files[0].Findings {
			got = f.Confidence.String()
		}
		if got != want {
			t.Errorf("confidence = %q, want %q in %s", got, want, path)
		}
	}
}

// TestUse holds that a layer of a single process, and one that nobody uses, are told of in preview.
func TestUse(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		facts   *project.Facts
		preview bool
	}{
		{nil, false},
		{&project.Facts{}, false},
		{&project.Facts{Alone: true}, true},
		{&project.Facts{LayerIdle: true}, true},
	} {
		a := &analyzer.Analyzer{Rules: []*analyzer.Rule{inmemorychannellayer.Rule}, Project: test.facts}
		code := "CHANNEL_LAYERS = {'default': {'BACKEND': 'channels.layers.InMemoryChannelLayer'}}\n"
		result := a.Tree(t.Context(), []string{"shop/settings.py"}, func(string) ([]byte, error) { return []byte(code), nil })
		if got := result.Files[0].Findings[0].Preview; got != test.preview {
			t.Errorf("Preview is %v with %+v", got, test.facts)
		}
	}
}
