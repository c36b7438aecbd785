package responsefilebuffered

import (
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/pattern"
	"github.com/djleak/djleak/analyzer/python"
)

// isSentByUsers reports whether a local path leads to what others have sent or may ask for: it is that of a row's file, or built from
// a folder for uploads, from what the request says or from the view's own parameters. Any other may lead to what the program makes.
func isSentByUsers(pass *analyzer.Pass, path python.Expr) bool {
	return origin{pass, make(map[python.Expr]bool)}.isOutside(path, 0)
}

// An origin asks where the parts of a path come from.
type origin struct {
	pass *analyzer.Pass
	// seen are the parts that were asked about. One part from outside is enough, so that no part is worth a second look, and a path
	// that many branches put together takes no longer than there are parts.
	seen map[python.Expr]bool
}

// uploads matches the names of settings and folders for what users send.
var uploads = pattern.New(`(?i)(^|[_./-])(media|uploads?|uploaded|attachments?|documents?|user_?files|private_?(files|root))([_./-]|$)`)

// isOutside reports whether a part of a path comes from outside of the program.
func (o origin) isOutside(expr python.Expr, depth int) bool {
	const deepest = 40 // Nobody builds a path in more steps.
	if depth++; depth > deepest || o.seen[expr] {
		return false
	}
	o.seen[expr] = true
	some := func(parts []python.Expr) bool {
		return slices.ContainsFunc(parts, func(part python.Expr) bool { return o.isOutside(part, depth) })
	}
	switch e := expr.(type) {
	case *python.Constant:
		text, _ := e.Str()
		return uploads.MatchString(text)
	case *python.Name:
		return o.isOutsideName(e, depth)
	case *python.Attribute:
		return uploads.MatchString(e.Attr) || isOfRequest(e) || o.isOfFile(e) || o.isOutside(e.Value, depth)
	case *python.Call:
		return o.isOutsideCall(e, depth)
	case *python.BinOp:
		return some([]python.Expr{e.Left, e.Right})
	case *python.BoolOp:
		return some(e.Values)
	case *python.IfExp:
		return some([]python.Expr{e.Body, e.Orelse})
	case *python.JoinedStr:
		return some(e.Values)
	case *python.FormattedValue:
		return o.isOutside(e.Value, depth)
	case *python.Subscript:
		return o.isOutside(e.Value, depth)
	case *python.Tuple:
		return some(e.Elts)
	}
	return false
}

func (o origin) isOutsideName(name *python.Name, depth int) bool {
	if uploads.MatchString(name.Id) && name.Id == strings.ToUpper(name.Id) {
		return true // MEDIA_ROOT
	}
	return slices.ContainsFunc(o.pass.Reaching(name), func(def names.Definition) bool {
		switch def.Kind {
		case names.Assigned, names.Augmented:
			return o.isOutside(def.Value, depth)
		case names.Parameter:
			fn := o.pass.Binding(name).Scope.Function
			return fn != nil && fn.Param("request") != nil && name.Id != "request" && name.Id != fn.Self()
		default:
			return false
		}
	})
}

// located matches the names of fields that are a file, or say where one is.
var located = pattern.New(`(?i)(^|_)(path|file|file_?path|file_?name)$`)

// isOfFile reports whether an attribute says where a row's file is: row.scan.path, row.file_path. What else a row says may name what
// the program makes of it.
func (o origin) isOfFile(access *python.Attribute) bool {
	if access.Attr == "path" || access.Attr == "name" && located.MatchString(python.LastName(access.Value)) {
		return o.pass.FileObject(access.Value) != nil
	}
	return located.MatchString(access.Attr) && o.pass.IsRow(access.Value)
}

// isOfRequest reports whether an attribute is something that a request says: request.GET, self.kwargs.
func isOfRequest(access *python.Attribute) bool {
	switch access.Attr {
	case "GET", "POST", "data", "query_params", "resolver_match", "path", "path_info":
		return python.LastName(access.Value) == "request"
	case "kwargs":
		return python.LastName(access.Value) == "self"
	}
	return false
}

// reading are methods that take a part of what they are called on, or put text together.
var reading = map[string]bool{
	"get": true, "pop": true, "format": true, "join": true, "joinpath": true, "replace": true, "strip": true, "lstrip": true, "rstrip": true,
	"lower": true, "upper": true, "resolve": true, "absolute": true, "decode": true, "encode": true, "split": true, "rsplit": true, "group": true,
}

// isOutsideCall takes os.path.join(folder, name), name.replace("/", ""), row.get_uploaded_filename().
func (o origin) isOutsideCall(call *python.Call, depth int) bool {
	parts := call.Args
	method, ok := call.Func.(*python.Attribute)
	first, _, _ := strings.Cut(o.pass.Qualified(call.Func), ".")
	switch {
	case outside[first], python.LastName(call.Func) == "safe_join":
	case !ok:
		return false
	case reading[method.Attr]:
		parts = append([]python.Expr{method.Value}, parts...)
	default:
		return o.pass.IsRow(method.Value) && uploads.MatchString(method.Attr)
	}
	return slices.ContainsFunc(parts, func(part python.Expr) bool { return o.isOutside(part, depth) })
}

// isSent reports whether a file is one that users may have sent, of any size, as far as can be seen.
func isSent(pass *analyzer.Pass, file *django.FileObject) bool {
	return file.Kind != django.LocalFile || file.Path != nil && isSentByUsers(pass, file.Path)
}
