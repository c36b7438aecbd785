package python

// atom parses a name, a literal, or a display in brackets.
func (p *Parser) atom() Expr {
	switch p.tok {
	case tokName:
		n := p.names.alloc()
		name, start := p.text(), p.start
		p.next()
		*n = Name{p.base(start), name}
		return n
	case tokInt:
		return p.constant(Int)
	case tokFloat:
		return p.constant(Float)
	case tokComplex:
		return p.constant(Complex)
	case tokNone:
		return p.constant(None)
	case tokTrue:
		return p.constant(True)
	case tokFalse:
		return p.constant(False)
	case tokEllipsis:
		return p.constant(Ellipsis)
	case tokString, tokBytes, tokFString, tokTString:
		return p.strings()
	case tokLParen, tokLBracket, tokLBrace:
		opening := p.tok
		p.deeper()
		defer p.shallower()
		switch opening {
		case tokLParen:
			return p.group()
		case tokLBracket:
			return p.list()
		}
		return p.braces()
	}
	return p.badExpr()
}

func (p *Parser) constant(kind ConstantKind) Expr {
	n := p.constants.alloc()
	raw, start := p.text(), p.start
	p.next()
	*n = Constant{Base: p.base(start), Kind: kind, Raw: raw}
	return n
}

// group parses what stands in parentheses: a tuple, a generator expression, a yield, or an expression that keeps its
// own span.
func (p *Parser) group() Expr {
	start := p.start
	p.next()
	switch p.tok {
	case tokRParen:
		p.next()
		n := p.tuples.alloc()
		*n = Tuple{Base: p.base(start)}
		return n
	case tokYield:
		n := p.yield()
		p.want(tokRParen, "')'")
		return n
	}
	first := p.starNamedExpression()
	switch p.tok {
	case tokFor, tokAsync:
		p.noStar(first)
		return p.generatorIn(start, first)
	case tokComma:
		elts := p.elements(first, tokRParen)
		p.want(tokRParen, "')' or ','")
		n := p.tuples.alloc()
		*n = Tuple{p.base(start), elts}
		return n
	}
	if p.tok == tokRParen {
		p.noStar(first)
	}
	p.want(tokRParen, "')' or ','")
	return first
}

// noStar reports *value where it may not stand.
func (p *Parser) noStar(expr Expr) {
	if star, ok := expr.(*Starred); ok {
		p.badAt(star, "cannot use starred expression here")
	}
}

// elements parses the rest of a list of elements behind the first, up to the closing bracket.
func (p *Parser) elements(first Expr, closing token) []Expr {
	mark := p.exprList.mark()
	p.exprList.push(first)
	for p.got(tokComma) && p.tok != closing {
		p.exprList.push(p.starNamedExpression())
	}
	return p.exprList.take(mark)
}

func (p *Parser) list() Expr {
	start := p.start
	p.next()
	if p.got(tokRBracket) {
		n := p.listExprs.alloc()
		*n = List{Base: p.base(start)}
		return n
	}
	first := p.starNamedExpression()
	if p.tok == tokFor || p.tok == tokAsync {
		p.noStar(first)
		generators := p.generators()
		p.want(tokRBracket, "']'")
		n := p.listComps.alloc()
		*n = ListComp{p.base(start), first, generators}
		return n
	}
	elts := p.elements(first, tokRBracket)
	p.want(tokRBracket, "']' or ','")
	n := p.listExprs.alloc()
	*n = List{p.base(start), elts}
	return n
}

// braces parses a dict or a set.
func (p *Parser) braces() Expr {
	start := p.start
	p.next()
	switch p.tok {
	case tokRBrace:
		p.next()
		n := p.dicts.alloc()
		*n = Dict{Base: p.base(start)}
		return n
	case tokDoubleStar:
		return p.dict(start, nil, true)
	}
	inner := p.start
	first := p.starNamedExpression()
	switch p.tok {
	case tokColon:
		return p.dict(start, first, !isNamedOrStarred(first, inner))
	case tokFor, tokAsync:
		p.noStar(first)
		generators := p.generators()
		p.want(tokRBrace, "'}'")
		n := p.setComps.alloc()
		*n = SetComp{p.base(start), first, generators}
		return n
	}
	elts := p.elements(first, tokRBrace)
	p.want(tokRBrace, "'}' or ','")
	n := p.sets.alloc()
	*n = Set{p.base(start), elts}
	return n
}

// dict parses the rest of a dict behind its first key, which is nil where the dict starts with **. A key that only a set
// may hold is not plain.
func (p *Parser) dict(start int32, key Expr, plain bool) Expr {
	// Keys and values share the stack of expressions, turn about.
	mark := p.exprList.mark()
	if key != nil {
		if !plain {
			p.badAt(key, "invalid syntax")
		}
		p.next()
		value := p.expression()
		if p.tok == tokFor || p.tok == tokAsync {
			generators := p.generators()
			p.want(tokRBrace, "'}'")
			n := p.dictComps.alloc()
			*n = DictComp{p.base(start), key, value, generators}
			return n
		}
		p.exprList.push(key)
		p.exprList.push(value)
		if !p.got(tokComma) {
			return p.endDict(start, mark)
		}
	}
	for p.tok != tokRBrace {
		if p.got(tokDoubleStar) {
			p.exprList.push(nil)
			p.exprList.push(p.binary(bindBitOr))
		} else {
			p.exprList.push(p.expression())
			p.want(tokColon, "':'")
			p.exprList.push(p.expression())
		}
		if !p.got(tokComma) {
			break
		}
	}
	return p.endDict(start, mark)
}

func (p *Parser) endDict(start int32, mark int) Expr {
	p.want(tokRBrace, "'}' or ','")
	pairs := p.exprList.take(mark)
	keys, values := p.exprList.split(pairs)
	n := p.dicts.alloc()
	*n = Dict{p.base(start), keys, values}
	return n
}

// isNamedOrStarred reports whether expr is a walrus or a * that starts at start, and thus without parentheses.
func isNamedOrStarred(expr Expr, start int32) bool {
	switch expr.(type) {
	case *NamedExpr, *Starred:
		return expr.Range().Start == start
	}
	return false
}

// generators parses the for clauses of a comprehension.
func (p *Parser) generators() []*Comprehension {
	mark := p.generatorList.mark()
	for p.tok == tokFor || p.tok == tokAsync {
		start := p.start
		async := p.got(tokAsync)
		p.want(tokFor, "'for'")
		target := p.targets()
		p.want(tokIn, "'in'")
		iter := p.binary(bindOr)
		ifs := p.exprList.mark()
		for p.got(tokIf) {
			p.exprList.push(p.binary(bindOr))
		}
		conditions := p.exprList.take(ifs)
		n := p.comprehension.alloc()
		*n = Comprehension{p.base(start), target, iter, conditions, async}
		p.generatorList.push(n)
	}
	return p.generatorList.take(mark)
}

// yield parses a yield or a yield from.
func (p *Parser) yield() Expr {
	start := p.start
	p.next()
	if p.got(tokFrom) {
		value := p.expression()
		n := p.yieldFroms.alloc()
		*n = YieldFrom{p.base(start), value}
		return n
	}
	var value Expr
	if p.startsExpression() {
		value = p.starExpressions()
	}
	n := p.yields.alloc()
	*n = Yield{p.base(start), value}
	return n
}
