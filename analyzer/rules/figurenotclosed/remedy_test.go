package figurenotclosed_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/rules/figurenotclosed"
)

// TestRemedy holds that a remedy has the figure's name, pyplot's, and the arguments of what draws it.
func TestRemedy(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ code, want string }{
		{
			"import matplotlib.pyplot as plt\ndef view(request, out):\n    chart, axes = plt.subplots()\n    chart.savefig(out, format='svg')\n",
			"try:\n    chart.savefig(out, format='svg')\nfinally:\n    plt.close(chart)\n",
		},
		{
			"from matplotlib import pyplot\ndef view(request, out):\n    pyplot.figure()\n    pyplot.savefig(out)\n",
			"try:\n    pyplot.savefig(out)\nfinally:\n    pyplot.close()\n",
		},
		{
			"import matplotlib.pyplot as plt\ndef view(request):\n    fig = plt.figure()\n    show(fig)\n",
			"try:\n    ...\nfinally:\n    plt.close(fig)\n",
		},
	} {
		a := &analyzer.Analyzer{Rules: []*analyzer.Rule{figurenotclosed.Rule}}
		result := a.Tree(t.Context(), []string{"shop/views.py"}, func(string) ([]byte, error) { return []byte(test.code), nil })
		if len(result.Files[0].Findings) != 1 {
			t.Fatalf("%d findings, want one\n%s", len(result.Files[0].Findings), test.code)
		}
		if diff := cmp.Diff(test.want, result.Files[0].Findings[0].Remedy); diff != "" {
			t.Errorf("remedy (-want +got):\n%s", diff)
		}
	}
}
