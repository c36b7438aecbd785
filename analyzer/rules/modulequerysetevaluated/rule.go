// Package modulequerysetevaluated reports QuerySets of a module or a class that are evaluated in place.
package modulequerysetevaluated

import (
	_ "embed"
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

//go:embed doc.md
var doc string

// Rule reports a QuerySet that outlives requests and keeps the rows of its first evaluation.
var Rule = &analyzer.Rule{
	Name:       "module-queryset-evaluated",
	Doc:        doc,
	Severity:   analyzer.High,
	Confidence: analyzer.HighConfidence,
	Fix:        analyzer.SafeFix,
	Status:     analyzer.Preview,
	Triggers:   []string{"objects", "_default_manager"},
	Run:        run,
}

func run(pass *analyzer.Pass) {
	for _, stmt := range pass.Body() {
		name, value := names.Assignment(stmt)
		binding := pass.Module.Lookup(name)
		if binding == nil || len(binding.Definitions) != 1 || !isQuerySet(pass, value) {
			continue
		}
		for _, use := range binding.Uses {
			check(pass, use, value, "`"+name+"` of the module")
		}
	}
	for _, class := range pass.Classes {
		for _, attribute := range pass.Attributes(class) {
			if !isQuerySet(pass, attribute.Body) || rebound(attribute) || refuses(pass, class) {
				continue
			}
			for _, use := range attribute.Uses {
				check(pass, use.Expr, attribute.Body, "`"+attribute.Name+"` of the class "+class.Name)
			}
		}
	}
}

func isQuerySet(pass *analyzer.Pass, value python.Expr) bool {
	call, ok := value.(*python.Call)
	if !ok {
		return false
	}
	q := pass.QuerySet(call)
	return q != nil && !q.Given && !q.Custom
}

// rebound reports whether a method gives the object an attribute of its own.
func rebound(attribute *names.Attribute) bool {
	return slices.ContainsFunc(attribute.Uses, func(use names.AttributeUse) bool { return use.Kind == names.Rebinds })
}

// refuses reports whether a class is a view of Django REST framework, which raises an error where its queryset is
// evaluated in place.
func refuses(pass *analyzer.Pass, class *names.Class) bool {
	return slices.ContainsFunc(pass.Ancestors(class), func(base string) bool { return strings.HasPrefix(base, "rest_framework.") })
}

func check(pass *analyzer.Pass, use, value python.Expr, holder string) {
	fn := pass.FunctionAt(use)
	confidence := analyzer.HighConfidence
	switch {
	case !pass.RunsAgain(fn):
		return
	case evaluates(pass, use):
	case rendered(pass, fn, use):
		confidence = analyzer.MediumConfidence
	default:
		return
	}
	pass.Report(analyzer.Diagnostic{
		Confidence: &confidence,
		Preview:    keyed(pass, use) || isOneColumn(pass, value),
		Span:       use.Range(),
		Message:    holder + " keeps the rows of its first evaluation for the life of the process, and never sees new ones",
		Fixes: []analyzer.SuggestedFix{{
			Message: "Evaluate a copy, which goes with the call",
			Kind:    analyzer.SafeFix,
			Edits:   []analyzer.TextEdit{analyzer.Insert(use.Range().End, ".all()")},
		}},
	})
}

// keyed reports whether a QuerySet becomes a dict, which code looks up by names that it knows: a new row changes nothing for it.
func keyed(pass *analyzer.Pass, use python.Expr) bool {
	clause, ok := pass.Parent(use).(*python.Comprehension)
	if !ok {
		return false
	}
	_, ok = pass.Parent(clause).(*python.DictComp)
	return ok
}

// isOneColumn reports whether a QuerySet's rows are the values of one column, a look-up table that is mostly meant to be kept:
// values_list("slug", flat=True).
func isOneColumn(pass *analyzer.Pass, queryset python.Expr) bool {
	rows := pass.QuerySet(queryset)
	if rows == nil {
		return false
	}
	values := rows.Last("values_list")
	return values != nil && names.Keyword(values, "flat") != nil
}

// evaluators are builtins that walk over what they are given or ask for its length.
var evaluators = map[string]bool{
	"builtins.list": true, "builtins.tuple": true, "builtins.set": true, "builtins.frozenset": true, "builtins.sorted": true,
	"builtins.len": true, "builtins.bool": true, "builtins.sum": true, "builtins.min": true, "builtins.max": true,
	"builtins.any": true, "builtins.all": true, "builtins.enumerate": true, "builtins.zip": true, "builtins.dict": true,
	"builtins.iter": true, "builtins.map": true, "builtins.filter": true, "builtins.reversed": true,
	"random.choice": true, "random.sample": true,
}

// evaluates reports whether the node around a QuerySet makes it fetch its rows and keep them. An index, a slice, count()
// and exists() ask the database and keep nothing.
func evaluates(pass *analyzer.Pass, use python.Expr) bool {
	switch parent := pass.Parent(use).(type) {
	case *python.For:
		return parent.Iter == use
	case *python.Comprehension:
		return parent.Iter == use
	case *python.Call:
		return parent.Func != use && (evaluators[pass.Qualified(parent.Func)] || serializes(parent))
	case *python.Compare:
		return parent.Left != use && (parent.Ops[0] == python.In || parent.Ops[0] == python.NotIn)
	case *python.If:
		return parent.Test == use
	case *python.While:
		return parent.Test == use
	case *python.IfExp:
		return parent.Test == use
	case *python.UnaryOp:
		return parent.Op == python.Not
	case *python.BoolOp, *python.Starred:
		return true
	}
	return false
}

// rendered reports whether a view puts a QuerySet into a dict, from where a template most likely walks over it.
func rendered(pass *analyzer.Pass, fn *names.Function, use python.Expr) bool {
	dict, ok := pass.Parent(use).(*python.Dict)
	return ok && slices.Contains(dict.Values, use) && pass.Context(fn) == django.RequestContext
}

// serializes reports whether a call hands rows to a serializer of Django REST framework.
func serializes(call *python.Call) bool {
	many := names.Keyword(call, "many")
	if many == nil {
		return false
	}
	constant, ok := many.Value.(*python.Constant)
	return ok && constant.Kind == python.True
}
