package django

import (
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

// A Checker is a class or a function that may refuse what is uploaded for its size: a form, a serializer, a model, a kind of field,
// a validator.
type Checker struct {
	Name string
	// Refuses is true where its own code does, by what it compares or by the name of a validator.
	Refuses bool
	// Asks are the names of what may do so for it: the bases of a class, the kinds of its fields with their validators, the model of a
	// form, and what its checks call.
	Asks []string
	// Model is the model of a form or a serializer, empty where its class names none.
	Model string
}

// SizeCheckers returns the classes and the functions that stand at the top of a file, with what each of them says of sizes.
func (f *File) SizeCheckers() []Checker {
	var checkers []Checker
	for _, class := range f.Classes {
		if class.Outer == nil {
			checkers = append(checkers, f.checkerOf(class))
		}
	}
	for _, fn := range f.Functions {
		if fn.Class == nil && fn.Parent == nil {
			checkers = append(checkers, Checker{Name: fn.Name, Refuses: f.comparesSize(fn)})
		}
	}
	return checkers
}

func (f *File) checkerOf(class *names.Class) Checker {
	checker := Checker{Name: class.Name}
	for _, base := range class.Bases {
		checker.ask(base)
	}
	for _, stmt := range class.Body {
		if meta, ok := stmt.(*python.ClassDef); ok && meta.Name == "Meta" {
			for _, option := range meta.Body {
				if name, value := names.Assignment(option); name == "model" {
					checker.ask(value)
					checker.Model = python.LastName(value)
				}
			}
		}
		if _, value := names.Assignment(stmt); value != nil {
			if field, ok := value.(*python.Call); ok {
				checker.askField(field)
			}
		}
	}
	for _, method := range class.Methods {
		if !isCheck(method) {
			continue
		}
		checker.Refuses = checker.Refuses || f.comparesSize(method)
		for node := range f.Own(method) {
			if call, ok := node.(*python.Call); ok {
				checker.ask(call.Func)
			}
		}
	}
	return checker
}

// ask takes what is named as something that may check a size.
func (c *Checker) ask(other python.Expr) {
	if name := python.LastName(other); name != "" {
		c.Asks = append(c.Asks, name)
	}
}

// askField takes the kind of a field and its validators, whose names may say that they look at sizes: validate_file_size.
func (c *Checker) askField(field *python.Call) {
	c.ask(field.Func)
	validators := names.Keyword(field, "validators")
	if validators == nil {
		return
	}
	list, ok := validators.Value.(*python.List)
	if !ok {
		return
	}
	for _, validator := range list.Elts {
		if call, ok := validator.(*python.Call); ok {
			validator = call.Func
		}
		c.ask(validator)
		c.Refuses = c.Refuses || strings.Contains(strings.ToLower(python.LastName(validator)), "size")
	}
}

// isCheck reports whether a method is one that looks at what was sent: of a form, a serializer, a field or a validator.
func isCheck(method *names.Function) bool {
	switch method.Name {
	case "__call__", "to_python", "to_internal_value":
		return true
	}
	return strings.HasPrefix(method.Name, "clean") || strings.HasPrefix(method.Name, "validate")
}

// comparesSize reports whether a function compares the size of something: upload.size > limit, upload.size / 1024 < 300.
func (f *File) comparesSize(fn *names.Function) bool {
	for node := range f.Own(fn) {
		compare, ok := node.(*python.Compare)
		if ok && slices.ContainsFunc(append([]python.Expr{compare.Left}, compare.Comparators...), func(side python.Expr) bool { return f.SizeIn(side) != nil }) {
			return true
		}
	}
	return false
}

// SizeIn returns the expression whose size a number is, or tells in another unit, and nil where it is no size: upload of
// upload.size / 1024.
func (f *File) SizeIn(number python.Expr) python.Expr { return f.sizeIn(number, 0) }

func (f *File) sizeIn(number python.Expr, depth int) python.Expr {
	const deepest = 3 // Nobody computes a size in more steps.
	if depth > deepest {
		return nil
	}
	switch n := f.Deref(number).(type) {
	case *python.Attribute:
		if n.Attr == "size" || n.Attr == "_size" {
			return n.Value
		}
	case *python.BinOp:
		if sized := f.sizeIn(n.Left, depth+1); sized != nil {
			return sized
		}
		return f.sizeIn(n.Right, depth+1)
	}
	return nil
}
