package responsefilebuffered_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/rules/responsefilebuffered"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, responsefilebuffered.Rule)
}

// TestConfidence holds that what a program makes itself, of a few pages, is not reported by default.
func TestConfidence(t *testing.T) {
	t.Parallel()
	for content, want := range map[string]string{
		"row.archive.read()":                   "high",
		"row.pdf.read()":                       "low",
		"row.invoice_file.read()":              "low",
		"row.avatar.read()":                    "low",
		"other.document.read()":                "medium",
		"open(path, 'rb').read()":              "high",
		"open('robots.txt').read()":            "",
		"open(path).read(), status=404":        "",
		"open(path).read(), status=201":        "high",
		"open(path).read(), status=get_code()": "high",
	} {
		code := "from django.http import HttpResponse\n\ndef view(request, pk, path, other):\n    row = Order.objects.get(pk=pk)\n    return HttpResponse(" + content + ")\n"
		a := &analyzer.Analyzer{Rules: []*analyzer.Rule{responsefilebuffered.Rule}}
		result := a.Tree(t.Context(), []string{"shop/views.py"}, func(string) ([]byte, error) { return []byte(code), nil })
		got := ""
		for _, f := range result.Files[0].Findings {
			got += f.Confidence.String()
		}
		if got != want {
			t.Errorf("confidence of %s = %q, want %q", content, got, want)
		}
	}
}
