package django

import (
	"cmp"
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/pattern"
	"github.com/djleak/djleak/analyzer/python"
)

// A Shape is what a module says of a name at its level: a class, or where that may come from.
type Shape struct {
	// Class is true for a class: Fields are what its body assigns, Members what else its body and its methods give it and its objects,
	// Bases the qualified names of its bases.
	Class                  bool
	Fields, Members, Bases []string
	// Manages is true where a manager of the project's own may compute more for each row.
	Manages bool
	// Means is the qualified name of what the name stands for, which is no class of the module.
	Means string
	// Stars are the modules of which all is imported, one of which may have a name that the module does not bind.
	Stars []string
}

// Shape returns what the module says of a name. It returns false where that may be anything.
func (f *File) Shape(name string) (Shape, bool) {
	binding := f.Module.Lookup(name)
	switch {
	case binding == nil:
		return Shape{Stars: slices.Clone(f.StarImports)}, true
	case len(binding.Definitions) != 1:
		return Shape{}, false
	}
	switch def := binding.Definitions[0]; def.Kind {
	case names.Imported:
		return Shape{Means: def.Path}, true
	case names.Assigned:
		means := f.Qualified(def.Value)
		return Shape{Means: means}, means != ""
	case names.Defined:
		class, ok := def.Node.(*python.ClassDef)
		if !ok || !slices.Contains(f.Body(), python.Stmt(class)) {
			return Shape{}, false
		}
		return f.shapeOf(f.Class(class))
	}
	return Shape{}, false
}

// shapeless are words of classes whose objects get more than these say.
var shapeless = []string{"setattr(", "__getattr", "__dict__", "contribute_to_class", "locals()", "exec(", "import *"}

func (f *File) shapeOf(class *names.Class) (Shape, bool) {
	text := f.Text(class)
	if len(class.Keywords) > 0 || slices.ContainsFunc(class.Decorators, f.mayAdd) ||
		slices.ContainsFunc(shapeless, func(word string) bool { return strings.Contains(text, word) }) ||
		strings.Contains(f.Source, class.Name+".add_to_class(") || strings.Contains(f.Source, "setattr("+class.Name+",") {
		return Shape{}, false
	}
	s := Shape{Class: true}
	for _, base := range class.BaseNames {
		if base == "" {
			return Shape{}, false
		}
		s.Bases = append(s.Bases, base)
	}
	for _, stmt := range class.Body {
		switch n := stmt.(type) {
		case *python.FunctionDef:
			s.Members = append(s.Members, n.Name)
		case *python.ClassDef:
			s.Members = append(s.Members, n.Name)
		case *python.ExprStmt, *python.Pass:
		case *python.Import:
			s.Members = append(s.Members, bound(n.Names)...)
		case *python.ImportFrom:
			s.Members = append(s.Members, bound(n.Names)...)
		case *python.Assign, *python.AnnAssign:
			if describesMember(stmt) {
				continue
			}
			name, value := names.Assignment(stmt)
			if name == "" || f.contributes(name, value) {
				return Shape{}, false
			}
			s.Fields = append(s.Fields, name)
			s.Manages = s.Manages || f.isOwnManager(name, value)
		default:
			return Shape{}, false
		}
	}
	for _, attribute := range f.Attributes(class) {
		if slices.ContainsFunc(attribute.Uses, func(use names.AttributeUse) bool { return use.Kind == names.Rebinds }) {
			s.Members = append(s.Members, attribute.Name)
		}
	}
	return s, true
}

// describesMember reports whether a statement sets an attribute of a member alone: total.short_description = "Total".
func describesMember(stmt python.Stmt) bool {
	assign, ok := stmt.(*python.Assign)
	return ok && !slices.ContainsFunc(assign.Targets, func(target python.Expr) bool {
		_, ok := target.(*python.Attribute)
		return !ok
	})
}

// bound returns the names that an import binds: import a.b binds a.
func bound(aliases []*python.Alias) []string {
	var found []string
	for _, alias := range aliases {
		name, _, _ := strings.Cut(cmp.Or(alias.AsName, alias.Name), ".")
		found = append(found, name)
	}
	return found
}

// mayAdd reports whether a decorator may give a class more than its body does.
func (f *File) mayAdd(decorator python.Expr) bool {
	switch name := python.LastName(decorator); name {
	case "python_2_unicode_compatible", "register_snippet", "total_ordering", "deconstructible":
		return false
	default:
		return true
	}
}

// plainMember matches the names of what makes members of a model that say their names: fields, managers, lists of choices.
var plainMember = pattern.New(`(Field|Key|Manager|Choices|QuerySet|as_manager)$|^[a-z_]*(tuple|list|dict|set|property|sorted|frozenset|range)$|^(_|gettext\w*|ugettext\w*|compile|Relation|GenericRelation|Manager)$`)

// contributes reports whether a member of a class may bring others with it, as what keeps a model's history does.
func (f *File) contributes(name string, value python.Expr) bool {
	call, ok := value.(*python.Call)
	if !ok || strings.ToUpper(name) == name {
		return false
	}
	made := call.Func
	if inner, ok := made.(*python.Call); ok { // models.Manager.from_queryset(OrderQuerySet)()
		made = inner.Func
		return python.LastName(made) != "from_queryset"
	}
	qualified := f.Qualified(made)
	return !plainMember.MatchString(python.LastName(made)) && !strings.HasPrefix(qualified, "django.") && qualified != "simple_history.models.HistoricalRecords"
}

// managing matches the code that makes managers.
var managing = pattern.New(`Manager|QuerySet|as_manager`)

// isOwnManager reports whether a member is a manager of the project's own.
func (f *File) isOwnManager(name string, value python.Expr) bool {
	call, ok := value.(*python.Call)
	if !ok {
		return managerAttributes[name]
	}
	return f.Qualified(call.Func) != "django.db.models.Manager" && (managerAttributes[name] || managing.MatchString(f.Text(call.Func))) && !f.onlyAsks(call.Func)
}

// computing matches what gives rows more than their model does, or makes the QuerySets from which all others come.
var computing = pattern.New(`\b(annotate|alias|extra|raw|get_query_?set|_queryset_class|setattr)\b`)

// onlyAsks reports whether an expression is a manager of this file that adds methods to Django's and computes nothing for the rows.
func (f *File) onlyAsks(manager python.Expr) bool {
	class := f.LocalClass(f.Qualified(manager))
	return class != nil && !computing.MatchString(f.Text(class)) &&
		!slices.ContainsFunc(class.BaseNames, func(base string) bool { return base != "django.db.models.Manager" })
}
