package persistentconnectionsunderasgi_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/project"
	"github.com/djleak/djleak/analyzer/rules/persistentconnectionsunderasgi"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, persistentconnectionsunderasgi.Rule)
}

func TestBesideWSGI(t *testing.T) {
	t.Parallel()
	a := &analyzer.Analyzer{
		Rules:   []*analyzer.Rule{persistentconnectionsunderasgi.Rule},
		Project: &project.Facts{ASGI: project.Evidence{Strength: project.Certain, Where: "Procfile:1"}, WSGI: true},
	}
	result := a.Tree(t.Context(), []string{"shop/settings.py"}, func(string) ([]byte, error) {
		return []byte("DATABASES = {'default': {'ENGINE': 'x', 'CONN_MAX_AGE': 600}}\n"), nil
	})
	if found := result.Files[0].Findings; len(found) != 1 || found[0].Confidence != analyzer.LowConfidence {
		t.Errorf("found %v, want one finding of low confidence", found)
	}
}

// TestDoubt holds that a dependency on an ASGI server that nobody may use is enough for a preview alone.
func TestDoubt(t *testing.T) {
	t.Parallel()
	for _, doubted := range []bool{false, true} {
		a := &analyzer.Analyzer{
			Rules:   []*analyzer.Rule{persistentconnectionsunderasgi.Rule},
			Project: &project.Facts{ASGI: project.Evidence{Strength: project.Likely, Where: "requirements.txt:1"}, MayBeWSGI: doubted},
		}
		result := a.Tree(t.Context(), []string{"shop/settings.py"}, func(string) ([]byte, error) {
			return []byte("DATABASES = {'default': {'ENGINE': 'x', 'CONN_MAX_AGE': 600}}\n"), nil
		})
		if found := result.Files[0].Findings; len(found) != 1 || found[0].Preview != doubted {
			t.Errorf("found %v, want one finding, in preview: %t", found, doubted)
		}
	}
}

// TestEnvironment holds that a default counts little where production's environment, or an example of it, sets the variable to 0.
func TestEnvironment(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		off  []string
		want analyzer.Confidence
	}{
		{nil, analyzer.HighConfidence},
		{[]string{"OTHER_MAX_AGE"}, analyzer.HighConfidence},
		{[]string{"DB_CONN_MAX_AGE"}, analyzer.LowConfidence},
	} {
		a := &analyzer.Analyzer{
			Rules: []*analyzer.Rule{persistentconnectionsunderasgi.Rule},
			Project: &project.Facts{
				ASGI: project.Evidence{Strength: project.Certain, Where: "Procfile:1"}, SwitchedOff: test.off,
			},
		}
		result := a.Tree(t.Context(), []string{"shop/settings.py"}, func(string) ([]byte, error) {
			return []byte("from decouple import config\nDATABASES = {'default': {'ENGINE': 'x', 'CONN_MAX_AGE': config('DB_CONN_MAX_AGE', default=60, cast=int)}}\n"), nil
		})
		if found := result.Files[0].Findings; len(found) != 1 || found[0].Confidence != test.want {
			t.Errorf("switched off %v: found %v, want one finding of confidence %s", test.off, found, test.want)
		}
	}
}

func TestEvidence(t *testing.T) {
	t.Parallel()
	const python = "DATABASES = {'default': {'ENGINE': 'x', 'CONN_MAX_AGE': 600}}\n"
	for _, test := range []struct {
		path, text string
		strength   project.Strength
		want       []string
	}{
		{"shop/settings.py", python, project.Certain, []string{"high/high"}},
		{"shop/settings.py", python, project.Likely, []string{"medium/medium"}},
		{"shop/settings.py", python, project.Weak, nil},
		{"shop/settings.py", python, project.Absent, nil},
		{"shop/settings/base.py", python, project.Certain, []string{"medium/medium"}},
		{"shop/settings/dev.py", python, project.Certain, nil},
		{"shop/settings.py", "DATABASES = {'audit': {'ENGINE': 'x', 'CONN_MAX_AGE': 600}}\n", project.Certain, []string{"medium/medium"}},
		{".env.production", "DB_CONN_MAX_AGE=600\n", project.Certain, []string{"high/high"}},
		{".env.production", "DB_CONN_MAX_AGE=0\n", project.Certain, nil},
		{".env.production", "DB_CONN_MAX_AGE=\n", project.Certain, nil},
		{"values.yaml", "env:\n  CONN_MAX_AGE: 60\n", project.Certain, []string{"medium/medium"}},
		{"settings.toml", "[default]\nDATABASES = {default = {ENGINE = 'x', CONN_MAX_AGE = 60}}\n", project.Certain, []string{"medium/medium"}},
	} {
		a := &analyzer.Analyzer{
			Rules:   []*analyzer.Rule{persistentconnectionsunderasgi.Rule},
			Project: &project.Facts{ASGI: project.Evidence{Strength: test.strength, Where: "Procfile:1"}},
		}
		result := a.Tree(t.Context(), []string{test.path}, func(string) ([]byte, error) { return []byte(test.text), nil })
		var got []string
		for _, f := range result.Files[0].Findings {
			got = append(got, f.Severity.String()+"/"+f.Confidence.String())
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s, evidence %d (-want +got):\n%s", test.path, test.strength, diff)
		}
	}
}
