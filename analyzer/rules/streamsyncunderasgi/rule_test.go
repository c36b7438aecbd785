package streamsyncunderasgi_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/project"
	"github.com/djleak/djleak/analyzer/rules/streamsyncunderasgi"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, streamsyncunderasgi.Rule)
}

func TestEvidence(t *testing.T) {
	t.Parallel()
	const code = "from django.http import StreamingHttpResponse\ndef f(request):\n    return StreamingHttpResponse(x for x in request)\n"
	for _, test := range []struct {
		strength project.Strength
		wsgi     bool
		want     string
	}{
		{project.Absent, false, ""},
		{project.Weak, false, ""},
		{project.Likely, false, "low"},
		{project.Certain, true, "low"},
		{project.Certain, false, "medium"},
	} {
		a := &analyzer.Analyzer{
			Rules:   []*analyzer.Rule{streamsyncunderasgi.Rule},
			Project: &project.Facts{ASGI: project.Evidence{Strength: test.strength, Where: "Procfile:1"}, WSGI: test.wsgi},
		}
		result := a.Tree(t.Context(), []string{"shop/views.py"}, func(string) ([]byte, error) { return []byte(code), nil })
		got := ""
		for _, f := range result.Files[0].Findings {
			got += f.Confidence.String()
		}
		if got != test.want {
			t.Errorf("confidence = %q with evidence %d, want %q", got, test.strength, test.want)
		}
	}
}
