package django_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestMiddlewareAt(t *testing.T) {
	t.Parallel()
	const init = "    def __init__(self, get_response): pass\n"
	for _, test := range []struct {
		code string
		want []string
	}{
		{"class A:\n" + init + "    def __call__(self, request): here()", []string{"A"}},
		{"class A:\n" + init + "    def __call__(self, request):\n        def f(): here()", []string{"A"}},
		{"from django.utils.deprecation import MiddlewareMixin\nclass A(MiddlewareMixin):\n    def process_request(self, request): here()", []string{"A"}},
		{"class A:\n" + init + "    def __call__(self, request): here()\nclass B(A): pass\nclass C(B): pass", []string{"A", "B", "C"}},
		{"class A:\n" + init + "    def __call__(self, request): pass\nclass B(A):\n    def process_view(self, request): here()", []string{"B"}},
		{"def f(get_response):\n    def g(request): here()\n    return g", []string{"f"}},
		{"class BaseMiddleware:\n" + init + "    def __call__(self, request): here()", nil},
		{"class A:\n    def __call__(self, request): here()", nil},
		{"class AMiddleware:\n    def process_request(self, request, spider): here()", nil},
		{"import dramatiq\nclass A(dramatiq.Middleware):\n    def before_process_message(self, broker, message): here()", nil},
		{"def f(request): here()", nil},
		{"here()", nil},
	} {
		f := view(t, "shop/middleware.py", test.code)
		if diff := cmp.Diff(test.want, f.MiddlewareAt(int32(strings.Index(test.code, "here")))); diff != "" {
			t.Errorf("MiddlewareAt in %s (-want +got):\n%s", test.code, diff)
		}
	}
}
