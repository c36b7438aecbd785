package uploadreadwhole

import (
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

// sizeIsChecked reports whether the function compares the file's size before it reads, or a form of this file does.
func sizeIsChecked(pass *analyzer.Pass, call *python.Call, file python.Expr) bool {
	fn := pass.FunctionAt(call)
	if fn == nil {
		return false
	}
	if formChecksSize(pass, fn) {
		return true
	}
	checked, text := false, pass.Text(file)
	for _, stmt := range fn.Body {
		python.Walk(stmt, func(node python.Node) bool {
			if node.Range().Start >= call.Start {
				return false
			}
			if access, ok := node.(*python.Attribute); ok && access.Attr == "multiple_chunks" {
				// False up to the 2.5 MB that stay in memory anyway.
				checked = checked || pass.Text(access.Value) == text
			}
			if called, ok := node.(*python.Call); ok && namesSize(called) {
				checked = checked || slices.ContainsFunc(called.Args, func(arg python.Expr) bool { return pass.Text(arg) == text })
			}
			if compare, ok := node.(*python.Compare); ok {
				for _, side := range append([]python.Expr{compare.Left}, compare.Comparators...) {
					access, ok := pass.Deref(side).(*python.Attribute)
					checked = checked || ok && access.Attr == "size" && pass.Text(access.Value) == text
				}
			}
			return !checked
		})
	}
	return checked
}

// namesSize reports whether a call is that of a function which checks a size, by its name.
func namesSize(call *python.Call) bool {
	switch fn := call.Func.(type) {
	case *python.Name:
		return strings.Contains(fn.Id, "size")
	case *python.Attribute:
		return strings.Contains(fn.Attr, "size")
	}
	return false
}

// formChecksSize reports whether a form or a serializer of this file, which a function makes or is a method of, compares the size of
// what is uploaded: in clean_file(), validate_file(), or a validator of a field.
func formChecksSize(pass *analyzer.Pass, fn *names.Function) bool {
	return slices.ContainsFunc(pass.Classes, func(class *names.Class) bool {
		if class != fn.Class && !makes(pass, fn, class) {
			return false
		}
		return slices.ContainsFunc(pass.Functions, func(method *names.Function) bool {
			return method.Class == class && (strings.HasPrefix(method.Name, "clean") || strings.HasPrefix(method.Name, "validate")) &&
				comparesSize(pass, method)
		}) || validatesSize(pass, class)
	})
}

// makes reports whether a function calls a class of this file.
func makes(pass *analyzer.Pass, fn *names.Function, class *names.Class) bool {
	for node := range pass.Own(fn) {
		if call, ok := node.(*python.Call); ok && pass.LocalClass(pass.Qualified(call.Func)) == class {
			return true
		}
	}
	return false
}

// validatesSize reports whether a field in a class's body has a validator that looks at sizes, by its name or its body.
func validatesSize(pass *analyzer.Pass, class *names.Class) bool {
	return slices.ContainsFunc(pass.Calls, func(field *python.Call) bool {
		validators := names.Keyword(field, "validators")
		if validators == nil || pass.ClassAt(field) != class || pass.FunctionAt(field) != nil {
			return false
		}
		list, ok := validators.Value.(*python.List)
		return ok && slices.ContainsFunc(list.Elts, func(validator python.Expr) bool {
			if call, ok := validator.(*python.Call); ok {
				validator = call.Func
			}
			if fn := pass.FunctionOf(validator); fn != nil {
				return comparesSize(pass, fn)
			}
			return strings.Contains(strings.ToLower(python.LastName(validator)), "size")
		})
	})
}

// comparesSize reports whether a function compares the size of something.
func comparesSize(pass *analyzer.Pass, fn *names.Function) bool {
	for node := range pass.Own(fn) {
		compare, ok := node.(*python.Compare)
		if !ok {
			continue
		}
		for _, side := range append([]python.Expr{compare.Left}, compare.Comparators...) {
			if access, ok := pass.Deref(side).(*python.Attribute); ok && (access.Attr == "size" || access.Attr == "_size") {
				return true
			}
		}
	}
	return false
}

// isInMemory reports whether an upload is read only where it is small enough for Django to have it in memory anyway.
func isInMemory(pass *analyzer.Pass, read *python.Call) bool {
	if isAnnotatedInMemory(pass, read) {
		return true
	}
	asks := func(test python.Expr) bool {
		call, ok := test.(*python.Call)
		return ok && len(call.Args) == 2 && pass.Qualified(call.Func) == "builtins.isinstance" && pass.Qualified(call.Args[1]) == inMemoryClass
	}
	// hasattr(upload, "temporary_file_path"): the others are in memory.
	asksForDisk := func(test python.Expr) bool {
		call, ok := test.(*python.Call)
		if !ok || len(call.Args) != 2 || pass.Qualified(call.Func) != "builtins.hasattr" {
			return false
		}
		constant, ok := call.Args[1].(*python.Constant)
		if !ok {
			return false
		}
		text, _ := constant.Str()
		return text == "temporary_file_path"
	}
	within := func(block []python.Stmt) bool {
		return slices.ContainsFunc(block, func(stmt python.Stmt) bool { return stmt.Range().Contains(read.Range()) })
	}
	for node := pass.Parent(read); node != nil; node = pass.Parent(node) {
		switch n := node.(type) {
		case *python.IfExp:
			if asks(n.Test) && n.Body.Range().Contains(read.Range()) {
				return true
			}
		case *python.If:
			if asks(n.Test) && within(n.Body) || asksForDisk(n.Test) && within(n.Orelse) {
				return true
			}
		case *python.FunctionDef:
			return false
		}
	}
	return false
}

// inMemoryClass is the class of the uploads that Django holds in memory.
const inMemoryClass = "django.core.files.uploadedfile.InMemoryUploadedFile"

// isAnnotatedInMemory reports whether a parameter says that the upload which is read is one that is in memory.
func isAnnotatedInMemory(pass *analyzer.Pass, read *python.Call) bool {
	access, ok := read.Func.(*python.Attribute)
	if !ok {
		return false
	}
	name, ok := access.Value.(*python.Name)
	if !ok {
		return false
	}
	return slices.ContainsFunc(pass.Reaching(name), func(def names.Definition) bool {
		arg, ok := def.Node.(*python.Arg)
		return ok && arg.Annotation != nil && pass.Qualified(arg.Annotation) == inMemoryClass
	})
}

// intoMemory reports whether what is read goes into an archive that is in memory itself: the whole is held there anyway.
func intoMemory(pass *analyzer.Pass, read *python.Call) bool {
	write, ok := pass.Parent(read).(*python.Call)
	if !ok || python.LastName(write.Func) != "writestr" {
		return false
	}
	access, ok := write.Func.(*python.Attribute)
	if !ok {
		return false
	}
	archive, ok := made(pass, access.Value).(*python.Call)
	if !ok || len(archive.Args) == 0 {
		return false
	}
	buffer, ok := made(pass, archive.Args[0]).(*python.Call)
	return ok && pass.Qualified(buffer.Func) == "io.BytesIO"
}

// made returns what a name was given, also by a with statement, or the expression itself.
func made(pass *analyzer.Pass, expr python.Expr) python.Expr {
	name, ok := expr.(*python.Name)
	if !ok {
		return expr
	}
	if defs := pass.Reaching(name); len(defs) == 1 && (defs[0].Kind == names.Assigned || defs[0].Kind == names.Managed) {
		return defs[0].Value
	}
	return expr
}

// asksWhetherText reports whether what is read is decoded where an answer waits for bytes that are no text: the whole has to be
// looked at before anything else is done.
func asksWhetherText(pass *analyzer.Pass, read *python.Call) bool {
	if !isDecoded(pass, read) {
		return false
	}
	attempt, ok := names.Inside[*python.Try](pass.File.File, read)
	return ok && slices.ContainsFunc(attempt.Handlers, func(h *python.ExceptHandler) bool {
		found := false
		if h.Type != nil {
			python.Walk(h.Type, func(node python.Node) bool {
				name, ok := node.(*python.Name)
				found = found || ok && name.Id == "UnicodeDecodeError"
				return !found
			})
		}
		return found && attempt.Body[0].Range().Start <= read.Start && read.End <= attempt.Body[len(attempt.Body)-1].Range().End
	})
}

// afterBody reports whether a request is read because request.body has just failed.
func afterBody(pass *analyzer.Pass, read *python.Call) bool {
	handler, ok := names.Inside[*python.ExceptHandler](pass.File.File, read)
	if !ok {
		return false
	}
	attempt, ok := pass.Parent(handler).(*python.Try)
	return ok && slices.ContainsFunc(attempt.Body, func(stmt python.Stmt) bool { return strings.Contains(pass.Text(stmt), "request.body") })
}

// isBoundBefore reports whether the function has asked for request.body by then: that has been held against the limit, and is what
// read() returns.
func isBoundBefore(pass *analyzer.Pass, read *python.Call, request string) bool {
	fn := pass.FunctionAt(read)
	if fn == nil || afterBody(pass, read) {
		return false
	}
	for node := range pass.Own(fn) {
		if access, ok := node.(*python.Attribute); ok && access.Attr == "body" && access.Start < read.Start && pass.Text(access.Value) == request {
			return true
		}
	}
	return false
}
