package django

import (
	"slices"
	"strings"
	"unicode"

	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/pattern"
	"github.com/djleak/djleak/analyzer/python"
)

// Plenty reports whether a QuerySet is likely to find many rows: what grows with the table, where nothing picks rows and
// nobody keeps the table by hand; and of what one look-up picks only what piles up or is taken in pieces elsewhere.
func (f *File) Plenty(q *QuerySet) bool {
	return once(f.rows.plenty, q, false, func() bool { return f.isPlenty(q) })
}

func (f *File) isPlenty(q *QuerySet) bool {
	extent := f.Extent(q)
	switch {
	case extent == Few, extent == Small, f.Scale(q) == Configured, q.HandOrdered():
		return false
	case f.isBetween(q), f.Narrowed(q), f.DevelopersTool(q.Expr), isUnseen(q), f.InScripts():
		return false
	}
	switch n := f.narrowings(q); {
	case n == 0 && extent == Whole:
		return true
	case n <= 1:
		return !f.NamesRow(q) && (q.PilesUp() || f.takenInPieces(q.Expr))
	}
	return false
}

// GrowsAsTable reports whether a QuerySet grows as its table does: nothing picks some of the rows but what most have, and there are rows whichever way
// the code takes.
func (f *File) GrowsAsTable(q *QuerySet) bool {
	return !q.Given && !q.OrEmpty && !q.Related && !q.ofPart() && !slices.ContainsFunc(q.Steps, func(step Step) bool {
		switch step.Method {
		case "filter":
			return len(step.Call.Args) > 0 || slices.ContainsFunc(step.Call.Keywords, func(k *python.Keyword) bool { return !isCommon(k) })
		case "exclude":
			return slices.ContainsFunc(step.Call.Keywords, func(k *python.Keyword) bool {
				// What leaves out those without a flag asks for those with it.
				return isKinds(k.Value) || isBool(k.Value, python.False) && !common.MatchString(lookupOf(k.Name))
			})
		}
		return !chaining[step.Method]
	})
}

// most matches the names of managers of most rows of a table, or of all.
var most = pattern.New(`^((is_)?(active|enabled|public|published|visible|approved|confirmed|verified|live|available|existing)(_objects)?|(\w+_)?(all|any|every|everything|unscoped|global|default|base)(_\w+)?)$`)

// ofPart reports whether a QuerySet comes from a manager whose name says that it picks rows: Appointment.upcoming.
func (q *QuerySet) ofPart() bool {
	manager, ok := q.Root.(*python.Attribute)
	return ok && isClassName(python.LastName(manager.Value)) && !isManager(manager) && !most.MatchString(manager.Attr)
}

// common matches the flags that most rows of a table have.
var common = pattern.New(`(^|_)(active|enabled|public|published|visible|approved|confirmed|verified)(_|$)`)

// isCommon reports whether a look-up asks for what most rows have: is_active=True, email__isnull=False, views__gt=0.
func isCommon(keyword *python.Keyword) bool {
	switch last := lookupOf(keyword.Name); last {
	case "isnull":
		// Rows with a value; not those to which something else refers, which its plural tells.
		column, _, _ := strings.Cut(keyword.Name, "__")
		return isBool(keyword.Value, python.False) && (!strings.HasSuffix(column, "s") || strings.HasSuffix(column, "ss"))
	case "gt":
		constant, ok := keyword.Value.(*python.Constant)
		return ok && constant.Raw == "0"
	default:
		return common.MatchString(last) && isBool(keyword.Value, python.True)
	}
}

// isUnseen reports whether a QuerySet is what get_queryset() of another class returned, of which not even the model is known.
func isUnseen(q *QuerySet) bool {
	_, isCall := q.Root.(*python.Call)
	return isCall && q.Model == "" && len(q.Steps) == 1 && q.Steps[0].Method == "get_queryset"
}

// rowNames are columns whose values tell one row from the others, or nearly so.
var rowNames = map[string]bool{
	"name": true, "title": true, "label": true, "key": true, "slug": true, "uuid": true, "uid": true, "guid": true,
	"username": true, "codename": true, "identifier": true, "isbn": true, "sku": true, "serial": true, "handle": true,
	"hash": true, "hashcode": true, "checksum": true, "digest": true, "md5": true, "sha1": true, "sha256": true, "email": true,
	"message_id": true, "msgid": true, "login": true, "fingerprint": true, "reference": true, "token": true, "address": true, "filename": true, "path": true,
}

// rowSuffixes end the names of such columns.
var rowSuffixes = []string{"_slug", "_uuid", "_uid", "_token", "_hash", "_sha", "_fingerprint", "_path"}

// NamesRow reports whether a filter asks for the one value of a column that names rows: name="admin", slug=slug.
func (f *File) NamesRow(q *QuerySet) bool {
	return slices.ContainsFunc(q.Steps, func(step Step) bool {
		if step.Method != "filter" {
			return false
		}
		for keyword := range lookups(step.Call) {
			column := strings.TrimSuffix(strings.TrimSuffix(keyword.Name, "__exact"), "__iexact")
			named := rowNames[column] || slices.ContainsFunc(rowSuffixes, func(s string) bool { return strings.HasSuffix(column, s) })
			if named && !strings.Contains(column, "__") && f.isValue(keyword.Value) {
				return true
			}
		}
		return false
	})
}

// isValue reports whether a look-up's value is one value, and neither empty nor a query.
func (f *File) isValue(value python.Expr) bool {
	if constant, ok := value.(*python.Constant); ok {
		text, isText := constant.Str()
		return isText && text != ""
	}
	return f.QuerySet(value) == nil
}

// HandOrdered reports whether the rows stand in an order that somebody gave them one by one: there cannot be many.
func (q *QuerySet) HandOrdered() bool {
	order := q.Last("order_by")
	if order == nil || len(order.Args) == 0 {
		return false
	}
	column, ok := order.Args[0].(*python.Constant)
	if !ok {
		return false
	}
	switch name, _ := column.Str(); name {
	case "position", "order", "sort_order", "display_order", "weight", "rank", "priority":
		return true
	}
	return false
}

// piles are the last words in the names of models and relations whose rows pile up, even those of one object.
var piles = map[string]bool{
	"alert": true, "audit": true, "change": true, "click": true, "comment": true, "download": true, "entry": true,
	"event": true, "history": true, "hit": true, "impression": true, "log": true, "measurement": true, "message": true, "metric": true, "notification": true, "post": true,
	"reading": true, "record": true, "result": true, "sample": true, "snapshot": true, "submission": true,
	"transaction": true, "visit": true, "vote": true,
}

// crowds are such words for people: one object has many of them, but a look-up in their own table picks a few.
var crowds = map[string]bool{"user": true, "customer": true, "subscriber": true, "visitor": true, "follower": true}

// PilesUp reports whether rows are of a kind that piles up.
func (q *QuerySet) PilesUp() bool {
	kind := q.Model
	if access, ok := q.Root.(*python.Attribute); ok && q.Related {
		kind = strings.TrimSuffix(access.Attr, "_set")
	}
	word := lastWord(kind)
	return piles[word] || q.Related && crowds[word]
}

// PilesUp reports whether the rows of a model are of a kind that piles up.
func PilesUp(model string) bool { return piles[lastWord(model)] }

// lastWord returns the last word in the name of a model or of a relation, as of one: event of OrderEvent and order_events.
func lastWord(kind string) string {
	last := strings.LastIndexFunc(kind, func(r rune) bool { return r == '_' || unicode.IsUpper(r) })
	word := strings.ToLower(strings.TrimLeft(strings.TrimSuffix(kind[max(last, 0):], "s"), "_"))
	if stem, ok := strings.CutSuffix(word, "ie"); ok {
		word = stem + "y"
	}
	return word
}

// PicksRows reports whether a look-up picks rows out of the table of a QuerySet, or they belong to an object.
func (f *File) PicksRows(q *QuerySet) bool { return f.narrowings(q) > 0 }

// narrowings returns how many look-ups pick rows out of the table. An object that the rows belong to is one.
func (f *File) narrowings(q *QuerySet) int {
	n := 0
	if q.Related {
		n++
	}
	for _, step := range q.Steps {
		if step.Method != "filter" {
			continue
		}
		for _, keyword := range slices.Concat(step.Call.Keywords, f.alternatives(step.Call)) {
			if !f.isOpen(keyword) {
				n++
			}
		}
	}
	return n
}

// isOpen reports whether a look-up leaves what grows with the table: a flag, a time, one of few states, a missing value, a
// word that somebody searches for.
func (f *File) isOpen(keyword *python.Keyword) bool {
	column, lookup := keyword.Name, ""
	if i := strings.LastIndex(keyword.Name, "__"); i >= 0 {
		column, lookup = keyword.Name[:i], keyword.Name[i+len("__"):]
	}
	constant, isConstant := keyword.Value.(*python.Constant)
	switch lookup {
	case "gt", "gte", "lt", "lte", "range", "isnull", "year", "month", "week", "day", "date", "ne", "not":
		return true
	case "contains", "icontains", "startswith", "istartswith", "endswith", "iendswith", "regex", "iregex", "search":
		return !isConstant && !isDict(keyword.Value)
	case "in":
		if rows := f.QuerySet(keyword.Value); rows != nil {
			return f.Plenty(rows)
		}
		if !rowNames[lookupOf(column)] && isKinds(keyword.Value) {
			return true
		}
		if choices[column] {
			return true // Several of the table's own few states, whichever.
		}
	default:
		if lookup != "exact" && lookup != "iexact" && lookup != "" {
			column = lookup // A column of another table: customer__status.
		}
		if isConstant && (constant.Kind == python.True || constant.Kind == python.False || constant.Kind == python.None) {
			return true
		}
	}
	return choices[column[strings.LastIndexByte(column, '_')+1:]] && f.isChoice(keyword.Value)
}

// isChoice reports whether a value is one that the code knows, and none that it was given.
func (f *File) isChoice(value python.Expr) bool {
	switch v := value.(type) {
	case *python.Constant:
		return true
	case *python.Attribute:
		return !f.isOneObject(v) || isClassName(python.LastName(v.Value)) || python.LastName(v) == strings.ToUpper(python.LastName(v))
	case *python.Name:
		return python.LastName(v) == strings.ToUpper(python.LastName(v))
	case *python.List, *python.Tuple:
		return isKinds(value)
	}
	return false
}

// AskedWhole reports whether a QuerySet is a table without a condition of which nothing tells that it is large: whoever
// asks for any row of it, or looks for one in all of it, mostly knows that somebody set up a few.
func (f *File) AskedWhole(q *QuerySet) bool {
	return !q.Given && !q.Related && f.Scale(q) != Collected && !q.conditional()
}

// conditional reports whether a condition picks rows.
func (q *QuerySet) conditional() bool {
	return slices.ContainsFunc(q.Steps, func(step Step) bool {
		return (step.Method == "filter" || step.Method == "exclude") && len(step.Call.Args)+len(step.Call.Keywords) > 0
	})
}

// Evident reports whether the code itself tells that a QuerySet may have many rows: it is a whole table, or a part of one
// which use fills. How many rows of another table a condition leaves, or those of one object are, nobody can see.
func (f *File) Evident(q *QuerySet) bool {
	return f.Extent(q) == Whole && !q.Given && (f.Scale(q) == Collected || !q.conditional()) &&
		!sum.MatchString(q.Model) && !f.isSnippet(q.Model)
}

// sum matches the names of models whose rows each stand for many of another table: one a day or a week.
var sum = pattern.New(`(Aggregate|Aggregation|Summary|Summarie|Stat|Statistic|Total)s?$`)

// isSnippet reports whether the file has a model of that name which the editors of a Wagtail site write by hand.
func (f *File) isSnippet(model string) bool {
	binding := f.Module.Lookup(model)
	return binding != nil && slices.ContainsFunc(binding.Definitions, func(def names.Definition) bool {
		class, ok := def.Node.(*python.ClassDef)
		return ok && slices.ContainsFunc(class.Decorators, func(d python.Expr) bool {
			name := f.Qualified(d)
			return strings.HasPrefix(name, "wagtail.") && strings.HasSuffix(name, ".register_snippet")
		})
	})
}

// isKinds reports whether a list is one of kinds that the code knows: OPEN_STATES, ["web", "shop"].
func isKinds(expr python.Expr) bool {
	isText := func(e python.Expr) bool {
		constant, ok := e.(*python.Constant)
		return ok && constant.Kind == python.Str
	}
	switch e := expr.(type) {
	case *python.List:
		return !slices.ContainsFunc(e.Elts, func(e python.Expr) bool { return !isText(e) })
	case *python.Tuple:
		return !slices.ContainsFunc(e.Elts, func(e python.Expr) bool { return !isText(e) })
	case *python.Name, *python.Attribute:
		name := python.LastName(e)
		return name == strings.ToUpper(name)
	}
	return false
}

func isDict(expr python.Expr) bool {
	_, ok := expr.(*python.Dict)
	return ok
}

// takenInPieces reports whether the code takes pieces or sums of the same rows elsewhere, as one does where there are many.
func (f *File) takenInPieces(expr python.Expr) bool {
	return f.usedElsewhere(expr, func(use *python.Name) bool {
		switch parent := f.Parent(use).(type) {
		case *python.Attribute:
			call, ok := f.Parent(parent).(*python.Call)
			return ok && call.Func == python.Expr(parent) && (parent.Attr == "iterator" || parent.Attr == "aggregate")
		case *python.Subscript:
			slice, ok := parent.Slice.(*python.Slice)
			return ok && slice.Upper != nil && f.Text(slice.Upper) != "1"
		case *python.Call:
			return python.LastName(parent.Func) == "Paginator"
		}
		return false
	})
}

// TakenAsMany reports whether the code takes the same rows elsewhere as one takes those that memory has no room for: one after the other
// from iterator(), or a batch of them.
func (f *File) TakenAsMany(expr python.Expr) bool {
	return f.usedElsewhere(expr, func(use *python.Name) bool {
		switch parent := f.Parent(use).(type) {
		case *python.Attribute:
			return parent.Attr == "iterator" || parent.Attr == "aiterator"
		case *python.Subscript:
			slice, ok := parent.Slice.(*python.Slice)
			return ok && batch.MatchString(python.LastName(slice.Upper))
		}
		return false
	})
}

// batch matches the names of sizes of batches.
var batch = pattern.New(`(?i)(^|_)(batch|chunk)`)

// WrittenElsewhere reports whether the code updates or deletes the same rows elsewhere in one query.
func (f *File) WrittenElsewhere(expr python.Expr) bool {
	return f.usedElsewhere(expr, func(use *python.Name) bool {
		access, ok := f.Parent(use).(*python.Attribute)
		return ok && (access.Attr == "update" || access.Attr == "delete")
	})
}

// usedElsewhere reports whether another use of the variable that an expression reads, where it has the same value, is of a kind.
func (f *File) usedElsewhere(expr python.Expr, isOfKind func(use *python.Name) bool) bool {
	name, ok := expr.(*python.Name)
	if !ok || f.Binding(name) == nil {
		return false
	}
	value := f.Reaching(name)
	return slices.ContainsFunc(f.Binding(name).Uses, func(use *python.Name) bool {
		return use != name && isOfKind(use) && sharesDefinition(value, f.Reaching(use))
	})
}

// SlicedElsewhere reports whether another place takes slices of the same rows and hands them on: of rows that are in
// memory these are lists, of others QuerySets, each of which asks the database anew.
func (f *File) SlicedElsewhere(expr python.Expr) bool {
	return f.usedElsewhere(expr, func(use *python.Name) bool {
		subscript, ok := f.Parent(use).(*python.Subscript)
		if !ok {
			return false
		}
		if _, ok := subscript.Slice.(*python.Slice); !ok {
			return false
		}
		switch f.destinationAt(subscript) {
		case Walked, Measured, Tested:
			return false
		default:
			call, ok := f.Parent(subscript).(*python.Call)
			return !ok || f.Qualified(call.Func) != "builtins.list"
		}
	})
}

// CutUp reports whether the variable that an expression reads is cut into pieces elsewhere: rows[i : i + size].
func (f *File) CutUp(expr python.Expr) bool {
	return f.usedElsewhere(expr, func(use *python.Name) bool {
		subscript, ok := f.Parent(use).(*python.Subscript)
		if !ok || subscript.Value != python.Expr(use) {
			return false
		}
		slice, ok := subscript.Slice.(*python.Slice)
		return ok && (moves(slice.Lower) || moves(slice.Upper))
	})
}

// isBetween reports whether a filter asks for the intervals that hold one value: start__lte=value, end__gte=value. There are as
// many as intervals overlap.
func (f *File) isBetween(q *QuerySet) bool {
	for _, step := range q.Steps {
		if step.Method != "filter" {
			continue
		}
		above := make(map[string]bool)
		for keyword := range lookups(step.Call) {
			if lookup := lookupOf(keyword.Name); lookup == "lte" || lookup == "lt" {
				above[f.Text(keyword.Value)] = true
			}
		}
		for keyword := range lookups(step.Call) {
			if lookup := lookupOf(keyword.Name); (lookup == "gte" || lookup == "gt") && above[f.Text(keyword.Value)] {
				return true
			}
		}
	}
	return false
}

// moves reports whether a bound of a slice is one that changes.
func moves(bound python.Expr) bool {
	_, isConstant := bound.(*python.Constant)
	return bound != nil && !isConstant
}
