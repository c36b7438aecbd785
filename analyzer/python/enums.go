package python

var constantKinds = [...]string{
	None: "None", True: "True", False: "False", Ellipsis: "Ellipsis",
	Int: "Int", Float: "Float", Complex: "Complex", Str: "Str", Bytes: "Bytes",
}

var operators = [...]string{
	Add: "Add", Sub: "Sub", Mult: "Mult", MatMult: "MatMult", Div: "Div", Mod: "Mod", Pow: "Pow",
	LShift: "LShift", RShift: "RShift", BitOr: "BitOr", BitXor: "BitXor", BitAnd: "BitAnd", FloorDiv: "FloorDiv",
}

var unaryOperators = [...]string{Invert: "Invert", Not: "Not", UAdd: "UAdd", USub: "USub"}

var boolOperators = [...]string{And: "And", Or: "Or"}

var compareOperators = [...]string{
	Eq: "Eq", NotEq: "NotEq", Lt: "Lt", LtE: "LtE", Gt: "Gt", GtE: "GtE",
	Is: "Is", IsNot: "IsNot", In: "In", NotIn: "NotIn",
}

// String returns the name of the kind: "Str".
func (k ConstantKind) String() string { return constantKinds[k] }

// String returns the name of the operator's class in CPython's ast: "Add".
func (o Operator) String() string { return operators[o] }

// String returns the name of the operator's class in CPython's ast: "USub".
func (o UnaryOperator) String() string { return unaryOperators[o] }

// String returns the name of the operator's class in CPython's ast: "And".
func (o BoolOperator) String() string { return boolOperators[o] }

// String returns the name of the operator's class in CPython's ast: "NotIn".
func (o CompareOperator) String() string { return compareOperators[o] }
