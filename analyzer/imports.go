package analyzer

import (
	"strings"

	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

// Import returns how the module calls name of another module, and the edits that import it where it is not yet: once, beside
// what comes from the same package, or else in the group of its kind, sorted as isort does by default. An import that only
// type checkers see counts for nothing. It returns false where the name already means something else.
func (p *Pass) Import(module, name string) (string, []TextEdit, bool) {
	path := module + "." + name
	if local, ok := p.imported(path); ok {
		return local, nil, true
	}
	if local, ok := p.imported(module); ok {
		return local + "." + name, nil, true
	}
	if p.Module.Lookup(name) != nil && !p.binds(name, path) {
		return "", nil, false
	}
	return name, []TextEdit{p.importEdit(module, name)}, true
}

// imported returns the name under which the module has what a path stands for.
func (p *Pass) imported(path string) (string, bool) {
	for stmt := range p.importStatements() {
		for local, imported := range importedNames(stmt) {
			if imported == path && p.binds(local, imported) {
				return local, true
			}
		}
	}
	return "", false
}

// importedNames yields the local names of an import statement and the qualified names of what they stand for.
func importedNames(stmt python.Stmt) func(yield func(local, imported string) bool) {
	return func(yield func(local, imported string) bool) {
		switch s := stmt.(type) {
		case *python.Import:
			for _, alias := range s.Names {
				// import os.path binds os.
				if (alias.AsName != "" || !strings.Contains(alias.Name, ".")) && !yield(localName(alias), alias.Name) {
					return
				}
			}
		case *python.ImportFrom:
			for _, alias := range s.Names {
				if s.Level == 0 && !yield(localName(alias), s.Module+"."+alias.Name) {
					return
				}
			}
		}
	}
}

func localName(alias *python.Alias) string {
	if alias.AsName != "" {
		return alias.AsName
	}
	return alias.Name
}

// binds reports whether a name of the module means an imported path, and nothing else.
func (p *Pass) binds(local, path string) bool {
	binding := p.Module.Lookup(local)
	if binding == nil {
		return false
	}
	for _, def := range binding.Definitions {
		if def.Kind != names.Imported || def.Path != path {
			return false
		}
	}
	return true
}

// importStatements yields the import statements at the module's top level that stand before any other code: a docstring,
// and imports under a condition, do not count as such.
func (p *Pass) importStatements() func(yield func(python.Stmt) bool) {
	return func(yield func(python.Stmt) bool) {
		for i, stmt := range p.Body() {
			switch stmt.(type) {
			case *python.Import, *python.ImportFrom:
				if !yield(stmt) {
					return
				}
			case *python.If, *python.Try:
			case *python.ExprStmt:
				if i > 0 {
					return
				}
			default:
				return
			}
		}
	}
}

// Unimport returns the edit that takes an imported name out of its import, for a fix that removes the use of it; none where
// the name is used, bound or in quotes elsewhere, as in __all__, or where the import is not the module's own.
func (p *Pass) Unimport(use *python.Name) []TextEdit {
	binding := p.Binding(use)
	if binding == nil || binding != p.Module.Lookup(use.Id) || len(binding.Uses) != 1 || len(binding.Definitions) != 1 ||
		strings.Contains(p.Source, `"`+use.Id+`"`) || strings.Contains(p.Source, "'"+use.Id+"'") {
		return nil
	}
	for stmt := range p.importStatements() {
		from, ok := stmt.(*python.ImportFrom)
		if !ok {
			continue
		}
		for i, alias := range from.Names {
			switch {
			case localName(alias) != use.Id:
			case len(from.Names) > 1:
				before := alias.Start
				if i > 0 {
					before = from.Names[i-1].End
				}
				return []TextEdit{p.RemoveItem(alias.Span, before, from.End)}
			default:
				if edit, ok := p.Delete(stmt); ok {
					return []TextEdit{edit}
				}
			}
		}
	}
	return nil
}
