package django

import (
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer/pattern"
	"github.com/djleak/djleak/analyzer/python"
)

// tool matches the names of what developers run on their own machines: seed, fake_orders, simulation.
var tool = pattern.New(`(?i)(^|[_.-])(seed|seeds|seeder|fake|demo|dummy|examples?|simulat\w*|benchmarks?|loadtest|testdata|sandbox|playground|random|tests?|testing)([_.-]|$)`)

// DevelopersTool reports whether a node stands in what a developer runs on a machine with few rows, by the names on the
// file's path and of the function.
func (f *File) DevelopersTool(node python.Node) bool {
	fn := f.FunctionAt(node)
	if fn != nil && tool.MatchString(fn.Name) {
		return true
	}
	return slices.ContainsFunc(strings.Split(f.Path, "/"), tool.MatchString)
}

// Reverses reports whether a node stands in the function with which a migration is undone, for which no deployment waits.
func (f *File) Reverses(node python.Node) bool {
	fn := f.FunctionAt(node)
	if fn == nil || f.Context(fn) != MigrationContext {
		return false
	}
	back, forth := false, false
	for _, call := range f.Calls {
		if python.LastName(call.Func) != "RunPython" {
			continue
		}
		forth = forth || len(call.Args) > 0 && python.LastName(call.Args[0]) == fn.Name
		back = back || len(call.Args) > 1 && python.LastName(call.Args[1]) == fn.Name
		for _, keyword := range call.Keywords {
			forth = forth || keyword.Name == "code" && python.LastName(keyword.Value) == fn.Name
			back = back || keyword.Name == "reverse_code" && python.LastName(keyword.Value) == fn.Name
		}
	}
	return back && !forth
}
