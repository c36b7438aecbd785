package django

import (
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/pattern"
	"github.com/djleak/djleak/analyzer/python"
)

// A Sink is where the content of a file or a response goes that could go there piece by piece.
type Sink uint8

// The sinks.
const (
	// NoSink is code that needs the content as a whole, as far as can be seen.
	NoSink Sink = iota
	// Written to a file: out.write(content).
	Written
	// Wrapped in memory as a file again: BytesIO(content), ContentFile(content).
	Wrapped
	// Hashed: sha256(content), digest.update(content).
	Hashed
	// Sent as the body of a request: data=content.
	Sent
	// Split into lines: content.splitlines().
	Split
)

// wrappers make a file object of content, by their qualified names.
var wrappers = map[string]bool{
	"io.BytesIO": true, "io.StringIO": true, "six.BytesIO": true, "six.StringIO": true, "StringIO.StringIO": true, "cStringIO.StringIO": true,
	"django.core.files.base.ContentFile":                true,
	"django.core.files.uploadedfile.SimpleUploadedFile": true, "django.core.files.uploadedfile.InMemoryUploadedFile": true,
}

// hashes are the names of functions that hash what they are given, hashlib's and such as projects name after them.
var hashes = map[string]bool{
	"md5": true, "sha1": true, "sha224": true, "sha256": true, "sha384": true, "sha512": true, "blake2b": true, "blake2s": true, "crc32": true,
}

// hashing matches the names that projects give to functions that hash content: HASH_FUNCTION, compute_checksum.
var hashing = pattern.New(`(?i)(^|_)(hash|checksum)(_|$)`)

// SinkOf says where the value of an expression goes: directly, or through the variable that holds it, in the first of
// its uses that is a sink. It returns that use's node too.
func (f *File) SinkOf(expr python.Expr) (Sink, python.Node) {
	if sink, node := f.sinkAt(expr); sink != NoSink {
		return sink, node
	}
	assign, ok := f.Parent(f.decoded(expr)).(*python.Assign)
	if !ok || len(assign.Targets) != 1 {
		return NoSink, nil
	}
	name, ok := assign.Targets[0].(*python.Name)
	if !ok {
		return NoSink, nil
	}
	binding := f.Binding(name)
	if binding == nil || binding.Scope.Kind != names.FunctionScope {
		return NoSink, nil
	}
	for _, use := range binding.Uses {
		// What another value may stand for by then has been worked on as a whole.
		if defs := f.Reaching(use); len(defs) != 1 || !definedBy(defs, assign) {
			continue
		}
		if sink, node := f.sinkAt(use); sink != NoSink {
			return sink, node
		}
	}
	return NoSink, nil
}

// decoded returns the call of decode() that makes text of content, or the content itself where none does.
func (f *File) decoded(content python.Expr) python.Expr {
	if access, ok := f.Parent(content).(*python.Attribute); ok && access.Attr == "decode" {
		if call, ok := f.Parent(access).(*python.Call); ok && call.Func == python.Expr(access) {
			return call
		}
	}
	return content
}

func definedBy(defs []names.Definition, node python.Node) bool {
	for _, def := range defs {
		if def.Node == node {
			return true
		}
	}
	return false
}

// sinkAt says what the node around an expression does with content.
func (f *File) sinkAt(expr python.Expr) (Sink, python.Node) {
	switch parent := f.Parent(expr).(type) {
	case *python.Call:
		if parent.Func != expr {
			return f.sinkOfCall(parent), parent
		}
	case *python.Keyword:
		if call, ok := f.Parent(parent).(*python.Call); ok {
			return f.sinkOfKeyword(call, parent), call
		}
	case *python.Attribute:
		call, ok := f.Parent(parent).(*python.Call)
		if !ok || call.Func != python.Expr(parent) {
			return NoSink, nil
		}
		switch parent.Attr {
		case "splitlines":
			return Split, call
		case "split":
			if len(call.Args) == 1 && strings.Contains(f.Text(call.Args[0]), `\n`) {
				return Split, call
			}
		case "decode", "encode":
			return f.sinkAt(call)
		}
	}
	return NoSink, nil
}

func (f *File) sinkOfCall(call *python.Call) Sink {
	qualified := f.Qualified(call.Func)
	if wrappers[qualified] {
		return Wrapped
	}
	if name := python.LastName(call.Func); hashes[name] || hashing.MatchString(name) && qualified != "builtins.hash" {
		return Hashed
	}
	access, ok := call.Func.(*python.Attribute)
	if !ok {
		return NoSink
	}
	switch access.Attr {
	case "write", "write_bytes", "write_text":
		if made, ok := f.Deref(access.Value).(*python.Call); ok && strings.HasSuffix(f.Qualified(made.Func), "HttpResponse") {
			return NoSink // Another rule looks at responses.
		}
		return Written
	case "writestr":
		return Written
	case "update":
		if made, ok := f.Deref(access.Value).(*python.Call); ok && (hashes[python.LastName(made.Func)] || f.Qualified(made.Func) == "hashlib.new") {
			return Hashed
		}
		if strings.Contains(python.LastName(unsubscripted(access.Value)), "hash") || strings.Contains(python.LastName(access.Value), "digest") {
			return Hashed
		}
	}
	return NoSink
}

func unsubscripted(expr python.Expr) python.Expr {
	if subscript, ok := expr.(*python.Subscript); ok {
		return subscript.Value
	}
	return expr
}

// sinkOfKeyword recognises the bodies of requests and uploads: data=, content=, Body=.
func (f *File) sinkOfKeyword(call *python.Call, keyword *python.Keyword) Sink {
	switch keyword.Name {
	case "data", "content":
		switch f.Qualified(call.Func) {
		case "requests.post", "requests.put", "requests.patch", "requests.request", "httpx.post", "httpx.put", "httpx.patch":
			return Sent
		}
	case "Body":
		if python.LastName(call.Func) == "put_object" {
			return Sent
		}
	}
	return NoSink
}

// needsWhole matches the names of functions that make something of a document as a whole: json.loads, etree.fromstring,
// parse_config, b64encode.
var needsWhole = pattern.New(`(?i)(^|_)(loads?|dumps|json_?response|parse\w*|validat\w*|deserialize\w*|decrypt\w*|decompress|from_?(string|json|yaml|xml|bytes|csv|pem|der)|` +
	`b64\w+|safe_load|full_load|verify|detect|guess|info|get_info|po_get_info|attach)$|^[a-z_]*_?(parser|deserializer|decoder)$`)

// searches are the methods of a compiled pattern that look through a text.
var searches = map[string]bool{"findall": true, "finditer": true, "fullmatch": true, "search": true, "sub": true, "subn": true}

// conversions are functions that make other text or bytes of what they are given.
var conversions = map[string]bool{
	"str": true, "bytes": true, "force_str": true, "force_bytes": true, "smart_str": true, "smart_bytes": true, "force_text": true, "to_str": true,
	"StringIO": true,
}

// NeededWhole reports whether content goes where pieces cannot go: to a parser, or to be stored as a value. It follows the variable
// that holds it.
func (f *File) NeededWhole(expr python.Expr) bool {
	return f.neededWhole(expr, 0)
}

func (f *File) neededWhole(expr python.Expr, depth int) bool {
	const deepest = 6
	if depth > deepest {
		return false
	}
	switch parent := f.Parent(expr).(type) {
	case *python.Assign:
		if len(parent.Targets) != 1 {
			return false
		}
		name, ok := parent.Targets[0].(*python.Name)
		if !ok {
			// data["terms"] = content, row.terms = content
			return true
		}
		binding := f.Binding(name)
		return binding != nil && slices.ContainsFunc(binding.Uses, func(use *python.Name) bool {
			return definedBy(f.Reaching(use), parent) && f.neededWhole(use, depth+1)
		})
	case *python.Dict, *python.Compare:
		return true
	case *python.Keyword:
		// Source.objects.create(content=content), Source(content=content)
		call, ok := f.Parent(parent).(*python.Call)
		if !ok {
			return false
		}
		if parent.Name == "file_contents" && python.LastName(call.Func) == "open_workbook" {
			return true // Of a workbook: xlrd.open_workbook(file_contents=content).
		}
		function := python.LastName(call.Func)
		return function == "create" || function == "update_or_create" || f.sinkOfCall(call) == NoSink && isClassName(function)
	case *python.Tuple:
		// A mail's attachment: (file.name, file.read(), file.content_type).
		return slices.ContainsFunc(parent.Elts, func(elt python.Expr) bool {
			access, ok := elt.(*python.Attribute)
			return ok && (access.Attr == "name" || access.Attr == "content_type")
		})
	case *python.IfExp:
		return parent.Test != expr && f.neededWhole(parent, depth+1)
	case *python.Attribute:
		call, ok := f.Parent(parent).(*python.Call)
		return ok && call.Func == python.Expr(parent) && (parent.Attr == "decode" || parent.Attr == "encode" || parent.Attr == "strip") &&
			f.neededWhole(call, depth+1)
	case *python.Call:
		if parent.Func == expr {
			return false
		}
		if strings.HasPrefix(f.Qualified(parent.Func), "re.") || searches[python.LastName(parent.Func)] {
			return true
		}
		function := python.LastName(parent.Func)
		if isClassName(function) && !conversions[function] && !strings.HasSuffix(function, "Response") && f.sinkOfCall(parent) == NoSink {
			return true // Source(content) keeps it, LetterParser(content) reads it as it likes.
		}
		return needsWhole.MatchString(function) || conversions[function] && f.neededWhole(parent, depth+1) || f.neededByCallee(parent, expr, depth)
	}
	return false
}

// neededByCallee reports whether the function of this file that a call calls needs an argument as a whole.
func (f *File) neededByCallee(call *python.Call, argument python.Expr, depth int) bool {
	fn := f.FunctionOf(call.Func)
	if fn == nil {
		return false
	}
	params := fn.Params()
	if fn.Self() != "" && len(params) > 0 {
		params = params[1:]
	}
	i := slices.Index(call.Args, argument)
	if i < 0 || i >= len(params) {
		return false
	}
	binding := fn.Scope.Lookup(params[i].Name)
	return binding != nil && slices.ContainsFunc(binding.Uses, func(use *python.Name) bool { return f.neededWhole(use, depth+1) })
}

// IsTerminal reports whether an expression is the standard output or error of the process or of a command.
func (f *File) IsTerminal(expr python.Expr) bool {
	switch f.Text(expr) {
	case "self.stdout", "self.stderr":
		return true
	}
	switch f.Qualified(expr) {
	case "sys.stdout", "sys.stderr", "sys.stdout.buffer", "sys.stderr.buffer":
		return true
	}
	return false
}
