package threadlocalnotcleared_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/rules/threadlocalnotcleared"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, threadlocalnotcleared.Rule)
}

// TestRemedy holds that the remedy takes out all that is put in, where the middleware answers.
func TestRemedy(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, code, want string }{
		{
			"called",
			"class A:\n    def __call__(self, request):\n        _here.user = request.user\n        _here.request = request\n        return self.get_response(request)\n",
			"_here.user = request.user\n_here.request = request\ntry:\n    return self.get_response(request)\nfinally:\n    del _here.user, _here.request\n",
		},
		{
			"a function",
			"def a(get_response):\n    def middleware(request):\n        setattr(_here, 'request', request)\n        return get_response(request)\n    return middleware\n",
			"_here.request = request\ntry:\n    return get_response(request)\nfinally:\n    del _here.request\n",
		},
		{
			"before the response",
			"class A(MiddlewareMixin):\n    def process_request(self, request):\n        _here.request = request\n",
			"def process_response(self, request, response):\n    del _here.request\n    return response\n",
		},
		{
			"called by its own method",
			"class A:\n    def __call__(self, request):\n        self.process_request(request)\n        return self.get_response(request)\n\n" +
				"    def process_request(self, request):\n        _here.request = request\n",
			"self.process_request(request)\ntry:\n    return self.get_response(request)\nfinally:\n    del _here.request\n",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			code := "from threading import local\nfrom django.utils.deprecation import MiddlewareMixin\n\n_here = local()\n\n" + test.code
			a := &analyzer.Analyzer{Rules: []*analyzer.Rule{threadlocalnotcleared.Rule}}
			result := a.Tree(t.Context(), []string{"shop/middleware.py"}, func(string) ([]byte, error) { return []byte(code), nil })
			findings := result.Files[0].Findings
			if len(findings) == 0 {
				t.Fatal("nothing is found")
			}
			if diff := cmp.Diff(test.want, findings[0].Remedy); diff != "" {
				t.Errorf("the remedy (-want +got):\n%s", diff)
			}
		})
	}
}
