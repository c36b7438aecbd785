package filereadwhole

import (
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/pattern"
	"github.com/djleak/djleak/analyzer/python"
)

// gathered looks at the lists that a function makes of all lines or rows of an open file: lines = file.readlines(),
// rows = list(csv.reader(file)), [line.strip() for line in file].
func gathered(pass *analyzer.Pass, fn *names.Function) {
	for node := range pass.Own(fn) {
		list, ok := node.(python.Expr)
		if !ok {
			continue
		}
		source := gatheredFrom(pass, list)
		if source == nil {
			continue
		}
		file, item := source, "line"
		if reader, ok := pass.Deref(source).(*python.Call); ok && isReader(pass, reader) {
			file, item = reader.Args[0], "row"
		}
		object := pass.FileObject(file)
		if object == nil || object.Kind != django.LocalFile || pass.IsSmallFile(object.Path) || pass.DevelopersTool(list) {
			continue
		}
		d := analyzer.Diagnostic{Span: list.Range(), Message: made(list) + " holds every " + item + " of the file in memory, "}
		switch last := lastOf(pass, list); {
		case last != "":
			d.Message += "and only the last are used"
			d.Remedy = "from collections import deque\n\ndeque(" + pass.Text(source) + ", maxlen=" + last + ")\n"
		case isLog(pass, object.Path) && pass.RunsAgain(fn):
			d.Message += "and a log has more of them each day"
			d.Remedy = "from collections import deque\n\ndeque(" + pass.Text(source) + ", maxlen=1000)  # the last; FileResponse sends all, in pieces\n"
		case !pass.IsFixedPath(object.Path) && !isRewritten(pass, fn, object):
			d.Message += "and the code takes one or a few at a time"
			if d.Remedy = inTurn(pass, list, source, item); d.Remedy == "" {
				continue
			}
		default:
			continue
		}
		pass.Report(d)
	}
}

// gatheredFrom returns the file, or the reader, of which an expression makes a list of everything, or nil.
func gatheredFrom(pass *analyzer.Pass, list python.Expr) python.Expr {
	switch e := list.(type) {
	case *python.ListComp:
		if len(e.Generators) == 1 && len(e.Generators[0].Ifs) == 0 {
			return e.Generators[0].Iter
		}
	case *python.Call:
		if isReadlines(e) && looped(pass, e) == nil && !isCounted(pass, e) {
			return pass.WholeRead(e)
		}
		if pass.Qualified(e.Func) == "builtins.list" && len(e.Args) == 1 {
			return e.Args[0]
		}
	}
	return nil
}

// isReader reports whether a call makes a reader of csv.
func isReader(pass *analyzer.Pass, call *python.Call) bool {
	qualified := pass.Qualified(call.Func)
	return len(call.Args) > 0 && (qualified == "csv.reader" || qualified == "csv.DictReader")
}

// made is how a list came about.
func made(list python.Expr) string {
	if call, ok := list.(*python.Call); ok {
		return "`" + python.LastName(call.Func) + "()`"
	}
	return "The list"
}

// usesOf returns the places that read a list: those of the variable that it alone is assigned to, or itself.
func usesOf(pass *analyzer.Pass, list python.Expr) []python.Expr {
	assign, ok := pass.Parent(list).(*python.Assign)
	if !ok {
		return []python.Expr{list}
	}
	name, ok := assign.Targets[0].(*python.Name)
	if !ok || len(assign.Targets) != 1 {
		return nil
	}
	binding := pass.Binding(name)
	if binding == nil || binding.Scope.Kind != names.FunctionScope {
		return nil
	}
	var uses []python.Expr
	for _, use := range binding.Uses {
		if slices.ContainsFunc(pass.Reaching(use), func(def names.Definition) bool { return def.Node == python.Node(assign) }) {
			uses = append(uses, use)
		}
	}
	return uses
}

// lastOf returns how many of the last items are all that is used of a list, or nothing: lines[-100:], lines[-1].
func lastOf(pass *analyzer.Pass, list python.Expr) string {
	last := ""
	for _, use := range usesOf(pass, list) {
		item, ok := pass.Parent(use).(*python.Subscript)
		if !ok || item.Value != use {
			return ""
		}
		index := item.Slice
		if slice, ok := index.(*python.Slice); ok && slice.Upper == nil && slice.Step == nil {
			index = slice.Lower
		}
		sign, ok := index.(*python.UnaryOp)
		if !ok || sign.Op != python.USub {
			return ""
		}
		last = pass.Text(sign.Operand)
	}
	return last
}

// logName matches the names of what leads to a log.
var logName = pattern.New(`(?i)(^|_)logs?(_?(file|path|name|filename|filepath))*$`)

// isLog reports whether a path leads to a log, by the name of what holds it or by its ending.
func isLog(pass *analyzer.Pass, path python.Expr) bool {
	return saysLog(path) || saysLog(pass.Deref(path))
}

func saysLog(path python.Expr) bool {
	switch e := path.(type) {
	case *python.Name:
		return logName.MatchString(e.Id)
	case *python.Attribute:
		return logName.MatchString(e.Attr) || (e.Attr == "path" || e.Attr == "name") && saysLog(e.Value)
	case *python.Constant:
		text, _ := e.Str()
		return strings.HasSuffix(text, ".log")
	case *python.BinOp:
		return e.Op == python.Div && saysLog(e.Right)
	case *python.Call:
		return len(e.Args) > 0 && saysLog(e.Args[len(e.Args)-1])
	}
	return false
}

// inTurn returns the loop to use instead where one that does not keep the items, or pieces of the list, are all that comes of it.
func inTurn(pass *analyzer.Pass, list, source python.Expr, item string) string {
	if _, ok := pass.Parent(list).(*python.Assign); !ok {
		return ""
	}
	switch destination, counted := pass.DestinationOf(list); {
	case destination == django.Chunked:
		return "for " + item + "s in itertools.batched(" + pass.Text(source) + ", 500):  # Python 3.12; islice() before it\n    ...\n"
	case destination == django.Walked && !counted && !slices.ContainsFunc(usesOf(pass, list), func(use python.Expr) bool { return isKept(pass, use) }):
		return "for " + item + " in " + pass.Text(source) + ":\n    ...\n"
	}
	return ""
}

// isKept reports whether the loop through a list puts its items into another: [int(line) for line in lines], kept.append(line),
// text += line.
func isKept(pass *analyzer.Pass, list python.Expr) bool {
	node := pass.Parent(list)
	if call, ok := node.(*python.Call); ok {
		node = pass.Parent(call)
	}
	switch loop := node.(type) {
	case *python.Comprehension:
		_, generator := pass.Parent(loop).(*python.GeneratorExp)
		return !generator
	case *python.For:
		return slices.ContainsFunc(pass.Collected(loop, loop.Body), func(c django.Collection) bool {
			return isText(c.Value, pass.Text(loop.Target))
		})
	}
	return false
}

// isText reports whether an expression is a line itself, or text that is made of one: line, line.strip(), "- " + line.
func isText(expr python.Expr, line string) bool {
	switch e := expr.(type) {
	case *python.Name:
		return e.Id == line
	case *python.JoinedStr, *python.BinOp:
		return true
	case *python.Call:
		access, ok := e.Func.(*python.Attribute)
		return ok && isText(access.Value, line)
	}
	return false
}

// isRewritten reports whether a function opens a file once more, which may be to write what it read.
func isRewritten(pass *analyzer.Pass, fn *names.Function, read *django.FileObject) bool {
	for node := range pass.Own(fn) {
		call, ok := node.(*python.Call)
		if !ok || python.Expr(call) == read.Expr {
			continue
		}
		if again := pass.FileObject(call); again != nil && again.Path != nil && pass.Text(again.Path) == pass.Text(read.Path) {
			return true
		}
	}
	return false
}
