package loopaccumulates

import (
	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/pattern"
	"github.com/djleak/djleak/analyzer/python"
)

// parsers are functions that make a value of a whole file of data. Those of YAML read what configures something.
var parsers = map[string]bool{
	"json.load": true, "pickle.load": true,
	"pandas.read_csv": true, "pandas.read_excel": true, "pandas.read_json": true, "pandas.read_parquet": true,
}

// configuring matches the names of containers of small files that come with a project.
var configuring = pattern.New(`(?i)config|setting|schema|locale|translation|message|fixture|manifest`)

// documents reports a container in which a loop of a command or a task keeps one parsed file after the other.
func documents(pass *analyzer.Pass, call *python.Call) {
	if !parsers[pass.Qualified(call.Func)] || len(call.Args) == 0 || !pass.Batch(call) || pass.DevelopersTool(call) {
		return
	}
	loop, ok := pass.LoopAround(call).(*python.For)
	if !ok {
		return
	}
	switch loop.Iter.(type) {
	case *python.Tuple, *python.List:
		return // As many as the code names.
	}
	if file := pass.FileObject(call.Args[0]); pass.IsFixedPath(call.Args[0]) || file != nil && file.Path != nil && pass.IsFixedPath(file.Path) {
		return
	}
	for _, c := range pass.Collected(loop, loop.Body) {
		if c.Value == nil || pass.Deref(c.Value) != python.Expr(call) || configuring.MatchString(c.Name) {
			continue
		}
		pass.Report(analyzer.Diagnostic{
			Span:    c.Node.Range(),
			Preview: true, // There may be few of them, and small.
			Message: "`" + c.Name + "` keeps every file that the loop parses until the last is read",
		})
	}
}
