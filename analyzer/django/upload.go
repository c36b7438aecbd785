package django

import (
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/pattern"
	"github.com/djleak/djleak/analyzer/python"
)

// fileWord tells a key of cleaned data that names a file from others: "csv_file", "upload", "avatar".
var fileWord = pattern.New(`(?i)(^|_)(file|files|upload|uploads|attachment|document|csv|xlsx?|zip|archive|image|photo|avatar|picture|pdf|logo)(_|$)`)

// uploadClasses are the types of uploaded files, by their qualified names.
var uploadClasses = map[string]bool{
	"django.core.files.uploadedfile.UploadedFile":          true,
	"django.core.files.uploadedfile.InMemoryUploadedFile":  true,
	"django.core.files.uploadedfile.TemporaryUploadedFile": true,
}

// fileFields are the model and form fields whose values are files.
var fileFields = map[string]bool{
	"django.db.models.FileField": true, "django.db.models.ImageField": true,
	"django.forms.FileField": true, "django.forms.ImageField": true,
	"rest_framework.serializers.FileField": true, "rest_framework.serializers.ImageField": true,
}

// IsUpload reports whether an expression is a file that a user uploaded: an element of request.FILES, a file of a
// form's cleaned data or a serializer's validated data, a parameter annotated so, or a model's own FileField.
func (f *File) IsUpload(expr python.Expr) bool {
	return once(f.rows.uploads, expr, false, func() bool { return f.isUpload(expr) })
}

func (f *File) isUpload(expr python.Expr) bool {
	switch e := f.Deref(expr).(type) {
	case *python.Subscript:
		return f.isUploads(e.Value) || f.holdsFile(e.Value, e.Slice)
	case *python.Call:
		access, ok := e.Func.(*python.Attribute)
		switch {
		case f.opensUpload(e):
			return true
		case !ok:
			return false
		case access.Attr == "open":
			return f.IsUpload(access.Value)
		case len(e.Args) == 0 || access.Attr != "get" && access.Attr != "pop":
			return false
		}
		return f.isUploads(access.Value) || f.holdsFile(access.Value, e.Args[0])
	case *python.Name:
		return f.isUploadName(e)
	case *python.Attribute:
		return f.isFileField(e) || e.Attr == "file" && f.IsUpload(e.Value)
	}
	return false
}

// opensUpload reports whether a call opens the file that Django has put an upload into, as it does with large ones.
func (f *File) opensUpload(call *python.Call) bool {
	if openers[f.Qualified(call.Func)] != LocalFile || f.Qualified(call.Func) == "" || len(call.Args) == 0 {
		return false
	}
	path, ok := f.Deref(call.Args[0]).(*python.Call)
	return ok && python.LastName(path.Func) == "temporary_file_path"
}

// IsFileField reports whether an expression is self's own FileField, opened or not, whose file somebody once uploaded.
func (f *File) IsFileField(expr python.Expr) bool {
	switch e := f.Deref(expr).(type) {
	case *python.Attribute:
		return f.isFileField(e)
	case *python.Call:
		access, ok := e.Func.(*python.Attribute)
		return ok && access.Attr == "open" && f.IsFileField(access.Value)
	}
	return false
}

// IsRequestFile reports whether an expression is an upload right out of request.FILES, which nothing has looked at yet: no
// form, no serializer.
func (f *File) IsRequestFile(expr python.Expr) bool {
	return once(f.rows.requestFiles, expr, false, func() bool { return f.isRequestFile(expr) })
}

func (f *File) isRequestFile(expr python.Expr) bool {
	switch e := f.Deref(expr).(type) {
	case *python.Subscript:
		return f.isUploads(e.Value)
	case *python.Call:
		access, ok := e.Func.(*python.Attribute)
		return ok && (f.isUploads(access.Value) || access.Attr == "open" && f.IsRequestFile(access.Value))
	case *python.Attribute:
		return e.Attr == "file" && f.IsRequestFile(e.Value)
	case *python.Name:
		binding := f.Binding(e)
		return binding != nil && len(binding.Definitions) == 1 && binding.Definitions[0].Kind == names.Looped && f.isUploadName(e)
	}
	return false
}

// isUploads reports whether an expression is request.FILES.
func (f *File) isUploads(expr python.Expr) bool {
	access, ok := f.Deref(expr).(*python.Attribute)
	return ok && access.Attr == "FILES"
}

// holdsFile reports whether an element of cleaned or validated data is a file: by a field of this file under that
// name, or by what the name says.
func (f *File) holdsFile(data, key python.Expr) bool {
	access, ok := f.Deref(data).(*python.Attribute)
	if !ok {
		return false
	}
	switch {
	case access.Attr == "cleaned_data", access.Attr == "validated_data":
	case access.Attr == "data" && python.LastName(access.Value) == "request":
		// Django REST framework puts files among the data.
	default:
		return false
	}
	constant, ok := key.(*python.Constant)
	if !ok {
		return false
	}
	name, ok := constant.Str()
	if !ok {
		return false
	}
	for _, class := range f.Classes {
		if field := class.Scope.Lookup(name); field != nil {
			return f.makesFileField(field)
		}
	}
	return fileWord.MatchString(name)
}

func (f *File) makesFileField(field *names.Binding) bool {
	for _, def := range field.Definitions {
		if call, ok := def.Value.(*python.Call); ok && fileFields[f.Qualified(call.Func)] {
			return true
		}
	}
	return false
}

// isUploadName reports whether a name is a parameter annotated as an upload, walks over request.FILES, or is what with opens of one.
func (f *File) isUploadName(name *python.Name) bool {
	defs := f.Reaching(name)
	if len(defs) != 1 {
		return false
	}
	switch def := defs[0]; def.Kind {
	case names.Parameter:
		arg, ok := def.Node.(*python.Arg)
		return ok && arg.Annotation != nil && uploadClasses[f.Qualified(arg.Annotation)]
	case names.Managed:
		return f.IsUpload(def.Value) && !f.IsFileField(def.Value) // A row's file may be what the program has written.
	case names.Looped:
		call, ok := f.Deref(def.Value).(*python.Call)
		if !ok {
			return false
		}
		access, ok := call.Func.(*python.Attribute)
		return ok && (access.Attr == "getlist" || access.Attr == "values" || access.Attr == "items") && f.isUploads(access.Value)
	default:
		return false
	}
}

// isFileField reports whether an attribute of self is a FileField of the class around it.
func (f *File) isFileField(access *python.Attribute) bool {
	self, ok := access.Value.(*python.Name)
	fn := f.FunctionAt(access)
	if !ok || fn == nil || fn.Class == nil || self.Id != fn.Self() || f.ClassKind(fn.Class) != Model {
		return false
	}
	field := fn.Class.Scope.Lookup(access.Attr)
	return field != nil && f.makesFileField(field)
}
