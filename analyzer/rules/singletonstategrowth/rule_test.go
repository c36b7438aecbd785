package singletonstategrowth_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

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
