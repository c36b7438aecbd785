package uploadreadwhole

import (
	"iter"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/pattern"
	"github.com/djleak/djleak/analyzer/project"
	"github.com/djleak/djleak/analyzer/python"
)

// Limits know what refuses an upload for its size.
type limits struct {
	pass *analyzer.Pass
	// here are the forms, serializers and validators of this file that refuse what is too large by what stands in it, elsewhere those
	// that do so by what they ask of other modules too.
	here, elsewhere func() []string
	// saysMaximum is true where the file names the largest size of an upload.
	saysMaximum func() bool
}

// maxima matches what projects call the largest size of an upload: MAX_UPLOAD_SIZE, max_file_bytes, FILE_SIZE_LIMIT.
var maxima = pattern.New(`(?i)max(imum)?_?(upload|file|attachment|document|import|csv)s?_?(file_?)?(size|bytes|kb|mb)|(upload|file)_?size_?(limit|max)|(upload|file)_?max_?size`)

func newLimits(pass *analyzer.Pass) limits {
	checkers := sync.OnceValue(pass.SizeCheckers)
	return limits{
		pass:        pass,
		here:        sync.OnceValue(func() []string { return project.Refusing(checkers(), nil) }),
		elsewhere:   sync.OnceValue(func() []string { return pass.Project.RefusingAmong(checkers()) }),
		saysMaximum: sync.OnceValue(func() bool { return saysMaximum(pass.Source) }),
	}
}

// saysMaximum reports whether a text names the largest size of an upload. The pattern takes its time, and few lines have what it needs.
func saysMaximum(text string) bool {
	for line := range strings.Lines(text) {
		for _, part := range []string{"MAX", "Max", "max", "LIMIT", "Limit", "limit"} {
			if strings.Contains(line, part) && maxima.MatchString(line) {
				return true
			}
		}
	}
	return false
}

// areChecked reports whether the function around a node compares a file's size before it, or asks a form or a validator of this
// file that does.
func (l limits) areChecked(at python.Node, file python.Expr) bool {
	pass, fn := l.pass, l.pass.FunctionAt(at)
	if fn == nil {
		return false
	}
	for asked := range l.asked(fn, file) {
		if name, ok := strings.CutPrefix(asked, ":"); ok && slices.Contains(l.here(), name) {
			return true
		}
	}
	checked := false
	for _, stmt := range fn.Body {
		python.Walk(stmt, func(node python.Node) bool {
			if checked || node.Range().Start >= at.Range().Start {
				return false
			}
			switch n := node.(type) {
			case *python.Attribute:
				// False up to the 2.5 MB that stay in memory anyway.
				checked = n.Attr == "multiple_chunks" && l.isSame(n.Value, file)
			case *python.Call:
				checked = strings.Contains(python.LastName(n.Func), "size") && l.takes(n, file)
			case *python.Compare:
				checked = slices.ContainsFunc(append([]python.Expr{n.Left}, n.Comparators...), func(side python.Expr) bool {
					sized := pass.SizeIn(side)
					return sized != nil && l.isSame(sized, file)
				})
			}
			return !checked
		})
	}
	return checked
}

// mayBeChecked reports whether somebody may refuse a file where this module does not show it: the function around a node asks a form, a
// serializer or a validator that stands in another module or leaves it to one, the module names a largest size, or the function is
// given the file.
func (l limits) mayBeChecked(at python.Node, file python.Expr) bool {
	fn := l.pass.FunctionAt(at)
	if fn == nil {
		return false
	}
	for asked := range l.asked(fn, file) {
		own, isOwn := strings.CutPrefix(asked, ":")
		if isOwn && slices.Contains(l.elsewhere(), own) || !isOwn && l.pass.Project.RefusesLarge(asked[strings.LastIndexByte(asked, '.')+1:]) {
			return true
		}
	}
	return l.saysMaximum() || l.isHandedOn(fn, file)
}

// asked are the qualified names of what may look at a file before a function does: the classes that it makes, the functions that take
// the file, and those that its own class is, stands on, or gives as its form or its serializer.
func (l limits) asked(fn *names.Function, file python.Expr) iter.Seq[string] {
	return func(yield func(string) bool) {
		for node := range l.pass.Own(fn) {
			call, ok := node.(*python.Call)
			if !ok || !isClassName(python.LastName(call.Func)) && !l.takes(call, file) {
				continue
			}
			if name := l.pass.Qualified(call.Func); name != "" && !yield(name) {
				return
			}
		}
		if fn.Class == nil || !yield(":"+fn.Class.Name) {
			return
		}
		for _, name := range fn.Class.BaseNames {
			if name != "" && !yield(name) {
				return
			}
		}
		for given := range l.given(fn.Class) {
			if class := l.pass.Qualified(given); class != "" && !yield(class) {
				return
			}
		}
	}
}

// given are what a view gives as its form or its serializer: form_class = OrderForm, and what get_serializer_class() returns.
func (l limits) given(view *names.Class) iter.Seq[python.Expr] {
	return func(yield func(python.Expr) bool) {
		for _, stmt := range view.Body {
			switch name, value := names.Assignment(stmt); name {
			case "form_class", "serializer_class":
				if value != nil && !yield(value) {
					return
				}
			}
		}
		for _, name := range []string{"get_form_class", "get_serializer_class"} {
			getter := view.Method(name)
			if getter == nil {
				continue
			}
			for node := range l.pass.Own(getter) {
				if returned, ok := node.(*python.Return); ok && returned.Value != nil && !yield(returned.Value) {
					return
				}
			}
		}
	}
}

func isClassName(name string) bool {
	first, _ := utf8.DecodeRuneInString(name)
	return unicode.IsUpper(first)
}

// takes reports whether a call is given a file.
func (l limits) takes(call *python.Call, file python.Expr) bool {
	return slices.ContainsFunc(arguments(call), func(arg python.Expr) bool { return l.isSame(arg, file) })
}

// arguments are the values that a call is given, with and without a name.
func arguments(call *python.Call) []python.Expr {
	values := slices.Clone(call.Args)
	for _, keyword := range call.Keywords {
		values = append(values, keyword.Value)
	}
	return values
}

// isSame reports whether two expressions stand for the same upload, by what they say.
func (l limits) isSame(a, b python.Expr) bool {
	return l.pass.Text(a) == l.pass.Text(b) || l.pass.Text(l.pass.Deref(a)) == l.pass.Text(l.pass.Deref(b))
}

// isHandedOn reports whether a function is given the upload that it reads, and no caller in this file shows that it comes right out of
// a request: whoever does may have looked at its size.
func (l limits) isHandedOn(fn *names.Function, file python.Expr) bool {
	if access, ok := file.(*python.Attribute); ok && access.Attr == "file" {
		file = access.Value
	}
	name, ok := l.pass.Deref(file).(*python.Name)
	if !ok {
		return false
	}
	param := l.pass.Binding(name)
	for fn != nil && (param == nil || param.Scope != fn.Scope) {
		fn = fn.Parent
	}
	if fn == nil || fn.Param(name.Id) == nil {
		return false
	}
	return !slices.ContainsFunc(l.pass.References(fn), func(place python.Expr) bool {
		call, ok := l.pass.Parent(place).(*python.Call)
		return ok && slices.ContainsFunc(arguments(call), func(arg python.Expr) bool {
			return newFlow(l.pass, call).param(call, arg) == param && l.pass.IsRequestFile(arg) && !l.areChecked(call, arg) && !l.mayBeChecked(call, arg)
		})
	})
}
