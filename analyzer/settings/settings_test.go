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

func TestRoleOf(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{
		"shop/settings.py":             "production",
		"shop/settings/base.py":        "production",
		"shop/settings/production.py":  "production",
		"shop/settings/dev.py":         "development",
		"shop/settings/local.py":       "development",
		"shop/settings/devstack.py":    "development",
		"devproject/settings.py":       "development",
		"config/local.py":              "development",
		"config/production.py":         "production",
		"devices/settings.py":          "production",
		"shop/local_settings.py":       "development",
		"shop/settings_dev.py":         "development",
		"exampleproject/settings.py":   "development",
		"demo/settings.py":             "development",
		"shop/settings/test.py":        "test",
		"shop/test_settings.py":        "test",
		"testproject/settings.py":      "test",
		"shop/settings/ci.py":          "test",
		"shop/settings/unittests.py":   "test",
		"shop/cypress_settings.py":     "test",
		"latest/settings.py":           "production",
		"developer_portal/settings.py": "production",
		".env.local":                   "development",
		"deploy/settings_vagrant.py":   "development",
		"vagrant/settings.py":          "development",
		"contest/settings.py":          "production",
	} {
		if got := settings.RoleOf(path).String(); got != want {
			t.Errorf("RoleOf(%q) = %s, want %s", path, got, want)
		}
	}
}

// describe writes a value as Python would, with ? for what is unknown and $ for what the environment decides.
func describe(v settings.Value) string {
	text := "?"
	switch v.Kind {
	case settings.Null:
		text = "None"
	case settings.Bool:
		text = fmt.Sprint(v.Bool)
	case settings.Number:
		text = fmt.Sprint(v.Number)
	case settings.Text:
		text = fmt.Sprintf("%q", v.Text)
	case settings.List:
		var parts []string
		for _, item := range v.Items {
			parts = append(parts, describe(item))
		}
		text = "[" + strings.Join(parts, " ") + "]"
	case settings.Dict:
		var parts []string
		for _, entry := range v.Entries {
			parts = append(parts, entry.Key+": "+describe(entry.Value))
		}
		text = "{" + strings.Join(parts, " ") + "}"
	case settings.Unknown:
	}
	if v.Partial {
		text += "+"
	}
	if v.FromEnv {
		text = "$" + text
	}
	return text
}

func TestReadPython(t *testing.T) {
	t.Parallel()
	const imports = "import os\nimport celery\nimport environ\nimport dj_database_url\nfrom decouple import config\nfrom distutils.util import strtobool\n" +
		"env = environ.Env()\nscheme = environ.Env(KNOWN=(bool, False), CAST=bool)\nBASE = 60\n"
	for _, test := range []struct{ code, want string }{
		{"A = True", "A=true"},
		{"A = None", "A=None"},
		{"A = 60 * 60", "A=3600"},
		{"A = 10 * 1024 ** 2", "A=1.048576e+07"},
		{"A = 1 << 20", "A=1.048576e+06"},
		{"A = -1", "A=-1"},
		{"A = 'a' 'b'", `A="ab"`},
		{"A = BASE * 2", "A=120"},
		{"A = f()", "A=?"},
		{"A = ['a', B]", `A=["a" ?]`},
		{"A = ['a'] + ['b']", `A=["a" "b"]`},
		{"A = ['a'] + B", `A=["a"]+`},
		{"A = ['a', *['b'], *C]", `A=["a" "b"]+`},
		{"A = {'a': {'b': 1}, C: 2, **D}", "A={a: {b: 1}}+"},
		{"A = {**{'a': 1}}", "A={a: 1}"},
		{"A = {'a': 1} | {'b': 2}", "A={a: 1 b: 2}"},
		{"A = dict(B, a=1)", "A={a: 1}+"},
		{"A = not True", "A=false"},
		{"A = dict(a=1)", "A={a: 1}"},
		{"A['x']['y'] = 1", "A={x: {y: 1}}@2"},
		{"A[i] = 1", ""},
		{"A += ['b']", `A=["b"]@1`},
		{"A |= {'b': 1}", "A={b: 1}@1"},
		{"A -= 1", ""},
		{"A.append('b')", `A=["b"]@1`},
		{"A.insert(0, 'b')", `A=["b"]@1`},
		{"A.extend(('b', 'c'))", `A=["b" "c"]@1`},
		{"A.update({'a': 1}, b=2)", "A={a: 1 b: 2}@1"},
		{"A.update(B)", "A={}+@1"},
		{"A['x'].update(y=1)", "A={x: {y: 1}}@2"},
		{"app.conf.update(A=1, B=2)", "A=1 B=2"},
		{"A.sort()", ""},
		{"app = celery.Celery('shop', broker='a://', backend=None, set_as_current=True)", "broker_url=\"a://\" result_backend=None app=?"},
		{"A: int = 5", "A=5"},
		{"A: int", ""},
		{"app.conf.A = 5", "A=5"},
		{"A = B = 5", "A=5 B=5"},
		{"if x:\n    A = 1\nelse:\n    A = 2", "A=1? A=2?"},
		{"try:\n    A = 1\nexcept E:\n    A = 2", "A=1 A=2?"},
		{"try:\n    import debug_toolbar\n    A = 1\nexcept ImportError:\n    pass", "A=1?"},
		{"for x in y:\n    A = x", "A=??"},
		{"def f():\n    A = 1", ""},
		{"A = os.environ.get('A', 'x')", `A=$"x"`},
		{"A = os.environ.get('A')", "A=$?"},
		{"A = os.environ['A']", "A=$?"},
		{"A = os.getenv('A', 'True') == 'True'", "A=$true"},
		{"A = os.getenv('A', '') in ('1', 'true')", "A=$false"},
		{"A = int(os.getenv('A', 600))", "A=$600"},
		{"A = env.bool('A', default=True)", "A=$true"},
		{"A = env('A', default='x')", `A=$"x"`},
		{"A = config('A', default=5, cast=int)", "A=$5"},
		{"A = other('A', default=5)", "A=?"},
		{"A = env('A') or 5", "A=$5"},
		{"A = f() or 5", "A=?"},
		{"A = os.environ.get('A') or os.environ.get('B') or ''", `A=$""`},
		{"A = 'x' if os.environ.get('A', '') in ('1', 'on') else 'y'", `A=$"y"`},
		{"A = 'x' if os.environ.get('A', 'on') in ('1', 'on') else 'y'", `A=$"x"`},
		{"A = 'x' if os.environ.get('A') else 'y'", "A=?"},
		{"A = 'x' if DEBUG else 'y'", "A=?"},
		{"A = scheme('KNOWN')", "A=$false"},
		{"A = scheme.bool('KNOWN')", "A=$false"},
		{"A = scheme.bool('KNOWN', default=True)", "A=$true"},
		{"A = scheme('CAST')", "A=$?"},
		{"A = os.getenv('A', 'TRUE').lower() == 'true'", "A=$true"},
		{"A = str(os.getenv('A', 'false')).strip().capitalize() == 'True'", "A=$false"},
		{"A = bool(os.getenv('A', 'False'))", "A=$true"},
		{"A = bool(int(os.getenv('A', '0')))", "A=$false"},
		{"A = not os.getenv('A', '')", "A=$true"},
		{"A = strtobool(os.getenv('A', 'no'))", "A=$false"},
		{"A = bool(strtobool(os.getenv('A', 'False')))", "A=$false"},
		{"from .utils import str2bool\nA = bool(str2bool(os.getenv('A', 'False')))", "A=$false"},
		{"import json\nA = json.loads(os.getenv('A', 'true'))", "A=$true"},
		{"A = int(os.getenv('A', 1)) == 1", "A=$true"},
		{"A = x.lower()", "A=?"},
		{"A = {'b': dj_database_url.config(conn_max_age=600)}", "A={b: ${CONN_MAX_AGE: 600}+}"},
		{"class Shop(Configuration):\n    A = 1\n    b = 2", "A=1 b=2"},
		{"class Base(CommunitySettings):\n    A = 1\nclass Prod(Base):\n    A = 2\nclass Dev(Base):\n    A = 3\nclass DockerTest(Base):\n    A = 4", "A=1 A=2"},
		{"class Shop(Settings):\n    A = 1\n    @property\n    def B(self):\n        return 2\n    def c(self):\n        return 3", "A=1 B=?"},
		{"class Shop(Settings):\n    if x:\n        A = 1", "A=1?"},
		{"class Shop:\n    A = 1", ""},
		{"class Shop(Serializer):\n    A = 1", ""},
		{"import pydantic\nclass Shop(pydantic.BaseSettings):\n    A = 1", ""},
		{"from configurations import Configuration, values\nclass Shop(Configuration):\n    A = values.BooleanValue(True)\n    B = values.IntegerValue(environ_name='X', default=5)\n    C = values.Value()", "A=$true B=$5 C=$?"},
		{"A = {'b': dj_database_url.parse(url)}", "A={b: ${}+}"},
	} {
		file := settings.ReadPython(names.Resolve(python.Parse(imports+test.code+"\n")), "shop/settings.py")
		var parts []string
		for _, s := range file.Settings {
			if s.Name == "env" || s.Name == "scheme" || s.Name == "BASE" {
				continue
			}
			part := s.Name + "=" + describe(s.Value)
			if s.Depth > 0 {
				part += fmt.Sprintf("@%d", s.Depth)
			}
			if s.Guarded {
				part += "?"
			}
			parts = append(parts, part)
		}
		if diff := cmp.Diff(test.want, strings.Join(parts, " ")); diff != "" {
			t.Errorf("settings of %q (-want +got):\n%s", test.code, diff)
		}
	}
}

func TestEntry(t *testing.T) {
	t.Parallel()
	file := settings.ReadPython(names.Resolve(python.Parse("A = {'b': {'c': 1}}\n")), "settings.py")
	value := file.Settings[0].Value
	if got := value.Entry("b", "c"); got == nil || got.Number != 1 {
		t.Errorf("Entry(b, c) = %v, want 1", got)
	}
	if got := value.Entry("b", "d"); got != nil {
		t.Errorf("Entry(b, d) = %v, want nil", got)
	}
}

func TestAsBool(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		value     settings.Value
		on, known bool
	}{
		{settings.Value{Kind: settings.Bool, Bool: true}, true, true},
		{settings.Value{Kind: settings.Number}, false, true},
		{settings.Value{Kind: settings.Text, Text: "True"}, true, true},
		{settings.Value{Kind: settings.Text, Text: "off"}, false, true},
		{settings.Value{Kind: settings.Text, Text: "${DEBUG}"}, false, false},
		{settings.Value{Kind: settings.Null}, false, false},
	} {
		if on, known := test.value.AsBool(); on != test.on || known != test.known {
			t.Errorf("AsBool(%+v) = %v, %v, want %v, %v", test.value, on, known, test.on, test.known)
		}
	}
}

func TestFlag(t *testing.T) {
	t.Parallel()
	command := settings.Command{Args: []settings.Arg{{Text: "-k"}, {Text: "sync"}, {Text: "--max-requests=100"}, {Text: "--reload"}, {Text: "-w"}}}
	for _, test := range []struct {
		flag, want string
		ok         bool
	}{
		{"-k", "sync", true}, {"--max-requests", "100", true}, {"--reload", "", true}, {"--timeout", "", false}, {"-w", "", true},
	} {
		if got, ok := command.Flag(test.flag); got.Text != test.want || ok != test.ok {
			t.Errorf("Flag(%s) = %q, %v, want %q, %v", test.flag, got.Text, ok, test.want, test.ok)
		}
	}
}
