package python

// decorated parses a function or a class with the decorators before it.
func (p *Parser) decorated() {
	start := p.start
	mark := p.exprList.mark()
	for p.tok == tokAt {
		line := p.start
		p.next()
		p.exprList.push(p.namedExpression())
		if p.tok == tokNewline {
			p.next()
			continue
		}
		p.unexpected("invalid syntax")
		p.skipHeader(line)
	}
	decorators := p.exprList.take(mark)
	begin := p.start
	switch p.tok {
	case tokDef:
		p.stmtList.push(p.function(begin, decorators, false))
		return
	case tokClass:
		p.stmtList.push(p.class(decorators))
		return
	case tokAsync:
		before := p.save()
		if p.next(); p.tok == tokDef {
			p.stmtList.push(p.function(begin, decorators, true))
			return
		}
		p.restore(before)
	}
	// What follows is a statement of its own.
	if p.tok != tokError {
		p.report(int(begin), int(p.end), "expected a function or a class after the decorator")
	}
	p.stmtList.push(p.badStmt(start, int(p.prevEnd)))
}

func (p *Parser) function(start int32, decorators []Expr, async bool) Stmt {
	p.next()
	name, span := p.name()
	params := p.typeParams()
	p.want(tokLParen, "'('")
	args := p.parameters(tokRParen, true)
	p.want(tokRParen, "')'")
	var returns Expr
	if p.got(tokArrow) {
		returns = p.expression()
	}
	body := p.block(start, "function definition")
	n := p.functionDefs.alloc()
	*n = FunctionDef{
		Base: p.base(start), Name: name, NameSpan: span, TypeParams: params, Args: args, Body: body,
		Decorators: decorators, Returns: returns, IsAsync: async,
	}
	return n
}

func (p *Parser) class(decorators []Expr) Stmt {
	start := p.start
	p.next()
	name, span := p.name()
	params := p.typeParams()
	var bases []Expr
	var keywords []*Keyword
	if p.tok == tokLParen {
		bases, keywords = p.callArguments(false)
	}
	body := p.block(start, "class definition")
	n := p.classDefs.alloc()
	*n = ClassDef{
		Base: p.base(start), Name: name, NameSpan: span, TypeParams: params, Bases: bases, Keywords: keywords,
		Body: body, Decorators: decorators,
	}
	return n
}

// typeParams parses the type parameters in brackets, if there are any.
func (p *Parser) typeParams() []TypeParam {
	if !p.got(tokLBracket) {
		return nil
	}
	mark := p.typeParamList.mark()
	for {
		p.typeParamList.push(p.typeParam())
		if !p.got(tokComma) || p.tok == tokRBracket {
			break
		}
	}
	p.want(tokRBracket, "']' or ','")
	return p.typeParamList.take(mark)
}

func (p *Parser) typeParam() TypeParam {
	start := p.start
	switch p.tok {
	case tokStar:
		p.next()
		name, _ := p.name()
		var value Expr
		if p.got(tokAssign) {
			value = p.starExpression()
		}
		n := p.typeVarTuples.alloc()
		*n = TypeVarTuple{p.base(start), name, value}
		return n
	case tokDoubleStar:
		p.next()
		name, _ := p.name()
		var value Expr
		if p.got(tokAssign) {
			value = p.expression()
		}
		n := p.paramSpecs.alloc()
		*n = ParamSpec{p.base(start), name, value}
		return n
	}
	name, _ := p.name()
	var bound, value Expr
	if p.got(tokColon) {
		bound = p.expression()
	}
	if p.got(tokAssign) {
		value = p.expression()
	}
	n := p.typeVars.alloc()
	*n = TypeVar{p.base(start), name, bound, value}
	return n
}

// parameters parses the parameters of a function or, without annotations, of a lambda, up to the closing token.
func (p *Parser) parameters(closing token, annotations bool) *Arguments {
	start := p.start
	if p.tok == closing || p.tok == tokError {
		start = p.prevEnd
	}
	var all Arguments
	mark, defaults := p.argList.mark(), p.exprList.mark()
	starred := false
	// flush ends the positional parameters.
	flush := func() {
		all.Args, all.Defaults = p.argList.take(mark), p.exprList.take(defaults)
		starred = true
	}
	for p.tok != closing && all.Kwarg == nil {
		switch p.tok {
		case tokSlash:
			switch {
			case starred || all.Posonlyargs != nil:
				p.unexpected("/ must be ahead of * and stand only once")
			case p.argList.mark() == mark:
				p.unexpected("at least one parameter must precede /")
			default:
				all.Posonlyargs = p.argList.take(mark)
			}
			p.next()
		case tokStar:
			if starred {
				p.unexpected("* may appear only once")
				break
			}
			flush()
			if p.next(); p.tok != tokComma {
				all.Vararg = p.parameter(annotations, true)
				break
			}
			p.next()
			if p.tok != tokName {
				p.unexpected("named parameters must follow bare *")
			}
			continue
		case tokDoubleStar:
			if !starred {
				flush()
			}
			p.next()
			all.Kwarg = p.parameter(annotations, false)
		default:
			p.argList.push(p.parameter(annotations, false))
			switch {
			case p.got(tokAssign):
				p.exprList.push(p.expression())
			case starred:
				p.exprList.push(nil)
			case p.exprList.mark() > defaults:
				p.unexpected("parameter without a default follows parameter with a default")
				p.exprList.push(p.badExpr())
			}
		}
		if !p.got(tokComma) {
			break
		}
	}
	if starred {
		all.Kwonlyargs, all.KwDefaults = p.argList.take(mark), p.exprList.take(defaults)
	} else {
		flush()
	}
	all.Base = p.base(start)
	n := p.arguments.alloc()
	*n = all
	return n
}

// parameter parses one parameter with its annotation; that of *args may be *Ts.
func (p *Parser) parameter(annotations, star bool) *Arg {
	start := p.start
	name, _ := p.name()
	var annotation Expr
	if annotations && p.got(tokColon) {
		if star {
			annotation = p.starExpression()
		} else {
			annotation = p.expression()
		}
	}
	n := p.args.alloc()
	*n = Arg{p.base(start), name, annotation}
	return n
}
