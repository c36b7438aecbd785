package settings

import (
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/pattern"
	"github.com/djleak/djleak/analyzer/python"
)

// settingsClass ends the names of the classes that settings derive from: Configuration of django-configurations, and what
// projects call their own.
var settingsClass = pattern.New(`(Configurations?|Config|Settings|Mixin)$`)

// classes reads the settings that are attributes of classes, as django-configurations has them, but for the classes of another
// role. A class stands behind those that it derives from, so that the last setting of a name decides here too.
func (r *pythonReader) classes() {
	holders, bases := make(map[string]bool), make(map[string]bool)
	var read []*names.Class
	for _, class := range r.f.Classes {
		if class.Scope.Parent != r.f.Module || !derives(class, holders) {
			continue
		}
		holders[class.Name] = true
		for _, base := range class.Bases {
			bases[baseName(base)] = true
		}
		if RoleOf(words(class.Name)) == Production {
			read = append(read, class)
		}
	}
	for _, class := range read {
		before := len(r.file.Settings)
		r.stmts(class.Body, false)
		r.computed(class)
		isBase := bases[class.Name] || isBaseName(strings.ToLower(class.Name))
		for i := range r.file.Settings[before:] {
			r.file.Settings[before+i].base = isBase
		}
	}
}

// derives reports whether a class holds settings: it derives from one that does, or from one that says so by its name. What
// pydantic reads is handed to Django, if at all, under names that nobody sees here.
func derives(class *names.Class, holders map[string]bool) bool {
	if slices.ContainsFunc(class.BaseNames, func(base string) bool { return strings.HasPrefix(base, "pydantic") }) {
		return false
	}
	return slices.ContainsFunc(class.Bases, func(base python.Expr) bool {
		name := baseName(base)
		return holders[name] || settingsClass.MatchString(name)
	})
}

// baseName is the last part of a class's base: what from .base import * brings has no other name.
func baseName(base python.Expr) string {
	switch b := base.(type) {
	case *python.Name:
		return b.Id
	case *python.Attribute:
		return b.Attr
	}
	return ""
}

// computed takes the properties and methods in capitals: settings of which only the name is known.
func (r *pythonReader) computed(class *names.Class) {
	for _, stmt := range class.Body {
		def, ok := stmt.(*python.FunctionDef)
		if ok && def.Name == strings.ToUpper(def.Name) && !strings.HasPrefix(def.Name, "_") {
			r.file.Settings = append(r.file.Settings, Setting{Name: def.Name, Span: def.NameSpan, NameSpan: def.NameSpan})
		}
	}
}

var capital = pattern.New(`([a-z0-9])([A-Z])`)

// words separates the words of a class's name as a path does: "DockerDevSettings" is "Docker-Dev-Settings".
func words(name string) string { return capital.Regexp().ReplaceAllString(name, "$1-$2") }
