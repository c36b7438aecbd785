package querysetnoeffect_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/rules/querysetnoeffect"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, querysetnoeffect.Rule)
}

// TestTornOff holds that what stands behind half a statement is not called one without an effect.
func TestTornOff(t *testing.T) {
	t.Parallel()
	a := &analyzer.Analyzer{Rules: []*analyzer.Rule{querysetnoeffect.Rule}}
	const head = "from shop.models import Order\n\ndef view(request):\n    "
	for code, want := range map[string]int{
		"orders =\n    Order.objects.filter(open=True)\n":                  0,
		"orders =\n        Order.objects.filter(open=True)\n":              0,
		"orders =\n    request.GET\n    Order.objects.filter(open=True)\n": 1,
		"request.GET\n    Order.objects.filter(open=True)\n":               1,
	} {
		read := func(string) ([]byte, error) { return []byte(head + code), nil }
		file := a.Tree(t.Context(), []string{"shop/views.py"}, read).Files[0]
		if len(file.Findings) != want {
			t.Errorf("%d findings, want %d, in\n%s", len(file.Findings), want, head+code)
		}
	}
}
