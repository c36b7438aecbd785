package uploadreadwhole

import (
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

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
