package python

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A brokenSource is Python with errors and an outline of what is left of it: kinds of statements, blocks in brackets.
type brokenSource struct {
	name, source string
	outline      string
	// errors are the lines and the messages.
	errors []string
}

var brokenSources = []brokenSource{
	{
		name:    "a line",
		source:  "a = 1\nb = = 2\nc = 3\n",
		outline: "Assign BadStmt Assign",
		errors:  []string{"2: invalid syntax"},
	},
	{
		name:    "the end of a line",
		source:  "def f():\n    a = \n    return a\nb\n",
		outline: "FunctionDef[BadStmt Return] ExprStmt",
		errors:  []string{"2: invalid syntax"},
	},
	{
		name:    "a parenthesis before a keyword",
		source:  "a = f(b,\ndef g():\n    return 1\nc\n",
		outline: "BadStmt FunctionDef[Return] ExprStmt",
		errors:  []string{"2: invalid syntax"},
	},
	{
		name:    "a parenthesis before other statements",
		source:  "a = f(b,\nc = 1\nd()\ndef g(): pass\n",
		outline: "BadStmt Assign ExprStmt FunctionDef[Pass]",
		errors:  []string{"3: expected ')' or ','"},
	},
	{
		name:    "a parenthesis before the end",
		source:  "a = (b\nc = 1\n",
		outline: "BadStmt Assign",
		errors:  []string{"2: expected ')' or ','"},
	},
	{
		name:    "a parenthesis in a block",
		source:  "class A:\n    def f(self):\n        self.g(1,\n\n    def g(self):\n        return {\n            1: 2,\n        }\nb\n",
		outline: "ClassDef[FunctionDef[BadStmt] FunctionDef[Return]] ExprStmt",
		errors:  []string{"5: invalid syntax"},
	},
	{
		name:    "several lines in brackets",
		source:  "a = [\n    1,\n    2 3,\n    4,\n]\nb\n",
		outline: "BadStmt ExprStmt",
		errors:  []string{"3: expected ']' or ','"},
	},
	{
		name:    "for in a list and behind an open bracket",
		source:  "a = [b\n     for b in c\n     if d\n]\ne = [f\nfor g in h:\n    i\n",
		outline: "Assign BadStmt For[ExprStmt]",
		errors:  []string{"6: expected ']'"},
	},
	{
		name:    "brackets that do not match",
		source:  "a = f(b]\nc = 1)\nd\n",
		outline: "BadStmt BadStmt ExprStmt",
		errors: []string{
			"1: closing parenthesis ']' does not match opening parenthesis '('",
			"2: unmatched ')'",
		},
	},
	{
		name:    "a header keeps its block",
		source:  "if a b:\n    c\nelse:\n    d\nwhile :\n    e\nfor f g in h:\n    i\n",
		outline: "If[ExprStmt|ExprStmt] While[ExprStmt] For[ExprStmt]",
		errors:  []string{"1: expected ':'", "5: invalid syntax", "7: expected 'in'"},
	},
	{
		name:    "a header without its colon",
		source:  "def f(a)\n    return a\nclass A\n    b = 1\nc\n",
		outline: "FunctionDef[Return] ClassDef[Assign] ExprStmt",
		errors:  []string{"1: expected ':'", "3: expected ':'"},
	},
	{
		name:    "a header with an open parenthesis",
		source:  "def f(a, b:\n    return a\nclass A(B:\n    c = 1\n    d = 2\ne\n",
		outline: "FunctionDef[Return] ClassDef[Assign Assign] ExprStmt",
		errors:  []string{"2: invalid syntax", "3: expected ')' or ','"},
	},
	{
		name:    "no block",
		source:  "def f():\ndef g():\n    pass\nif a:\nb\n",
		outline: "FunctionDef FunctionDef[Pass] If ExprStmt",
		errors: []string{
			"2: expected an indented block after function definition",
			"5: expected an indented block after 'if' statement",
		},
	},
	{
		name:    "indented for no reason",
		source:  "a\n    b\n    c\nd\n",
		outline: "ExprStmt ExprStmt ExprStmt ExprStmt",
		errors:  []string{"2: unexpected indent"},
	},
	{
		name:    "between two levels",
		source:  "if a:\n        b\n    c\nd\n",
		outline: "If[ExprStmt] ExprStmt ExprStmt",
		errors:  []string{"3: unindent does not match any outer indentation level"},
	},
	{
		name:    "one line between two levels",
		source:  "class A:\n    def f():\n        b\n      c\n        d\n    def e(): f\n",
		outline: "ClassDef[FunctionDef[ExprStmt ExprStmt ExprStmt] FunctionDef[ExprStmt]]",
		errors:  []string{"4: unindent does not match any outer indentation level"},
	},
	{
		name:    "a string",
		source:  "a = 'b\nc = \"d\nf('e)\ng\n",
		outline: "BadStmt BadStmt BadStmt ExprStmt",
		errors: []string{
			"1: unterminated string literal", "2: unterminated string literal", "3: unterminated string literal",
		},
	},
	{
		name:    "a string in three quotes",
		source:  "a = \"\"\"b\nc = 1\ndef d():\n    return 2\n",
		outline: "BadStmt Assign FunctionDef[Return]",
		errors:  []string{"1: unterminated triple-quoted string literal"},
	},
	{
		name:    "a string in three quotes before another",
		source:  "def f():\n    \"\"\"F.\n    return 1\n\ndef g():\n    \"\"\"Does g.\"\"\"\n    return 2\n",
		outline: "FunctionDef[BadStmt Return] FunctionDef[ExprStmt Return]",
		errors:  []string{"2: unterminated triple-quoted string literal"},
	},
	{
		name: "a string in three quotes that turns the rest inside out",
		source: "def f():\n    \"\"\"F.\n    return 1\n\ndef g():\n    \"\"\"\n    Does g.\n    \"\"\"\n    return 2\n\n" +
			"def h():\n    \"\"\"\n    Does h.\n    \"\"\"\n    return 3\n",
		outline: "FunctionDef[BadStmt Return] FunctionDef[ExprStmt Return] FunctionDef[ExprStmt Return]",
		errors:  []string{"2: unterminated triple-quoted string literal"},
	},
	{
		name:    "a formatted string",
		source:  "a = f'{b'\nc = f'{'\nd = f'{e!x}'\ng = f'}'\nh = f'\ni\n",
		outline: "BadStmt BadStmt BadStmt BadStmt BadStmt ExprStmt",
		errors: []string{
			"1: unterminated string literal", "2: unterminated string literal",
			"3: invalid conversion character: expected 's', 'r', or 'a'",
			"4: single '}' is not allowed in a formatted string", "5: unterminated formatted string literal",
		},
	},
	{
		name:    "a decorator",
		source:  "@a(\ndef f():\n    pass\n@b c\nclass A:\n    pass\n@d\ne\n",
		outline: "FunctionDef[Pass] ClassDef[Pass] BadStmt ExprStmt",
		errors: []string{
			"2: invalid syntax", "4: invalid syntax", "8: expected a function or a class after the decorator",
		},
	},
	{
		name:    "try alone",
		source:  "try:\n    a\nb\ntry:\n    c\nexcept D:\n    e\nexcept* F:\n    g\n",
		outline: "Try[ExprStmt] ExprStmt Try[ExprStmt]",
		errors: []string{
			"3: expected 'except' or 'finally' block",
			"8: cannot have both 'except' and 'except*' on the same 'try'",
		},
	},
	{
		name:    "else alone",
		source:  "else:\n    a\nb\n",
		outline: "BadStmt ExprStmt ExprStmt",
		errors:  []string{"1: invalid syntax"},
	},
	{
		name:    "match",
		source:  "match a:\n    case 1:\n        b\n    c d:\n        e\n    case 2 3:\n        f\n    case 4: g\nh\n",
		outline: "Match[ExprStmt|ExprStmt|ExprStmt] ExprStmt",
		errors:  []string{"4: expected 'case'", "6: expected ':'"},
	},
	{
		name:    "statements of one line",
		source:  "a; b = ; c\nd; e\n",
		outline: "ExprStmt BadStmt ExprStmt ExprStmt",
		errors:  []string{"1: invalid syntax"},
	},
	{
		name:    "Python 2",
		source:  "print 'a'\nexec b\nraise C, d\ntry:\n    e\nexcept F, g:\n    h\ni = 0777\nj = 1L\nk <> l\n",
		outline: "BadStmt BadStmt BadStmt Try[ExprStmt] BadStmt BadStmt BadStmt",
		errors: []string{
			"1: invalid syntax", "2: invalid syntax", "3: invalid syntax",
			"8: leading zeros in decimal integer literals are not permitted", "9: invalid decimal literal",
			"10: invalid syntax",
		},
	},
	{
		name:    "a merge that was left unresolved",
		source:  "def f():\n<<<<<<< HEAD\n    a = 1\n=======\n    a = 2\n>>>>>>> other\n    return a\nb\n",
		outline: "FunctionDef BadStmt Assign BadStmt Assign BadStmt Return ExprStmt",
		errors: []string{
			"2: expected an indented block after function definition", "2: invalid syntax", "3: unexpected indent",
			"4: invalid syntax", "5: unexpected indent", "6: invalid syntax", "7: unexpected indent",
		},
	},
	{
		name:    "targets",
		source:  "f() = 1\na + b = 2\n1 += c\n(d, e) += 1\ndel f()\nfor g() in h: pass\nwith i as j(): pass\nk\n",
		outline: "BadStmt BadStmt BadStmt BadStmt BadStmt For With ExprStmt",
		errors: []string{
			"1: cannot assign to this expression", "2: cannot assign to this expression",
			"3: illegal expression for augmented assignment", "4: illegal expression for augmented assignment",
			"5: cannot delete this expression", "6: cannot assign to this expression",
			"7: cannot assign to this expression",
		},
	},
}

func TestRecovery(t *testing.T) {
	t.Parallel()
	for _, test := range brokenSources {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			file := Parse(test.source)
			if got := outline(file.Module.Body); got != test.outline {
				t.Errorf("%q is\n%s\nwant\n%s", test.source, got, test.outline)
			}
			lines := NewLines(file.Source)
			var got []string
			for _, problem := range file.Errors {
				got = append(got, fmt.Sprintf("%d: %s", lines.Line(problem.Start), problem.Msg))
			}
			if diff := cmp.Diff(test.errors, got); diff != "" {
				t.Errorf("errors of %q (-want +got):\n%s", test.source, diff)
			}
			if err := checkFile(file); err != nil {
				t.Errorf("%q: %v", test.source, err)
			}
		})
	}
}

// outline returns the kinds of the statements.
func outline(body []Stmt) string {
	var kinds []string
	for _, statement := range body {
		kind := strings.TrimPrefix(fmt.Sprintf("%T", statement), "*python.")
		var blocks []string
		for _, block := range blocksOf(statement) {
			if len(block) > 0 {
				blocks = append(blocks, outline(block))
			}
		}
		if blocks != nil {
			kind += "[" + strings.Join(blocks, "|") + "]"
		}
		kinds = append(kinds, kind)
	}
	return strings.Join(kinds, " ")
}

func blocksOf(statement Stmt) [][]Stmt {
	switch n := statement.(type) {
	case *FunctionDef:
		return [][]Stmt{n.Body}
	case *ClassDef:
		return [][]Stmt{n.Body}
	case *If:
		return [][]Stmt{n.Body, n.Orelse}
	case *For:
		return [][]Stmt{n.Body, n.Orelse}
	case *While:
		return [][]Stmt{n.Body, n.Orelse}
	case *With:
		return [][]Stmt{n.Body}
	case *Try:
		return [][]Stmt{n.Body, n.Orelse, n.Finalbody}
	case *Match:
		var blocks [][]Stmt
		for _, clause := range n.Cases {
			blocks = append(blocks, clause.Body)
		}
		return blocks
	}
	return nil
}
