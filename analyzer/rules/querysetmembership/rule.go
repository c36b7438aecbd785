// Package querysetmembership reports membership tests that fetch every row of a QuerySet.
package querysetmembership

import (
	_ "embed"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/python"
	"github.com/djleak/djleak/analyzer/selection"
)

//go:embed doc.md
var doc string

// Rule reports x in queryset.
var Rule = &analyzer.Rule{
	Name:       "queryset-membership",
	Doc:        doc,
	Severity:   analyzer.Medium,
	Confidence: analyzer.HighConfidence,
	Fix:        analyzer.UnsafeFix,
	Status:     analyzer.Preview,
	Files:      selection.Code | selection.Migration,
	Triggers:   []string{" in "},
	QuerySets:  true,
	Project:    true,
	Run:        run,
}

func run(pass *analyzer.Pass) {
	for _, compare := range pass.Compares {
		if len(compare.Ops) == 1 && (compare.Ops[0] == python.In || compare.Ops[0] == python.NotIn) {
			check(pass, compare)
		}
	}
}

func check(pass *analyzer.Pass, compare *python.Compare) {
	rows := compare.Comparators[0]
	if copied := pass.Copy(rows); copied != nil && copied.Element == nil && !copied.Iterator {
		rows = copied.Rows.Expr // x in list(orders)
	}
	qs := pass.QuerySet(rows)
	if qs == nil || qs.Has("raw") || qs.Has("select_for_update") || ofGroup(pass, qs) || !pass.OnlyUse(rows) {
		return
	}
	if extent := pass.Extent(qs); extent != django.Few && !pass.NamesRow(qs) {
		pass.Report(diagnose(pass, compare, rows, qs, extent))
	}
}

// ofGroup reports whether the rows are the members of a group of django.contrib.auth, whom somebody put there one by one. Nothing
// else has a user_set, unless a user model of the project's own refers to it without a related_name.
func ofGroup(pass *analyzer.Pass, qs *django.QuerySet) bool {
	access, ok := qs.Root.(*python.Attribute)
	if !ok || access.Attr != "user_set" {
		return false
	}
	model := pass.RowModel(access.Value)
	if fn := pass.FunctionAt(access); fn != nil && fn.Class != nil && python.LastName(access.Value) == fn.Self() {
		model = fn.Class.Name
	}
	return model == "" || strings.HasSuffix(model, "Group")
}

func diagnose(pass *analyzer.Pass, compare *python.Compare, rows python.Expr, qs *django.QuerySet, extent django.Extent) analyzer.Diagnostic {
	d := analyzer.Diagnostic{
		Span:    compare.Span,
		Message: "`in` fetches every row into memory to look for one",
	}
	if extent != django.Whole {
		low := analyzer.Low
		d.Severity = &low
	}
	text, check := contained(pass, compare, rows, qs)
	d.Remedy = text + "\n"
	if !qs.Certain(pass.File) {
		// A list may stand there.
		low := analyzer.LowConfidence
		d.Confidence = &low
		return d
	}
	d.Preview = !pass.Evident(qs)
	if !pass.Plenty(qs) || pass.AskedWhole(qs) {
		low := analyzer.LowConfidence
		d.Confidence = &low
	}
	if fn := pass.FunctionAt(compare); check == "" || !isFilterable(qs) || fn != nil && fn.IsAsync {
		return d
	}
	if compare.Ops[0] == python.NotIn {
		text = pass.Negation(compare, text)
	}
	d.Fixes = []analyzer.SuggestedFix{{
		Message: "Ask the database",
		Kind:    analyzer.UnsafeFix,
		Check:   check,
		Edits:   []analyzer.TextEdit{analyzer.Replace(compare, text)},
	}}
	return d
}

// contained returns the question to the database, and what to check before asking it; without a check no fix is safe
// enough to offer.
func contained(pass *analyzer.Pass, compare *python.Compare, rows python.Expr, qs *django.QuerySet) (text, check string) {
	needle := pass.Text(compare.Left)
	if !qs.Plain() && pass.Django().Before(4, 0) {
		return pass.Operand(rows) + ".filter(pk=" + pass.Operand(compare.Left) + ".pk).exists()", "Is " + needle + " an object of the model?"
	}
	if !qs.Plain() {
		return pass.Operand(rows) + ".contains(" + needle + ")", "Is " + needle + " a saved object of the model? contains() raises an error for others" + naming(needle) + ". It needs Django 4.0."
	}
	call, ok := rows.(*python.Call)
	if !ok {
		return pass.Operand(rows) + ".filter(...).exists()", ""
	}
	access, ok := call.Func.(*python.Attribute)
	field := column(call)
	if !ok || access.Attr != "values_list" || field == "" || isOwnJoin(qs, field) {
		return pass.Operand(rows) + ".filter(...).exists()", ""
	}
	return pass.Operand(access.Value) + ".filter(" + field + "=" + needle + ").exists()", "Is " + needle + " of the column's type, and never None? The database converts it before it compares, and finds no NULL."
}

// column returns the one column of values_list("column", flat=True).
func column(call *python.Call) string {
	if len(call.Args) != 1 || len(call.Keywords) != 1 || call.Keywords[0].Name != "flat" {
		return ""
	}
	constant, ok := call.Args[0].(*python.Constant)
	if !ok {
		return ""
	}
	name, _ := constant.Str()
	return name
}
