package python

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
	"unsafe"
)

// An Encoding is how the bytes of a source file stand for characters.
type Encoding uint8

// The encodings that [Decode] reads; those of [codePages] follow.
const (
	UTF8 Encoding = iota
	Latin1
	ASCII
	firstCodePage
)

// String returns Python's name of the encoding.
func (e Encoding) String() string {
	switch e {
	case Latin1:
		return "iso-8859-1"
	case ASCII:
		return "ascii"
	case UTF8:
		return "utf-8"
	default:
		return e.codePage().name
	}
}

// A Source is a file's text together with what is needed to write it back.
type Source struct {
	// Text is UTF-8 without a byte order mark.
	Text     string
	Encoding Encoding
	// BOM records that the file started with UTF-8's byte order mark.
	BOM bool
}

const byteOrderMark = "\xef\xbb\xbf"

var errNUL = errors.New("source code cannot contain null bytes")

// Decode reads the bytes of a Python file by the rules of PEP 263: UTF-8 unless a comment in the first two lines names
// another encoding. It reads UTF-8, ASCII and the encodings of one byte a character that Python files are found in; any other
// encoding, text that is not valid in its encoding, and a NUL byte are errors. The text may be raw itself, which must not change from then on.
func Decode(raw []byte) (Source, error) {
	if bytes.IndexByte(raw, 0) >= 0 {
		return Source{}, errNUL
	}
	body, bom := bytes.CutPrefix(raw, []byte(byteOrderMark))
	encoding := UTF8
	if name := cookie(body); name != "" {
		known, ok := encodingNamed(name)
		if !ok {
			return Source{}, fmt.Errorf("unknown encoding: %s", name)
		}
		if bom && !isPlainUTF8(normalEncoding(name)) {
			return Source{}, fmt.Errorf("encoding problem: %s with a byte order mark", name)
		}
		encoding = known
	}
	text, err := encoding.decode(body)
	if err != nil {
		return Source{}, err
	}
	return Source{Text: text, Encoding: encoding, BOM: bom}, nil
}

// Encode turns text back into bytes as the source was read: with its byte order mark and in its encoding. A character
// that the encoding does not have is an error.
func (s Source) Encode(text string) ([]byte, error) {
	var limit rune
	switch s.Encoding {
	case Latin1:
		limit = 0xff
	case ASCII:
		limit = 0x7f
	case UTF8:
		if s.BOM {
			return append([]byte(byteOrderMark), text...), nil
		}
		return []byte(text), nil
	default:
		return s.Encoding.codePage().encode(text)
	}
	raw := make([]byte, 0, len(text))
	for offset, char := range text {
		if char > limit {
			return nil, fmt.Errorf("%s cannot encode %q at byte %d", s.Encoding, char, offset)
		}
		raw = append(raw, byte(char))
	}
	return raw, nil
}

func (e Encoding) decode(body []byte) (string, error) {
	if e == UTF8 {
		if !utf8.Valid(body) {
			offset := invalidUTF8(body)
			return "", fmt.Errorf("not valid utf-8: byte 0x%02x at %d", body[offset], offset)
		}
		return unsafe.String(unsafe.SliceData(body), len(body)), nil // No copy: it would double what a run allocates.
	}
	beyond := slices.IndexFunc(body, func(char byte) bool { return char >= utf8.RuneSelf })
	switch {
	case beyond < 0:
		return string(body), nil
	case e == ASCII:
		return "", fmt.Errorf("not valid ascii: byte 0x%02x at %d", body[beyond], beyond)
	case e >= firstCodePage:
		return e.codePage().decode(body)
	}
	var text strings.Builder
	text.Grow(len(body) + len(body)/8)
	for _, char := range body {
		text.WriteRune(rune(char))
	}
	return text.String(), nil
}

func invalidUTF8(body []byte) int {
	for offset := 0; offset < len(body); {
		char, size := utf8.DecodeRune(body[offset:])
		if char == utf8.RuneError && size == 1 {
			return offset
		}
		offset += size
	}
	return 0
}

// cookie returns the encoding that a comment in the first two lines names, or "". The second line counts only if the
// first holds nothing but white space or a comment (PEP 263).
func cookie(body []byte) string {
	for range 2 {
		line := body
		if end := bytes.IndexAny(body, "\r\n"); end >= 0 {
			line, body = body[:end], bytes.TrimPrefix(body[end:], []byte("\r"))
			body = bytes.TrimPrefix(body, []byte("\n"))
		} else {
			body = nil
		}
		comment := bytes.TrimLeft(line, " \t\f")
		if len(comment) == 0 {
			continue
		}
		if comment[0] != '#' {
			return ""
		}
		if name := encodingInComment(comment); name != "" {
			return name
		}
	}
	return ""
}

// encodingInComment matches coding[:=][ \t]*([-_.a-zA-Z0-9]+).
func encodingInComment(comment []byte) string {
	for {
		_, rest, found := bytes.Cut(comment, []byte("coding"))
		if !found {
			return ""
		}
		comment = rest
		if len(rest) == 0 || rest[0] != ':' && rest[0] != '=' {
			continue
		}
		rest = bytes.TrimLeft(rest[1:], " \t")
		end := bytes.IndexFunc(rest, func(char rune) bool {
			return char != '-' && char != '_' && char != '.' &&
				(char < '0' || char > '9') && (char < 'a' || char > 'z') && (char < 'A' || char > 'Z')
		})
		if end < 0 {
			end = len(rest)
		}
		if end > 0 {
			return string(rest[:end])
		}
	}
}

// encodingNamed knows the aliases that Python's codecs module has for the encodings that Decode reads.
func encodingNamed(name string) (Encoding, bool) {
	normal := normalEncoding(name)
	// CPython takes these families with any suffix, as utf-8-unix.
	switch {
	case isPlainUTF8(normal):
		return UTF8, true
	case hasEncodingPrefix(normal, "latin-1"), hasEncodingPrefix(normal, "iso-8859-1"),
		hasEncodingPrefix(normal, "iso-latin-1"):
		return Latin1, true
	}
	// The codecs module takes all other marks for one.
	normal = strings.Join(strings.FieldsFunc(normal, func(char rune) bool { return char == '-' || char == '.' }), "-")
	switch normal {
	case "utf-8", "utf8", "utf", "u8", "cp65001":
		return UTF8, true
	case "latin-1", "iso-8859-1", "latin1", "latin", "l1", "iso8859-1", "iso88591", "8859", "cp819", "iso-ir-100", "csisolatin1", "iso-8859-1-1987":
		return Latin1, true
	case "ascii", "us-ascii", "646", "ansi-x3-4-1968", "cp367", "iso646-us", "us", "iso-ir-6", "ibm367", "csascii":
		return ASCII, true
	}
	return codePageNamed(normal)
}

func normalEncoding(name string) string { return strings.ReplaceAll(strings.ToLower(name), "_", "-") }

// isPlainUTF8 knows the names that Python allows together with a byte order mark: utf8 is none of them.
func isPlainUTF8(normal string) bool { return hasEncodingPrefix(normal, "utf-8") }

func hasEncodingPrefix(name, prefix string) bool {
	rest, found := strings.CutPrefix(name, prefix)
	return found && (rest == "" || rest[0] == '-')
}
