package python

import (
	"strings"
	"unicode/utf8"
)

// A lexer cuts the source into tokens, one at a time. The parser sees one token ahead and never more, so that it can
// take over the reading inside a formatted string.
type lexer struct {
	src string
	// pos is the offset behind the current token.
	pos int
	tok token
	// start and end are the current token's.
	start, end int32
	// prevEnd is the end of the last token before the current one that takes room in the source.
	prevEnd int32
	// lineStart is true where the next token is the first of a logical line.
	lineStart bool
	// dedents are still to be handed out.
	dedents  int
	indents  []indent
	brackets []bracket
	comments []Comment
	errors   []SyntaxError
	// noTriple holds, for """ and ''', the offset from which on there is none, or -1: a search that failed is not
	// repeated.
	noTriple [2]int
	// unclosed is the offset of the contents of a string in three quotes that is taken not to be closed, or -1.
	unclosed int
	// suspects are such offsets, collected while suspecting is true.
	suspects   []int
	suspecting bool
}

// An indent is the width of a line's leading white space, with tabs to the next multiple of eight and with tabs of one.
type indent struct{ width, narrow int32 }

type bracket struct {
	pos  int32
	open byte
	// field marks the { of a replacement field in a formatted string.
	field bool
}

func (l *lexer) reset(src string) {
	l.src = src
	l.pos = 0
	l.tok = tokNewline
	l.start, l.end, l.prevEnd = 0, 0, 0
	l.lineStart = true
	l.dedents = 0
	l.indents = append(l.indents[:0], indent{})
	l.brackets = l.brackets[:0]
	l.comments = l.comments[:0]
	l.errors = l.errors[:0]
	l.noTriple = [2]int{-1, -1}
}

// Classes of bytes.
const (
	classOther uint8 = iota
	classBlank
	className
	classDigit
	classQuote
	classLineEnd
)

var byteClass = [256]uint8{
	' ': classBlank, '\t': classBlank, '\f': classBlank,
	'\n': classLineEnd, '\r': classLineEnd,
	'"': classQuote, '\'': classQuote,
	'0': classDigit, '1': classDigit, '2': classDigit, '3': classDigit, '4': classDigit,
	'5': classDigit, '6': classDigit, '7': classDigit, '8': classDigit, '9': classDigit,
	'_': className,
	'a': className, 'b': className, 'c': className, 'd': className, 'e': className, 'f': className, 'g': className,
	'h': className, 'i': className, 'j': className, 'k': className, 'l': className, 'm': className, 'n': className,
	'o': className, 'p': className, 'q': className, 'r': className, 's': className, 't': className, 'u': className,
	'v': className, 'w': className, 'x': className, 'y': className, 'z': className,
	'A': className, 'B': className, 'C': className, 'D': className, 'E': className, 'F': className, 'G': className,
	'H': className, 'I': className, 'J': className, 'K': className, 'L': className, 'M': className, 'N': className,
	'O': className, 'P': className, 'Q': className, 'R': className, 'S': className, 'T': className, 'U': className,
	'V': className, 'W': className, 'X': className, 'Y': className, 'Z': className,
}

// at returns the byte at offset pos, or 0 behind the end.
func (l *lexer) at(pos int) byte {
	if pos < len(l.src) {
		return l.src[pos]
	}
	return 0
}

// next reads the next token. After an error the current token stays tokError, which no production takes, until the
// statement's recovery moves on.
func (l *lexer) next() {
	if l.tok > tokDedent {
		l.prevEnd = l.end
	} else if l.tok == tokError {
		return
	}
	if l.dedents > 0 {
		l.dedents--
		l.tok = tokDedent
		return
	}
	if l.lineStart {
		l.lineStart = false
		if l.indentation() {
			return
		}
	}
	l.token()
}

// emit makes [start, end) the current token.
func (l *lexer) emit(tok token, start, end int) {
	l.tok = tok
	l.start = int32(start)
	l.end = int32(end)
	l.pos = end
}

// token reads the next token of a line.
func (l *lexer) token() {
	src, pos := l.src, l.pos
	for {
		for pos < len(src) && byteClass[src[pos]] == classBlank {
			pos++
		}
		if pos >= len(src) {
			l.endOfFile()
			return
		}
		char := src[pos]
		switch byteClass[char] {
		case className:
			l.word(pos)
			return
		case classDigit:
			l.number(pos)
			return
		case classQuote:
			l.str(pos, pos, "")
			return
		case classLineEnd:
			after := pos + 1
			if char == '\r' && after < len(src) && src[after] == '\n' {
				after++
			}
			if len(l.brackets) > 0 {
				pos = after
				continue
			}
			l.emit(tokNewline, pos, after)
			l.lineStart = true
			return
		}
		switch {
		case char == '#':
			pos = l.comment(pos, false)
		case char == '\\':
			after := l.continuation(pos)
			if after < 0 {
				return
			}
			pos = after
		case char >= utf8.RuneSelf:
			l.word(pos)
			return
		default:
			l.operator(pos)
			return
		}
	}
}

// continuation returns the offset behind a backslash and the line end after it, or reports the lack of one and returns
// a negative number.
func (l *lexer) continuation(pos int) int {
	after := pos + 1
	switch l.at(after) {
	case '\r':
		after++
		if l.at(after) == '\n' {
			after++
		}
	case '\n':
		after++
	default:
		l.fail(pos, pos+1, "unexpected character after line continuation character")
		return -1
	}
	if after >= len(l.src) {
		l.fail(pos, pos+1, "unexpected end of file after line continuation character")
		return -1
	}
	return after
}

// comment records the comment at pos and returns the offset of its end.
func (l *lexer) comment(pos int, ownLine bool) int {
	end := pos
	for end < len(l.src) && l.src[end] != '\n' && l.src[end] != '\r' {
		end++
	}
	if len(l.brackets) > 0 {
		ownLine = l.startsLine(pos)
	}
	l.comments = append(l.comments, Comment{
		Span:    Span{Start: int32(pos), End: int32(end)},
		OwnLine: ownLine,
	})
	return end
}

// startsLine reports whether nothing but white space stands before pos on its line.
func (l *lexer) startsLine(pos int) bool {
	for pos > 0 && byteClass[l.src[pos-1]] == classBlank {
		pos--
	}
	return pos == 0 || byteClass[l.src[pos-1]] == classLineEnd
}

func (l *lexer) endOfFile() {
	end := len(l.src)
	if n := len(l.brackets); n > 0 {
		open := l.brackets[n-1]
		l.fail(end, end, "'"+string(open.open)+"' was never closed")
		l.errors[len(l.errors)-1].Span = Span{Start: open.pos, End: open.pos + 1}
		return
	}
	if l.tok > tokDedent {
		l.emit(tokNewline, end, end)
		l.lineStart = true
		return
	}
	l.emit(tokEOF, end, end)
}

// fail records an error and makes tokError the current token. It stays until [lexer.resume].
func (l *lexer) fail(start, end int, msg string) {
	l.report(start, end, msg)
	l.emit(tokError, start, start)
	l.prevEnd = max(l.prevEnd, l.start)
}

// report records an error and reads on.
func (l *lexer) report(start, end int, msg string) {
	l.errors = append(l.errors, SyntaxError{
		Span: Span{Start: int32(start), End: int32(min(end, len(l.src)))},
		Msg:  msg,
	})
}

// resume starts again at pos, the start of a line or the end of the file, outside all brackets.
func (l *lexer) resume(pos int) {
	l.brackets = l.brackets[:0]
	l.dedents = 0
	l.lineStart = true
	l.tok = tokNewline
	l.pos = pos
	l.next()
}

// indentation reads the white space at the start of a logical line, and the blank lines before it. It returns true
// where that makes a token.
func (l *lexer) indentation() bool {
	src, pos := l.src, l.pos
	var here, continued indent
	for {
		if pos >= len(src) {
			l.pos = pos
			return l.indentTo(indent{}, pos)
		}
		switch src[pos] {
		case ' ':
			here.width++
			here.narrow++
			pos++
		case '\t':
			here.width = (here.width | 7) + 1
			here.narrow++
			pos++
		case '\f':
			here = indent{}
			pos++
		case '\n', '\r':
			here, continued = indent{}, indent{}
			pos++
		case '#':
			pos = l.comment(pos, true)
		case '\\':
			// The white space before the first backslash counts, if there is any.
			if continued == (indent{}) {
				continued = here
			}
			after := l.continuation(pos)
			if after < 0 {
				return true
			}
			pos = after
		default:
			if continued != (indent{}) {
				here = continued
			}
			l.pos = pos
			return l.indentTo(here, pos)
		}
	}
}

// indentTo compares the line's indentation with the blocks that are open.
func (l *lexer) indentTo(here indent, pos int) bool {
	top := l.indents[len(l.indents)-1]
	if here == top {
		return false
	}
	const tabs = "inconsistent use of tabs and spaces in indentation"
	switch {
	case here.width > top.width:
		if here.narrow <= top.narrow {
			l.report(pos, pos, tabs)
		}
		l.indents = append(l.indents, here)
		l.emit(tokIndent, pos, pos)
		return true
	case here.width == top.width:
		l.report(pos, pos, tabs)
		return false
	}
	matches := l.isOpen(here.width)
	if !matches {
		l.report(pos, pos, "unindent does not match any outer indentation level")
		// A slip of a single line leaves the block open that the next line belongs to.
		below := l.widthBelow(pos)
		if below >= top.width {
			return false
		}
		if below > here.width && l.isOpen(below) {
			here.width = below
		}
	}
	for len(l.indents) > 1 && l.indents[len(l.indents)-1].width > here.width {
		l.indents = l.indents[:len(l.indents)-1]
		l.dedents++
	}
	// A line between two levels belongs to the outer one.
	if top = l.indents[len(l.indents)-1]; matches && top.narrow != here.narrow {
		l.report(pos, pos, tabs)
	}
	l.dedents--
	l.emit(tokDedent, pos, pos)
	return true
}

// word reads a name, a keyword, or a string with a prefix.
func (l *lexer) word(start int) {
	src, pos := l.src, start
	for pos < len(src) {
		class := byteClass[src[pos]]
		if class != className && class != classDigit {
			break
		}
		pos++
	}
	if pos < len(src) {
		switch char := src[pos]; {
		case char >= utf8.RuneSelf:
			l.wideName(start, pos)
			return
		case byteClass[char] == classQuote && pos-start <= 2:
			if isStringPrefix(src[start:pos]) {
				l.str(start, pos, src[start:pos])
				return
			}
		}
	}
	l.emit(tokName, start, pos)
	if length := pos - start; length >= 2 && length <= 8 {
		l.tok = keyword(src[start:pos])
	}
}

// wideName reads a name with a character beyond ASCII at pos.
func (l *lexer) wideName(start, pos int) {
	for pos < len(l.src) {
		if class := byteClass[l.src[pos]]; class == className || class == classDigit {
			pos++
			continue
		}
		char, size := utf8.DecodeRuneInString(l.src[pos:])
		if char < utf8.RuneSelf {
			break
		}
		if pos == start && !isNameStart(char) || pos > start && !isNameContinue(char) {
			l.fail(pos, pos+size, "invalid character "+quoteRune(char))
			return
		}
		pos += size
	}
	l.emit(tokName, start, pos)
}

// isStringPrefix knows the prefixes of at most two letters.
func isStringPrefix(word string) bool {
	switch strings.ToLower(word) {
	case "r", "u", "b", "f", "t", "br", "rb", "fr", "rf", "tr", "rt":
		return true
	}
	return false
}

// operator reads an operator, a bracket or another mark.
func (l *lexer) operator(pos int) {
	char, second := l.src[pos], l.at(pos+1)
	switch char {
	case '(', '[', '{':
		l.brackets = append(l.brackets, bracket{pos: int32(pos), open: char})
		l.emit(opener(char), pos, pos+1)
	case ')', ']', '}':
		l.closeBracket(pos, char)
	case ',':
		l.emit(tokComma, pos, pos+1)
	case ';':
		l.emit(tokSemicolon, pos, pos+1)
	case '~':
		l.emit(tokTilde, pos, pos+1)
	case ':':
		// At the top of a replacement field := is a colon and a format specification.
		if second == '=' && !l.inField() {
			l.emit(tokWalrus, pos, pos+2)
		} else {
			l.emit(tokColon, pos, pos+1)
		}
	case '.':
		switch {
		case byteClass[second] == classDigit:
			l.number(pos)
		case second == '.' && l.at(pos+2) == '.':
			l.emit(tokEllipsis, pos, pos+3)
		default:
			l.emit(tokDot, pos, pos+1)
		}
	case '=':
		l.either(pos, second == '=', tokEqual, tokAssign)
	case '!':
		switch {
		case second == '=':
			l.emit(tokNotEqual, pos, pos+2)
		case l.inField():
			l.emit(tokExclamation, pos, pos+1)
		default:
			l.fail(pos, pos+1, "invalid syntax")
		}
	case '-':
		if second == '>' {
			l.emit(tokArrow, pos, pos+2)
			return
		}
		l.either(pos, second == '=', tokMinusAssign, tokMinus)
	case '+':
		l.either(pos, second == '=', tokPlusAssign, tokPlus)
	case '%':
		l.either(pos, second == '=', tokPercentAssign, tokPercent)
	case '@':
		l.either(pos, second == '=', tokAtAssign, tokAt)
	case '|':
		l.either(pos, second == '=', tokPipeAssign, tokPipe)
	case '^':
		l.either(pos, second == '=', tokCaretAssign, tokCaret)
	case '&':
		l.either(pos, second == '=', tokAmpersandAssign, tokAmpersand)
	case '*':
		l.doubled(pos, char, tokStar, tokStarAssign, tokDoubleStar, tokDoubleStarAssign)
	case '/':
		l.doubled(pos, char, tokSlash, tokSlashAssign, tokDoubleSlash, tokDoubleSlashAssign)
	case '<':
		l.doubled(pos, char, tokLess, tokLessEqual, tokLeftShift, tokLeftShiftAssign)
	case '>':
		l.doubled(pos, char, tokGreater, tokGreaterEqual, tokRightShift, tokRightShiftAssign)
	default:
		l.fail(pos, pos+1, "invalid character "+quoteRune(rune(char)))
	}
}

func opener(char byte) token {
	switch char {
	case '(':
		return tokLParen
	case '[':
		return tokLBracket
	}
	return tokLBrace
}

// either emits the operator with = behind it or the one without.
func (l *lexer) either(pos int, assign bool, with, without token) {
	if assign {
		l.emit(with, pos, pos+2)
	} else {
		l.emit(without, pos, pos+1)
	}
}

// doubled emits one of x, x=, xx, xx=.
func (l *lexer) doubled(pos int, char byte, single, singleAssign, double, doubleAssign token) {
	switch {
	case l.at(pos+1) == '=':
		l.emit(singleAssign, pos, pos+2)
	case l.at(pos+1) != char:
		l.emit(single, pos, pos+1)
	case l.at(pos+2) == '=':
		l.emit(doubleAssign, pos, pos+3)
	default:
		l.emit(double, pos, pos+2)
	}
}

// inField reports whether the innermost bracket is that of a replacement field.
func (l *lexer) inField() bool {
	n := len(l.brackets)
	return n > 0 && l.brackets[n-1].field
}

func (l *lexer) closeBracket(pos int, char byte) {
	n := len(l.brackets)
	if n == 0 {
		l.fail(pos, pos+1, "unmatched '"+string(char)+"'")
		return
	}
	open := l.brackets[n-1].open
	tok := tokRParen
	matches := open == '('
	switch char {
	case ']':
		tok, matches = tokRBracket, open == '['
	case '}':
		tok, matches = tokRBrace, open == '{'
	}
	if !matches {
		l.fail(pos, pos+1, "closing parenthesis '"+string(char)+"' does not match opening parenthesis '"+string(open)+"'")
		return
	}
	l.brackets = l.brackets[:n-1]
	l.emit(tok, pos, pos+1)
}
