package debugenabled_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/rules/debugenabled"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, debugenabled.Rule)
}

func TestRoles(t *testing.T) {
	t.Parallel()
	const none = ""
	for _, test := range []struct{ path, code, want string }{
		{"shop/settings.py", "DEBUG = True\n", "high"},
		{"shop/settings/production.py", "DEBUG = True\n", "high"},
		{"shop/settings/base.py", "DEBUG = True\n", "medium"},
		{"shop/settings/__init__.py", "DEBUG = True\n", "medium"},
		{"shop/settings/dev.py", "DEBUG = True\n", none},
		{"shop/settings/local.py", "DEBUG = True\n", none},
		{"shop/local_settings.py", "DEBUG = True\n", none},
		{"shop/settings_test.py", "DEBUG = True\n", none},
		{"example_project/settings.py", "DEBUG = True\n", none},
		{"shop/settings.py", "DEBUG = True\nfrom .local import *\n", "medium"},
		{"shop/settings.py", "DEBUG: bool = True\n", "high"},
		{"shop/settings.py", "import os\nDEBUG = bool(os.environ.get('DEBUG', True))\n", "high"},
		{"shop/settings.py", "import os\nDEBUG = os.environ.get('DEBUG', 'True') == 'True'\n", "high"},
		{"shop/settings.py", "import os\nDEBUG = os.getenv('DEBUG', 'False') == 'True'\n", none},
		{"shop/settings.py", "import os\nDEBUG = os.environ.get('DEBUG') == 'True'\n", none},
		{"shop/settings.py", "from decouple import config\nDEBUG = config('DEBUG', default=True, cast=bool)\n", "high"},
		{"shop/settings.py", "DEBUG = compute()\n", none},
		{"shop/settings.py", "DEBUG = True\nDEBUG = False\n", none},
	} {
		a := &analyzer.Analyzer{Rules: []*analyzer.Rule{debugenabled.Rule}}
		result := a.Tree(t.Context(), []string{test.path}, func(string) ([]byte, error) { return []byte(test.code), nil })
		got := none
		for _, f := range result.Files[0].Findings {
			got = f.Severity.String()
		}
		if got != test.want {
			t.Errorf("severity = %q, want %q in %s:\n%s", got, test.want, test.path, test.code)
		}
	}
}
