// Package python reads Python source, 3.8 to 3.14, into a typed syntax tree. It knows Python and nothing of Django.
//
// The node types carry the names and the fields of CPython's ast module, so that its documentation is theirs too.
// Every position is a byte offset into [File.Source].
//
// Around a syntax error the tree keeps what is intact: a [BadStmt] stands for a broken statement, and the broken header of
// a compound statement has [BadExpr]s and empty names, and keeps its body.
package python

// A Span is the half-open range [Start, End) of byte offsets that a node covers in its file's source.
type Span struct {
	Start, End int32
}

// Contains reports whether other lies wholly inside s.
func (s Span) Contains(other Span) bool { return s.Start <= other.Start && other.End <= s.End }

// Base is what every node embeds: its span and its number in the file.
type Base struct {
	Span
	id NodeID
}

// A NodeID numbers the nodes of one file densely from 0, in no promised order.
type NodeID int32

// ID returns the node's number, an index for side tables of the length [File.NodeCount].
func (b *Base) ID() NodeID { return b.id }

// Range returns the bytes the node covers.
func (b *Base) Range() Span { return b.Span }

// A Node is any part of the syntax tree.
type Node interface {
	ID() NodeID
	Range() Span
}

// An Expr is an expression.
type Expr interface {
	Node
	exprNode()
}

// A Stmt is a statement.
type Stmt interface {
	Node
	stmtNode()
}

// A Pattern is what stands behind case in a match statement.
type Pattern interface {
	Node
	patternNode()
}

// A TypeParam is one parameter between the brackets of a generic function, class or type alias.
type TypeParam interface {
	Node
	typeParamNode()
}

// Module is the root: the whole file.
type Module struct {
	Base
	Body []Stmt
}

// Statements.
type (
	// FunctionDef is a def or, with IsAsync, an async def. Its span starts at def or async, after the decorators.
	FunctionDef struct {
		Base
		Name       string
		NameSpan   Span
		TypeParams []TypeParam
		Args       *Arguments
		Body       []Stmt
		Decorators []Expr
		Returns    Expr
		IsAsync    bool
	}

	// ClassDef is a class statement. Its span starts at class, after the decorators.
	ClassDef struct {
		Base
		Name       string
		NameSpan   Span
		TypeParams []TypeParam
		Bases      []Expr
		Keywords   []*Keyword
		Body       []Stmt
		Decorators []Expr
	}

	// Return is a return statement; Value may be nil.
	Return struct {
		Base
		Value Expr
	}

	// Delete is a del statement.
	Delete struct {
		Base
		Targets []Expr
	}

	// Assign is a = b = value.
	Assign struct {
		Base
		Targets []Expr
		Value   Expr
	}

	// TypeAlias is a type statement (PEP 695).
	TypeAlias struct {
		Base
		Name       *Name
		TypeParams []TypeParam
		Value      Expr
	}

	// AugAssign is target op= value.
	AugAssign struct {
		Base
		Target Expr
		Op     Operator
		Value  Expr
	}

	// AnnAssign is target: annotation = value; Value may be nil. Simple is false for a target that is no plain name,
	// or a name in parentheses.
	AnnAssign struct {
		Base
		Target     Expr
		Annotation Expr
		Value      Expr
		Simple     bool
	}

	// For is a for or an async for loop.
	For struct {
		Base
		Target  Expr
		Iter    Expr
		Body    []Stmt
		Orelse  []Stmt
		IsAsync bool
	}

	// While is a while loop.
	While struct {
		Base
		Test   Expr
		Body   []Stmt
		Orelse []Stmt
	}

	// If is an if statement. An elif is an If alone in Orelse.
	If struct {
		Base
		Test   Expr
		Body   []Stmt
		Orelse []Stmt
	}

	// With is a with or an async with statement.
	With struct {
		Base
		Items   []*WithItem
		Body    []Stmt
		IsAsync bool
	}

	// Match is a match statement.
	Match struct {
		Base
		Subject Expr
		Cases   []*MatchCase
	}

	// Raise is a raise statement; Exc and Cause may be nil.
	Raise struct {
		Base
		Exc   Expr
		Cause Expr
	}

	// Try is a try statement; IsStar marks one whose handlers are except* (CPython's TryStar).
	Try struct {
		Base
		Body      []Stmt
		Handlers  []*ExceptHandler
		Orelse    []Stmt
		Finalbody []Stmt
		IsStar    bool
	}

	// Assert is an assert statement; Msg may be nil.
	Assert struct {
		Base
		Test Expr
		Msg  Expr
	}

	// Import is import a, b.c as d.
	Import struct {
		Base
		Names []*Alias
	}

	// ImportFrom is from module import names. Module is empty in from . import x; Level counts the leading dots.
	ImportFrom struct {
		Base
		Module string
		Names  []*Alias
		Level  int
	}

	// Global is a global statement.
	Global struct {
		Base
		Names []string
	}

	// Nonlocal is a nonlocal statement.
	Nonlocal struct {
		Base
		Names []string
	}

	// ExprStmt is an expression that stands as a statement (CPython's Expr).
	ExprStmt struct {
		Base
		Value Expr
	}

	// Pass is a pass statement.
	Pass struct{ Base }

	// Break is a break statement.
	Break struct{ Base }

	// Continue is a continue statement.
	Continue struct{ Base }

	// BadStmt covers source that is no statement; a [SyntaxError] of the file says why.
	BadStmt struct{ Base }
)

// Expressions.
type (
	// BoolOp is a and b and c, or the same with or.
	BoolOp struct {
		Base
		Op     BoolOperator
		Values []Expr
	}

	// NamedExpr is target := value.
	NamedExpr struct {
		Base
		Target *Name
		Value  Expr
	}

	// BinOp is left op right.
	BinOp struct {
		Base
		Left  Expr
		Op    Operator
		Right Expr
	}

	// UnaryOp is op operand.
	UnaryOp struct {
		Base
		Op      UnaryOperator
		Operand Expr
	}

	// Lambda is a lambda expression.
	Lambda struct {
		Base
		Args *Arguments
		Body Expr
	}

	// IfExp is body if test else orelse.
	IfExp struct {
		Base
		Test   Expr
		Body   Expr
		Orelse Expr
	}

	// Dict is a dict display. A nil key stands for **value.
	Dict struct {
		Base
		Keys   []Expr
		Values []Expr
	}

	// Set is a set display.
	Set struct {
		Base
		Elts []Expr
	}

	// ListComp is a list comprehension.
	ListComp struct {
		Base
		Elt        Expr
		Generators []*Comprehension
	}

	// SetComp is a set comprehension.
	SetComp struct {
		Base
		Elt        Expr
		Generators []*Comprehension
	}

	// DictComp is a dict comprehension.
	DictComp struct {
		Base
		Key        Expr
		Value      Expr
		Generators []*Comprehension
	}

	// GeneratorExp is a generator expression. Its span holds the parentheses, also where they are those of a call.
	GeneratorExp struct {
		Base
		Elt        Expr
		Generators []*Comprehension
	}

	// Await is await value.
	Await struct {
		Base
		Value Expr
	}

	// Yield is a yield expression; Value may be nil.
	Yield struct {
		Base
		Value Expr
	}

	// YieldFrom is yield from value.
	YieldFrom struct {
		Base
		Value Expr
	}

	// Compare is left op comparator op comparator ....
	Compare struct {
		Base
		Left        Expr
		Ops         []CompareOperator
		Comparators []Expr
	}

	// Call is func(args, keywords). A starred positional argument is a [Starred] in Args; **value is a Keyword without
	// a name.
	Call struct {
		Base
		Func     Expr
		Args     []Expr
		Keywords []*Keyword
	}

	// FormattedValue is one replacement field of an f-string. Conversion is 's', 'r', 'a' or 0; Debug marks {value=};
	// FormatSpec may be nil, and its span starts at the colon.
	FormattedValue struct {
		Base
		Value      Expr
		Conversion byte
		Debug      bool
		FormatSpec *JoinedStr
	}

	// JoinedStr is an f-string, or adjacent strings with one among them. Its values are [Constant]s and
	// [FormattedValue]s.
	JoinedStr struct {
		Base
		Values []Expr
	}

	// TemplateStr is a t-string (PEP 750). Its values are [Constant]s and [Interpolation]s.
	TemplateStr struct {
		Base
		Values []Expr
	}

	// Interpolation is one replacement field of a t-string. Str is the source of the value, with the white space before
	// it, as CPython has it.
	Interpolation struct {
		Base
		Value      Expr
		Str        string
		Conversion byte
		Debug      bool
		FormatSpec *JoinedStr
	}

	// Constant is a literal. Raw is its source; [Constant.Str] evaluates a string.
	Constant struct {
		Base
		Kind ConstantKind
		Raw  string
		mode literalMode
	}

	// Attribute is value.attr.
	Attribute struct {
		Base
		Value    Expr
		Attr     string
		AttrSpan Span
	}

	// Subscript is value[slice].
	Subscript struct {
		Base
		Value Expr
		Slice Expr
	}

	// Starred is *value.
	Starred struct {
		Base
		Value Expr
	}

	// Name is an identifier. Like all names in the tree it is as written; Python compares names in Unicode's form NFKC.
	Name struct {
		Base
		Id string //nolint:revive,staticcheck // CPython's field.
	}

	// List is a list display, or a list of targets.
	List struct {
		Base
		Elts []Expr
	}

	// Tuple is a tuple; its span holds the parentheses where it has them.
	Tuple struct {
		Base
		Elts []Expr
	}

	// Slice is lower:upper:step inside a subscript; each may be nil.
	Slice struct {
		Base
		Lower Expr
		Upper Expr
		Step  Expr
	}

	// BadExpr covers source that is no expression; a [SyntaxError] of the file says why.
	BadExpr struct{ Base }
)

// Patterns.
type (
	// MatchValue is a pattern that compares by equality.
	MatchValue struct {
		Base
		Value Expr
	}

	// MatchSingleton is None, True or False as a pattern.
	MatchSingleton struct {
		Base
		Kind ConstantKind
	}

	// MatchSequence is [a, b] or (a, b) as a pattern.
	MatchSequence struct {
		Base
		Patterns []Pattern
	}

	// MatchMapping is {key: pattern, **rest}; Rest may be empty.
	MatchMapping struct {
		Base
		Keys     []Expr
		Patterns []Pattern
		Rest     string
	}

	// MatchClass is Cls(patterns, attr=pattern).
	MatchClass struct {
		Base
		Cls         Expr
		Patterns    []Pattern
		KwdAttrs    []string
		KwdPatterns []Pattern
	}

	// MatchStar is *name in a sequence pattern; an empty Name stands for *_.
	MatchStar struct {
		Base
		Name string
	}

	// MatchAs is pattern as name, a capture (no Pattern), or the wildcard _ (neither).
	MatchAs struct {
		Base
		Pattern Pattern
		Name    string
	}

	// MatchOr is a | b | c.
	MatchOr struct {
		Base
		Patterns []Pattern
	}
)

// Parts of statements and expressions that are neither.
type (
	// Comprehension is one for clause of a comprehension. It has no span in CPython; here it runs from for (or async)
	// to the end of its last condition.
	Comprehension struct {
		Base
		Target  Expr
		Iter    Expr
		Ifs     []Expr
		IsAsync bool
	}

	// ExceptHandler is one except clause; Type may be nil and Name empty.
	ExceptHandler struct {
		Base
		Type Expr
		Name string
		Body []Stmt
	}

	// Arguments are the parameters of a function or a lambda. Defaults belong to the last of Posonlyargs and Args
	// together; KwDefaults has one entry a keyword-only parameter, nil where it has no default. It has no span in
	// CPython; here it covers the parameters without the parentheses, and is empty where there are none.
	Arguments struct {
		Base
		Posonlyargs []*Arg
		Args        []*Arg
		Vararg      *Arg
		Kwonlyargs  []*Arg
		KwDefaults  []Expr
		Kwarg       *Arg
		Defaults    []Expr
	}

	// Arg is one parameter; Annotation may be nil.
	Arg struct {
		Base
		Name       string
		Annotation Expr
	}

	// Keyword is name=value in a call or a class statement; Name is empty for **value.
	Keyword struct {
		Base
		Name  string
		Value Expr
	}

	// Alias is name as asname in an import; AsName may be empty. Name is dotted as written, "*" for a star import.
	Alias struct {
		Base
		Name   string
		AsName string
	}

	// WithItem is context_expr as optional_vars; OptionalVars may be nil. It has no span in CPython; here it covers
	// both.
	WithItem struct {
		Base
		ContextExpr  Expr
		OptionalVars Expr
	}

	// MatchCase is one case of a match statement; Guard may be nil. It has no span in CPython; here it runs from case
	// to the end of its body.
	MatchCase struct {
		Base
		Pattern Pattern
		Guard   Expr
		Body    []Stmt
	}

	// TypeVar is T, T: bound or T = default; Bound and Default may be nil.
	TypeVar struct {
		Base
		Name    string
		Bound   Expr
		Default Expr
	}

	// ParamSpec is **P; Default may be nil.
	ParamSpec struct {
		Base
		Name    string
		Default Expr
	}

	// TypeVarTuple is *Ts; Default may be nil.
	TypeVarTuple struct {
		Base
		Name    string
		Default Expr
	}
)

// A ConstantKind says what a [Constant] is.
type ConstantKind uint8

// The kinds of constants. Str and Bytes may be several adjacent literals; Raw then runs from the first to the last.
const (
	None ConstantKind = iota
	True
	False
	Ellipsis
	Int
	Float
	Complex
	Str
	Bytes
)

// An Operator is an arithmetic or bitwise operator.
type Operator uint8

// The operators, named as in CPython's ast.
const (
	Add Operator = iota
	Sub
	Mult
	MatMult
	Div
	Mod
	Pow
	LShift
	RShift
	BitOr
	BitXor
	BitAnd
	FloorDiv
)

// A UnaryOperator is a prefix operator.
type UnaryOperator uint8

// The unary operators, named as in CPython's ast.
const (
	Invert UnaryOperator = iota
	Not
	UAdd
	USub
)

// A BoolOperator is and or or.
type BoolOperator uint8

// The boolean operators, named as in CPython's ast.
const (
	And BoolOperator = iota
	Or
)

// A CompareOperator is one comparison.
type CompareOperator uint8

// The comparisons, named as in CPython's ast.
const (
	Eq CompareOperator = iota
	NotEq
	Lt
	LtE
	Gt
	GtE
	Is
	IsNot
	In
	NotIn
)

func (*FunctionDef) stmtNode() {}
func (*ClassDef) stmtNode()    {}
func (*Return) stmtNode()      {}
func (*Delete) stmtNode()      {}
func (*Assign) stmtNode()      {}
func (*TypeAlias) stmtNode()   {}
func (*AugAssign) stmtNode()   {}
func (*AnnAssign) stmtNode()   {}
func (*For) stmtNode()         {}
func (*While) stmtNode()       {}
func (*If) stmtNode()          {}
func (*With) stmtNode()        {}
func (*Match) stmtNode()       {}
func (*Raise) stmtNode()       {}
func (*Try) stmtNode()         {}
func (*Assert) stmtNode()      {}
func (*Import) stmtNode()      {}
func (*ImportFrom) stmtNode()  {}
func (*Global) stmtNode()      {}
func (*Nonlocal) stmtNode()    {}
func (*ExprStmt) stmtNode()    {}
func (*Pass) stmtNode()        {}
func (*Break) stmtNode()       {}
func (*Continue) stmtNode()    {}
func (*BadStmt) stmtNode()     {}

func (*BoolOp) exprNode()         {}
func (*NamedExpr) exprNode()      {}
func (*BinOp) exprNode()          {}
func (*UnaryOp) exprNode()        {}
func (*Lambda) exprNode()         {}
func (*IfExp) exprNode()          {}
func (*Dict) exprNode()           {}
func (*Set) exprNode()            {}
func (*ListComp) exprNode()       {}
func (*SetComp) exprNode()        {}
func (*DictComp) exprNode()       {}
func (*GeneratorExp) exprNode()   {}
func (*Await) exprNode()          {}
func (*Yield) exprNode()          {}
func (*YieldFrom) exprNode()      {}
func (*Compare) exprNode()        {}
func (*Call) exprNode()           {}
func (*FormattedValue) exprNode() {}
func (*JoinedStr) exprNode()      {}
func (*TemplateStr) exprNode()    {}
func (*Interpolation) exprNode()  {}
func (*Constant) exprNode()       {}
func (*Attribute) exprNode()      {}
func (*Subscript) exprNode()      {}
func (*Starred) exprNode()        {}
func (*Name) exprNode()           {}
func (*List) exprNode()           {}
func (*Tuple) exprNode()          {}
func (*Slice) exprNode()          {}
func (*BadExpr) exprNode()        {}

func (*MatchValue) patternNode()     {}
func (*MatchSingleton) patternNode() {}
func (*MatchSequence) patternNode()  {}
func (*MatchMapping) patternNode()   {}
func (*MatchClass) patternNode()     {}
func (*MatchStar) patternNode()      {}
func (*MatchAs) patternNode()        {}
func (*MatchOr) patternNode()        {}

func (*TypeVar) typeParamNode()      {}
func (*ParamSpec) typeParamNode()    {}
func (*TypeVarTuple) typeParamNode() {}
