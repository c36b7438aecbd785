// Package filereadwhole reports files that are read into memory as a whole where a piece at a time would do.
package filereadwhole

import (
	_ "embed"
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/pattern"
	"github.com/djleak/djleak/analyzer/python"
)

//go:embed doc.md
var doc string

// Rule reports read() and readlines() whose result goes where pieces could go.
var Rule = &analyzer.Rule{
	Name:       "file-read-whole",
	Doc:        doc,
	Severity:   analyzer.Medium,
	Confidence: analyzer.MediumConfidence,
	Fix:        analyzer.SafeFix,
	Status:     analyzer.Preview,
	Triggers:   []string{".read(", ".readlines(", ".load(", "open("},
	Project:    true,
	Run:        run,
}

func run(pass *analyzer.Pass) {
	if pass.IsTool() {
		return
	}
	for _, call := range pass.Calls {
		if file := pass.WholeRead(call); file != nil {
			if !pass.IsUpload(file) {
				read(pass, call, file)
			}
			continue
		}
		parsed(pass, call)
	}
	for _, fn := range pass.Functions {
		gathered(pass, fn)
	}
}

// read looks at one call that reads a file to its end.
func read(pass *analyzer.Pass, call *python.Call, file python.Expr) {
	object := pass.FileObject(file)
	if object != nil && object.Path != nil && pass.IsFixedPath(object.Path) {
		return
	}
	if loop := looped(pass, call); loop != nil {
		if _, kept := pass.Parent(loop).(*python.ListComp); object != nil || !kept && hasLines(pass, file) {
			pass.Report(lines(pass, call, file, object, loop))
		}
		return
	}
	if isReadlines(call) && object != nil && isCounted(pass, call) {
		pass.Report(count(pass, call, file, object))
		return
	}
	sink, node := pass.SinkOf(call)
	if sink == django.NoSink || isReadlines(call) || sink == django.Split && !isIterated(pass, node) {
		return
	}
	if object == nil && !takesPieces(pass, file, sink) {
		return
	}
	w := whole{pass, call, file, object, sink, node}
	if w.isReturned() || w.isPrinted() || w.isUsedAgain() || pass.NeededWhole(call) || isKeptToo(pass, call, object) {
		return
	}
	pass.Report(analyzer.Diagnostic{
		Span:       call.Span,
		Message:    "`read()` holds the whole file in memory " + purpose(sink),
		Confidence: w.confidence(),
		Remedy:     w.remedy(),
	})
}

// confidence is low where bytes alone are taken for a file, and for the local files that people most often read as a whole because
// they are small: those that they split into lines or make another file of.
func (w whole) confidence() *analyzer.Confidence {
	if call, ok := w.node.(*python.Call); ok && strings.HasPrefix(w.pass.Qualified(call.Func), "django.core.files.uploadedfile.") {
		return new(analyzer.LowConfidence)
	}
	isLocal := w.object != nil && w.object.Kind == django.LocalFile
	if isLocal && !w.isCompressed() && (w.sink == django.Split || w.sink == django.Wrapped) {
		return new(analyzer.LowConfidence)
	}
	return confidence(w.pass, w.file, w.object)
}

// isCompressed reports whether the file is one that somebody found large enough to compress.
func (w whole) isCompressed() bool {
	opened, ok := w.object.Expr.(*python.Call)
	if !ok {
		return false
	}
	switch w.pass.Qualified(opened.Func) {
	case "gzip.open", "bz2.open", "lzma.open":
		return true
	}
	return false
}

// isUsedAgain reports whether a loop behind the read makes another file of the content each time.
func (w whole) isUsedAgain() bool {
	if w.sink != django.Wrapped && w.sink != django.Sent {
		return false
	}
	loop := w.pass.LoopAround(w.node)
	return loop != nil && !loop.Range().Contains(w.call.Range())
}

// isPrinted reports whether the content goes to a terminal, which people want to read.
func (w whole) isPrinted() bool {
	call, ok := w.node.(*python.Call)
	if !ok || w.sink != django.Written {
		return false
	}
	access, ok := call.Func.(*python.Attribute)
	return ok && w.pass.IsTerminal(access.Value)
}

// confidence is low for files that are small by their names, and high for what surely is a file.
func confidence(pass *analyzer.Pass, file python.Expr, object *django.FileObject) *analyzer.Confidence {
	switch {
	case pass.IsSmallFile(file), object != nil && (object.Path != nil && pass.IsSmallFile(object.Path) || pass.IsSmallFile(object.Expr)):
		return new(analyzer.LowConfidence)
	case object != nil && object.Sure:
		return new(analyzer.HighConfidence)
	}
	return nil
}

// isReturned reports whether the content leaves the with that closes the file itself.
func (w whole) isReturned() bool {
	block := w.closing()
	if block == nil {
		return false
	}
	if !block.Range().Contains(w.node.Range()) {
		// The file may even be gone by then.
		return w.sink != django.Hashed
	}
	if w.sink != django.Wrapped {
		return false
	}
	if outer, ok := w.pass.Parent(w.node).(*python.Call); ok && keeping.MatchString(python.LastName(outer.Func)) {
		return true
	}
	_, returned := names.Inside[*python.Return](w.pass.File.File, w.node)
	return returned
}

// keeping matches the names of methods that keep what they are given for later.
var keeping = pattern.New(`^(set|add|append|put|register)([A-Z_]|$)`)

// isKeptToo reports whether the function reads the same file once more, into a value that it keeps.
func isKeptToo(pass *analyzer.Pass, call *python.Call, object *django.FileObject) bool {
	fn := pass.FunctionAt(call)
	if fn == nil || object == nil || object.Path == nil {
		return false
	}
	for node := range pass.Own(fn) {
		other, ok := node.(*python.Call)
		if !ok || other == call {
			continue
		}
		file := pass.WholeRead(other)
		if file == nil || !pass.NeededWhole(other) {
			continue
		}
		if again := pass.FileObject(file); again != nil && again.Path != nil && pass.Text(again.Path) == pass.Text(object.Path) {
			return true
		}
	}
	return false
}

// takesPieces reports whether an expression of which nothing else is known is a file, by what is done with its content.
func takesPieces(pass *analyzer.Pass, file python.Expr, sink django.Sink) bool {
	switch sink {
	case django.Split:
		return hasLines(pass, file)
	case django.Wrapped:
		return isOpened(pass, file)
	case django.Hashed:
		return isFileLike(pass, file) || isOpened(pass, file)
	default:
		return false
	}
}

// hasLines reports whether an expression of which nothing else is known may be a file of many lines, whatever opened it: no buffer
// in memory, no output of a process, nothing that constants alone open, and no parameter that may be all of these.
func hasLines(pass *analyzer.Pass, file python.Expr) bool {
	sources := []python.Expr{file}
	if name, ok := file.(*python.Name); ok && !isFileLike(pass, file) {
		sources = nil
		for _, def := range pass.Reaching(name) {
			sources = append(sources, def.Value)
		}
	}
	return pass.FunctionAt(file) != nil && !slices.ContainsFunc(sources, func(source python.Expr) bool {
		switch source := source.(type) {
		case nil:
			return true
		case *python.Call:
			return inMemory.MatchString(python.LastName(source.Func)) || pass.IsFixedPath(source)
		case *python.Attribute:
			return source.Attr == "stdout" || source.Attr == "stderr" || source.Attr == "stdin"
		}
		return false
	})
}

// inMemory matches the names of what looks like a file, and is a buffer or a process.
var inMemory = pattern.New(`(?i)(bytes|string)io$|popen$|^spawn`)

// isFileLike reports whether an expression of which nothing else is known is used as only files are: it is measured,
// or wound back.
func isFileLike(pass *analyzer.Pass, file python.Expr) bool {
	name, ok := file.(*python.Name)
	if !ok {
		return false
	}
	binding := pass.Binding(name)
	if binding == nil || len(binding.Definitions) != 1 || binding.Definitions[0].Kind != names.Parameter {
		return false
	}
	for _, use := range binding.Uses {
		if access, ok := pass.Parent(use).(*python.Attribute); ok && (access.Attr == "seek" || access.Attr == "chunks") {
			return true
		}
	}
	return false
}

// isOpened reports whether an expression of which nothing else is known was opened, by a method or a function that says so:
// document.open(), export_to_tempfile().
func isOpened(pass *analyzer.Pass, file python.Expr) bool {
	name, ok := file.(*python.Name)
	if !ok {
		return false
	}
	defs := pass.Reaching(name)
	return len(defs) > 0 && !slices.ContainsFunc(defs, func(def names.Definition) bool {
		call, ok := def.Value.(*python.Call)
		return !ok || !opening.MatchString(python.LastName(call.Func))
	})
}

// opening matches the names of what returns an open file.
var opening = pattern.New(`^open(_\w*)?$|(^|_)temp_?file$`)

func isReadlines(call *python.Call) bool {
	access, ok := call.Func.(*python.Attribute)
	return ok && access.Attr == "readlines"
}

// looped returns the loop that walks through what a call of readlines() returns.
func looped(pass *analyzer.Pass, call *python.Call) python.Node {
	if !isReadlines(call) {
		return nil
	}
	switch parent := pass.Parent(call).(type) {
	case *python.For:
		if parent.Iter == python.Expr(call) {
			return parent
		}
	case *python.Comprehension:
		if parent.Iter == python.Expr(call) {
			return parent
		}
	}
	return nil
}

// isIterated reports whether the lines are walked through where they are split.
func isIterated(pass *analyzer.Pass, node python.Node) bool {
	switch parent := pass.Parent(node).(type) {
	case *python.For:
		return parent.Iter.Range() == node.Range()
	case *python.Comprehension:
		return parent.Iter.Range() == node.Range()
	case *python.Call:
		switch pass.Qualified(parent.Func) {
		case "csv.reader", "csv.DictReader", "builtins.enumerate":
			return true
		}
	}
	return false
}

// lines reports for line in file.readlines().
func lines(pass *analyzer.Pass, call *python.Call, file python.Expr, object *django.FileObject, loop python.Node) analyzer.Diagnostic {
	d := analyzer.Diagnostic{
		Span:       call.Span,
		Message:    "`readlines()` holds every line of the file in memory: the file itself yields them one by one",
		Confidence: confidence(pass, file, object),
		Remedy:     "for line in " + pass.Text(file) + ":\n    ...\n",
	}
	if object != nil && !touchesFiles(pass, loop, file) && !outlives(pass, loop) {
		d.Fixes = []analyzer.SuggestedFix{{
			Message: "Walk through the file itself",
			Kind:    analyzer.SafeFix,
			Edits:   []analyzer.TextEdit{analyzer.Replace(call, pass.Text(file))},
		}}
	}
	return d
}

// isCounted reports whether a call is all that len() is given.
func isCounted(pass *analyzer.Pass, call *python.Call) bool {
	counting, ok := pass.Parent(call).(*python.Call)
	return ok && len(counting.Args) == 1 && pass.Qualified(counting.Func) == "builtins.len"
}

// count reports len(file.readlines()).
func count(pass *analyzer.Pass, call *python.Call, file python.Expr, object *django.FileObject) analyzer.Diagnostic {
	return analyzer.Diagnostic{
		Span:       call.Span,
		Message:    "`readlines()` holds every line of the file in memory to count them",
		Confidence: confidence(pass, file, object),
		Remedy:     "sum(1 for line in " + pass.Text(file) + ")\n",
	}
}

// touchesFiles reports whether the body of a loop uses the file that it walks through, or opens, moves or removes another, which may
// be the same.
func touchesFiles(pass *analyzer.Pass, loop python.Node, file python.Expr) bool {
	around, ok := loop.(*python.For)
	if !ok {
		return false
	}
	text, touches := pass.Text(file), false
	for _, stmt := range around.Body {
		python.Walk(stmt, func(node python.Node) bool {
			switch n := node.(type) {
			case *python.Name:
				touches = touches || n.Id == text
			case *python.Attribute:
				touches = touches || pass.Text(n) == text
			case *python.Call:
				switch name := python.LastName(n.Func); name {
				case "open", "rename", "replace", "remove", "unlink", "move", "copy", "write_text", "write_bytes", "truncate":
					touches = touches || name != "replace" || strings.HasPrefix(pass.Qualified(n.Func), "os.")
				}
			}
			return !touches
		})
	}
	return touches
}

func purpose(sink django.Sink) string {
	switch sink {
	case django.Written:
		return "to write it to another"
	case django.Wrapped:
		return "to make a file of it again"
	case django.Hashed:
		return "to hash it"
	case django.Sent:
		return "to send it"
	default:
		return "to split it into lines"
	}
}

// parsed looks at json.load(file) whose elements a command or a task walks through one by one.
func parsed(pass *analyzer.Pass, call *python.Call) {
	if pass.Qualified(call.Func) != "json.load" || len(call.Args) == 0 || !pass.Batch(call) {
		return
	}
	object := pass.FileObject(call.Args[0])
	if object == nil || object.Path == nil || pass.IsFixedPath(object.Path) {
		return
	}
	if destination, _ := pass.DestinationOf(call); destination != django.Walked {
		return
	}
	low := analyzer.Low
	pass.Report(analyzer.Diagnostic{
		Span:     call.Span,
		Severity: &low,
		// Most documents are small, and another format is a change of more than this line.
		Confidence: new(analyzer.LowConfidence),
		Message:    "`json.load()` holds every element of the file in memory, and the code walks through them one by one",
		Remedy:     "# One JSON document a line is read line by line; ijson reads the elements of one large array.\nfor line in " + pass.Text(call.Args[0]) + ":\n    row = json.loads(line)\n",
	})
}
