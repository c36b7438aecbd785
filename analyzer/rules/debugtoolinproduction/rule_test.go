package debugtoolinproduction_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/rules/debugtoolinproduction"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, debugtoolinproduction.Rule)
}

func TestToolbar(t *testing.T) {
	t.Parallel()
	const (
		apps       = "INSTALLED_APPS = ['debug_toolbar']\n"
		middleware = "MIDDLEWARE = ['debug_toolbar.middleware.DebugToolbarMiddleware']\n"
	)
	for _, test := range []struct {
		path, code string
		want       []string
	}{
		{"shop/settings.py", apps + middleware, []string{"low/low"}},
		{"shop/settings.py", "DEBUG = True\n" + apps + middleware, []string{"medium/high"}},
		{"shop/settings.py", "DEBUG = False\n" + apps + middleware, []string{"low/low"}},
		{"shop/settings.py", "import os\nDEBUG = os.getenv('DEBUG') == '1'\n" + apps + middleware, []string{"low/low"}},
		{"shop/settings.py", "import os\nDEBUG = os.getenv('DEBUG', '0') == '1'\n" + apps + middleware, []string{"low/low"}},
		{"shop/settings.py", apps, []string{"low/low"}},
		{"shop/settings/__init__.py", "INSTALLED_APPS = ['silk']", []string{"medium/low"}},
		{"shop/settings.py", apps + "MIDDLEWARE = []\nif DEBUG:\n    MIDDLEWARE += ['debug_toolbar.middleware.DebugToolbarMiddleware']\n", nil},
		{"shop/settings.py", middleware + "DEBUG_TOOLBAR_CONFIG = {'SHOW_TOOLBAR_CALLBACK': lambda r: True}\n", []string{"medium/medium"}},
		{"shop/settings.py", middleware + "DEBUG_TOOLBAR_CONFIG = {'SHOW_TOOLBAR_CALLBACK': lambda r: DEBUG}\n", nil},
		{"shop/settings.py", middleware + "DEBUG_TOOLBAR_CONFIG = {'SHOW_TOOLBAR_CALLBACK': 'debug_toolbar.middleware.show_toolbar_with_docker'}\n", []string{"low/low"}},
		{"shop/settings.py", middleware + "DEBUG_TOOLBAR_CONFIG = {'SHOW_TOOLBAR_CALLBACK': 'shop.settings.shown'}\n\ndef shown(request):\n    return DEBUG\n", nil},
		{"shop/settings.py", middleware + "DEBUG_TOOLBAR_CONFIG = {'SHOW_TOOLBAR_CALLBACK': 'shop.settings.shown'}\n\ndef shown(request):\n    return True\n", []string{"medium/medium"}},
		{"shop/settings.py", middleware + "DEBUG_TOOLBAR_CONFIG = {'SHOW_TOOLBAR_CALLBACK': 'shop.toolbar.shown'}\n", []string{"medium/low"}},
		{"shop/settings.py", middleware + "def shown(request):\n    who = request.user\n\n    return IS_DEV and who.is_staff\n\nDEBUG_TOOLBAR_CONFIG = {'SHOW_TOOLBAR_CALLBACK': shown}\n", nil},
		{"shop/settings.py", middleware + "def shown(request):\n    return request.user.is_staff\n\nDEBUG_TOOLBAR_CONFIG = {'SHOW_TOOLBAR_CALLBACK': shown}\n", []string{"medium/medium"}},
		{"shop/settings.py", middleware + "from shop.toolbar import shown\nDEBUG_TOOLBAR_CONFIG = {'SHOW_TOOLBAR_CALLBACK': shown}\n", []string{"medium/low"}},
		{"shop/settings/base.py", "DEBUG = True\n" + apps + middleware, []string{"medium/low"}},
		{"shop/settings/dev.py", "DEBUG = True\n" + apps + middleware, nil},
		{"shop/local_settings.py", apps + middleware, nil},
	} {
		a := &analyzer.Analyzer{Rules: []*analyzer.Rule{debugtoolinproduction.Rule}}
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
