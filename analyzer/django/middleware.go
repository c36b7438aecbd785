package django

import (
	"slices"

	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/pattern"
)

// MiddlewareAt returns the names by which settings may install the middleware around an offset: that of the function that makes it, or
// those of the class and of what derives from it in this file. There is none for what only looks like Django's middleware, and for a
// class that says to be there for others to derive from.
func (f *File) MiddlewareAt(offset int32) []string {
	var fn *names.Function
	for fn = range f.around(offset) { // The outermost is the last.
	}
	switch {
	case fn == nil:
		return nil
	case fn.Class == nil && fn.Param("get_response") != nil:
		return []string{fn.Name}
	case fn.Class == nil || !f.isInstallable(fn.Class):
		return nil
	}
	found := []string{fn.Class.Name}
	for _, class := range f.Classes {
		if slices.Contains(f.Ancestors(class), ":"+fn.Class.Name) {
			found = append(found, class.Name)
		}
	}
	return found
}

// forHeirs matches the names of classes that are there for others to derive from.
var forHeirs = pattern.New(`^(Base|Abstract)|(Base|Mixin)$`)

// isInstallable reports whether Django makes a class with get_response: it, or a base in this file, takes that, or it derives from
// Django's own mixin.
func (f *File) isInstallable(class *names.Class) bool {
	if forHeirs.MatchString(class.Name) {
		return false
	}
	return slices.ContainsFunc(f.Ancestors(class), func(base string) bool { return base == "django.utils.deprecation.MiddlewareMixin" }) ||
		slices.ContainsFunc(f.Classes, func(other *names.Class) bool {
			construct := other.Method("__init__")
			return construct != nil && construct.Param("get_response") != nil &&
				(other == class || slices.Contains(f.Ancestors(class), ":"+other.Name))
		})
}
