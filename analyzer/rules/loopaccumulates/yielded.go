package loopaccumulates

import (
	"slices"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

// yielded reports a list that keeps everything that a generator of this file yields to a command or a task: whoever writes one expects
// that not all fits.
func yielded(pass *analyzer.Pass, loop *python.For) {
	value, ok := loop.Target.(*python.Name)
	if !ok || !pass.Batch(loop) || pass.DevelopersTool(loop) {
		return
	}
	fn := generatorOf(pass, loop.Iter)
	if fn == nil || startedForEach(pass, loop) {
		return
	}
	for _, c := range pass.Collected(loop, loop.Body) {
		if isName(c.Value, value.Id) && isListed(pass, c) && !pass.IsChosen(c.Node, loop) && !savedInBulk(pass, c.Name, loop) {
			pass.Report(analyzer.Diagnostic{
				Span:    c.Node.Range(),
				Preview: true, // What takes it next may need the whole.
				Message: "`" + c.Name + "` keeps everything that `" + fn.Name + "()` yields until the loop has ended",
			})
		}
	}
}

// startedForEach reports whether a loop stands in a task that another loop of this file starts once for each of its values: whoever
// does so has cut the work into pieces.
func startedForEach(pass *analyzer.Pass, loop *python.For) bool {
	task := pass.FunctionAt(loop)
	return task != nil && slices.ContainsFunc(pass.Calls, func(call *python.Call) bool {
		start, ok := call.Func.(*python.Attribute)
		if !ok || start.Attr != "delay" && start.Attr != "apply_async" || pass.FunctionOf(start.Value) != task {
			return false
		}
		_, each := names.Inside[*python.For](pass.File.File, call)
		return each
	})
}

// isListed reports whether a list takes what is added, rather than a text, a set of different things or what one key stands for.
func isListed(pass *analyzer.Pass, c django.Collection) bool {
	if c.Method != "" {
		return c.Method == "append" || c.Method == "extend"
	}
	name, ok := c.Expr.(*python.Name)
	return ok && c.Kind == names.Grows && slices.ContainsFunc(pass.Reaching(name), func(def names.Definition) bool {
		_, list := def.Value.(*python.List)
		return list
	})
}

// generatorOf returns the function of this file that yields what an iterable hands out, itself or through a filter.
func generatorOf(pass *analyzer.Pass, iterable python.Expr) *names.Function {
	if call, ok := pass.Deref(iterable).(*python.Call); ok {
		switch pass.Qualified(call.Func) {
		case "builtins.filter", "itertools.filterfalse", "builtins.map":
			if len(call.Args) == 2 {
				return generatorOf(pass, call.Args[1])
			}
		case "tqdm.tqdm":
			if len(call.Args) > 0 {
				return generatorOf(pass, call.Args[0])
			}
		}
	}
	return pass.Generator(iterable)
}
