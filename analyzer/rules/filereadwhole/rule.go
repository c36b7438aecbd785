// Package filereadwhole reports files that are read into memory as a whole where a piece at a time would do.
package filereadwhole

import (
	_ "embed"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/names"
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
	Triggers:   []string{".read(", ".readlines(", ".load("},
	Run:        run,
}

func run(pass *analyzer.Pass) {
	for _, call := range pass.Calls {
		if file := pass.WholeRead(call); file != nil {
			if !pass.IsUpload(file) {
				read(pass, call, file)
			}
			continue
		}
		parsed(pass, call)
	}
}

// read looks at one call that reads a file to its end.
func read(pass *analyzer.Pass, call *python.Call, file python.Expr) {
	object := pass.FileObject(file)
	if object == nil && !isFileLike(pass, file) || object != nil && object.Path != nil && pass.IsFixedPath(object.Path) {
		return
	}
	if loop := looped(pass, call); loop != nil {
		if object != nil || isReadlines(call) {
			pass.Report(lines(pass, call, file))
		}
		return
	}
	sink, node := pass.SinkOf(call)
	if sink == django.NoSink || isReadlines(call) || sink == django.Split && !isIterated(pass, node) {
		return
	}
	if object == nil && sink != django.Hashed {
		return
	}
	d := analyzer.Diagnostic{
		Span:    call.Span,
		Message: "`read()` holds the whole file in memory " + purpose(sink),
		Remedy:  remedy(pass, sink, node, file, object),
	}
	if object != nil && object.Sure {
		high := analyzer.HighConfidence
		d.Confidence = &high
	}
	pass.Report(d)
}

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
func lines(pass *analyzer.Pass, call *python.Call, file python.Expr) analyzer.Diagnostic {
	high := analyzer.HighConfidence
	return analyzer.Diagnostic{
		Span:       call.Span,
		Message:    "`readlines()` holds every line of the file in memory: the file itself yields them one by one",
		Confidence: &high,
		Remedy:     "for line in " + pass.Text(file) + ":\n    ...\n",
		Fixes: []analyzer.SuggestedFix{{
			Message: "Walk through the file itself",
			Kind:    analyzer.SafeFix,
			Edits:   []analyzer.TextEdit{analyzer.Replace(call, pass.Text(file))},
		}},
	}
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

// remedy shows the way that takes pieces, in the names at hand.
func remedy(pass *analyzer.Pass, sink django.Sink, node python.Node, file python.Expr, object *django.FileObject) string {
	name := pass.Text(file)
	if strings.Contains(name, "\n") {
		name = "file"
	}
	switch sink {
	case django.Written:
		out := "out"
		if call, ok := node.(*python.Call); ok {
			if access, ok := call.Func.(*python.Attribute); ok && access.Attr == "write" {
				out = pass.Text(access.Value)
			}
		}
		if object != nil && object.Kind != django.LocalFile {
			return "for chunk in " + name + ".chunks():\n    " + out + ".write(chunk)\n"
		}
		return "import shutil\n\nshutil.copyfileobj(" + name + ", " + out + ")\n"
	case django.Hashed:
		return "import hashlib\n\ndigest = hashlib.sha256()\nwhile chunk := " + name + ".read(65536):\n    digest.update(chunk)\n"
	case django.Wrapped:
		return "from django.core.files import File\n\nFile(" + name + ")  # is a file already, and read in pieces\n"
	case django.Sent:
		return "data=" + name + "  # an open file is sent in pieces\n"
	default:
		return "for line in " + name + ":\n    ...\n"
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
		Message:  "`json.load()` holds every element of the file in memory, and the code walks through them one by one",
		Remedy:   "# One JSON document a line is read line by line; ijson reads the elements of one large array.\nfor line in " + pass.Text(call.Args[0]) + ":\n    row = json.loads(line)\n",
	})
}
