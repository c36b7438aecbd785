package settings

import (
	"slices"
	"strconv"
	"strings"

	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

// ReadPython reads the settings of a resolved Python module: what its top level assigns, also inside if and try.
func ReadPython(f *names.File, path string) *File {
	r := pythonReader{f: f, file: &File{Path: path, Format: Python, Role: RoleOf(path)}}
	r.stmts(f.Body(), false)
	return r.file
}

type pythonReader struct {
	f    *names.File
	file *File
}

func (r *pythonReader) stmts(body []python.Stmt, guarded bool) {
	for _, stmt := range body {
		switch s := stmt.(type) {
		case *python.Assign:
			for _, target := range s.Targets {
				r.assign(s, target, s.Value, guarded)
			}
		case *python.AnnAssign:
			if s.Value != nil {
				r.assign(s, s.Target, s.Value, guarded)
			}
		case *python.If:
			r.stmts(s.Body, true)
			r.stmts(s.Orelse, true)
		case *python.Try:
			r.stmts(s.Body, guarded)
			for _, handler := range s.Handlers {
				r.stmts(handler.Body, true)
			}
			r.stmts(s.Orelse, guarded)
			r.stmts(s.Finalbody, guarded)
		case *python.With:
			r.stmts(s.Body, guarded)
		}
	}
}

// assign takes NAME = value, and NAME["a"]["b"] = value as the dict it amounts to.
func (r *pythonReader) assign(stmt python.Stmt, target, value python.Expr, guarded bool) {
	setting := Setting{Span: stmt.Range(), NameSpan: target.Range(), Value: r.value(value, 0), Guarded: guarded}
	for {
		switch t := target.(type) {
		case *python.Name:
			setting.Name = t.Id
		case *python.Attribute:
			// app.conf.worker_max_tasks_per_child = 100
			setting.Name = t.Attr
		case *python.Subscript:
			key, ok := text(t.Slice)
			if !ok {
				return
			}
			entry := Entry{Key: key, KeySpan: t.Slice.Range(), Value: setting.Value}
			setting.Value = Value{Kind: Dict, Span: setting.Value.Span, Entries: []Entry{entry}}
			target = t.Value
			continue
		default:
			return
		}
		break
	}
	r.file.Settings = append(r.file.Settings, setting)
}

func text(expr python.Expr) (string, bool) {
	constant, ok := expr.(*python.Constant)
	if !ok {
		return "", false
	}
	return constant.Str()
}

// maxDepth bounds how deep values nest: settings are a few levels deep, a hostile file may not be.
const maxDepth = 32

func (r *pythonReader) value(expr python.Expr, depth int) Value {
	v := Value{Span: expr.Range()}
	if depth > maxDepth {
		return v
	}
	switch e := r.f.Deref(expr).(type) {
	case *python.Constant:
		constant(&v, e)
	case *python.UnaryOp:
		if inner := r.value(e.Operand, depth+1); e.Op == python.USub && inner.Kind == Number {
			v.Kind, v.Number = Number, -inner.Number
		}
	case *python.BinOp:
		r.arithmetic(&v, e, depth)
	case *python.List:
		r.items(&v, e.Elts, depth)
	case *python.Tuple:
		r.items(&v, e.Elts, depth)
	case *python.Set:
		r.items(&v, e.Elts, depth)
	case *python.Dict:
		v.Kind = Dict
		for i, value := range e.Values {
			if e.Keys[i] == nil {
				continue
			}
			if key, ok := text(e.Keys[i]); ok {
				v.Entries = append(v.Entries, Entry{Key: key, KeySpan: e.Keys[i].Range(), Value: r.value(value, depth+1)})
			}
		}
	case *python.Call:
		r.call(&v, e, depth)
	case *python.Compare:
		r.comparison(&v, e, depth)
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

// arithmetic computes 60 * 60 and 10 * 1024**2, and joins lists as in INSTALLED_APPS + [...].
func (r *pythonReader) arithmetic(v *Value, e *python.BinOp, depth int) {
	left, right := r.value(e.Left, depth+1), r.value(e.Right, depth+1)
	if left.Kind == List && right.Kind == List && e.Op == python.Add {
		v.Kind, v.Items = List, slices.Concat(left.Items, right.Items)
		return
	}
	if left.Kind != Number || right.Kind != Number {
		return
	}
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

func (r *pythonReader) items(v *Value, elts []python.Expr, depth int) {
	v.Kind = List
	for _, elt := range elts {
		v.Items = append(v.Items, r.value(elt, depth+1))
	}
}

// call understands dict(...), and what reads the environment: os.environ.get, os.getenv, django-environ's env and
// decouple's config. The default is what holds where the environment says nothing.
func (r *pythonReader) call(v *Value, call *python.Call, depth int) {
	if r.f.Qualified(call.Func) == "builtins.dict" {
		v.Kind = Dict
		for _, keyword := range call.Keywords {
			if keyword.Name != "" {
				v.Entries = append(v.Entries, Entry{Key: keyword.Name, KeySpan: keyword.Range(), Value: r.value(keyword.Value, depth+1)})
			}
		}
		return
	}
	switch name := r.f.Qualified(call.Func); name {
	case "builtins.int", "builtins.str", "builtins.bool", "builtins.float":
		if len(call.Args) == 1 {
			inner := r.value(call.Args[0], depth+1)
			inner.Span = v.Span
			*v = inner
		}
		return
	}
	if !r.readsEnvironment(call) {
		return
	}
	v.FromEnv = true
	fallback := names.Keyword(call, "default")
	switch {
	case fallback != nil:
		inner := r.value(fallback.Value, depth+1)
		inner.Span, inner.FromEnv = v.Span, true
		*v = inner
	case len(call.Args) > 1:
		inner := r.value(call.Args[1], depth+1)
		inner.Span, inner.FromEnv = v.Span, true
		*v = inner
	}
}

func (r *pythonReader) readsEnvironment(call *python.Call) bool {
	switch name := r.f.Qualified(call.Func); name {
	case "os.environ.get", "os.getenv", "decouple.config", "os.environ.setdefault":
		return true
	}
	// env = environ.Env(); env("X"), env.bool("X"), env.int("X").
	receiver := call.Func
	if access, ok := receiver.(*python.Attribute); ok {
		receiver = access.Value
	}
	name, ok := receiver.(*python.Name)
	if !ok {
		return false
	}
	made, ok := r.f.Value(name).(*python.Call)
	if !ok {
		return name.Id == "env" || name.Id == "config" && r.f.Binding(name) == nil
	}
	switch r.f.Qualified(made.Func) {
	case "environ.Env", "environ.FileAwareEnv", "environs.Env", "environs.env", "decouple.AutoConfig", "decouple.Config":
		return true
	}
	return false
}

// comparison computes os.environ.get("DEBUG", "True") == "True" where the default decides it.
func (r *pythonReader) comparison(v *Value, e *python.Compare, depth int) {
	if len(e.Ops) != 1 {
		return
	}
	left, right := r.value(e.Left, depth+1), r.value(e.Comparators[0], depth+1)
	v.FromEnv = left.FromEnv || right.FromEnv
	switch {
	case e.Ops[0] == python.Eq && left.Kind == Text && right.Kind == Text:
		v.Kind, v.Bool = Bool, left.Text == right.Text
	case e.Ops[0] == python.NotEq && left.Kind == Text && right.Kind == Text:
		v.Kind, v.Bool = Bool, left.Text != right.Text
	case e.Ops[0] == python.In && left.Kind == Text && right.Kind == List:
		v.Kind = Bool
		for _, item := range right.Items {
			v.Bool = v.Bool || item.Kind == Text && item.Text == left.Text
		}
	}
}
