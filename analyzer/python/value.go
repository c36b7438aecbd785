package python

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// Str returns the value of a string literal, all adjacent ones together. It returns false for any other constant, and
// for a value that it cannot give: one with \N{...} escapes or with surrogates.
func (c *Constant) Str() (string, bool) {
	if c.Kind != Str {
		return "", false
	}
	return evaluate(c.Raw, c.mode, false)
}

// Bytes returns the value of a bytes literal, all adjacent ones together, and false for any other constant.
func (c *Constant) Bytes() (string, bool) {
	if c.Kind != Bytes {
		return "", false
	}
	return evaluate(c.Raw, c.mode, true)
}

// Int returns the value of an integer literal, and false for any other constant or one beyond an int64.
func (c *Constant) Int() (int64, bool) {
	if c.Kind != Int {
		return 0, false
	}
	digits := strings.ReplaceAll(c.Raw, "_", "")
	base := 10
	if len(digits) > 2 && digits[0] == '0' {
		switch digits[1] | 0x20 {
		case 'x':
			base = 16
		case 'o':
			base = 8
		case 'b':
			base = 2
		}
	}
	if base != 10 {
		digits = digits[2:]
	}
	value, err := strconv.ParseInt(digits, base, 64)
	return value, err == nil
}

// evaluate reads literals up to the end of raw, the first of them from its middle if mode says so.
func evaluate(raw string, mode literalMode, isBytes bool) (string, bool) {
	if mode == 0 && len(raw) >= 2 && byteClass[raw[0]] == classQuote {
		// The common case, a single literal without escapes, is a part of the source.
		_, quotes := literalOpening(raw)
		body := raw[quotes : len(raw)-quotes]
		if !strings.ContainsAny(body, "\\\r"+raw[:1]) {
			return body, true
		}
	}
	var value strings.Builder
	formatted := mode&modeInside != 0
	for pos := 0; pos < len(raw); {
		if mode&modeInside == 0 {
			if pos = skipBetween(raw, pos); pos >= len(raw) {
				break
			}
			mode, formatted, pos = opening(raw, pos)
		}
		end := bodyEnd(raw, pos, mode, formatted)
		if !appendBody(&value, raw[pos:end], mode, formatted, isBytes) {
			return "", false
		}
		pos = end + 1
		if mode&modeTriple != 0 {
			pos = end + 3
		}
		mode = 0
	}
	return value.String(), true
}

// skipBetween returns the offset of the next literal.
func skipBetween(raw string, pos int) int {
	for pos < len(raw) {
		switch char := raw[pos]; {
		case char == '#':
			for pos < len(raw) && byteClass[raw[pos]] != classLineEnd {
				pos++
			}
		case char == '\\', byteClass[char] == classBlank, byteClass[char] == classLineEnd:
			pos++
		default:
			return pos
		}
	}
	return pos
}

// opening reads a literal's prefix and quotes, and returns the offset of its body.
func opening(raw string, pos int) (mode literalMode, formatted bool, body int) {
	for ; byteClass[raw[pos]] != classQuote; pos++ {
		switch raw[pos] | 0x20 {
		case 'r':
			mode |= modeRaw
		case 'f', 't':
			formatted = true
		}
	}
	if raw[pos] == '"' {
		mode |= modeDouble
	}
	if strings.HasPrefix(raw[pos+1:], raw[pos:pos+1]+raw[pos:pos+1]) {
		return mode | modeTriple, formatted, pos + 3
	}
	return mode, formatted, pos + 1
}

// bodyEnd returns the offset of the closing quotes, or the length of raw.
func bodyEnd(raw string, pos int, mode literalMode, formatted bool) int {
	quote := mode.quote()
	for ; pos < len(raw); pos++ {
		switch raw[pos] {
		case '\\':
			// A backslash before a brace escapes nothing, and all others keep a quote from closing.
			if next := pos + 1; !formatted || next < len(raw) && raw[next] != '{' && raw[next] != '}' {
				pos++
			}
		case quote:
			if mode&modeTriple == 0 || strings.HasPrefix(raw[pos+1:], string([]byte{quote, quote})) {
				return pos
			}
		}
	}
	return len(raw)
}

// appendBody appends what body stands for.
func appendBody(value *strings.Builder, body string, mode literalMode, formatted, isBytes bool) bool {
	doubled := formatted && mode&modeSpec == 0
	for pos := 0; pos < len(body); {
		switch char := body[pos]; {
		case char == '\r':
			value.WriteByte('\n')
			pos++
			if pos < len(body) && body[pos] == '\n' {
				pos++
			}
		case doubled && (char == '{' || char == '}'):
			value.WriteByte(char)
			pos += 2
		case char == '\\' && mode&modeRaw == 0 && pos+1 < len(body):
			size := appendEscape(value, body[pos:], isBytes)
			if size == 0 {
				return false
			}
			pos += size
		default:
			value.WriteByte(char)
			pos++
		}
	}
	return true
}

// appendEscape appends what the escape sequence at the start of text stands for and returns its length, or 0 where it
// cannot be had.
func appendEscape(value *strings.Builder, text string, isBytes bool) int {
	switch char := text[1]; char {
	case '\n':
		return 2
	case '\r':
		if strings.HasPrefix(text, "\\\r\n") {
			return 3
		}
		return 2
	case '\\', '\'', '"':
		value.WriteByte(char)
		return 2
	case 'a':
		value.WriteByte('\a')
		return 2
	case 'b':
		value.WriteByte('\b')
		return 2
	case 'f':
		value.WriteByte('\f')
		return 2
	case 'n':
		value.WriteByte('\n')
		return 2
	case 'r':
		value.WriteByte('\r')
		return 2
	case 't':
		value.WriteByte('\t')
		return 2
	case 'v':
		value.WriteByte('\v')
		return 2
	case '0', '1', '2', '3', '4', '5', '6', '7':
		size, number := 1, 0
		for size < len(text) && size < 4 && text[size] >= '0' && text[size] <= '7' {
			number = number*8 + int(text[size]-'0')
			size++
		}
		if isBytes {
			value.WriteByte(byte(number))
		} else {
			value.WriteRune(rune(number))
		}
		return size
	case 'x', 'u', 'U', 'N':
		if char == 'x' || !isBytes {
			return appendHex(value, text, isBytes)
		}
	}
	// An unknown escape is kept as it stands.
	value.WriteByte('\\')
	return 1
}

// appendHex appends the character of \xhh, \uhhhh or \Uhhhhhhhh.
func appendHex(value *strings.Builder, text string, isBytes bool) int {
	digits := hexDigits(text[1])
	if digits == 0 || len(text) < 2+digits {
		return 0
	}
	number, err := strconv.ParseUint(text[2:2+digits], 16, 32)
	switch {
	case err != nil:
		return 0
	case isBytes:
		value.WriteByte(byte(number))
	case number > utf8.MaxRune || !utf8.ValidRune(rune(number)):
		return 0
	default:
		value.WriteRune(rune(number))
	}
	return 2 + digits
}

// hexDigits returns how many digits the escape has, 0 for one that has none.
func hexDigits(char byte) int {
	switch char {
	case 'x':
		return 2
	case 'u':
		return 4
	case 'U':
		return 8
	}
	return 0
}

// invalidLiteral says what is wrong with a string's contents, if anything is.
func invalidLiteral(prefix, body string) string {
	raw, isBytes := false, false
	for i := range len(prefix) {
		switch prefix[i] | 0x20 {
		case 'r':
			raw = true
		case 'b':
			isBytes = true
		}
	}
	if isBytes {
		for i := range len(body) {
			if body[i] >= utf8.RuneSelf {
				return "bytes can only contain ASCII literal characters"
			}
		}
	}
	if raw || strings.IndexByte(body, '\\') < 0 {
		return ""
	}
	return invalidEscape(body, isBytes)
}

// invalidEscape says what is wrong with an escape sequence in body, if anything is.
func invalidEscape(body string, isBytes bool) string {
	for {
		next := strings.IndexByte(body, '\\')
		if next < 0 || next+1 >= len(body) {
			return ""
		}
		char := body[next+1]
		body = body[next+2:]
		if isBytes && char != 'x' {
			continue
		}
		if char == 'N' {
			end := strings.IndexByte(body, '}')
			if end < 2 || body[0] != '{' {
				return "malformed \\N character escape"
			}
			continue
		}
		digits := hexDigits(char)
		if digits == 0 {
			continue
		}
		if len(body) < digits {
			return "truncated \\" + string(char) + " escape"
		}
		number, err := strconv.ParseUint(body[:digits], 16, 32)
		if err != nil {
			return "truncated \\" + string(char) + " escape"
		}
		if number > utf8.MaxRune {
			return "illegal Unicode character"
		}
	}
}
