package cacheneverexpires_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/rules/cacheneverexpires"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, cacheneverexpires.Rule)
}

func TestDeleted(t *testing.T) {
	t.Parallel()
	const code = "from django.core.cache import cache\n\ndef f(user):\n    cache.set(f\"a:{user.pk}\", 1, None)\n"
	for more, want := range map[string]int{
		"":                                       1,
		"    cache.delete(f\"a:{user.pk}\")\n":   0,
		"    other.delete(f\"a:{user.pk}\")\n":   1,
		"    cache.delete_many([user.pk])\n":     0,
		"    cache.get(f\"a:{user.pk}\")\n":      1,
		"    cache.touch(f\"a:{user.pk}\", 9)\n": 1,
	} {
		a := &analyzer.Analyzer{Rules: []*analyzer.Rule{cacheneverexpires.Rule}}
		result := a.Tree(t.Context(), []string{"shop/a.py"}, func(string) ([]byte, error) { return []byte(code + more), nil })
		if got := len(result.Files[0].Findings); got != want {
			t.Errorf("%d findings beside %q, want %d", got, more, want)
		}
	}
}
