package analyzer

import (
	"path"
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer/django"
)

// misnames reports whether a file imports the models of an application by its last name alone, shop.models for apps.shop.models: Django
// refuses models whose application is installed by another name.
// Source: https://docs.djangoproject.com/en/5.2/topics/db/models/#using-models
func (l *library) misnames(file string, i django.Import) bool {
	name, rest, _ := strings.Cut(i.Module, ".")
	if i.Level > 0 || rest != "models" && !strings.HasPrefix(rest, "models.") {
		return false
	}
	for folder := path.Dir(file); folder != "."; folder = path.Dir(folder) {
		if path.Base(folder) == name {
			around := path.Dir(folder)
			// Whether Python finds the module by the last name where the folder around is no package, nobody knows; Django refuses it then, too.
			found := l.modules.is(around+"/__init__") && l.modules.isSeen(file, name)
			return l.modules.is(folder+"/__init__") && !l.modules.is(path.Join(path.Dir(around), "__init__")) &&
				l.modules.has(path.Join(folder, asPath(rest))) && !found && l.installs(path.Base(around)+"."+name)
		}
	}
	return false
}

// installs reports whether the project's code names an application by a dotted name, and none puts a folder on the search path.
func (l *library) installs(app string) bool {
	installs, known := l.installed[app]
	if !known {
		installs = l.namesApp(app)
		l.installed[app] = installs
	}
	return installs
}

func (l *library) namesApp(app string) bool {
	named := false
	for _, file := range l.paths {
		if !strings.HasSuffix(file, ".py") || !strings.HasPrefix(file, l.folder) {
			continue
		}
		raw, err := l.read(file)
		if text := string(raw); err != nil || strings.Contains(text, "sys.path") {
			return false
		} else if !named {
			named = slices.ContainsFunc([]string{`"`, "'"}, func(quote string) bool {
				return strings.Contains(text, quote+app+quote) || strings.Contains(text, quote+app+".apps.")
			})
		}
	}
	return named
}
