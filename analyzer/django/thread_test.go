package django_test

import "testing"

func TestThreadTarget(t *testing.T) {
	t.Parallel()
	for call, want := range map[string]string{
		"threading.Thread(target=work)":                        "work",
		"threading.Thread(None, work)":                         "work",
		"threading.Timer(5, work)":                             "work",
		"threading.Timer(interval=5, function=work)":           "work",
		"threading.Thread(target=functools.partial(work, 1))":  "work",
		"threading.Thread(target=self.method)":                 "A.method",
		"threading.Thread(target=inner)":                       "A.f.inner",
		"threading.Thread(target=unknown)":                     "",
		"threading.Thread(*args, work)":                        "",
		"threading.Event(target=work)":                         "",
		"threading.Thread(target=self.server.serve_forever)":   "",
		"threading.Thread(target=A.method, args=(object(), ))": "A.method",
	} {
		f := view(t, "shop/app.py", "import functools, threading\ndef work(): pass\nclass A:\n    def method(self): pass\n"+
			"    def f(self):\n        def inner(): pass\n        "+call)
		got := ""
		for _, c := range f.Calls {
			if fn := f.ThreadTarget(c); fn != nil {
				got = fn.QualifiedName
			}
		}
		if got != want {
			t.Errorf("ThreadTarget of %s = %q, want %q", call, got, want)
		}
	}
}
