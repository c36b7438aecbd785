package settings

import (
	"slices"
	"strconv"
	"strings"

	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

const (
	// maxDepth bounds how deep values nest: settings are a few levels deep, a hostile file may not be.
	maxDepth = 32
	// maxValues bounds how many values one file has: A = B + B; B = C + C doubles them line by line.
	maxValues = 20_000
)

// pythonValues tells what expressions are worth.
type pythonValues struct {
	f *names.File
	// left is how many values may still be computed.
	left int
}

func text(expr python.Expr) (string, bool) {
	constant, ok := expr.(*python.Constant)
	if !ok {
		return "", false
	}
	return constant.Str()
}

func (p *pythonValues) value(expr python.Expr, depth int) Value {
	v := Value{Span: expr.Range()}
	if p.left--; depth > maxDepth || p.left < 0 {
		return v
	}
	switch e := p.f.Deref(expr).(type) {
	case *python.Constant:
		constant(&v, e)
	case *python.UnaryOp:
		p.unary(&v, e, depth)
	case *python.BinOp:
		p.arithmetic(&v, e, depth)
	case *python.BoolOp:
		p.fallback(&v, e, depth)
	case *python.IfExp:
		p.choice(&v, e, depth)
	case *python.List:
		p.items(&v, e.Elts, depth)
	case *python.Tuple:
		p.items(&v, e.Elts, depth)
	case *python.Set:
		p.items(&v, e.Elts, depth)
	case *python.Dict:
		p.dict(&v, e, depth)
	case *python.Call:
		p.call(&v, e, depth)
	case *python.Compare:
		p.comparison(&v, e, depth)
	case *python.Subscript:
		if v.FromEnv = p.f.Qualified(e.Value) == "os.environ"; v.FromEnv {
			v.Variable, _ = text(e.Slice)
		}
	}
	return v
}

func constant(v *Value, c *python.Constant) {
	switch c.Kind {
	case python.None:
		v.Kind = Null
	case python.True, python.False:
		v.Kind, v.Bool = Bool, c.Kind == python.True
	case python.Int:
		if n, ok := c.Int(); ok {
			v.Kind, v.Number = Number, float64(n)
		}
	case python.Float:
		if n, err := strconv.ParseFloat(strings.ReplaceAll(c.Raw, "_", ""), 64); err == nil {
			v.Kind, v.Number = Number, n
		}
	case python.Str:
		if s, ok := c.Str(); ok {
			v.Kind, v.Text = Text, s
		}
	case python.Ellipsis, python.Complex, python.Bytes:
	}
}

func (p *pythonValues) unary(v *Value, e *python.UnaryOp, depth int) {
	inner := p.value(e.Operand, depth+1)
	*v = inner.decided(*v)
	switch {
	case e.Op == python.USub && inner.Kind == Number:
		v.Kind, v.Number = Number, -inner.Number
	case e.Op == python.Not:
		if on, ok := inner.truth(); ok {
			v.Kind, v.Bool = Bool, !on
		}
	}
}

// truth is what Python's bool() makes of the value: any text but the empty one is true, "False" as well.
func (v *Value) truth() (on, ok bool) {
	switch v.Kind {
	case Null:
		return false, true
	case Bool:
		return v.Bool, true
	case Number:
		return v.Number != 0, true
	case Text:
		return v.Text != "", true
	case Unknown, List, Dict:
	}
	return false, false
}

// fallback computes os.environ.get("DEBUG") or "True": what holds where the environment says nothing.
func (p *pythonValues) fallback(v *Value, e *python.BoolOp, depth int) {
	if e.Op != python.Or {
		return
	}
	var environment Value
	for _, operand := range e.Values {
		inner := p.value(operand, depth+1)
		if !environment.FromEnv {
			environment = inner.decided(environment)
		}
		on, known := inner.truth()
		if !known && !inner.FromEnv {
			return
		}
		span := v.Span
		*v = environment.decided(inner)
		v.Span = span
		if known && on {
			return
		}
	}
}

// choice computes ["console"] if os.environ.get("LOG_SQL") == "1" else ["null"]: what holds where the environment says nothing. A test of
// anything else tells too little of what another module may set.
func (p *pythonValues) choice(v *Value, e *python.IfExp, depth int) {
	test := p.value(e.Test, depth+1)
	on, known := test.truth()
	if !known || !test.FromEnv {
		return
	}
	chosen := e.Orelse
	if on {
		chosen = e.Body
	}
	span := v.Span
	inner := p.value(chosen, depth+1)
	*v = test.decided(inner)
	v.Span = span
}

// arithmetic computes 60 * 60 and 10 * 1024**2, and joins lists as in INSTALLED_APPS + [...].
func (p *pythonValues) arithmetic(v *Value, e *python.BinOp, depth int) {
	left, right := p.value(e.Left, depth+1), p.value(e.Right, depth+1)
	switch {
	case e.Op == python.Add && (left.Kind == List || right.Kind == List):
		v.Kind, v.Items = List, slices.Concat(left.Items, right.Items)
		v.Partial = left.Kind != List || right.Kind != List || left.Partial || right.Partial
	case e.Op == python.BitOr && (left.Kind == Dict || right.Kind == Dict):
		v.Kind, v.Entries = Dict, slices.Concat(left.Entries, right.Entries)
		v.Partial = left.Kind != Dict || right.Kind != Dict || left.Partial || right.Partial
	case left.Kind == Number && right.Kind == Number:
		*v = either(&left, &right).decided(*v)
		v.Kind = Number
		switch e.Op {
		case python.Add:
			v.Number = left.Number + right.Number
		case python.Sub:
			v.Number = left.Number - right.Number
		case python.Mult:
			v.Number = left.Number * right.Number
		case python.Pow:
			v.Number = 1
			for range int(min(max(right.Number, 0), 64)) {
				v.Number *= left.Number
			}
		case python.LShift:
			v.Number = left.Number * float64(uint64(1)<<uint64(min(max(right.Number, 0), 62)))
		default:
			v.Kind = Unknown
		}
	}
}

// either returns the one of two values that the environment decides.
func either(left, right *Value) *Value {
	if left.FromEnv {
		return left
	}
	return right
}

// items takes the elements of a display, with those of [*OTHERS] where they are known.
func (p *pythonValues) items(v *Value, elts []python.Expr, depth int) {
	v.Kind = List
	for _, elt := range elts {
		starred, ok := elt.(*python.Starred)
		if !ok {
			v.Items = append(v.Items, p.value(elt, depth+1))
			continue
		}
		inner := p.value(starred.Value, depth+1)
		v.Items = append(v.Items, inner.Items...)
		v.Partial = v.Partial || inner.Kind != List || inner.Partial
	}
}

// dict takes the entries of a display, with those of {**BASE} where they are known.
func (p *pythonValues) dict(v *Value, e *python.Dict, depth int) {
	v.Kind = Dict
	for i, value := range e.Values {
		if e.Keys[i] == nil {
			inner := p.value(value, depth+1)
			v.Entries = append(v.Entries, inner.Entries...)
			v.Partial = v.Partial || inner.Kind != Dict || inner.Partial
			continue
		}
		if key, ok := text(p.f.Deref(e.Keys[i])); ok {
			v.Entries = append(v.Entries, Entry{Key: key, KeySpan: e.Keys[i].Range(), Value: p.value(value, depth+1)})
		} else {
			v.Partial = true
		}
	}
}

// keywords takes the keyword arguments of a call for the entries of a dict.
func (p *pythonValues) keywords(call *python.Call, depth int) []Entry {
	var entries []Entry
	for _, keyword := range call.Keywords {
		if keyword.Name != "" {
			span := python.Span{Start: keyword.Start, End: keyword.Start + int32(len(keyword.Name))}
			entries = append(entries, Entry{Key: keyword.Name, KeySpan: span, Value: p.value(keyword.Value, depth+1)})
		}
	}
	return entries
}

// comparison computes os.environ.get("DEBUG", "True") == "True" where the default decides it.
func (p *pythonValues) comparison(v *Value, e *python.Compare, depth int) {
	if len(e.Ops) != 1 {
		return
	}
	left, right := p.value(e.Left, depth+1), p.value(e.Comparators[0], depth+1)
	*v = either(&left, &right).decided(*v)
	switch {
	case left.Kind == Number && right.Kind == Number && e.Ops[0] == python.Eq:
		v.Kind, v.Bool = Bool, left.Number == right.Number
	case e.Ops[0] == python.Eq && left.Kind == Text && right.Kind == Text:
		v.Kind, v.Bool = Bool, left.Text == right.Text
	case e.Ops[0] == python.NotEq && left.Kind == Text && right.Kind == Text:
		v.Kind, v.Bool = Bool, left.Text != right.Text
	case e.Ops[0] == python.In && left.Kind == Text && right.Kind == List && !right.Partial:
		v.Kind = Bool
		for _, item := range right.Items {
			v.Bool = v.Bool || item.Kind == Text && item.Text == left.Text
		}
	}
}
