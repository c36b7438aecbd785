// Package querysetlen reports len() of QuerySets whose rows nobody else needs.
package querysetlen

import (
	_ "embed"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
	"github.com/djleak/djleak/analyzer/selection"
)

//go:embed doc.md
var doc string

// Rule reports len() of a QuerySet.
var Rule = &analyzer.Rule{
	Name:       "queryset-len",
	Doc:        doc,
	Severity:   analyzer.Medium,
	Confidence: analyzer.HighConfidence,
	Fix:        analyzer.SafeFix,
	Status:     analyzer.Stable,
	Files:      selection.Code | selection.Migration,
	Triggers:   []string{"len("},
	QuerySets:  true,
	Project:    true,
	Run:        run,
}

func run(pass *analyzer.Pass) {
	for _, call := range pass.Calls {
		if len(call.Args) != 1 || pass.Qualified(call.Func) != "builtins.len" {
			continue
		}
		rows := call.Args[0]
		if copied := pass.Copy(rows); copied != nil && !copied.Iterator && copied.Made != "set" && copied.Made != "frozenset" {
			rows = copied.Rows.Expr // len(list(orders))
		}
		qs := pass.QuerySet(rows)
		if qs == nil || qs.Has("raw") || qs.Has("select_for_update") || !pass.OnlyUse(rows) || isFallback(pass, call) || pass.Aborts(call) {
			continue
		}
		if pass.CutUp(rows) {
			continue // The pieces come out of the rows that len() has fetched; from count() each would be a query.
		}
		if extent := pass.Extent(qs); extent != django.Few && !pass.NamesRow(qs) {
			pass.Report(diagnose(pass, call, rows, qs, extent))
		}
	}
}

// isFallback reports whether the call is what code does with objects that have no count().
func isFallback(pass *analyzer.Pass, call *python.Call) bool {
	_, ok := names.Inside[*python.ExceptHandler](pass.File.File, call)
	return ok
}

func diagnose(pass *analyzer.Pass, call *python.Call, rows python.Expr, qs *django.QuerySet, extent django.Extent) analyzer.Diagnostic {
	d := analyzer.Diagnostic{
		Span:    call.Span,
		Message: "`len()` fetches every row into memory to count them",
		Remedy:  question(pass, call, rows) + "\n",
	}
	if extent != django.Whole {
		low := analyzer.Low
		d.Severity = &low
	}
	sliced := pass.SlicedElsewhere(rows)
	d.Preview = !pass.Evident(qs) || !pass.OfGrowingTable(qs) || sliced
	if !qs.Certain(pass.File) {
		// A list may stand there.
		low := analyzer.LowConfidence
		d.Confidence = &low
		return d
	}
	if !pass.Plenty(qs) {
		low := analyzer.LowConfidence
		d.Confidence = &low
	}
	if fn := pass.FunctionAt(call); (fn == nil || !fn.IsAsync) && !sliced {
		d.Fixes = []analyzer.SuggestedFix{fix(pass, call, rows)}
	}
	return d
}

// question is what to ask the database instead: how many rows there are or, where the code wants no more, whether there is
// one.
func question(pass *analyzer.Pass, call *python.Call, rows python.Expr) string {
	text := pass.Operand(rows)
	if compare, some, ok := comparedWithNone(pass, call); ok && !some {
		return pass.Negation(compare, text+".exists()")
	} else if ok || isAsked(pass, call) {
		return text + ".exists()"
	}
	return text + ".count()"
}

func fix(pass *analyzer.Pass, call *python.Call, rows python.Expr) analyzer.SuggestedFix {
	f := analyzer.SuggestedFix{
		Message: "Let the database count",
		Kind:    analyzer.SafeFix,
		Edits:   []analyzer.TextEdit{analyzer.Replace(call, pass.Operand(rows)+".count()")},
	}
	if isAsked(pass, call) {
		f.Message = "Ask the database whether there is a row"
		f.Edits = []analyzer.TextEdit{analyzer.Replace(call, pass.Operand(rows)+".exists()")}
	} else if compare, some, ok := comparedWithNone(pass, call); ok {
		text := pass.Operand(rows) + ".exists()"
		if !some {
			text = pass.Negation(compare, text)
		}
		f.Message = "Ask the database whether there is a row"
		f.Edits = []analyzer.TextEdit{analyzer.Replace(compare, text)}
	}
	if _, inline := rows.(*python.Call); !inline {
		f.Kind = analyzer.UnsafeFix
		f.Check = "Is it a QuerySet whose rows nothing else needs? If something does, count() sends one query more."
	}
	return f
}

// comparedWithNone returns the comparison that asks only whether there is a row, len(orders) > 0, or that there is none,
// len(orders) == 0.
func comparedWithNone(pass *analyzer.Pass, call *python.Call) (compare *python.Compare, some, ok bool) {
	compare, isCompare := pass.Parent(call).(*python.Compare)
	if !isCompare || compare.Left != python.Expr(call) || len(compare.Ops) != 1 {
		return nil, false, false
	}
	constant, isConstant := compare.Comparators[0].(*python.Constant)
	if !isConstant {
		return nil, false, false
	}
	switch op := compare.Ops[0]; constant.Raw {
	case "0":
		switch op {
		case python.Gt, python.NotEq:
			return compare, true, true
		case python.Eq, python.LtE:
			return compare, false, true
		default:
		}
	case "1":
		switch op {
		case python.GtE:
			return compare, true, true
		case python.Lt:
			return compare, false, true
		default:
		}
	}
	return nil, false, false
}
