package analyzer

import (
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/pattern"
)

// installing matches what lists the applications of a project, or adds up such lists.
var installing = pattern.New(`(?m)^\s*INSTALLED_APPS\b.*=\s*([\[(]|\w+_APPS\b)`)

// uninstalled reports whether a file asks for rows of a model of an application that neither the repository holds nor the settings name:
// the project had it once, and Django refuses its models now. A library leaves it to others to install what it works with.
// Source: https://docs.djangoproject.com/en/5.2/ref/models/options/#app-label
func (l *library) uninstalled(file string, i django.Import) bool {
	app, rest, _ := strings.Cut(i.Module, ".")
	if i.Level > 0 || rest != "models" || len(l.placesOf(app)) > 0 || len(l.placesOf(app+"/models")) > 0 || uncommitted.MatchString(app) {
		return false
	}
	text, ok := l.text(file)
	if !ok || l.isThere(l.folder+"setup.py") || !strings.Contains(text, i.Name+".objects") {
		return false
	}
	listings := l.listings()
	return slices.ContainsFunc(listings, installing.MatchString) && !slices.ContainsFunc(listings, func(text string) bool { return says(text, nil, app) })
}
