package django

import (
	"cmp"
	"iter"
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

// A Copy is an expression that puts every row of a QuerySet into a container: list(orders), [*orders], or
// [order.pk for order in orders].
type Copy struct {
	Expr python.Expr
	// Rows is where the rows come from.
	Rows *QuerySet
	// Iterator is true where they come through iterator(), which then saves nothing.
	Iterator bool
	// Made is what the container is called: list, tuple, set, frozenset, sorted or dict.
	Made string
	// Element is what is kept of each row, nil for the row itself.
	Element python.Expr
}

// Plain reports whether the container holds single values, tuples or dicts and no model instances.
func (c *Copy) Plain() bool { return c.Element != nil || c.Rows.Plain() }

// Copies returns every expression of the file that copies the rows of a QuerySet, in source order.
func (f *File) Copies() []*Copy {
	if !f.rows.copied {
		f.rows.copied = true
		for expr := range f.copying() {
			if c := f.Copy(expr); c != nil {
				f.rows.copies = append(f.rows.copies, c)
			}
		}
		slices.SortStableFunc(f.rows.copies, func(a, b *Copy) int { return cmp.Compare(a.Expr.Range().Start, b.Expr.Range().Start) })
	}
	return f.rows.copies
}

// copying yields the expressions of the file that copies are made by.
func (f *File) copying() iter.Seq[python.Expr] {
	return func(yield func(python.Expr) bool) {
		for _, call := range f.Calls {
			if !yield(call) {
				return
			}
		}
		for _, clause := range f.Comprehensions {
			if comprehension, ok := f.Parent(clause).(python.Expr); ok && !yield(comprehension) {
				return
			}
		}
		for _, starred := range f.Starred {
			if display, ok := f.Parent(starred).(python.Expr); ok && isFirstStarred(display, starred) && !yield(display) {
				return
			}
		}
	}
}

// isFirstStarred reports whether an element is the first of a display's that has a star.
func isFirstStarred(display python.Expr, element *python.Starred) bool {
	var elements []python.Expr
	switch d := display.(type) {
	case *python.List:
		elements = d.Elts
	case *python.Tuple:
		elements = d.Elts
	case *python.Set:
		elements = d.Elts
	}
	first := slices.IndexFunc(elements, func(e python.Expr) bool { _, ok := e.(*python.Starred); return ok })
	return first >= 0 && elements[first] == python.Expr(element)
}

// Copy returns what is known of an expression that copies the rows of a QuerySet, or nil.
func (f *File) Copy(expr python.Expr) *Copy {
	switch e := expr.(type) {
	case *python.Call:
		return f.copyCall(e)
	case *python.List:
		return f.copyDisplay(e, e.Elts, "list")
	case *python.Tuple:
		return f.copyDisplay(e, e.Elts, "tuple")
	case *python.Set:
		return f.copyDisplay(e, e.Elts, "set")
	case *python.ListComp:
		return f.copyComprehension(e, e.Generators, e.Elt, "list")
	case *python.SetComp:
		return f.copyComprehension(e, e.Generators, e.Elt, "set")
	case *python.DictComp:
		return f.copyComprehension(e, e.Generators, e.Value, "dict")
	case *python.Await:
		return f.Copy(e.Value)
	}
	return nil
}

// copyCall takes list(orders) and sync_to_async(list)(orders).
func (f *File) copyCall(call *python.Call) *Copy {
	if len(call.Args) != 1 {
		return nil
	}
	made := f.Qualified(call.Func)
	if wrapper, ok := call.Func.(*python.Call); ok && f.Qualified(wrapper.Func) == "asgiref.sync.sync_to_async" && len(wrapper.Args) > 0 {
		made = f.Qualified(wrapper.Args[0])
	}
	switch made {
	case "builtins.list", "builtins.tuple", "builtins.set", "builtins.frozenset", "builtins.sorted", "builtins.dict":
	default:
		return nil
	}
	c := f.copyOf(call, call.Args[0], strings.TrimPrefix(made, "builtins."))
	if relation := f.likelyRelation(call.Args[0]); c == nil && relation != nil && made == "builtins.list" {
		return &Copy{Expr: call, Rows: relation, Made: "list"}
	}
	if generator, ok := call.Args[0].(*python.GeneratorExp); ok {
		c = f.copyComprehension(call, generator.Generators, generator.Elt, strings.TrimPrefix(made, "builtins."))
	}
	return c
}

// notOfManagers are methods of other objects that hold many: dicts, texts, matches, counters.
var notOfManagers = map[string]bool{
	"keys": true, "values": true, "items": true, "copy": true, "split": true, "splitlines": true, "rsplit": true, "groups": true,
	"elements": true, "most_common": true, "tolist": true, "readlines": true, "lines": true, "iteritems": true, "itervalues": true,
	"getall": true, "children": true, "iterdir": true, "namelist": true, "infolist": true, "itertuples": true, "sections": true,
}

// likelyRelation takes order.lines.open() for the method of a related manager: a plural on a parameter, and a method
// without arguments that nothing else has. It is no more than likely, and the copy of few rows at that.
func (f *File) likelyRelation(expr python.Expr) *QuerySet {
	call, ok := expr.(*python.Call)
	if !ok || len(call.Args)+len(call.Keywords) > 0 {
		return nil
	}
	method, ok := call.Func.(*python.Attribute)
	if !ok || notOfManagers[method.Attr] || ends(method.Attr) || strings.HasPrefix(method.Attr, "iter") {
		return nil
	}
	relation, ok := method.Value.(*python.Attribute)
	if !ok || !strings.HasSuffix(relation.Attr, "s") || f.Qualified(relation) != "" {
		return nil
	}
	owner, ok := relation.Value.(*python.Name)
	if !ok || owner.Id == "self" || owner.Id == "cls" || owner.Id == "request" {
		return nil
	}
	binding := f.Binding(owner)
	if binding == nil || len(binding.Definitions) != 1 || binding.Definitions[0].Kind != names.Parameter {
		return nil
	}
	return &QuerySet{
		Expr: expr, Root: relation, Related: true, Given: true, Custom: true, Steps: []Step{{Method: method.Attr, Call: call}},
	}
}

// copyDisplay takes [*orders], alone or among others.
func (f *File) copyDisplay(expr python.Expr, elements []python.Expr, made string) *Copy {
	for _, element := range elements {
		if starred, ok := element.(*python.Starred); ok {
			if c := f.copyOf(expr, starred.Value, made); c != nil {
				return c
			}
		}
	}
	return nil
}

func (f *File) copyComprehension(expr python.Expr, clauses []*python.Comprehension, element python.Expr, made string) *Copy {
	if len(clauses) != 1 || len(clauses[0].Ifs) > 0 {
		return nil // What a condition leaves is no copy.
	}
	c := f.copyOf(expr, clauses[0].Iter, made)
	if c != nil && !isRow(clauses[0], element) {
		c.Element = element
	}
	return c
}

func (f *File) copyOf(expr, source python.Expr, made string) *Copy {
	if rows := f.QuerySet(source); rows != nil {
		return &Copy{Expr: expr, Rows: rows, Made: made}
	}
	if rows := f.Iterated(source); rows != nil {
		return &Copy{Expr: expr, Rows: rows, Iterator: true, Made: made}
	}
	return nil
}

// isRow reports whether the element of a comprehension is the row itself.
func isRow(clause *python.Comprehension, element python.Expr) bool {
	target, ok := clause.Target.(*python.Name)
	if !ok {
		return false
	}
	name, ok := element.(*python.Name)
	return ok && name.Id == target.Id
}
