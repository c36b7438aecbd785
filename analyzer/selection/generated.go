package selection

import (
	"bytes"
	"strings"
)

// HeaderBytes is how much of a file's beginning [Generated] looks at.
const HeaderBytes = 2048

// Generated reports whether a module is headed "@generated" or "DO NOT EDIT": in the comments and the docstring that
// stand above its first statement.
func Generated(content []byte) bool {
	begin := content[:min(len(content), HeaderBytes)]
	if !bytes.Contains(begin, []byte("@generated")) && !bytes.Contains(begin, []byte("DO NOT EDIT")) {
		return false
	}
	header := string(bytes.TrimPrefix(begin, []byte("\ufeff")))
	for {
		header = strings.TrimSpace(header)
		if comment, ok := strings.CutPrefix(header, "#"); ok {
			comment, header, _ = strings.Cut(comment, "\n")
			if marked(comment) {
				return true
			}
			continue
		}
		return marked(leadingString(header))
	}
}

func marked(text string) bool {
	return strings.Contains(text, "@generated") || strings.Contains(text, "DO NOT EDIT")
}

// leadingString returns the string literal that the text begins with, or an empty string.
func leadingString(text string) string {
	text = strings.TrimLeft(text, "rRuU")
	for _, quote := range []string{`"""`, `'''`, `"`, `'`} {
		if rest, ok := strings.CutPrefix(text, quote); ok {
			literal, _, _ := strings.Cut(rest, quote)
			return literal
		}
	}
	return ""
}
