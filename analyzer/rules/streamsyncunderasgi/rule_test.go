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
	for strength, want := range map[project.Strength]int{project.Absent: 0, project.Weak: 0, project.Likely: 1, project.Certain: 1} {
		a := &analyzer.Analyzer{
			Rules:   []*analyzer.Rule{streamsyncunderasgi.Rule},
			Project: &project.Facts{ASGI: project.Evidence{Strength: strength, Where: "Procfile:1"}},
		}
		result := a.Tree(t.Context(), []string{"shop/views.py"}, func(string) ([]byte, error) { return []byte(code), nil })
		if got := len(result.Files[0].Findings); got != want {
			t.Errorf("%d findings with evidence %d, want %d", got, strength, want)
		}
	}
}
