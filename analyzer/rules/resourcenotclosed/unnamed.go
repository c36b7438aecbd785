package resourcenotclosed

import (
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

// reportUnnamed reports a file that is opened on the way to be read, so that nothing is left to close it by. CPython closes it
// as soon as nothing refers to it, with a ResourceWarning; an exception whose traceback is kept holds it open. It returns whether
// there was one.
func reportUnnamed(pass *analyzer.Pass, fn *names.Function, call *python.Call, opened resource) bool {
	if !strings.HasSuffix(opened.what, "file") || !isUsedUp(pass, call) || inMemory(pass, call) {
		return false
	}
	severity := analyzer.Low
	pass.Report(analyzer.Diagnostic{
		Span:     call.Span,
		Message:  fn.QualifiedName + " opens a " + opened.what + " with each call and has no name to close it by",
		Remedy:   "with " + oneLine(pass, call) + " as file:\n    ...\n",
		Severity: &severity,
		Preview:  true,
	})
	return true
}

// isUsedUp reports whether what a call opens goes no further than the expression around: open(path).read(),
// json.load(open(path)).
func isUsedUp(pass *analyzer.Pass, call *python.Call) bool {
	switch parent := pass.Parent(call).(type) {
	case *python.Attribute:
		switch parent.Attr {
		case "read", "readlines", "readline", "write", "writelines":
			method, ok := pass.Parent(parent).(*python.Call)
			return ok && method.Func == python.Expr(parent)
		}
	case *python.Call:
		if borrows(pass, parent) {
			return true
		}
		// Django's File closes what it wraps only where somebody closes the File.
		switch pass.Qualified(parent.Func) {
		case "django.core.files.File", "django.core.files.base.File", "django.core.files.images.ImageFile":
			return isArgument(pass, parent)
		}
	case *python.For:
		return parent.Iter == python.Expr(call)
	case *python.Comprehension:
		return parent.Iter == python.Expr(call)
	}
	return false
}

// isArgument reports whether a call is the argument of another that makes no response.
func isArgument(pass *analyzer.Pass, call *python.Call) bool {
	parent := pass.Parent(call)
	if keyword, ok := parent.(*python.Keyword); ok {
		parent = pass.Parent(keyword)
	}
	taker, ok := parent.(*python.Call)
	return ok && taker.Func != python.Expr(call) && !strings.HasSuffix(python.LastName(taker.Func), "Response")
}
