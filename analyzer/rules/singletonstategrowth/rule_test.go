package singletonstategrowth_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/rules/singletonstategrowth"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, singletonstategrowth.Rule)
}

// TestRouter holds that what a database router keeps by a key is told of in preview, and what it adds with each call is not.
func TestRouter(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ empty, keeps, want string }{
		{"[]", "self.chosen.append((model, hints))", "medium/medium"},
		{"{}", "self.chosen[tenant.id] = tenant.database", "medium/medium/preview"},
	} {
		code := "class Router:\n    def __init__(self):\n        self.chosen = " + test.empty + "\n\n    def db_for_read(self, model, **hints):\n        tenant = hints['tenant']\n        " + test.keeps + "\n"
		if diff := cmp.Diff([]string{test.want}, ruletest.Levels(t, singletonstategrowth.Rule, code)); diff != "" {
			t.Errorf("levels (-want +got):\n%s\n%s", diff, test.keeps)
		}
	}
}

// TestHandler holds that what a logging handler keeps is told of in preview: it may go when its work is done.
func TestHandler(t *testing.T) {
	t.Parallel()
	const code = "import logging\n\nclass Collector(logging.Handler):\n    records = []\n\n    def emit(self, record):\n        self.records.append(self.format(record))\n"
	if diff := cmp.Diff([]string{"medium/medium/preview"}, ruletest.Levels(t, singletonstategrowth.Rule, code)); diff != "" {
		t.Errorf("levels (-want +got):\n%s", diff)
	}
}

// TestOption holds that what a method adds to an option of the admin class goes into a list of the request's own.
func TestOption(t *testing.T) {
	t.Parallel()
	for adds, want := range map[string]string{
		"self.readonly_fields.append('number')":            "return [*self.readonly_fields, 'number']\n",
		"self.readonly_fields.extend(names(request, obj))": "return [*self.readonly_fields, *names(request, obj)]\n",
		"self.readonly_fields += ['number']":               "return [*self.readonly_fields, *(['number'])]\n",
		"self.seen.append(request.user)":                   "from collections import deque\n\nseen = deque(maxlen=1000)\n",
	} {
		code := "from django.contrib import admin\n\nclass OrderAdmin(admin.ModelAdmin):\n    readonly_fields = ['total']\n    seen = []\n\n" +
			"    def get_readonly_fields(self, request, obj=None):\n        " + adds + "\n        return self.readonly_fields\n"
		a := &analyzer.Analyzer{Rules: []*analyzer.Rule{singletonstategrowth.Rule}}
		result := a.Tree(t.Context(), []string{"shop/admin.py"}, func(string) ([]byte, error) { return []byte(code), nil })
		if found := result.Files[0].Findings; len(found) != 1 || found[0].Remedy != want {
			t.Errorf("%s: %v, want one finding with the remedy %q", adds, found, want)
		}
	}
}
