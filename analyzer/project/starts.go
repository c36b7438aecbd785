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
	// builds are the modules from which it takes names, and open is true where it may take any.
	builds []string
	open   bool
	// stars are those of them from which it takes all names.
	stars []string
	// middleware is what its MIDDLEWARE says.
	middleware middlewareList
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

// addEnvironment takes the settings modules that the environment of a deployment, or a command of it, names.
func (s *starts) addEnvironment(file *settings.File, text string) {
	if file.Role != settings.Production {
		return
	}
	for _, setting := range file.Named(environmentName) {
		if !setting.Guarded && dotted.MatchString(setting.Value.Text) {
			s.addNamed(setting.Value.Text)
		}
	}
	if file.Format == settings.YAML || !strings.Contains(text, environmentName) && !strings.Contains(text, "--settings") {
		return // The parts of YAML may be for several roles.
	}
	for _, match := range namesModule.Regexp().FindAllStringSubmatch(text, -1) {
		s.addNamed(match[1])
	}
}

// addNamed takes a module that a deployment names. One that says to be a developer's own tells nothing of production.
func (s *starts) addNamed(module string) {
	if settings.RoleOf(strings.ReplaceAll(module, ".", "/")) == settings.Production && !slices.Contains(s.named, module) {
		s.named = append(s.named, strings.Clone(module))
	}
}

var (
	dotted = pattern.New(`^\w+(\.\w+)+$`)
	// namesModule is where a line of a script or of a unit names the settings module, outside a comment.
	namesModule = pattern.New(`(?m)^[^#\n]*?(?:DJANGO_SETTINGS_MODULE["']?\s*[=:]|--settings[= ])\s*["']?(?:\$\{\w+:-)?(\w+(?:\.\w+)+)`)
)

// addModule takes a module of settings.
func (s *starts) addModule(file *settings.File) {
	module := settingsModule{path: file.Path, open: file.Open, middleware: readMiddleware(file)}
	for _, build := range file.Builds {
		module.builds = append(module.builds, strings.Clone(build))
	}
	for _, star := range file.Stars {
		module.stars = append(module.stars, strings.Clone(star))
	}
	for _, setting := range file.Settings {
		if settings.SetPerDeployment(setting.Name) && !slices.Contains(module.sets, setting.Name) {
			module.sets = append(module.sets, strings.Clone(setting.Name))
		}
	}
	s.modules = append(s.modules, module)
}

// elsewhere returns the settings that production takes from another module than the one that sets them, sorted: production
// starts with a module that sets them, too, with one that has nothing of that other, or with one that the repository has not.
func (s *starts) elsewhere() []SettingOf {
	names := s.named
	if len(names) == 0 {
		names = s.fallbacks
	}
	started := make([]startedModule, len(names))
	for i, name := range names {
		started[i] = startedModule{name, slices.IndexFunc(s.modules, func(m settingsModule) bool { return isModule(m.path, name) })}
	}
	var list []SettingOf
	for _, module := range s.modules {
		isElsewhere := s.elsewhereOf(module, started)
		for _, setting := range module.sets {
			if isElsewhere(setting) {
				list = append(list, SettingOf{Name: setting, File: module.path})
			}
		}
	}
	slices.SortStableFunc(list, func(a, b SettingOf) int { return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Name, b.Name)) })
	return slices.Compact(list)
}

// startedModule is a module that production starts with, by its name and its index; that is -1 where the repository has not got it.
type startedModule struct {
	name  string
	index int
}

// elsewhereOf returns what reports whether production takes a setting of a module from another one that it starts with. It does not
// where it starts with the module itself, or with one that leaves the setting to it; and a module of another project in the same
// repository tells nothing.
func (s *starts) elsewhereOf(module settingsModule, started []startedModule) func(setting string) bool {
	if s.isShadowed(module.path) {
		return func(string) bool { return true }
	}
	var others []int
	elsewhere := false
	for _, start := range started {
		switch {
		case isModule(module.path, start.name):
			return func(string) bool { return false }
		case start.index < 0:
			elsewhere = true
		case s.isOneProject(module.path, s.modules[start.index].path, start.name):
			others = append(others, start.index)
		}
	}
	return func(setting string) bool {
		return (elsewhere || len(others) > 0) && !slices.ContainsFunc(others, func(i int) bool {
			return !slices.Contains(s.modules[i].sets, setting) && s.builds(i, module.path)
		})
	}
}

// isOneProject reports whether a settings module that is imported under a name belongs to the same project as another file of
// settings: one folder holds the other, or a server's module names that file, seen from the same folder.
func (s *starts) isOneProject(file, module, name string) bool {
	if contains(path.Dir(file), path.Dir(module)) || contains(path.Dir(module), path.Dir(file)) {
		return true
	}
	root := rootOf(module, name)
	return slices.ContainsFunc(s.fallbacks, func(fallback string) bool {
		return isModule(file, fallback) && rootOf(file, fallback) == root
	})
}

// rootOf returns the folder from which a file is the module of a name.
func rootOf(file, name string) string {
	return strings.TrimSuffix(withoutEnding(file), "/"+strings.ReplaceAll(name, ".", "/"))
}

// builds reports whether a settings module takes names from a file, directly or through others, or may do so.
func (s *starts) builds(i int, file string) bool {
	seen := make([]bool, len(s.modules))
	queue := []int{i}
	for len(queue) > 0 {
		i, queue = queue[0], queue[1:]
		if seen[i] {
			continue
		}
		seen[i] = true
		if s.modules[i].open {
			return true
		}
		for _, build := range s.modules[i].builds {
			if isBuild(s.modules[i].path, build, file) {
				return true
			}
			for next := range s.modules {
				if !seen[next] && isBuild(s.modules[i].path, build, s.modules[next].path) {
					queue = append(queue, next)
				}
			}
		}
	}
	return false
}

// isBuild reports whether a file is the module that another imports by a name, or, where that is a package, one that it may mean.
func isBuild(from, name, file string) bool {
	module := strings.TrimLeft(name, ".")
	if module == name {
		return isModule(file, name)
	}
	folder := path.Dir(from)
	for range len(name) - len(module) - 1 {
		folder = path.Dir(folder)
	}
	if module == "" {
		return path.Dir(file) == folder
	}
	return withoutEnding(file) == "/"+path.Join(folder, strings.ReplaceAll(module, ".", "/"))
}

// isShadowed reports whether a package of the same name stands beside a module: Python imports that.
// Source: https://docs.python.org/3/reference/import.html#path-entry-finders
func (s *starts) isShadowed(file string) bool {
	initial := strings.TrimSuffix(file, ".py") + "/__init__.py"
	return slices.ContainsFunc(s.modules, func(m settingsModule) bool { return m.path == initial })
}

// isModule reports whether a file is the module of a dotted name.
func isModule(file, name string) bool {
	return strings.HasSuffix(withoutEnding(file), "/"+strings.ReplaceAll(name, ".", "/"))
}

// withoutEnding returns the path of a module without what only files have: "/shop/settings" for shop/settings/__init__.py.
func withoutEnding(file string) string {
	return "/" + strings.TrimSuffix(strings.TrimSuffix(file, ".py"), "/__init__")
}
