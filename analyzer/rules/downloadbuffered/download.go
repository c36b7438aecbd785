package downloadbuffered

import (
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/pattern"
	"github.com/djleak/djleak/analyzer/python"
)

// A download is one response whose body is taken as a whole.
type download struct {
	pass *analyzer.Pass
	// span is what takes it, response the object it takes it from.
	span, response python.Expr
	// sent is the call that sends the request, nil where another function does.
	sent *python.Call
	// sink is where the body goes, taker the code that puts it there.
	sink  django.Sink
	taker python.Node
	// object is what a store holds, nil for a response.
	object *object
}

func (d download) report(message string) {
	diagnostic := analyzer.Diagnostic{Span: d.span.Range(), Message: message, Remedy: d.remedy()}
	if d.sink == django.NoSink && (d.isStreamed() || d.isAnswer()) || !d.isStreamed() && (d.isSmall() || d.sent != nil && d.isFixed()) {
		// People know how large what they fetch is, pictures on a page are small, a page to look at is
		// asked for as a stream by habit, and an API answers in a few words.
		diagnostic.Confidence = new(analyzer.LowConfidence)
	}
	d.pass.Report(diagnostic)
}

// isAnswer reports whether the response answers something that was sent, as the few words of an API do.
func (d download) isAnswer() bool {
	if d.sent == nil {
		return false
	}
	access, ok := d.sent.Func.(*python.Attribute)
	return ok && (access.Attr == "post" || access.Attr == "put" || access.Attr == "patch" || access.Attr == "delete")
}

// isStreamed reports whether somebody has asked for a stream, as one does for what is large.
func (d download) isStreamed() bool {
	return d.sent != nil && isTrue(names.Keyword(d.sent, "stream"))
}

// isRead reports whether the function has read the same response in pieces before.
func (d download) isRead() bool {
	name, ok := d.response.(*python.Name)
	if !ok {
		return false
	}
	binding := d.pass.Binding(name)
	if binding == nil {
		return false
	}
	for _, use := range binding.Uses {
		if access, ok := d.pass.Parent(use).(*python.Attribute); ok && access.Start < d.span.Range().Start {
			switch access.Attr {
			case "iter_content", "iter_lines", "iter_bytes", "iter_text", "aiter_bytes":
				return true
			}
		}
	}
	return false
}

// isPrinted reports whether somebody is to read the body at a terminal.
func (d download) isPrinted() bool {
	call, ok := d.taker.(*python.Call)
	if !ok || d.sink != django.Written {
		return false
	}
	access, ok := call.Func.(*python.Attribute)
	return ok && d.pass.IsTerminal(access.Value)
}

// isPassedOn reports whether the body becomes that of a response of Django's, directly or through the variable that holds it.
func (d download) isPassedOn() bool {
	if isAnswered(d.pass, d.span) {
		return true
	}
	assign, ok := d.pass.Parent(d.span).(*python.Assign)
	if !ok {
		return false
	}
	name, ok := assign.Targets[0].(*python.Name)
	return ok && slices.ContainsFunc(d.pass.Binding(name).Uses, func(use *python.Name) bool {
		return d.pass.Value(use) == d.span && isAnswered(d.pass, use)
	})
}

// isAnswered reports whether a response of Django's is made of content, or content is written to one.
func isAnswered(pass *analyzer.Pass, content python.Expr) bool {
	parent := pass.Parent(content)
	if keyword, ok := parent.(*python.Keyword); ok && keyword.Name == "content" {
		parent = pass.Parent(keyword)
	} else if call, ok := parent.(*python.Call); !ok || len(call.Args) == 0 || call.Args[0] != content {
		return false
	}
	call, ok := parent.(*python.Call)
	if !ok {
		return false
	}
	if access, ok := call.Func.(*python.Attribute); ok && access.Attr == "write" {
		if call, ok = pass.Deref(access.Value).(*python.Call); !ok {
			return false
		}
	}
	return strings.HasSuffix(pass.Qualified(call.Func), ".HttpResponse")
}

// isFromAnywhere reports whether the address is one that a user names: a field of a row, or what a request or a form says. Services
// that answer in JSON are those that somebody has chosen.
func (d download) isFromAnywhere() bool {
	if call, ok := d.pass.Parent(d.span).(*python.Call); ok && python.LastName(call.Func) == "loads" || d.pass.DevelopersTool(d.span) {
		return false
	}
	switch address := d.pass.Deref(d.address()).(type) {
	case *python.Attribute:
		return link.MatchString(address.Attr) && !service.MatchString(address.Attr) && d.isField(address)
	case *python.Subscript:
		return isInput(address.Value)
	case *python.Call:
		access, ok := address.Func.(*python.Attribute)
		return ok && access.Attr == "get" && isInput(access.Value)
	}
	return false
}

// link matches the names of fields for an address that people enter.
var link = pattern.New(`(?i)(^|_)(url|uri|link|href|website|homepage)$`)

// service matches the names of fields for the address of a service, which those who run the project enter.
var service = pattern.New(`(?i)(^|_)(api|base|server|service|callback|webhook|token)_`)

// isField reports whether an attribute is a field of a model's row: one that the function fetched, the row whose method it is, or a
// parameter of that type.
func (d download) isField(access *python.Attribute) bool {
	if d.pass.IsRow(access.Value) {
		return true
	}
	name, ok := access.Value.(*python.Name)
	fn := d.pass.FunctionAt(access)
	if !ok || fn == nil {
		return false
	}
	param := fn.Param(name.Id)
	if param == nil {
		return false
	}
	class := fn.Class
	if name.Id != fn.Self() {
		class = d.pass.LocalClass(":" + typeName(param.Annotation))
	}
	if class == nil {
		return false
	}
	binding := class.Scope.Lookup(access.Attr)
	if binding == nil || len(binding.Definitions) != 1 {
		return false
	}
	field, ok := binding.Definitions[0].Value.(*python.Call)
	return ok && strings.HasSuffix(python.LastName(field.Func), "Field")
}

// typeName returns the name of the class that an annotation names, as such or in quotes.
func typeName(annotation python.Expr) string {
	if constant, ok := annotation.(*python.Constant); ok {
		text, _ := constant.Str()
		return text
	}
	return python.LastName(annotation)
}

// isInput reports whether an expression holds what a request or a form says.
func isInput(expr python.Expr) bool {
	access, ok := expr.(*python.Attribute)
	if !ok {
		return false
	}
	switch access.Attr {
	case "GET", "POST", "data", "query_params":
		return python.LastName(access.Value) == "request"
	case "cleaned_data", "validated_data":
		return true
	}
	return false
}

// picture matches the names of what is a small picture.
var picture = pattern.New(`(?i)(avatar|thumbnail|thumb|icon|logo|banner|image|img|photo|picture|cover|font|tile)`)

// isSmall reports whether the address, the function around or the file that is written says that a picture or another small file is
// fetched.
func (d download) isSmall() bool {
	if fn := d.pass.FunctionAt(d.span); fn != nil && picture.MatchString(fn.Name) {
		return true
	}
	if call, ok := d.taker.(*python.Call); ok && d.sink == django.Written {
		if access, ok := call.Func.(*python.Attribute); ok {
			if file := d.pass.FileObject(access.Value); file != nil && file.Path != nil && d.pass.IsSmallDocument(file.Path) {
				return true
			}
		}
	}
	address := d.address()
	return address != nil && (picture.MatchString(d.pass.Text(address)) || d.pass.IsSmallDocument(address))
}

// isFixed reports whether the address is one that the code itself names: a literal, the constant of a module or of a class.
func (d download) isFixed() bool {
	address := d.address()
	return address != nil && d.fixed(address)
}

func (d download) fixed(expr python.Expr) bool {
	switch e := d.pass.Deref(expr).(type) {
	case *python.BinOp:
		return d.fixed(e.Left) && d.fixed(e.Right)
	case *python.JoinedStr:
		for _, value := range e.Values {
			if field, ok := value.(*python.FormattedValue); ok && !d.fixed(field.Value) {
				return false
			}
		}
		return true
	case *python.Attribute:
		// The constant of a class: self.feed_url, cls.url.
		receiver, ok := e.Value.(*python.Name)
		fn := d.pass.FunctionAt(e)
		if ok && fn != nil && fn.Class != nil && (receiver.Id == fn.Self() || receiver.Id == "cls") {
			binding := fn.Class.Scope.Lookup(e.Attr)
			return binding != nil && len(binding.Definitions) == 1
		}
	}
	return d.pass.IsFixedPath(expr)
}

func (d download) address() python.Expr {
	if d.sent == nil {
		return nil
	}
	if keyword := names.Keyword(d.sent, "url"); keyword != nil {
		return keyword.Value
	}
	i := 0
	if access, ok := d.sent.Func.(*python.Attribute); ok && access.Attr == "request" {
		i = 1
	}
	if len(d.sent.Args) <= i {
		return nil
	}
	return d.sent.Args[i]
}

// remedy takes the body in pieces, in the names at hand.
func (d download) remedy() string {
	if d.object != nil {
		return d.object.remedy(d)
	}
	if d.sent != nil && isOwnClient(d.pass, d.sent) {
		return "" // Whose library it is, its maker knows.
	}
	out := d.out()
	inMemory := d.sink == django.Wrapped || d.isBuffer()
	if d.sent != nil && strings.HasSuffix(d.pass.Qualified(d.sent.Func), "urlopen") {
		if inMemory {
			return "import shutil\nimport tempfile\n\nwith " + d.request() + " as response, tempfile.TemporaryFile() as out:\n    shutil.copyfileobj(response, out)\n" +
				"    out.seek(0)\n    ...  # a file as any other\n"
		}
		return "import shutil\n\nwith " + d.request() + " as response:\n    shutil.copyfileobj(response, " + out + ")\n"
	}
	name, read := "response", ".iter_content(65536)"
	if receiver, ok := d.response.(*python.Name); ok {
		name = receiver.Id
	}
	request := d.request()
	if d.isHTTPX() {
		read, request = ".iter_bytes(65536)", "httpx.stream(\"GET\", url, timeout=30)"
	}
	switch {
	case d.isPassedOn():
		return "def pieces():\n    with " + request + " as " + name + ":\n        for chunk in " + name + read + ":\n            yield chunk\n\nreturn " +
			streaming(d.pass) + "(pieces())\n"
	case d.sink == django.NoSink && d.isFromAnywhere():
		return "body = bytearray()\nwith " + request + " as " + name + ":\n    for chunk in " + name + read +
			":\n        body += chunk\n        if len(body) > LIMIT:\n            raise ValueError(\"larger than what is read\")\n"
	case inMemory:
		return "import tempfile\n\nwith " + request + " as " + name + ", tempfile.TemporaryFile() as out:\n    for chunk in " + name + read +
			":\n        out.write(chunk)\n    out.seek(0)\n    ...  # a file as any other\n"
	}
	step := out + ".write(chunk)"
	if d.sink == django.Hashed {
		step = "digest.update(chunk)"
	}
	if d.isText() {
		step += "  # opened for bytes"
	}
	return "with " + request + " as " + name + ":\n    for chunk in " + name + read + ":\n        " + step + "\n"
}

// isHTTPX reports whether httpx sends the request.
func (d download) isHTTPX() bool {
	if d.sent != nil && strings.HasPrefix(d.pass.Qualified(d.sent.Func), "requests.") {
		return false
	}
	return strings.Contains(d.pass.Source, "import httpx")
}

// isText reports whether text is written, where pieces are bytes.
func (d download) isText() bool {
	if access, ok := d.span.(*python.Attribute); ok && access.Attr == "text" {
		return true
	}
	parent, ok := d.pass.Parent(d.span).(*python.Attribute)
	return ok && parent.Attr == "decode"
}

// isBuffer reports whether the body is written to a buffer in memory.
func (d download) isBuffer() bool {
	call, ok := d.taker.(*python.Call)
	if !ok {
		return false
	}
	access, ok := call.Func.(*python.Attribute)
	if !ok {
		return false
	}
	made, ok := d.pass.Deref(access.Value).(*python.Call)
	return ok && (d.pass.Qualified(made.Func) == "io.BytesIO" || d.pass.Qualified(made.Func) == "io.StringIO")
}

// request is the call that sends the request, for a stream.
func (d download) request() string {
	if d.sent == nil || strings.Contains(d.pass.Text(d.sent), "\n") {
		return "requests.get(url, stream=True, timeout=30)"
	}
	text := d.pass.Text(d.sent)
	if d.isStreamed() || strings.HasSuffix(d.pass.Qualified(d.sent.Func), "urlopen") {
		return text
	}
	return strings.TrimSuffix(text, ")") + ", stream=True)"
}

// out is what the body is written to.
func (d download) out() string {
	if call, ok := d.taker.(*python.Call); ok && d.sink == django.Written {
		if access, ok := call.Func.(*python.Attribute); ok && access.Attr == "write" && !strings.Contains(d.pass.Text(access.Value), "\n") {
			return d.pass.Text(access.Value)
		}
	}
	return "out"
}
