package downloadbuffered

import (
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/pattern"
	"github.com/djleak/djleak/analyzer/python"
)

// An object is what a store such as S3 keeps, where code takes all of it.
type object struct {
	// taken is the expression that holds it.
	taken python.Expr
	// pieces is an iterable of its pieces, toFile the call that writes it to an open file; empty where the library has none, or nobody
	// knows which it is.
	pieces, toFile string
}

// stored looks at an object of a store that is read as a whole: answer["Body"].read(), blob.download_as_bytes().
func stored(pass *analyzer.Pass, expr python.Expr) {
	o, ok := objectOf(pass, expr)
	if !ok {
		return
	}
	sink, node := pass.SinkOf(o.taken)
	d := download{pass: pass, span: o.taken, sink: sink, taker: node, object: &o}
	what := "`" + o.name() + "` holds the whole object of the store in memory"
	switch {
	case d.isPassedOn():
		d.report(what + " to send it on")
	case sink == django.Written && !d.isPrinted():
		d.report(what + " to write it to a file")
	case sink == django.Wrapped:
		d.report(what + " to make a file of it")
	}
}

// name is what takes the object, as people say it.
func (o *object) name() string {
	if call, ok := o.taken.(*python.Call); ok {
		return python.LastName(call.Func) + "()"
	}
	return python.LastName(o.taken)
}

// objectOf returns the object that an expression takes as a whole.
func objectOf(pass *analyzer.Pass, expr python.Expr) (object, bool) {
	switch e := expr.(type) {
	case *python.Attribute:
		if e.Attr == "data" && isFetched(pass, e.Value) {
			return object{taken: e}, true
		}
	case *python.Call:
		access, ok := e.Func.(*python.Attribute)
		if !ok || len(e.Args) > 0 || len(e.Keywords) > 0 {
			break
		}
		receiver := pass.Text(access.Value)
		switch access.Attr {
		case "read":
			if body, ok := access.Value.(*python.Subscript); ok {
				return object{e, receiver + ".iter_chunks(65536)", "client.download_fileobj(bucket, key, out)"}, isBody(pass, body)
			}
			return object{taken: e}, isFetched(pass, access.Value)
		case "download_as_bytes", "download_as_string":
			return object{taken: e, toFile: receiver + ".download_to_file(out)"}, true
		case "readall":
			blob, ok := pass.Deref(access.Value).(*python.Call)
			return object{e, receiver + ".chunks()", receiver + ".readinto(out)"}, ok && python.LastName(blob.Func) == "download_blob"
		case "get_contents_as_string":
			return object{e, receiver, receiver + ".get_contents_to_file(out)"}, true
		}
	}
	return object{}, false
}

// isBody reports whether an expression is the body of an answer of S3 that holds all of an object: answer["Body"].
func isBody(pass *analyzer.Pass, body *python.Subscript) bool {
	key, ok := body.Slice.(*python.Constant)
	if !ok {
		return false
	}
	if text, _ := key.Str(); text != "Body" {
		return false
	}
	asked, ok := pass.Deref(body.Value).(*python.Call)
	return !ok || !asksForPart(asked)
}

// asksForPart reports whether a request for an object is one for a part of it, or for its pieces.
func asksForPart(call *python.Call) bool {
	return slices.ContainsFunc(call.Keywords, func(keyword *python.Keyword) bool { return partial.MatchString(keyword.Name) })
}

// partial matches the arguments that ask for a part of an object, or for its pieces: Range, length, resp_chunk_size.
var partial = pattern.New(`(?i)^range$|^length$|chunk`)

// isFetched reports whether an expression is what a store's client returns for the name of an object.
func isFetched(pass *analyzer.Pass, expr python.Expr) bool {
	call, ok := pass.Deref(expr).(*python.Call)
	return ok && len(call.Args)+len(call.Keywords) > 1 && !asksForPart(call) && fetching.MatchString(pass.Text(call.Func))
}

// fetching matches the calls of a store's client: swift_get_object, self.minio.get_object.
var fetching = pattern.New(`(?i)(swift|minio)\w*[._]get_object$`)

// remedy takes the object in pieces.
func (o *object) remedy(d download) string {
	switch {
	case o.toFile == "" || d.isPassedOn() && o.pieces == "" || strings.Contains(o.pieces+o.toFile, "\n"):
		return ""
	case d.isPassedOn():
		return "return " + streaming(d.pass) + "(" + o.pieces + ")\n"
	case d.sink == django.Written && !d.isBuffer():
		return o.toFile + "  # opened for bytes\n"
	}
	return "import tempfile\n\nwith tempfile.TemporaryFile() as out:\n    " + o.toFile + "\n    out.seek(0)\n    ...  # a file as any other\n"
}

// streaming is the response that sends pieces, on the project's Django.
func streaming(pass *analyzer.Pass) string {
	if pass.Django().Before(1, 5) {
		return "HttpResponse" // Which streams what is an iterator.
	}
	return "StreamingHttpResponse"
}
