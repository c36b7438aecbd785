package pattern

import (
	"regexp/syntax"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A literal is a string of ASCII that a text has to have, in lower case if letters of either case will do.
type literal struct {
	text string
	fold bool
}

// literals returns strings of which every text that matches has one, or none where there are no such. Names and paths seldom have any
// of them, and to look for these takes a tenth of the time of a match that fails.
func literals(expression string) []literal {
	parsed, err := syntax.Parse(expression, syntax.Perl)
	if err != nil {
		return nil
	}
	return required(parsed)
}

func required(re *syntax.Regexp) []literal {
	switch re.Op {
	case syntax.OpLiteral:
		return literalOf(re)
	case syntax.OpCapture, syntax.OpPlus:
		return required(re.Sub[0])
	case syntax.OpRepeat:
		if re.Min > 0 {
			return required(re.Sub[0])
		}
	case syntax.OpConcat:
		var best []literal
		for _, sub := range re.Sub {
			if found := required(sub); shortest(found) > shortest(best) {
				best = found
			}
		}
		return best
	case syntax.OpAlternate:
		var all []literal
		for _, sub := range re.Sub {
			found := required(sub)
			if found == nil {
				return nil
			}
			all = append(all, found...)
		}
		return all
	}
	return nil
}

func literalOf(re *syntax.Regexp) []literal {
	text, fold := string(re.Rune), re.Flags&syntax.FoldCase != 0
	if strings.ContainsFunc(text, func(char rune) bool { return char > unicode.MaxASCII }) {
		return nil
	}
	if fold {
		text = strings.ToLower(text)
	}
	return []literal{{text, fold}}
}

// shortest returns the length of the shortest of some literals, 0 if there are none.
func shortest(list []literal) int {
	least := 0
	for _, l := range list {
		if least == 0 || len(l.text) < least {
			least = len(l.text)
		}
	}
	return least
}

// in reports whether a text may have the literal. Letters beyond ASCII may be another case of one in it.
func (l literal) in(text string) bool {
	if !l.fold {
		return strings.Contains(text, l.text)
	}
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return true
		}
		if lower(text[i]) == l.text[0] && hasFolded(text[i:], l.text) {
			return true
		}
	}
	return false
}

func hasFolded(text, prefix string) bool {
	if len(text) < len(prefix) {
		return false
	}
	for i := range len(prefix) {
		if lower(text[i]) != prefix[i] {
			return false
		}
	}
	return true
}

func lower(char byte) byte {
	if 'A' <= char && char <= 'Z' {
		return char + ('a' - 'A')
	}
	return char
}
