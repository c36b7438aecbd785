package python

// contentEnd returns the offset of the end of the line that holds pos, without its line end.
func (l *lexer) contentEnd(pos int) int {
	for pos < len(l.src) && byteClass[l.src[pos]] != classLineEnd {
		pos++
	}
	return pos
}

// nextLine returns the start of the line behind the one that holds pos.
func (l *lexer) nextLine(pos int) int {
	return l.afterLineEnd(l.contentEnd(pos))
}

// afterLineEnd returns the offset behind the line end at pos, or behind whatever else stands there.
func (l *lexer) afterLineEnd(pos int) int {
	if l.at(pos) == '\r' && l.at(pos+1) == '\n' {
		return pos + 2
	}
	return min(pos+1, len(l.src))
}

// measure returns the width of the white space at the start of a line, and the offset of what follows it.
func (l *lexer) measure(line int) (width int32, first int) {
	for first = line; first < len(l.src); first++ {
		switch l.src[first] {
		case ' ':
			width++
		case '\t':
			width = (width | 7) + 1
		case '\f':
			width = 0
		default:
			return width, first
		}
	}
	return width, first
}

// startsStatement looks at a line inside brackets that may not be closed. It is open if its indentation is that of an
// open block and it is not blank; and it is sure to start a statement if so does its first word. Words that continue an
// expression as well count only on the line of the error or behind it.
func (l *lexer) startsStatement(line, failed int) (open, sure bool) {
	width, first := l.measure(line)
	if !l.isOpen(width) {
		return false, false
	}
	end := first
	for end < len(l.src) && byteClass[l.src[end]] == className {
		end++
	}
	switch char := l.at(first); {
	case char == '@':
		return true, l.contentEnd(first) >= failed && failed >= 0
	case end == first:
		// A closing bracket, a comment or a blank line belongs to what is before it.
		return char == '"' || char == '\'', false
	}
	switch keyword(l.src[first:end]) {
	case tokAssert, tokBreak, tokClass, tokContinue, tokDef, tokDel, tokElif, tokExcept, tokFinally, tokGlobal,
		tokImport, tokNonlocal, tokPass, tokRaise, tokReturn, tokTry, tokWhile, tokWith:
		return true, true
	case tokAsync, tokElse, tokFor, tokFrom, tokIf:
		return true, l.contentEnd(first) >= failed && failed >= 0
	case tokAnd, tokAs, tokIn, tokIs, tokOr:
		return false, false
	}
	return true, false
}

// isOpen reports whether an open block has that indentation.
func (l *lexer) isOpen(width int32) bool {
	for _, open := range l.indents {
		if open.width == width {
			return true
		}
	}
	return false
}

// widthBelow returns the width of the white space at the start of the next line below pos that is neither blank nor a
// comment, or -1 where there is none.
func (l *lexer) widthBelow(pos int) int32 {
	for pos = l.nextLine(pos); pos < len(l.src); pos = l.nextLine(pos) {
		width, first := l.measure(pos)
		if first < len(l.src) && l.src[first] != '#' && byteClass[l.src[first]] != classLineEnd {
			return width
		}
		pos = first
	}
	return -1
}
