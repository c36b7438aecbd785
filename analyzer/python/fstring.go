package python

import "strings"

// A literalMode says how the [Constant.Raw] of a string is to be read. Zero is one or more whole literals.
type literalMode uint8

const (
	// modeInside: Raw starts inside a formatted string, behind its quote.
	modeInside literalMode = 1 << iota
	// modeRaw: that string has the prefix r.
	modeRaw
	// modeDouble: its quote is ", otherwise '.
	modeDouble
	// modeTriple: it has three of them.
	modeTriple
	// modeTemplate: it has the prefix t.
	modeTemplate
	// modeSpec: Raw is part of a format specification, where braces are not doubled.
	modeSpec
)

func (m literalMode) quote() byte {
	if m&modeDouble != 0 {
		return '"'
	}
	return '\''
}

// A piece is literal text of a formatted string that is not yet in the tree: adjacent ones make a single Constant.
type piece struct {
	span Span
	mode literalMode
	// begun is true where there is a span, filled where its text is not empty.
	begun, filled bool
}

func (t *piece) add(start, end int32, mode literalMode, filled bool) {
	if !t.begun {
		t.begun, t.mode, t.span.Start = true, mode, start
	}
	t.span.End = end
	t.filled = t.filled || filled
}

// flush turns the piece into a Constant.
func (p *Parser) flush(t *piece) {
	if t.filled {
		n := p.constants.alloc()
		*n = Constant{Base{t.span, p.nextID()}, Str, p.src[t.span.Start:t.span.End], t.mode}
		p.exprList.push(n)
	}
	*t = piece{}
}

// isString reports whether the token is a string of any kind.
func isString(tok token) bool { return tok >= tokString && tok <= tokTString }

// strings parses a string and those that stand right behind it.
func (p *Parser) strings() Expr {
	start, first := p.start, p.tok
	var text piece
	if first == tokString || first == tokBytes {
		for p.tok == first {
			p.plain(&text)
		}
		if !isString(p.tok) {
			kind := Str
			if first == tokBytes {
				kind = Bytes
			}
			n := p.constants.alloc()
			*n = Constant{Base: p.base(start), Kind: kind, Raw: p.src[start:p.prevEnd]}
			return n
		}
		if first == tokBytes || p.tok == tokBytes {
			p.unexpected("cannot mix bytes and nonbytes literals")
			return p.badExpr()
		}
	}
	template := p.tok == tokTString
	if template && first != tokTString {
		p.unexpected("cannot mix t-string literals with string or bytes literals")
	}
	mark := p.exprList.mark()
	for isString(p.tok) {
		switch {
		case template != (p.tok == tokTString):
			p.unexpected("cannot mix t-string literals with string or bytes literals")
		case p.tok == tokBytes:
			p.unexpected("cannot mix bytes and nonbytes literals")
		case p.tok == tokString:
			p.plain(&text)
		default:
			p.formattedString(&text)
		}
	}
	p.flush(&text)
	values := p.exprList.take(mark)
	if template {
		n := p.templateStrs.alloc()
		*n = TemplateStr{p.base(start), values}
		return n
	}
	n := p.joinedStrs.alloc()
	*n = JoinedStr{p.base(start), values}
	return n
}

// plain takes a string that is not formatted.
func (p *Parser) plain(text *piece) {
	literal := p.text()
	prefix, quotes := literalOpening(literal)
	body := literal[prefix+quotes : len(literal)-quotes]
	raw := strings.ContainsAny(literal[:prefix], "rR")
	text.add(p.start, p.end, 0, raw && body != "" || !raw && !isContinuation(body))
	if msg := invalidLiteral(literal[:prefix], body); msg != "" {
		p.report(int(p.start), int(p.end), msg)
	}
	p.next()
}

// isContinuation reports whether text stands for nothing: it is empty or made of line ends behind backslashes.
func isContinuation(text string) bool {
	for i := 0; i < len(text); i++ {
		if text[i] != '\\' || i+1 == len(text) || byteClass[text[i+1]] != classLineEnd {
			return false
		}
		if i++; text[i] == '\r' && i+1 < len(text) && text[i+1] == '\n' {
			i++
		}
	}
	return true
}

// literalOpening returns the lengths of a literal's prefix and of its opening quotes.
func literalOpening(literal string) (prefix, quotes int) {
	for byteClass[literal[prefix]] != classQuote {
		prefix++
	}
	quote := literal[prefix]
	if len(literal) >= prefix+6 && literal[prefix+1] == quote && literal[prefix+2] == quote {
		return prefix, 3
	}
	return prefix, 1
}

// formattedString parses the f-string or t-string whose opening is the current token.
func (p *Parser) formattedString(text *piece) {
	start, template := p.start, p.tok == tokTString
	opening := p.text()
	prefix, mode := 0, modeInside
	if template {
		mode |= modeTemplate
	}
	for ; byteClass[opening[prefix]] != classQuote; prefix++ {
		if opening[prefix]|0x20 == 'r' {
			mode |= modeRaw
		}
	}
	if opening[prefix] == '"' {
		mode |= modeDouble
	}
	if len(opening)-prefix == 3 {
		mode |= modeTriple
	}
	p.deeper()
	for p.literalText(text, start, mode) == '{' {
		p.flush(text)
		p.field(start, mode, template)
	}
	p.shallower()
	if p.tok != tokError {
		quotes := len(opening) - prefix
		p.emit(tokString, int(start), p.pos+quotes)
		p.next()
	}
}

// literalText reads literal text from the current offset up to the brace that opens a field, to the brace that closes
// the format specification or to the closing quote. It leaves the offset there and returns the byte, or 0 after an
// error.
func (p *Parser) literalText(text *piece, start int32, mode literalMode) byte {
	if p.tok == tokError {
		return 0
	}
	src, begin, pos := p.src, p.pos, p.pos
	quote, spec := mode.quote(), mode&modeSpec != 0
	escaped := false
	for {
		if pos >= len(src) {
			return p.unterminated(start, mode)
		}
		char := src[pos]
		switch char {
		case quote:
			if mode&modeTriple != 0 && (p.at(pos+1) != quote || p.at(pos+2) != quote) {
				break
			}
			if spec {
				p.fail(pos, pos+1, "expected '}' before the end of the string")
				return 0
			}
			p.endText(text, begin, pos, mode, escaped)
			return quote
		case '\n', '\r':
			if mode&modeTriple == 0 {
				// Before Python 3.13 a line end ended the specification of an f-string.
				if !spec || mode&modeTemplate != 0 {
					return p.unterminated(start, mode)
				}
				p.endText(text, begin, pos, mode, escaped)
				return '\n'
			}
		case '{', '}':
			if !spec && p.at(pos+1) == char {
				pos++
				break
			}
			if char == '}' && !spec {
				p.fail(pos, pos+1, "single '}' is not allowed in a formatted string")
				return 0
			}
			p.endText(text, begin, pos, mode, escaped)
			return char
		case '\\':
			escaped = true
			pos = p.skipEscape(pos, mode)
			continue
		}
		pos++
	}
}

// skipEscape returns the offset behind the escape sequence at pos.
func (p *Parser) skipEscape(pos int, mode literalMode) int {
	switch char := p.at(pos + 1); {
	case char == '{' || char == '}':
		return pos + 1
	case char == '\r' && p.at(pos+2) == '\n':
		return pos + 3
	case char == 'N' && p.at(pos+2) == '{' && mode&modeRaw == 0:
		for end := pos + 3; end < len(p.src); end++ {
			switch p.src[end] {
			case '}':
				return end + 1
			case '{', '\n', '\r', '"', '\'':
				return end
			}
		}
	}
	return pos + 2
}

func (p *Parser) endText(text *piece, begin, end int, mode literalMode, escaped bool) {
	p.pos = end
	if begin == end {
		return
	}
	unescaped := escaped && mode&modeRaw == 0
	if unescaped && isContinuation(p.src[begin:end]) {
		return
	}
	text.add(int32(begin), int32(end), mode, true)
	if unescaped {
		if msg := invalidEscape(p.src[begin:end], false); msg != "" {
			p.report(begin, end, msg)
		}
	}
}

func (p *Parser) unterminated(start int32, mode literalMode) byte {
	msg := "unterminated formatted string literal"
	if mode&modeTriple != 0 {
		msg = "unterminated triple-quoted formatted string literal"
	}
	p.fail(int(start), int(start)+1, msg)
	return 0
}

// field parses the replacement field whose opening brace is at the current offset, and leaves the offset behind its
// closing brace.
func (p *Parser) field(start int32, mode literalMode, template bool) {
	open := p.pos
	p.brackets = append(p.brackets, bracket{pos: int32(open), open: '{', field: true})
	p.emit(tokLBrace, open, open+1)
	if p.next(); p.tok == tokRBrace {
		p.unexpected("expected an expression before '}'")
	}
	value := p.value()
	source := p.src[min(open+1, int(p.prevEnd)):p.prevEnd]
	debug := p.got(tokAssign)
	var conversion byte
	if p.tok == tokExclamation {
		conversion = p.conversion()
	}
	var spec *JoinedStr
	if p.tok == tokColon {
		spec = p.formatSpec(start, mode)
	}
	if p.tok != tokRBrace {
		p.unexpected("expected '}'")
	}
	span := Span{Start: int32(open), End: p.end}
	base := Base{span, p.nextID()}
	if template {
		n := p.interpolated.alloc()
		*n = Interpolation{base, value, source, conversion, debug, spec}
		p.exprList.push(n)
		return
	}
	n := p.formatted.alloc()
	*n = FormattedValue{base, value, conversion, debug, spec}
	p.exprList.push(n)
}

// conversion parses !s, !r or !a.
func (p *Parser) conversion() byte {
	end := p.end
	p.next()
	if p.tok == tokName && p.start == end && p.end == end+1 {
		switch char := p.src[p.start]; char {
		case 's', 'r', 'a':
			p.next()
			return char
		}
	}
	p.unexpected("invalid conversion character: expected 's', 'r', or 'a'")
	return 0
}

// formatSpec parses the format specification whose colon is the current token, and makes the closing brace the current
// token. As in CPython the colon is part of the span.
func (p *Parser) formatSpec(start int32, mode literalMode) *JoinedStr {
	begin := p.start
	mode |= modeSpec
	mark := p.exprList.mark()
	var text piece
	end := p.literalText(&text, start, mode)
	for end == '{' {
		p.flush(&text)
		p.deeper()
		p.field(start, mode, false)
		p.shallower()
		end = p.literalText(&text, start, mode)
	}
	p.flush(&text)
	values := p.exprList.take(mark)
	n := p.joinedStrs.alloc()
	*n = JoinedStr{Base{Span{begin, max(begin, int32(p.pos))}, p.nextID()}, values}
	if p.tok != tokError {
		p.next()
	}
	return n
}
