package python

// statement parses one statement, or one line of simple ones, onto the list of statements.
func (p *Parser) statement() {
	if p.tok == tokIndent {
		p.strayBlock()
		return
	}
	start := p.start
	p.links, p.headless = 0, false
	switch p.tok {
	case tokIf:
		p.stmtList.push(p.ifStatement())
	case tokDef, tokClass, tokAt:
		p.decorated()
	case tokFor:
		p.stmtList.push(p.forStatement(start, false))
	case tokWhile:
		p.stmtList.push(p.while())
	case tokTry:
		p.stmtList.push(p.try())
	case tokWith:
		p.stmtList.push(p.with(start, false))
	case tokAsync:
		p.async()
	case tokName:
		if p.text() == "match" {
			if n := p.match(); n != nil {
				p.stmtList.push(n)
				return
			}
		}
		p.simpleLine()
	default:
		p.simpleLine()
	}
}

// strayBlock parses lines that are indented without a reason as if they were not.
func (p *Parser) strayBlock() {
	if !p.headless {
		p.report(int(p.start), int(p.start), "unexpected indent")
	}
	p.headless = false
	if skipped := p.openBlock(); skipped != nil {
		p.stmtList.push(skipped)
		return
	}
	for p.tok != tokDedent && p.tok != tokEOF {
		p.statement()
	}
	p.closeBlock()
}

// openBlock takes the indentation of a block, or skips the whole of a block that is nested too deeply and returns what
// stands for it.
func (p *Parser) openBlock() (skipped Stmt) {
	if p.blocks >= maxBlocks {
		p.report(int(p.start), int(p.start), "too many levels of indentation")
		return p.skipBlock()
	}
	p.blocks++
	p.next()
	return nil
}

func (p *Parser) closeBlock() {
	p.blocks--
	p.got(tokDedent)
}

// block parses the colon and the body of the compound statement that starts at start. what names it in a message.
func (p *Parser) block(start int32, what string) []Stmt {
	mark := p.stmtList.mark()
	switch {
	case p.tok != tokColon:
		p.unexpected("expected ':'")
		p.skipHeader(start)
		if p.tok != tokIndent {
			return nil
		}
	default:
		if p.next(); p.tok != tokNewline {
			p.simpleLine()
			return p.stmtList.take(mark)
		}
		if p.next(); p.tok != tokIndent {
			p.report(int(p.start), int(p.start), "expected an indented block after "+what)
			return nil
		}
	}
	if skipped := p.openBlock(); skipped != nil {
		return p.stmtList.one(skipped)
	}
	for p.tok != tokDedent && p.tok != tokEOF {
		p.statement()
	}
	p.closeBlock()
	return p.stmtList.take(mark)
}

func (p *Parser) ifStatement() Stmt {
	first := p.ifClause()
	// The elif clauses nest in the tree but not on the stack.
	last := first
	for clauses := 0; p.tok == tokElif; clauses++ {
		if clauses == maxElifs {
			p.unexpected("too many elif clauses")
			break
		}
		clause := p.ifClause()
		last.Orelse = p.stmtList.one(clause)
		last = clause
	}
	if p.tok == tokElse {
		last.Orelse = p.elseBlock()
	}
	for clause := first; clause != last; {
		clause.End = p.prevEnd
		clause, _ = clause.Orelse[0].(*If)
	}
	last.End = p.prevEnd
	return first
}

// ifClause parses if or elif, its test and its body.
func (p *Parser) ifClause() *If {
	start := p.start
	p.next()
	test := p.namedExpression()
	body := p.block(start, "'if' statement")
	n := p.ifs.alloc()
	*n = If{Base: p.base(start), Test: test, Body: body}
	return n
}

// elseBlock parses an else clause if there is one.
func (p *Parser) elseBlock() []Stmt {
	start := p.start
	if !p.got(tokElse) {
		return nil
	}
	return p.block(start, "'else' statement")
}

func (p *Parser) while() Stmt {
	start := p.start
	p.next()
	test := p.namedExpression()
	body := p.block(start, "'while' statement")
	orelse := p.elseBlock()
	n := p.whiles.alloc()
	*n = While{p.base(start), test, body, orelse}
	return n
}

func (p *Parser) forStatement(start int32, async bool) Stmt {
	p.next()
	target := p.targets()
	p.want(tokIn, "'in'")
	iter := p.starExpressions()
	body := p.block(start, "'for' statement")
	orelse := p.elseBlock()
	n := p.fors.alloc()
	*n = For{p.base(start), target, iter, body, orelse, async}
	return n
}

// targets parses what stands between for and in.
func (p *Parser) targets() Expr {
	start := p.start
	target := p.target()
	if p.tok == tokComma {
		target = p.tupleFrom(start, target, (*Parser).target)
	}
	p.assignable(target)
	return target
}

// target parses a target that in does not belong to.
func (p *Parser) target() Expr {
	if p.tok == tokStar {
		return p.starred(bindBitOr)
	}
	return p.binary(bindBitOr)
}

// async parses a compound statement with async before it.
func (p *Parser) async() {
	start := p.start
	p.next()
	switch p.tok {
	case tokDef:
		p.stmtList.push(p.function(start, nil, true))
	case tokFor:
		p.stmtList.push(p.forStatement(start, true))
	case tokWith:
		p.stmtList.push(p.with(start, true))
	default:
		p.unexpected("expected 'def', 'for' or 'with'")
		p.skipStatement(start)
	}
}

func (p *Parser) with(start int32, async bool) Stmt {
	p.next()
	items := p.withHeader()
	body := p.block(start, "'with' statement")
	n := p.withs.alloc()
	*n = With{p.base(start), items, body, async}
	return n
}

// withHeader parses the items of a with statement. A parenthesis may be around all of them or belong to the first:
// it is read as the former, and once more as the latter if no colon follows.
func (p *Parser) withHeader() []*WithItem {
	mark := p.withItemList.mark()
	if p.tok == tokLParen {
		before := p.save()
		p.next()
		for p.tok != tokRParen {
			p.withItem(tokRParen)
			if !p.got(tokComma) {
				break
			}
		}
		if p.withItemList.mark() > mark && p.got(tokRParen) && p.tok == tokColon {
			return p.withItemList.take(mark)
		}
		p.withItemList.drop(mark)
		p.restore(before)
	}
	for {
		p.withItem(tokColon)
		if !p.got(tokComma) {
			return p.withItemList.take(mark)
		}
	}
}

func (p *Parser) withItem(closing token) {
	start := p.start
	context := p.expression()
	var target Expr
	if p.got(tokAs) {
		target = p.target()
		p.assignable(target)
		if p.tok != tokComma && p.tok != closing {
			p.unexpected("expected ':'")
		}
	}
	n := p.withItems.alloc()
	*n = WithItem{p.base(start), context, target}
	p.withItemList.push(n)
}

func (p *Parser) try() Stmt {
	start := p.start
	p.next()
	body := p.block(start, "'try' statement")
	mark := p.handlerList.mark()
	star := false
	for p.tok == tokExcept {
		handler, isStar := p.handler()
		if p.handlerList.mark() > mark && isStar != star {
			p.report(int(handler.Start), int(handler.Start)+len("except"),
				"cannot have both 'except' and 'except*' on the same 'try'")
		}
		star = isStar
		p.handlerList.push(handler)
	}
	handlers := p.handlerList.take(mark)
	var orelse, final []Stmt
	if handlers != nil {
		orelse = p.elseBlock()
	}
	if clause := p.start; p.got(tokFinally) {
		final = p.block(clause, "'finally' statement")
	} else if handlers == nil {
		p.report(int(p.start), int(p.start), "expected 'except' or 'finally' block")
	}
	n := p.tries.alloc()
	*n = Try{p.base(start), body, handlers, orelse, final, star}
	return n
}

// handler parses an except clause and reports whether it is except*.
func (p *Parser) handler() (*ExceptHandler, bool) {
	start := p.start
	p.next()
	star := p.got(tokStar)
	var typ Expr
	name := ""
	if p.tok != tokColon {
		first := p.start
		typ = p.expression()
		several := p.tok == tokComma
		if several {
			typ = p.tupleFrom(first, typ, (*Parser).expression)
		}
		if p.tok == tokAs {
			if several {
				p.badAt(typ, "multiple exception types must be parenthesized when using 'as'")
			}
			p.next()
			name, _ = p.name()
		}
	} else if star {
		p.unexpected("expected one or more exception types")
	}
	body := p.block(start, "'except' statement")
	n := p.handlers.alloc()
	*n = ExceptHandler{p.base(start), typ, name, body}
	return n, star
}
