// Package streamsyncunderasgi reports responses that stream nothing, since ASGI collects a synchronous iterator first.
package streamsyncunderasgi

import (
	_ "embed"
	"slices"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/project"
	"github.com/djleak/djleak/analyzer/python"
)

//go:embed doc.md
var doc string

// Rule reports synchronous iterators and files in streaming responses of a project that runs under ASGI.
var Rule = &analyzer.Rule{
	Name:       "stream-sync-under-asgi",
	Doc:        doc,
	Severity:   analyzer.Medium,
	Confidence: analyzer.MediumConfidence,
	Fix:        analyzer.NoFix,
	Status:     analyzer.Preview,
	Triggers:   []string{"StreamingHttpResponse", "FileResponse"},
	Project:    true,
	Run:        run,
}

func run(pass *analyzer.Pass) {
	asgi := pass.Project.UnderASGI()
	// Before Django 4.2 it sent each piece as it came: https://docs.djangoproject.com/en/5.2/releases/4.2/#requests-and-responses
	if asgi.Strength < project.Likely || pass.Django().Before(4, 2) {
		return
	}
	confidence := analyzer.MediumConfidence
	if asgi.Strength < project.Certain || pass.Project.BesideWSGI() {
		// WSGI may serve the views, and ASGI web sockets alone.
		confidence = analyzer.LowConfidence
	}
	for _, call := range pass.Calls {
		response, content := pass.StreamedContent(call)
		if content == nil || pass.DevelopersTool(call) {
			continue
		}
		held, file := synchronous(pass, content)
		isFile := file != nil
		if held == "" || response == "FileResponse" && !isFile {
			continue
		}
		d := analyzer.Diagnostic{
			Span: call.Range(), Confidence: &confidence,
			Message: "Under ASGI (" + asgi.Where + ") `" + response + "` collects all of " + held + " in memory before it sends the first byte: " +
				"only an asynchronous iterator is streamed",
			// It is collected as well, and small.
			Preview: isFile && (pass.SendsPicture(call) || pass.IsSmallFile(file.Expr)) || isOfList(pass, content),
		}
		if isFile {
			d.Remedy = "async def chunks(path):\n    with open(path, \"rb\") as file:\n" +
				"        while chunk := await asyncio.to_thread(file.read, 65536):\n            yield chunk\n"
		}
		pass.Report(d)
	}
}

// synchronous names what a response would collect: a file, or an iterator that is surely not asynchronous. It is empty
// for anything else, such as a list, which is in memory already.
func synchronous(pass *analyzer.Pass, content python.Expr) (held string, file *django.FileObject) {
	if file = pass.FileObject(content); file != nil {
		if file.Path != nil && pass.IsFixedPath(file.Path) {
			return "", file // As large as the project's authors made it.
		}
		return "the file", file
	}
	switch e := pass.Deref(content).(type) {
	case *python.GeneratorExp:
		if slices.ContainsFunc(e.Generators, func(clause *python.Comprehension) bool { return clause.IsAsync }) {
			return "", nil
		}
		return "a generator", nil
	case *python.Call:
		switch pass.Qualified(e.Func) {
		case "builtins.map", "builtins.filter":
			if len(e.Args) != 2 {
				return "", nil
			}
			// Over what is in memory anyway they save nothing either way.
			if inner, ok := pass.Deref(e.Args[1]).(*python.Call); ok {
				return iterator(pass, inner), nil
			}
			return "", nil
		}
		return iterator(pass, e), nil
	}
	return "", nil
}

// isOfList reports whether a generator may walk through what is in memory already: it is not seen to take rows from the database,
// lines from a file, or what another generator yields. Next to a list the lines that are made of it weigh little.
func isOfList(pass *analyzer.Pass, content python.Expr) bool {
	generator, ok := pass.Deref(content).(*python.GeneratorExp)
	if !ok {
		return false
	}
	source := generator.Generators[0].Iter
	call, ok := pass.Deref(source).(*python.Call)
	return pass.QuerySet(source) == nil && pass.FileObject(source) == nil && (!ok || iterator(pass, call) == "")
}

// streams are methods that return a synchronous iterator over what may be large: of a QuerySet, of a file, of a response
// of requests or httpx.
var streams = map[string]bool{
	"iterator": true, "chunks": true, "iter_content": true, "iter_lines": true, "iter_bytes": true, "iter_raw": true,
	"iter_text": true,
}

// iterator names a call that surely returns a synchronous iterator, or returns nothing.
func iterator(pass *analyzer.Pass, call *python.Call) string {
	if fn := called(pass, call); fn != nil {
		if fn.IsGenerator() && !fn.IsAsync && !yieldsHeld(pass, fn) {
			return "`" + fn.Name + "()`"
		}
		return ""
	}
	if access, ok := call.Func.(*python.Attribute); ok && streams[access.Attr] {
		return "`" + access.Attr + "()`"
	}
	return ""
}

// yieldsHeld reports whether all that a generator yields is in memory when it begins: variables that it does not bind itself, constants
// beside them, and nothing in a loop.
func yieldsHeld(pass *analyzer.Pass, generator *names.Function) bool {
	variables, held := 0, true
	for _, stmt := range generator.Body {
		python.Walk(stmt, func(node python.Node) bool {
			switch n := node.(type) {
			case *python.FunctionDef, *python.ClassDef, *python.Lambda:
				return false
			case *python.For, *python.While, *python.YieldFrom:
				held = false
			case *python.Yield:
				switch value := n.Value.(type) {
				case *python.Constant:
				case *python.Name:
					variables++
					held = held && !binds(pass, generator, value)
				default:
					held = false
				}
			}
			return held
		})
	}
	return held && variables > 0
}

// binds reports whether a function itself gives a variable its value.
func binds(pass *analyzer.Pass, fn *names.Function, variable *python.Name) bool {
	binding := pass.Binding(variable)
	return binding == nil || binding.Scope == fn.Scope &&
		slices.ContainsFunc(binding.Definitions, func(def names.Definition) bool { return def.Kind != names.Parameter })
}

// called returns the function or the method of this file that a call calls, or nil.
func called(pass *analyzer.Pass, call *python.Call) *names.Function {
	switch callee := call.Func.(type) {
	case *python.Name:
		binding := pass.Binding(callee)
		if binding == nil || len(binding.Definitions) != 1 {
			return nil
		}
		if def, ok := binding.Definitions[0].Node.(*python.FunctionDef); ok && binding.Definitions[0].Kind == names.Defined {
			return pass.Function(def)
		}
	case *python.Attribute:
		fn := pass.FunctionAt(call)
		if receiver, ok := callee.Value.(*python.Name); ok && fn != nil && fn.Class != nil && receiver.Id == fn.Self() {
			return pass.MethodOf(fn.Class, callee.Attr)
		}
	}
	return nil
}
