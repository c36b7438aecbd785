package django

import (
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/pattern"
	"github.com/djleak/djleak/analyzer/python"
)

// attribute takes a manager, or an attribute of self whose every assignment in the class makes a QuerySet.
func (c *chain) attribute(access *python.Attribute) (*QuerySet, bool) {
	if isManager(access) {
		// A row has no manager: Django refuses Order(number=1).objects.
		if strings.HasPrefix(c.f.Qualified(access.Value), "mongoengine.") || c.f.makesRow(access.Value) {
			return nil, false
		}
		return &QuerySet{Root: access, Model: ownerName(access)}, true
	}
	if strings.HasSuffix(access.Attr, "_set") {
		return &QuerySet{Root: access, Related: true}, true
	}
	if q, ok := c.ofSelf(access); ok {
		return q, true
	}
	if c.f.managerNames()[access.Attr] || ownManager.MatchString(access.Attr) && isClassName(python.LastName(access.Value)) {
		return c.relation(access), true
	}
	return nil, false
}

// ofSelf follows an attribute of self through the assignments and the properties of the class.
func (c *chain) ofSelf(access *python.Attribute) (*QuerySet, bool) {
	receiver, ok := access.Value.(*python.Name)
	fn := c.f.FunctionAt(access)
	if !ok || fn == nil || fn.Class == nil || receiver.Id != fn.Self() {
		return nil, false
	}
	if method := c.f.MethodOf(fn.Class, access.Attr); method != nil {
		if !slices.ContainsFunc(method.Decorators, func(d python.Expr) bool { return strings.HasSuffix(python.LastName(d), "property") }) {
			return nil, false
		}
		return c.returned(method)
	}
	values := c.f.assigned(fn.Class)[access.Attr]
	if len(values) == 0 {
		return nil, false
	}
	var all *QuerySet
	for _, value := range values {
		if isNone(value) {
			continue
		}
		if slices.Contains(c.definitions, python.Node(value)) {
			continue
		}
		c.definitions = append(c.definitions, value)
		q, ok := c.take(value)
		c.definitions = c.definitions[:len(c.definitions)-1]
		if !ok || q == nil {
			return nil, false
		}
		if all == nil {
			all = q
		} else {
			all.merge(q)
		}
	}
	return all, all != nil
}

// assigned returns the values that a class's body and methods give to the attributes of its objects.
func (f *File) assigned(class *names.Class) map[string][]python.Expr {
	values, known := f.rows.attributes[class]
	if known {
		return values
	}
	values = make(map[string][]python.Expr)
	for _, attribute := range f.Attributes(class) {
		if attribute.Body != nil {
			values[attribute.Name] = append(values[attribute.Name], attribute.Body)
		}
		for _, use := range attribute.Uses {
			if use.Kind == names.Rebinds && use.Value != nil {
				values[attribute.Name] = append(values[attribute.Name], use.Value)
			}
		}
	}
	f.rows.attributes[class] = values
	return values
}

// managerAttributes are the names under which managers stand on every model, by Django's rules and by custom.
var managerAttributes = map[string]bool{
	"objects": true, "_default_manager": true, "_base_manager": true, "all_objects": true, "active_objects": true,
	"public_objects": true, "plain_objects": true, "objects_all": true, "unfiltered_objects": true, "raw_objects": true,
}

// ownManager matches the names that projects give to further managers of their models: Order.available_objects.
var ownManager = pattern.New(`\w_objects$|^objects_\w`)

// isManager reports whether expr is a model's manager.
func isManager(expr python.Expr) bool {
	access, ok := expr.(*python.Attribute)
	return ok && managerAttributes[access.Attr]
}

// makesRow reports whether an expression makes an object of a class: Order(number=1).
func (f *File) makesRow(expr python.Expr) bool {
	call, ok := f.Deref(expr).(*python.Call)
	return ok && isClassName(python.LastName(call.Func))
}

// root recognises what a chain may start from, by the receiver of its first call.
func (c *chain) root(call *python.Call, first *python.Attribute) *QuerySet {
	if q := c.ofOwnClass(first.Value); q != nil {
		return q
	}
	if q := c.ofClassMethod(call, first); q != nil {
		return q
	}
	access, ok := first.Value.(*python.Attribute)
	if !ok || isManager(access) || !chaining[first.Attr] || !looksRelated(call, first.Attr) {
		return nil
	}
	return c.relation(access)
}

// models matches the qualified names of what modules of models define.
var models = pattern.New(`(^|\.)models\.`)

// ofClassMethod takes what a method of a model has made, of which the code takes a part as of nothing but a QuerySet:
// Order.visible_objects().filter(paid=True).
func (c *chain) ofClassMethod(call *python.Call, first *python.Attribute) *QuerySet {
	made, ok := first.Value.(*python.Call)
	if !ok || !c.f.onlyQuerySets(call, first.Attr) {
		return nil
	}
	method, ok := made.Func.(*python.Attribute)
	if !ok || !isClassName(python.LastName(method.Value)) || !models.MatchString(c.f.Qualified(method.Value)) {
		return nil
	}
	model := python.LastName(method.Value)
	if namesOthers(method.Attr, model) || getsOther.MatchString(method.Attr) {
		return nil
	}
	return c.step(&QuerySet{Root: made, Model: model}, made, method.Attr)
}

// namesOthers reports whether a method says in the plural what comes, and that is no rows of the model: get_customers() of Order.
func namesOthers(method, model string) bool {
	return strings.HasSuffix(method, "s") && !strings.HasSuffix(method, "objects") && lastWord(method) != lastWord(model)
}

// relation makes the root of a manager that has a name of its own: on a class it is the table's, as in Order.paid; on
// an object it is a related one, as in order.lines.
func (c *chain) relation(access *python.Attribute) *QuerySet {
	q := &QuerySet{Root: access}
	if access.Attr == "qs" {
		// filterset.qs: a QuerySet that is made elsewhere.
		q.Given, q.typed = true, true
		return q
	}
	if owner := python.LastName(access.Value); isClassName(owner) {
		q.Model = owner
	} else {
		q.Related = true
	}
	return q
}

// ofOwnClass takes self and super() in a method of a manager, which are the table, or of a QuerySet class, which are what
// the caller made.
func (c *chain) ofOwnClass(expr python.Expr) *QuerySet {
	fn := c.f.FunctionAt(expr)
	if fn == nil || fn.Class == nil {
		return nil
	}
	switch e := expr.(type) {
	case *python.Name:
		if e.Id != fn.Self() {
			return nil
		}
	case *python.Call:
		if c.f.Qualified(e.Func) != "builtins.super" {
			return nil
		}
	default:
		return nil
	}
	switch c.f.ClassKind(fn.Class) {
	case Manager:
		return &QuerySet{Root: expr}
	case QuerySetClass:
		return &QuerySet{Root: expr, Given: true}
	default:
		return nil
	}
}

// getsOther matches methods that give no rows of the model, those of one object, or those that wait for something, of which there are
// few: get_or_make(), get_total(), get_by_owner(owner), get_to_be_closed(), get_unpaid().
var getsOther = pattern.New(`^get_(or|new|latest|recent|next)(_|$)|_(by|for|from|of|to|un[a-z]+|follow_?up)(_|$)|_(count|dict|list|map|total|values)$`)

// getsRows reports whether a method of a model's manager whose name begins with get_ is used as one that gives rows of the model, as
// Order.objects.get_open() is where a loop walks over it. It may make a list of them all the same.
func (f *File) getsRows(call *python.Call, method *python.Attribute) bool {
	name, gets := strings.CutPrefix(method.Attr, "get_")
	manager, ok := method.Value.(*python.Attribute)
	if !gets || !ok || !isManager(manager) || ending[method.Attr] || getsOther.MatchString(method.Attr) || f.defines(method.Attr) || namesOthers(name, ownerName(manager)) {
		return false
	}
	switch parent := f.Parent(call).(type) {
	case *python.Attribute:
		next, ok := f.Parent(parent).(*python.Call)
		return ok && f.onlyQuerySets(next, parent.Attr)
	case *python.Call:
		switch f.Builtin(parent.Func) {
		case "list", "tuple", "sorted":
			return true
		}
	}
	destination, _ := f.DestinationOf(call)
	return destination == Walked || destination == Chunked
}

// isClassName reports whether a name is written as classes are: Order, not order or ORDER.
func isClassName(name string) bool {
	return name != "" && name[0] >= 'A' && name[0] <= 'Z' && name != strings.ToUpper(name)
}

// looksRelated reports whether a call on some attribute can only be meant for a manager: all() without arguments, or
// look-ups by keyword.
func looksRelated(call *python.Call, method string) bool {
	switch method {
	case "all":
		return len(call.Args) == 0 && len(call.Keywords) == 0
	case "filter", "exclude":
		return len(call.Keywords) > 0
	case "select_related", "prefetch_related", "values_list":
		return true
	}
	return false
}

// ownerName returns the last part of the name of what a manager stands on: User of get_user_model().
func ownerName(manager *python.Attribute) string {
	if call, ok := manager.Value.(*python.Call); ok && python.LastName(call.Func) == "get_user_model" {
		return "User"
	}
	return python.LastName(manager.Value)
}

func isNone(expr python.Expr) bool {
	constant, ok := expr.(*python.Constant)
	return ok && constant.Kind == python.None
}
