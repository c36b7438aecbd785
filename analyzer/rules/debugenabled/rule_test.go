package debugenabled_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/project"
	"github.com/djleak/djleak/analyzer/release"
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
		{"shop/settings/base.py", "DEBUG = True\n", "unsure"},
		{"shop/settings/__init__.py", "DEBUG = True\n", "unsure"},
		{"legacy/shop/settings.py", "DEBUG = True\n", "unsure"},
		{"shop/settings/dev.py", "DEBUG = True\n", none},
		{"shop/settings/local.py", "DEBUG = True\n", none},
		{"shop/local_settings.py", "DEBUG = True\n", none},
		{"shop/settings_test.py", "DEBUG = True\n", none},
		{"example_project/settings.py", "DEBUG = True\n", none},
		{"shop/settings.py", "DEBUG = True\nfrom .local import *\n", "unsure"},
		{"shop/settings.py", "from tools import update_settings_from_module\nDEBUG = True\nupdate_settings_from_module(__name__, 'local_settings')\n", "unsure"},
		{"shop/settings.py", "import logging\nDEBUG = True\nlogging.getLogger(__name__)\n", "high"},
		{"shop/settings.py", "DEBUG: bool = True\n", "high"},
		{"shop/settings.py", "import os\nDEBUG = bool(os.environ.get('DEBUG', True))\n", "medium"},
		{"shop/settings.py", "import os\nDEBUG = os.environ.get('DEBUG', 'True') == 'True'\n", "medium"},
		{"shop/settings.py", "import os\nDEBUG = os.getenv('DEBUG', 'False') == 'True'\n", none},
		{"shop/settings.py", "import os\nDEBUG = os.environ.get('DEBUG') == 'True'\n", none},
		{"shop/settings.py", "from decouple import config\nDEBUG = config('DEBUG', default=True, cast=bool)\n", "medium"},
		{"shop/settings.py", "DEBUG = compute()\n", none},
		{"shop/settings.py", "DEBUG = True\nDEBUG = False\n", none},
		{"shop/settings.py", "DEBUG = False\nDEBUG = True\n", "high"},
		{"shop/settings.py", "DEBUG = True\nif production:\n    DEBUG = False\n", none},
		{"shop/settings.py", "from .base import *\nDEBUG = True\n", "high"},
		{"shop/settings.py", "import environ\nenv = environ.Env(DEBUG=(bool, False))\nDEBUG = env('DEBUG')\n", none},
		{"shop/settings.py", "import environ\nenv = environ.Env(DEBUG=(bool, True))\nDEBUG = env('DEBUG')\n", "medium"},
		{"shop/settings.py", "import os\nDEBUG = bool(os.environ.get('DEBUG', 'False'))\n", "medium"},
		{"shop/settings.py", "import os\nDEBUG = os.environ.get('DEBUG', 'True').lower() == 'true'\n", "medium"},
		{"shop/settings.py", "import os\nDEBUG = not os.environ.get('PRODUCTION')\n", none},
		{"shop/settings.py", "class Prod(Configuration):\n    DEBUG = True\n", "high"},
		{"shop/settings.py", "class Dev(Configuration):\n    DEBUG = True\n", none},
		{"shop/settings.py", "class Common(Configuration):\n    DEBUG = True\n", "unsure"},
		{"shop/settings.py", "class Common(Configuration):\n    DEBUG = True\nclass Prod(Common):\n    DEBUG = False\n", none},
		{"config/production.py", "DEBUG = True\n", "high"},
		{"config/base.py", "DEBUG = True\n", "unsure"},
		{"devproject/settings.py", "DEBUG = True\n", none},
		{"shop/settings/staging.py", "DEBUG = True\n", "unsure"},
		{".env.production", "DJANGO_DEBUG=True\n", "high"},
		{".env.production", "DEBUG=True\n", "medium"},
		{".env.production", "DEBUG=False\n", none},
		{".env.production", "DEBUG=express:*\n", none},
		{".env.example", "DJANGO_DEBUG=True\n", none},
		{"docker-compose.prod.yml", "services:\n  web:\n    environment:\n      - DJANGO_DEBUG=1\n", "high"},
		{"docker-compose.prod.yml", "services:\n  web-dev:\n    environment:\n      - DJANGO_DEBUG=1\n", none},
		{".env", "DJANGO_DEBUG=True\n", "unsure"},
		{"docker-compose.yml", "services:\n  web:\n    environment:\n      DJANGO_DEBUG: 1\n", "unsure"},
		{"Dockerfile", "FROM python\nENV DJANGO_DEBUG=1\n", "unsure"},
		{"settings.toml", "[default]\nDEBUG = true\n", "unsure"},
		{"settings.toml", "[development]\nDEBUG = true\n", none},
	} {
		a := &analyzer.Analyzer{Rules: []*analyzer.Rule{debugenabled.Rule}}
		result := a.Tree(t.Context(), []string{test.path}, func(string) ([]byte, error) { return []byte(test.code), nil })
		got := none
		for _, f := range result.Files[0].Findings {
			got = f.Severity.String()
			if f.Confidence == analyzer.LowConfidence {
				got = "unsure"
			}
		}
		if got != test.want {
			t.Errorf("severity = %q, want %q in %s:\n%s", got, test.want, test.path, test.code)
		}
	}
}

// TestProduction holds that what production's own file sets is not taken from another.
func TestProduction(t *testing.T) {
	t.Parallel()
	a := &analyzer.Analyzer{
		Rules:   []*analyzer.Rule{debugenabled.Rule},
		Project: &project.Facts{Production: []project.ProductionSetting{{Name: "DEBUG", Folder: "shop"}}},
	}
	for path, want := range map[string]analyzer.Confidence{
		"shop/settings.py":      analyzer.LowConfidence,
		"shop/settings_prod.py": analyzer.HighConfidence,
	} {
		result := a.Tree(t.Context(), []string{path}, func(string) ([]byte, error) { return []byte("DEBUG = True\n"), nil })
		if findings := result.Files[0].Findings; len(findings) != 1 || findings[0].Confidence != want {
			t.Errorf("%s: %v, want one finding of %s confidence", path, findings, want)
		}
	}
}

// TestLocalhost holds that settings which serve the machine itself alone are told in preview.
func TestLocalhost(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		code   string
		django release.Limit
		want   bool
	}{
		{"DEBUG = True\n", release.Limit{}, false},
		{"DEBUG = True\nALLOWED_HOSTS = []\n", release.Limit{}, true},
		{"DEBUG = True\nALLOWED_HOSTS = []\n", release.Limit{Major: 1, Minor: 9}, false},
		{"DEBUG = True\nALLOWED_HOSTS = ['localhost', '127.0.0.1']\n", release.Limit{}, true},
		{"DEBUG = True\nALLOWED_HOSTS = ['localhost', 'shop.example']\n", release.Limit{}, false},
		{"DEBUG = True\nALLOWED_HOSTS = ('localhost', 'http://localhost:8080')\n", release.Limit{}, true},
		{"DEBUG = True\nALLOWED_HOSTS = ['localhost', 'testserver', '192.168.1.20']\n", release.Limit{}, true},
		{"DEBUG = True\nALLOWED_HOSTS = ['*']\n", release.Limit{}, false},
		{"DEBUG = True\nALLOWED_HOSTS = [*HOSTS]\n", release.Limit{}, false},
		{"DEBUG = True\nALLOWED_HOSTS = []\nALLOWED_HOSTS += ['shop.example']\n", release.Limit{}, false},
	} {
		a := &analyzer.Analyzer{Rules: []*analyzer.Rule{debugenabled.Rule}, Project: &project.Facts{Django: test.django}}
		result := a.Tree(t.Context(), []string{"shop/settings.py"}, func(string) ([]byte, error) { return []byte(test.code), nil })
		if findings := result.Files[0].Findings; len(findings) != 1 || findings[0].Preview != test.want {
			t.Errorf("%v, want one finding, in preview: %t\n%s", findings, test.want, test.code)
		}
	}
}

// TestNoDatabase holds that settings of databases that are none are left alone, unless another module may set them.
func TestNoDatabase(t *testing.T) {
	t.Parallel()
	const engine = "DATABASES = {'default': {'ENGINE': ''}}\n"
	for code, want := range map[string]int{
		engine: 0,
		"DATABASES = {'default': {'ENGINE': 'django.db.backends.dummy'}}\n":      0,
		engine + "DATABASES['stock'] = {'ENGINE': 'django.db.backends.mysql'}\n": 1,
		engine + "from .local import *\n":                                        1,
		engine + "if LIVE:\n    DATABASES['default']['ENGINE'] = 'a.b'\n":        1,
		"DATABASES = {'default': {'ENGINE': 'django.db.backends.postgresql'}}\n": 1,
		"DATABASES = {'default': {'NAME': 'shop'}}\n":                            1,
		"DATABASES = {}\n": 1,
	} {
		a := &analyzer.Analyzer{Rules: []*analyzer.Rule{debugenabled.Rule}}
		code = "DEBUG = True\n" + code
		result := a.Tree(t.Context(), []string{"shop/settings.py"}, func(string) ([]byte, error) { return []byte(code), nil })
		if got := len(result.Files[0].Findings); got != want {
			t.Errorf("%d findings, want %d in\n%s", got, want, code)
		}
	}
}

// TestUndeployed holds that a project which nothing deploys, with a database at hand and without a host that others know, is told of in preview.
func TestUndeployed(t *testing.T) {
	t.Parallel()
	postgres := func(entries string) string {
		return "DATABASES = {'default': {'ENGINE': 'django.db.backends.postgresql', " + entries + "}}\n"
	}
	const sqlite = "DATABASES = {'default': {'ENGINE': 'django.db.backends.sqlite3'}}\n"
	for _, test := range []struct {
		code       string
		undeployed bool
		want       bool
	}{
		{"DEBUG = True\n" + sqlite, true, true},
		{"DEBUG = True\nALLOWED_HOSTS = ['*', '192.168.43.220']\n" + sqlite, true, true},
		{"DEBUG = True\nALLOWED_HOSTS = ['*']\n" + sqlite, false, false},
		{"DEBUG = True\nALLOWED_HOSTS = ['*']\n", true, false},
		{"DEBUG = True\nALLOWED_HOSTS = ['*', 'shop.example']\n" + sqlite, true, false},
		{"import os\nDEBUG = True\nALLOWED_HOSTS = os.environ.get('HOSTS', '*').split(',')\n" + sqlite, true, false},
		{"DEBUG = True\n" + postgres("'HOST': 'localhost', 'PASSWORD': 'secret'"), true, true},
		{"DEBUG = True\n" + postgres("'NAME': 'shop'"), true, true},
		{"DEBUG = True\n" + postgres("'HOST': 'db.shop.example'"), true, false},
		{"import os\nDEBUG = True\n" + postgres("'HOST': os.environ['DB_HOST']"), true, false},
		{"import os\nDEBUG = True\n" + postgres("'HOST': '', 'PASSWORD': os.getenv('DB_PASSWORD', '')"), true, false},
		{"DEBUG = True\n" + sqlite + "DATABASES['stock'] = {'ENGINE': 'django.db.backends.mysql', 'HOST': 'stock.shop.example'}\n", true, false},
		{"import os\nDEBUG = os.environ.get('DEBUG', 'True') == 'True'\n" + sqlite, true, false},
	} {
		a := &analyzer.Analyzer{Rules: []*analyzer.Rule{debugenabled.Rule}, Project: &project.Facts{Undeployed: test.undeployed}}
		result := a.Tree(t.Context(), []string{"shop/settings.py"}, func(string) ([]byte, error) { return []byte(test.code), nil })
		if findings := result.Files[0].Findings; len(findings) != 1 || findings[0].Preview != test.want {
			t.Errorf("%v, want one finding, in preview: %t\n%s", findings, test.want, test.code)
		}
	}
}

// TestEnvironment holds that a default says little where production's environment says otherwise, unless any text means true.
func TestEnvironment(t *testing.T) {
	t.Parallel()
	a := &analyzer.Analyzer{Rules: []*analyzer.Rule{debugenabled.Rule}, Project: &project.Facts{SwitchedOff: []string{"DEBUG", "SHOP_ENV"}}}
	for code, want := range map[string]analyzer.Confidence{
		"import os\nDEBUG = os.environ.get('DEBUG', 'True') == 'True'\n":                                              analyzer.LowConfidence,
		"import os\nfrom distutils.util import strtobool\nDEBUG = bool(strtobool(os.environ.get('DEBUG', 'True')))\n": analyzer.LowConfidence,
		"import os\nDEBUG = bool(os.environ.get('DEBUG', True))\n":                                                    analyzer.MediumConfidence,
		"import os\nDEBUG = os.environ.get('SHOP_DEBUG', 'True') == 'True'\n":                                         analyzer.MediumConfidence,
		"import os\nENVIRONMENT = os.getenv('SHOP_ENV', 'Development')\nDEBUG = ENVIRONMENT == 'Development'\n":       analyzer.LowConfidence,
		"import environ\nenv = environ.Env(DEBUG=(bool, True))\nDEBUG = env('DEBUG')\n":                               analyzer.LowConfidence,
		"DEBUG = True\n": analyzer.HighConfidence,
	} {
		result := a.Tree(t.Context(), []string{"shop/settings.py"}, func(string) ([]byte, error) { return []byte(code), nil })
		if findings := result.Files[0].Findings; len(findings) != 1 || findings[0].Confidence != want {
			t.Errorf("%s: %v, want one finding of %s confidence", code, findings, want)
		}
	}
}
