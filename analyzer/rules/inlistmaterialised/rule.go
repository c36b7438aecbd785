// Package inlistmaterialised reports lists of keys that one query fetches for another one to look up.
package inlistmaterialised

import (
	_ "embed"
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
	"github.com/djleak/djleak/analyzer/selection"
)

//go:embed doc.md
var doc string

// Rule reports a list of a QuerySet as the value of an __in look-up.
var Rule = &analyzer.Rule{
	Name:       "in-list-materialised",
	Doc:        doc,
	Severity:   analyzer.Medium,
	Confidence: analyzer.HighConfidence,
	Fix:        analyzer.UnsafeFix,
	Status:     analyzer.Preview,
	Files:      selection.Code | selection.Migration,
	Triggers:   []string{"__in=", "__in ="},
	QuerySets:  true,
	Run:        run,
}

func run(pass *analyzer.Pass) {
	for _, rows := range pass.Copies() {
		if destination, counted := pass.DestinationOf(rows.Expr); destination != django.LookedUp || counted {
			continue
		}
		extent := pass.Extent(rows.Rows)
		if extent == django.Few || extent == django.Small || rows.Rows.Has("using") || !rows.Rows.Certain(pass.File) || !pass.OnlyUse(rows.Rows.Expr) {
			continue
		}
		lookup := lookupOf(pass, rows.Expr)
		subquery, ok := subqueryOf(pass, rows)
		if lookup == nil || !ok || !asksDatabase(pass, lookup) || !sameType(lookup.Name) || !sameType(columnOf(rows)) || writes(pass, lookup) {
			continue
		}
		pass.Report(diagnose(pass, rows, lookup, subquery, extent))
	}
}

// lookupOf returns the keyword that an expression is the value of: directly, or through a variable that the next
// statement looks up. Further down, the list may be there because the rows it was made of are gone by then.
func lookupOf(pass *analyzer.Pass, expr python.Expr) *python.Keyword {
	switch parent := pass.Parent(expr).(type) {
	case *python.Keyword:
		return parent
	case *python.Assign:
		block := pass.Block(parent)
		next := slices.Index(block, python.Stmt(parent)) + 1
		name, ok := parent.Targets[0].(*python.Name)
		if !ok || next >= len(block) {
			return nil
		}
		for _, use := range pass.Binding(name).Uses {
			if keyword, ok := pass.Parent(use).(*python.Keyword); ok && block[next].Range().Contains(use.Span) {
				return keyword
			}
		}
	}
	return nil
}

// asksDatabase reports whether a look-up is Django's: that of a QuerySet, or of a Q object. Search engines have look-ups
// of the same form and take lists alone.
func asksDatabase(pass *analyzer.Pass, lookup *python.Keyword) bool {
	call, ok := pass.Parent(lookup).(*python.Call)
	if !ok {
		return false
	}
	access, ok := call.Func.(*python.Attribute)
	if !ok {
		switch pass.Qualified(call.Func) {
		case "django.db.models.Q", "django.db.models.query_utils.Q", "django.db.models.When":
			return true
		}
		return false
	}
	if access.Attr == "Q" {
		return pass.Qualified(access) == "django.db.models.Q"
	}
	qs := pass.QuerySet(call)
	return qs != nil && !qs.Given
}

// sameType reports whether a look-up compares keys with keys: a generic foreign key's text does not compare with an
// integer inside the database, although it does when the value comes from Python.
func sameType(lookup string) bool {
	return !strings.Contains(lookup, "object_id") && !strings.Contains(lookup, "object_pk") && !strings.Contains(lookup, "_str")
}

// writes reports whether the query that looks up deletes or updates, at once or through the variable that holds it: MySQL
// takes no subquery on the table it writes, and by then the rows that the subquery asks for may be gone.
func writes(pass *analyzer.Pass, lookup *python.Keyword) bool {
	for node := pass.Parent(lookup); node != nil; node = pass.Parent(node) {
		switch n := node.(type) {
		case *python.Attribute:
			if writers[n.Attr] {
				return true
			}
		case *python.Assign:
			name, ok := n.Targets[0].(*python.Name)
			return ok && slices.ContainsFunc(pass.Binding(name).Uses, func(use *python.Name) bool {
				access, ok := pass.Parent(use).(*python.Attribute)
				return ok && writers[access.Attr]
			})
		case python.Stmt:
			return false
		}
	}
	return false
}

// writers are the methods of a QuerySet that change the table.
var writers = map[string]bool{"delete": true, "update": true, "adelete": true, "aupdate": true, "_raw_delete": true}

// subqueryOf returns the QuerySet that may stand in the list's place.
func subqueryOf(pass *analyzer.Pass, rows *django.Copy) (string, bool) {
	if rows.Rows.Has("extra") || rows.Rows.Has("raw") {
		// Inside another query the table that extra()'s SQL names has another name, and a RawQuerySet cannot stand there at all.
		return "", false
	}
	source := pass.Operand(rows.Rows.Expr)
	column := ""
	switch element := rows.Element.(type) {
	case nil:
		if rows.Rows.Has("values") || rows.Rows.Has("values_list") && !isFlat(rows.Rows) || rows.Made == "dict" || rows.Made == "sorted" {
			return "", false
		}
		return pass.Text(rows.Rows.Expr), true
	case *python.Attribute:
		if _, ok := element.Value.(*python.Name); !ok || rows.Rows.Plain() {
			return "", false
		}
		column = element.Attr
	case *python.Subscript:
		constant, ok := element.Slice.(*python.Constant)
		if !ok || rows.Rows.Has("values_list") {
			return "", false
		}
		if _, ok = constant.Str(); !ok {
			return "", false
		}
		return source, true
	default:
		return "", false
	}
	return source + `.values("` + column + `")`, true
}

func isFlat(qs *django.QuerySet) bool {
	call := qs.Last("values_list")
	return call != nil && names.Keyword(call, "flat") != nil && len(call.Args) == 1
}

func diagnose(pass *analyzer.Pass, rows *django.Copy, lookup *python.Keyword, subquery string, extent django.Extent) analyzer.Diagnostic {
	d := analyzer.Diagnostic{
		Span:    rows.Expr.Range(),
		Message: "This list fetches every key into memory for the next query: `" + lookup.Name + "` takes the QuerySet itself",
		Remedy:  lookup.Name + "=" + subquery + withoutNulls(pass, rows, lookup) + "\n",
	}
	if extent != django.Whole {
		d.Severity = new(analyzer.Low)
	}
	if extent != django.Whole || !pass.Plenty(rows.Rows) {
		// The keys of one object's rows are few, and a list of them may be meant.
		d.Confidence = new(analyzer.LowConfidence)
	}
	if !isFixable(pass, rows, lookup) {
		return d
	}
	d.Fixes = []analyzer.SuggestedFix{{
		Message: "Look the keys up in a subquery",
		Kind:    analyzer.UnsafeFix,
		Check:   "Are both tables in one database, and is it a column of the same type? MySQL may plan a subquery worse than a list.",
		Edits:   []analyzer.TextEdit{analyzer.Replace(rows.Expr, subquery)},
	}}
	return d
}
