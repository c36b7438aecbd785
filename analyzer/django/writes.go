package django

import (
	"slices"

	"github.com/djleak/djleak/analyzer/python"
)

// creating are the methods of a manager that add rows, writing all that change any.
var (
	creating = []string{
		"create", "get_or_create", "update_or_create", "bulk_create", "acreate", "aget_or_create", "aupdate_or_create", "abulk_create",
	}
	writing = append([]string{"save", "delete", "bulk_update", "asave", "adelete", "abulk_update"}, creating...)
)

// Writes reports whether a node changes rows, as far as the name of a method tells: order.save(), Order.objects.create(). What
// update() changes is a row only where it is given columns.
func (f *File) Writes(node python.Node) bool {
	call, ok := node.(*python.Call)
	if !ok {
		return false
	}
	access, ok := call.Func.(*python.Attribute)
	if !ok {
		return false
	}
	switch access.Attr {
	case "update", "aupdate":
		return len(call.Args) == 0 && len(call.Keywords) > 0
	case "add", "remove", "set", "clear", "aadd", "aremove", "aset", "aclear":
		return isRelation(access.Value)
	}
	return slices.Contains(writing, access.Attr)
}

// isRelation reports whether an expression is likely to be the related objects of a row, order.tags, and no container of
// self's.
func isRelation(expr python.Expr) bool {
	access, ok := expr.(*python.Attribute)
	if !ok {
		return false
	}
	receiver, ok := access.Value.(*python.Name)
	return ok && receiver.Id != "self" && receiver.Id != "cls"
}

// WritesIn reports whether a block, or what it calls in this file, changes rows.
func (f *File) WritesIn(block []python.Stmt) bool {
	for node := range f.WithinBlock(block) {
		if f.Writes(node) {
			return true
		}
	}
	return false
}

// WritesAfter reports whether the function around an expression changes rows behind it. A query that is evaluated only
// then finds other rows than it would have found at once.
func (f *File) WritesAfter(expr python.Expr) bool {
	fn := f.FunctionAt(expr)
	if fn == nil {
		return true
	}
	for node := range f.Own(fn) {
		if node.Range().End > expr.Range().End && f.Writes(node) {
			return true
		}
	}
	return false
}

// AddsTo reports whether a block, or what it calls in this file, adds rows to the table that a QuerySet reads: it makes
// objects of the same model, or takes the key off one in order to save it as another.
func (f *File) AddsTo(q *QuerySet, block []python.Stmt) bool {
	model := ""
	if manager, ok := q.Root.(*python.Attribute); ok {
		model = f.Text(manager.Value)
	}
	for node := range f.WithinBlock(block) {
		switch n := node.(type) {
		case *python.Call:
			if model != "" && f.creates(n, model) {
				return true
			}
		case *python.Assign:
			if access, ok := n.Targets[0].(*python.Attribute); ok && (access.Attr == "pk" || access.Attr == "id") && isNone(n.Value) {
				return true
			}
		}
	}
	return false
}

// creates reports whether a call makes an object of a model: Order(...), Order.objects.create(...).
func (f *File) creates(call *python.Call, model string) bool {
	if f.Text(call.Func) == model {
		return true
	}
	access, ok := call.Func.(*python.Attribute)
	if !ok || !slices.Contains(creating, access.Attr) {
		return false
	}
	manager, ok := access.Value.(*python.Attribute)
	return ok && f.Text(manager.Value) == model
}
