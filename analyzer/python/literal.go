package python

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// number reads a number that starts with a digit, or with a point and a digit.
func (l *lexer) number(start int) {
	pos := start
	if l.src[pos] == '0' {
		switch l.at(pos+1) | 0x20 {
		case 'x':
			l.radix(start, isHex, "hexadecimal")
			return
		case 'o':
			l.radix(start, func(char byte) bool { return char >= '0' && char <= '7' }, "octal")
			return
		case 'b':
			l.radix(start, func(char byte) bool { return char == '0' || char == '1' }, "binary")
			return
		}
	}
	tok := tokInt
	pos = l.digits(pos)
	if pos < 0 {
		return
	}
	whole := l.src[start:pos]
	if l.at(pos) == '.' {
		tok = tokFloat
		pos++
		if byteClass[l.at(pos)] == classDigit {
			if pos = l.digits(pos); pos < 0 {
				return
			}
		}
	}
	if l.at(pos)|0x20 == 'e' {
		digit := pos + 1
		if sign := l.at(digit); sign == '+' || sign == '-' {
			digit++
		}
		if byteClass[l.at(digit)] == classDigit {
			tok = tokFloat
			if pos = l.digits(digit); pos < 0 {
				return
			}
		}
	}
	if l.at(pos)|0x20 == 'j' {
		tok = tokComplex
		pos++
	}
	if tok == tokInt && whole[0] == '0' && strings.Trim(whole, "0_") != "" {
		l.fail(start, pos, "leading zeros in decimal integer literals are not permitted")
		return
	}
	l.endNumber(tok, start, pos, "decimal")
}

// digits reads decimal digits with single underscores between them, and returns the offset behind; a negative number
// after an error.
func (l *lexer) digits(pos int) int {
	for {
		for pos < len(l.src) && byteClass[l.src[pos]] == classDigit {
			pos++
		}
		if l.at(pos) != '_' {
			return pos
		}
		if pos++; byteClass[l.at(pos)] != classDigit {
			l.fail(pos-1, pos, "invalid decimal literal")
			return -1
		}
	}
}

// radix reads what follows 0x, 0o or 0b.
func (l *lexer) radix(start int, digit func(byte) bool, name string) {
	pos := start + 2
	for {
		if l.at(pos) == '_' {
			pos++
		}
		if !digit(l.at(pos)) {
			l.fail(start, pos, "invalid "+name+" literal")
			return
		}
		for digit(l.at(pos)) {
			pos++
		}
		if l.at(pos) != '_' {
			break
		}
	}
	if byteClass[l.at(pos)] == classDigit {
		l.fail(start, pos+1, "invalid digit in "+name+" literal")
		return
	}
	l.endNumber(tokInt, start, pos, name)
}

// endNumber emits the number unless a name touches it. A keyword may, as in 0or 1.
func (l *lexer) endNumber(tok token, start, pos int, name string) {
	if char := l.at(pos); byteClass[char] == className || char >= utf8.RuneSelf {
		end := pos
		for end < len(l.src) && byteClass[l.src[end]] == className {
			end++
		}
		touches := false
		for _, word := range [...]string{"and", "else", "for", "if", "in", "is", "not", "or"} {
			touches = touches || strings.HasPrefix(l.src[pos:end], word)
		}
		if !touches {
			l.fail(start, pos, "invalid "+name+" literal")
			return
		}
	}
	l.emit(tok, start, pos)
}

func isHex(char byte) bool {
	return char >= '0' && char <= '9' || char|0x20 >= 'a' && char|0x20 <= 'f'
}

// str reads a string whose prefix starts at start and whose quote stands at quote. Of a formatted string it reads the
// prefix and the quote alone.
func (l *lexer) str(start, quote int, prefix string) {
	char := l.src[quote]
	triple := l.at(quote+1) == char && l.at(quote+2) == char
	tok := tokString
	for i := range len(prefix) {
		switch prefix[i] | 0x20 {
		case 'b':
			tok = tokBytes
		case 'f':
			tok = tokFString
		case 't':
			tok = tokTString
		}
	}
	body := quote + 1
	if triple {
		body = quote + 3
	}
	if tok >= tokFString {
		l.emit(tok, start, body)
		return
	}
	var end int
	if triple {
		end = l.tripleEnd(body, char)
	} else {
		end = l.singleEnd(body, char)
	}
	if end < 0 {
		if triple {
			l.fail(start, body, "unterminated triple-quoted string literal")
		} else {
			l.fail(start, body, "unterminated string literal")
		}
		return
	}
	l.emit(tok, start, end)
}

// singleEnd returns the offset behind the quote that closes a string on its line, or a negative number.
func (l *lexer) singleEnd(pos int, quote byte) int {
	src := l.src
	for pos < len(src) {
		switch src[pos] {
		case quote:
			return pos + 1
		case '\\':
			pos++
			if l.at(pos) == '\r' && l.at(pos+1) == '\n' {
				pos++
			}
		case '\n', '\r':
			return -1
		}
		pos++
	}
	return -1
}

// tripleEnd returns the offset behind the three quotes that close a string, or a negative number.
func (l *lexer) tripleEnd(body int, quote byte) int {
	known := &l.noTriple[0]
	if quote == '\'' {
		known = &l.noTriple[1]
	}
	if *known >= 0 && body >= *known || body == l.unclosed {
		return -1
	}
	for pos := body; ; pos++ {
		next := strings.IndexByte(l.src[pos:], quote)
		if next < 0 {
			break
		}
		pos += next
		if l.escaped(body, pos) {
			continue
		}
		if l.at(pos+1) == quote && l.at(pos+2) == quote {
			if l.suspecting {
				l.suspect(body, pos)
			}
			return pos + 3
		}
	}
	*known = body
	return -1
}

// escaped reports whether an odd number of backslashes stands before pos, none of them before body.
func (l *lexer) escaped(body, pos int) bool {
	count := 0
	for pos-count > body && l.src[pos-count-1] == '\\' {
		count++
	}
	return count%2 == 1
}

// isNameStart and isNameContinue follow XID_Start and XID_Continue of Unicode, which Python uses, beyond ASCII.
func isNameStart(char rune) bool {
	return unicode.IsLetter(char) && !isNotXID(char) || unicode.Is(unicode.Nl, char) ||
		unicode.Is(unicode.Other_ID_Start, char)
}

func isNameContinue(char rune) bool {
	return isNameStart(char) || unicode.In(char, unicode.Mn, unicode.Mc, unicode.Nd, unicode.Pc) ||
		unicode.Is(unicode.Other_ID_Continue, char) || isNameEndingOnly(char)
}

// isNotXID knows the letters that may not start a name since their compatibility form starts with something else.
func isNotXID(char rune) bool {
	switch {
	case char == 0x37a, char == 0x2e2f, isNameEndingOnly(char),
		char >= 0xfc5e && char <= 0xfc63, char == 0xfdfa, char == 0xfdfb,
		char >= 0xfe70 && char <= 0xfe7e && char%2 == 0:
		return true
	}
	return false
}

// isNameEndingOnly knows the letters that may stand in a name but not at its start.
func isNameEndingOnly(char rune) bool {
	return char == 0xe33 || char == 0xeb3 || char == 0xff9e || char == 0xff9f
}

func quoteRune(char rune) string {
	if unicode.IsPrint(char) {
		return fmt.Sprintf("'%c' (U+%04X)", char, char)
	}
	return fmt.Sprintf("U+%04X", char)
}
