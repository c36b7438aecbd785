package python

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// A codePage is an encoding of one byte a character.
type codePage struct {
	// name is Python's.
	name string
	page *charmap.Charmap
}

// codePages are those that Python files of before UTF-8 are written in. The tables of encodings with several bytes a character
// would weigh more than the parser.
var codePages = [...]codePage{
	{"cp1250", charmap.Windows1250},
	{"cp1251", charmap.Windows1251},
	{"cp1252", charmap.Windows1252},
	{"cp1253", charmap.Windows1253},
	{"cp1254", charmap.Windows1254},
	{"cp1255", charmap.Windows1255},
	{"cp1256", charmap.Windows1256},
	{"cp1257", charmap.Windows1257},
	{"cp1258", charmap.Windows1258},
	{"iso8859-2", charmap.ISO8859_2},
	{"iso8859-5", charmap.ISO8859_5},
	{"iso8859-7", charmap.ISO8859_7},
	{"iso8859-8", charmap.ISO8859_8},
	{"iso8859-9", charmap.ISO8859_9},
	{"iso8859-15", charmap.ISO8859_15},
	{"koi8-r", charmap.KOI8R},
	{"koi8-u", charmap.KOI8U},
	{"cp437", charmap.CodePage437},
	{"cp850", charmap.CodePage850},
	{"cp866", charmap.CodePage866},
	{"mac-roman", charmap.Macintosh},
}

// latin has the names by which Python knows parts of ISO 8859, too.
var latin = map[string]string{"latin2": "2", "latin-2": "2", "l2": "2", "latin5": "9", "latin-5": "9", "l5": "9", "latin9": "15", "latin-9": "15", "l9": "15"}

// codePageNamed returns the code page that a normal name stands for: windows-1255, cp1255, iso-8859-8.
func codePageNamed(normal string) (Encoding, bool) {
	name := normal
	if number, ok := strings.CutPrefix(normal, "windows-"); ok {
		name = "cp" + number
	} else if part, ok := strings.CutPrefix(normal, "iso-8859-"); ok {
		name = "iso8859-" + part
	} else if part, ok := latin[normal]; ok {
		name = "iso8859-" + part
	} else if normal == "macintosh" || normal == "macroman" {
		name = "mac-roman"
	}
	i := slices.IndexFunc(codePages[:], func(p codePage) bool { return p.name == name })
	return firstCodePage + Encoding(max(i, 0)), i >= 0 //nolint:gosec // There are few.
}

func (e Encoding) codePage() codePage { return codePages[e-firstCodePage] }

// hasControls reports whether a character is one of the controls that Python knows in every part of ISO 8859, and the tables do not.
func (p codePage) hasControls(char rune) bool {
	return 0x80 <= char && char < 0xa0 && strings.HasPrefix(p.name, "iso8859-")
}

func (p codePage) decode(body []byte) (string, error) {
	var text strings.Builder
	text.Grow(2 * len(body))
	for offset, char := range body {
		decoded := p.page.DecodeByte(char)
		if decoded == utf8.RuneError && p.hasControls(rune(char)) {
			decoded = rune(char)
		}
		if decoded == utf8.RuneError {
			return "", fmt.Errorf("not valid %s: byte 0x%02x at %d", p.name, char, offset)
		}
		text.WriteRune(decoded)
	}
	return text.String(), nil
}

func (p codePage) encode(text string) ([]byte, error) {
	raw := make([]byte, 0, len(text))
	for offset, char := range text {
		encoded, ok := p.page.EncodeRune(char)
		if !ok && p.hasControls(char) {
			encoded, ok = byte(char), true
		}
		if !ok {
			return nil, fmt.Errorf("%s cannot encode %q at byte %d", p.name, char, offset)
		}
		raw = append(raw, encoded)
	}
	return raw, nil
}
