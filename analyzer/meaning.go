package analyzer

import (
	"iter"
	"path"
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer/django"
)

// mayMean reports whether a qualified name of a file may mean an entrance of another: it does, unless it comes from another module,
// which defines that name itself, or from no module of the project.
func (m *Mentions) mayMean(project *mentioned, file string, e django.Entrance, qualified string) bool {
	dotted := strings.TrimLeft(qualified, ".")
	level := len(qualified) - len(dotted)
	switch {
	case dotted == e.Name && level > 0:
		dotted = ""
	case !strings.HasSuffix(dotted, "."+e.Name):
		return false
	default:
		dotted = strings.TrimSuffix(dotted, "."+e.Name)
	}
	module := asPath(dotted)
	is := func(place string) bool { return django.EndsAlike(place, module) }
	if level > 0 {
		module = path.Join(django.Above(file, level), module)
		is = func(place string) bool { return place == module }
	}
	// A package hands on what its modules hold.
	for place := strings.TrimSuffix(e.File, ".py"); place != "."; place = path.Dir(place) {
		if is(place) {
			return true
		}
	}
	return !m.definesElsewhere(project, e.Name, is) && (level > 0 || project.hasPart(dotted))
}

// definesElsewhere reports whether a module of the project, told by its place, defines a name itself.
func (m *Mentions) definesElsewhere(project *mentioned, name string, is func(place string) bool) bool {
	for file := range m.paths(project) {
		place := strings.TrimSuffix(strings.TrimSuffix(file, ".py"), "/__init__")
		if path.Ext(file) != ".py" || !is(place) {
			continue
		}
		raw, err := m.Read(file)
		if err == nil && slices.ContainsFunc([]string{"def ", "class "}, func(keyword string) bool { return says(string(raw), nil, keyword+name) }) {
			return true
		}
	}
	return false
}

// hasPart reports whether the first part of a dotted name is a folder or a module of the project.
func (m *mentioned) hasPart(dotted string) bool {
	top, _, _ := strings.Cut(dotted, ".")
	return m.parts()[top]
}

// partsOf returns the names of folders and modules.
func partsOf(files iter.Seq[string]) map[string]bool {
	parts := make(map[string]bool)
	for file := range files {
		for part := range strings.SplitSeq(strings.TrimSuffix(file, ".py"), "/") {
			parts[part] = true
		}
	}
	return parts
}

// rootsOf returns the folders with what servers start, or with settings.
func rootsOf(files iter.Seq[string]) map[string]bool {
	roots := make(map[string]bool)
	for file := range files {
		folder, base := path.Split(file)
		if base == "wsgi.py" || base == "asgi.py" || strings.HasPrefix(base, "settings") || path.Base(folder) == "settings" {
			roots[path.Clean(folder)] = true
			if path.Base(folder) == "settings" {
				roots[path.Dir(path.Clean(folder))] = true
			}
		}
	}
	return roots
}
