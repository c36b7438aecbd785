package django

import (
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer/names"
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
	switch {
	case q.Bounded() || q.Aggregated():
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
	"Plan", "Template", "Feature", "Flag", "Backend", "Option", "Region", "Server", "Provider",
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

// openLookups compare with more than one value: what they find grows with the table.
var openLookups = map[string]bool{
	"gt": true, "gte": true, "lt": true, "lte": true, "range": true, "isnull": true, "contains": true, "icontains": true,
	"startswith": true, "istartswith": true, "endswith": true, "iendswith": true, "regex": true, "iregex": true,
	"search": true, "year": true, "date": true, "in": true, "ne": true, "not": true,
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

// madeForOne reports whether a QuerySet is what a function of another file returned for an object at hand.
func (f *File) madeForOne(root python.Expr) bool {
	call, ok := root.(*python.Call)
	return ok && (slices.ContainsFunc(call.Args, f.isOneObject) ||
		slices.ContainsFunc(call.Keywords, func(k *python.Keyword) bool { return f.isOneObject(k.Value) }))
}

// looksUpOne reports whether a look-up is for one value that is no constant, or for one of a list in memory.
func (f *File) looksUpOne(keyword *python.Keyword) bool {
	switch last := lookupOf(keyword.Name); {
	case last == "in":
		return !choices[lookupOf(strings.TrimSuffix(keyword.Name, "__in"))] && f.isListAtHand(keyword.Value)
	case keyword.Name == "":
		// filter(**row): whatever the look-ups are, someone chose their values.
		return true
	case openLookups[last] || choices[last]:
		return false
	}
	return f.isOneObject(keyword.Value)
}

// choices name columns with few values, each of which many rows have.
var choices = map[string]bool{
	"state": true, "states": true, "status": true, "type": true, "kind": true, "category": true, "level": true, "role": true,
	"priority": true, "mode": true, "action": true, "stage": true, "language": true, "locale": true, "country": true, "active": true,
}

// lookupOf returns the last part of a look-up: "in" of "order__in".
func lookupOf(name string) string {
	if i := strings.LastIndex(name, "__"); i >= 0 {
		return name[i+len("__"):]
	}
	return name
}

// isListAtHand reports whether the value of an __in look-up is a list that the function was given or holds.
func (f *File) isListAtHand(value python.Expr) bool {
	switch e := f.Deref(value).(type) {
	case *python.Name:
		binding := f.Binding(e)
		return binding != nil && binding.Scope.Kind == names.FunctionScope && f.QuerySet(e) == nil
	case *python.Subscript, *python.ListComp, *python.SetComp:
		return true
	}
	return false
}

// isOneObject reports whether a value is an object or a key at hand: a parameter, a loop's variable, an attribute of
// one, what get() found, and no constant, flag, time or option.
func (f *File) isOneObject(value python.Expr) bool {
	switch e := value.(type) {
	case *python.Attribute:
		if f.Qualified(e) != "" {
			return false // A constant of a module or a class.
		}
		return f.isOneObject(e.Value)
	case *python.Name:
		return f.isObjectName(e)
	case *python.Subscript:
		// A column of a row, a field of a form; options["days"] is neither.
		return !settingWords[lastName(e.Value)] && f.isOneObject(e.Value)
	case *python.Call:
		return f.findsOne(e)
	case *python.Await:
		return f.isOneObject(e.Value)
	case *python.List:
		return len(e.Elts) > 0 && slices.ContainsFunc(e.Elts, f.isOneObject)
	}
	return false
}

// settingWords name what holds settings and no objects.
var settingWords = map[string]bool{
	"options": true, "opts": true, "args": true, "kwargs": true, "settings": true, "config": true, "conf": true, "environ": true,
	"params": true, "GET": true,
}

func (f *File) isObjectName(name *python.Name) bool {
	binding := f.Binding(name)
	if binding == nil || binding.Scope.Kind != names.FunctionScope {
		return false
	}
	if len(binding.Definitions) == 1 && binding.Definitions[0].Kind == names.Assigned {
		return f.isOneObject(binding.Definitions[0].Value)
	}
	return true
}

// findsOne reports whether a call finds one object: get() and first() of a QuerySet, get_object_or_404() and its like.
func (f *File) findsOne(call *python.Call) bool {
	switch last := lastName(call.Func); last {
	case "get_object_or_404", "get_object", "aget_object_or_404", "get_current_user", "get_user":
		return true
	case "get", "aget", "first", "last", "latest", "earliest", "get_or_create", "create":
		access, ok := call.Func.(*python.Attribute)
		return ok && (isManager(access.Value) || f.QuerySet(access.Value) != nil)
	}
	return false
}
