package loopaccumulates

import (
	"slices"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

// parts reports a buffer in memory into which a loop copies one whole file after the other, such as the parts of an upload.
func parts(pass *analyzer.Pass, loop *python.For) {
	switch loop.Iter.(type) {
	case *python.Tuple, *python.List:
		return // As many as the code names.
	}
	if len(loop.Body) == 0 {
		return // A file that does not parse.
	}
	body := python.Span{Start: loop.Body[0].Range().Start, End: loop.Body[len(loop.Body)-1].Range().End}
	for _, access := range pass.AttributesNamed("write") {
		call, ok := pass.Parent(access).(*python.Call)
		if !ok || call.Func != python.Expr(access) || len(call.Args) != 1 || !body.Contains(call.Span) ||
			pass.FunctionAt(call) != pass.FunctionAt(loop) {
			continue
		}
		read, ok := call.Args[0].(*python.Call)
		buffer, isName := access.Value.(*python.Name)
		if !ok || !isName || pass.WholeRead(read) == nil || !isBufferOutside(pass, buffer, loop) {
			continue
		}
		pass.Report(analyzer.Diagnostic{
			Span:    call.Span,
			Preview: true, // There may be few of them, and small.
			Message: "`" + buffer.Id + "` holds one file after the other in memory until the loop ends",
			Remedy:  "with tempfile.TemporaryFile() as " + buffer.Id + ":  # and shutil.copyfileobj(part, " + buffer.Id + ") for each part\n    ...\n",
		})
	}
}

// isBufferOutside reports whether a name stands for a buffer in memory that was made in front of a loop.
func isBufferOutside(pass *analyzer.Pass, name *python.Name, loop *python.For) bool {
	defs := pass.Reaching(name)
	return len(defs) > 0 && !slices.ContainsFunc(defs, func(def names.Definition) bool {
		made, ok := def.Value.(*python.Call)
		if !ok || loop.Contains(made.Span) {
			return true
		}
		switch pass.Qualified(made.Func) {
		case "io.BytesIO", "io.StringIO":
			return false
		}
		return true
	})
}
