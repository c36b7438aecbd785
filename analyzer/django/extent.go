package django

import (
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer/python"
)

// An Extent says how many rows a QuerySet may have, as far as its look-ups tell.
type Extent uint8

// The extents, in ascending order.
const (
	// Few rows: a bound, or groups.
	Few Extent = iota
	// Small are all rows of a table that is small everywhere.
	Small
	// OfOne are the rows that belong to one object at hand: one user's, one order's.
	OfOne
	// Whole is what grows with the table.
	Whole
)

// Extent returns how many rows a QuerySet may have.
func (f *File) Extent(q *QuerySet) Extent {
	return once(f.rows.extents, q, Whole, func() Extent { return f.extent(q) })
}

func (f *File) extent(q *QuerySet) Extent {
	switch {
	case q.Bounded() || q.Aggregated() || f.isNewTable(q):
		return Few
	case smallTable(q.Model):
		return Small
	case q.Related || f.ofOneObject(q) || q.Given && f.madeForOne(q.Root):
		return OfOne
	}
	return Whole
}

// smallTables are models whose tables have few rows everywhere.
var smallTables = map[string]bool{
	"Site": true, "Group": true, "Permission": true, "ContentType": true, "Country": true, "Currency": true,
	"CrontabSchedule": true, "IntervalSchedule": true, "PeriodicTask": true, "Theme": true, "Timezone": true,
}

// smallSuffixes end the names of models for what is configured rather than collected.
var smallSuffixes = []string{
	"Type", "Category", "Language", "Locale", "Config", "Configuration", "Setting", "Settings", "Role", "Unit", "Kind",
	"Plan", "Template", "Feature", "Flag", "Backend", "Option", "Region", "Server", "Provider", "Platform", "Group",
}

func smallTable(model string) bool {
	if smallTables[model] {
		return true
	}
	for _, suffix := range smallSuffixes {
		if strings.HasSuffix(model, suffix) {
			return true
		}
	}
	return false
}

// ofOneObject reports whether a filter asks for what belongs to one object at hand.
func (f *File) ofOneObject(q *QuerySet) bool {
	for _, step := range q.Steps {
		switch {
		case step.Method == "filter":
			for keyword := range lookups(step.Call) {
				if f.looksUpOne(keyword) {
					return true
				}
			}
			// What is public or mine: nobody knows how much of the table that is.
			if slices.ContainsFunc(f.alternatives(step.Call), f.looksUpOne) || slices.ContainsFunc(step.Call.Args, f.conditionForOne) {
				return true
			}
		case !chaining[step.Method]:
			// The project's own: for_user(user), visible_to(user).
			if slices.ContainsFunc(step.Call.Args, f.isOneObject) ||
				slices.ContainsFunc(step.Call.Keywords, func(k *python.Keyword) bool { return f.isOneObject(k.Value) }) {
				return true
			}
		}
	}
	return false
}

// conditionForOne reports whether a condition is what a function of the project's own makes for an object at hand alone: of(user).
func (f *File) conditionForOne(condition python.Expr) bool {
	call, ok := condition.(*python.Call)
	return ok && len(call.Args) == 1 && len(call.Keywords) == 0 && !strings.HasPrefix(f.Qualified(call.Func), "django.") && f.madeForOne(call)
}

// madeForOne reports whether a QuerySet is what a function of another file returned for an object at hand. What it made of
// another QuerySet says nothing.
func (f *File) madeForOne(root python.Expr) bool {
	call, ok := root.(*python.Call)
	if !ok {
		return false
	}
	isObject := func(expr python.Expr) bool { return f.isOneObject(expr) && f.QuerySet(expr) == nil }
	return slices.ContainsFunc(call.Args, isObject) ||
		slices.ContainsFunc(call.Keywords, func(k *python.Keyword) bool { return isObject(k.Value) })
}
