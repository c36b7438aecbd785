// Package uploadreadwhole reports uploaded files that are read into memory as a whole.
package uploadreadwhole

import (
	_ "embed"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/python"
)

//go:embed doc.md
var doc string

// Rule reports read() and its like on an uploaded file.
var Rule = &analyzer.Rule{
	Name:       "upload-read-whole",
	Doc:        doc,
	Severity:   analyzer.Medium,
	Confidence: analyzer.HighConfidence,
	Fix:        analyzer.NoFix,
	Status:     analyzer.Stable,
	Triggers:   []string{".read(", ".readlines(", ".chunks("},
	Run:        run,
}

func run(pass *analyzer.Pass) {
	for _, call := range pass.Calls {
		access, ok := call.Func.(*python.Attribute)
		if !ok {
			continue
		}
		var file python.Expr
		switch {
		case readsAll(call, access.Attr):
			file = access.Value
		case access.Attr == "join":
			file = joinedChunks(call)
		}
		if file != nil && pass.IsUpload(file) && !sizeIsChecked(pass, call, file) {
			pass.Report(diagnose(pass, call, access, file))
		}
	}
}

// readsAll reports whether a method call reads a file to its end: read(), read(-1), read(None) or readlines().
func readsAll(call *python.Call, method string) bool {
	switch method {
	case "readlines":
		return len(call.Args) == 0
	case "read":
	default:
		return false
	}
	if len(call.Args) == 0 {
		return len(call.Keywords) == 0
	}
	switch size := call.Args[0].(type) {
	case *python.Constant:
		return size.Kind == python.None
	case *python.UnaryOp:
		return size.Op == python.USub
	}
	return false
}

// joinedChunks returns the file of b"".join(file.chunks()), or nil.
func joinedChunks(call *python.Call) python.Expr {
	if len(call.Args) != 1 {
		return nil
	}
	inner, ok := call.Args[0].(*python.Call)
	if !ok {
		return nil
	}
	if access, ok := inner.Func.(*python.Attribute); ok && access.Attr == "chunks" {
		return access.Value
	}
	return nil
}

// sizeIsChecked reports whether the function compares the file's size before it reads.
func sizeIsChecked(pass *analyzer.Pass, call *python.Call, file python.Expr) bool {
	fn := pass.FunctionAt(call)
	if fn == nil {
		return false
	}
	checked, text := false, pass.Text(file)
	for _, stmt := range fn.Body {
		python.Walk(stmt, func(node python.Node) bool {
			if node.Range().Start >= call.Start {
				return false
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

func diagnose(pass *analyzer.Pass, call *python.Call, access *python.Attribute, file python.Expr) analyzer.Diagnostic {
	what := "`" + access.Attr + "()`"
	if access.Attr == "join" {
		what = "`join()`"
	}
	return analyzer.Diagnostic{
		Span:    call.Span,
		Message: what + " holds the whole upload in memory, as large as its sender made it",
		Remedy:  remedy(pass, call, file),
	}
}

// remedy is the way to read in pieces that fits what is done with the content.
func remedy(pass *analyzer.Pass, call *python.Call, file python.Expr) string {
	name := pass.Text(file)
	if strings.Contains(name, "\n") {
		name = "upload"
	}
	switch parent := pass.Parent(call).(type) {
	case *python.Attribute:
		if parent.Attr == "decode" {
			return "import io\n\nfor line in io.TextIOWrapper(" + name + ", encoding=\"utf-8\"):\n    ...\n"
		}
	case *python.Call:
		if pass.Qualified(parent.Func) == "django.core.files.base.ContentFile" {
			return "# " + name + " is a file already: save it as it is\n" + name + "\n"
		}
	}
	return "for chunk in " + name + ".chunks():  # 64 KiB each\n    ...\n"
}
