package django

import (
	"iter"
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer/names"
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

// Lacks yields what the rows of a QuerySet have nothing of, in lower case without underscores: line of exclude(line__open=True) and of
// filter(line__isnull=True), orderline of exclude(Exists(OrderLine.objects.filter(order=OuterRef("pk")))) and of
// exclude(pk__in=OrderLine.objects.values("order")).
func (f *File) Lacks(q *QuerySet) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, step := range q.Steps {
			if step.Method != "exclude" && step.Method != "filter" {
				continue
			}
			for _, keyword := range step.Call.Keywords {
				if thing := f.lackedBy(q, step.Method, keyword); thing != "" && !yield(thing) {
					return
				}
			}
			for _, arg := range step.Call.Args {
				if not, ok := arg.(*python.UnaryOp); ok && not.Op == python.Invert && step.Method == "filter" {
					arg = not.Operand
				} else if step.Method == "filter" {
					continue
				}
				if thing := f.existing(arg); thing != "" && !yield(thing) {
					return
				}
			}
		}
	}
}

// lackedBy returns what the rows that a look-up leaves have nothing of.
func (f *File) lackedBy(q *QuerySet, method string, keyword *python.Keyword) string {
	column, lookup, further := strings.Cut(keyword.Name, "__")
	leaves := method == "exclude"
	switch {
	case leaves && lookup == "in" && (column == "pk" || column == "id"):
		if others := f.QuerySet(keyword.Value); others != nil {
			return strings.ToLower(f.ModelName(others))
		}
	case further && lookup == "isnull" && isBool(keyword.Value, python.True) && !leaves, further && lookup != "isnull" && leaves:
		return strings.ReplaceAll(strings.TrimSuffix(column, "_set"), "_", "")
	case !further && (leaves && isBool(keyword.Value, python.True) || !leaves && isBool(keyword.Value, python.False)):
		return f.existing(annotation(q, column))
	}
	return ""
}

// annotation returns what a QuerySet gives its rows under a name, or nil.
func annotation(q *QuerySet, name string) python.Expr {
	for _, step := range q.Steps {
		if step.Method == "annotate" || step.Method == "alias" {
			if keyword := names.Keyword(step.Call, name); keyword != nil {
				return keyword.Value
			}
		}
	}
	return nil
}

// existing returns the model, in lower case, of which Exists() asks for rows.
func (f *File) existing(expr python.Expr) string {
	call, ok := expr.(*python.Call)
	if !ok || python.LastName(call.Func) != "Exists" || len(call.Args) == 0 {
		return ""
	}
	rows := f.QuerySet(f.Deref(call.Args[0]))
	if rows == nil {
		return ""
	}
	return strings.ToLower(f.ModelName(rows))
}

// Dangling reports whether a QuerySet leaves out all that refers to a row of a table, whichever: exclude(shop__in=Shop.objects.all()).
// What remains is what was left behind by mistake. Of rows that are asked for by their own keys, and by other values, most may remain.
func (f *File) Dangling(q *QuerySet) bool {
	return slices.ContainsFunc(q.Steps, func(step Step) bool {
		return step.Method == "exclude" && slices.ContainsFunc(step.Call.Keywords, func(k *python.Keyword) bool {
			column, lookup, _ := strings.Cut(k.Name, "__")
			if lookup != "in" || column == "pk" || column == "id" {
				return false
			}
			rows := f.QuerySet(k.Value)
			if copied := f.Copy(f.Deref(k.Value)); copied != nil {
				rows = copied.Rows
			}
			return rows != nil && !rows.Given && !rows.Related && !rows.conditional() && isOfKeys(rows)
		})
	})
}

// isOfKeys reports whether what a QuerySet yields are rows or their keys, and no other values of theirs.
func isOfKeys(q *QuerySet) bool {
	return !slices.ContainsFunc(q.Steps, func(step Step) bool {
		if step.Method != "values" && step.Method != "values_list" {
			return false
		}
		if len(step.Call.Args) != 1 {
			return true
		}
		column, ok := step.Call.Args[0].(*python.Constant)
		if !ok {
			return true
		}
		name, _ := column.Str()
		return name != "pk" && name != "id"
	})
}
