package python

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// nastySources grow with n: each asks for a stack, for reading on to the end of the file, or for reading twice.
var nastySources = map[string]func(n int) string{
	"parentheses":          func(n int) string { return strings.Repeat("(", n) + strings.Repeat(")", n) },
	"open parentheses":     func(n int) string { return strings.Repeat("(", n) },
	"open brackets":        func(n int) string { return strings.Repeat("[", n) },
	"open braces":          func(n int) string { return strings.Repeat("{", n) },
	"open dicts":           func(n int) string { return strings.Repeat("{1:", n) },
	"calls":                func(n int) string { return strings.Repeat("f(", n) + strings.Repeat(")", n) },
	"open calls":           func(n int) string { return strings.Repeat("f(\n", n) },
	"open calls, keywords": func(n int) string { return strings.Repeat("f(a=1,\n", n) },
	"open calls, def":      func(n int) string { return strings.Repeat("f(\ndef g(): pass\n", n) },
	"open calls, names":    func(n int) string { return "f(\n" + strings.Repeat("a = (\nb\n", n) },
	"closed lines":         func(n int) string { return strings.Repeat(")\n", n) },
	"attributes":           func(n int) string { return "a" + strings.Repeat(".b", n) },
	"subscripts":           func(n int) string { return "a" + strings.Repeat("[0]", n) },
	"called":               func(n int) string { return "a" + strings.Repeat("()", n) },
	"sums":                 func(n int) string { return "a" + strings.Repeat(" + a", n) },
	"powers":               func(n int) string { return "a" + strings.Repeat(" ** a", n) },
	"comparisons":          func(n int) string { return "a" + strings.Repeat(" < a", n) },
	"not in":               func(n int) string { return "a" + strings.Repeat(" not in a", n) },
	"and":                  func(n int) string { return "a" + strings.Repeat(" and a", n) },
	"and or":               func(n int) string { return "a" + strings.Repeat(" and a or a", n) },
	"not":                  func(n int) string { return strings.Repeat("not ", n) + "a" },
	"minus":                func(n int) string { return strings.Repeat("-", n) + "a" },
	"await":                func(n int) string { return strings.Repeat("await ", n) + "a" },
	"conditionals":         func(n int) string { return strings.Repeat("a if b else ", n) + "c" },
	"conditionals, test":   func(n int) string { return strings.Repeat("a if ", n) + "c" },
	"lambdas":              func(n int) string { return strings.Repeat("lambda: ", n) + "a" },
	"lambda defaults":      func(n int) string { return strings.Repeat("lambda a=", n) + "a" },
	"assignments":          func(n int) string { return strings.Repeat("a = ", n) + "b" },
	"walrus":               func(n int) string { return strings.Repeat("(a := ", n) + "b" },
	"stars":                func(n int) string { return strings.Repeat("*", n) + "a" },
	"starred":              func(n int) string { return strings.Repeat("* ", n) + "a" },
	"yields":               func(n int) string { return strings.Repeat("(yield ", n) + "a" },
	"generators":           func(n int) string { return "(a" + strings.Repeat(" for a in a", n) + ")" },
	"comprehensions":       func(n int) string { return strings.Repeat("[a for a in ", n) },
	"elements":             func(n int) string { return "[" + strings.Repeat("a, ", n) + "]" },
	"strings":              func(n int) string { return strings.Repeat("'a' ", n) },
	"open strings":         func(n int) string { return strings.Repeat("'a\n", n) },
	"open triple":          func(n int) string { return strings.Repeat("'''a\n", n) },
	"open triple, both":    func(n int) string { return strings.Repeat("'''a\n", n) + "\"\"\"" },
	"open triple, escaped": func(n int) string { return strings.Repeat("''' \\''' a\n", n) },
	"triple, def":          func(n int) string { return strings.Repeat("'''\ndef f():\n''' a\n", n) },
	"triple, escapes":      func(n int) string { return "'''" + strings.Repeat("\\'", n) },
	"backslashes":          func(n int) string { return "'''" + strings.Repeat("\\", n) + "'" },
	"f-strings":            func(n int) string { return strings.Repeat("f'{a}' ", n) },
	"nested f-strings":     func(n int) string { return strings.Repeat("f'{", n) },
	"nested triple":        func(n int) string { return strings.Repeat("f'''{\n", n) },
	"triple of both":       func(n int) string { return strings.Repeat("f'''{\nf\"\"\"{\n", n) },
	"open triple f":        func(n int) string { return strings.Repeat("f'''\nf\"\"\"\n", n) },
	"open fields":          func(n int) string { return strings.Repeat("f'''{\na = 1\n", n) },
	"specifications":       func(n int) string { return "f'" + strings.Repeat("{a:", n) },
	"fields":               func(n int) string { return "f'" + strings.Repeat("{a}", n) + "'" },
	"named escapes":        func(n int) string { return "f'''" + strings.Repeat("\\N{", n) },
	"named escapes, lines": func(n int) string { return strings.Repeat("f'\\N{a\n", n) },
	"continuations":        func(n int) string { return strings.Repeat("\\\n", n) },
	"blank lines":          func(n int) string { return strings.Repeat("\n", n) },
	"comments":             func(n int) string { return strings.Repeat("# a\n", n) },
	"comments in brackets": func(n int) string { return "(" + strings.Repeat("# a\n", n) },
	"white space comments": func(n int) string { return "(" + strings.Repeat(" ", n) + strings.Repeat("#\n", n) },
	"one-space blocks":     func(n int) string { return blocks(n, 150) },
	"elif":                 func(n int) string { return "if a: b\n" + strings.Repeat("elif a: b\n", n) },
	"else":                 func(n int) string { return strings.Repeat("else:\n  a\n", n) },
	"except":               func(n int) string { return "try: a\n" + strings.Repeat("except A: b\n", n) },
	"decorators":           func(n int) string { return strings.Repeat("@a\n", n) },
	"open decorators":      func(n int) string { return strings.Repeat("@a(\n", n) },
	"semicolons":           func(n int) string { return strings.Repeat("a;", n) },
	"indents":              func(n int) string { return strings.Repeat("if a:\n    b\n  c\n", n) },
	"unexpected indents":   func(n int) string { return strings.Repeat("a\n  b\n", n) },
	"open headers":         func(n int) string { return strings.Repeat("class A(\n", n) },
	"open headers, colons": func(n int) string { return strings.Repeat("def f(a:\n", n) },
	"with":                 func(n int) string { return strings.Repeat("with (a, b) as c: pass\n", n) },
	"with open":            func(n int) string { return "with " + strings.Repeat("(", n) },
	"with items":           func(n int) string { return "with (" + strings.Repeat("a, ", n) + ") as b: pass" },
	"match":                func(n int) string { return strings.Repeat("match (a).b\n", n) },
	"match open":           func(n int) string { return strings.Repeat("match (\n", n) },
	"match match":          func(n int) string { return strings.Repeat("match ", n) },
	"type type":            func(n int) string { return strings.Repeat("type ", n) },
	"patterns":             func(n int) string { return "match a:\n case " + strings.Repeat("(", n) },
	"pattern classes":      func(n int) string { return "match a:\n case " + strings.Repeat("A(b=", n) },
	"pattern dots":         func(n int) string { return "match a:\n case " + strings.Repeat("a.", n) + "a: b" },
	"patterns or":          func(n int) string { return "match a:\n case " + strings.Repeat("1 | ", n) + "1: b" },
	"cases":                func(n int) string { return "match a:\n" + strings.Repeat(" case 1: b\n", n) },
	"broken cases":         func(n int) string { return "match a:\n" + strings.Repeat(" case (:\n", n) },
	"targets": func(n int) string {
		return "for " + strings.Repeat("(", n) + "a" + strings.Repeat(",)", n) + " in b: c"
	},
	"chained targets":  func(n int) string { return strings.Repeat("(a, b) = ", n) + "c" },
	"imports":          func(n int) string { return "from a import (" + strings.Repeat("b as c, ", n) },
	"dotted imports":   func(n int) string { return "import " + strings.Repeat("a . ", n) + "a" },
	"relative imports": func(n int) string { return "from " + strings.Repeat(". ", n) + "a import b" },
	"digits":           func(n int) string { return strings.Repeat("1", n) },
	"zeros":            func(n int) string { return strings.Repeat("0_", n) + "1" },
	"wide names":       func(n int) string { return strings.Repeat("é", n) },
	"wide marks":       func(n int) string { return strings.Repeat("€\n", n) },
	"parameters":       func(n int) string { return "def f(" + strings.Repeat("a: b = c, ", n) + "): d" },
	"type parameters":  func(n int) string { return "type A[" + strings.Repeat("B: c = d, ", n) + "] = e" },
	"carriage returns": func(n int) string { return strings.Repeat("a\r", n) },
	"NUL":              func(n int) string { return strings.Repeat("\x00", n) },
	"NUL lines":        func(n int) string { return strings.Repeat("\x00\n", n) },
}

// blocks nests n blocks, of which each line above depth is not indented further.
func blocks(n, depth int) string {
	var source strings.Builder
	for i := range n {
		fmt.Fprintf(&source, "%sif a:\n", strings.Repeat(" ", i%depth))
	}
	return source.String()
}

// TestLinearTime makes each nasty source eight times as long: the time may grow three times as fast as that, where
// quadratic growth would be eight times as fast.
//
//nolint:paralleltest // Others would take its time.
func TestLinearTime(t *testing.T) {
	const size = 2_500
	var parser Parser
	measure := func(source string) time.Duration {
		start := time.Now()
		parser.Parse(source)
		return time.Since(start)
	}
	for name, source := range nastySources {
		// The best of many tries counts: the machine may have other things to do for a while. What takes quadratic time takes 64
		// times as long at its best, too.
		small, large := time.Hour, time.Hour
		for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); {
			small, large = min(small, measure(source(size))), min(large, measure(source(8*size)))
			if large < 24*small || large < 50*time.Millisecond {
				break
			}
		}
		if large > 24*small && large > 50*time.Millisecond {
			t.Errorf("%s: eight times the source takes %v instead of %v", name, large, small)
		}
		Walk(parser.Parse(source(8*size)).Module, func(Node) bool { return true })
		if err := checkFile(parser.Parse(source(1_000))); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
