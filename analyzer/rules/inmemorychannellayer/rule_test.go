package inmemorychannellayer_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer"
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
