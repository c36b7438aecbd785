package querysetlen

import (
	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/python"
)

// isAsked reports whether a call stands where only its truth matters: if len(orders), not len(orders).
func isAsked(pass *analyzer.Pass, call *python.Call) bool {
	switch parent := pass.Parent(call).(type) {
	case *python.If:
		return parent.Test == python.Expr(call)
	case *python.While:
		return parent.Test == python.Expr(call)
	case *python.IfExp:
		return parent.Test == python.Expr(call)
	case *python.UnaryOp:
		return parent.Op == python.Not
	}
	return false
}
