package analyzer

import (
	"path"
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/pattern"
	"github.com/djleak/djleak/analyzer/python"
)

// Modules are the places in a whole repository where Python may find a module, for telling files that it cannot import. Whatever is
// not known counts as there.
type Modules struct {
	// places are paths without the extensions, in ascending order.
	places []string
}

// NewModules takes the paths of all files that may be modules, and those of the folders that nobody looked into.
func NewModules(paths []string) *Modules {
	places := make([]string, len(paths))
	for i, file := range paths {
		folder, base := path.Split(file)
		// A module in machine code is named quick.cpython-313-x86_64-linux-gnu.so.
		stem, _, _ := strings.Cut(base, ".")
		places[i] = folder + stem
	}
	slices.Sort(places)
	return &Modules{places}
}

// loads reports whether Python may load a file: as a program, or as a module that no other hides and whose imports all may succeed.
// Nil knows nothing.
func (m *Modules) loads(file string, f *names.File) bool {
	if m == nil || !m.is(strings.TrimSuffix(file, ".py")) || strings.Contains(f.Source, "__main__") {
		return true
	}
	return !m.hides(file) && !slices.ContainsFunc(f.Body(), func(stmt python.Stmt) bool { return m.lacks(file, stmt) })
}

// stops reports whether a function imports what is not there before its code at an offset runs. Nil knows nothing.
func (m *Modules) stops(f *django.File, file string, offset int32) bool {
	if m == nil {
		return false
	}
	for stmt := range f.StatementsBefore(offset) {
		if f.FunctionAt(stmt) != nil && m.lacks(file, stmt) {
			return true
		}
	}
	return false
}

// hides reports whether Python imports something else under the name of a file: a package beside a module, or a module beside a folder
// that is no package.
// Source: https://docs.python.org/3/reference/import.html#path-entry-finders
func (m *Modules) hides(file string) bool {
	if m.is(strings.TrimSuffix(file, ".py") + "/__init__") {
		return true
	}
	for folder := path.Dir(file); folder != path.Dir(folder); folder = path.Dir(folder) {
		if m.is(folder) && !m.is(folder+"/__init__") {
			return true
		}
	}
	return false
}

// uncommitted matches the names of modules that a deployment or a build brings.
var uncommitted = pattern.New(`(?i)local|secret|setting|config|version|private|credential|password|generated|(^|_)(keys?|env|conf|pb2\w*|build)($|_)`)

// lacks reports whether a statement imports a module of the project that is not there. One in a branch or a try may not be needed.
func (m *Modules) lacks(file string, stmt python.Stmt) bool {
	switch s := stmt.(type) {
	case *python.Import:
		return slices.ContainsFunc(s.Names, func(name *python.Alias) bool { return m.lacksModule(file, name.Name) })
	case *python.ImportFrom:
		if s.Level == 0 {
			return m.lacksModule(file, s.Module)
		}
		folder := file
		for range s.Level {
			folder = path.Dir(folder)
		}
		return s.Module != "" && !m.has(path.Join(folder, asPath(s.Module))) && !uncommitted.MatchString(s.Module)
	}
	return false
}

// lacksModule reports whether a dotted name means a module of a package around a file, or beside one of those, that is not there.
func (m *Modules) lacksModule(file, dotted string) bool {
	top, _, inside := strings.Cut(dotted, ".")
	if !inside {
		return false
	}
	module, lacks := asPath(dotted), false
	for root := path.Dir(file); ; root = path.Dir(root) {
		if !m.is(path.Join(root, "__init__")) && m.isPackage(path.Join(root, top)) {
			if m.has(path.Join(root, module)) {
				return false
			}
			lacks = true
		}
		if root == path.Dir(root) {
			break
		}
	}
	// A folder of the search path may stand anywhere.
	return lacks && !uncommitted.MatchString(dotted) && !slices.ContainsFunc(m.places, func(place string) bool { return strings.Contains("/"+place+"/", "/"+module+"/") })
}

// isPackage reports whether a folder is a package with modules of its own. Without any it may be there for distributions that share
// its name, of which others are installed.
func (m *Modules) isPackage(folder string) bool {
	return m.is(folder+"/__init__") && slices.ContainsFunc(m.places[m.from(folder+"/"):], func(place string) bool {
		inside, ok := strings.CutPrefix(place, folder+"/")
		return ok && inside != "__init__" && !strings.Contains(inside, "/")
	})
}

// isSeen reports whether a file sees a module of the repository, whose path is given, from a folder around it that is no package.
func (m *Modules) isSeen(file, module string) bool {
	for root := path.Dir(file); ; root = path.Dir(root) {
		if place := path.Join(root, module); !m.is(path.Join(root, "__init__")) && (m.is(place) || m.isFolder(place)) {
			return true
		}
		if root == path.Dir(root) {
			return false
		}
	}
}

// isFolder reports whether places lie in a folder.
func (m *Modules) isFolder(folder string) bool {
	i := m.from(folder + "/")
	return i < len(m.places) && strings.HasPrefix(m.places[i], folder+"/")
}

// has reports whether there may be a module, or a package, at a path without its extension.
func (m *Modules) has(module string) bool {
	if m.isFolder(module) {
		return true
	}
	for ; module != path.Dir(module); module = path.Dir(module) {
		if m.is(module) {
			return true
		}
	}
	return false
}

// is reports whether a path without its extension is one of the places.
func (m *Modules) is(place string) bool {
	_, found := slices.BinarySearch(m.places, place)
	return found
}

// from returns where the places begin that sort behind a path.
func (m *Modules) from(place string) int {
	i, _ := slices.BinarySearch(m.places, place)
	return i
}

func asPath(dotted string) string { return strings.ReplaceAll(dotted, ".", "/") }
