package django

import (
	"slices"

	"github.com/djleak/djleak/analyzer/python"
)

// huge is from which number on a bound is none: so many rows do not fit.
const huge = 100_000

// isHuge reports whether a bound is a number that nobody reaches, on one way through the code at least: 1_000_000, LIMIT, or
// self.limit where a method of the class sets it to one.
func (f *File) isHuge(bound python.Expr) bool {
	n, ok := f.number(bound, 0)
	return ok && n >= huge
}

// number returns the largest number that an expression may be worth, where the file says it.
func (f *File) number(expr python.Expr, depth int) (float64, bool) {
	const deepest = 8 // self.limit = self.limit * 2 must end.
	if depth > deepest {
		return 0, false
	}
	switch e := f.Deref(expr).(type) {
	case *python.Constant:
		n, ok := e.Int()
		return float64(n), ok
	case *python.BinOp:
		left, leftOK := f.number(e.Left, depth+1)
		right, rightOK := f.number(e.Right, depth+1)
		if !leftOK || !rightOK {
			return 0, false
		}
		switch e.Op {
		case python.Mult:
			return left * right, true
		case python.Div, python.FloorDiv:
			return left / right, right != 0
		default:
		}
	case *python.IfExp:
		return f.largest([]python.Expr{e.Body, e.Orelse}, depth)
	case *python.Attribute:
		if fn := f.FunctionAt(e); fn != nil && fn.Class != nil && python.LastName(e.Value) == fn.Self() {
			return f.largest(f.assigned(fn.Class)[e.Attr], depth)
		}
	}
	return 0, false
}

// largest returns the largest of the numbers that are known.
func (f *File) largest(values []python.Expr, depth int) (float64, bool) {
	var found []float64
	for _, value := range values {
		if n, ok := f.number(value, depth+1); ok {
			found = append(found, n)
		}
	}
	if len(found) == 0 {
		return 0, false
	}
	return slices.Max(found), true
}
