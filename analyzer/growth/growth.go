// Package growth finds containers that outlive the calls that fill them, and what keeps them from growing: something
// that takes elements out, a bound, or keys of which there are few.
package growth

import (
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

// A Holder is a container with everything that the file does to it.
type Holder struct {
	// Name is the variable or the attribute.
	Name string
	// Owner is the class or the function it belongs to, nil for a module's variable.
	Owner python.Node
	// Node is the statement that makes the container, Initial the value.
	Node    python.Node
	Initial python.Expr
	// Uses in source order, without that statement.
	Uses []Use
}

// A Use is what a function does to a container.
type Use struct {
	names.Use
	// Function is nil for code that runs when the module is imported.
	Function *names.Function
}

// OfClass returns the containers that a class makes in its body or in __init__.
func OfClass(f *django.File, class *names.Class) []Holder {
	var holders []Holder
	for _, attribute := range f.Attributes(class) {
		h := Holder{Name: attribute.Name, Owner: class, Node: attribute.BodyNode, Initial: attribute.Body}
		for _, use := range attribute.Uses {
			if use.Kind == names.Rebinds && use.Method.Name == "__init__" {
				h.Node, h.Initial = use.Node, use.Value
				continue
			}
			h.add(f, use.Use, use.Method)
		}
		if f.Container(h.Initial) != names.NoContainer {
			h.Uses = append(h.Uses, elsewhere(f, class, attribute.Name)...)
		}
		holders = appendContainer(holders, f, h)
	}
	return holders
}

// OfClassBody returns the containers that a class makes in its body and that no method, of the class or of one that it derives
// from in this file, replaces by one of the object's own.
func OfClassBody(f *django.File, class *names.Class) []Holder {
	if !slices.ContainsFunc(class.Body, func(stmt python.Stmt) bool {
		_, value := names.Assignment(stmt)
		return value != nil && f.Container(value) != names.NoContainer
	}) {
		return nil
	}
	return slices.DeleteFunc(OfClass(f, class), func(h Holder) bool {
		in, ok := f.Parent(h.Node).(*python.ClassDef)
		return !ok || in != class.ClassDef || slices.ContainsFunc(h.Uses, func(u Use) bool { return u.Kind == names.Rebinds }) ||
			inheritsOwn(f, class, h.Name)
	})
}

// inheritsOwn reports whether a class that another derives from in this file gives each object an attribute of its own.
func inheritsOwn(f *django.File, class *names.Class, attribute string) bool {
	return slices.ContainsFunc(f.Ancestors(class), func(name string) bool {
		base := f.LocalClass(name)
		return base != nil && slices.ContainsFunc(f.Attributes(base), func(inherited *names.Attribute) bool {
			return inherited.Name == attribute && slices.ContainsFunc(inherited.Uses, func(use names.AttributeUse) bool { return use.Kind == names.Rebinds })
		})
	})
}

// elsewhere returns the uses of a class's attribute outside the class: through its name, and in the classes of this file
// that derive from it.
func elsewhere(f *django.File, class *names.Class, attribute string) []Use {
	var uses []Use
	if binding := f.Module.Lookup(class.Name); binding != nil && class.Scope.Parent == f.Module {
		for _, name := range binding.Uses {
			access, ok := f.Parent(name).(*python.Attribute)
			if !ok || access.Attr != attribute {
				continue
			}
			if fn := f.FunctionAt(name); fn == nil || fn.Class != class {
				uses = append(uses, Use{Use: f.UseOf(access), Function: fn})
			}
		}
	}
	for _, other := range f.Classes {
		if other == class || !slices.Contains(f.Ancestors(other), ":"+class.Name) {
			continue
		}
		for _, inherited := range f.Attributes(other) {
			if inherited.Name != attribute || inherited.Body != nil {
				continue
			}
			for _, use := range inherited.Uses {
				uses = append(uses, Use{Use: use.Use, Function: use.Method})
			}
		}
	}
	return uses
}

// OfModule returns the containers that the module's top level makes.
func OfModule(f *django.File) []Holder {
	return ofScope(f, f.Module, f.Body(), nil)
}

// OfFunction returns the containers that a function makes and functions inside it may fill.
func OfFunction(f *django.File, fn *names.Function) []Holder {
	return ofScope(f, fn.Scope, fn.Body, fn)
}

// maxDefinitions is how often a name may be bound that keeps something.
const maxDefinitions = 100

func ofScope(f *django.File, scope *names.Scope, body []python.Stmt, owner *names.Function) []Holder {
	var holders []Holder
	for _, stmt := range body {
		name, value := names.Assignment(stmt)
		binding := scope.Lookup(name)
		if value == nil || binding == nil || f.Container(value) == names.NoContainer {
			continue
		}
		// What is made anew all the time keeps nothing; and each of its definitions would list all the others.
		if len(binding.Definitions) > maxDefinitions {
			continue
		}
		h := Holder{Name: name, Node: stmt, Initial: value}
		if owner != nil {
			h.Owner = owner
		}
		for _, def := range binding.Definitions {
			switch def.Kind {
			case names.Assigned, names.Unpacked, names.Looped, names.Managed, names.Deleted:
				if def.Node != python.Node(stmt) {
					h.Uses = append(h.Uses, Use{Use: names.Use{Kind: names.Rebinds, Node: def.Node, Value: def.Value}, Function: f.FunctionAt(def.Node)})
				}
			}
		}
		for _, use := range binding.Uses {
			h.add(f, f.UseOf(use), f.FunctionAt(use))
		}
		holders = appendContainer(holders, f, h)
	}
	return holders
}

// OfDefault returns the container that is the default of a parameter, with what the function does to it. It returns false
// for a default that is no container, or one that the function itself replaces.
func OfDefault(f *django.File, fn *names.Function, param *python.Arg, value python.Expr) (Holder, bool) {
	binding := fn.Scope.Lookup(param.Name)
	switch f.Container(value) {
	case names.NoContainer, names.BoundedContainer:
		return Holder{}, false
	}
	if binding == nil || slices.ContainsFunc(binding.Definitions, func(def names.Definition) bool {
		return def.Kind != names.Parameter && def.Kind != names.Augmented
	}) {
		return Holder{}, false
	}
	h := Holder{Name: param.Name, Owner: fn, Node: param, Initial: value}
	for _, use := range binding.Uses {
		h.add(f, f.UseOf(use), fn)
	}
	return h, true
}

// add takes a use, and where the container only gets another name in a function, what is done under that name.
func (h *Holder) add(f *django.File, use names.Use, fn *names.Function) {
	if alias := aliasOf(f, use); alias != nil {
		for _, name := range alias.Uses {
			h.Uses = append(h.Uses, Use{Use: f.UseOf(name), Function: f.FunctionAt(name)})
		}
		return
	}
	h.Uses = append(h.Uses, Use{Use: use, Function: fn})
}

// aliasOf returns the local name that stands for a container and for nothing else, as in cache = self._cache, or nil.
func aliasOf(f *django.File, use names.Use) *names.Binding {
	stmt, ok := use.Node.(*python.Assign)
	if !ok || use.Kind != names.Escapes || len(stmt.Targets) != 1 {
		return nil
	}
	name, ok := stmt.Targets[0].(*python.Name)
	if !ok {
		return nil
	}
	binding := f.Binding(name)
	if binding == nil || binding.Scope.Kind != names.FunctionScope || len(binding.Definitions) != 1 {
		return nil
	}
	return binding
}

// appendContainer takes what a file makes as a container without a bound of its own.
func appendContainer(holders []Holder, f *django.File, h Holder) []Holder {
	switch f.Container(h.Initial) {
	case names.NoContainer, names.BoundedContainer:
		return holders
	default:
		return append(holders, h)
	}
}

// Pruned reports whether something bounds the container: anything anywhere that takes elements out or replaces it, or one
// of the functions that run again and again that looks at its length.
func (h Holder) Pruned(runs func(*names.Function) bool) bool {
	return slices.ContainsFunc(h.Uses, func(u Use) bool {
		return u.Kind == names.Prunes || u.Kind == names.Measures && runs(u.Function) ||
			u.Kind == names.Rebinds && (u.Function == nil || u.Function.Name != "__init__")
	})
}

// Growing returns the uses that add to the container without an end, of those in functions that run again and again in
// the life of the container, as runs tells. It is empty for a container that is pruned.
func (h Holder) Growing(f *django.File, runs func(*names.Function) bool) []Growth {
	if h.Pruned(runs) {
		return nil
	}
	var growing []Growth
	for _, use := range h.Uses {
		if use.Kind != names.Grows && use.Kind != names.GrowsKeyed || use.Function == nil || !runs(use.Function) || h.fillsOnce(f, use) ||
			Replaces(f, use) || h.resets(f, use) || h.asksFirst(f, use) {
			continue
		}
		if variety := h.variety(f, use); variety != Few && !isRegistration(f, use) {
			growing = append(growing, Growth{Use: use, Variety: variety})
		}
	}
	return growing
}

// First returns the first of a container's growing uses in each function, of those that add most: a function that fills
// it in two branches is one place to mend.
func First(growing []Growth) []Growth {
	var first []Growth
	for _, g := range growing {
		i := slices.IndexFunc(first, func(other Growth) bool { return other.Function == g.Function })
		switch {
		case i < 0:
			first = append(first, g)
		case g.Variety > first[i].Variety:
			first[i] = g
		}
	}
	return first
}

// isRegistration reports whether what is put under a key is code, such as a class or a handler, of which a program has
// as much as was written.
func isRegistration(f *django.File, use Use) bool {
	switch f.Deref(use.Value).(type) {
	case *python.Name, *python.Attribute, *python.Call, *python.Lambda:
		return use.Kind == names.GrowsKeyed && !appends(use.Method) && VarietyOf(f, use.Value) == Few
	}
	return false
}

// A Growth is a use that adds to a container, with how many different things it adds.
type Growth struct {
	Use
	Variety Variety
}

// AddsEachTime reports whether a list gets longer with each call, whatever it holds already.
func (g Growth) AddsEachTime() bool {
	augmented, ok := g.Node.(*python.AugAssign)
	return appends(g.Method) || g.Key == nil && ok && augmented.Op == python.Add
}

// maxSetter is how many statements a function may have that does nothing but keep what it is given.
const maxSetter = 3

// addsParameter reports whether all that a function does is to keep what it is given, as it is and under a key that it is
// given, which tells nothing of who calls it.
func addsParameter(f *django.File, use Use) bool {
	fn := use.Function
	if len(fn.Body) > maxSetter || f.Context(fn) != django.OtherContext || fn.Name == "__init__" {
		return false
	}
	isParam := func(expr python.Expr) bool {
		name, ok := expr.(*python.Name)
		return ok && fn.Param(name.Id) != nil && name.Id != fn.Self()
	}
	return isParam(use.Value) && (use.Key == nil || isParam(use.Key) || VarietyOf(f, use.Key) == Few)
}

// keepsItself reports whether a constructor puts the object itself into a container of the class, as it does where classes
// keep track of their few objects.
func keepsItself(f *django.File, use Use) bool {
	value := use.Value
	if call, ok := value.(*python.Call); ok && len(call.Args) > 0 && strings.HasPrefix(f.Qualified(call.Func), "weakref.") {
		value = call.Args[0]
	}
	name, ok := value.(*python.Name)
	return ok && use.Function.Class != nil && use.Function.Name == "__init__" && name.Id == use.Function.Self() &&
		f.PerRequest(name) == ""
}

// looksElsewhere reports whether the function takes something out of another container under the same key, so that there are
// no more keys than that one has.
func looksElsewhere(f *django.File, use Use) bool {
	key, own := f.Text(use.Key), f.Text(use.Expr)
	for node := range f.Own(use.Function) {
		subscript, ok := node.(*python.Subscript)
		if !ok || f.Text(subscript.Slice) != key || f.Text(subscript.Value) == own {
			continue
		}
		if _, name := subscript.Value.(*python.Name); !name {
			if _, attribute := subscript.Value.(*python.Attribute); !attribute {
				continue
			}
		}
		if f.UseOf(subscript.Value).Kind == names.Reads {
			return true
		}
	}
	return false
}

func isRegistry(name string) bool { return strings.Contains(strings.ToLower(name), "regist") }

// fromRegistry reports whether a use stands in a loop through a registry: for model in site._registry.
func fromRegistry(f *django.File, use Use) bool {
	loop, ok := f.LoopAround(use.Expr).(*python.For)
	return ok && isRegistry(f.Text(loop.Iter))
}

// variety says how many elements a use may add, as far as the code tells: what calls itself a registry has few, and so has what takes
// over all of one; what may be one is Unknown.
func (h Holder) variety(f *django.File, use Use) Variety {
	most := h.ofElements(f, use)
	if _, ofDefault := h.Node.(*python.Arg); ofDefault {
		// Whoever leaves the argument out adds to it.
		return most
	}
	if isRegistry(h.Name) || fromRegistry(f, use) {
		return Few
	}
	if most == Many && (addsParameter(f, use) || keepsItself(f, use) || use.Key != nil && !appends(use.Method) && looksElsewhere(f, use)) {
		return Unknown
	}
	return most
}

// ofElements is the variety of what a use adds: as many as there are keys, or different values for a set; without an end
// for what is appended, unless the function looks first whether it is there.
func (h Holder) ofElements(f *django.File, use Use) Variety {
	most := Few
	for _, key := range use.Outer {
		most = max(most, VarietyOf(f, key))
	}
	if use.Key != nil {
		most = max(most, VarietyOf(f, use.Key))
	}
	switch {
	case appends(use.Method):
		if use.Value != nil && (h.looksFirst(f, use) || IsCode(f, use.Value)) {
			return max(most, VarietyOf(f, use.Value))
		}
		return Many
	case use.Method == "add":
		return max(most, VarietyOf(f, use.Value))
	case use.Method == "update":
		return max(most, ofUpdate(f, use.Value))
	case use.Kind == names.Grows:
		return max(most, ofSum(f.Container(h.Initial), use.Value))
	case most == Unknown && isRow(f, use.Value):
		// A row of the database under a key that says nothing.
		return Many
	}
	return most
}

// isRow reports whether a value is made by a call that asks the database.
func isRow(f *django.File, value python.Expr) bool {
	if value == nil {
		return false
	}
	call, ok := f.Deref(value).(*python.Call)
	return ok && VarietyOf(f, call) == Many
}

// ofUpdate is the variety of the keys of update's argument.
func ofUpdate(f *django.File, value python.Expr) Variety {
	switch e := value.(type) {
	case nil:
		// update(name=value)
		return Few
	case *python.Dict:
		most := Few
		for _, key := range e.Keys {
			if key == nil {
				return Unknown
			}
			most = max(most, VarietyOf(f, key))
		}
		return most
	case *python.DictComp:
		return VarietyOf(f, e.Key)
	}
	return Unknown
}

// ofSum is the variety of what += adds: a list grows with every element, a set or a counter does not.
func ofSum(container names.ContainerKind, value python.Expr) Variety {
	if _, constant := value.(*python.Constant); constant {
		return Few
	}
	if container == names.ListContainer || container == names.DequeContainer {
		return Many
	}
	return Unknown
}

// Remembers reports whether the code asks for a key that it fills itself, as it does to remember results on purpose.
func (h Holder) Remembers(f *django.File) bool {
	var filled, asked []string
	for _, use := range h.Uses {
		if _, constant := use.Key.(*python.Constant); use.Kind == names.GrowsKeyed && use.Key != nil && !constant {
			filled = append(filled, f.Text(use.Key))
		}
		if key := askedFor(f, use); key != nil {
			asked = append(asked, f.Text(key))
		}
	}
	return slices.ContainsFunc(filled, func(key string) bool { return slices.Contains(asked, key) })
}

// askedFor returns the key that a use looks for: in key in x, x.get(key), or x[key] where a KeyError is expected.
func askedFor(f *django.File, use Use) python.Expr {
	switch parent := f.Parent(use.Expr).(type) {
	case *python.Compare:
		if parent.Left != use.Expr {
			return parent.Left
		}
	case *python.Attribute:
		// With a default, get() looks for an option.
		if call, ok := f.Parent(parent).(*python.Call); ok && parent.Attr == "get" && len(call.Args) == 1 {
			return call.Args[0]
		}
	case *python.Subscript:
		if _, tried := names.Inside[*python.Try](f.File, parent); tried && use.Kind == names.Reads {
			return parent.Slice
		}
	}
	return nil
}

// looksFirst reports whether the function tests if the value is in the container already, or in the one that this has under the use's
// key, so that each is added once.
func (h Holder) looksFirst(f *django.File, use Use) bool {
	text := f.Text(use.Value)
	return slices.ContainsFunc(h.Uses, func(other Use) bool {
		searched := other.Expr
		if under, ok := f.Parent(searched).(*python.Subscript); ok && under.Value == searched && use.Key != nil && f.Text(under.Slice) == f.Text(use.Key) {
			searched = under
		}
		compare, ok := f.Parent(searched).(*python.Compare)
		return ok && other.Function == use.Function && len(compare.Ops) == 1 && compare.Comparators[0] == searched &&
			(compare.Ops[0] == python.In || compare.Ops[0] == python.NotIn) && f.Text(compare.Left) == text
	})
}

// Escapes reports whether the container is handed to code that may do anything with it.
func (h Holder) Escapes() bool {
	return slices.ContainsFunc(h.Uses, func(u Use) bool { return u.Kind == names.Escapes })
}

// Kept says what one growing use keeps, of every call of some kind: "one dict of every request", or "one entry for each
// `user.pk`".
func Kept(f *django.File, use names.Use, call string) string {
	if use.Key != nil && !appends(use.Method) {
		if text, short := shortText(f, use.Key); short {
			return "one entry for each `" + text + "`"
		}
		return "one entry for each key"
	}
	return held(f, use) + " of every " + call
}

func appends(method string) bool {
	switch method {
	case "append", "appendleft", "extend", "extendleft", "insert", "push":
		return true
	}
	return false
}

// maxTextLength is how much of an expression fits into a message.
const maxTextLength = 40

// shortText returns the source of an expression where it fits into a message: on one line and without quotes of code.
func shortText(f *django.File, expr python.Expr) (string, bool) {
	text := f.Text(expr)
	return text, len(text) <= maxTextLength && !strings.ContainsAny(text, "`\n")
}

func held(f *django.File, use names.Use) string {
	switch value := use.Value.(type) {
	case *python.Dict:
		return "one dict"
	case *python.Tuple:
		return "one tuple"
	case *python.List, *python.ListComp:
		return "one list"
	case *python.JoinedStr:
		return "one string"
	case *python.Name, *python.Attribute:
		if text, short := shortText(f, value); short {
			return "`" + text + "`"
		}
	}
	return "one entry"
}

// FitsDeque reports whether a deque could stand in the container's place: it is a list that starts empty, is appended
// to, and is read in ways that a deque allows.
func (h Holder) FitsDeque(f *django.File) bool {
	if _, plain := h.Node.(*python.Assign); !plain || !isEmptyList(f, h.Initial) {
		return false
	}
	return !slices.ContainsFunc(h.Uses, func(u Use) bool { return !fitsDeque(f, u.Use) })
}

func isEmptyList(f *django.File, expr python.Expr) bool {
	switch e := expr.(type) {
	case *python.List:
		return len(e.Elts) == 0
	case *python.Call:
		return f.Qualified(e.Func) == "builtins.list" && len(e.Args) == 0
	}
	return false
}

// fitsDeque reports whether a use works on a deque too, which has no slices, no + and no sort.
func fitsDeque(f *django.File, use names.Use) bool {
	switch use.Kind {
	case names.Grows:
		return use.Method == "append" || use.Method == "extend"
	case names.Reads:
		switch parent := f.Parent(use.Expr).(type) {
		case *python.For, *python.Comprehension, *python.Call:
			return use.Method == ""
		case *python.Subscript:
			_, sliced := parent.Slice.(*python.Slice)
			return !sliced
		}
	case names.GrowsKeyed, names.Prunes, names.Rebinds, names.Measures, names.Escapes:
	}
	return false
}

// Remedy shows a bound that fits a container: the cache for what is looked up by key, a deque for the rest.
func Remedy(f *django.File, h Holder) string {
	if f.Container(h.Initial) == names.DictContainer {
		return "from django.core.cache import cache\n\ncache.set(key, value, timeout=300)  # instead of " + h.Name + "[key] = value\n"
	}
	return "from collections import deque\n\n" + h.Name + " = deque(maxlen=1000)\n"
}
