package filereadwhole

import (
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

// A whole is one call that reads a file to its end, with where its content goes.
type whole struct {
	pass *analyzer.Pass
	call *python.Call
	// file is what it reads, object what is known of it, or nil.
	file   python.Expr
	object *django.FileObject
	// sink is where the content goes, node the code that puts it there.
	sink django.Sink
	node python.Node
}

// remedy shows the way that takes pieces, in the names at hand.
func (w whole) remedy() string {
	switch w.sink {
	case django.Written:
		return w.written()
	case django.Hashed:
		return w.hashed()
	case django.Wrapped:
		return w.wrapped()
	case django.Sent:
		return w.opened(w.keyword() + "=" + w.name() + "  # an open file is sent in pieces\n")
	default:
		if decoding := w.decoding(); decoding != nil {
			// A stream that yields no lines of its own, such as boto3's, can be read by this too.
			return w.importing("import codecs", "for line in codecs.getreader("+w.encoding(decoding)+")("+w.name()+"):\n    ...\n")
		}
		return w.opened("for line in " + w.name() + ":\n    ...\n")
	}
}

// decoding returns the call of decode() that makes text of the content, or nil.
func (w whole) decoding() *python.Call {
	access, ok := w.pass.Parent(w.call).(*python.Attribute)
	if !ok || access.Attr != "decode" {
		return nil
	}
	call, _ := w.pass.Parent(access).(*python.Call)
	return call
}

// encoding is what a call of decode() decodes by.
func (w whole) encoding(decoding *python.Call) string {
	if len(decoding.Args) == 0 {
		return `"utf-8"`
	}
	return w.pass.Text(decoding.Args[0])
}

// name is what the file is called in the code at hand.
func (w whole) name() string {
	if _, ok := w.file.(*python.Call); ok || strings.Contains(w.pass.Text(w.file), "\n") {
		return "file"
	}
	return w.pass.Text(w.file)
}

// opened puts a with around code where the file is opened in the expression that reads it.
func (w whole) opened(code string) string { return w.importing("", code) }

// importing is opened below the import of a module.
func (w whole) importing(module, code string) string {
	if call, ok := w.file.(*python.Call); ok && !strings.Contains(w.pass.Text(call), "\n") {
		code = "with " + w.pass.Text(call) + " as file:\n    " + strings.ReplaceAll(strings.TrimSuffix(code, "\n"), "\n", "\n    ") + "\n"
	}
	if module != "" {
		code = module + "\n\n" + code
	}
	return code
}

// hasChunks reports whether the file is one of Django's, which knows chunks().
func (w whole) hasChunks() bool {
	return w.object != nil && (w.object.Kind == django.StoredFile || w.object.Kind == django.FieldFile)
}

func (w whole) written() string {
	method, out := "", "out"
	call, ok := w.node.(*python.Call)
	if ok {
		if access, ok := call.Func.(*python.Attribute); ok {
			method = access.Attr
			if text := w.pass.Text(access.Value); !strings.Contains(text, "\n") {
				out = text
			}
		}
	}
	switch method {
	case "writestr":
		member := "name"
		if text := w.pass.Text(call.Args[0]); !strings.Contains(text, "\n") {
			member = text
		}
		if w.object != nil && w.object.Kind == django.LocalFile && w.object.Path != nil {
			return out + ".write(" + w.pass.Text(w.object.Path) + ", " + member + ")  # reads the file in pieces\n"
		}
		return w.importing("import shutil", "with "+out+".open("+member+", \"w\") as member:\n    shutil.copyfileobj("+w.name()+", member)\n")
	case "write_bytes", "write_text":
		return w.importing("import shutil", "with "+out+".open(\"wb\") as out:\n    shutil.copyfileobj("+w.name()+", out)\n")
	}
	if w.hasChunks() {
		piece := "chunk"
		if strings.HasPrefix(w.name(), piece) {
			piece = "piece"
		}
		return w.opened("for " + piece + " in " + w.name() + ".chunks():\n    " + out + ".write(" + piece + ")\n")
	}
	return w.importing("import shutil", "shutil.copyfileobj("+w.name()+", "+out+")\n")
}

// algorithms are those that hashlib always has.
// Source: https://docs.python.org/3/library/hashlib.html#hashlib.algorithms_guaranteed
var algorithms = map[string]bool{
	"md5": true, "sha1": true, "sha224": true, "sha256": true, "sha384": true, "sha512": true, "blake2b": true, "blake2s": true,
}

func (w whole) hashed() string {
	call, ok := w.node.(*python.Call)
	if !ok {
		return ""
	}
	if access, ok := call.Func.(*python.Attribute); ok && access.Attr == "update" {
		return w.opened("while chunk := " + w.name() + ".read(65536):\n    " + w.pass.Text(access.Value) + ".update(chunk)\n")
	}
	algorithm := "sha256"
	if name := python.LastName(call.Func); algorithms[name] {
		algorithm = name
	}
	switch {
	case w.object == nil:
		return "import hashlib\n\ndigest = hashlib." + algorithm + "()\nwhile chunk := " + w.name() + ".read(65536):\n    digest.update(chunk)\n"
	case w.hasChunks():
		return w.importing("import hashlib", "digest = hashlib."+algorithm+"()\nfor chunk in "+w.name()+".chunks():\n    digest.update(chunk)\n")
	}
	return w.importing("import hashlib", "digest = hashlib.file_digest("+w.name()+", \""+algorithm+"\")  # Python 3.11; the file is open for bytes\n")
}

func (w whole) wrapped() string {
	call, ok := w.node.(*python.Call)
	if !ok {
		return ""
	}
	if w.leaves() && w.object != nil {
		return "from django.core.files import File\n\nFile(" + strings.Join(strings.Fields(w.pass.Text(w.object.Expr)), " ") + w.title(call) + ")  # not inside `with`: close it once it is saved\n"
	}
	if strings.HasPrefix(w.pass.Qualified(call.Func), "django.") {
		return w.importing("from django.core.files import File", "File("+w.name()+")  # is read in pieces\n")
	}
	if outer, ok := w.pass.Parent(call).(*python.Call); ok && len(outer.Args) > 0 && outer.Args[0] == python.Expr(call) {
		return w.opened(w.pass.Text(outer.Func) + "(" + w.name() + ")  # takes the open file\n")
	}
	return strings.Join(strings.Fields(w.pass.Text(w.file)), " ") + "  # is a file already: what takes a BytesIO takes it too\n"
}

// keyword is the argument that takes the body of a request: data, content or Body.
func (w whole) keyword() string {
	if call, ok := w.node.(*python.Call); ok {
		for _, keyword := range call.Keywords {
			switch keyword.Name {
			case "data", "content", "Body":
				return keyword.Name
			}
		}
	}
	return "data"
}

// title is the name that the content is given where a file is made of it: as an argument of File.
func (w whole) title(call *python.Call) string {
	if keyword := names.Keyword(call, "name"); keyword != nil {
		return ", name=" + w.pass.Text(keyword.Value)
	}
	if len(call.Args) > 1 && w.pass.Qualified(call.Func) == "django.core.files.base.ContentFile" {
		return ", name=" + w.pass.Text(call.Args[1])
	}
	return ""
}

// leaves reports whether what is made of the file is used behind the with that closes it.
func (w whole) leaves() bool {
	block := w.closing()
	if block == nil {
		return false
	}
	assign, ok := names.Inside[*python.Assign](w.pass.File.File, w.node)
	if !ok || len(assign.Targets) != 1 || !block.Range().Contains(assign.Range()) {
		return false
	}
	name, ok := assign.Targets[0].(*python.Name)
	if !ok {
		return true
	}
	binding := w.pass.Binding(name)
	if binding == nil {
		return false
	}
	for _, use := range binding.Uses {
		if use.Start >= block.End {
			return true
		}
	}
	return false
}

// closing returns the with that closes the file, or nil.
func (w whole) closing() *python.With {
	name, ok := w.file.(*python.Name)
	if !ok {
		return nil
	}
	for _, def := range w.pass.Reaching(name) {
		if def.Kind != names.Managed {
			continue
		}
		for node := w.pass.Parent(w.call); node != nil; node = w.pass.Parent(node) {
			if block, ok := node.(*python.With); ok && slices.ContainsFunc(block.Items, func(item *python.WithItem) bool {
				target, ok := item.OptionalVars.(*python.Name)
				return ok && target.Id == name.Id
			}) {
				return block
			}
		}
	}
	return nil
}
