// Package names resolves the names of one Python file: scopes, bindings, imports, qualified names, and the value of a
// name that is assigned once. It knows Python's rules of scoping and nothing of Django.
package names

import (
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer/python"
)

// A File is a parsed file with its names resolved. It is valid as long as the python.File it was made from.
type File struct {
	*python.File
	// Module is the outermost scope.
	Module *Scope
	// Functions, Classes and the lists below hold every node of their kind, outer before inner, in source order.
	Functions      []*Function
	Classes        []*Class
	Calls          []*python.Call
	Accesses       []*python.Attribute
	Subscripts     []*python.Subscript
	Compares       []*python.Compare
	Starred        []*python.Starred
	Loops          []*python.For
	Whiles         []*python.While
	Comprehensions []*python.Comprehension
	Dicts          []*python.Dict
	Statements     []*python.ExprStmt
	ImportFroms    []*python.ImportFrom
	Assigns        []*python.Assign
	// Tests are what if, while, assert, conditional expressions and comprehensions ask; Negations are all uses of not.
	Tests     []python.Expr
	Negations []*python.UnaryOp
	// StarImports are the modules of from module import *.
	StarImports []string

	parents   []python.Node
	scopes    column[Scope]
	bindings  column[Binding]
	functions map[*python.FunctionDef]*Function
	classes   map[*python.ClassDef]*Class
	ancestors map[*Class][]string
	flat      flat
	// attributes are those of the classes that were asked for.
	attributes map[*Class][]*Attribute
}

// A ScopeKind tells what opens a scope.
type ScopeKind uint8

// The kinds of scopes. Lambdas and comprehensions are function scopes.
const (
	ModuleScope ScopeKind = iota
	ClassScope
	FunctionScope
)

// A Scope is a namespace of the source.
type Scope struct {
	Kind   ScopeKind
	Parent *Scope
	// Node opened the scope: a Module, ClassDef, FunctionDef, Lambda or comprehension.
	Node python.Node
	// Function and Class are the innermost ones around the scope, itself included.
	Function *Function
	Class    *Class

	// table has the bindings of all scopes; the number makes this scope's own.
	table    *table
	number   int32
	declared map[string]*Scope // by global and nonlocal
}

// Lookup returns the binding of a name in this scope alone, or nil.
func (s *Scope) Lookup(name string) *Binding { return s.table.find(s, name, hashOf(name)) }

// A Binding is a name of one scope with all places that bind and use it.
type Binding struct {
	Name  string
	Scope *Scope
	// Definitions in source order.
	Definitions []Definition
	// Uses are the places that read the name, in source order, from this scope and those inside it.
	Uses []*python.Name

	// hash is the name's and the scope's.
	hash   uint64
	number int32
}

// A DefinitionKind tells how a name gets its value.
type DefinitionKind uint8

// The kinds of definitions.
const (
	// Assigned by name = value, name: T = value or name := value.
	Assigned DefinitionKind = iota
	// Unpacked out of the value of an assignment, or one of several such.
	Unpacked
	// Augmented by name += value.
	Augmented
	// Imported by an import statement.
	Imported
	// Parameter of a function.
	Parameter
	// Looped is the target of a for clause.
	Looped
	// Managed is the target of a with item.
	Managed
	// Caught is the target of an except clause.
	Caught
	// Captured by a match pattern.
	Captured
	// Defined by def or class.
	Defined
	// Deleted by del.
	Deleted
	// Declared by an annotation without a value, or a type parameter.
	Declared
)

// A Definition is one place that binds a name.
type Definition struct {
	Kind DefinitionKind
	// Node is the statement, the parameter, or the clause that binds.
	Node python.Node
	// Value is the assigned expression of Assigned and Augmented, the whole right side of Unpacked, the iterable of Looped, the context
	// expression of Managed; else nil.
	Value python.Expr
	// Path is the qualified name of what is Imported.
	Path string
}

// A Function is a def with its place.
type Function struct {
	*python.FunctionDef
	// Scope is the function's own.
	Scope *Scope
	// Parent is the innermost function around it, Class the class whose body it stands in; each may be nil.
	Parent *Function
	Class  *Class
	// QualifiedName is as in Python's __qualname__, without <locals>.
	QualifiedName string

	// accesses are those of File.Accesses that stand in its body: from the first index to the one before the second.
	accesses [2]int
}

// A Class is a class statement with its place.
type Class struct {
	*python.ClassDef
	Scope         *Scope
	Parent        *Function
	Outer         *Class
	QualifiedName string
	// Methods are the functions of its body, in source order.
	Methods []*Function
	// BaseNames are the qualified names of its bases; an empty one could not be resolved.
	BaseNames []string
}

// Method returns the last method of that name in the class's own body, or nil.
func (c *Class) Method(name string) *Function {
	for _, method := range slices.Backward(c.Methods) {
		if method.Name == name {
			return method
		}
	}
	return nil
}

// Body returns the statements of the module.
func (f *File) Body() []python.Stmt { return f.File.Module.Body }

// Parent returns the node around n, nil for the module.
func (f *File) Parent(n python.Node) python.Node { return f.parents[n.ID()] }

// ScopeAt returns the scope that n is evaluated in. A def or a class statement is evaluated outside the scope it opens.
func (f *File) ScopeAt(n python.Node) *Scope {
	for ; n != nil; n = f.parents[n.ID()] {
		if s := f.scopes.at(n.ID()); s != nil {
			return s
		}
	}
	return f.Module
}

// FunctionAt returns the innermost function whose body n stands in, or nil.
func (f *File) FunctionAt(n python.Node) *Function { return f.ScopeAt(n).Function }

// ClassAt returns the innermost class around n, or nil.
func (f *File) ClassAt(n python.Node) *Class { return f.ScopeAt(n).Class }

// Function returns the resolved form of a def.
func (f *File) Function(def *python.FunctionDef) *Function { return f.functions[def] }

// Class returns the resolved form of a class statement.
func (f *File) Class(def *python.ClassDef) *Class { return f.classes[def] }

// Binding returns what a name refers to, or nil for a builtin, a name that came by a star import and an unknown one.
func (f *File) Binding(name *python.Name) *Binding { return f.bindings.at(name.ID()) }

// EnclosingName returns the qualified name of the innermost function or class around n, empty at the module's level.
func (f *File) EnclosingName(n python.Node) string {
	scope := f.ScopeAt(n)
	switch {
	case scope.Function != nil && (scope.Class == nil || scope.Function.Range().Start > scope.Class.Range().Start):
		return scope.Function.QualifiedName
	case scope.Class != nil:
		return scope.Class.QualifiedName
	}
	return ""
}

// Qualified returns the dotted name that an expression has through the file's imports: "functools.lru_cache" for
// memo after "from functools import lru_cache as memo". Relative imports keep their dots (".models.Order"), builtins
// are "builtins.list", and what the file itself defines at its top level has a colon in front (":Order"). It is empty
// for everything else, such as a parameter.
func (f *File) Qualified(expr python.Expr) string {
	switch expr := expr.(type) {
	case *python.Name:
		return f.qualifiedName(expr)
	case *python.Attribute:
		if base := f.Qualified(expr.Value); base != "" {
			return base + "." + expr.Attr
		}
	}
	return ""
}

// Builtin returns the name of the builtin that an expression means, such as "len", or nothing for anything else.
func (f *File) Builtin(expr python.Expr) string {
	switch expr := expr.(type) {
	case *python.Name:
		return strings.TrimPrefix(f.builtin(expr), builtinsPrefix)
	case *python.Attribute:
		if module, ok := expr.Value.(*python.Name); ok && f.qualifiedName(module) == "builtins" {
			return expr.Attr
		}
	}
	return ""
}

// builtin returns the qualified name of the builtin that a name means, or nothing.
func (f *File) builtin(name *python.Name) string {
	if f.Binding(name) == nil {
		return builtins[name.Id]
	}
	if qualified := f.qualifiedName(name); strings.HasPrefix(qualified, builtinsPrefix) {
		return qualified
	}
	return ""
}

func (f *File) qualifiedName(name *python.Name) string {
	binding := f.Binding(name)
	if binding == nil {
		return builtins[name.Id]
	}
	path := ""
	for _, def := range binding.Definitions {
		switch def.Kind {
		case Imported:
			// The first of several, as in try: import a except ImportError: import b as a.
			if path == "" {
				path = def.Path
			}
		case Defined:
			if binding.Scope.Kind == ModuleScope && path == "" {
				path = ":" + binding.Name
			}
		case Assigned:
			// try: import a except ImportError: a = None leaves the import's name.
			if !isNone(def.Value) {
				return ""
			}
		default:
			return ""
		}
	}
	return path
}

func isNone(expr python.Expr) bool {
	constant, ok := expr.(*python.Constant)
	return ok && constant.Kind == python.None
}

// Value returns the expression that a name stands for: that of its only definition, where that is an assignment in a
// function or at the module's level; otherwise nil. A name that a loop body rebinds has several values and gives nil too.
func (f *File) Value(name *python.Name) python.Expr {
	binding := f.Binding(name)
	if binding == nil || len(binding.Definitions) != 1 || binding.Definitions[0].Kind != Assigned {
		return nil
	}
	return binding.Definitions[0].Value
}

// Deref follows single assignments from a name to the expression it stands for, a few steps deep, and returns any other
// expression as it is.
func (f *File) Deref(expr python.Expr) python.Expr {
	const steps = 8 // Longer chains are no code that people write; a = b; b = a must end.
	for range steps {
		name, ok := expr.(*python.Name)
		if !ok {
			return expr
		}
		value := f.Value(name)
		if value == nil {
			return expr
		}
		expr = value
	}
	return expr
}

// LocalClass returns the class of this file that a name at the module's level refers to, or nil.
func (f *File) LocalClass(qualified string) *Class {
	name, ok := strings.CutPrefix(qualified, ":")
	if !ok {
		return nil
	}
	binding := f.Module.Lookup(name)
	if binding == nil {
		return nil
	}
	for _, def := range binding.Definitions {
		if class, ok := def.Node.(*python.ClassDef); ok && def.Kind == Defined {
			return f.classes[class]
		}
	}
	return nil
}

// LocalFunction returns the function of this file that a name at the module's level refers to, or nil.
func (f *File) LocalFunction(qualified string) *Function {
	name, ok := strings.CutPrefix(qualified, ":")
	if !ok {
		return nil
	}
	binding := f.Module.Lookup(name)
	if binding == nil {
		return nil
	}
	for _, def := range binding.Definitions {
		if function, ok := def.Node.(*python.FunctionDef); ok && def.Kind == Defined {
			return f.functions[function]
		}
	}
	return nil
}

// maxAncestors is how many classes of a file are looked through for those above one of them.
const maxAncestors = 100

// Ancestors returns the qualified names of a class's bases and, through classes of the same file, of theirs: nearest
// first, each once. It looks through a hundred classes at most: nobody's own have more above them in one file. The list is
// the file's: leave it as it is.
func (f *File) Ancestors(class *Class) []string {
	found, known := f.ancestors[class]
	if known {
		return found
	}
	seen := map[*Class]bool{class: true}
	queue := []*Class{class}
	for len(queue) > 0 && len(seen) <= maxAncestors {
		current := queue[0]
		queue = queue[1:]
		for _, base := range current.BaseNames {
			if base == "" {
				continue
			}
			found = append(found, base)
			if local := f.LocalClass(base); local != nil && !seen[local] {
				seen[local] = true
				queue = append(queue, local)
			}
		}
	}
	if f.ancestors == nil {
		f.ancestors = make(map[*Class][]string)
	}
	f.ancestors[class] = found
	return found
}

// MethodOf returns the method that self.name of a class refers to, looking through its bases in the same file, or nil.
func (f *File) MethodOf(class *Class, name string) *Function {
	if method := class.Method(name); method != nil {
		return method
	}
	for _, base := range f.Ancestors(class) {
		if local := f.LocalClass(base); local != nil {
			if method := local.Method(name); method != nil {
				return method
			}
		}
	}
	return nil
}

// Self returns the name of a method's first parameter, empty for a static method or a plain function.
func (fn *Function) Self() string {
	if fn.Class == nil {
		return ""
	}
	for _, decorator := range fn.Decorators {
		if name, ok := decorator.(*python.Name); ok && name.Id == "staticmethod" {
			return ""
		}
	}
	for _, params := range [][]*python.Arg{fn.Args.Posonlyargs, fn.Args.Args} {
		if len(params) > 0 {
			return params[0].Name
		}
	}
	return ""
}

// Param returns the parameter of that name, or nil.
func (fn *Function) Param(name string) *python.Arg {
	for _, param := range fn.Params() {
		if param.Name == name {
			return param
		}
	}
	return nil
}

// Params returns all parameters in order, *args and **kwargs included.
func (fn *Function) Params() []*python.Arg {
	args := fn.Args
	params := make([]*python.Arg, 0, len(args.Posonlyargs)+len(args.Args)+len(args.Kwonlyargs)+2)
	params = append(params, args.Posonlyargs...)
	params = append(params, args.Args...)
	if args.Vararg != nil {
		params = append(params, args.Vararg)
	}
	params = append(params, args.Kwonlyargs...)
	if args.Kwarg != nil {
		params = append(params, args.Kwarg)
	}
	return params
}

// IsGenerator reports whether a function yields.
func (fn *Function) IsGenerator() bool {
	_, generator := fn.Results()
	return generator
}

// Results returns the values of all return statements of the function's own body, nil for a bare return, and whether
// it is a generator.
func (fn *Function) Results() (values []python.Expr, generator bool) {
	for _, stmt := range fn.Body {
		python.Walk(stmt, func(node python.Node) bool {
			switch n := node.(type) {
			case *python.FunctionDef, *python.ClassDef, *python.Lambda:
				return false
			case *python.Yield, *python.YieldFrom:
				generator = true
			case *python.Return:
				values = append(values, n.Value)
			}
			return true
		})
	}
	return values, generator
}
