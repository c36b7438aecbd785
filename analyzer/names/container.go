package names

import (
	"cmp"
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer/python"
)

// A UseKind tells what one use does to the container behind a name or an attribute.
type UseKind uint8

// The kinds of uses.
const (
	// Reads looks at the container and leaves it as it is, as far as can be seen.
	Reads UseKind = iota
	// Grows adds an element without a key: append, add, extend, +=.
	Grows
	// GrowsKeyed adds an element under a key: x[k] = v, setdefault, update, x[k].append(v).
	GrowsKeyed
	// Prunes takes elements out: pop, del x[k], clear, -=, a slice assignment.
	Prunes
	// Rebinds gives the name another value.
	Rebinds
	// Measures compares its length.
	Measures
	// Escapes hands the container to code that may do anything with it.
	Escapes
)

// A Use is what one expression does to the container it names.
type Use struct {
	Kind UseKind
	// Expr is the name or the attribute, Node the call or the statement that uses it.
	Expr python.Expr
	Node python.Node
	// Method is the method called on the container, or on its element for x[k].append(v); empty for an operator.
	Method string
	// Key is that of GrowsKeyed where there is one, Value what is added where there is one.
	Key, Value python.Expr
	// Outer are the keys in front of Key, innermost first: a for x[a][b] = v.
	Outer []python.Expr
}

var growing = map[string]UseKind{
	"append": Grows, "appendleft": Grows, "add": Grows, "extend": Grows, "extendleft": Grows, "insert": Grows, "push": Grows,
	"update": GrowsKeyed, "setdefault": GrowsKeyed, "__setitem__": GrowsKeyed,
}

var pruning = map[string]bool{
	"pop": true, "popitem": true, "popleft": true, "clear": true, "remove": true, "discard": true, "__delitem__": true,
	"difference_update": true, "intersection_update": true, "symmetric_difference_update": true,
}

// pruningWords in the name of a function that is handed a container say that it bounds it.
var pruningWords = []string{"prune", "evict", "trim", "clean", "expire", "purge", "shrink", "limit", "flush", "heappop"}

// UseOf tells what the node around expr does to the container that expr names.
func (f *File) UseOf(expr python.Expr) Use {
	use := Use{Kind: Reads, Expr: expr, Node: expr}
	switch parent := f.Parent(expr).(type) {
	case *python.Attribute:
		if call, ok := f.Parent(parent).(*python.Call); ok && call.Func == python.Expr(parent) {
			return f.methodUse(use, call, parent.Attr)
		}
	case *python.Subscript:
		if parent.Value == expr {
			return f.subscriptUse(use, parent)
		}
	case *python.AugAssign:
		if parent.Target == expr {
			use.Kind, use.Node, use.Value = Grows, parent, parent.Value
			if parent.Op == python.Sub || parent.Op == python.BitAnd {
				use.Kind = Prunes
			}
		}
	case *python.Assign:
		if parent.Value != expr {
			use.Kind, use.Node, use.Value = Rebinds, parent, parent.Value
		} else {
			use.Kind, use.Node = Escapes, parent
		}
	case *python.AnnAssign:
		if parent.Target == expr {
			use.Kind, use.Node, use.Value = Rebinds, parent, parent.Value
		}
	case *python.Delete:
		use.Kind, use.Node = Prunes, parent
	case *python.Call:
		return f.argumentUse(use, parent)
	case *python.Tuple, *python.List, *python.Starred:
		if stmt := f.unpacking(parent); stmt != nil {
			use.Kind, use.Node = Rebinds, stmt
		}
	}
	return use
}

// unpacking returns the assignment that a tuple or a list is a target of, or nil.
func (f *File) unpacking(target python.Node) *python.Assign {
	for {
		switch parent := f.Parent(target).(type) {
		case *python.Tuple, *python.List, *python.Starred:
			target = parent
		case *python.Assign:
			if python.Node(parent.Value) != target {
				return parent
			}
			return nil
		default:
			return nil
		}
	}
}

func (f *File) methodUse(use Use, call *python.Call, method string) Use {
	use.Node, use.Method = call, method
	if kind, ok := growing[method]; ok {
		use.Kind = kind
		switch {
		case kind == GrowsKeyed && method != "update" && len(call.Args) > 0:
			use.Key = call.Args[0]
			if len(call.Args) > 1 {
				use.Value = call.Args[1]
			}
		case len(call.Args) > 0:
			use.Value = call.Args[len(call.Args)-1]
		}
	}
	if pruning[method] {
		use.Kind = Prunes
	}
	if method == "setdefault" {
		f.elementUse(&use, call)
	}
	return use
}

// elementUse takes what is done to an element, as in x[k].append(v) and x.setdefault(k, []).append(v), as done to the
// container: one of these makes the key if it has to, and the element grows either way.
func (f *File) elementUse(use *Use, element python.Expr) bool {
	access, ok := f.Parent(element).(*python.Attribute)
	if !ok {
		return false
	}
	call, ok := f.Parent(access).(*python.Call)
	if !ok || call.Func != python.Expr(access) {
		return false
	}
	switch _, grows := growing[access.Attr]; {
	case pruning[access.Attr]:
		use.Kind = Prunes
	case grows:
		use.Kind = GrowsKeyed
		if len(call.Args) > 0 {
			use.Value = call.Args[len(call.Args)-1]
		}
	default:
		return false
	}
	use.Node, use.Method = call, access.Attr
	return true
}

func (f *File) subscriptUse(use Use, subscript *python.Subscript) Use {
	_, sliced := subscript.Slice.(*python.Slice)
	switch parent := f.Parent(subscript).(type) {
	case *python.Assign:
		if parent.Value != python.Expr(subscript) {
			use.Kind, use.Node, use.Key, use.Value = GrowsKeyed, parent, subscript.Slice, parent.Value
			if sliced {
				use.Kind, use.Key = Prunes, nil
			}
		}
	case *python.AugAssign:
		if parent.Target == python.Expr(subscript) {
			use.Kind, use.Node, use.Key, use.Value = GrowsKeyed, parent, subscript.Slice, parent.Value
		}
	case *python.Delete:
		use.Kind, use.Node = Prunes, parent
	case *python.Attribute:
		if f.elementUse(&use, subscript) {
			use.Key = subscript.Slice
		}
	case *python.Subscript:
		// x[k][j] = v
		inner := f.subscriptUse(use, parent)
		if parent.Value == python.Expr(subscript) && inner.Kind != Reads {
			use = inner
			use.Outer = append(use.Outer, subscript.Slice)
		}
	}
	return use
}

func (f *File) argumentUse(use Use, call *python.Call) Use {
	use.Node = call
	if call.Func == use.Expr {
		return use
	}
	switch name := f.Qualified(call.Func); name {
	case "builtins.len":
		if _, compared := f.Parent(call).(*python.Compare); compared {
			use.Kind = Measures
		}
		return use
	case "heapq.heappush", "bisect.insort":
		if len(call.Args) > 0 && call.Args[0] == use.Expr {
			use.Kind = Grows
		}
		return use
	default:
		if strings.HasPrefix(name, "builtins.") {
			return use
		}
	}
	use.Kind = Escapes
	last := strings.ToLower(lastPart(call.Func))
	for _, word := range pruningWords {
		if strings.Contains(last, word) {
			use.Kind = Prunes
		}
	}
	return use
}

func lastPart(expr python.Expr) string {
	switch expr := expr.(type) {
	case *python.Name:
		return expr.Id
	case *python.Attribute:
		return expr.Attr
	}
	return ""
}

// A ContainerKind tells what an expression makes.
type ContainerKind uint8

// The kinds of containers.
const (
	NoContainer ContainerKind = iota
	ListContainer
	DictContainer
	SetContainer
	DequeContainer
	// BoundedContainer drops elements by itself: deque(maxlen=...), an LRU or TTL cache, weak references.
	BoundedContainer
)

// Container returns the kind of container that an expression makes, such as [] or defaultdict(list).
func (f *File) Container(expr python.Expr) ContainerKind {
	switch e := expr.(type) {
	case *python.List, *python.ListComp:
		return ListContainer
	case *python.Dict, *python.DictComp:
		return DictContainer
	case *python.Set, *python.SetComp:
		return SetContainer
	case *python.Call:
		return f.containerCall(e)
	}
	return NoContainer
}

func (f *File) containerCall(call *python.Call) ContainerKind {
	switch f.containerName(call.Func) {
	case "builtins.list":
		return ListContainer
	case "builtins.dict", "collections.defaultdict", "collections.OrderedDict", "collections.Counter":
		return DictContainer
	case "builtins.set":
		return SetContainer
	case "collections.deque":
		if len(call.Args) > 1 || Keyword(call, "maxlen") != nil {
			return BoundedContainer
		}
		return DequeContainer
	}
	switch name := lastPart(call.Func); {
	case strings.HasPrefix(name, "Weak"), strings.HasSuffix(name, "Cache"), strings.HasPrefix(name, "LRU"), strings.HasPrefix(name, "TTL"):
		return BoundedContainer
	}
	return NoContainer
}

// containerName is the qualified name of what makes a container. Most attributes make none by their last part alone, so that
// their names need not be put together.
func (f *File) containerName(maker python.Expr) string {
	if access, ok := maker.(*python.Attribute); ok {
		switch access.Attr {
		case "list", "dict", "set", "defaultdict", "OrderedDict", "Counter", "deque":
		default:
			return ""
		}
	}
	return f.Qualified(maker)
}

// Keyword returns the keyword argument of that name, or nil.
func Keyword(call *python.Call, name string) *python.Keyword {
	for _, keyword := range call.Keywords {
		if keyword.Name == name {
			return keyword
		}
	}
	return nil
}

// An Attribute is one attribute of a class's objects, with what the class's own methods do to it.
type Attribute struct {
	Name string
	// Class is where Body and Uses were looked for.
	Class *Class
	// Body is the value that the class body gives it, or nil.
	Body python.Expr
	// BodyNode is the statement of Body.
	BodyNode python.Node
	// Uses through self, cls or the class's name, in source order.
	Uses []AttributeUse
}

// An AttributeUse is a use inside a method.
type AttributeUse struct {
	Use
	Method *Function
}

// Attributes returns the attributes of a class that its methods touch, in order of their first appearance.
func (f *File) Attributes(class *Class) []*Attribute {
	list, known := f.attributes[class]
	if !known {
		list = f.attributesOf(class)
		f.attributes[class] = list
	}
	return list
}

func (f *File) attributesOf(class *Class) []*Attribute {
	var list []*Attribute
	byName := make(map[string]*Attribute)
	get := func(name string) *Attribute {
		attribute := byName[name]
		if attribute == nil {
			attribute = &Attribute{Name: name, Class: class}
			byName[name] = attribute
			list = append(list, attribute)
		}
		return attribute
	}
	for _, stmt := range class.Body {
		name, value := Assignment(stmt)
		if name != "" && value != nil {
			attribute := get(name)
			attribute.Body, attribute.BodyNode = value, stmt
		}
	}
	var own []*python.Attribute
	for _, method := range class.Methods {
		self := method.Self()
		own = own[:0]
		for _, access := range f.Accesses[method.accesses[0]:method.accesses[1]] {
			if f.isInstance(access.Value, self, class) {
				own = append(own, access)
			}
		}
		// Names are resolved in the order of evaluation: what is assigned first, then where to.
		slices.SortStableFunc(own, func(a, b *python.Attribute) int { return cmp.Compare(a.Start, b.Start) })
		for _, access := range own {
			attribute := get(access.Attr)
			attribute.Uses = append(attribute.Uses, AttributeUse{Use: f.UseOf(access), Method: method})
		}
	}
	return list
}

// Assignment returns the name and the value of a statement name = value, or nothing.
func Assignment(stmt python.Stmt) (string, python.Expr) {
	switch s := stmt.(type) {
	case *python.Assign:
		if len(s.Targets) == 1 {
			if name, ok := s.Targets[0].(*python.Name); ok {
				return name.Id, s.Value
			}
		}
	case *python.AnnAssign:
		if name, ok := s.Target.(*python.Name); ok {
			return name.Id, s.Value
		}
	}
	return "", nil
}

// isInstance reports whether expr is self, cls, the class's own name, type(self) or self.__class__.
func (f *File) isInstance(expr python.Expr, self string, class *Class) bool {
	switch e := expr.(type) {
	case *python.Name:
		return self != "" && e.Id == self || e.Id == class.Name
	case *python.Attribute:
		return e.Attr == "__class__" && f.isInstance(e.Value, self, class)
	case *python.Call:
		return len(e.Args) == 1 && f.Qualified(e.Func) == "builtins.type" && f.isInstance(e.Args[0], self, class)
	}
	return false
}
