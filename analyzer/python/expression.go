package python

// Binding powers, the loosest first.
const (
	bindNone uint8 = iota
	bindOr
	bindAnd
	bindNot
	bindCompare
	bindBitOr
	bindBitXor
	bindBitAnd
	bindShift
	bindSum
	bindTerm
	bindFactor
	bindPower
)

var binding = [tokenCount]uint8{
	tokOr: bindOr, tokAnd: bindAnd,
	tokEqual: bindCompare, tokNotEqual: bindCompare, tokLess: bindCompare, tokLessEqual: bindCompare,
	tokGreater: bindCompare, tokGreaterEqual: bindCompare, tokIn: bindCompare, tokIs: bindCompare, tokNot: bindCompare,
	tokPipe: bindBitOr, tokCaret: bindBitXor, tokAmpersand: bindBitAnd,
	tokLeftShift: bindShift, tokRightShift: bindShift,
	tokPlus: bindSum, tokMinus: bindSum,
	tokStar: bindTerm, tokSlash: bindTerm, tokDoubleSlash: bindTerm, tokPercent: bindTerm, tokAt: bindTerm,
	tokDoubleStar: bindPower,
}

var operatorOf = [tokenCount]Operator{
	tokPlus: Add, tokMinus: Sub, tokStar: Mult, tokAt: MatMult, tokSlash: Div, tokPercent: Mod, tokDoubleStar: Pow,
	tokLeftShift: LShift, tokRightShift: RShift, tokPipe: BitOr, tokCaret: BitXor, tokAmpersand: BitAnd,
	tokDoubleSlash: FloorDiv,
}

var comparisonOf = [tokenCount]CompareOperator{
	tokEqual: Eq, tokNotEqual: NotEq, tokLess: Lt, tokLessEqual: LtE, tokGreater: Gt, tokGreaterEqual: GtE, tokIn: In,
}

// expression parses what the grammar calls expression: a conditional, a lambda, or what binds tighter.
func (p *Parser) expression() Expr {
	if p.tok == tokLambda {
		return p.lambda()
	}
	start := p.start
	body := p.binary(bindOr)
	if p.tok != tokIf {
		return body
	}
	p.next()
	test := p.binary(bindOr)
	p.want(tokElse, "'else' after 'if' expression")
	p.deeper()
	orelse := p.expression()
	p.shallower()
	n := p.ifExps.alloc()
	*n = IfExp{p.base(start), test, body, orelse}
	return n
}

// namedExpression parses an expression or name := expression.
func (p *Parser) namedExpression() Expr {
	start := p.start
	expr := p.expression()
	if p.tok == tokWalrus {
		return p.walrus(start, expr)
	}
	return expr
}

func (p *Parser) walrus(start int32, expr Expr) Expr {
	target, ok := expr.(*Name)
	if !ok || target.Start != start {
		p.unexpected("cannot use assignment expressions with this target")
		return expr
	}
	p.next()
	value := p.expression()
	n := p.namedExprs.alloc()
	*n = NamedExpr{p.base(start), target, value}
	return n
}

// starred parses *value, where value binds at least as tightly as bind; with bindNone it is any expression.
func (p *Parser) starred(bind uint8) Expr {
	start := p.start
	p.next()
	var value Expr
	if bind == bindNone {
		value = p.expression()
	} else {
		value = p.binary(bind)
	}
	n := p.starreds.alloc()
	*n = Starred{p.base(start), value}
	return n
}

// starExpression parses an expression or *value.
func (p *Parser) starExpression() Expr {
	if p.tok == tokStar {
		return p.starred(bindBitOr)
	}
	return p.expression()
}

// starNamedExpression parses an element of a display.
func (p *Parser) starNamedExpression() Expr {
	if p.tok == tokStar {
		return p.starred(bindBitOr)
	}
	return p.namedExpression()
}

// starExpressions parses one expression, or several with commas as a tuple without parentheses.
func (p *Parser) starExpressions() Expr {
	start := p.start
	first := p.starExpression()
	if p.tok != tokComma {
		return first
	}
	return p.tupleFrom(start, first, (*Parser).starExpression)
}

// tupleFrom parses the rest of a tuple without parentheses behind its first element.
func (p *Parser) tupleFrom(start int32, first Expr, element func(*Parser) Expr) Expr {
	mark := p.exprList.mark()
	p.exprList.push(first)
	for p.got(tokComma) && p.startsExpression() {
		p.exprList.push(element(p))
	}
	elts := p.exprList.take(mark)
	n := p.tuples.alloc()
	*n = Tuple{p.base(start), elts}
	return n
}

// startsExpression reports whether the token may begin an expression, * included.
func (p *Parser) startsExpression() bool {
	switch p.tok {
	case tokName, tokInt, tokFloat, tokComplex, tokString, tokBytes, tokFString, tokTString,
		tokLParen, tokLBracket, tokLBrace, tokEllipsis, tokPlus, tokMinus, tokTilde, tokStar,
		tokAwait, tokFalse, tokLambda, tokNone, tokNot, tokTrue:
		return true
	}
	return false
}

// binary parses operators that bind at least as tightly as least.
func (p *Parser) binary(least uint8) Expr {
	start := p.start
	var left Expr
	switch p.tok {
	case tokNot:
		if least > bindNot {
			return p.badExpr()
		}
		left = p.unary(Not, bindNot)
	case tokMinus:
		left = p.unary(USub, bindFactor)
	case tokPlus:
		left = p.unary(UAdd, bindFactor)
	case tokTilde:
		left = p.unary(Invert, bindFactor)
	default:
		left = p.primary()
	}
	bind := binding[p.tok]
	if bind < least || bind == bindNone {
		return left
	}
	p.deeper()
	for links := 0; ; links++ {
		bind = binding[p.tok]
		if bind < least || bind == bindNone || !p.link(links) {
			break
		}
		switch bind {
		case bindOr:
			left = p.boolOp(start, left, Or)
		case bindAnd:
			left = p.boolOp(start, left, And)
		case bindCompare:
			left = p.compare(start, left)
		default:
			operator := operatorOf[p.tok]
			p.next()
			// A power binds to the right, and its exponent may have a sign.
			tighter := bind + 1
			if bind == bindPower {
				tighter = bindFactor
			}
			right := p.binary(tighter)
			n := p.binOps.alloc()
			*n = BinOp{p.base(start), left, operator, right}
			left = n
		}
	}
	p.shallower()
	return left
}

func (p *Parser) unary(operator UnaryOperator, bind uint8) Expr {
	start := p.start
	p.next()
	p.deeper()
	operand := p.binary(bind)
	p.shallower()
	n := p.unaryOps.alloc()
	*n = UnaryOp{p.base(start), operator, operand}
	return n
}

// boolOp parses the rest of a and b and c behind a.
func (p *Parser) boolOp(start int32, left Expr, operator BoolOperator) Expr {
	tok, tighter := tokAnd, bindNot
	if operator == Or {
		tok, tighter = tokOr, bindAnd
	}
	mark := p.exprList.mark()
	p.exprList.push(left)
	for p.got(tok) {
		p.exprList.push(p.binary(tighter))
	}
	values := p.exprList.take(mark)
	n := p.boolOps.alloc()
	*n = BoolOp{p.base(start), operator, values}
	return n
}

// compare parses the rest of a < b < c behind a.
func (p *Parser) compare(start int32, left Expr) Expr {
	mark, operators := p.exprList.mark(), p.compareList.mark()
	for binding[p.tok] == bindCompare {
		operator := comparisonOf[p.tok]
		switch p.tok {
		case tokNot:
			p.next()
			operator = NotIn
			if p.tok != tokIn {
				p.unexpected("invalid syntax")
			}
			p.next()
		case tokIs:
			p.next()
			operator = Is
			if p.got(tokNot) {
				operator = IsNot
			}
		default:
			p.next()
		}
		p.compareList.push(operator)
		p.exprList.push(p.binary(bindBitOr))
	}
	comparators, ops := p.exprList.take(mark), p.compareList.take(operators)
	n := p.compares.alloc()
	*n = Compare{p.base(start), left, ops, comparators}
	return n
}

func (p *Parser) lambda() Expr {
	start := p.start
	if p.inField() {
		p.unexpected("lambda expressions in a replacement field need parentheses")
		return p.badExpr()
	}
	p.next()
	p.deeper()
	args := p.parameters(tokColon, false)
	p.want(tokColon, "':'")
	body := p.expression()
	p.shallower()
	n := p.lambdas.alloc()
	*n = Lambda{p.base(start), args, body}
	return n
}

// primary parses an atom, with await before it, and what is attached to it.
func (p *Parser) primary() Expr {
	start := p.start
	if p.tok != tokAwait {
		return p.trailers(start, p.atom())
	}
	p.next()
	operand := p.start
	value := p.trailers(operand, p.atom())
	n := p.awaits.alloc()
	*n = Await{p.base(start), value}
	return n
}

// trailers parses the attributes, calls and subscripts behind value.
func (p *Parser) trailers(start int32, value Expr) Expr {
	for links := 0; ; links++ {
		switch p.tok {
		case tokDot:
			p.next()
			attr, span := p.name()
			n := p.attributes.alloc()
			*n = Attribute{p.base(start), value, attr, span}
			value = n
		case tokLParen:
			value = p.call(start, value)
		case tokLBracket:
			p.deeper()
			p.next()
			slice := p.subscript()
			p.want(tokRBracket, "']'")
			p.shallower()
			n := p.subscripts.alloc()
			*n = Subscript{p.base(start), value, slice}
			value = n
		default:
			return value
		}
		if !p.link(links) {
			return value
		}
	}
}

// call parses the arguments of a call of fn.
func (p *Parser) call(start int32, fn Expr) Expr {
	p.deeper()
	args, keywords := p.callArguments(true)
	p.shallower()
	n := p.calls.alloc()
	*n = Call{p.base(start), fn, args, keywords}
	return n
}

// callArguments parses arguments with their parentheses. A generator may be the only argument without parentheses of
// its own.
func (p *Parser) callArguments(generator bool) ([]Expr, []*Keyword) {
	open := p.start
	p.next()
	if p.got(tokRParen) {
		return nil, nil
	}
	args, keywords := p.exprList.mark(), p.keywordList.mark()
	unpacked := false
	for p.tok != tokRParen {
		start := p.start
		switch p.tok {
		case tokStar:
			if unpacked {
				p.unexpected("iterable argument unpacking follows keyword argument unpacking")
			}
			p.exprList.push(p.starred(bindNone))
		case tokDoubleStar:
			unpacked = true
			p.next()
			value := p.expression()
			p.pushKeyword(start, "", value)
		default:
			expr := p.expression()
			switch p.tok {
			case tokAssign:
				name, ok := expr.(*Name)
				if !ok || name.Start != start {
					p.unexpected("expression cannot contain assignment, perhaps you meant \"==\"?")
					break
				}
				// The name is no node of its own.
				p.nodes = name.id
				p.next()
				value := p.expression()
				p.pushKeyword(start, name.Id, value)
			case tokWalrus:
				p.positional(p.walrus(start, expr), unpacked, keywords)
			case tokFor, tokAsync:
				if !generator || p.exprList.mark() != args || p.keywordList.mark() != keywords {
					p.unexpected("generator expression must be parenthesized")
					break
				}
				p.exprList.push(p.generatorIn(open, expr))
				return p.exprList.take(args), nil
			default:
				p.positional(expr, unpacked, keywords)
			}
		}
		if !p.got(tokComma) {
			break
		}
	}
	p.want(tokRParen, "')' or ','")
	return p.exprList.take(args), p.keywordList.take(keywords)
}

// positional adds a positional argument, which may not follow a keyword.
func (p *Parser) positional(expr Expr, unpacked bool, keywords int) {
	switch {
	case unpacked:
		p.badAt(expr, "positional argument follows keyword argument unpacking")
	case p.keywordList.mark() > keywords:
		p.badAt(expr, "positional argument follows keyword argument")
	}
	p.exprList.push(expr)
}

func (p *Parser) pushKeyword(start int32, name string, value Expr) {
	n := p.keywords.alloc()
	*n = Keyword{p.base(start), name, value}
	p.keywordList.push(n)
}

// generatorIn parses the rest of a generator expression behind its element, and the closing parenthesis.
func (p *Parser) generatorIn(open int32, elt Expr) Expr {
	generators := p.generators()
	p.want(tokRParen, "')'")
	n := p.generatorExps.alloc()
	*n = GeneratorExp{p.base(open), elt, generators}
	return n
}

// subscript parses what stands between the brackets of a subscript.
func (p *Parser) subscript() Expr {
	start := p.start
	first := p.slice()
	if p.tok != tokComma {
		if star, ok := first.(*Starred); ok {
			n := p.tuples.alloc()
			*n = Tuple{p.base(start), p.exprList.one(star)}
			return n
		}
		return first
	}
	mark := p.exprList.mark()
	p.exprList.push(first)
	for p.got(tokComma) && p.tok != tokRBracket {
		p.exprList.push(p.slice())
	}
	elts := p.exprList.take(mark)
	n := p.tuples.alloc()
	*n = Tuple{p.base(start), elts}
	return n
}

// slice parses one element of a subscript.
func (p *Parser) slice() Expr {
	start := p.start
	var lower, upper, step Expr
	switch p.tok {
	case tokStar:
		return p.starred(bindBitOr)
	case tokColon:
	default:
		lower = p.namedExpression()
		if p.tok != tokColon {
			return lower
		}
		if isNamedOrStarred(lower, start) {
			p.unexpected("invalid syntax")
		}
	}
	p.next()
	if p.tok != tokColon && p.tok != tokComma && p.tok != tokRBracket {
		upper = p.expression()
	}
	if p.got(tokColon) && p.tok != tokComma && p.tok != tokRBracket {
		step = p.expression()
	}
	n := p.slices.alloc()
	*n = Slice{p.base(start), lower, upper, step}
	return n
}
