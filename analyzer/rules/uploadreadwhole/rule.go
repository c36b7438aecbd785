// Package uploadreadwhole reports uploaded files that are read into memory as a whole.
package uploadreadwhole

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

// Rule reports read() and its like on an uploaded file.
var Rule = &analyzer.Rule{
	Name:       "upload-read-whole",
	Doc:        doc,
	Severity:   analyzer.Medium,
	Confidence: analyzer.HighConfidence,
	Fix:        analyzer.NoFix,
	Status:     analyzer.Stable,
	Triggers:   []string{".read(", ".readlines(", ".chunks(", "deepcopy("},
	Project:    true,
	Run:        run,
}

func run(pass *analyzer.Pass) {
	limits := newLimits(pass)
	for _, call := range pass.Calls {
		access, ok := call.Func.(*python.Attribute)
		if !ok {
			continue
		}
		var file python.Expr
		switch whole := pass.WholeRead(call); {
		case whole != nil && isAwaited(pass, call):
			continue // Neither a request of Django's nor an upload is read so.
		case whole != nil && isRequest(pass, whole):
			pass.Report(ofRequest(pass, call))
			continue
		case whole != nil && isInput(pass, whole):
			pass.Report(ofInput(pass, call))
			continue
		case whole != nil:
			file = whole
		case access.Attr == "join":
			file = joinedChunks(call)
		case pass.Qualified(call.Func) == "copy.deepcopy" && len(call.Args) == 1:
			file = call.Args[0]
		}
		if file != nil && pass.IsUpload(file) && !limits.areChecked(call, file) && !isInMemory(pass, call) && !intoMemory(pass, call) {
			d := diagnose(pass, call, access, file)
			d.Preview = d.Preview || limits.mayBeChecked(call, file) || pass.Project.BodiesUpTo(heldAnyway)
			pass.Report(d)
		}
	}
	for _, loop := range pass.Loops {
		chunks(pass, loop, limits)
	}
}

// heldAnyway is how many bytes an upload has at most that Django keeps in memory, whoever reads it. Source:
// https://docs.djangoproject.com/en/5.2/ref/settings/#file-upload-max-memory-size
const heldAnyway = 2_621_440

// chunks looks at a loop over the pieces of an upload that puts them together again.
func chunks(pass *analyzer.Pass, loop *python.For, limits limits) {
	read, ok := pass.PiecesOf(loop)
	if !ok || !pass.IsUpload(read.Source) || limits.areChecked(loop, read.Source) {
		return
	}
	for _, c := range pass.Reassembled(read) {
		pass.Report(analyzer.Diagnostic{
			Span:    c.Node.Range(),
			Message: "`" + c.Name + "` holds the whole upload in memory: its chunks are put together again",
			Remedy:  "# Hand each chunk on, or write it to a file\nwith open(path, \"wb\") as out:\n    out.write(" + read.Piece.Id + ")\n",
			Preview: !passesOnPieces(pass, loop, c.Expr) || limits.mayBeChecked(loop, read.Source) || pass.Project.BodiesUpTo(heldAnyway),
		})
	}
}

func isAwaited(pass *analyzer.Pass, call *python.Call) bool {
	_, ok := pass.Parent(call).(*python.Await)
	return ok
}

// isRequest reports whether an expression is the request that a view was given.
func isRequest(pass *analyzer.Pass, expr python.Expr) bool {
	switch e := expr.(type) {
	case *python.Name:
		fn := pass.FunctionAt(e)
		return e.Id == "request" && fn != nil && fn.Param("request") != nil && pass.ContextAt(e) == django.RequestContext
	case *python.Attribute:
		if e.Attr == "stream" {
			return isRequest(pass, e.Value)
		}
		self, ok := e.Value.(*python.Name)
		return ok && self.Id == "self" && e.Attr == "request" && pass.ContextAt(e) == django.RequestContext
	}
	return false
}

// ofRequest reports request.read().
func ofRequest(pass *analyzer.Pass, call *python.Call) analyzer.Diagnostic {
	access := call.Func.(*python.Attribute) //nolint:forcetypeassert // A method reads.
	request := strings.TrimSuffix(pass.Text(access.Value), ".stream")
	pieces := "while chunk := " + pass.Text(call.Func) + "(65536):\n    ...\n"
	if pass.Django().Before(1, 10) { // There is no limit yet: https://docs.djangoproject.com/en/5.2/releases/1.10/
		return analyzer.Diagnostic{
			Span: call.Span, Message: "`read()` holds the whole body of the request in memory, and nothing bounds it", Remedy: pieces,
			Preview: !takesPieces(pass, call),
		}
	}
	remedy := request + ".body  # raises RequestDataTooBig above the limit; or, in pieces:\n" + pieces
	if afterBody(pass, call) {
		remedy = "raise  # " + request + ".body raises RequestDataTooBig above the limit, and Django answers that\n"
	}
	_, node := pass.SinkOf(call)
	return analyzer.Diagnostic{
		Span:    call.Span,
		Message: "`read()` holds the whole body of the request in memory, and DATA_UPLOAD_MAX_MEMORY_SIZE does not bound it here",
		Remedy:  remedy,
		Preview: isBoundBefore(pass, call, request) || isFileAgain(pass, node) && !takesPieces(pass, call),
	}
}

// isInput reports whether an expression is the body of a request as the server hands it over: request.META["wsgi.input"].
func isInput(pass *analyzer.Pass, expr python.Expr) bool {
	if name, ok := expr.(*python.Name); ok {
		defs := pass.Reaching(name)
		return len(defs) == 1 && defs[0].Kind == names.Assigned && isInput(pass, defs[0].Value)
	}
	subscript, ok := expr.(*python.Subscript)
	if !ok {
		return false
	}
	key, ok := subscript.Slice.(*python.Constant)
	if !ok {
		return false
	}
	text, _ := key.Str()
	return text == "wsgi.input"
}

// ofInput reports what reads a request's body past Django.
func ofInput(pass *analyzer.Pass, call *python.Call) analyzer.Diagnostic {
	return analyzer.Diagnostic{
		Span:    call.Span,
		Message: "`read()` holds the whole body of the request in memory, and no limit of Django's bounds what is read past it",
		Remedy:  "while chunk := " + pass.Text(call.Func) + "(65536):\n    ...\n",
		Preview: !takesPieces(pass, call),
	}
}

// joinedChunks returns the file of b"".join(file.chunks()), or nil.
func joinedChunks(call *python.Call) python.Expr {
	if len(call.Args) != 1 {
		return nil
	}
	inner, ok := call.Args[0].(*python.Call)
	if !ok {
		return nil
	}
	if access, ok := inner.Func.(*python.Attribute); ok && access.Attr == "chunks" {
		return access.Value
	}
	return nil
}

func diagnose(pass *analyzer.Pass, call *python.Call, access *python.Attribute, file python.Expr) analyzer.Diagnostic {
	d := analyzer.Diagnostic{
		Span:    call.Span,
		Message: "`" + access.Attr + "()` holds the whole upload in memory, as large as its sender made it",
	}
	sink, node := pass.SinkOf(call)
	needed := sink == django.NoSink && (pass.NeededWhole(call) || pass.IsFileField(file) && !isLocal(pass, call))
	switch {
	case needed, pass.IsSmallDocument(file):
		// What parses or stores it takes no pieces: only its size can be bounded.
		d.Confidence = new(analyzer.LowConfidence)
	case pass.IsFileField(file):
		// What the model's own code reads may be meant to be small.
		d.Confidence = new(analyzer.MediumConfidence)
	}
	d.Preview = isWanted(pass, file, sink, node) || asksWhetherText(pass, call) || !needed && access.Attr != "deepcopy" && !takesPieces(pass, call)
	d.Remedy = remedy(pass, call, file, sink, node, needed)
	return d
}

// isWanted reports whether the whole content may well be what is wanted: that of a file which a model keeps, or which a form has let
// through where nothing shows a use that takes pieces. What staff sends, such as a logo or a list of accounts, is as large as they want it.
func isWanted(pass *analyzer.Pass, file python.Expr, sink django.Sink, node python.Node) bool {
	switch {
	case pass.IsFileField(file), pass.ForStaff(file):
		return true
	case sink == django.NoSink, sink == django.Split, isParsed(pass, node):
		return !pass.IsRequestFile(file)
	}
	return false
}

// isParsed reports whether content becomes a file object of text again, for a parser of lines.
func isParsed(pass *analyzer.Pass, node python.Node) bool {
	taker, ok := node.(*python.Call)
	return ok && pass.Qualified(taker.Func) == "io.StringIO"
}

// isFileAgain reports whether what takes content makes a file object of it again, for a parser.
func isFileAgain(pass *analyzer.Pass, node python.Node) bool {
	taker, ok := node.(*python.Call)
	return ok && strings.HasPrefix(pass.Qualified(taker.Func), "io.")
}

// isLocal reports whether a variable of the function holds what is read, and nothing hands it out as it is.
func isLocal(pass *analyzer.Pass, call *python.Call) bool {
	assign, ok := pass.Parent(call).(*python.Assign)
	if !ok {
		return false
	}
	_, ok = assign.Targets[0].(*python.Name)
	return ok
}

// remedy is the way to read in pieces that fits what is done with the content.
func remedy(pass *analyzer.Pass, call *python.Call, file python.Expr, sink django.Sink, node python.Node, needed bool) string {
	name := pass.Text(file)
	if strings.Contains(name, "\n") {
		name = "upload"
	}
	if needed {
		return "from django.core.exceptions import ValidationError\n\nif " + name + ".size > 5 * 1024 * 1024:\n    raise ValidationError(\"too large\")\n"
	}
	taker, _ := node.(*python.Call)
	switch {
	case sink == django.Wrapped && strings.HasPrefix(pass.Qualified(taker.Func), "django.") && pass.IsFileField(file):
		return "from django.core.files import File\n\nFile(" + name + title(pass, taker) + ")  # is read in pieces\n"
	case sink == django.Wrapped && strings.HasPrefix(pass.Qualified(taker.Func), "django."):
		return "# " + name + " is a file already: save it as it is\n" + name + "\n"
	case sink == django.Wrapped && pass.Qualified(taker.Func) == "io.BytesIO":
		if outer, ok := pass.Parent(taker).(*python.Call); ok && len(outer.Args) > 0 && outer.Args[0] == python.Expr(taker) {
			return pass.Text(outer.Func) + "(" + name + ")  # takes the upload itself\n"
		}
		return "# " + name + " is a file already: what takes a BytesIO takes it too, until the request ends\n" + name + "\n"
	case sink == django.Split, sink == django.Wrapped, isDecoded(pass, call):
		return "import io\n\nlines = io.TextIOWrapper(" + name + ", encoding=" + encoding(pass, call) + ", newline=\"\")\nfor line in lines:  # or csv.reader(lines)\n    ...\n" +
			"lines.detach()  # or else it closes the upload when it goes\n"
	case sink == django.Hashed && python.LastName(taker.Func) == "update":
		return "for chunk in " + name + ".chunks():  # 64 KiB each\n    " + pass.Text(taker.Func) + "(chunk)\n"
	case sink == django.Hashed && strings.HasPrefix(pass.Qualified(taker.Func), "hashlib."):
		return "digest = " + pass.Text(taker.Func) + "(" + keywords(pass, taker) + ")\nfor chunk in " + name + ".chunks():  # 64 KiB each\n    digest.update(chunk)\n"
	case sink == django.Hashed:
		return "import hashlib\n\ndigest = hashlib.sha256()\nfor chunk in " + name + ".chunks():  # 64 KiB each\n    digest.update(chunk)\n"
	}
	return "for chunk in " + name + ".chunks():  # 64 KiB each\n    ...\n"
}

// title is the name that ContentFile is given, as an argument of File.
func title(pass *analyzer.Pass, content *python.Call) string {
	if keyword := names.Keyword(content, "name"); keyword != nil {
		return ", name=" + pass.Text(keyword.Value)
	}
	if len(content.Args) > 1 {
		return ", name=" + pass.Text(content.Args[1])
	}
	return ""
}

// keywords returns the keyword arguments of a call as they are written.
func keywords(pass *analyzer.Pass, call *python.Call) string {
	var texts []string
	for _, keyword := range call.Keywords {
		texts = append(texts, pass.Text(keyword))
	}
	return strings.Join(texts, ", ")
}

// encoding returns what the content is decoded by, and what becomes of bytes that are no text.
func encoding(pass *analyzer.Pass, read *python.Call) string {
	text, errors := `"utf-8"`, ""
	if access, ok := pass.Parent(read).(*python.Attribute); ok && access.Attr == "decode" {
		if call, ok := pass.Parent(access).(*python.Call); ok {
			if len(call.Args) > 0 {
				text = pass.Text(call.Args[0])
			}
			if keyword := names.Keyword(call, "errors"); keyword != nil {
				errors = ", errors=" + pass.Text(keyword.Value)
			} else if len(call.Args) > 1 {
				errors = ", errors=" + pass.Text(call.Args[1])
			}
		}
	}
	return text + errors
}

func isDecoded(pass *analyzer.Pass, call *python.Call) bool {
	parent, ok := pass.Parent(call).(*python.Attribute)
	return ok && parent.Attr == "decode"
}
