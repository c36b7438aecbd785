// Package serializewholetable reports whole tables that are serialised in memory.
package serializewholetable

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

// Rule reports serializers, JSON and responses of unbounded QuerySets.
var Rule = &analyzer.Rule{
	Name:       "serialize-whole-table",
	Doc:        doc,
	Severity:   analyzer.Medium,
	Confidence: analyzer.MediumConfidence,
	Fix:        analyzer.NoFix,
	Status:     analyzer.Preview,
	Files:      selection.Code | selection.Migration,
	Triggers:   []string{"serialize(", "JsonResponse(", "many=True", "json.dump", "Response("},
	Project:    true,
	Run:        run,
}

func run(pass *analyzer.Pass) {
	for _, call := range pass.Calls {
		switch {
		case pass.Qualified(call.Func) == "django.core.serializers.serialize":
			serialize(pass, call)
		case isMany(call):
			many(pass, call)
		}
	}
	for _, rows := range pass.Copies() {
		if destination, _ := pass.DestinationOf(rows.Expr); destination == django.Serialized {
			listed(pass, rows)
		}
	}
}

// serialize looks at serializers.serialize("json", rows) without a stream to write to.
func serialize(pass *analyzer.Pass, call *python.Call) {
	if names.Keyword(call, "stream") != nil {
		return
	}
	written := django.Argument(call, "format", 0)
	qs := rowsOf(pass, django.Argument(call, "queryset", 1))
	if written == nil || qs == nil || !isWhole(pass, call, qs, "") {
		return
	}
	message, remedy := "`serialize()` holds the text of every row in memory: ", ""
	format := pass.Text(written)
	switch {
	case pass.ContextAt(call) == django.RequestContext && !exports(pass, call, ""):
		message += "nothing pages the rows"
		remedy = pieceOf(pass, qs) + "serializers.serialize(" + format + ", page)\n"
	case isDicts(written):
		message = "`serialize()` holds a dict of every row in memory"
		remedy = "for row in " + pass.Operand(qs.Expr) + ".iterator(chunk_size=2000):\n    yield serializers.serialize(" + format + ", [row])[0]\n"
	default:
		message += "hand it a stream to write to, and an iterator"
		remedy = "with open(path, \"w\") as out:\n    serializers.serialize(" + format + ", " + pass.Operand(qs.Expr) + ".iterator(), stream=out)\n"
	}
	pass.Report(analyzer.Diagnostic{Span: call.Span, Message: message, Remedy: remedy})
}

// isDicts reports whether a format of serialize() is the one that makes dicts: it has no text to write to a stream.
func isDicts(format python.Expr) bool {
	constant, ok := format.(*python.Constant)
	if !ok {
		return false
	}
	text, _ := constant.Str()
	return text == "python"
}

// pieceOf takes of the rows what one answer shows: the first for somebody who types what to look for, a page for everybody else.
func pieceOf(pass *analyzer.Pass, qs *django.QuerySet) string {
	if pass.SearchedByText(qs) {
		return "page = " + pass.Operand(qs.Expr) + "[:20]\n"
	}
	return "page = Paginator(" + pass.Text(qs.Expr) + ", 100).get_page(request.GET.get(\"page\"))\n"
}

// rowsOf returns the QuerySet behind rows, an iterator of it or a list of it.
func rowsOf(pass *analyzer.Pass, rows python.Expr) *django.QuerySet {
	if rows == nil {
		return nil
	}
	if qs := pass.QuerySet(rows); qs != nil {
		return qs
	}
	if qs := pass.Iterated(rows); qs != nil {
		return qs
	}
	if copied := pass.Copy(pass.Deref(rows)); copied != nil && copied.Element == nil {
		return copied.Rows
	}
	return sortedOrNot(pass, rows)
}

// sortedOrNot returns the QuerySet that a variable holds, where one way through the code sorts its rows.
func sortedOrNot(pass *analyzer.Pass, rows python.Expr) *django.QuerySet {
	name, ok := rows.(*python.Name)
	if !ok {
		return nil
	}
	var found *django.QuerySet
	for _, def := range pass.Reaching(name) {
		qs := pass.QuerySet(def.Value)
		if copied := pass.Copy(def.Value); copied != nil && copied.Made == "sorted" {
			qs = copied.Rows
		}
		if qs == nil || found != nil && found.Root != qs.Root {
			return nil
		}
		found = qs
	}
	return found
}

// isMany reports whether a call makes a serializer of Django REST framework for many rows, by the class or by whatever stands for it:
// OrderSerializer(rows, many=True), self.get_serializer(rows, many=True), self.get_serializer_class()(rows, many=True).
func isMany(call *python.Call) bool {
	keyword := names.Keyword(call, "many")
	if keyword == nil {
		return false
	}
	constant, ok := keyword.Value.(*python.Constant)
	return ok && constant.Kind == python.True
}

// serializerOf names the serializer that a call makes.
func serializerOf(call *python.Call) string {
	if made, ok := call.Func.(*python.Call); ok {
		return python.LastName(made.Func) + "()"
	}
	return python.LastName(call.Func)
}

// many looks at OrderSerializer(rows, many=True).
func many(pass *analyzer.Pass, call *python.Call) {
	var rows python.Expr
	if keyword := names.Keyword(call, "instance"); keyword != nil {
		rows = keyword.Value
	} else if len(call.Args) > 0 {
		rows = call.Args[0]
	}
	qs := rowsOf(pass, rows)
	if qs == nil || names.Keyword(call, "data") != nil || !isRead(pass, call) || paginates(pass, call) {
		return
	}
	var sure *analyzer.Confidence
	if pass.Copy(pass.Deref(rows)) != nil || !isOfAny(pass, call, qs) {
		if !isWhole(pass, call, qs, serializerOf(call)) {
			return
		}
		sure = confidence(pass, call, qs, serializerOf(call))
	}
	pass.Report(analyzer.Diagnostic{
		Span:       call.Span,
		Confidence: sure,
		Message:    "`" + serializerOf(call) + "` makes a dict of every row before the first byte is sent: nothing pages the rows",
		Remedy:     remedy(pass, call, qs),
	})
}

// remedy pages what somebody asks for, and hands on one row after the other of what somebody takes away.
func remedy(pass *analyzer.Pass, call *python.Call, qs *django.QuerySet) string {
	if pass.ContextAt(call) != django.RequestContext || exports(pass, call, serializerOf(call)) {
		return "for row in " + pass.Operand(qs.Expr) + ".iterator(chunk_size=2000):\n    yield " + pass.Text(call.Func) + "(row).data\n"
	}
	return "page = self.paginate_queryset(" + pass.Text(qs.Expr) + ")\nreturn self.get_paginated_response(" + pass.Text(call.Func) + "(page, many=True).data)\n"
}

// isOfAny reports whether a function that no request comes to is given the serializer as well as the table, the largest too.
func isOfAny(pass *analyzer.Pass, call *python.Call, qs *django.QuerySet) bool {
	return pass.ContextAt(call) == django.OtherContext && qs.Given && !qs.Custom && qs.Has("all") && pass.Extent(qs) == django.Whole &&
		isParameter(pass, call.Func) && isParameter(pass, qs.Root)
}

func isParameter(pass *analyzer.Pass, expr python.Expr) bool {
	name, ok := expr.(*python.Name)
	return ok && slices.ContainsFunc(pass.Reaching(name), func(def names.Definition) bool { return def.Kind == names.Parameter })
}

// isRead reports whether a serializer's data is asked for: directly, or through its variable.
func isRead(pass *analyzer.Pass, call *python.Call) bool {
	switch parent := pass.Parent(call).(type) {
	case *python.Attribute:
		return parent.Attr == "data"
	case *python.Assign:
		name, ok := parent.Targets[0].(*python.Name)
		if !ok {
			return false
		}
		for _, use := range pass.Binding(name).Uses {
			if access, ok := pass.Parent(use).(*python.Attribute); ok && access.Attr == "data" {
				return true
			}
		}
	}
	return false
}

// paginates reports whether the function around a call has a page too, as list() of a view set does.
func paginates(pass *analyzer.Pass, node python.Node) bool {
	fn := pass.FunctionAt(node)
	if fn == nil {
		return false
	}
	for _, call := range pass.Calls {
		if fn.Contains(call.Span) && strings.Contains(strings.ToLower(python.LastName(call.Func)), "paginat") {
			return true
		}
	}
	return false
}

// listed looks at JsonResponse(list(rows)), json.dumps([...]) and their like.
func listed(pass *analyzer.Pass, rows *django.Copy) {
	if paginates(pass, rows.Expr) || !isWhole(pass, rows.Expr, rows.Rows, "") {
		return
	}
	d := analyzer.Diagnostic{
		Span:       rows.Expr.Range(),
		Confidence: confidence(pass, rows.Expr, rows.Rows, ""),
		Message:    "This " + kind(rows.Made) + " holds every row, and its JSON holds them again: nothing pages the rows",
		Remedy:     pieceOf(pass, rows.Rows),
	}
	if rows.Plain() {
		low := analyzer.Low
		d.Severity = &low
	}
	pass.Report(d)
}

func kind(made string) string {
	if made == "sorted" {
		return "list"
	}
	return made
}

// isWhole reports whether a QuerySet may have any number of rows: what grows with the table, or, in an export, whatever
// belongs to its object. What a serializer's method asks for the object that it shows is no more than a related manager returns.
func isWhole(pass *analyzer.Pass, node python.Node, qs *django.QuerySet, serializer string) bool {
	if qs.Has("raw") {
		return false
	}
	switch pass.Extent(qs) {
	case django.Whole:
		return qs.Certain(pass.File) || exports(pass, node, serializer)
	case django.OfOne:
		return !qs.Related && (qs.Given || !inSerializer(pass, node)) && exports(pass, node, serializer)
	default:
		return false
	}
}

func inSerializer(pass *analyzer.Pass, node python.Node) bool {
	fn := pass.FunctionAt(node)
	return fn != nil && pass.ClassKind(fn.Class) == django.Serializer
}

// confidence is low for all but exports and views that answer with a table in which rows pile up as it is: what other views
// ask for is mostly little.
func confidence(pass *analyzer.Pass, node python.Expr, qs *django.QuerySet, serializer string) *analyzer.Confidence {
	answers := pass.ContextAt(node) == django.RequestContext && isUnfiltered(qs) && qs.PilesUp() && isAnswer(pass, node)
	if exports(pass, node, serializer) || answers && pass.Plenty(qs) {
		return nil
	}
	return new(analyzer.LowConfidence)
}

// isUnfiltered reports whether a QuerySet is a table as it is, in whatever order and with whatever columns.
func isUnfiltered(qs *django.QuerySet) bool {
	if qs.Given || qs.Related || qs.Custom || qs.Model == "" {
		return false
	}
	for _, step := range qs.Steps {
		switch step.Method {
		case "all", "order_by", "values", "values_list", "only", "defer", "select_related", "prefetch_related", "annotate":
		default:
			return false
		}
	}
	return true
}

// isAnswer reports whether an expression, or the variable that holds it, is the whole of a response.
func isAnswer(pass *analyzer.Pass, expr python.Expr) bool {
	switch parent := pass.Parent(expr).(type) {
	case *python.Attribute:
		return parent.Attr == "data" && isAnswer(pass, parent)
	case *python.Call:
		switch python.LastName(parent.Func) {
		case "Response", "JsonResponse", "HttpResponse":
			return true
		case "dumps":
			return isAnswer(pass, parent)
		}
	case *python.Assign:
		name, ok := parent.Targets[0].(*python.Name)
		if !ok {
			return false
		}
		for _, use := range pass.Binding(name).Uses {
			if isAnswer(pass, use) {
				return true
			}
		}
	}
	return false
}

// exports reports whether the code is there to hand out everything, by its names.
func exports(pass *analyzer.Pass, node python.Node, serializer string) bool {
	for _, name := range []string{pass.EnclosingName(node), serializer} {
		lower := strings.ToLower(name)
		if strings.Contains(lower, "export") || strings.Contains(lower, "dump") || strings.Contains(lower, "backup") {
			return true
		}
	}
	return false
}
