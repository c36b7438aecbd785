package settings_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
	"github.com/djleak/djleak/analyzer/settings"
)

func read(t *testing.T, path, code string) *settings.File {
	t.Helper()
	if !strings.HasSuffix(path, ".py") {
		file, _, err := settings.Read(path, code)
		if err != nil {
			t.Fatal(err)
		}
		return file
	}
	return settings.ReadPython(names.Resolve(python.Parse(code)), path)
}

func TestAt(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ code, want string }{
		{"", "nothing"},
		{"A = {'b': {'c': 1}}", "1"},
		{"A = {'b': {}}", "nothing"},
		{"A = {'b': {'c': 1}}\nA['b']['c'] = 2", "2"},
		{"A = {'b': {'c': 1}}\nA['b']['d'] = 2", "1"},
		{"A = {'b': {'c': 1}}\nA['b'] = {}", "nothing"},
		{"A = {'b': {'c': 1}}\nA = {}", "nothing"},
		{"A = {'b': {'c': 1}}\nA['x'] = {}", "1"},
		{"A = {'b': {'c': 1}}\nA.update(x=1)", "1"},
		{"A = {'b': {'c': 1}}\nA.update(b={'c': 3})", "3"},
		{"A = {'b': {'c': 1}}\nA.update(b={})", "nothing"},
		{"A = {'b': {'c': 1}}\nA['b'].update({'c': 3})", "3"},
		{"A = {'b': {'c': 1}}\nif x:\n    A['b']['c'] = 2", "nothing"},
		{"A = {'b': {'c': 1}}\nif x:\n    A['b']['d'] = 2", "1"},
		{"A = {'b': {'c': 1}}\nif x:\n    A = {}", "nothing"},
		{"if x:\n    A = {}\nA = {'b': {'c': 1}}", "1"},
		{"if x:\n    A = {'b': {'c': 1}}", "nothing"},
	} {
		got := "nothing"
		if setting, ok := read(t, "settings.py", test.code).At("A", "b", "c"); ok {
			got = describe(setting.Value)
		}
		if got != test.want {
			t.Errorf("A, b, c is %s, want %s in\n%s", got, test.want, test.code)
		}
	}
}

func TestAtWhole(t *testing.T) {
	t.Parallel()
	file := read(t, "settings.py", "A = ['x']\nA += ['y']\nB['c'] = 1\n")
	if setting, ok := file.At("A"); !ok || describe(setting.Value) != `["x"]` {
		t.Errorf("A is %v, want the list that is assigned", setting)
	}
	if setting, ok := file.At("B"); ok {
		t.Errorf("B is %v, want nothing: only a part of it is set here", setting)
	}
}

func TestDecided(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ path, code, want string }{
		{"settings.py", "A_B = 1\nA_B = 2", "2"},
		{"settings.py", "A_B = 1\nif x:\n    A_B = 2", ""},
		{"compose.yml", "a:\n  A_B: 1\nb:\n  A_B: 2\ndev:\n  A_B: 3", "1 2"},
	} {
		var values []string
		for _, setting := range read(t, test.path, test.code).Decided("A_B") {
			values = append(values, describe(setting.Value))
		}
		if got := strings.Join(values, " "); got != test.want {
			t.Errorf("%s decides %q, want %q", test.path, got, test.want)
		}
	}
}

func TestKeysAndItems(t *testing.T) {
	t.Parallel()
	file := read(t, "settings.py", `
A = {"x": 1, "y": 2}
A["z"] = 3
B = ["old"]
B = ["x"] + MORE
B += ["y"]
if DEBUG:
    A["d"] = 4
    B.append("d")
B.insert(0, "z")
`)
	if diff := cmp.Diff([]string{"x", "y", "z"}, file.Keys("A")); diff != "" {
		t.Errorf("Keys (-want +got):\n%s", diff)
	}
	var items []string
	for _, item := range file.Items("B") {
		items = append(items, item.Value.Text)
	}
	if diff := cmp.Diff([]string{"x", "y", "z"}, items); diff != "" {
		t.Errorf("Items (-want +got):\n%s", diff)
	}
}

func TestKeysOfManyDatabases(t *testing.T) {
	t.Parallel()
	var code strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&code, "A['k%d'] = 1\n", i)
	}
	if got := len(read(t, "settings.py", code.String()).Keys("A")); got != 100 {
		t.Errorf("%d keys, want the first 100", got)
	}
}

func TestCaches(t *testing.T) {
	t.Parallel()
	file := read(t, "settings.py", `
CACHES = {"default": {"BACKEND": "a.B"}, "computed": {"BACKEND": f()}, "open": {"BACKEND": "c.D"}}
if DEBUG:
    CACHES["open"] = {"BACKEND": "e.F"}
`)
	var caches []string
	for _, cache := range file.Caches() {
		caches = append(caches, cache.Alias+"="+cache.Backend.Value.Text)
	}
	if diff := cmp.Diff([]string{"default=a.B"}, caches); diff != "" {
		t.Errorf("Caches (-want +got):\n%s", diff)
	}
}

func TestFooting(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		path, code string
		want       settings.Footing
	}{
		{"shop/settings.py", "A_B = 1", settings.Firm},
		{"shop/settings.py", "from .base import *\nA_B = 1", settings.Firm},
		{"shop/settings.py", "A_B = 1\nfrom .local import *", settings.Overridable},
		{"shop/settings.py", "A_B = 1\ntry:\n    from .local import *\nexcept ImportError:\n    pass", settings.Overridable},
		{"shop/settings.py", "A_B = 1\nimport django_heroku\ndjango_heroku.settings(locals())", settings.Overridable},
		{"shop/settings.py", "A_B = 1\nexec(open('local.py').read())", settings.Overridable},
		{"shop/settings.py", "A_B = 1\nfrom split_settings.tools import include\ninclude('x.py')", settings.Overridable},
		{"shop/settings.py", "A_B = 1\nfor k in x:\n    globals()[k] = 1", settings.Overridable},
		{"shop/settings/production.py", "A_B = 1", settings.Firm},
		{"shop/settings/base.py", "A_B = 1", settings.Overridable},
		{"shop/settings/parts/cache.py", "A_B = 1", settings.Overridable},
		{"shop/settings_common.py", "A_B = 1", settings.Overridable},
		{"shop/base/settings.py", "A_B = 1", settings.Overridable},
		{"shop/database/settings.py", "A_B = 1", settings.Firm},
		{"shop/settings/production/cache.py", "A_B = 1", settings.Firm},
		{"config/production.py", "A_B = 1", settings.Firm},
		{"config/web.py", "A_B = 1", settings.Overridable},
		{"shop/settings_staging.py", "A_B = 1", settings.Overridable},
		{"shop/settings.py", "class Shop(Configuration):\n    A_B = 1", settings.Firm},
		{"shop/settings.py", "class BaseSettings(Configuration):\n    A_B = 1", settings.Overridable},
		{"shop/settings.py", "class Shop(Configuration):\n    A_B = 1\nclass Prod(Shop):\n    C = 1", settings.Overridable},
		{"shop/settings/base.py", "class Shop(Settings):\n    A_B = 1", settings.Overridable},
		{".env", "A_B=1", settings.Presumed},
		{".env.production", "A_B=1", settings.Firm},
		{"docker-compose.yml", "A_B: 1", settings.Presumed},
		{"shop/settings/docker_compose.py", "A_B = 1", settings.Presumed},
		{"docker-compose.prod.yml", "A_B: 1", settings.Firm},
		{"docker-compose.prod.yml", "A_B: 1\ndb:\n  environment:\n    POSTGRES_PASSWORD: ${PASSWORD}\n", settings.Firm},
		{"docker-compose.prod.yml", "A_B: 1\ndb:\n  environment:\n    - POSTGRES_PASSWORD=shop\n", settings.Presumed},
		{"values.yaml", "A_B: 1", settings.Overridable},
		{"Dockerfile", "ENV A_B=1", settings.Overridable},
	} {
		file := read(t, test.path, test.code)
		for _, setting := range file.Named("A_B") {
			if got := file.Footing(setting); got != test.want {
				t.Errorf("the footing in %s is %d, want %d:\n%s", test.path, got, test.want, test.code)
			}
		}
		if len(file.Named("A_B")) != 1 {
			t.Errorf("%s sets %v, want A_B", test.path, file.Settings)
		}
	}
}

// TestFootingPerDeployment holds that a base says little of what nearly every deployment sets anew.
func TestFootingPerDeployment(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		path, code string
		want       settings.Footing
	}{
		{"shop/settings.py", "DEBUG = 1", settings.Firm},
		{"shop/settings/base.py", "DEBUG = 1", settings.Presumed},
		{"shop/settings.py", "DEBUG = 1\nfrom .local import *", settings.Presumed},
		{"Dockerfile", "ENV DEBUG=1", settings.Presumed},
		{".env.production", "DEBUG=1", settings.Firm},
	} {
		file := read(t, test.path, test.code)
		if got := file.Footing(file.Named("DEBUG")[0]); got != test.want {
			t.Errorf("the footing in %s is %d, want %d:\n%s", test.path, got, test.want, test.code)
		}
	}
}

func TestWhere(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{
		"shop/settings.py":       "what looks like production's settings",
		"shop/settings/prod.py":  "production's settings",
		"shop/settings/local.py": "development settings",
		".env":                   "what looks like production's environment",
		"live.env":               "production's environment",
		"ci/compose.yml":         "test environment",
	} {
		if got := read(t, path, "").Where(); got != want {
			t.Errorf("Where of %s is %q, want %q", path, got, want)
		}
	}
}

// TestDoubling holds that values which double line by line cost no more than a file may.
func TestDoubling(t *testing.T) {
	t.Parallel()
	code := "A0 = ['x', 'y']\n"
	for i := range 30 {
		code += fmt.Sprintf("A%d = A%d + A%d\n", i+1, i, i)
	}
	settings.ReadPython(names.Resolve(python.Parse(code)), "settings.py")
}

func TestRecycles(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ path, code, want string }{
		{"settings.py", "CELERY_WORKER_MAX_TASKS_PER_CHILD = 200\n", "celery"},
		{"settings.py", "CELERYD_MAX_TASKS_PER_CHILD = 200\n", "celery"},
		{"settings.py", "CELERY_WORKER_MAX_TASKS_PER_CHILD = None\n", ""},
		{"celery.py", "app.conf.update(worker_max_memory_per_child=300_000)\n", "celery"},
		{"gunicorn.conf.py", "max_requests = 0\n", ""},
		{"gunicorn.conf.py", "max_requests = compute()\n", "gunicorn"},
		{"gunicorn.conf.py", "if x:\n    max_requests = 5\n", "gunicorn"},
		{"start.sh", "gunicorn x --max-requests=${N:-500}\nuwsgi -R 500\n", "gunicorn uwsgi"},
		{"start.sh", "celery -A x worker\n", ""},
		{".env", "GUNICORN_CMD_ARGS=--max-requests 500\n", "gunicorn"},
		{"uwsgi.ini", "[uwsgi]\nmax-requests = 500\n", "uwsgi"},
	} {
		if got := strings.Join(read(t, test.path, test.code).Recycles(), " "); got != test.want {
			t.Errorf("%s recycles %q, want %q:\n%s", test.path, got, test.want, test.code)
		}
	}
}

func TestCelery(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ path, code, want string }{
		{"shop/settings.py", "CELERY_RESULT_EXPIRES = 1\nresult_expires = 2\n", "1"},
		{"shop/celery.py", "app.conf.update(result_expires=2)\n", "2"},
		{"shop/celeryconfig.py", "result_expires = 2\n", "2"},
		{"shop/celeryconfig.py", "if x:\n    result_expires = 2\n", ""},
	} {
		got := ""
		for _, setting := range read(t, test.path, test.code).Celery("result_expires") {
			got += describe(setting.Value)
		}
		if got != test.want {
			t.Errorf("%s has %q, want %q", test.path, got, test.want)
		}
	}
}
