package django

import (
	"strings"

	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/pattern"
	"github.com/djleak/djleak/analyzer/python"
)

// A FileKind says where a file object comes from.
type FileKind uint8

// The kinds of file objects.
const (
	// LocalFile is opened by its path.
	LocalFile FileKind = iota
	// StoredFile is opened through one of Django's storages.
	StoredFile
	// FieldFile is the file of a model's row.
	FieldFile
	// TemporaryFile is made by the process itself.
	TemporaryFile
)

// A FileObject is an expression that stands for an open file.
type FileObject struct {
	// Expr makes the file: the call that opens it, or the attribute of a row.
	Expr python.Expr
	Kind FileKind
	// Path is what a LocalFile or a StoredFile is opened by, where it can be seen.
	Path python.Expr
	// Sure is false where only the name says that it is a row's file.
	Sure bool
}

// openers open a file by its path, by their qualified names.
var openers = map[string]FileKind{
	"builtins.open": LocalFile, "io.open": LocalFile, "codecs.open": LocalFile, "gzip.open": LocalFile,
	"bz2.open": LocalFile, "lzma.open": LocalFile, "aiofiles.open": LocalFile,
	"django.core.files.storage.default_storage.open": StoredFile,
	"tempfile.NamedTemporaryFile":                    TemporaryFile, "tempfile.TemporaryFile": TemporaryFile,
	"tempfile.SpooledTemporaryFile": TemporaryFile,
}

// FileObject returns what is known of an expression that stands for an open file, or nil.
func (f *File) FileObject(expr python.Expr) *FileObject {
	return f.fileObject(expr, 0)
}

func (f *File) fileObject(expr python.Expr, depth int) *FileObject {
	const deepest = 6 // Names that stand for each other in a circle must end.
	if depth > deepest {
		return nil
	}
	switch e := expr.(type) {
	case *python.Name:
		var found *FileObject
		for _, def := range f.Reaching(e) {
			if def.Kind != names.Assigned && def.Kind != names.Managed {
				return nil
			}
			if found = f.fileObject(def.Value, depth+1); found == nil {
				return nil
			}
		}
		return found
	case *python.Call:
		return f.openCall(e, depth)
	case *python.Attribute:
		return f.fieldFile(e)
	}
	return nil
}

// openCall takes open(path), storage.open(name), Path(path).open() and row.file.open().
func (f *File) openCall(call *python.Call, depth int) *FileObject {
	if kind, ok := openers[f.Qualified(call.Func)]; ok {
		file := &FileObject{Expr: call, Kind: kind, Sure: true}
		if kind != TemporaryFile && len(call.Args) > 0 {
			file.Path = call.Args[0]
		}
		return file
	}
	switch f.Qualified(call.Func) {
	case "contextlib.closing", "io.TextIOWrapper", "io.BufferedReader", "wsgiref.util.FileWrapper", "django.core.files.File",
		"django.core.files.base.File":
		if len(call.Args) > 0 {
			return f.fileObject(call.Args[0], depth+1)
		}
		return nil
	}
	access, ok := call.Func.(*python.Attribute)
	if !ok || access.Attr != "open" {
		return nil
	}
	if strings.HasSuffix(python.LastName(access.Value), "storage") {
		file := &FileObject{Expr: call, Kind: StoredFile, Sure: true}
		if len(call.Args) > 0 {
			file.Path = call.Args[0]
		}
		return file
	}
	if path, ok := f.pathOf(access.Value); ok {
		return &FileObject{Expr: call, Kind: LocalFile, Path: path, Sure: true}
	}
	if attribute, ok := access.Value.(*python.Attribute); ok {
		return f.fieldFile(attribute)
	}
	return nil
}

// pathOf returns the path that a pathlib.Path stands for.
func (f *File) pathOf(expr python.Expr) (python.Expr, bool) {
	switch e := f.Deref(expr).(type) {
	case *python.Call:
		if f.Qualified(e.Func) == "pathlib.Path" && len(e.Args) > 0 {
			return e.Args[0], true
		}
	case *python.BinOp:
		if _, ok := f.pathOf(e.Left); ok && e.Op == python.Div {
			return e, true
		}
	}
	return nil, false
}

// fileAttribute tells the attribute of a row that is a file from others by its name: "file", "csv_file", "avatar".
var fileAttribute = pattern.New(`(?i)(^|_)(file|upload|attachment|document|csv|xlsx?|zip|archive|image|photo|avatar|picture|pdf|logo)$`)

// fieldFile takes the attribute of a row: surely a file where the class says so, or where the row was fetched in this
// function and the attribute is read as only files can be, which the caller sees.
func (f *File) fieldFile(access *python.Attribute) *FileObject {
	if f.isFileField(access) {
		return &FileObject{Expr: access, Kind: FieldFile, Sure: true}
	}
	if f.IsRow(access.Value) {
		return &FileObject{Expr: access, Kind: FieldFile, Sure: true}
	}
	if receiver, ok := access.Value.(*python.Name); ok && (receiver.Id == "self" || receiver.Id == "cls" || receiver.Id == "request") {
		return nil
	}
	if f.Qualified(access) != "" || !fileAttribute.MatchString(access.Attr) {
		return nil
	}
	return &FileObject{Expr: access, Kind: FieldFile}
}

// IsRow reports whether an expression is a model's row that this function fetched: what get() found, what a loop over a
// QuerySet yields, or another row's relation.
func (f *File) IsRow(expr python.Expr) bool {
	return f.isRowExpr(expr, 0)
}

func (f *File) isRowExpr(expr python.Expr, depth int) bool {
	const deepest = 6
	if depth > deepest {
		return false
	}
	switch e := expr.(type) {
	case *python.Call:
		return f.findsOne(e)
	case *python.Await:
		return f.isRowExpr(e.Value, depth+1)
	case *python.Attribute:
		return f.isRowExpr(e.Value, depth+1)
	case *python.Name:
		defs := f.Reaching(e)
		for _, def := range defs {
			switch def.Kind {
			case names.Assigned:
				if !isNone(def.Value) && !f.isRowExpr(def.Value, depth+1) {
					return false
				}
			case names.Looped:
				if !f.yieldsRows(def.Value) {
					return false
				}
			default:
				return false
			}
		}
		return len(defs) > 0
	}
	return false
}

// yieldsRows reports whether a loop's iterable yields model rows: a QuerySet, its iterator, or a list of it.
func (f *File) yieldsRows(iterable python.Expr) bool {
	if call, ok := iterable.(*python.Call); ok && len(call.Args) > 0 {
		switch f.Qualified(call.Func) {
		case "builtins.enumerate", "builtins.list", "builtins.sorted", "builtins.reversed", "tqdm.tqdm":
			return f.yieldsRows(call.Args[0])
		}
	}
	if rows := f.QuerySet(iterable); rows != nil {
		return !rows.Plain()
	}
	rows := f.Iterated(iterable)
	return rows != nil && !rows.Plain()
}

// WholeRead returns the file that a call reads to its end into one object, or nil: read(), read(-1), readlines(),
// read_bytes() of a path.
func (f *File) WholeRead(call *python.Call) python.Expr {
	access, ok := call.Func.(*python.Attribute)
	if !ok {
		return nil
	}
	switch access.Attr {
	case "read", "readlines", "readall":
	default:
		return nil
	}
	if len(call.Keywords) > 0 {
		return nil
	}
	if len(call.Args) == 0 {
		return access.Value
	}
	if access.Attr == "read" {
		switch size := call.Args[0].(type) {
		case *python.Constant:
			if size.Kind == python.None {
				return access.Value
			}
		case *python.UnaryOp:
			if size.Op == python.USub {
				return access.Value
			}
		}
	}
	return nil
}

// IsFixedPath reports whether a path names one file that belongs to the project: a literal, or folders of the project
// joined with one.
func (f *File) IsFixedPath(path python.Expr) bool {
	return once(f.rows.fixedPaths, path, false, func() bool { return f.isFixedPath(path) })
}

func (f *File) isFixedPath(path python.Expr) bool {
	switch e := f.Deref(path).(type) {
	case *python.Constant:
		return true
	case *python.Name:
		binding := f.Binding(e)
		return binding == nil || binding.Scope.Kind == names.ModuleScope || f.fixedByDefault(binding)
	case *python.Attribute:
		// Path(__file__).parent
		return f.Qualified(e) != "" || f.fixedOnce(e) || (e.Attr == "parent" || e.Attr == "parents") && f.IsFixedPath(e.Value)
	case *python.BinOp:
		return f.IsFixedPath(e.Left) && f.IsFixedPath(e.Right)
	case *python.IfExp:
		return f.IsFixedPath(e.Body) && f.IsFixedPath(e.Orelse)
	case *python.Subscript:
		// package.__path__[0], Path(__file__).parents[1]
		parents, ok := e.Value.(*python.Attribute)
		return f.Qualified(e.Value) != "" || ok && parents.Attr == "parents" && f.IsFixedPath(parents)
	case *python.JoinedStr:
		for _, value := range e.Values {
			if field, ok := value.(*python.FormattedValue); ok && !f.IsFixedPath(field.Value) {
				return false
			}
		}
		return true
	case *python.Call:
		if f.besideItself(e) {
			return true
		}
		for _, arg := range e.Args {
			if !f.IsFixedPath(arg) {
				return false
			}
		}
		access, ok := e.Func.(*python.Attribute)
		return f.Qualified(e.Func) != "" || ok && f.IsFixedPath(access.Value)
	}
	return false
}

// fixedOnce reports whether an attribute of self is given one path in its class, and that is fixed.
func (f *File) fixedOnce(access *python.Attribute) bool {
	fn := f.FunctionAt(access)
	self, ok := access.Value.(*python.Name)
	if !ok || fn == nil || fn.Class == nil || self.Id != fn.Self() || f.ClassKind(fn.Class) == Model {
		return false
	}
	for _, attribute := range f.Attributes(fn.Class) {
		if attribute.Name != access.Attr {
			continue
		}
		var values []python.Expr
		if attribute.Body != nil {
			if field, ok := attribute.Body.(*python.Call); ok && isField(field) {
				return false // Each row has its own.
			}
			values = append(values, attribute.Body)
		}
		for _, use := range attribute.Uses {
			if use.Kind == names.Rebinds {
				values = append(values, use.Value)
			}
		}
		return len(values) == 1 && values[0] != nil && f.IsFixedPath(values[0])
	}
	return false
}

// isField reports whether a call describes what each object of a class has: models.CharField(), dataclasses.field().
func isField(call *python.Call) bool {
	name := python.LastName(call.Func)
	return strings.HasSuffix(name, "Field") || name == "field"
}

// fixedByDefault reports whether a parameter is a path that its default fixes: other callers read another edition of the same file.
func (f *File) fixedByDefault(binding *names.Binding) bool {
	for _, fn := range f.Functions {
		if fn.Scope != binding.Scope || len(binding.Definitions) != 1 || fn.Param(binding.Name) == nil {
			continue
		}
		fallback := fn.Default(binding.Name)
		return fallback != nil && !isNone(fallback) && f.IsFixedPath(fallback)
	}
	return false
}

// smallSuffix may follow what a file is: license_data_file, key_path.
const smallSuffix = `(_?(file|path|name|filename|url|uri|field|data|fp|obj))*$`

// smallFile matches the names of files that people write and keep small: settings, templates, keys.
var smallFile = pattern.New(`(?i)(^|_)(settings|config|configuration|conf|cfg|ini|env|template|templates|licen[cs]e|readme|changelog|manifest|metadata|requirements|` +
	`private_?key|public_?key|ssh_?key|keyfile|cert|certificate|pem|secret|token|script|pid|pidfile|lock|lockfile|version|dockerfile|schema|fixture|` +
	`gitignore|ignore|locale|po|pot)` + smallSuffix)

// smallPart matches the names of pictures on a page, and of pieces of larger files.
var smallPart = pattern.New(`(?i)(^|_)(image|images|img|photo|picture|avatar|thumbnail|thumb|icon|favicon|logo|banner|cover|tile|chunk|piece|part|segment|fragment)` + smallSuffix)

// pictures matches the names of functions that make small pictures.
var pictures = pattern.New(`(?i)(^|_)(thumbnails?|thumb|avatars?|icons?|logo)(_|$)`)

// IsSmallFile reports whether a path, an open file or the attribute of a row is of a kind that is small, by its name or by that of the
// function that reads it.
func (f *File) IsSmallFile(expr python.Expr) bool {
	if fn := f.FunctionAt(expr); fn != nil && pictures.MatchString(fn.Name) {
		return true
	}
	return f.IsSmallDocument(expr) || f.named(expr, smallPart)
}

// IsSmallDocument is IsSmallFile for what strangers send: a picture of theirs may be of any size.
func (f *File) IsSmallDocument(expr python.Expr) bool { return f.named(expr, smallFile) }

// named reports whether the name of a path, an open file or the attribute of a row matches.
func (f *File) named(expr python.Expr, name *pattern.Pattern) bool {
	switch e := expr.(type) {
	case *python.Name:
		return name.MatchString(e.Id)
	case *python.Attribute:
		return name.MatchString(e.Attr) || e.Attr == "file" && f.named(e.Value, name)
	case *python.Subscript:
		return f.namedByKey(e.Slice, name)
	case *python.Call:
		access, ok := e.Func.(*python.Attribute)
		switch {
		case ok && (access.Attr == "open" || access.Attr == "path") && f.named(access.Value, name):
			return true
		case ok && access.Attr == "get" && len(e.Args) > 0:
			return f.namedByKey(e.Args[0], name)
		}
		return len(e.Args) > 0 && f.named(e.Args[len(e.Args)-1], name)
	}
	return false
}

func (f *File) namedByKey(key python.Expr, name *pattern.Pattern) bool {
	constant, ok := key.(*python.Constant)
	if !ok {
		return false
	}
	text, ok := constant.Str()
	return ok && name.MatchString(text)
}

// kept matches what a path leads to where a program keeps what it is given or makes.
var kept = pattern.New(`(?i)media|upload|export|backup|report|cache|tmp|temp|download`)

// besideItself reports whether a path is built from __file__, in place or in a constant of the module: it leads into the
// project's own folders, though maybe to where it keeps what is none of its own.
func (f *File) besideItself(path python.Expr) bool {
	found, leaves := false, false
	python.Walk(path, func(node python.Node) bool {
		switch n := node.(type) {
		case *python.Name:
			found = found || n.Id == "__file__"
			if binding := f.Binding(n); binding != nil && binding.Scope.Kind == names.ModuleScope && !kept.MatchString(n.Id) {
				if folder := f.Value(n); folder != nil && folder != path {
					found = found || strings.Contains(f.Text(folder), "__file__") && !kept.MatchString(f.Text(folder))
				}
			}
		case *python.Constant:
			text, _ := n.Str()
			leaves = leaves || kept.MatchString(text)
		}
		return !leaves
	})
	return found && !leaves
}
