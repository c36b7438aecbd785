package python

import "unicode/utf8"

// match parses a match statement, or returns nil where match is a name like any other.
func (p *Parser) match() Stmt {
	start, before := p.start, p.save()
	p.next()
	if !p.startsExpression() {
		p.restore(before)
		return nil
	}
	subject := p.subject()
	if p.tok == tokColon {
		p.next()
	} else {
		p.unexpected("expected ':'")
	}
	if p.tok != tokNewline {
		p.restore(before)
		return nil
	}
	mark := p.caseList.mark()
	switch p.next(); {
	case p.tok != tokIndent:
		p.report(int(p.start), int(p.start), "expected an indented block after 'match' statement")
	case p.openBlock() == nil:
		for p.tok != tokDedent && p.tok != tokEOF {
			if p.word("case") {
				p.caseList.push(p.matchCase())
				continue
			}
			line := p.start
			p.unexpected("expected 'case'")
			p.skipHeader(line)
			if p.tok == tokIndent {
				p.skipBlock()
			}
		}
		p.closeBlock()
	}
	cases := p.caseList.take(mark)
	n := p.matches.alloc()
	*n = Match{p.base(start), subject, cases}
	return n
}

func (p *Parser) subject() Expr {
	start := p.start
	first := p.starNamedExpression()
	if p.tok == tokComma {
		return p.tupleFrom(start, first, (*Parser).starNamedExpression)
	}
	p.noStar(first)
	return first
}

func (p *Parser) matchCase() *MatchCase {
	start := p.start
	p.next()
	p.links = 0
	pattern := p.patterns()
	var guard Expr
	if p.got(tokIf) {
		guard = p.namedExpression()
	}
	body := p.block(start, "'case' statement")
	n := p.matchCases.alloc()
	*n = MatchCase{p.base(start), pattern, guard, body}
	return n
}

// patterns parses a pattern, or a sequence without brackets.
func (p *Parser) patterns() Pattern {
	start := p.start
	first := p.starPattern()
	if p.tok != tokComma {
		if star, ok := first.(*MatchStar); ok {
			p.badAt(star, "invalid syntax")
		}
		return first
	}
	return p.sequenceFrom(start, first, tokColon)
}

// sequenceFrom parses the rest of a sequence behind its first element, up to the closing token, which it leaves where
// it ends the sequence's brackets too.
func (p *Parser) sequenceFrom(start int32, first Pattern, closing token) Pattern {
	mark := p.patternList.mark()
	p.patternList.push(first)
	for p.got(tokComma) && p.tok != closing && p.tok != tokIf {
		p.patternList.push(p.starPattern())
	}
	if closing != tokColon {
		p.want(closing, "closing bracket or ','")
	}
	patterns := p.patternList.take(mark)
	n := p.sequences.alloc()
	*n = MatchSequence{p.base(start), patterns}
	return n
}

// starPattern parses an element of a sequence.
func (p *Parser) starPattern() Pattern {
	if p.tok != tokStar {
		return p.pattern()
	}
	start := p.start
	p.next()
	name, _ := p.name()
	if name == "_" {
		name = ""
	}
	n := p.matchStars.alloc()
	*n = MatchStar{p.base(start), name}
	return n
}

// pattern parses a | b as name.
func (p *Parser) pattern() Pattern {
	start := p.start
	p.deeper()
	pattern := p.closedPattern()
	if p.tok == tokPipe {
		mark := p.patternList.mark()
		p.patternList.push(pattern)
		for p.got(tokPipe) {
			p.patternList.push(p.closedPattern())
		}
		patterns := p.patternList.take(mark)
		n := p.matchOrs.alloc()
		*n = MatchOr{p.base(start), patterns}
		pattern = n
	}
	if p.got(tokAs) {
		name := p.captureName()
		n := p.matchAs.alloc()
		*n = MatchAs{p.base(start), pattern, name}
		pattern = n
	}
	p.shallower()
	return pattern
}

// captureName parses a name that the pattern binds.
func (p *Parser) captureName() string {
	if p.word("_") {
		p.unexpected("cannot use '_' as a target")
	}
	name, _ := p.name()
	return name
}

func (p *Parser) badPattern() Pattern {
	value := p.badExpr()
	n := p.matchValues.alloc()
	*n = MatchValue{p.base(value.Range().Start), value}
	return n
}

// closedPattern parses a pattern that needs no brackets inside another.
func (p *Parser) closedPattern() Pattern {
	start := p.start
	switch p.tok {
	case tokName:
		return p.namePattern()
	case tokNone:
		return p.singleton(None)
	case tokTrue:
		return p.singleton(True)
	case tokFalse:
		return p.singleton(False)
	case tokMinus, tokInt, tokFloat, tokComplex, tokString, tokBytes, tokFString, tokTString:
		value := p.literalPattern()
		n := p.matchValues.alloc()
		*n = MatchValue{p.base(start), value}
		return n
	case tokLParen:
		p.next()
		if p.got(tokRParen) {
			break
		}
		first := p.starPattern()
		if p.tok == tokComma {
			return p.sequenceFrom(start, first, tokRParen)
		}
		if star, ok := first.(*MatchStar); ok {
			p.badAt(star, "invalid syntax")
		}
		p.want(tokRParen, "')' or ','")
		return first
	case tokLBracket:
		p.next()
		if p.got(tokRBracket) {
			break
		}
		return p.sequenceFrom(start, p.starPattern(), tokRBracket)
	case tokLBrace:
		return p.mapping()
	default:
		return p.badPattern()
	}
	n := p.sequences.alloc()
	*n = MatchSequence{Base: p.base(start)}
	return n
}

func (p *Parser) singleton(kind ConstantKind) Pattern {
	start := p.start
	p.next()
	n := p.singletons.alloc()
	*n = MatchSingleton{p.base(start), kind}
	return n
}

// namePattern parses a capture, the wildcard, a dotted value or a class.
func (p *Parser) namePattern() Pattern {
	start := p.start
	name, _ := p.name()
	if p.tok != tokDot && p.tok != tokLParen {
		if name == "_" {
			name = ""
		}
		n := p.matchAs.alloc()
		*n = MatchAs{p.base(start), nil, name}
		return n
	}
	value := p.dotted(start, name)
	if p.tok == tokLParen {
		return p.classPattern(start, value)
	}
	n := p.matchValues.alloc()
	*n = MatchValue{p.base(start), value}
	return n
}

// dotted parses the attributes behind a name.
func (p *Parser) dotted(start int32, name string) Expr {
	first := p.names.alloc()
	*first = Name{p.base(start), name}
	var value Expr = first
	for links := 0; p.tok == tokDot && p.link(links); links++ {
		p.next()
		attr, span := p.name()
		n := p.attributes.alloc()
		*n = Attribute{p.base(start), value, attr, span}
		value = n
	}
	return value
}

// literalPattern parses a number with its sign, a complex number of two parts, or a string.
func (p *Parser) literalPattern() Expr {
	start := p.start
	if p.tok == tokString || p.tok == tokBytes || p.tok == tokFString || p.tok == tokTString {
		return p.strings()
	}
	var left Expr
	imaginary := false
	if p.got(tokMinus) {
		imaginary = p.tok == tokComplex
		operand := p.numberPattern()
		n := p.unaryOps.alloc()
		*n = UnaryOp{p.base(start), USub, operand}
		left = n
	} else {
		imaginary = p.tok == tokComplex
		left = p.numberPattern()
	}
	if p.tok != tokPlus && p.tok != tokMinus {
		return left
	}
	if imaginary {
		p.badAt(left, "real number required in complex literal")
	}
	operator := operatorOf[p.tok]
	if p.next(); p.tok != tokComplex {
		p.unexpected("imaginary number required in complex literal")
	}
	right := p.numberPattern()
	n := p.binOps.alloc()
	*n = BinOp{p.base(start), left, operator, right}
	return n
}

func (p *Parser) numberPattern() Expr {
	switch p.tok {
	case tokInt:
		return p.constant(Int)
	case tokFloat:
		return p.constant(Float)
	case tokComplex:
		return p.constant(Complex)
	}
	return p.badExpr()
}

// mapping parses {key: pattern, **rest}.
func (p *Parser) mapping() Pattern {
	start := p.start
	p.next()
	keys, patterns := p.exprList.mark(), p.patternList.mark()
	rest := ""
	for p.tok != tokRBrace {
		if rest != "" {
			p.unexpected("double star pattern must be the last one")
		}
		if p.got(tokDoubleStar) {
			rest = p.captureName()
		} else {
			p.exprList.push(p.mappingKey())
			p.want(tokColon, "':'")
			p.patternList.push(p.pattern())
		}
		if !p.got(tokComma) {
			break
		}
	}
	p.want(tokRBrace, "'}' or ','")
	keyList, patternList := p.exprList.take(keys), p.patternList.take(patterns)
	n := p.mappings.alloc()
	*n = MatchMapping{p.base(start), keyList, patternList, rest}
	return n
}

// mappingKey parses a literal or a dotted name.
func (p *Parser) mappingKey() Expr {
	switch p.tok {
	case tokNone:
		return p.constant(None)
	case tokTrue:
		return p.constant(True)
	case tokFalse:
		return p.constant(False)
	case tokName:
		start := p.start
		name, _ := p.name()
		if p.tok != tokDot {
			p.unexpected("invalid syntax")
		}
		return p.dotted(start, name)
	case tokMinus, tokInt, tokFloat, tokComplex, tokString, tokBytes, tokFString, tokTString:
		return p.literalPattern()
	}
	return p.badExpr()
}

// classPattern parses the patterns in the parentheses behind a class.
func (p *Parser) classPattern(start int32, class Expr) Pattern {
	p.next()
	mark, attrs := p.patternList.mark(), p.stringList.mark()
	var positional []Pattern
	named := false
	for p.tok != tokRParen {
		begin := p.start
		pattern := p.pattern()
		if capture, ok := pattern.(*MatchAs); ok && p.tok == tokAssign && isIdentifier(p.src[begin:p.prevEnd]) {
			if !named {
				positional, named = p.patternList.take(mark), true
			}
			p.nodes = capture.id
			p.stringList.push(p.src[begin:p.prevEnd])
			p.next()
			pattern = p.pattern()
		} else if named {
			p.unexpected("positional patterns follow keyword patterns")
		}
		p.patternList.push(pattern)
		if !p.got(tokComma) {
			break
		}
	}
	p.want(tokRParen, "')' or ','")
	rest, names := p.patternList.take(mark), p.stringList.take(attrs)
	if !named {
		positional, rest = rest, nil
	}
	n := p.matchClasses.alloc()
	*n = MatchClass{p.base(start), class, positional, names, rest}
	return n
}

// isIdentifier tells a name from a capture in parentheses or with as.
func isIdentifier(text string) bool {
	for i := range len(text) {
		if class := byteClass[text[i]]; class != className && class != classDigit && text[i] < utf8.RuneSelf {
			return false
		}
	}
	return text != ""
}
