package project

import (
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer/settings"
)

// HasMiddleware reports whether a class of that name is installed as middleware somewhere.
func (f *Facts) HasMiddleware(class string) bool { return f != nil && lists(f.Middleware, class) }

// LeavesOut reports whether production's settings are known and install no middleware of any of some names. It is false where
// nothing is known.
func (f *Facts) LeavesOut(middleware ...string) bool {
	return f != nil && f.AllInstalled && !slices.ContainsFunc(middleware, func(name string) bool { return lists(f.Installed, name) })
}

// lists reports whether one of some dotted names ends in a name. Where its module is does not count: packages hand on what their
// modules hold.
func lists(dotted []string, name string) bool {
	return slices.ContainsFunc(dotted, func(path string) bool { return strings.HasSuffix(path, "."+name) })
}

// A middlewareList is what a settings module says of the middleware.
type middlewareList struct {
	installs []string
	// whole is true of a list that production's settings start with, vague of what the text tells in part at most.
	whole, vague bool
}

// readMiddleware takes what a settings module says of the middleware.
func readMiddleware(file *settings.File) middlewareList {
	list := middlewareList{vague: file.Open}
	for _, setting := range file.Settings {
		if setting.Name != "MIDDLEWARE" && setting.Name != "MIDDLEWARE_CLASSES" {
			continue
		}
		found := texts(setting.Value)
		list.installs = append(list.installs, found...)
		if setting.Value.Kind != settings.List || setting.Value.Partial || setting.Value.FromEnv || len(found) < len(setting.Value.Items) {
			list.vague = true
		}
		list.whole = list.whole || setting.Depth == 0 && len(found) > 0 && file.Role == settings.Production
	}
	return list
}

// installed returns the middleware of the modules that production may start with and of those that they build upon, and whether that
// is all of it. All modules may be started where nothing names one, and one that says to be production's always may.
func (s *starts) installed() (installs []string, all bool) {
	started := slices.Concat(s.named, s.fallbacks)
	for _, name := range started {
		if !slices.ContainsFunc(s.modules, func(m settingsModule) bool { return isModule(m.path, name) }) {
			return nil, false
		}
	}
	seen := make([]bool, len(s.modules))
	var queue []int
	for i, module := range s.modules {
		read := settings.File{Path: module.path}
		if len(started) == 0 || read.SaysProduction() || slices.ContainsFunc(started, func(name string) bool { return isModule(module.path, name) }) {
			queue = append(queue, i)
		}
	}
	whole := false
	for len(queue) > 0 {
		at := queue[0]
		if queue = queue[1:]; seen[at] {
			continue
		}
		seen[at] = true
		module := s.modules[at]
		if module.middleware.vague || slices.ContainsFunc(module.stars, func(star string) bool { return !s.has(module.path, star) }) {
			return nil, false
		}
		installs = append(installs, module.middleware.installs...)
		whole = whole || module.middleware.whole
		for _, build := range module.builds {
			for next := range s.modules {
				if !seen[next] && isBuild(module.path, build, s.modules[next].path) {
					queue = append(queue, next)
				}
			}
		}
	}
	if !whole {
		return nil, false
	}
	return installs, true
}

// has reports whether the module that another imports by a name is one of settings of the repository.
func (s *starts) has(from, name string) bool {
	return slices.ContainsFunc(s.modules, func(m settingsModule) bool { return isBuild(from, name, m.path) })
}
