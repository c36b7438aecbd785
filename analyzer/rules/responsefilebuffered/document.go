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
			of, ofRelation := pass.Deref(n.Value).(*python.Attribute)
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
	`packing_?slip|boarding_?pass|statement|quotation|barcode|qr_?code|id_?card|(offer|award|admission|acceptance|appointment|approval|confirmation|decision|invitation|visa)_?letter`

var (
	// rendered matches the names of rows and fields whose file a program makes of a template, for one person.
	rendered = pattern.New(`(?i)(^|_)(` + documents + `)(_|s?$)`)
	// renderedClass matches the names of models and of classes of views for them, in words.
	renderedClass = pattern.New(`(?i)(^|_)(` + documents + `)s?(_?(model|pdf|download|document|view))*$`)
	// written matches the names of fields that are such a document by themselves, whatever the row is.
	written = pattern.New(`(?i)((^|_)report|^letter)(_?(pdf|docx?|document|file))*$`)
	// several matches the names of fields for many files in one, and for what somebody has sent with a row.
	several = pattern.New(`(?i)(^|_)(zip|tar|archive|bundle|batch|pack|package|backup|dump|exports?|attachments?|uploads?|uploaded)(_|$)`)
	// paged matches the names of fields for a document of pages.
	paged = pattern.New(`(?i)(^|_)(pdf|docx?|document)(_?(file|path))?$`)
)

// capital matches where a word of a class's name begins.
var capital = pattern.New(`([a-z0-9])([A-Z])`)

// inWords returns the name of a class or a function with a line between its words.
func inWords(name string) string { return capital.Regexp().ReplaceAllString(name, "${1}_$2") }

// isClassOfDocuments reports whether a model, or a class of views, is named after such a document.
func isClassOfDocuments(name string) bool { return renderedClass.MatchString(inWords(name)) }

// isDocument reports whether a file is a document of some pages that the program makes itself, by the name of the view, of the row's
// field, of the row and of those that lead to it or of its model, or because the module or the view knows what makes it.
func isDocument(pass *analyzer.Pass, call *python.Call, file *django.FileObject, ofRow []*python.Attribute) bool {
	if slices.ContainsFunc(ofRow, func(of *python.Attribute) bool { return several.MatchString(of.Attr) }) {
		return false
	}
	return isViewOfDocument(pass, call) || isOfPerson(pass, call) || slices.ContainsFunc(ofRow, func(of *python.Attribute) bool {
		switch {
		case rendered.MatchString(of.Attr), written.MatchString(of.Attr), generated.MatchString(of.Attr), isGeneratedBy(pass, of), isMadeFor(pass, call, of.Value), storesInField(pass, of):
			return true
		case (file.Kind == django.FieldFile || fileNamed.MatchString(of.Attr)) && (isRendered(of.Value) || isReport(pass, of)):
			return true
		}
		return paged.MatchString(of.Attr) && isClassOfDocuments(pass.RowModel(of.Value))
	})
}

// reported matches the names of rows and of models, in words, that are a report; of its file somebody has chosen what it shows.
var reported = pattern.New(`(?i)(^|_)reports?$`)

// isReport reports whether a file is that of a report: its one file, or one of pages.
func isReport(pass *analyzer.Pass, file *python.Attribute) bool {
	return fileNamed.MatchString(file.Attr) && (reported.MatchString(python.LastName(file.Value)) || reported.MatchString(inWords(pass.RowModel(file.Value))))
}

// isMadeFor reports whether the view makes something of a row before it sends a file of it: generate_sheet(order), order.render().
func isMadeFor(pass *analyzer.Pass, call *python.Call, row python.Expr) bool {
	fn := pass.FunctionAt(call)
	if fn == nil {
		return false
	}
	of := pass.Text(row)
	for node := range pass.Own(fn) {
		other, ok := node.(*python.Call)
		if !ok || other.Start > call.Start || !producing.MatchString(inWords(python.LastName(other.Func))) {
			continue
		}
		method, isMethod := other.Func.(*python.Attribute)
		if isMethod && pass.Text(method.Value) == of || slices.ContainsFunc(other.Args, func(arg python.Expr) bool { return pass.Text(arg) == of }) {
			return true
		}
	}
	return false
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

// isViewOfDocument reports whether the function around a response, one around that, or its class, is named after such a document.
func isViewOfDocument(pass *analyzer.Pass, call *python.Call) bool {
	for fn := pass.FunctionAt(call); fn != nil; fn = fn.Parent {
		if rendered.MatchString(fn.Name) && !several.MatchString(fn.Name) || fn.Class != nil && isClassOfDocuments(fn.Class.Name) {
			return true
		}
	}
	return false
}

// personal matches what tells that a file holds what is kept of one person, who may ask for it.
var personal = pattern.New(`(?i)\bgdpr|_gdpr|personal[_ -]?data|data[_ -]?(subject|portability)`)

// isOfPerson reports whether the view says that it sends somebody what the project keeps of them.
func isOfPerson(pass *analyzer.Pass, call *python.Call) bool {
	fn := pass.FunctionAt(call)
	return fn != nil && personal.MatchString(pass.Text(fn))
}

// isBounded reports whether a form of the project refuses what is large before it becomes a row's file.
func isBounded(pass *analyzer.Pass, files []*python.Attribute) bool {
	return slices.ContainsFunc(files, func(file *python.Attribute) bool { return pass.Project.FilesBounded(pass.RowModel(file.Value)) })
}
