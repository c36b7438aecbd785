package django

import (
	"iter"

	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

// StreamedContent returns the name of the streaming response that a call makes, and what it streams, or nil.
func (f *File) StreamedContent(call *python.Call) (response string, content python.Expr) {
	switch f.Qualified(call.Func) {
	case "django.http.StreamingHttpResponse", "django.http.response.StreamingHttpResponse":
		response = "StreamingHttpResponse"
	case "django.http.FileResponse", "django.http.response.FileResponse":
		response = "FileResponse"
	default:
		return "", nil
	}
	if len(call.Args) > 0 {
		return response, call.Args[0]
	}
	if keyword := names.Keyword(call, "streaming_content"); keyword != nil {
		return response, keyword.Value
	}
	return "", nil
}

// IsStreamed reports whether what a node makes one by one is sent as it comes: it stands in a generator, or is one, that a response of
// this file streams.
func (f *File) IsStreamed(node python.Node) bool {
	fn := f.FunctionAt(node)
	for _, call := range f.Calls {
		response, content := f.StreamedContent(call)
		if response != "StreamingHttpResponse" {
			continue
		}
		for source := range f.sources(content) {
			if generator, ok := source.(*python.GeneratorExp); ok && f.Parent(node) == python.Node(generator) {
				return true
			}
			if made, ok := source.(*python.Call); ok && fn != nil && f.FunctionOf(made.Func) == fn && fn.IsGenerator() {
				return true
			}
		}
	}
	return false
}

// sources yields what an iterable may take its elements from: itself, and what it is handed, as in chain([header], lines(rows)).
func (f *File) sources(iterable python.Expr) iter.Seq[python.Expr] {
	return func(yield func(python.Expr) bool) {
		var take func(expr python.Expr, depth int) bool
		take = func(expr python.Expr, depth int) bool {
			const deepest = 4
			expr = f.Deref(expr)
			if !yield(expr) {
				return false
			}
			var inner []python.Expr
			switch e := expr.(type) {
			case *python.Call:
				inner = e.Args
			case *python.GeneratorExp:
				inner = []python.Expr{e.Generators[0].Iter}
			}
			for _, arg := range inner {
				if depth < deepest && !take(arg, depth+1) {
					return false
				}
			}
			return true
		}
		take(iterable, 0)
	}
}
