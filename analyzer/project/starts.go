package project

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer/pattern"
	"github.com/djleak/djleak/analyzer/settings"
)

// starts gather which settings module production runs with, and which modules there are.
type starts struct {
	// named are the modules that production's own files name. Fallbacks are those of wsgi.py and asgi.py, which hold where the
	// environment names none.
	named, fallbacks []string
	modules          []settingsModule
}

// A settingsModule is a file of the repository with those of its settings that nearly every deployment sets anew.
type settingsModule struct {
	path string
	sets []string
}

func (s *starts) join(other *starts) {
	s.named = append(s.named, other.named...)
	s.fallbacks = append(s.fallbacks, other.fallbacks...)
	s.modules = append(s.modules, other.modules...)
}

// environmentName is the variable from which Django takes the name of its settings module.
const environmentName = "DJANGO_SETTINGS_MODULE"

// startsWith is where Python code names the settings module.
var startsWith = pattern.New(environmentName + `["']\]?\s*[,=]\s*["']([\w.]+)["']`)

// isStart reports whether a file is one by which a server starts Django.
func isStart(file string) bool {
	base := path.Base(file)
	return base == "wsgi.py" || base == "asgi.py" || path.Ext(base) == ".wsgi"
}

// addStart takes the settings module that the server's own module names.
func (s *starts) addStart(file string, raw []byte) {
	read := settings.File{Path: file}
	if settings.RoleOf(file) != settings.Production && !read.SaysProduction() {
		return
	}
	for _, match := range startsWith.Regexp().FindAllSubmatch(raw, -1) {
		if read.SaysProduction() {
			s.named = append(s.named, string(match[1]))
		} else {
			s.fallbacks = append(s.fallbacks, string(match[1]))
		}
	}
}

// addEnvironment takes the settings module that the environment of a deployment names.
func (s *starts) addEnvironment(file *settings.File) {
	if file.Role != settings.Production {
		return
	}
	for _, setting := range file.Named(environmentName) {
		if module := setting.Value.Text; module != "" && !setting.Guarded && dotted.MatchString(module) {
			s.named = append(s.named, strings.Clone(module))
		}
	}
}

var dotted = pattern.New(`^\w+(\.\w+)+$`)

// addModule takes a module of settings.
func (s *starts) addModule(file *settings.File) {
	module := settingsModule{path: file.Path}
	for _, setting := range file.Settings {
		if settings.SetPerDeployment(setting.Name) && !slices.Contains(module.sets, setting.Name) {
			module.sets = append(module.sets, strings.Clone(setting.Name))
		}
	}
	s.modules = append(s.modules, module)
}

// elsewhere returns the settings that production takes from another module than the one that sets them, sorted: production
// starts with a module that sets them, too, or with one that the repository has not.
func (s *starts) elsewhere() []SettingOf {
	started := s.named
	if len(started) == 0 {
		started = s.fallbacks
	}
	var list []SettingOf
	for _, module := range s.modules {
		for _, setting := range module.sets {
			if s.comesFromElsewhere(setting, module.path, started) {
				list = append(list, SettingOf{Name: setting, File: module.path})
			}
		}
	}
	slices.SortFunc(list, func(a, b SettingOf) int { return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Name, b.Name)) })
	return slices.Compact(list)
}

// comesFromElsewhere reports whether production takes a setting of a file from another module that it starts with. It does not
// where it starts with the file itself, or with a module that leaves the setting to others; and a module of another project in the
// same repository tells nothing.
func (s *starts) comesFromElsewhere(setting, file string, started []string) bool {
	if s.isShadowed(file) {
		return true
	}
	folder, elsewhere := path.Dir(file), false
	for _, name := range started {
		i := slices.IndexFunc(s.modules, func(m settingsModule) bool { return isModule(m.path, name) })
		switch {
		case isModule(file, name):
			return false
		case i < 0:
			elsewhere = true
		case !contains(folder, path.Dir(s.modules[i].path)) && !contains(path.Dir(s.modules[i].path), folder):
		case !slices.Contains(s.modules[i].sets, setting):
			return false
		default:
			elsewhere = true
		}
	}
	return elsewhere
}

// isShadowed reports whether a package of the same name stands beside a module: Python imports that.
// Source: https://docs.python.org/3/reference/import.html#path-entry-finders
func (s *starts) isShadowed(file string) bool {
	initial := strings.TrimSuffix(file, ".py") + "/__init__.py"
	return slices.ContainsFunc(s.modules, func(m settingsModule) bool { return m.path == initial })
}

// isModule reports whether a file is the module of a dotted name.
func isModule(file, name string) bool {
	file = "/" + strings.TrimSuffix(strings.TrimSuffix(file, ".py"), "/__init__")
	return strings.HasSuffix(file, "/"+strings.ReplaceAll(name, ".", "/"))
}
