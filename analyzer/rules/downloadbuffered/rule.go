// Package downloadbuffered reports downloads that are held in memory as a whole.
package downloadbuffered

import (
	_ "embed"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/pattern"
	"github.com/djleak/djleak/analyzer/python"
)

//go:embed doc.md
var doc string

// Rule reports the content of a response that is written to a file, wrapped as one, stored or sent on, and any from an address that a
// user names.
var Rule = &analyzer.Rule{
	Name:       "download-buffered",
	Doc:        doc,
	Severity:   analyzer.Medium,
	Confidence: analyzer.MediumConfidence,
	Fix:        analyzer.NoFix,
	Status:     analyzer.Preview,
	Triggers:   []string{"requests", "httpx", "urlopen", "safe_client", "http_client", "http_session", `"Body"`, "'Body'", "download_", "get_object(", "get_contents_as_string"},
	Project:    true,
	Run:        run,
}

func run(pass *analyzer.Pass) {
	if pass.IsTool() {
		return
	}
	told := make(map[python.Node]bool)
	python.Walk(pass.Module.Node, func(node python.Node) bool {
		switch n := node.(type) {
		case *python.Attribute:
			if (n.Attr == "content" || n.Attr == "text") && !told[origin(pass, n.Value)] {
				told[origin(pass, n.Value)] = body(pass, n)
			}
			stored(pass, n)
		case *python.Call:
			read(pass, n)
			pieces(pass, n)
			stored(pass, n)
		}
		return true
	})
}

// origin returns where a response is made, so that each is told of once.
func origin(pass *analyzer.Pass, response python.Expr) python.Node {
	if name, ok := response.(*python.Name); ok {
		if defs := pass.Reaching(name); len(defs) > 0 {
			return defs[0].Node
		}
	}
	return response
}

// body looks at response.content and response.text, and reports whether there is anything to tell.
func body(pass *analyzer.Pass, access *python.Attribute) bool {
	response, known := responseOf(pass, access.Value)
	if !known || isStored(pass, access) {
		return false
	}
	what := "`" + access.Attr + "` holds the whole response in memory"
	sink, node := pass.SinkOf(access)
	d := download{pass: pass, span: access, response: access.Value, sent: response, sink: sink, taker: node}
	switch {
	case d.isRead():
		return false
	case response != nil && isTrue(names.Keyword(response, "stream")):
		d.report(what + ", in spite of `stream=True`")
		return true
	}
	switch sink {
	case django.Written, django.Wrapped, django.Hashed:
		if d.isPrinted() {
			return false
		}
		d.report(what + ", as large as the server made it")
	default:
		switch {
		case isKept(pass, access):
			d.report(what + " to store it, as large as the server made it")
		case d.isPassedOn():
			d.report(what + " to send it on, as large as the server made it")
		case d.isFromAnywhere():
			d.report(what + ", as large as whoever chose the address wants it")
		default:
			return false
		}
	}
	return true
}

// isStored reports whether something is assigned to the attribute.
func isStored(pass *analyzer.Pass, access *python.Attribute) bool {
	assign, ok := pass.Parent(access).(*python.Assign)
	return ok && assign.Value != python.Expr(access)
}

// isKept reports whether the content becomes an attribute of another object: the column of a row.
func isKept(pass *analyzer.Pass, access *python.Attribute) bool {
	assign, ok := pass.Parent(access).(*python.Assign)
	if !ok || len(assign.Targets) != 1 {
		return false
	}
	target, ok := assign.Targets[0].(*python.Attribute)
	if !ok {
		return false
	}
	receiver, ok := target.Value.(*python.Name)
	return ok && receiver.Id != "self" && receiver.Id != "cls"
}

// read looks at urlopen(url).read().
func read(pass *analyzer.Pass, call *python.Call) {
	file := pass.WholeRead(call)
	if file == nil {
		return
	}
	opened, ok := valueOf(pass, file).(*python.Call)
	if !ok || pass.Qualified(opened.Func) != "urllib.request.urlopen" {
		return
	}
	sink, node := pass.SinkOf(call)
	d := download{pass: pass, span: call, response: file, sent: opened, sink: sink, taker: node}
	switch sink {
	case django.Written, django.Wrapped, django.Hashed:
		if !d.isPrinted() {
			d.report("`read()` holds the whole response in memory, as large as the server made it")
		}
	default:
	}
}

// pieces looks at iter_content(chunk_size=None), which hands out one piece: everything.
func pieces(pass *analyzer.Pass, call *python.Call) {
	access, ok := call.Func.(*python.Attribute)
	if !ok || access.Attr != "iter_content" {
		return
	}
	size := names.Keyword(call, "chunk_size")
	var value python.Expr
	switch {
	case size != nil:
		value = size.Value
	case len(call.Args) > 0:
		value = call.Args[0]
	}
	if constant, ok := value.(*python.Constant); ok && constant.Kind == python.None {
		pass.Report(analyzer.Diagnostic{
			Span:    call.Span,
			Message: "`iter_content()` with a chunk_size of None reads at once all that there is",
			Remedy:  pass.Text(access) + "(65536)\n",
		})
	}
}

// getters send a request and return a response whose content is in memory, by their qualified names.
var getters = map[string]bool{
	"requests.get": true, "requests.post": true, "requests.request": true, "requests.put": true, "requests.api.get": true,
	"httpx.get": true, "httpx.post": true, "httpx.request": true,
}

// sessions make clients with the same methods.
var sessions = map[string]bool{
	"requests.Session": true, "requests.session": true, "requests.sessions.Session": true, "httpx.Client": true, "httpx.AsyncClient": true,
}

// responseOf reports whether an expression is an HTTP response, and returns the call that made it where that is in this
// function.
func responseOf(pass *analyzer.Pass, expr python.Expr) (*python.Call, bool) {
	switch e := valueOf(pass, expr).(type) {
	case *python.Call:
		return e, sends(pass, e)
	case *python.Name:
		return nil, isResponse(pass, e)
	}
	return nil, false
}

// valueOf follows a name to the one value that reaches it, through with and await.
func valueOf(pass *analyzer.Pass, expr python.Expr) python.Expr {
	if name, ok := expr.(*python.Name); ok {
		if defs := pass.Reaching(name); len(defs) == 1 && (defs[0].Kind == names.Assigned || defs[0].Kind == names.Managed) {
			expr = defs[0].Value
		}
	}
	if await, ok := expr.(*python.Await); ok {
		return await.Value
	}
	return expr
}

func sends(pass *analyzer.Pass, call *python.Call) bool {
	if getters[pass.Qualified(call.Func)] {
		return true
	}
	access, ok := call.Func.(*python.Attribute)
	if !ok || access.Attr != "get" && access.Attr != "post" && access.Attr != "request" {
		return false
	}
	made, ok := valueOf(pass, access.Value).(*python.Call)
	return ok && sessions[pass.Qualified(made.Func)] || isOwnClient(pass, call)
}

// isOwnClient reports whether a request is sent by a client that a function of the project makes.
func isOwnClient(pass *analyzer.Pass, call *python.Call) bool {
	access, ok := call.Func.(*python.Attribute)
	if !ok {
		return false
	}
	made, ok := valueOf(pass, access.Value).(*python.Call)
	return ok && making.MatchString(python.LastName(made.Func))
}

// making matches the names of functions that make such a client: make_safe_client(), get_http_session().
var making = pattern.New(`^(make|get|build|create|new)_(\w+_)?(http_client|http_session|safe_client)$`)

// isResponse reports whether a name is a parameter annotated as a response.
func isResponse(pass *analyzer.Pass, name *python.Name) bool {
	for _, def := range pass.Reaching(name) {
		arg, ok := def.Node.(*python.Arg)
		if !ok || arg.Annotation == nil {
			return false
		}
		annotation := arg.Annotation
		if union, ok := annotation.(*python.BinOp); ok {
			annotation = union.Left
		}
		switch qualified := pass.Qualified(annotation); qualified {
		case "requests.Response", "requests.models.Response", "httpx.Response":
			return true
		}
	}
	return false
}

func isTrue(keyword *python.Keyword) bool {
	if keyword == nil {
		return false
	}
	constant, ok := keyword.Value.(*python.Constant)
	return ok && constant.Kind == python.True
}
