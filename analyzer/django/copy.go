package django

import (
	"strings"

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
		python.Walk(f.File.File.Module, func(node python.Node) bool {
			expr, ok := node.(python.Expr)
			if !ok {
				return true
			}
			c := f.Copy(expr)
			if c == nil {
				return true
			}
			f.rows.copies = append(f.rows.copies, c)
			_, awaited := expr.(*python.Await)
			return !awaited // It is the call that it waits for.
		})
	}
	return f.rows.copies
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
	if generator, ok := call.Args[0].(*python.GeneratorExp); ok {
		c = f.copyComprehension(call, generator.Generators, generator.Elt, strings.TrimPrefix(made, "builtins."))
	}
	return c
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
