package settings

import (
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

// ReadPython reads the settings of a resolved Python module: what its top level assigns, also inside if
// and try, and the attributes of the classes that django-configurations makes settings of.
func ReadPython(f *names.File, path string) *File {
	r := pythonReader{
		pythonValues: pythonValues{f: f, left: maxValues},
		file:         &File{Path: path, Format: Python, Role: RoleOf(path)},
	}
	r.stmts(f.Body(), false)
	r.classes()
	return r.file
}

type pythonReader struct {
	pythonValues
	file *File
}

func (r *pythonReader) stmts(body []python.Stmt, guarded bool) {
	for _, stmt := range body {
		switch s := stmt.(type) {
		case *python.Assign:
			r.celery(s, guarded)
			for _, target := range s.Targets {
				r.assign(s, target, s.Value, guarded)
			}
		case *python.AnnAssign:
			if s.Value != nil {
				r.assign(s, s.Target, s.Value, guarded)
			}
		case *python.AugAssign:
			if s.Op == python.Add || s.Op == python.BitOr {
				r.join(s, s.Target, r.value(s.Value, 0), guarded)
			}
		case *python.ExprStmt:
			r.change(s, guarded)
		case *python.ImportFrom:
			module := strings.Repeat(".", s.Level) + s.Module
			r.file.Builds = append(r.file.Builds, module)
			if len(s.Names) > 0 && s.Names[0].Name == "*" {
				r.file.reopened = s.End
				r.file.Stars = append(r.file.Stars, module)
			}
		case *python.If:
			r.stmts(s.Body, true)
			r.stmts(s.Orelse, true)
		case *python.Try:
			r.try(s, guarded)
		case *python.For:
			r.stmts(s.Body, true)
		case *python.With:
			r.stmts(s.Body, guarded)
		}
	}
}

// try takes a body that imports something, and need not be able to, for a condition.
func (r *pythonReader) try(s *python.Try, guarded bool) {
	imports := false
	for _, stmt := range s.Body {
		if _, ok := stmt.(*python.Import); ok {
			imports = true
		}
	}
	r.stmts(s.Body, guarded || imports)
	for _, handler := range s.Handlers {
		r.stmts(handler.Body, true)
	}
	r.stmts(s.Orelse, guarded || imports)
	r.stmts(s.Finalbody, guarded)
}

// assign takes NAME = value, and NAME["a"]["b"] = value as the dict it amounts to.
func (r *pythonReader) assign(stmt python.Stmt, target, value python.Expr, guarded bool) {
	r.add(target, Setting{Span: stmt.Range(), NameSpan: target.Range(), Value: r.value(value, 0), Guarded: guarded})
}

// celery takes the settings in app = Celery("shop", broker=..., backend=...).
func (r *pythonReader) celery(stmt *python.Assign, guarded bool) {
	call, ok := stmt.Value.(*python.Call)
	if !ok {
		return
	}
	if class := r.f.Qualified(call.Func); class != "celery.Celery" && class != "celery.app.base.Celery" {
		return
	}
	for _, entry := range r.keywords(call, 0) {
		if name := (map[string]string{"broker": "broker_url", "backend": "result_backend"})[entry.Key]; name != "" {
			r.file.Settings = append(r.file.Settings, entry.setting(name, guarded))
		}
	}
}

// setting returns what a keyword argument sets.
func (e Entry) setting(name string, guarded bool) Setting {
	span := python.Span{Start: e.KeySpan.Start, End: e.Value.Span.End}
	return Setting{Name: name, Span: span, NameSpan: e.KeySpan, Value: e.Value, Guarded: guarded}
}

// join takes what += and its like put into the value of a target.
func (r *pythonReader) join(stmt python.Stmt, target python.Expr, value Value, guarded bool) {
	r.add(target, Setting{Span: stmt.Range(), NameSpan: target.Range(), Value: value, Depth: 1, Guarded: guarded})
}

func (r *pythonReader) add(target python.Expr, setting Setting) {
	for {
		switch t := target.(type) {
		case *python.Name:
			setting.Name = t.Id
		case *python.Attribute:
			// app.conf.worker_max_tasks_per_child = 100
			setting.Name = t.Attr
		case *python.Subscript:
			key, ok := text(t.Slice)
			if made, isCall := t.Value.(*python.Call); isCall && r.reopens(made) {
				// globals()[name] = value
				r.reopen(t.End)
				return
			}
			if !ok {
				return
			}
			setting.Depth++
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

// change takes what a call at the top level sets: DATABASES["default"].update(...), INSTALLED_APPS.append(...),
// app.conf.update(...). A call that gets at the module's own names may set any of them.
func (r *pythonReader) change(stmt *python.ExprStmt, guarded bool) {
	call, ok := stmt.Value.(*python.Call)
	if !ok {
		return
	}
	if r.reopens(call) {
		r.reopen(call.End)
		return
	}
	access, ok := call.Func.(*python.Attribute)
	if !ok {
		return
	}
	switch access.Attr {
	case "update":
		value := Value{Kind: Dict, Span: call.Range()}
		for _, arg := range call.Args {
			given := r.value(arg, 0)
			value.Entries = append(value.Entries, given.Entries...)
			value.Partial = value.Partial || given.Kind != Dict || given.Partial
		}
		value.Entries = append(value.Entries, r.keywords(call, 0)...)
		if conf, ok := access.Value.(*python.Attribute); ok && conf.Attr == "conf" {
			for _, entry := range value.Entries {
				r.file.Settings = append(r.file.Settings, entry.setting(entry.Key, guarded))
			}
			return
		}
		r.join(stmt, access.Value, value, guarded)
	case "extend":
		if len(call.Args) == 1 {
			r.join(stmt, access.Value, r.value(call.Args[0], 0), guarded)
		}
	case "append", "insert":
		if n := len(call.Args); n > 0 {
			item := r.value(call.Args[n-1], 0)
			r.join(stmt, access.Value, Value{Kind: List, Span: call.Range(), Items: []Value{item}}, guarded)
		}
	}
}

// reopen takes a call that may set any name of the module.
func (r *pythonReader) reopen(end int32) { r.file.reopened, r.file.Open = end, true }

// handsModule reports whether a call hands a module's name to what sets its settings, by that one's own name:
// update_settings_from_environment(__name__, "SHOP_").
func handsModule(call *python.Call) bool {
	return strings.Contains(python.LastName(call.Func), "settings") && slices.ContainsFunc(call.Args, func(arg python.Expr) bool {
		name, ok := arg.(*python.Name)
		return ok && name.Id == "__name__"
	})
}

// reopens reports whether a call may set any name of the module: exec(...), include(...) of django-split-settings, or one that
// is handed locals(), globals() or vars().
func (r *pythonReader) reopens(call *python.Call) bool {
	if name, ok := call.Func.(*python.Name); ok && name.Id == "exec" && r.f.Binding(name) == nil {
		return true
	}
	if r.f.Qualified(call.Func) == "split_settings.tools.include" || handsModule(call) {
		return true
	}
	found := false
	python.Walk(call, func(node python.Node) bool {
		if inner, ok := node.(*python.Call); ok {
			switch r.f.Qualified(inner.Func) {
			case "builtins.locals", "builtins.globals", "builtins.vars":
				found = true
			}
		}
		return !found
	})
	return found
}
