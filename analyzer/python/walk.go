package python

// Walk calls visit for n and for every node below it in the order of the source: a node before its children,
// decorators before what they decorate, the two branches of a conditional expression around its test. Where visit
// returns false, the node's children are left out. A nil n is no node.
func Walk(n Node, visit func(Node) bool) {
	if n != nil && visit(n) {
		walkExpr(n, visit)
	}
}

// Flatten lists n and every node below it in the order of [Walk], and for each the index in the list behind the last node
// below it. The lists take the room of those given.
func Flatten(n Node, nodes []Node, ends []int32) ([]Node, []int32) {
	nodes, ends = nodes[:0], ends[:0]
	var visit func(Node) bool
	visit = func(n Node) bool {
		index := len(nodes)
		nodes, ends = append(nodes, n), append(ends, 0)
		walkExpr(n, visit)
		ends[index] = int32(len(nodes))
		return false
	}
	Walk(n, visit)
	return nodes, ends
}

// The children are visited by one switch on the concrete type a family of nodes, the commonest family first; each
// hands on what it does not know.

func walkExpr(n Node, visit func(Node) bool) {
	switch n := n.(type) {
	case *Name, *Constant, *BadExpr:
	case *Attribute:
		Walk(n.Value, visit)
	case *Call:
		Walk(n.Func, visit)
		walkArguments(n.Args, n.Keywords, visit)
	case *Keyword:
		Walk(n.Value, visit)
	case *Subscript:
		Walk(n.Value, visit)
		Walk(n.Slice, visit)
	case *BoolOp:
		walkList(n.Values, visit)
	case *NamedExpr:
		Walk(n.Target, visit)
		Walk(n.Value, visit)
	case *BinOp:
		Walk(n.Left, visit)
		Walk(n.Right, visit)
	case *UnaryOp:
		Walk(n.Operand, visit)
	case *Lambda:
		Walk(n.Args, visit)
		Walk(n.Body, visit)
	case *IfExp:
		Walk(n.Body, visit)
		Walk(n.Test, visit)
		Walk(n.Orelse, visit)
	case *Await:
		Walk(n.Value, visit)
	case *Yield:
		Walk(n.Value, visit)
	case *YieldFrom:
		Walk(n.Value, visit)
	case *Compare:
		Walk(n.Left, visit)
		walkList(n.Comparators, visit)
	case *Starred:
		Walk(n.Value, visit)
	case *Slice:
		Walk(n.Lower, visit)
		Walk(n.Upper, visit)
		Walk(n.Step, visit)
	default:
		walkDisplay(n, visit)
	}
}

func walkDisplay(n Node, visit func(Node) bool) {
	switch n := n.(type) {
	case *Dict:
		for i, value := range n.Values {
			Walk(n.Keys[i], visit)
			Walk(value, visit)
		}
	case *Set:
		walkList(n.Elts, visit)
	case *List:
		walkList(n.Elts, visit)
	case *Tuple:
		walkList(n.Elts, visit)
	case *ListComp:
		Walk(n.Elt, visit)
		walkList(n.Generators, visit)
	case *SetComp:
		Walk(n.Elt, visit)
		walkList(n.Generators, visit)
	case *GeneratorExp:
		Walk(n.Elt, visit)
		walkList(n.Generators, visit)
	case *DictComp:
		Walk(n.Key, visit)
		Walk(n.Value, visit)
		walkList(n.Generators, visit)
	case *Comprehension:
		Walk(n.Target, visit)
		Walk(n.Iter, visit)
		walkList(n.Ifs, visit)
	case *JoinedStr:
		walkList(n.Values, visit)
	case *TemplateStr:
		walkList(n.Values, visit)
	case *FormattedValue:
		Walk(n.Value, visit)
		walkSpec(n.FormatSpec, visit)
	case *Interpolation:
		Walk(n.Value, visit)
		walkSpec(n.FormatSpec, visit)
	default:
		walkSimple(n, visit)
	}
}

func walkSimple(n Node, visit func(Node) bool) {
	switch n := n.(type) {
	case *ExprStmt:
		Walk(n.Value, visit)
	case *Assign:
		walkList(n.Targets, visit)
		Walk(n.Value, visit)
	case *AugAssign:
		Walk(n.Target, visit)
		Walk(n.Value, visit)
	case *AnnAssign:
		Walk(n.Target, visit)
		Walk(n.Annotation, visit)
		Walk(n.Value, visit)
	case *Return:
		Walk(n.Value, visit)
	case *Delete:
		walkList(n.Targets, visit)
	case *TypeAlias:
		Walk(n.Name, visit)
		walkList(n.TypeParams, visit)
		Walk(n.Value, visit)
	case *Raise:
		Walk(n.Exc, visit)
		Walk(n.Cause, visit)
	case *Assert:
		Walk(n.Test, visit)
		Walk(n.Msg, visit)
	case *Import:
		walkList(n.Names, visit)
	case *ImportFrom:
		walkList(n.Names, visit)
	case *Alias, *Global, *Nonlocal, *Pass, *Break, *Continue, *BadStmt:
	default:
		walkCompound(n, visit)
	}
}

func walkCompound(n Node, visit func(Node) bool) {
	switch n := n.(type) {
	case *Module:
		walkList(n.Body, visit)
	case *FunctionDef:
		walkList(n.Decorators, visit)
		walkList(n.TypeParams, visit)
		Walk(n.Args, visit)
		Walk(n.Returns, visit)
		walkList(n.Body, visit)
	case *ClassDef:
		walkList(n.Decorators, visit)
		walkList(n.TypeParams, visit)
		walkArguments(n.Bases, n.Keywords, visit)
		walkList(n.Body, visit)
	case *If:
		Walk(n.Test, visit)
		walkList(n.Body, visit)
		walkList(n.Orelse, visit)
	case *For:
		Walk(n.Target, visit)
		Walk(n.Iter, visit)
		walkList(n.Body, visit)
		walkList(n.Orelse, visit)
	case *While:
		Walk(n.Test, visit)
		walkList(n.Body, visit)
		walkList(n.Orelse, visit)
	case *With:
		walkList(n.Items, visit)
		walkList(n.Body, visit)
	case *WithItem:
		Walk(n.ContextExpr, visit)
		Walk(n.OptionalVars, visit)
	case *Try:
		walkList(n.Body, visit)
		walkList(n.Handlers, visit)
		walkList(n.Orelse, visit)
		walkList(n.Finalbody, visit)
	case *ExceptHandler:
		Walk(n.Type, visit)
		walkList(n.Body, visit)
	case *Match:
		Walk(n.Subject, visit)
		walkList(n.Cases, visit)
	case *MatchCase:
		Walk(n.Pattern, visit)
		Walk(n.Guard, visit)
		walkList(n.Body, visit)
	default:
		walkPart(n, visit)
	}
}

func walkPart(n Node, visit func(Node) bool) {
	switch n := n.(type) {
	case *Arguments:
		walkParameters(n, visit)
	case *Arg:
		Walk(n.Annotation, visit)
	case *MatchValue:
		Walk(n.Value, visit)
	case *MatchSequence:
		walkList(n.Patterns, visit)
	case *MatchMapping:
		for i, pattern := range n.Patterns {
			Walk(n.Keys[i], visit)
			Walk(pattern, visit)
		}
	case *MatchClass:
		Walk(n.Cls, visit)
		walkList(n.Patterns, visit)
		walkList(n.KwdPatterns, visit)
	case *MatchAs:
		Walk(n.Pattern, visit)
	case *MatchOr:
		walkList(n.Patterns, visit)
	case *TypeVar:
		Walk(n.Bound, visit)
		Walk(n.Default, visit)
	case *ParamSpec:
		Walk(n.Default, visit)
	case *TypeVarTuple:
		Walk(n.Default, visit)
	}
}

func walkList[T Node](nodes []T, visit func(Node) bool) {
	for _, node := range nodes {
		Walk(node, visit)
	}
}

func walkSpec(spec *JoinedStr, visit func(Node) bool) {
	if spec != nil {
		Walk(spec, visit)
	}
}

// walkArguments merges the two lists: *args may follow a keyword.
func walkArguments(args []Expr, keywords []*Keyword, visit func(Node) bool) {
	for len(args) > 0 && len(keywords) > 0 {
		if args[0].Range().Start < keywords[0].Start {
			Walk(args[0], visit)
			args = args[1:]
		} else {
			Walk(keywords[0], visit)
			keywords = keywords[1:]
		}
	}
	walkList(args, visit)
	walkList(keywords, visit)
}

func walkParameters(n *Arguments, visit func(Node) bool) {
	withoutDefault := len(n.Posonlyargs) + len(n.Args) - len(n.Defaults)
	for i := range len(n.Posonlyargs) + len(n.Args) {
		if i < len(n.Posonlyargs) {
			Walk(n.Posonlyargs[i], visit)
		} else {
			Walk(n.Args[i-len(n.Posonlyargs)], visit)
		}
		if i >= withoutDefault {
			Walk(n.Defaults[i-withoutDefault], visit)
		}
	}
	if n.Vararg != nil {
		Walk(n.Vararg, visit)
	}
	for i, arg := range n.Kwonlyargs {
		Walk(arg, visit)
		Walk(n.KwDefaults[i], visit)
	}
	if n.Kwarg != nil {
		Walk(n.Kwarg, visit)
	}
}
