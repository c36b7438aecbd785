// Package spooledfilewithoutlimit reports spooled files that never leave memory.
package spooledfilewithoutlimit

import (
	_ "embed"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

//go:embed doc.md
var doc string

// Rule reports SpooledTemporaryFile() without max_size.
var Rule = &analyzer.Rule{
	Name:       "spooled-file-without-limit",
	Doc:        doc,
	Severity:   analyzer.Medium,
	Confidence: analyzer.HighConfidence,
	Fix:        analyzer.UnsafeFix,
	Status:     analyzer.Stable,
	Triggers:   []string{"SpooledTemporaryFile"},
	Project:    true,
	Run:        run,
}

func run(pass *analyzer.Pass) {
	for _, call := range pass.Calls {
		if pass.Qualified(call.Func) == "tempfile.SpooledTemporaryFile" && !rollsOver(pass, call) {
			d := diagnose(call)
			d.Preview = holdsCopy(pass, call)
			pass.Report(d)
		}
	}
}

// rollsOver reports whether the file moves to the disk at some size, or at once.
func rollsOver(pass *analyzer.Pass, call *python.Call) bool {
	for _, keyword := range call.Keywords {
		if keyword.Name == "" {
			return true // **options may hold it.
		}
	}
	size := names.Keyword(call, "max_size")
	switch {
	case size != nil:
		return !isZero(size.Value)
	case len(call.Args) > 0:
		return !isZero(call.Args[0])
	}
	return usesDisk(pass, call)
}

func isZero(expr python.Expr) bool {
	constant, ok := expr.(*python.Constant)
	return ok && (constant.Raw == "0" || constant.Kind == python.None)
}

// usesDisk reports whether the code moves the file to the disk itself: by rollover(), or by asking for its descriptor. One that
// it reads as a whole in the end is held as a whole either way.
func usesDisk(pass *analyzer.Pass, call *python.Call) bool {
	var name *python.Name
	switch parent := pass.Parent(call).(type) {
	case *python.Assign:
		name, _ = parent.Targets[0].(*python.Name)
	case *python.WithItem:
		name, _ = parent.OptionalVars.(*python.Name)
	}
	if name == nil {
		return false
	}
	for _, use := range pass.Binding(name).Uses {
		access, ok := pass.Parent(use).(*python.Attribute)
		if !ok {
			continue
		}
		read, isCall := pass.Parent(access).(*python.Call)
		if access.Attr == "rollover" || access.Attr == "fileno" || isCall && pass.WholeRead(read) != nil {
			return true
		}
	}
	return false
}

func diagnose(call *python.Call) analyzer.Diagnostic {
	d := analyzer.Diagnostic{
		Span:    call.Span,
		Message: "This SpooledTemporaryFile keeps all that is written to it in memory: without max_size it never moves to the disk",
		Remedy:  "SpooledTemporaryFile(max_size=2_621_440)  # 2.5 MB in memory, the rest on disk\n",
	}
	fix := analyzer.SuggestedFix{
		Message: "Move the file to the disk above 2.5 MB",
		Kind:    analyzer.UnsafeFix,
		Check:   "How much of it may stay in memory? Django's own uploads keep 2.5 MB.",
	}
	switch size := names.Keyword(call, "max_size"); {
	case size != nil:
		fix.Edits = []analyzer.TextEdit{analyzer.Replace(size.Value, "2_621_440")}
	case len(call.Args) > 0:
		fix.Edits = []analyzer.TextEdit{analyzer.Replace(call.Args[0], "2_621_440")}
	case len(call.Keywords) > 0:
		fix.Edits = []analyzer.TextEdit{analyzer.Insert(call.Keywords[0].Start, "max_size=2_621_440, ")}
	default:
		fix.Edits = []analyzer.TextEdit{analyzer.Insert(call.End-1, "max_size=2_621_440")}
	}
	d.Fixes = []analyzer.SuggestedFix{fix}
	return d
}
