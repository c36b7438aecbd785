package querysetloopwithoutiterator

import (
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/python"
)

// catchesUp reports whether a loop makes for each row what the look-up says that it lacks, as a task or a command does that is run again
// and again: what is left for it are the rows that came since the last time. A migration runs once, when all of them lack it.
func catchesUp(pass *analyzer.Pass, w *walk) bool {
	if pass.InMigration(w.loop) {
		return false
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
