package analyzer

import (
	"strings"

	"github.com/djleak/djleak/analyzer/python"
)

// Prepend returns the edit that puts a line of code in front of a function's statements, behind the docstring. It returns
// false for a body that stands on the line of its def.
func (p *Pass) Prepend(body []python.Stmt, code string) (TextEdit, bool) {
	first := firstStart(body[0])
	line := strings.LastIndexByte(p.Source[:first], '\n') + 1
	indent := p.Source[line:first]
	if strings.TrimSpace(indent) != "" {
		return TextEdit{}, false
	}
	if !isDocstring(body[0]) {
		return Insert(first, code+"\n"+indent), true
	}
	if len(body) == 1 {
		return Insert(body[0].Range().End, "\n"+indent+code), true
	}
	second := firstStart(body[1])
	if strings.IndexByte(p.Source[body[0].Range().End:second], '\n') < 0 {
		return TextEdit{}, false
	}
	return Insert(second, code+"\n"+indent), true
}

// firstStart returns where a statement starts, its decorators included.
func firstStart(stmt python.Stmt) int32 {
	var decorators []python.Expr
	switch s := stmt.(type) {
	case *python.FunctionDef:
		decorators = s.Decorators
	case *python.ClassDef:
		decorators = s.Decorators
	}
	if len(decorators) == 0 {
		return stmt.Range().Start
	}
	return decorators[0].Range().Start - int32(len("@"))
}

func isDocstring(stmt python.Stmt) bool {
	expr, ok := stmt.(*python.ExprStmt)
	if !ok {
		return false
	}
	constant, ok := expr.Value.(*python.Constant)
	return ok && constant.Kind == python.Str
}
