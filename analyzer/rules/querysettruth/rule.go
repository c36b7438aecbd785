// Package querysettruth reports conditions that fetch every row of a QuerySet to learn whether there is one.
package querysettruth

import (
	_ "embed"
	"slices"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
	"github.com/djleak/djleak/analyzer/selection"
)

//go:embed doc.md
var doc string

// Rule reports a QuerySet as a condition.
var Rule = &analyzer.Rule{
	Name:       "queryset-truth",
	Doc:        doc,
	Severity:   analyzer.Medium,
	Confidence: analyzer.HighConfidence,
	Fix:        analyzer.SafeFix,
	Status:     analyzer.Stable,
	Files:      selection.Code | selection.Migration,
	QuerySets:  true,
	Project:    true,
	Run:        run,
}

func run(pass *analyzer.Pass) {
	for _, test := range pass.Tests {
		condition(pass, test)
	}
	for _, call := range pass.Calls {
		if len(call.Args) == 1 && pass.Builtin(call.Func) == "bool" {
			condition(pass, call.Args[0])
		}
	}
	for _, not := range pass.Negations {
		// Outside a condition, as in return not orders.
		if !inCondition(pass, not) {
			condition(pass, not.Operand)
		}
	}
}

// condition looks at what a condition is made of.
func condition(pass *analyzer.Pass, test python.Expr) {
	switch t := test.(type) {
	case *python.BoolOp:
		for _, value := range t.Values {
			condition(pass, value)
		}
	case *python.UnaryOp:
		if t.Op == python.Not {
			condition(pass, t.Operand)
		}
	default:
		check(pass, test)
	}
}

// inCondition reports whether an operand belongs to a condition that is looked at from above.
func inCondition(pass *analyzer.Pass, node python.Node) bool {
	switch parent := pass.Parent(node).(type) {
	case *python.BoolOp:
		return inCondition(pass, parent)
	case *python.UnaryOp:
		return parent.Op == python.Not
	case *python.If, *python.While, *python.Assert, *python.Comprehension:
		return true
	case *python.IfExp:
		return parent.Test == node
	case *python.Call:
		return pass.Qualified(parent.Func) == "builtins.bool"
	}
	return false
}

func check(pass *analyzer.Pass, test python.Expr) {
	if _, walrus := test.(*python.NamedExpr); walrus {
		return // The rows are wanted below.
	}
	qs := pass.QuerySet(test)
	if qs == nil || qs.Has("raw") || qs.Has("select_for_update") || !pass.OnlyUse(test) {
		return
	}
	if extent := pass.Extent(qs); extent != django.Few && !pass.NamesRow(qs) {
		pass.Report(diagnose(pass, test, qs, extent))
	}
}

func diagnose(pass *analyzer.Pass, test python.Expr, qs *django.QuerySet, extent django.Extent) analyzer.Diagnostic {
	d := analyzer.Diagnostic{
		Span:    test.Range(),
		Message: "This condition fetches every row into memory to learn whether there is one",
		Remedy:  pass.Operand(test) + ".exists()\n",
	}
	if extent != django.Whole {
		low := analyzer.Low
		d.Severity = &low
	}
	// What is fetched again beside the condition is to be fetched once, and not only asked for.
	d.Preview = !isMany(pass, test, qs) || pass.FetchedAgain(test)
	if isOptional(pass, test) || mayBeNone(pass, test) {
		medium := analyzer.MediumConfidence
		d.Confidence = &medium
		d.Preview = true // Most callers may leave it out, or pass a list.
		d.Remedy = given(pass, test).NewText + "\n"
		d.Message += "; to ask whether `" + pass.Text(test) + "` was given, compare it with None"
		d.Fixes = []analyzer.SuggestedFix{{
			Message: "Ask whether the QuerySet was given",
			Kind:    analyzer.UnsafeFix,
			Check:   "Is the question whether it was given, or whether it has rows? For that use exists().",
			Edits:   []analyzer.TextEdit{given(pass, test)},
		}}
		return d
	}
	if !qs.Certain(pass.File) {
		// A list may stand there.
		low := analyzer.LowConfidence
		d.Confidence = &low
		return d
	}
	if !pass.Plenty(qs) || pass.AskedWhole(qs) {
		low := analyzer.LowConfidence
		d.Confidence = &low
	}
	if fn := pass.FunctionAt(test); fn == nil || !fn.IsAsync {
		d.Fixes = []analyzer.SuggestedFix{exists(pass, test)}
	}
	return d
}

// isMany reports whether the code around a condition tells that the rows may be many: it takes them as such itself, or updates or
// deletes at once what use piles up.
func isMany(pass *analyzer.Pass, test python.Expr, qs *django.QuerySet) bool {
	return !qs.Given && (pass.TakenAsMany(test) ||
		pass.WrittenElsewhere(test) && pass.Extent(qs) == django.Whole && !pass.PicksRows(qs) && pass.OfGrowingTable(qs))
}

// isOptional reports whether a condition is a parameter that may be left out.
func isOptional(pass *analyzer.Pass, test python.Expr) bool {
	name, ok := test.(*python.Name)
	if !ok {
		return false
	}
	fn := pass.FunctionAt(test)
	if fn == nil || fn.Param(name.Id) == nil || len(pass.Reaching(name)) != 1 {
		return false
	}
	value := fn.Default(name.Id)
	constant, ok := value.(*python.Constant)
	return ok && constant.Kind == python.None
}

// mayBeNone reports whether a variable stands for None on another way through the code: exists() would fail there.
func mayBeNone(pass *analyzer.Pass, test python.Expr) bool {
	name, ok := test.(*python.Name)
	return ok && slices.ContainsFunc(pass.Reaching(name), func(def names.Definition) bool {
		constant, ok := def.Value.(*python.Constant)
		return ok && constant.Kind == python.None
	})
}

// given puts the comparison with None in a condition's place.
func given(pass *analyzer.Pass, test python.Expr) analyzer.TextEdit {
	if not, ok := pass.Parent(test).(*python.UnaryOp); ok {
		return analyzer.Replace(not, pass.Text(test)+" is None")
	}
	return analyzer.Replace(test, pass.Text(test)+" is not None")
}

func exists(pass *analyzer.Pass, test python.Expr) analyzer.SuggestedFix {
	replaced := test
	if call, ok := pass.Parent(test).(*python.Call); ok && pass.Qualified(call.Func) == "builtins.bool" {
		replaced = call // exists() is a bool.
	}
	fix := analyzer.SuggestedFix{
		Message: "Ask the database whether there is a row",
		Kind:    analyzer.SafeFix,
		Edits:   []analyzer.TextEdit{analyzer.Replace(replaced, pass.Operand(test)+".exists()")},
	}
	if _, inline := test.(*python.Call); !inline {
		fix.Kind = analyzer.UnsafeFix
		fix.Check = "Is it a QuerySet whose rows nothing else needs? If something does, exists() sends one query more."
	}
	return fix
}
