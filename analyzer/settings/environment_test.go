package settings_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
	"github.com/djleak/djleak/analyzer/settings"
)

// TestVariable holds that a value knows the variable that decides it, whatever is made of it.
func TestVariable(t *testing.T) {
	t.Parallel()
	const imports = "import os\nimport environ\nfrom configurations import values\nfrom distutils.util import strtobool\nenv = environ.Env(KNOWN=(bool, False))\n"
	for code, want := range map[string]string{
		"A = os.environ.get('X', '1')":                      "X",
		"A = os.environ['X']":                               "X",
		"A = os.environ[NAME]":                              "",
		"A = env('KNOWN')":                                  "KNOWN",
		"A = env.bool('X', default=True)":                   "X",
		"A = bool(strtobool(os.getenv('X', 'True')))":       "X",
		"A = int(os.getenv('X', '1'))":                      "X",
		"A = not bool(os.getenv('X', ''))":                  "X",
		"A = os.getenv('X', 'Dev').lower() == 'dev'":        "X",
		"MODE = os.getenv('X', 'dev')\nA = 'dev' == MODE":   "X",
		"A = os.getenv('X') or os.getenv('Y') or 'default'": "X",
		"A = 60 * int(os.getenv('X', '1'))":                 "X",
		"A = 1 if os.getenv('X', '') == '1' else 2":         "X",
		"A = 1 if MODE == '1' else 2":                       "",
		"A = values.BooleanValue(True)":                     "",
		"A = values.Value('X')":                             "",
		"A = 'X'":                                           "",
	} {
		resolved := names.Resolve(python.Parse(imports + code + "\n"))
		setting, ok := settings.ReadPython(resolved, "settings.py").At("A")
		if got := setting.Value.Variable; !ok || got != want {
			t.Errorf("%s\nvariable %q, want %q", code, got, want)
		}
	}
}
