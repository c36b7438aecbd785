package responsefilebuffered

import (
	"slices"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/pattern"
	"github.com/djleak/djleak/analyzer/python"
)

// rowFiles returns the attributes of rows that a file is, or that its path is put together of.
func rowFiles(pass *analyzer.Pass, file *django.FileObject) []*python.Attribute {
	if file.Kind == django.FieldFile {
		if access, ok := pass.Deref(file.Expr).(*python.Attribute); ok {
			return []*python.Attribute{access}
		}
		return nil
	}
	if file.Path == nil {
		return nil
	}
	return rowFilesIn(pass, file.Path, make(map[python.Expr]bool))
}

// rowFilesIn looks at each part of a path once, however often it is put in.
func rowFilesIn(pass *analyzer.Pass, path python.Expr, seen map[python.Expr]bool) []*python.Attribute {
	if seen[path] {
		return nil
	}
	seen[path] = true
	var found []*python.Attribute
	python.Walk(path, func(node python.Node) bool {
		switch n := node.(type) {
		case *python.Attribute:
			of, ofRelation := n.Value.(*python.Attribute)
			switch {
			case ofRelation && n.Attr == "path", ofRelation && n.Attr == "name" && namesFile(of):
				return true // Of row.scan.path the file is row.scan.
			case fileNamed.MatchString(n.Attr) && pass.FileObject(n) != nil, pass.IsRow(n.Value) && !identity.MatchString(n.Attr):
				found = append(found, n)
				return false
			case identity.MatchString(n.Attr):
				return false
			}
		case *python.Name:
			if made := pass.Value(n); made != nil {
				found = append(found, rowFilesIn(pass, made, seen)...)
			}
		}
		return true
	})
	return found
}

// namesFile reports whether the name of something that a row leads to is that of a file: of row.scan, not of row.customer.
func namesFile(of *python.Attribute) bool {
	return isLarge(of) || fileNamed.MatchString(of.Attr) || rendered.MatchString(of.Attr) || written.MatchString(of.Attr)
}

// identity matches the names of fields that say which row it is.
var identity = pattern.New(`(?i)(^|_)(pk|id|uuid|slug|name|number|nr|code|key|title|date|year|username|email)$`)

// fileNamed matches the names of fields that are a file, or say where one is, of a kind that a program may make.
var fileNamed = pattern.New(`(?i)(^|_)(file|path|file_?path|file_?name|pdf|docx?|document)$`)

const documents = `permit|admission|licen[cs]e|certificate|invoice|receipt|ticket|voucher|coupon|badge|sticker|diploma|pay_?slip|credit_?note|delivery_?note|` +
	`packing_?slip|boarding_?pass|(offer|award|admission|acceptance|appointment|approval|confirmation|decision|invitation|visa)_?letter`

var (
	// rendered matches the names of rows and fields whose file a program makes of a template, for one person.
	rendered = pattern.New(`(?i)(^|_)(` + documents + `)(_|s?$)`)
	// renderedClass matches the names of models and of classes of views for them, in words.
	renderedClass = pattern.New(`(?i)(^|_)(` + documents + `)s?(_?(model|pdf|download|document|view))*$`)
	// written matches the names of fields that are such a document by themselves, whatever the row is.
	written = pattern.New(`(?i)((^|_)report|^letter)(_?(pdf|docx?|document|file))*$`)
	// several matches the names of fields for many files in one, and for what somebody has sent with a row.
	several = pattern.New(`(?i)(^|_)(zip|tar|archive|bundle|batch|backup|dump|exports?|attachments?|uploads?)(_|$)`)
	// paged matches the names of fields for a document of pages.
	paged = pattern.New(`(?i)(^|_)(pdf|docx?|document)(_?(file|path))?$`)
)

// capital matches where a word of a class's name begins.
var capital = pattern.New(`([a-z0-9])([A-Z])`)

// isClassOfDocuments reports whether a model, or a class of views, is named after such a document.
func isClassOfDocuments(name string) bool {
	return renderedClass.MatchString(capital.Regexp().ReplaceAllString(name, "${1}_$2"))
}

// isDocument reports whether a row's file is a document of some pages that the program makes itself, by the name of the field, of the
// row and of those that lead to it, of its model or of the view, or because the module knows what makes it.
func isDocument(pass *analyzer.Pass, call *python.Call, kind django.FileKind, files []*python.Attribute) bool {
	return slices.ContainsFunc(files, func(file *python.Attribute) bool {
		switch {
		case several.MatchString(file.Attr):
			return false
		case rendered.MatchString(file.Attr), written.MatchString(file.Attr), isGeneratedBy(pass, file):
			return true
		case (kind == django.FieldFile || fileNamed.MatchString(file.Attr)) && isRendered(file.Value):
			return true
		}
		return paged.MatchString(file.Attr) && (isClassOfDocuments(pass.RowModel(file.Value)) || isViewOfDocument(pass, call))
	})
}

// isRendered reports whether a row is one of which a program makes a document, by its name or by those that lead to it.
func isRendered(row python.Expr) bool {
	found := false
	python.Walk(row, func(node python.Node) bool {
		switch n := node.(type) {
		case *python.Attribute:
			found = found || rendered.MatchString(n.Attr)
		case *python.Name:
			found = found || rendered.MatchString(n.Id)
		}
		return !found
	})
	return found
}

// isGeneratedBy reports whether the module makes, or imports from where it is made, what a field holds: generate_document beside
// row.document.
func isGeneratedBy(pass *analyzer.Pass, file *python.Attribute) bool {
	return slices.ContainsFunc([]string{"generate_", "render_", "compile_", "produce_"}, func(verb string) bool {
		return pass.Module.Lookup(verb+file.Attr) != nil
	})
}

// isViewOfDocument reports whether the function around a response, or its class, is named after such a document.
func isViewOfDocument(pass *analyzer.Pass, call *python.Call) bool {
	fn := pass.FunctionAt(call)
	return fn != nil && (rendered.MatchString(fn.Name) || fn.Class != nil && isClassOfDocuments(fn.Class.Name))
}

// isBounded reports whether a form of the project refuses what is large before it becomes a row's file.
func isBounded(pass *analyzer.Pass, files []*python.Attribute) bool {
	return slices.ContainsFunc(files, func(file *python.Attribute) bool { return pass.Project.FilesBounded(pass.RowModel(file.Value)) })
}

// large matches the names of fields for what users send, and for what grows with it: archives, dumps, exports, media.
var large = pattern.New(`(?i)(^|_)((db|zip|data|media)?files?|file_?(name|path)|path|upload(s|ed)?|attachments?|documents?|docs?|contents?|media|videos?|movies?|audios?|recordings?|songs?|tracks?|` +
	`archives?|zip|tar|bundle|package|dumps?|backups?|exports?|data|datasets?|database|db|csv|xlsx?|source|original|scans?|rasters?|shapefile)(_|$)`)

// isLarge reports whether a row's file is one that users send, or that grows with what they do, by its name.
func isLarge(file *python.Attribute) bool { return large.MatchString(file.Attr) }
