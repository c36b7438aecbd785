// Package libraryglobalextended reports lists of other modules that a function extends with each call.
package libraryglobalextended

import (
	"cmp"
	_ "embed"
	"slices"
	"strings"
	"unicode"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/growth"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/pattern"
	"github.com/djleak/djleak/analyzer/python"
)

//go:embed doc.md
var doc string

// Rule reports a list of a library or of the settings that a function adds to, directly or under a local name.
var Rule = &analyzer.Rule{
	Name:       "library-global-extended",
	Doc:        doc,
	Severity:   analyzer.Medium,
	Confidence: analyzer.HighConfidence,
	Fix:        analyzer.UnsafeFix,
	Status:     analyzer.Stable,
	Triggers:   []string{"+= ", "+=[", ".append(", ".extend(", ".insert("},
	Run:        run,
}

func run(pass *analyzer.Pass) {
	type place struct {
		fn   *names.Function
		list string
	}
	seen := make(map[place]bool)
	for _, access := range constants(pass) {
		scope := pass.ScopeAt(access)
		list, alias := constant(pass, access)
		at := place{scope.Function, list}
		if list == "" || seen[at] || scope.Kind == names.ClassScope || !pass.RunsAgain(scope.Function) {
			continue
		}
		if grown, ok := extended(pass, access, alias); ok {
			seen[at] = true
			d := diagnose(pass, at.fn, access, list, alias, grown)
			if loads.MatchString(at.fn.Name) {
				// Plugins are loaded once.
				d.Confidence = new(analyzer.LowConfidence)
			}
			d.Preview = !isCalledOften(pass, at.fn)
			pass.Report(d)
		}
	}
}

// constants returns the places that name what may be a constant of another module, in source order.
func constants(pass *analyzer.Pass) []python.Expr {
	var places []python.Expr
	for _, access := range pass.Accesses {
		if isConstant(access.Attr) {
			places = append(places, access)
		}
	}
	for _, stmt := range pass.ImportFroms {
		for _, alias := range stmt.Names {
			if binding := pass.ScopeAt(stmt).Lookup(cmp.Or(alias.AsName, alias.Name)); binding != nil && isConstant(alias.Name) {
				for _, name := range binding.Uses {
					places = append(places, name)
				}
			}
		}
	}
	slices.SortStableFunc(places, func(a, b python.Expr) int { return cmp.Compare(a.Range().Start, b.Range().Start) })
	return places
}

// loads matches the names of functions that bring a program's parts together.
var loads = pattern.New(`^_*(auto)?(load|import|collect|discover|initiali[sz]e|init|bootstrap)(_|$)`)

// constant returns the qualified name of a constant of another module that an expression names, and the local name that
// the same statement gives it, if it does.
func constant(pass *analyzer.Pass, expr python.Expr) (string, *python.Name) {
	qualified := pass.Qualified(expr)
	if !strings.Contains(qualified, ".") || strings.HasPrefix(qualified, ":") || !isConstant(qualified[strings.LastIndexByte(qualified, '.')+1:]) {
		return "", nil
	}
	if stmt, ok := pass.Parent(expr).(*python.Assign); ok && stmt.Value == expr && len(stmt.Targets) == 1 {
		if name, ok := stmt.Targets[0].(*python.Name); ok {
			return qualified, name
		}
	}
	return qualified, nil
}

// isConstant reports whether a name is written as those of constants are.
func isConstant(name string) bool {
	return !strings.ContainsFunc(name, unicode.IsLower) && strings.ContainsFunc(name, unicode.IsUpper)
}

// isCalledOften reports whether something says that a function runs again and again: it is part of a view, a task or a receiver, or is
// given what it works on. One without, such as enable_toolbar(), is as likely to be called once, when the settings are made, and one that
// adds to a register, such as add_renderer(renderer), once by each who has something to add.
func isCalledOften(pass *analyzer.Pass, fn *names.Function) bool {
	return pass.Context(fn) != django.OtherContext || !registers.MatchString(fn.Name) && slices.ContainsFunc(fn.Params(), func(param *python.Arg) bool {
		return param.Name != fn.Self() && !parts.MatchString(param.Name)
	})
}

// registers matches the names of functions that make something known to a program for good.
var registers = pattern.New(`^_*(add|allow|enable|extend|install|register)(_|$)`)

// parts matches the names of parameters for the program itself and what it is set up with.
var parts = pattern.New(`(?i)(^|_)(settings|conf|config|apps?|env|environment|options|sender|kwargs|path|name|module)$`)

// extended returns the statement that adds to the list: as the constant itself or under its local name.
func extended(pass *analyzer.Pass, expr python.Expr, alias *python.Name) (names.Use, bool) {
	if alias == nil {
		use := pass.UseOf(expr)
		return use, adds(pass, use)
	}
	binding := pass.Binding(alias)
	if binding == nil || binding.Scope.Kind != names.FunctionScope {
		return names.Use{}, false
	}
	for _, name := range binding.Uses {
		use := pass.UseOf(name)
		reaching := pass.Reaching(name)
		if adds(pass, use) && len(reaching) > 0 && reaching[0].Value == expr {
			return use, true
		}
	}
	return names.Use{}, false
}

// adds reports whether a use makes a list longer with each call: the constant itself, or one of its elements. What may be a
// number, a string or a tuple is left out: += makes a new one of those.
func adds(pass *analyzer.Pass, use names.Use) bool {
	if use.Kind != names.Grows && use.Kind != names.GrowsKeyed {
		return false
	}
	switch use.Method {
	case "append", "extend", "insert":
		return !looksFirst(pass, use) && !growth.IsCode(pass.File, use.Value)
	case "":
		if _, augmented := use.Node.(*python.AugAssign); !augmented {
			return false
		}
		_, list := use.Value.(*python.List)
		_, comprehension := use.Value.(*python.ListComp)
		return list || comprehension
	}
	return false
}

// looksFirst reports whether the function asks before the use if the value is there already, or takes something out, too.
func looksFirst(pass *analyzer.Pass, use names.Use) bool {
	if takesOut(pass, use) {
		return true
	}
	if use.Value == nil {
		return false
	}
	list, many := pass.Text(use.Expr), growth.VarietyOf(pass.File, use.Value) == growth.Many
	for node := range pass.Within(pass.FunctionAt(use.Node)) {
		if node.Range().Start >= use.Node.Range().Start {
			continue
		}
		switch n := node.(type) {
		case *python.If:
			if goesThrough(pass, n.Test, list) {
				return true
			}
		case *python.Compare:
			if !many && asksFor(pass, n, use.Value) {
				return true
			}
		}
	}
	return false
}

// asksFor reports whether a comparison looks for a value among others.
func asksFor(pass *analyzer.Pass, compare *python.Compare, value python.Expr) bool {
	return (compare.Ops[0] == python.NotIn || compare.Ops[0] == python.In) && pass.Text(compare.Left) == pass.Text(value)
}

// goesThrough reports whether a test looks at each element of the list, itself or by a name that stands for what does:
// not any(item.name == name for item in LIST), name not in names.
func goesThrough(pass *analyzer.Pass, test python.Expr, list string) bool {
	found := false
	walks := func(node python.Node) bool {
		clause, ok := node.(*python.Comprehension)
		found = found || ok && pass.Text(clause.Iter) == list
		return !found
	}
	python.Walk(test, func(node python.Node) bool {
		if name, ok := node.(*python.Name); ok {
			if made := pass.Value(name); made != nil {
				python.Walk(made, walks)
			}
		}
		return walks(node)
	})
	return found
}

// takesOut reports whether the function around a use removes something from the same list.
func takesOut(pass *analyzer.Pass, use names.Use) bool {
	list := pass.Text(use.Expr)
	for node := range pass.Within(pass.FunctionAt(use.Node)) {
		call, ok := node.(*python.Call)
		if !ok {
			continue
		}
		if access, ok := call.Func.(*python.Attribute); ok && (access.Attr == "remove" || access.Attr == "pop") && pass.Text(access.Value) == list {
			return true
		}
	}
	return false
}

func diagnose(pass *analyzer.Pass, fn *names.Function, expr python.Expr, list string, alias *python.Name, use names.Use) analyzer.Diagnostic {
	d := analyzer.Diagnostic{
		Span:    use.Node.Range(),
		Message: "Each call of " + fn.QualifiedName + " makes `" + strings.TrimLeft(list, ".") + "` longer: it is one list for all who import it",
	}
	if alias == nil {
		d.Remedy = "own = [*" + pass.Text(expr) + ", ...]\n"
		return d
	}
	if use.Kind == names.GrowsKeyed {
		d.Message = "Each call of " + fn.QualifiedName + " makes a list in `" + strings.TrimLeft(list, ".") + "` longer: `" + alias.Id + "` is that dict, no copy"
		d.Remedy = "own = {**" + pass.Text(expr) + ", key: [*" + pass.Text(expr) + "[key], ...]}\n"
		return d
	}
	d.Message = "Each call of " + fn.QualifiedName + " makes `" + strings.TrimLeft(list, ".") + "` longer: `" + alias.Id + "` is that list, no copy"
	d.Fixes = []analyzer.SuggestedFix{{
		Message: "Copy the list first",
		Kind:    analyzer.UnsafeFix,
		Check:   "Is `" + pass.Text(expr) + "` a list?",
		Edits:   []analyzer.TextEdit{analyzer.Replace(expr, "["+"*"+pass.Text(expr)+"]")},
	}}
	return d
}
