// Package querysetmaterialised reports lists of all rows of a table where the rows are only walked through.
package querysetmaterialised

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

// Rule reports list() and its like on an unbounded QuerySet.
var Rule = &analyzer.Rule{
	Name:       "queryset-materialised",
	Doc:        doc,
	Severity:   analyzer.Medium,
	Confidence: analyzer.MediumConfidence,
	Fix:        analyzer.NoFix,
	Status:     analyzer.Stable,
	Files:      selection.Code | selection.Migration,
	Triggers:   append(django.QuerySetWords(), "list(", "(list)"),
	Project:    true,
	Run:        run,
}

func run(pass *analyzer.Pass) {
	for _, rows := range pass.Copies() {
		if rows.Iterator || rows.Element != nil || rows.Rows.Has("raw") || rows.Rows.Has("select_for_update") {
			// With iterator() it is another rule's matter; a comprehension that keeps a part of each row is a loop; to lock
			// rows is to fetch them.
			continue
		}
		if _, fallback := names.Inside[*python.ExceptHandler](pass.File.File, rows.Expr); fallback || keptAnyway(pass, rows) || isSaved(pass, rows.Expr) {
			continue
		}
		destination, counted := pass.DestinationOf(rows.Expr)
		severity, confidence, ok := weigh(pass, rows, destination, counted)
		if !ok {
			continue
		}
		d := diagnose(pass, rows, destination, counted)
		// To sort is to need the whole, unless the database can.
		d.Preview = !pass.Evident(rows.Rows) || rows.Made == "sorted" || !isLikelyLong(pass, rows)
		if confidence == analyzer.LowConfidence && maybeLong(pass, rows, destination, counted) {
			severity, confidence, d.Preview = analyzer.Low, analyzer.MediumConfidence, true
		}
		d.Severity, d.Confidence = &severity, &confidence
		pass.Report(d)
	}
}

// keptAnyway reports whether the loop that walks over a container keeps all of its rows in another one, or the comprehension in which
// the container stands. One that a variable holds may be used for more than the comprehension.
func keptAnyway(pass *analyzer.Pass, rows *django.Copy) bool {
	if clause, ok := pass.Parent(rows.Expr).(*python.Comprehension); ok {
		return pass.KeepsRows(clause)
	}
	return slices.ContainsFunc(pass.Loops, func(loop *python.For) bool {
		return pass.Deref(loop.Iter) == rows.Expr && pass.KeepsEachRow(rows.Rows, loop, loop.Target, loop.Body)
	})
}

// isSaved reports whether bulk_update() or bulk_create() saves what a list holds, which is another rule's matter.
func isSaved(pass *analyzer.Pass, expr python.Expr) bool {
	assign, ok := pass.Parent(expr).(*python.Assign)
	if !ok {
		return pass.SavedInBulk(expr)
	}
	name, ok := assign.Targets[0].(*python.Name)
	return ok && pass.Binding(name) != nil && slices.ContainsFunc(pass.Binding(name).Uses, func(use *python.Name) bool {
		return pass.SavedInBulk(use) && pass.Deref(use) == expr
	})
}

// weigh says how much a container is likely to hold, and how sure that is.
func weigh(pass *analyzer.Pass, rows *django.Copy, destination django.Destination, counted bool) (analyzer.Severity, analyzer.Confidence, bool) {
	extent := pass.Extent(rows.Rows)
	if extent == django.Few || isSelf(pass, rows.Rows) {
		return 0, 0, false
	}
	severity := analyzer.Medium
	if extent != django.Whole || rows.Plain() {
		severity = analyzer.Low
	}
	switch destination {
	case django.Chunked:
		return severity, confidenceInPieces(pass, rows), extent != django.Small
	case django.Kept, django.Walked:
	default:
		return 0, 0, false // Another rule knows a better way.
	}
	switch context := pass.ContextAt(rows.Expr); {
	case pass.Batch(rows.Expr):
		return severity, confidenceInBatch(pass, rows, extent, destination), true
	case context == django.OtherContext && destination == django.Walked && counted && isCall(rows) && !rows.Plain() && !isHandful(rows.Rows):
		// Counted and walked through once: count() and iterator() do both.
		return severity, confidenceIn(pass, rows), extent != django.Small
	case context == django.OtherContext || context == django.RequestContext:
		return severity, analyzer.LowConfidence, extent == django.Whole && rows.Made == "list"
	}
	return 0, 0, false
}

// handfuls are the names of relations of which one object has a few.
var handfuls = map[string]bool{
	"children": true, "groups": true, "tags": true, "categories": true, "permissions": true, "user_permissions": true, "roles": true,
	"parents": true, "ancestors": true, "labels": true, "topics": true, "languages": true,
}

// isHandful reports whether rows are those of one object of which it has a few.
func isHandful(qs *django.QuerySet) bool {
	access, ok := qs.Root.(*python.Attribute)
	return ok && qs.Related && handfuls[access.Attr]
}

// confidenceIn is medium unless there are few rows by what they are or what is asked of them.
func confidenceIn(pass *analyzer.Pass, rows *django.Copy) analyzer.Confidence {
	if pass.Scale(rows.Rows) == django.Configured || pass.Narrowed(rows.Rows) || pass.DevelopersTool(rows.Expr) || pass.Reverses(rows.Expr) {
		return analyzer.LowConfidence
	}
	return analyzer.MediumConfidence
}

// confidenceInPieces is medium for objects, since nobody cuts a short list into pieces. Of keys people make a list on
// purpose, so that it stays as it is while they work through it; what is as old as they ask for may be most of the table.
func confidenceInPieces(pass *analyzer.Pass, rows *django.Copy) analyzer.Confidence {
	if rows.Plain() && partOf(pass, rows.Expr) == nil && !pass.Aged(rows.Rows) {
		return analyzer.LowConfidence
	}
	return confidenceIn(pass, rows)
}

// confidenceInBatch is medium for what holds the objects of a table that use fills.
func confidenceInBatch(pass *analyzer.Pass, rows *django.Copy, extent django.Extent, destination django.Destination) analyzer.Confidence {
	switch rows.Made {
	case "list", "tuple", "sorted":
	default:
		return analyzer.LowConfidence // Sets and dicts are looked up in.
	}
	if extent != django.Whole || rows.Plain() || pass.InScripts() {
		return analyzer.LowConfidence
	}
	if destination == django.Kept && (!isHandedOn(pass, rows.Expr) || !isRemade(pass, rows.Expr)) {
		return analyzer.LowConfidence
	}
	if pass.Scale(rows.Rows) != django.Collected && pass.ModelName(rows.Rows) != "" {
		return analyzer.LowConfidence
	}
	return confidenceIn(pass, rows)
}

// isHandedOn reports whether a list is made for nothing but to be handed to one function, which may well walk through
// it.
func isHandedOn(pass *analyzer.Pass, expr python.Expr) bool {
	assign, ok := pass.Parent(expr).(*python.Assign)
	if !ok {
		return isArgument(pass, expr)
	}
	name, ok := assign.Targets[0].(*python.Name)
	if !ok || pass.Binding(name) == nil {
		return false
	}
	handed := 0
	for _, use := range pass.Binding(name).Uses {
		if loop, again := names.Inside[*python.For](pass.File.File, use); again && !loop.Contains(assign.Span) {
			return false
		}
		switch {
		case isArgument(pass, use):
			handed++
		case !isAside(pass, use):
			return false
		}
	}
	return handed == 1
}

// isRemade reports whether a loop without an end makes a list again and again.
func isRemade(pass *analyzer.Pass, expr python.Expr) bool {
	loop, ok := names.Inside[*python.While](pass.File.File, expr)
	return ok && pass.FunctionAt(loop) == pass.FunctionAt(expr)
}

// keepers are functions that keep what they are given, or need all of it.
var keepers = map[string]bool{
	"append": true, "extend": true, "add": true, "update": true, "set": true, "put": true, "choice": true, "choices": true,
	"sample": true, "shuffle": true, "zip": true, "bulk_create": true, "bulk_update": true, "prefetch_related_objects": true,
	"set_many": true, "repeat": true, "cycle": true, "product": true, "isinstance": true,
}

// isArgument reports whether an expression is a positional argument of a function that may not need all of it.
func isArgument(pass *analyzer.Pass, expr python.Expr) bool {
	call, ok := pass.Parent(expr).(*python.Call)
	return ok && slices.Contains(call.Args, expr) && !keepers[python.LastName(call.Func)] && pass.Qualified(call.Func) != "builtins.len"
}

// isAside reports whether a use of a list asks for no more than its length.
func isAside(pass *analyzer.Pass, use *python.Name) bool {
	switch parent := pass.Parent(use).(type) {
	case *python.If, *python.UnaryOp, *python.BoolOp:
		return true
	case *python.Call:
		return pass.Qualified(parent.Func) == "builtins.len"
	}
	return false
}

// isSelf reports whether a QuerySet class puts its own rows into a list, which is how such classes are written.
func isSelf(pass *analyzer.Pass, qs *django.QuerySet) bool {
	name, ok := qs.Root.(*python.Name)
	fn := pass.FunctionAt(qs.Root)
	return ok && fn != nil && fn.Class != nil && len(qs.Steps) == 0 && name.Id == fn.Self()
}

func diagnose(pass *analyzer.Pass, rows *django.Copy, destination django.Destination, counted bool) analyzer.Diagnostic {
	what := "every row"
	if model := pass.ModelName(rows.Rows); model != "" && !rows.Plain() {
		what = "every `" + model + "`"
	}
	made := "`" + rows.Made + "()`"
	if !isCall(rows) {
		made = "This " + rows.Made
	}
	d := analyzer.Diagnostic{Span: rows.Expr.Range(), Message: made + " holds " + what + " of the QuerySet in memory at once"}
	source := pass.Operand(rows.Rows.Expr)
	part := partOf(pass, rows.Expr)
	switch {
	case destination == django.Chunked && part != nil:
		d.Message += ", and a slice keeps a part: slice the QuerySet instead"
		d.Remedy = sliced(pass, rows, source, part)
	case destination == django.Chunked:
		d.Message += " only to cut it into pieces"
		d.Remedy = "from itertools import islice\n\nrows = " + source + ".iterator(chunk_size=2000)\nwhile batch := list(islice(rows, 500)):\n    ...\n"
	case counted:
		d.Remedy = "rows = " + source + "\ntotal = rows.count()\nfor row in rows.iterator(chunk_size=2000):\n    ...\n"
	case rows.Made == "sorted":
		// The order would be lost; only its author knows whether the database can make it.
	default:
		d.Remedy = "for row in " + source + ".iterator(chunk_size=2000):\n    ...\n"
	}
	if d.Remedy != "" && part == nil && pass.LosesPrefetch(rows.Rows) {
		d.Remedy = pass.PrefetchedInPieces(rows.Rows)
	}
	return d
}

// sliced returns the part of a QuerySet that a slice of the container keeps. Of several in one list each needs no more rows than
// the slice has an end, and which of them it keeps shows once they stand behind one another.
func sliced(pass *analyzer.Pass, rows *django.Copy, source string, part *python.Slice) string {
	bounds := "[" + pass.Text(part) + "]"
	display, ok := rows.Expr.(*python.List)
	if !ok || len(display.Elts) == 1 {
		if rows.Made == "sorted" {
			return "" // Which rows are the first ones only the sorted list tells.
		}
		// A list again, for whoever adds to it or hands it on.
		return rows.Made + "(" + source + bounds + ")\n"
	}
	elements := make([]string, len(display.Elts))
	for i, element := range display.Elts {
		elements[i] = pass.Text(element)
		if starred, ok := element.(*python.Starred); ok && pass.QuerySet(starred.Value) != nil {
			elements[i] = "*" + pass.Operand(starred.Value) + "[:" + pass.Text(part.Upper) + "]"
		}
	}
	return "[" + strings.Join(elements, ", ") + "]" + bounds + "\n"
}

// partOf returns the slice that is all that is made of a container, right where it is made or of its variable. One in a
// loop takes piece after piece.
func partOf(pass *analyzer.Pass, expr python.Expr) *python.Slice {
	holder := expr
	if assign, ok := pass.Parent(expr).(*python.Assign); ok {
		name, ok := assign.Targets[0].(*python.Name)
		if !ok || pass.Binding(name) == nil {
			return nil
		}
		uses := pass.Binding(name).Uses
		if len(uses) != 1 || pass.LoopAround(uses[0]) != pass.LoopAround(assign) {
			return nil
		}
		holder = uses[0]
	}
	cut, ok := pass.Parent(holder).(*python.Subscript)
	if !ok || cut.Value != holder {
		return nil
	}
	part, _ := cut.Slice.(*python.Slice)
	return part
}

func isCall(rows *django.Copy) bool {
	_, ok := rows.Expr.(*python.Call)
	return ok
}
