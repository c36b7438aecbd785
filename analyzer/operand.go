package analyzer

import (
	"github.com/djleak/djleak/analyzer/python"
)

// Operand returns the source of an expression in such a form that a method can be called on it: in parentheses where it
// is no primary or runs over several lines.
func (p *Pass) Operand(expr python.Expr) string {
	text := p.Text(expr)
	switch expr.(type) {
	case *python.Name, *python.Attribute, *python.Call, *python.Subscript:
		if !breaks(text) {
			return text
		}
	}
	return "(" + text + ")"
}

// breaks reports whether a line ends outside all brackets. A bracket within a string may deceive it, which costs a pair of
// parentheses or the fix, since fixes have to parse.
func breaks(text string) bool {
	depth := 0
	for i := range len(text) {
		switch text[i] {
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			depth--
		case '\n':
			if depth == 0 {
				return true
			}
		}
	}
	return false
}

// Negation returns the negation of a source, in parentheses where the node that it replaces is an operand.
func (p *Pass) Negation(replaced python.Expr, text string) string {
	text = "not " + text
	switch p.Parent(replaced).(type) {
	case *python.Compare, *python.BinOp, *python.UnaryOp, *python.Attribute, *python.Await:
		return "(" + text + ")"
	}
	return text
}
