package python

import "strings"

// simpleLine parses the simple statements of one logical line, semicolons between them.
func (p *Parser) simpleLine() {
	for {
		start, mark := p.start, p.stmtList.mark()
		p.stmtList.push(p.simple())
		if p.got(tokSemicolon) && p.tok != tokNewline {
			continue
		}
		if p.tok != tokNewline {
			p.unexpected("invalid syntax")
			p.stmtList.drop(mark)
			p.skipStatement(start)
			return
		}
		p.next()
		return
	}
}

// simple parses one simple statement without its end.
func (p *Parser) simple() Stmt {
	start := p.start
	p.links = 0
	switch p.tok {
	case tokReturn:
		p.next()
		var value Expr
		if p.startsExpression() {
			value = p.starExpressions()
		}
		n := p.returns.alloc()
		*n = Return{p.base(start), value}
		return n
	case tokPass:
		p.next()
		n := p.passes.alloc()
		*n = Pass{p.base(start)}
		return n
	case tokBreak:
		p.next()
		n := p.breaks.alloc()
		*n = Break{p.base(start)}
		return n
	case tokContinue:
		p.next()
		n := p.continues.alloc()
		*n = Continue{p.base(start)}
		return n
	case tokImport:
		return p.importNames()
	case tokFrom:
		return p.importFrom()
	case tokRaise:
		return p.raise()
	case tokAssert:
		return p.assert()
	case tokDel:
		return p.del()
	case tokGlobal:
		p.next()
		names := p.nameList()
		n := p.globals.alloc()
		*n = Global{p.base(start), names}
		return n
	case tokNonlocal:
		p.next()
		names := p.nameList()
		n := p.nonlocals.alloc()
		*n = Nonlocal{p.base(start), names}
		return n
	case tokName:
		if p.text() == "type" {
			if n := p.typeAlias(); n != nil {
				return n
			}
		}
	}
	return p.expressionStatement()
}

// expressionStatement parses an expression, an assignment, or an annotation.
func (p *Parser) expressionStatement() Stmt {
	start := p.start
	first := p.value()
	switch p.tok {
	case tokAssign:
		return p.assign(start, first)
	case tokColon:
		return p.annotated(start, first)
	}
	if p.tok >= tokPlusAssign && p.tok <= tokAmpersandAssign {
		operator := operatorOf[tokPlus+p.tok-tokPlusAssign]
		switch first.(type) {
		case *Name, *Attribute, *Subscript:
		default:
			p.badAt(first, "illegal expression for augmented assignment")
		}
		p.next()
		value := p.value()
		n := p.augAssigns.alloc()
		*n = AugAssign{p.base(start), first, operator, value}
		return n
	}
	n := p.exprStmts.alloc()
	*n = ExprStmt{p.base(start), first}
	return n
}

// value parses what may stand on the right of an assignment.
func (p *Parser) value() Expr {
	if p.tok == tokYield {
		return p.yield()
	}
	return p.starExpressions()
}

func (p *Parser) assign(start int32, value Expr) Stmt {
	mark := p.exprList.mark()
	for p.tok == tokAssign {
		p.assignable(value)
		p.exprList.push(value)
		p.next()
		value = p.value()
	}
	targets := p.exprList.take(mark)
	n := p.assigns.alloc()
	*n = Assign{p.base(start), targets, value}
	return n
}

// assignable reports an expression that is no target.
func (p *Parser) assignable(expr Expr) {
	switch expr := expr.(type) {
	case *Name, *Attribute, *Subscript, *BadExpr:
		return
	case *Starred:
		if _, twice := expr.Value.(*Starred); !twice {
			p.assignable(expr.Value)
			return
		}
	case *Tuple:
		for _, elt := range expr.Elts {
			p.assignable(elt)
		}
		return
	case *List:
		for _, elt := range expr.Elts {
			p.assignable(elt)
		}
		return
	}
	p.badAt(expr, "cannot assign to this expression")
}

func (p *Parser) annotated(start int32, target Expr) Stmt {
	simple := false
	switch target := target.(type) {
	case *Name:
		simple = target.Start == start
	case *Attribute, *Subscript:
	default:
		p.badAt(target, "illegal target for annotation")
	}
	p.next()
	annotation := p.expression()
	var value Expr
	if p.got(tokAssign) {
		value = p.value()
	}
	n := p.annAssigns.alloc()
	*n = AnnAssign{p.base(start), target, annotation, value, simple}
	return n
}

func (p *Parser) nameList() []string {
	mark := p.stringList.mark()
	for {
		name, _ := p.name()
		p.stringList.push(name)
		if !p.got(tokComma) {
			return p.stringList.take(mark)
		}
	}
}

func (p *Parser) raise() Stmt {
	start := p.start
	p.next()
	var exc, cause Expr
	if p.startsExpression() && p.tok != tokStar {
		exc = p.expression()
		if p.got(tokFrom) {
			cause = p.expression()
		}
	}
	n := p.raises.alloc()
	*n = Raise{p.base(start), exc, cause}
	return n
}

func (p *Parser) assert() Stmt {
	start := p.start
	p.next()
	test := p.expression()
	var msg Expr
	if p.got(tokComma) {
		msg = p.expression()
	}
	n := p.asserts.alloc()
	*n = Assert{p.base(start), test, msg}
	return n
}

func (p *Parser) del() Stmt {
	start := p.start
	p.next()
	mark := p.exprList.mark()
	for {
		target := p.binary(bindBitOr)
		p.deletable(target)
		p.exprList.push(target)
		if !p.got(tokComma) || p.tok == tokNewline || p.tok == tokSemicolon {
			break
		}
	}
	targets := p.exprList.take(mark)
	n := p.deletes.alloc()
	*n = Delete{p.base(start), targets}
	return n
}

func (p *Parser) deletable(expr Expr) {
	switch expr := expr.(type) {
	case *Name, *Attribute, *Subscript, *BadExpr:
		return
	case *Tuple:
		for _, elt := range expr.Elts {
			p.deletable(elt)
		}
		return
	case *List:
		for _, elt := range expr.Elts {
			p.deletable(elt)
		}
		return
	}
	p.badAt(expr, "cannot delete this expression")
}

// typeAlias parses a type statement, or returns nil where type is a name like any other.
func (p *Parser) typeAlias() Stmt {
	start, before := p.start, p.save()
	if p.next(); p.tok != tokName {
		p.restore(before)
		return nil
	}
	name := p.names.alloc()
	id, span := p.name()
	*name = Name{p.base(span.Start), id}
	params := p.typeParams()
	p.want(tokAssign, "'='")
	value := p.expression()
	n := p.typeAliases.alloc()
	*n = TypeAlias{p.base(start), name, params, value}
	return n
}

func (p *Parser) importNames() Stmt {
	start := p.start
	p.next()
	mark := p.aliasList.mark()
	for {
		begin := p.start
		name := p.dottedName()
		p.pushAlias(begin, name)
		if !p.got(tokComma) {
			break
		}
	}
	names := p.aliasList.take(mark)
	n := p.imports.alloc()
	*n = Import{p.base(start), names}
	return n
}

func (p *Parser) importFrom() Stmt {
	start := p.start
	p.next()
	level := 0
	for p.tok == tokDot || p.tok == tokEllipsis {
		level++
		if p.tok == tokEllipsis {
			level += 2
		}
		p.next()
	}
	module := ""
	if level == 0 || p.tok == tokName {
		module = p.dottedName()
	}
	p.want(tokImport, "'import'")
	mark := p.aliasList.mark()
	switch {
	case p.tok == tokStar:
		begin := p.start
		p.next()
		n := p.aliases.alloc()
		*n = Alias{Base: p.base(begin), Name: p.src[begin : begin+1]}
		p.aliasList.push(n)
	case p.got(tokLParen):
		for {
			p.importAlias()
			if !p.got(tokComma) || p.tok == tokRParen {
				break
			}
		}
		p.want(tokRParen, "')' or ','")
	default:
		for {
			p.importAlias()
			if !p.got(tokComma) {
				break
			}
		}
	}
	names := p.aliasList.take(mark)
	n := p.importFroms.alloc()
	*n = ImportFrom{p.base(start), module, names, level}
	return n
}

func (p *Parser) importAlias() {
	begin := p.start
	name, _ := p.name()
	p.pushAlias(begin, name)
}

// pushAlias parses as name, if it is there, behind the name of an import.
func (p *Parser) pushAlias(start int32, name string) {
	as := ""
	if p.got(tokAs) {
		as, _ = p.name()
	}
	n := p.aliases.alloc()
	*n = Alias{p.base(start), name, as}
	p.aliasList.push(n)
}

// dottedName parses a.b.c. White space around its dots, which is rare, is left out of the result.
func (p *Parser) dottedName() string {
	start, size := p.start, int32(0)
	for {
		_, span := p.name()
		size += span.End - span.Start
		if p.tok != tokDot {
			if p.prevEnd-start == size || p.tok == tokError {
				return p.src[start:max(start, p.prevEnd)]
			}
			return undotted(p.src[start:p.prevEnd])
		}
		size++
		p.next()
	}
}

// undotted drops white space and line continuations from a dotted name.
func undotted(name string) string {
	return strings.Map(func(char rune) rune {
		if strings.ContainsRune(" \t\f\\\r\n", char) {
			return -1
		}
		return char
	}, name)
}
