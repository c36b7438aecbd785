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

// kinds are words for what users send, and for what grows with what they do.
const kinds = `uploads?|uploaded|user_?files?|private_?(files?|media)|attachments?|videos?|movies?|audios?|recordings?|` +
	`exports?|backups?|dumps?|archives?|datasets?|shapefiles?|rasters?`

var (
	// telling matches the names of folders and variables that say of a file that it may be large. What lies under MEDIA_ROOT may be
	// anything.
	telling = pattern.New(`(?i)(^|[_./-])(` + kinds + `)([_./-]|$)`)
	// serving matches the names of views, in words, that send whatever file somebody has put there. What one exports, it has just made.
	serving = pattern.New(`(?i)(^|_)(files?|media|uploads?|uploaded|attachments?|videos?|movies?|audios?|recordings?|backups?|dumps?|archives?|datasets?)(_|$)`)
	// grown matches the names of rows, of models in words, and of fields for what users send and what grows.
	grown = pattern.New(`(?i)(^|_)(media|` + kinds + `|zip|tar|bundle|pack|package|database|db|csv|xlsx?|songs?|tracks?)(_|$)`)
	// sent matches the names of fields that hold a file of whatever kind.
	sent = pattern.New(`(?i)(^|_)((db|source)?files?|file_?(obj|object)|documents?|docs?|contents?|data|source|original|scans?)_?\d*$`)
	// largeEnd matches the end of the name of a file that holds many others, many rows, or minutes of sound; anyEnd that of a file whose
	// name says of what kind it is.
	largeEnd = pattern.New(`(?i)\.(zip|tar|tgz|7z|rar|(tar|sql|json|xml)\.(gz|bz2|xz)|sql|sqlite3?|db|dump|bak|xml|gpkg|mbtiles|tiff?|mp[34]|mov|avi|mkv|webm|wav|ogg)$`)
	anyEnd   = pattern.New(`\.\w{1,8}$`)
	// largeType matches the content types of such files.
	largeType = pattern.New(`^(application/(zip|x-zip|x-tar|gzip|x-gzip|x-7z|x-rar|x-sqlite|vnd\.sqlite)|video/|audio/)`)
)

// mayBeLarge reports whether something says that a file may be large: users send it, it grows with what they do, or the request names
// it among all those of a folder.
func mayBeLarge(pass *analyzer.Pass, call *python.Call, file *django.FileObject, ofRow []*python.Attribute) bool {
	switch {
	case slices.ContainsFunc(ofRow, func(of *python.Attribute) bool { return isLarge(of) || isGrown(pass, of) }), sends(pass, call, largeType):
		return true
	case file.Path == nil:
		return isServing(pass, call)
	}
	return location{pass, isServing(pass, call), make(map[python.Expr]bool)}.mayBeLarge(file.Path)
}

// isLarge reports whether a row's file is one that users send, or that grows with what they do, by its name.
func isLarge(file *python.Attribute) bool {
	return sent.MatchString(file.Attr) || grown.MatchString(file.Attr)
}

// isGrown reports whether the name of a row, of those that lead to it or of its model is one for what users send and for what grows.
func isGrown(pass *analyzer.Pass, file *python.Attribute) bool {
	found := grown.MatchString(inWords(pass.RowModel(file.Value)))
	python.Walk(file.Value, func(node python.Node) bool {
		switch n := node.(type) {
		case *python.Attribute:
			found = found || grown.MatchString(n.Attr)
		case *python.Name:
			found = found || grown.MatchString(n.Id)
		}
		return !found
	})
	return found
}

// isServing reports whether the function around a response, or its class, is named after whatever file somebody has put there.
func isServing(pass *analyzer.Pass, call *python.Call) bool {
	fn := pass.FunctionAt(call)
	return fn != nil && (serving.MatchString(inWords(fn.Name)) || fn.Class != nil && serving.MatchString(inWords(fn.Class.Name)))
}

// A location is where a file lies that a view sends.
type location struct {
	pass *analyzer.Pass
	// served is true where the view is named after whatever file somebody has put there.
	served bool
	// seen are the paths that were asked about.
	seen map[python.Expr]bool
}

// mayBeLarge reports whether a path says that the file may be large: by a folder on it, by the end of its name, or because the name is
// somebody else's from end to end. A name that the program puts together, such as "%s.pdf" % number, is that of a file which it has
// made.
func (l location) mayBeLarge(path python.Expr) bool {
	if l.seen[path] {
		return false
	}
	l.seen[path] = true
	switch e := path.(type) {
	case *python.Name:
		if defs := l.pass.Reaching(e); len(defs) > 1 {
			return slices.ContainsFunc(defs, func(def names.Definition) bool { return def.Value != nil && l.mayBeLarge(def.Value) })
		}
		if made := l.pass.Value(e); made != nil {
			return l.mayBeLarge(made)
		}
	case *python.IfExp:
		return l.mayBeLarge(e.Body) || l.mayBeLarge(e.Orelse)
	case *python.BoolOp:
		return slices.ContainsFunc(e.Values, l.mayBeLarge)
	}
	if says(l.pass, path, telling, make(map[python.Expr]bool)) {
		return true
	}
	last := lastPart(l.pass, path)
	if text, ok := textOf(last); ok && anyEnd.MatchString(text) {
		return largeEnd.MatchString(text)
	}
	ofRow := rowFilesIn(l.pass, last, make(map[python.Expr]bool))
	return l.served || len(ofRow) == 0 && isSentByUsers(l.pass, path)
}

// lastPart returns the part of a path with which it ends, whatever it is put together of: a text, or what stands for one.
func lastPart(pass *analyzer.Pass, path python.Expr) python.Expr {
	const deepest = 8
	for range deepest {
		path = pass.Deref(path)
		switch e := path.(type) {
		case *python.JoinedStr:
			if len(e.Values) == 0 {
				return path
			}
			path = e.Values[len(e.Values)-1]
		case *python.Tuple:
			if len(e.Elts) == 0 {
				return path
			}
			path = e.Elts[len(e.Elts)-1]
		case *python.FormattedValue:
			path = e.Value
		case *python.BinOp:
			if path = e.Right; e.Op == python.Mod && !endsInField(pass, e.Left) {
				path = e.Left // "%s.png" % number
			}
		case *python.Call:
			part := lastOfCall(pass, e)
			if part == nil {
				return path
			}
			path = part
		default:
			return path
		}
	}
	return path
}

// lastOfCall returns what a call that puts a path together has behind all else, or nil.
func lastOfCall(pass *analyzer.Pass, call *python.Call) python.Expr {
	method, isMethod := call.Func.(*python.Attribute)
	switch python.LastName(call.Func) {
	case "format":
		if isMethod && (!endsInField(pass, method.Value) || len(call.Args) == 0) {
			return method.Value
		}
		fallthrough
	case "join", "joinpath", "safe_join", "Path", "str", "abspath", "normpath", "realpath":
		if len(call.Args) > 0 {
			return call.Args[len(call.Args)-1]
		}
	}
	return nil
}

// endsInField reports whether a text ends in what is put in for it: "%s", "{}", "{name}".
func endsInField(pass *analyzer.Pass, text python.Expr) bool {
	template, _ := textOf(pass.Deref(text))
	return strings.HasSuffix(template, "%s") || strings.HasSuffix(template, "}")
}

func textOf(expr python.Expr) (string, bool) {
	constant, ok := expr.(*python.Constant)
	if !ok {
		return "", false
	}
	return constant.Str()
}
