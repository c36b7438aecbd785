package uploadreadwhole

import (
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/pattern"
	"github.com/djleak/djleak/analyzer/python"
)

// A form is what has become of an upload's content where it is looked at.
type form uint8

const (
	// whole is the content itself, as bytes or as text.
	whole form = iota
	// lines are the list of its lines.
	lines
	// handle is a file object or an iterator over it: what takes one would take the upload.
	handle
)

// A flow follows an upload's content through the function that reads it, and through those of the file that this calls.
type flow struct {
	pass *analyzer.Pass
	fn   *names.Function
	// seen are the answers for the places that were looked at, so that many ways to one take no longer than one; false until it is
	// known, for functions that call each other in a circle.
	seen map[place]bool
}

// A place is where content of some form is used.
type place struct {
	expr python.Expr
	form form
}

func newFlow(pass *analyzer.Pass, node python.Node) flow {
	return flow{pass, pass.FunctionAt(node), make(map[place]bool)}
}

// takesPieces reports whether pieces would do for all that is seen to be done with what a call reads of an upload: it is written,
// hashed, stored, counted, looked at in part, or walked by lines, or it is read and returned, so that nothing is seen to need the
// whole. What hands it to other modules or keeps it may.
func takesPieces(pass *analyzer.Pass, read *python.Call) bool {
	form := whole
	if python.LastName(read.Func) == "readlines" {
		form = lines
	}
	return newFlow(pass, read).inPieces(read, form, 0)
}

// passesOnPieces reports whether pieces would do for all that is done, behind the loop, with what a loop has put together again.
func passesOnPieces(pass *analyzer.Pass, loop *python.For, container python.Expr) bool {
	name, ok := container.(*python.Name)
	if !ok {
		return false
	}
	form := whole
	if made, ok := pass.Deref(name).(*python.Call); ok && strings.HasPrefix(pass.Qualified(made.Func), "io.") {
		form = handle
	}
	f := newFlow(pass, loop)
	return !slices.ContainsFunc(pass.Binding(name).Uses, func(use *python.Name) bool {
		return use.Start > loop.End && !f.inPieces(use, form, 0)
	})
}

// inPieces reports whether pieces would do for what the node around an expression does with it.
func (f flow) inPieces(expr python.Expr, form form, depth int) bool {
	const deepest = 40 // Nobody hands content on in more steps.
	if depth++; depth > deepest {
		return false
	}
	at := place{expr, form}
	if answer, seen := f.seen[at]; seen {
		return answer
	}
	f.seen[at] = false
	f.seen[at] = f.lookAt(expr, form, depth)
	return f.seen[at]
}

// lookAt is [flow.inPieces] for a place that nobody has looked at.
func (f flow) lookAt(expr python.Expr, form form, depth int) bool {
	switch parent := f.pass.Parent(expr).(type) {
	case *python.ExprStmt, *python.If, *python.While, *python.UnaryOp, *python.Delete:
		return true
	case *python.Return:
		return form == whole && f.pass.FunctionAt(parent) == f.fn
	case *python.BoolOp:
		return f.inPieces(parent, form, depth)
	case *python.IfExp:
		return parent.Test == expr || f.inPieces(parent, form, depth)
	case *python.Assign:
		return len(parent.Targets) == 1 && f.ofName(parent.Targets[0], parent, form, depth)
	case *python.AnnAssign:
		return f.ofName(parent.Target, parent, form, depth)
	case *python.WithItem:
		return parent.OptionalVars == nil || f.ofName(parent.OptionalVars, parent, form, depth)
	case *python.For:
		return form != whole && !collects(parent)
	case *python.Comprehension:
		generator, ok := f.pass.Parent(parent).(*python.GeneratorExp)
		return ok && form != whole && f.inPieces(generator, handle, depth)
	case *python.Subscript:
		if _, cut := parent.Slice.(*python.Slice); cut && form == lines {
			return f.inPieces(parent, lines, depth)
		}
		return parent.Value == expr
	case *python.Attribute:
		return f.byMethod(parent, form, depth)
	case *python.Call:
		return f.byCall(parent, expr, form, depth)
	case *python.Keyword:
		call, ok := f.pass.Parent(parent).(*python.Call)
		return ok && f.byCall(call, expr, form, depth)
	}
	return false
}

// ofName follows a variable of the function that has been given the content.
func (f flow) ofName(target python.Expr, given python.Node, form form, depth int) bool {
	name, ok := target.(*python.Name)
	if !ok {
		return false
	}
	binding := f.pass.Binding(name)
	if binding == nil || binding.Scope.Kind != names.FunctionScope {
		return false
	}
	return !slices.ContainsFunc(binding.Uses, func(use *python.Name) bool {
		reaches := slices.ContainsFunc(f.pass.Reaching(use), func(def names.Definition) bool { return def.Node == given })
		return reaches && !f.inPieces(use, form, depth)
	})
}

// collects reports whether a loop puts what it walks over into a container as it is: the whole is there in the end.
func collects(loop *python.For) bool {
	target, ok := loop.Target.(*python.Name)
	if !ok {
		return false
	}
	found := false
	for _, stmt := range loop.Body {
		python.Walk(stmt, func(node python.Node) bool {
			if call, ok := node.(*python.Call); ok && keeping[python.LastName(call.Func)] {
				found = found || slices.ContainsFunc(call.Args, func(arg python.Expr) bool { return django.HoldsRow(arg, target) })
			}
			return !found
		})
	}
	return found
}

// keeping are methods that put what they are given into a container or a message.
var keeping = map[string]bool{
	"append": true, "appendleft": true, "add": true, "extend": true, "insert": true, "put": true, "setdefault": true, "update": true,
	"delay": true, "apply_async": true, "send": true, "attach": true,
}

var (
	// makingText are methods of bytes and text that make other text of the whole.
	makingText = map[string]bool{"decode": true, "encode": true, "strip": true, "lstrip": true, "rstrip": true, "replace": true, "lower": true, "upper": true}
	// asking are methods that look at content, at lines or at a file object, and keep nothing of them.
	asking = map[string]bool{
		"count": true, "find": true, "index": true, "startswith": true, "endswith": true, "close": true, "seek": true, "tell": true,
		"readline": true, "fieldnames": true, "line_num": true, "name": true,
	}
)

// byMethod follows content whose attribute is used.
func (f flow) byMethod(access *python.Attribute, form form, depth int) bool {
	call, ok := f.pass.Parent(access).(*python.Call)
	called := ok && call.Func == python.Expr(access)
	switch {
	case asking[access.Attr]:
		return true
	case called && form == handle && (access.Attr == "read" || access.Attr == "getvalue"):
		return f.inPieces(call, whole, depth)
	case !called || form != whole:
		return false
	case access.Attr == "splitlines", access.Attr == "split" && len(call.Args) == 1 && strings.Contains(f.pass.Text(call.Args[0]), `\n`):
		return f.inPieces(call, lines, depth)
	}
	return makingText[access.Attr] && f.inPieces(call, whole, depth)
}

var (
	// counting are functions that look at what they are given and keep nothing of it.
	counting = map[string]bool{"builtins.len": true, "builtins.bool": true, "builtins.isinstance": true, "builtins.next": true, "builtins.any": true, "builtins.sum": true}
	// walking are functions that hand on what they walk over, one after the other.
	walking = map[string]bool{
		"csv.reader": true, "csv.DictReader": true, "io.TextIOWrapper": true, "codecs.iterdecode": true, "itertools.islice": true,
		"builtins.enumerate": true, "builtins.iter": true, "builtins.map": true, "builtins.filter": true, "builtins.zip": true,
	}
	// gathering are functions that make one container of what they walk over, or one value of what they read.
	gathering = map[string]bool{
		"builtins.list": true, "builtins.tuple": true, "builtins.set": true, "builtins.dict": true, "builtins.sorted": true,
		"json.load": true, "yaml.load": true, "yaml.safe_load": true, "pickle.load": true,
		"docx.Document": true, "docxtpl.DocxTemplate": true, "pptx.Presentation": true,
	}
	// documents matches the names of functions that make one thing of all that they read: parse, load_workbook, read_excel,
	// extract_text.
	documents = pattern.New(`^(parse|(extract|load|read)(_\w+)?|open_workbook)$`)
	// conversions are functions that make text of the whole.
	conversions = map[string]bool{"str": true, "unicode": true, "force_str": true, "smart_str": true, "force_text": true, "smart_text": true}
)

// byCall follows content that a call is given.
func (f flow) byCall(call *python.Call, argument python.Expr, form form, depth int) bool {
	qualified, name := f.pass.Qualified(call.Func), python.LastName(call.Func)
	switch sink, _ := f.pass.SinkOf(argument); sink {
	case django.Written, django.Hashed, django.Sent:
		return true
	case django.Wrapped:
		// A field and a storage take the upload as it is.
		return !strings.HasPrefix(qualified, "io.") || f.inPieces(call, handle, depth)
	case django.NoSink, django.Split:
	}
	switch {
	case counting[qualified], f.isNowhere(call.Func), name == "feed": // A parser that is fed piece by piece.
		return true
	case gathering[qualified], keeping[name]:
		return false
	case form != whole && walking[qualified]:
		return f.inPieces(call, handle, depth)
	case form == whole && conversions[name]:
		return f.inPieces(call, whole, depth)
	}
	if param := f.param(call, argument); param != nil {
		return !slices.ContainsFunc(param.Uses, func(use *python.Name) bool { return !f.inPieces(use, form, depth) })
	}
	return form == handle && !f.isGathered(call) && !documents.MatchString(name)
}

// isNowhere reports whether a function's name is one that nothing in the file gives a meaning, as in an excerpt.
func (f flow) isNowhere(function python.Expr) bool {
	name, ok := function.(*python.Name)
	return ok && f.pass.Binding(name) == nil && f.pass.Builtin(name) == "" && len(f.pass.StarImports) == 0
}

// isGathered reports whether all that a call makes of a file object becomes one list.
func (f flow) isGathered(call *python.Call) bool {
	outer, ok := f.pass.Parent(call).(*python.Call)
	return ok && gathering[f.pass.Qualified(outer.Func)]
}

// param returns the parameter of a function of this file that a call's argument becomes, or nil.
func (f flow) param(call *python.Call, argument python.Expr) *names.Binding {
	fn := f.pass.FunctionOf(call.Func)
	if fn == nil {
		return nil
	}
	if keyword, ok := f.pass.Parent(argument).(*python.Keyword); ok {
		if fn.Param(keyword.Name) == nil {
			return nil
		}
		return fn.Scope.Lookup(keyword.Name)
	}
	params := fn.Params()
	if fn.Self() != "" && len(params) > 0 {
		params = params[1:]
	}
	i := slices.Index(call.Args, argument)
	if i < 0 || i >= len(params) {
		return nil
	}
	return fn.Scope.Lookup(params[i].Name)
}
