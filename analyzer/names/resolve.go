package names

import (
	"strings"

	"github.com/djleak/djleak/analyzer/python"
)

// A Resolver resolves one file after another and reuses its memory: once it has grown to the size of its files it
// allocates little more. The zero value is ready. A goroutine needs one of its own.
type Resolver struct {
	file  File
	scope *Scope
	uses  []use
	// targetNames are the names that are bound where they stand: they have a binding but are no use of it.
	targetNames []use

	table     table
	scopes    slab[Scope]
	bindings  slab[Binding]
	functions slab[Function]
	classes   slab[Class]
}

// Resolve resolves the names of a parsed file with a resolver of its own; see [Resolver.Resolve].
func Resolve(file *python.File) *File { return new(Resolver).Resolve(file) }

// Resolve resolves the names of a parsed file in one walk over its tree. The result is valid until the next call.
func (r *Resolver) Resolve(file *python.File) *File {
	r.reset(file)
	f := &r.file
	f.parents[file.Module.ID()] = nil // Every other node of the tree is adopted.
	f.Module = r.open(ModuleScope, file.Module)
	r.stmts(file.Module, file.Module.Body)
	r.link()
	for _, class := range f.Classes {
		class.BaseNames = make([]string, len(class.Bases))
		for i, base := range class.Bases {
			class.BaseNames[i] = f.Qualified(unsubscripted(base))
		}
	}
	return f
}

// reset wipes what the file before left and makes room for the next.
func (r *Resolver) reset(file *python.File) {
	old := &r.file
	r.file = File{
		File:           file,
		Functions:      emptied(old.Functions),
		Classes:        emptied(old.Classes),
		Calls:          emptied(old.Calls),
		Accesses:       emptied(old.Accesses),
		Subscripts:     emptied(old.Subscripts),
		Compares:       emptied(old.Compares),
		Starred:        emptied(old.Starred),
		Tests:          emptied(old.Tests),
		Negations:      emptied(old.Negations),
		Whiles:         emptied(old.Whiles),
		Loops:          emptied(old.Loops),
		Comprehensions: emptied(old.Comprehensions),
		Dicts:          emptied(old.Dicts),
		Statements:     emptied(old.Statements),
		ImportFroms:    emptied(old.ImportFroms),
		Assigns:        emptied(old.Assigns),
		StarImports:    emptied(old.StarImports),
		parents:        resized(old.parents, file.NodeCount),
		scopes:         newColumn(old.scopes, file.NodeCount, &r.scopes),
		bindings:       newColumn(old.bindings, file.NodeCount, &r.bindings),
		functions:      old.functions,
		classes:        old.classes,
		attributes:     old.attributes,
		flat:           flat{nodes: emptied(old.flat.nodes), ends: old.flat.ends, places: old.flat.places},
	}
	if r.file.functions == nil {
		r.file.functions = make(map[*python.FunctionDef]*Function)
		r.file.classes = make(map[*python.ClassDef]*Class)
		r.file.attributes = make(map[*Class][]*Attribute)
	}
	clear(r.file.functions)
	clear(r.file.classes)
	clear(r.file.attributes)
	r.scope, r.uses, r.targetNames = nil, emptied(r.uses), emptied(r.targetNames)
	r.table.reset(file.NodeCount)
	r.scopes.reset(func(s *Scope) { *s = Scope{} })
	r.bindings.reset(func(b *Binding) {
		*b = Binding{Definitions: emptied(b.Definitions), Uses: emptied(b.Uses)}
	})
	r.functions.reset(func(fn *Function) { *fn = Function{} })
	r.classes.reset(func(c *Class) { *c = Class{Methods: emptied(c.Methods)} })
}

// unsubscripted returns Base for a generic base class Base[T].
func unsubscripted(expr python.Expr) python.Expr {
	if subscript, ok := expr.(*python.Subscript); ok {
		return subscript.Value
	}
	return expr
}

// A use waits until all bindings of its scope are known: a function may read a name that is bound further down.
type use struct {
	name  *python.Name
	scope *Scope
}

func (r *Resolver) open(kind ScopeKind, node python.Node) *Scope {
	scope, number := r.scopes.alloc()
	*scope = Scope{Kind: kind, Parent: r.scope, Node: node, table: &r.table, number: number}
	if r.scope != nil {
		scope.Function, scope.Class = r.scope.Function, r.scope.Class
	}
	r.scope = scope
	return scope
}

// evaluate notes the scope that a node is evaluated in.
func (r *Resolver) evaluate(node python.Node, in *Scope) {
	r.file.scopes.numbers[node.ID()] = in.number
}

func (r *Resolver) bind(name string, def Definition) {
	scope := r.scope
	if declared, ok := scope.declared[name]; ok {
		scope = declared
	}
	r.bindIn(scope, name, def)
}

func (r *Resolver) bindIn(scope *Scope, name string, def Definition) {
	hash := hashOf(name)
	binding := r.table.find(scope, name, hash)
	if binding == nil {
		var number int32
		binding, number = r.bindings.alloc()
		binding.Name, binding.Scope, binding.hash, binding.number = name, scope, hash^scope.salt(), number
		r.table.add(binding)
	}
	binding.Definitions = append(binding.Definitions, def)
}

// link gives every use its binding, by Python's rule: the own scope, then the enclosing function scopes, then the module.
// Class scopes are seen only from their own body.
func (r *Resolver) link() {
	for _, use := range r.uses {
		if binding := use.binding(); binding != nil {
			binding.Uses = append(binding.Uses, use.name)
			r.file.bindings.numbers[use.name.ID()] = binding.number
		}
	}
	for _, target := range r.targetNames {
		if binding := target.binding(); binding != nil {
			r.file.bindings.numbers[target.name.ID()] = binding.number
		}
	}
}

func (u use) binding() *Binding {
	scope := u.scope
	if declared, ok := scope.declared[u.name.Id]; ok {
		scope = declared
	}
	hash := hashOf(u.name.Id)
	for s := scope; s != nil; s = s.Parent {
		if s.Kind == ClassScope && s != scope {
			continue
		}
		if binding := s.table.find(s, u.name.Id, hash); binding != nil {
			return binding
		}
	}
	return nil
}

func (r *Resolver) adopt(parent, child python.Node) {
	r.file.parents[child.ID()] = parent
}

func (r *Resolver) stmts(parent python.Node, body []python.Stmt) {
	for _, stmt := range body {
		r.adopt(parent, stmt)
		r.stmt(stmt)
	}
}

//nolint:gocyclo // One case a statement, as the grammar has them.
func (r *Resolver) stmt(stmt python.Stmt) {
	switch s := stmt.(type) {
	case *python.FunctionDef:
		r.functionDef(s)
	case *python.ClassDef:
		r.classDef(s)
	case *python.Return:
		r.expr(s, s.Value)
	case *python.Delete:
		for _, target := range s.Targets {
			r.target(s, target, Definition{Kind: Deleted, Node: s})
		}
	case *python.Assign:
		r.file.Assigns = append(r.file.Assigns, s)
		r.expr(s, s.Value)
		for _, target := range s.Targets {
			r.target(s, target, Definition{Kind: Assigned, Node: s, Value: s.Value})
		}
	case *python.TypeAlias:
		r.target(s, s.Name, Definition{Kind: Declared, Node: s})
		outer := r.scope
		r.evaluate(s.Value, r.open(FunctionScope, s))
		r.typeParams(s, s.TypeParams)
		r.expr(s, s.Value)
		r.scope = outer
	case *python.AugAssign:
		r.expr(s, s.Value)
		if name, ok := s.Target.(*python.Name); ok {
			r.adopt(s, name)
			r.use(name)
			r.bind(name.Id, Definition{Kind: Augmented, Node: s, Value: s.Value})
		} else {
			r.expr(s, s.Target)
		}
	case *python.AnnAssign:
		r.expr(s, s.Annotation)
		if s.Value != nil {
			r.expr(s, s.Value)
			r.target(s, s.Target, Definition{Kind: Assigned, Node: s, Value: s.Value})
		} else {
			r.target(s, s.Target, Definition{Kind: Declared, Node: s})
		}
	case *python.For:
		r.file.Loops = append(r.file.Loops, s)
		r.expr(s, s.Iter)
		r.target(s, s.Target, Definition{Kind: Looped, Node: s, Value: s.Iter})
		r.stmts(s, s.Body)
		r.stmts(s, s.Orelse)
	case *python.While:
		r.file.Whiles = append(r.file.Whiles, s)
		r.test(s, s.Test)
		r.stmts(s, s.Body)
		r.stmts(s, s.Orelse)
	case *python.If:
		r.test(s, s.Test)
		r.stmts(s, s.Body)
		r.stmts(s, s.Orelse)
	case *python.With:
		for _, item := range s.Items {
			r.adopt(s, item)
			r.expr(item, item.ContextExpr)
			if item.OptionalVars != nil {
				r.target(item, item.OptionalVars, Definition{Kind: Managed, Node: s, Value: item.ContextExpr})
			}
		}
		r.stmts(s, s.Body)
	case *python.Match:
		r.expr(s, s.Subject)
		for _, c := range s.Cases {
			r.adopt(s, c)
			r.pattern(c, c.Pattern)
			r.expr(c, c.Guard)
			r.stmts(c, c.Body)
		}
	case *python.Raise:
		r.expr(s, s.Exc)
		r.expr(s, s.Cause)
	case *python.Try:
		r.stmts(s, s.Body)
		for _, handler := range s.Handlers {
			r.adopt(s, handler)
			r.expr(handler, handler.Type)
			if handler.Name != "" {
				r.bind(handler.Name, Definition{Kind: Caught, Node: handler})
			}
			r.stmts(handler, handler.Body)
		}
		r.stmts(s, s.Orelse)
		r.stmts(s, s.Finalbody)
	case *python.Assert:
		r.test(s, s.Test)
		r.expr(s, s.Msg)
	case *python.Import:
		for _, alias := range s.Names {
			r.adopt(s, alias)
			// import a.b binds a; import a.b as c binds c to a.b.
			name, path := alias.AsName, alias.Name
			if name == "" {
				name, _, _ = strings.Cut(alias.Name, ".")
				path = name
			}
			r.bind(name, Definition{Kind: Imported, Node: s, Path: path})
		}
	case *python.ImportFrom:
		r.importFrom(s)
	case *python.Global:
		for _, name := range s.Names {
			r.declare(name, r.file.Module)
		}
	case *python.Nonlocal:
		for _, name := range s.Names {
			for scope := r.scope.Parent; scope != nil; scope = scope.Parent {
				if scope.Kind == FunctionScope && scope.Lookup(name) != nil {
					r.declare(name, scope)
					break
				}
			}
		}
	case *python.ExprStmt:
		r.file.Statements = append(r.file.Statements, s)
		r.expr(s, s.Value)
	case *python.Pass, *python.Break, *python.Continue, *python.BadStmt:
	}
}

func (r *Resolver) declare(name string, scope *Scope) {
	if r.scope.declared == nil {
		r.scope.declared = make(map[string]*Scope)
	}
	r.scope.declared[name] = scope
}

func (r *Resolver) importFrom(s *python.ImportFrom) {
	r.file.ImportFroms = append(r.file.ImportFroms, s)
	module := strings.Repeat(".", s.Level) + s.Module
	for _, alias := range s.Names {
		r.adopt(s, alias)
		if alias.Name == "*" {
			r.file.StarImports = append(r.file.StarImports, module)
			continue
		}
		name := alias.AsName
		if name == "" {
			name = alias.Name
		}
		path := module + "." + alias.Name
		if s.Module == "" {
			path = module + alias.Name
		}
		r.bind(name, Definition{Kind: Imported, Node: s, Path: path})
	}
}

func (r *Resolver) functionDef(def *python.FunctionDef) {
	for _, decorator := range def.Decorators {
		r.expr(def, decorator)
	}
	r.bind(def.Name, Definition{Kind: Defined, Node: def})
	outer := r.scope
	fn, _ := r.functions.alloc()
	*fn = Function{FunctionDef: def, Parent: outer.Function, QualifiedName: r.qualify(def.Name)}
	if outer.Kind == ClassScope {
		fn.Class = outer.Class
		fn.Class.Methods = append(fn.Class.Methods, fn)
	}
	r.file.functions[def] = fn
	r.file.Functions = append(r.file.Functions, fn)
	r.defaults(def, def.Args)

	fn.Scope = r.open(FunctionScope, def)
	fn.Scope.Function = fn
	r.typeParams(def, def.TypeParams)
	r.params(def, def.Args, def.Returns)
	r.body(def.Body)
	fn.accesses[0] = len(r.file.Accesses)
	r.stmts(def, def.Body)
	fn.accesses[1] = len(r.file.Accesses)
	r.scope = outer
}

// body marks the statements of a def or a class as evaluated in its own scope.
func (r *Resolver) body(stmts []python.Stmt) {
	for _, stmt := range stmts {
		r.evaluate(stmt, r.scope)
	}
}

func (r *Resolver) classDef(def *python.ClassDef) {
	for _, decorator := range def.Decorators {
		r.expr(def, decorator)
	}
	r.bind(def.Name, Definition{Kind: Defined, Node: def})
	outer := r.scope
	class, _ := r.classes.alloc()
	class.ClassDef, class.Parent, class.QualifiedName = def, outer.Function, r.qualify(def.Name)
	if outer.Kind == ClassScope {
		class.Outer = outer.Class
	}
	r.file.classes[def] = class
	r.file.Classes = append(r.file.Classes, class)
	for _, base := range def.Bases {
		r.expr(def, base)
	}
	r.keywords(def, def.Keywords)

	class.Scope = r.open(ClassScope, def)
	class.Scope.Class = class
	r.typeParams(def, def.TypeParams)
	r.body(def.Body)
	r.stmts(def, def.Body)
	r.scope = outer
}

// qualify returns the qualified name of what is defined here under name.
func (r *Resolver) qualify(name string) string {
	switch {
	case r.scope.Kind == ClassScope:
		return r.scope.Class.QualifiedName + "." + name
	case r.scope.Function != nil:
		return r.scope.Function.QualifiedName + "." + name
	}
	return name
}

// defaults are evaluated outside the function.
func (r *Resolver) defaults(parent python.Node, args *python.Arguments) {
	r.adopt(parent, args)
	for _, value := range args.Defaults {
		r.expr(args, value)
	}
	for _, value := range args.KwDefaults {
		r.expr(args, value)
	}
}

func (r *Resolver) params(parent python.Node, args *python.Arguments, returns python.Expr) {
	outer := r.scope.Parent
	bind := func(arg *python.Arg) {
		if arg == nil {
			return
		}
		r.adopt(args, arg)
		r.bind(arg.Name, Definition{Kind: Parameter, Node: arg})
		r.exprIn(outer, arg, arg.Annotation)
	}
	for _, list := range [][]*python.Arg{args.Posonlyargs, args.Args, args.Kwonlyargs} {
		for _, arg := range list {
			bind(arg)
		}
	}
	bind(args.Vararg)
	bind(args.Kwarg)
	r.exprIn(outer, parent, returns)
}

// exprIn walks an expression that belongs to another scope than the current one.
func (r *Resolver) exprIn(scope *Scope, parent python.Node, expr python.Expr) {
	inner := r.scope
	r.scope = scope
	r.expr(parent, expr)
	r.scope = inner
}

func (r *Resolver) typeParams(parent python.Node, params []python.TypeParam) {
	for _, param := range params {
		r.adopt(parent, param)
		switch p := param.(type) {
		case *python.TypeVar:
			r.bind(p.Name, Definition{Kind: Declared, Node: p})
			r.expr(p, p.Bound)
			r.expr(p, p.Default)
		case *python.ParamSpec:
			r.bind(p.Name, Definition{Kind: Declared, Node: p})
			r.expr(p, p.Default)
		case *python.TypeVarTuple:
			r.bind(p.Name, Definition{Kind: Declared, Node: p})
			r.expr(p, p.Default)
		}
	}
}

// target walks the target of an assignment and binds the names in it.
func (r *Resolver) target(parent python.Node, target python.Expr, def Definition) {
	r.adopt(parent, target)
	switch t := target.(type) {
	case *python.Name:
		r.targetNames = append(r.targetNames, use{name: t, scope: r.scope})
		r.bind(t.Id, def)
	case *python.Tuple:
		r.targets(t, t.Elts, def)
	case *python.List:
		r.targets(t, t.Elts, def)
	case *python.Starred:
		def.Kind = unpacked(def.Kind)
		r.target(t, t.Value, def)
	default:
		r.children(target)
	}
}

func (r *Resolver) targets(parent python.Node, elts []python.Expr, def Definition) {
	def.Kind = unpacked(def.Kind)
	for _, elt := range elts {
		r.target(parent, elt, def)
	}
}

func unpacked(kind DefinitionKind) DefinitionKind {
	if kind == Assigned {
		return Unpacked
	}
	return kind
}

func (r *Resolver) use(name *python.Name) {
	r.uses = append(r.uses, use{name: name, scope: r.scope})
}

func (r *Resolver) exprs(parent python.Node, list []python.Expr) {
	for _, expr := range list {
		r.expr(parent, expr)
	}
}

func (r *Resolver) keywords(parent python.Node, list []*python.Keyword) {
	for _, keyword := range list {
		r.adopt(parent, keyword)
		r.expr(keyword, keyword.Value)
	}
}

func (r *Resolver) expr(parent python.Node, expr python.Expr) {
	if expr == nil {
		return
	}
	r.adopt(parent, expr)
	r.children(expr)
}

//nolint:gocyclo // One case an expression, as the grammar has them.
func (r *Resolver) children(expr python.Expr) {
	switch e := expr.(type) {
	case *python.Name:
		r.use(e)
	case *python.Constant, *python.BadExpr:
	case *python.Attribute:
		r.file.Accesses = append(r.file.Accesses, e)
		r.expr(e, e.Value)
	case *python.Call:
		r.file.Calls = append(r.file.Calls, e)
		r.expr(e, e.Func)
		r.exprs(e, e.Args)
		r.keywords(e, e.Keywords)
	case *python.Subscript:
		r.file.Subscripts = append(r.file.Subscripts, e)
		r.expr(e, e.Value)
		r.expr(e, e.Slice)
	case *python.Slice:
		r.expr(e, e.Lower)
		r.expr(e, e.Upper)
		r.expr(e, e.Step)
	case *python.BoolOp:
		r.exprs(e, e.Values)
	case *python.NamedExpr:
		r.expr(e, e.Value)
		r.walrus(e)
	case *python.BinOp:
		r.expr(e, e.Left)
		r.expr(e, e.Right)
	case *python.UnaryOp:
		if e.Op == python.Not {
			r.file.Negations = append(r.file.Negations, e)
		}
		r.expr(e, e.Operand)
	case *python.Lambda:
		r.defaults(e, e.Args)
		outer := r.scope
		r.evaluate(e.Body, r.open(FunctionScope, e))
		r.params(e, e.Args, nil)
		r.expr(e, e.Body)
		r.scope = outer
	case *python.IfExp:
		r.expr(e, e.Body)
		r.test(e, e.Test)
		r.expr(e, e.Orelse)
	case *python.Dict:
		r.file.Dicts = append(r.file.Dicts, e)
		for i, value := range e.Values {
			r.expr(e, e.Keys[i])
			r.expr(e, value)
		}
	case *python.Set:
		r.exprs(e, e.Elts)
	case *python.List:
		r.exprs(e, e.Elts)
	case *python.Tuple:
		r.exprs(e, e.Elts)
	case *python.ListComp:
		r.comprehension(e, e.Generators, e.Elt, nil)
	case *python.SetComp:
		r.comprehension(e, e.Generators, e.Elt, nil)
	case *python.GeneratorExp:
		r.comprehension(e, e.Generators, e.Elt, nil)
	case *python.DictComp:
		r.comprehension(e, e.Generators, e.Key, e.Value)
	case *python.Await:
		r.expr(e, e.Value)
	case *python.Yield:
		r.expr(e, e.Value)
	case *python.YieldFrom:
		r.expr(e, e.Value)
	case *python.Compare:
		r.file.Compares = append(r.file.Compares, e)
		r.expr(e, e.Left)
		r.exprs(e, e.Comparators)
	case *python.FormattedValue:
		r.expr(e, e.Value)
		if e.FormatSpec != nil {
			r.expr(e, e.FormatSpec)
		}
	case *python.Interpolation:
		r.expr(e, e.Value)
		if e.FormatSpec != nil {
			r.expr(e, e.FormatSpec)
		}
	case *python.JoinedStr:
		r.exprs(e, e.Values)
	case *python.TemplateStr:
		r.exprs(e, e.Values)
	case *python.Starred:
		r.file.Starred = append(r.file.Starred, e)
		r.expr(e, e.Value)
	}
}

// test walks an expression of which the code asks whether it is true.
func (r *Resolver) test(parent python.Node, expr python.Expr) {
	r.file.Tests = append(r.file.Tests, expr)
	r.expr(parent, expr)
}

// walrus binds in the innermost scope that is no comprehension (PEP 572).
func (r *Resolver) walrus(e *python.NamedExpr) {
	r.adopt(e, e.Target)
	scope := r.scope
	for scope.isComprehension() {
		scope = scope.Parent
	}
	if declared, ok := scope.declared[e.Target.Id]; ok {
		scope = declared
	}
	r.targetNames = append(r.targetNames, use{name: e.Target, scope: scope})
	r.bindIn(scope, e.Target.Id, Definition{Kind: Assigned, Node: e, Value: e.Value})
}

func (s *Scope) isComprehension() bool {
	switch s.Node.(type) {
	case *python.ListComp, *python.SetComp, *python.DictComp, *python.GeneratorExp:
		return true
	}
	return false
}

// comprehension walks the clauses; the first iterable is evaluated outside the scope that the comprehension opens.
func (r *Resolver) comprehension(e python.Node, generators []*python.Comprehension, elt, value python.Expr) {
	outer := r.scope
	inner := r.open(FunctionScope, e)
	r.evaluate(elt, inner)
	if value != nil {
		r.evaluate(value, inner)
	}
	for i, clause := range generators {
		r.file.Comprehensions = append(r.file.Comprehensions, clause)
		r.adopt(e, clause)
		if i == 0 {
			r.exprIn(outer, clause, clause.Iter)
		} else {
			r.evaluate(clause.Iter, inner)
			r.expr(clause, clause.Iter)
		}
		r.target(clause, clause.Target, Definition{Kind: Looped, Node: clause, Value: clause.Iter})
		for _, test := range clause.Ifs {
			r.evaluate(test, inner)
			r.test(clause, test)
		}
	}
	r.expr(e, elt)
	r.expr(e, value)
	r.scope = outer
}

func (r *Resolver) pattern(parent python.Node, pattern python.Pattern) {
	if pattern == nil {
		return
	}
	r.adopt(parent, pattern)
	capture := func(name string) {
		if name != "" {
			r.bind(name, Definition{Kind: Captured, Node: pattern})
		}
	}
	patterns := func(list []python.Pattern) {
		for _, p := range list {
			r.pattern(pattern, p)
		}
	}
	switch p := pattern.(type) {
	case *python.MatchValue:
		r.expr(p, p.Value)
	case *python.MatchSequence:
		patterns(p.Patterns)
	case *python.MatchMapping:
		r.exprs(p, p.Keys)
		patterns(p.Patterns)
		capture(p.Rest)
	case *python.MatchClass:
		r.expr(p, p.Cls)
		patterns(p.Patterns)
		patterns(p.KwdPatterns)
	case *python.MatchStar:
		capture(p.Name)
	case *python.MatchAs:
		r.pattern(p, p.Pattern)
		capture(p.Name)
	case *python.MatchOr:
		patterns(p.Patterns)
	case *python.MatchSingleton:
	}
}
