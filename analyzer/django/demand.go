package django

import (
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

// A Demand is what a loop over a QuerySet takes a model to have, whichever way its code goes: where the model lacks some of it, the loop
// cannot run.
type Demand struct {
	// Model is the qualified name of the model's class, as [names.File.Qualified] gives it.
	Model string
	// Manager is the attribute of the class that the QuerySet starts from.
	Manager string
	// Names are the fields that the QuerySet names, and the attributes that are read off each row.
	Names []string
}

// Demand returns what the loop whose QuerySet stands at an offset takes its model to have. It is nil where nothing tells.
func (f *File) Demand(offset int32) *Demand {
	var around *python.For
	for _, loop := range f.Loops {
		if loop.Iter.Range().Start <= offset && offset < loop.Iter.Range().End {
			around = loop
		}
	}
	if around == nil || f.toleratesLacks(around) {
		return nil
	}
	q := f.QuerySet(around.Iter)
	if q == nil {
		return nil
	}
	manager, ok := q.Root.(*python.Attribute)
	if !ok || !isManager(manager) || f.Qualified(manager.Value) == "" || f.handsOn(manager.Attr) {
		return nil
	}
	d := &Demand{Model: f.Qualified(manager.Value), Manager: manager.Attr}
	computed, ok := computedNames(q)
	if !ok || q.Custom {
		return d
	}
	if len(q.ways) == 0 {
		d.Names = queriedNames(q)
	}
	if !q.Plain() {
		d.Names = append(d.Names, f.readOffRow(around)...)
	}
	slices.Sort(d.Names)
	d.Names = slices.DeleteFunc(slices.Compact(d.Names), func(name string) bool { return computed[name] })
	return d
}

// toleratesLacks reports whether code expects that a field or an attribute may not be there.
func (f *File) toleratesLacks(node python.Node) bool {
	for node = f.Parent(node); node != nil; node = f.Parent(node) {
		try, ok := node.(*python.Try)
		if ok && slices.ContainsFunc(try.Handlers, func(handler *python.ExceptHandler) bool {
			return handler.Type != nil && (strings.Contains(f.Text(handler.Type), "AttributeError") || strings.Contains(f.Text(handler.Type), "FieldError"))
		}) {
			return true
		}
	}
	return false
}

// computedNames returns the names that a QuerySet gives to what it computes for each row, or false where it does not say them.
func computedNames(q *QuerySet) (computed map[string]bool, ok bool) {
	computed = make(map[string]bool)
	for _, step := range q.Steps {
		switch step.Method {
		case "annotate", "alias":
			if len(step.Call.Args) > 0 {
				return nil, false
			}
			for _, keyword := range step.Call.Keywords {
				if keyword.Name == "" {
					return nil, false
				}
				computed[keyword.Name] = true
			}
		case "extra", "raw", "dates", "datetimes", "union", "intersection", "difference":
			return nil, false
		}
	}
	return computed, true
}

// queriedNames returns the fields and relations of its own model that a QuerySet names.
func queriedNames(q *QuerySet) []string {
	var found []string
	for _, step := range q.Steps {
		switch step.Method {
		case "filter", "exclude":
			for _, keyword := range step.Call.Keywords {
				found = append(found, firstField(keyword.Name))
			}
		case "order_by", "select_related", "prefetch_related", "only", "defer", "values", "values_list":
			for _, arg := range step.Call.Args {
				if constant, ok := arg.(*python.Constant); ok {
					text, _ := constant.Str()
					found = append(found, firstField(strings.TrimLeft(text, "-+")))
				}
			}
		}
	}
	return slices.DeleteFunc(found, func(name string) bool { return name == "" || name == "?" })
}

// firstField returns the first of the names that a look-up walks along: order of order__customer__name.
func firstField(lookup string) string {
	name, _, _ := strings.Cut(lookup, "__")
	return name
}

// readOffRow returns the attributes that a loop reads off each row which its body gets to. There are none where other code may have put
// some there.
func (f *File) readOffRow(loop *python.For) []string {
	row, ok := loop.Target.(*python.Name)
	if !ok {
		return nil
	}
	binding := f.Binding(row)
	if binding == nil {
		return nil
	}
	for _, use := range binding.Uses {
		if loop.Contains(use.Span) && (!f.onlyLooksAt(use) || slices.ContainsFunc(f.Reaching(use), func(def names.Definition) bool { return def.Node != python.Node(loop) })) {
			return nil
		}
	}
	var found []string
	f.always(loop.Body, func(node python.Node) {
		access, ok := node.(*python.Attribute)
		if !ok {
			return
		}
		if name, ok := access.Value.(*python.Name); ok && f.Binding(name) == binding && !f.isStored(access.Attr) && !f.handsOn(access.Attr) {
			found = append(found, access.Attr)
		}
	})
	return found
}

// onlyLooksAt reports whether a use of a row does not hand it to code that may set its attributes.
func (f *File) onlyLooksAt(use *python.Name) bool {
	switch parent := f.Parent(use).(type) {
	case *python.Attribute, *python.FormattedValue, *python.Compare, *python.BinOp:
		return true
	case *python.Keyword:
		call, ok := f.Parent(parent).(*python.Call)
		return ok && asksManager(call)
	case *python.Call:
		return f.Builtin(parent.Func) != "" || asksManager(parent)
	}
	return false
}

// asksManager reports whether a call is one of a manager's, or of a QuerySet's: they leave the rows that they are given as they are.
func asksManager(call *python.Call) bool {
	var expr python.Expr = call
	for {
		switch e := expr.(type) {
		case *python.Call:
			expr = e.Func
		case *python.Attribute:
			if isManager(e) {
				return true
			}
			expr = e.Value
		default:
			return false
		}
	}
}

// isStored reports whether the file sets an attribute of that name on some object.
func (f *File) isStored(attribute string) bool {
	return slices.ContainsFunc(f.Accesses, func(access *python.Attribute) bool {
		if access.Attr != attribute {
			return false
		}
		kind := f.UseOf(access).Kind
		return kind == names.Rebinds || kind == names.Prunes
	})
}

// handsOn reports whether the file hands an attribute's name to a call, as to hasattr(row, "total") and Prefetch(to_attr="total").
func (f *File) handsOn(attribute string) bool {
	return slices.ContainsFunc(f.Calls, func(call *python.Call) bool {
		return slices.ContainsFunc(call.Args, func(arg python.Expr) bool { return says(arg, attribute) }) ||
			slices.ContainsFunc(call.Keywords, func(keyword *python.Keyword) bool { return says(keyword.Value, attribute) })
	})
}

// says reports whether an expression is a literal with that text.
func says(expr python.Expr, text string) bool {
	constant, ok := expr.(*python.Constant)
	if !ok {
		return false
	}
	value, isStr := constant.Str()
	return isStr && value == text
}

// expectsMissingRows reports whether a try catches nothing but that a row does not exist.
func expectsMissingRows(try *python.Try) bool {
	return !slices.ContainsFunc(try.Handlers, func(handler *python.ExceptHandler) bool {
		return handler.Type == nil || !strings.HasSuffix(python.LastName(handler.Type), "DoesNotExist")
	})
}

// always visits the nodes of a block that are evaluated whenever the code gets so far. Where a try may catch that the model lacks
// something, its are none.
func (f *File) always(block []python.Stmt, visit func(python.Node)) {
	for _, stmt := range block {
		switch s := stmt.(type) {
		case *python.Return, *python.Raise, *python.Continue, *python.Break:
			alwaysIn(stmt, visit)
			return
		case *python.If:
			alwaysIn(s.Test, visit)
		case *python.While:
			alwaysIn(s.Test, visit)
		case *python.For:
			alwaysIn(s.Iter, visit)
		case *python.Match:
			alwaysIn(s.Subject, visit)
		case *python.With:
			suppresses := false
			for _, item := range s.Items {
				alwaysIn(item.ContextExpr, visit)
				suppresses = suppresses || strings.Contains(f.Text(item.ContextExpr), "suppress")
			}
			if !suppresses {
				f.always(s.Body, visit)
			}
		case *python.Try:
			if expectsMissingRows(s) { // Its first statement may find one.
				f.always(s.Body[:min(1, len(s.Body))], visit)
			}
		case *python.FunctionDef, *python.ClassDef:
		default:
			alwaysIn(stmt, visit)
		}
	}
}

// alwaysIn visits the nodes of a simple statement or an expression that are evaluated with it, whatever its parts come to.
func alwaysIn(node python.Node, visit func(python.Node)) {
	python.Walk(node, func(inner python.Node) bool {
		switch n := inner.(type) {
		case *python.BoolOp:
			alwaysIn(n.Values[0], visit)
			return false
		case *python.IfExp:
			alwaysIn(n.Test, visit)
			return false
		case *python.Lambda, *python.ListComp, *python.SetComp, *python.DictComp, *python.GeneratorExp:
			return false
		case *python.Compare:
			if len(n.Comparators) > 1 {
				return false
			}
		}
		visit(inner)
		return true
	})
}
