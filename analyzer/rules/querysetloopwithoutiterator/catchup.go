package querysetloopwithoutiterator

import (
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/python"
)

// catchesUp reports whether a loop makes for each row what the look-up says that it lacks, or takes from it by what it was found, as a
// task or a command does that is run again and again: what is left for it are the rows that came since the last time. A migration runs
// once, when it is to be done for all of them.
func catchesUp(pass *analyzer.Pass, w *walk) bool {
	if pass.InMigration(w.loop) {
		return false
	}
	if takesFlag(pass, w) {
		return true
	}
	lacks := slices.Collect(pass.Lacks(w.qs))
	if len(lacks) == 0 {
		return false
	}
	for node := range pass.WithinBlock(w.body) {
		call, ok := node.(*python.Call)
		if !ok {
			continue
		}
		made := madeBy(call)
		if slices.ContainsFunc(lacks, func(thing string) bool { return made != "" && thing == made }) {
			return true
		}
	}
	return false
}

// takesFlag reports whether a loop takes from rows the flag by which they were found: order.active = False of filter(active=True).
func takesFlag(pass *analyzer.Pass, w *walk) bool {
	for node := range pass.WithinBlock(w.body) {
		assign, ok := node.(*python.Assign)
		if !ok || len(assign.Targets) != 1 {
			continue
		}
		field, ok := assign.Targets[0].(*python.Attribute)
		if ok && isFalse(assign.Value) && django.HoldsRow(field.Value, w.target) && asksFor(w.qs, field.Attr) {
			return true
		}
	}
	return false
}

// asksFor reports whether a QuerySet takes rows with a flag: filter(active=True).
func asksFor(qs *django.QuerySet, flag string) bool {
	return slices.ContainsFunc(qs.Steps, func(step django.Step) bool {
		return step.Method == "filter" && slices.ContainsFunc(step.Call.Keywords, func(k *python.Keyword) bool {
			value, ok := k.Value.(*python.Constant)
			return ok && k.Name == flag && value.Kind == python.True
		})
	})
}

func isFalse(expr python.Expr) bool {
	value, ok := expr.(*python.Constant)
	return ok && value.Kind == python.False
}

// madeBy returns what a call makes, in lower case without underscores: orderline of OrderLine.objects.create(), order.create_order_line()
// and OrderLine.objects.get_or_lookup().
func madeBy(call *python.Call) string {
	method, ok := call.Func.(*python.Attribute)
	if !ok {
		return ""
	}
	if thing, ok := strings.CutPrefix(method.Attr, "create_"); ok {
		return strings.ReplaceAll(thing, "_", "")
	}
	manager, ok := method.Value.(*python.Attribute)
	if !ok || manager.Attr != "objects" || method.Attr != "create" && !strings.HasPrefix(method.Attr, "get_or_") && method.Attr != "update_or_create" {
		return ""
	}
	return strings.ToLower(python.LastName(manager.Value))
}
