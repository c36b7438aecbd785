// Package requestretainedglobally reports requests, views and the like that a module or a class keeps.
package requestretainedglobally

import (
	_ "embed"
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/growth"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

//go:embed doc.md
var doc string

// Rule reports an object of one request in a variable or a container of a module or a class.
var Rule = &analyzer.Rule{
	Name:       "request-retained-globally",
	Doc:        doc,
	Severity:   analyzer.High,
	Confidence: analyzer.HighConfidence,
	Status:     analyzer.Stable,
	Triggers:   []string{"request", "response", "View", "Form", "Serializer"},
	Run:        run,
}

func run(pass *analyzer.Pass) {
	for _, h := range growth.OfModule(pass.File) {
		if h.Pruned(pass.RunsAgain) {
			continue
		}
		for _, use := range h.Uses {
			if object := kept(pass, use.Use); object != "" && use.Function != nil && pass.RunsAgain(use.Function) {
				pass.Report(inContainer(pass, h, use.Use, object))
			}
		}
	}
	for _, stmt := range pass.Assigns {
		if scope := pass.ScopeAt(stmt); scope.Kind == names.FunctionScope && pass.RunsAgain(scope.Function) {
			assigned(pass, scope.Function, stmt)
		}
	}
}

// kept says what of one request a use puts into a container, as a value or as a key, or "".
func kept(pass *analyzer.Pass, use names.Use) string {
	if use.Kind != names.Grows && use.Kind != names.GrowsKeyed {
		return ""
	}
	for _, expr := range []python.Expr{use.Value, use.Key} {
		if expr == nil {
			continue
		}
		if kept := pass.PerRequest(expr); kept != "" && kept != "user" {
			return pass.Text(expr)
		}
	}
	return ""
}

func inContainer(pass *analyzer.Pass, h growth.Holder, use names.Use, kept string) analyzer.Diagnostic {
	d := analyzer.Diagnostic{
		Span:    use.Node.Range(),
		Message: "`" + h.Name + "` of the module keeps `" + kept + "` of every call alive, and all that hangs on it",
		Remedy:  remedy,
	}
	if use.Key != nil && growth.VarietyOf(pass.File, use.Key) == growth.Few {
		medium := analyzer.Medium
		d.Severity = &medium
		d.Message = "`" + h.Name + "` of the module keeps the last `" + kept + "` of each key alive, and all that hangs on it"
	}
	return d
}

const remedy = "request.audit = ...  # what belongs to a request goes with it\n"

// assigned reports what a function assigns to a global name or to an attribute of a class.
func assigned(pass *analyzer.Pass, fn *names.Function, stmt *python.Assign) {
	kept := pass.PerRequest(stmt.Value)
	if kept == "" || kept == "user" {
		return
	}
	for _, target := range stmt.Targets {
		if holder := outliving(pass, fn, target); holder != "" {
			severity := analyzer.Medium
			pass.Report(analyzer.Diagnostic{
				Span:     stmt.Range(),
				Message:  "`" + holder + "` keeps the last `" + pass.Text(stmt.Value) + "` alive, and shows it to the next request",
				Severity: &severity,
				Remedy:   remedy,
			})
		}
	}
}

// outliving names the target of an assignment where it outlives the request: a global name, or an attribute of a class
// or of Django's settings. It returns "" for one that the file sets back.
func outliving(pass *analyzer.Pass, fn *names.Function, target python.Expr) string {
	switch t := target.(type) {
	case *python.Name:
		binding := pass.Binding(t)
		if binding != nil && binding.Scope == pass.Module && !setBack(pass, binding.Definitions) {
			return t.Id
		}
	case *python.Attribute:
		switch qualified := pass.Qualified(t.Value); {
		case strings.HasPrefix(qualified, ":") && pass.LocalClass(qualified) != nil,
			qualified == "django.conf.settings", isOwnClass(fn, t.Value):
			if !isReset(pass, t) {
				return pass.Text(t)
			}
		}
	}
	return ""
}

// isOwnClass reports whether expr is cls in a class method, or self.__class__.
func isOwnClass(fn *names.Function, expr python.Expr) bool {
	switch e := expr.(type) {
	case *python.Name:
		return e.Id == "cls" && fn.Self() == "cls"
	case *python.Attribute:
		receiver, ok := e.Value.(*python.Name)
		return ok && e.Attr == "__class__" && receiver.Id == fn.Self()
	}
	return false
}

// setBack reports whether a function deletes a global name or sets it to None again.
func setBack(pass *analyzer.Pass, definitions []names.Definition) bool {
	return slices.ContainsFunc(definitions, func(def names.Definition) bool {
		return def.Kind == names.Deleted || pass.FunctionAt(def.Node) != nil && isNone(def.Value)
	})
}

// isReset reports whether the file deletes an attribute of that name or sets it to None in a function.
func isReset(pass *analyzer.Pass, target *python.Attribute) bool {
	return slices.ContainsFunc(pass.AttributesNamed(target.Attr), func(access *python.Attribute) bool {
		switch use := pass.UseOf(access); use.Kind {
		case names.Rebinds:
			return isNone(use.Value) && pass.FunctionAt(access) != nil
		case names.Prunes:
			return true
		default:
			return false
		}
	})
}

func isNone(expr python.Expr) bool {
	constant, ok := expr.(*python.Constant)
	return ok && constant.Kind == python.None
}
