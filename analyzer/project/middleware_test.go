package project_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/project"
)

func TestLeavesOut(t *testing.T) {
	t.Parallel()
	const (
		list = "MIDDLEWARE = ['django.middleware.common.CommonMiddleware']\n"
		own  = "MIDDLEWARE = ['shop.middleware.Audit']\n"
		wsgi = "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n"
	)
	for _, test := range []struct {
		name  string
		files map[string]string
		want  bool
	}{
		{"another list", map[string]string{"shop/settings.py": list}, true},
		{"another list of an old Django", map[string]string{"shop/settings.py": "MIDDLEWARE_CLASSES = ('a.B',)\n"}, true},
		{"its list", map[string]string{"shop/settings.py": own}, false},
		{"handed on by a package", map[string]string{"shop/settings.py": "MIDDLEWARE = ['shop.Audit']\n"}, false},
		{"added", map[string]string{"shop/settings.py": list + "MIDDLEWARE += ['shop.middleware.Audit']\n"}, false},
		{"added on a condition", map[string]string{"shop/settings.py": list + "if not DEBUG:\n    MIDDLEWARE.insert(0, 'shop.middleware.Audit')\n"}, false},
		{"another is added", map[string]string{"shop/settings.py": list + "MIDDLEWARE += ['a.B']\n"}, true},
		{"no settings", map[string]string{"Procfile": "web: gunicorn shop.wsgi\n"}, false},
		{"no list", map[string]string{"shop/settings.py": "DEBUG = False\n"}, false},
		{"an empty list", map[string]string{"shop/settings.py": "MIDDLEWARE = []\n"}, false},
		{"settings for tests alone", map[string]string{"tests/settings.py": list}, false},
		{"an unknown list", map[string]string{"shop/settings.py": "MIDDLEWARE = middleware()\n"}, false},
		{"something unknown is added", map[string]string{"shop/settings.py": list + "for app in APPS:\n    MIDDLEWARE += app.middleware\n"}, false},
		{"an unknown item", map[string]string{"shop/settings.py": "MIDDLEWARE = ['a.B', AUDIT]\n"}, false},
		{"an unknown part", map[string]string{"shop/settings.py": "MIDDLEWARE = ['a.B', *OTHERS]\n"}, false},
		{"a property", map[string]string{"shop/settings.py": "from configurations import Configuration\nclass Shop(Configuration):\n    MIDDLEWARE = ['a.B']\n    @property\n    def MIDDLEWARE(self): return f()\n"}, false},
		{"settings from outside", map[string]string{"shop/settings.py": list + "from .local_settings import *\n"}, false},
		{"settings from a call", map[string]string{"shop/settings.py": list + "exec(open('local.py').read())\n"}, false},
		{"a name from outside", map[string]string{"shop/settings.py": "from .secrets import KEY\n" + list}, true},
		{"its base's list", map[string]string{"shop/settings/base.py": own, "shop/settings/production.py": "from .base import *\n"}, false},
		{"another base's list", map[string]string{"shop/settings/base.py": list, "shop/settings/production.py": "from .base import *\nMIDDLEWARE += ['a.B']\n"}, true},
		{"settings that nothing loads", map[string]string{"shop/settings.py": list, "shop/settings_tenants.py": own, "shop/wsgi.py": wsgi}, true},
		{"settings that something may load", map[string]string{"shop/settings.py": list, "shop/settings_tenants.py": own}, false},
		{"production's settings, which nothing here loads", map[string]string{"shop/settings.py": list, "shop/settings_production.py": own, "shop/wsgi.py": wsgi}, false},
		{"the settings that are loaded build upon others", map[string]string{"shop/settings.py": "from shop.settings_tenants import *\n", "shop/settings_tenants.py": own, "shop/wsgi.py": wsgi}, false},
		{"the settings that are loaded are not here", map[string]string{"blog/settings.py": list, "shop/wsgi.py": wsgi}, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var joined project.Reader
			for file, text := range test.files {
				var one project.Reader
				one.Add(file, []byte(text))
				joined.Join(&one)
			}
			if got := joined.Facts().LeavesOut("Audit"); got != test.want {
				t.Errorf("LeavesOut is %t, want %t", got, test.want)
			}
		})
	}
	facts := &project.Facts{Installed: []string{"shop.middleware.Audit"}, AllInstalled: true}
	if facts.LeavesOut("Auditor", "Audit") || !facts.LeavesOut("Auditor", "dit") {
		t.Error("LeavesOut is not what Installed says")
	}
}
