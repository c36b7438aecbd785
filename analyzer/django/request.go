package django

import (
	"strings"

	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

// requestTypes are the annotations of requests, by qualified name.
var requestTypes = map[string]bool{
	"django.http.HttpRequest": true, "django.http.request.HttpRequest": true, "rest_framework.request.Request": true,
	"django.core.handlers.wsgi.WSGIRequest": true, "django.core.handlers.asgi.ASGIRequest": true,
}

// IsRequestType reports whether an annotation is that of a request.
func (f *File) IsRequestType(annotation python.Expr) bool {
	return requestTypes[f.Qualified(annotation)]
}

// PerRequest says what an expression is that Django makes for one request: "request", "response", "view", "form",
// "serializer" or "user". It returns "" for anything else.
func (f *File) PerRequest(expr python.Expr) string {
	switch e := f.Deref(expr).(type) {
	case *python.Name:
		return f.perRequestName(e)
	case *python.Call:
		if python.LastName(e.Func) == "get_response" {
			return "response"
		}
	case *python.Attribute:
		receiver, ok := e.Value.(*python.Name)
		if !ok {
			return ""
		}
		fn := f.methodAround(e)
		ofSelf := fn != nil && receiver.Id == fn.Self()
		switch {
		case e.Attr == "request" && ofSelf && f.perRequestClass(fn.Class) != "":
			return "request"
		case e.Attr == "user" && f.perRequestName(receiver) == "request":
			return "user"
		}
	}
	return ""
}

func (f *File) perRequestName(name *python.Name) string {
	binding := f.Binding(name)
	if binding == nil || len(binding.Definitions) == 0 {
		return ""
	}
	arg, ok := binding.Definitions[0].Node.(*python.Arg)
	fn := f.FunctionAt(name)
	for fn != nil && fn.Scope != binding.Scope {
		fn = fn.Parent
	}
	if !ok || fn == nil {
		return ""
	}
	switch {
	case f.IsRequestType(arg.Annotation):
		return "request"
	case arg.Annotation != nil && !strings.HasSuffix(f.Qualified(arg.Annotation), "Request"):
		return ""
	case arg.Name == "request" || arg.Name == "response" && f.Context(fn) == RequestContext:
		return arg.Name
	case fn.Class != nil && arg.Name == fn.Self():
		return f.perRequestClass(fn.Class)
	}
	return ""
}

// perRequestClass says what the objects of a class are, where Django makes them for one request.
func (f *File) perRequestClass(class *names.Class) string {
	switch f.ClassKind(class) {
	case View:
		return "view"
	case Form:
		return "form"
	case Serializer:
		return "serializer"
	default:
		return ""
	}
}
