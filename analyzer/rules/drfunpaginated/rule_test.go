package drfunpaginated_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/rules/drfunpaginated"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, drfunpaginated.Rule)
}

func TestSettings(t *testing.T) {
	t.Parallel()
	const page = `"DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.PageNumberPagination"`
	for _, test := range []struct {
		path, code string
		want       []string
	}{
		{"shop/settings.py", "REST_FRAMEWORK = {" + page + "}\n", []string{"medium/high"}},
		{"shop/settings.py", "REST_FRAMEWORK = {" + page + ", 'PAGE_SIZE': None}\n", []string{"medium/high"}},
		{"shop/settings.py", "REST_FRAMEWORK = {" + page + ", 'PAGE_SIZE': 50}\n", nil},
		{"shop/settings.py", "REST_FRAMEWORK = {" + page + "}\nREST_FRAMEWORK['PAGE_SIZE'] = 50\n", nil},
		{"shop/settings/base.py", "REST_FRAMEWORK = {" + page + "}\n", []string{"medium/medium"}},
		{"shop/settings/dev.py", "REST_FRAMEWORK = {" + page + "}\n", nil},
		{"shop/settings.py", "REST_FRAMEWORK = {'DEFAULT_PAGINATION_CLASS': 'shop.Pages'}\n", nil},
		{"shop/settings.py", "REST_FRAMEWORK = {}\n", []string{"low/low"}},
		{"shop/settings.py", "REST_FRAMEWORK = {**BASE}\n", nil},
	} {
		a := &analyzer.Analyzer{Rules: []*analyzer.Rule{drfunpaginated.Rule}}
		result := a.Tree(t.Context(), []string{test.path}, func(string) ([]byte, error) { return []byte(test.code), nil })
		var got []string
		for _, f := range result.Files[0].Findings {
			got = append(got, f.Severity.String()+"/"+f.Confidence.String())
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s\n%s", test.path, diff, test.code)
		}
	}
}
