package django

import (
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer/python"
)

// LeavesSeen reports whether a QuerySet leaves out what the code has at hand, as an import does that looks for what has
// vanished from its source since the last one: exclude(code__in=seen). What remains may be little. What another query leaves
// out may not.
func (f *File) LeavesSeen(q *QuerySet) bool {
	return slices.ContainsFunc(q.Steps, func(step Step) bool {
		return step.Method == "exclude" && slices.ContainsFunc(step.Call.Keywords, func(k *python.Keyword) bool {
			return strings.HasSuffix(k.Name, "__in") && !isKinds(k.Value) && f.QuerySet(k.Value) == nil && f.Copy(f.Deref(k.Value)) == nil
		})
	})
}

// OnePerParent reports whether a QuerySet takes one row for each value of a column of another table: distinct("shop__code").
// There are no more than rows there.
func (q *QuerySet) OnePerParent() bool {
	distinct := q.Last("distinct")
	return distinct != nil && slices.ContainsFunc(distinct.Args, func(arg python.Expr) bool {
		column, ok := arg.(*python.Constant)
		if !ok {
			return false
		}
		name, _ := column.Str()
		return strings.Contains(name, "__")
	})
}
