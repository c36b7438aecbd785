package growth

import (
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/pattern"
	"github.com/djleak/djleak/analyzer/python"
)

// A Variety says how many different values an expression takes in the life of a process.
type Variety uint8

// The varieties, in ascending order.
const (
	// Few values: constants, classes, settings, HTTP's methods and status codes.
	Few Variety = iota
	// Unknown is anybody's guess, such as a parameter called name.
	Unknown
	// Many values: what requests, rows, users or the clock bring.
	Many
)

// fewWords name what there are few of in one process, whatever requests bring: Django's routes, classes and databases,
// languages, HTTP's methods and status codes.
var fewWords = map[string]bool{
	"status_code": true, "method": true, "view_name": true, "url_name": true, "app_name": true, "namespace": true,
	"route": true, "__class__": true, "__name__": true, "__qualname__": true, "__module__": true, "label": true,
	"label_lower": true, "app_label": true, "model_name": true, "scheme": true, "reason_phrase": true, "db_table": true,
	"cls": true, "klass": true, "class_": true, "model": true, "model_class": true, "model_cls": true, "sender": true,
	"field_name": true, "attr": true, "attname": true, "lang": true, "language": true, "lang_code": true,
	"language_code": true, "locale": true, "using": true, "db_alias": true, "backend": true, "content_type": true,
	"content_type_id": true, "ct_id": true, "site_id": true, "alias": true, "connection_name": true, "settings": true,
	"weekday": true, "month": true, "hour": true, "minute": true, "currency": true, "country": true, "country_code": true,
	"timezone": true, "tz": true, "tzname": true, "permission": true, "permission_id": true, "perm": true, "codename": true, "level": true, "loglevel": true,
	"template_name": true, "func": true, "fn": true, "function": true, "view_func": true, "callback": true, "handler": true,
	"plugin": true, "module": true, "mod": true, "callable": true, "checker": true, "provider": true, "extension": true, "mimetype": true, "event_name": true, "signal": true, "get_ident": true,
	"base_url": true, "api_url": true, "server_url": true, "endpoint": true, "category": true, "category_id": true, "status_id": true, "type_id": true, "country_id": true, "language_id": true,
	"locale_id": true, "currency_id": true, "role_id": true, "view": true, "current_thread": true, "currentThread": true, "getpid": true,
}

// fewWord ends the names of what a program has as many of as were written.
var fewWord = pattern.New(`(^|_)(class|cls|klass|type|datatype|kind|mode|lang|locale|language|dir|setting|env|format|fmt|strref|[A-Z_]+)$`)

// manyWord ends the names of what requests, rows, users or the clock bring without an end.
var manyWord = pattern.New(`(?i)(^|_)(((user|obj|object|item|node|graph|resource|task|job|channel|room|client|device|account)?id)|ids|pk|pks|uuid|guid|user|users|username|email|emails|token|tokens|session|sessionid|` +
	`session_key|sid|nonce|jti|url|urls|uri|ip|ips|addr|address|phone|request|req|response|query|search|text|word|phrase|sentence|message|msg|` +
	`timestamp|time|now|digest|slug|obj|object|instance|row|record|upload|body|payload|exception|exc|traceback)$`)

// manyCalls return another value each time, or nearly so.
var manyCalls = map[string]bool{
	"time.time": true, "time.monotonic": true, "uuid.uuid4": true, "uuid.uuid1": true, "builtins.id": true,
	"datetime.datetime.now": true, "datetime.datetime.utcnow": true, "django.utils.timezone.now": true,
	"secrets.token_hex": true, "secrets.token_urlsafe": true, "random.random": true,
}

// keeping are functions and methods whose results are about as many as their arguments' or receivers' values.
var keeping = map[string]bool{
	"str": true, "int": true, "hash": true, "repr": true, "tuple": true, "frozenset": true, "bytes": true, "lower": true,
	"upper": true, "strip": true, "rstrip": true, "lstrip": true, "encode": true, "decode": true, "format": true,
	"hexdigest": true, "md5": true, "sha1": true, "sha256": true, "join": true, "dumps": true, "get_full_path": true,
	"build_absolute_uri": true, "isoformat": true, "date": true, "reverse": true, "gettext": true, "_": true,
}

// VarietyOf returns the variety of an expression.
func VarietyOf(f *django.File, expr python.Expr) Variety {
	v := varieties{f: f}
	return v.of(expr)
}

// maxDepth ends the look through assignments and operators: deeper expressions are Unknown.
const maxDepth = 8

type varieties struct {
	f     *django.File
	depth int
}

func (v *varieties) of(expr python.Expr) Variety {
	if v.depth++; v.depth > maxDepth {
		return Unknown
	}
	defer func() { v.depth-- }()
	switch e := expr.(type) {
	case *python.Constant:
		return Few
	case *python.Name:
		return v.name(e)
	case *python.Attribute:
		return v.attribute(e)
	case *python.Call:
		return v.call(e)
	case *python.Subscript:
		return v.subscript(e)
	case *python.Tuple:
		return v.together(e.Elts)
	case *python.List:
		return v.together(e.Elts)
	case *python.ListComp:
		return v.of(e.Elt)
	case *python.GeneratorExp:
		return v.of(e.Elt)
	case *python.BinOp:
		return v.together([]python.Expr{e.Left, e.Right})
	case *python.JoinedStr:
		return v.together(e.Values)
	case *python.FormattedValue:
		return v.of(e.Value)
	case *python.BoolOp:
		return v.together(e.Values)
	case *python.IfExp:
		return v.together([]python.Expr{e.Body, e.Orelse})
	case *python.Compare, *python.UnaryOp:
		return Few
	case *python.Await:
		return v.of(e.Value)
	}
	return Unknown
}

// together is the variety of what is made of several values: that of the most various.
func (v *varieties) together(exprs []python.Expr) Variety {
	most := Few
	for _, expr := range exprs {
		most = max(most, v.of(expr))
	}
	return most
}

func (v *varieties) word(name string) Variety {
	switch {
	case fewWords[name], fewWord.MatchString(name):
		return Few
	case manyWord.MatchString(name):
		return Many
	}
	return Unknown
}

func (v *varieties) name(name *python.Name) Variety {
	if value := v.f.Value(name); value != nil {
		// What the value does not tell, its name may.
		if known := v.of(value); known != Unknown {
			return known
		}
		return v.word(name.Id)
	}
	binding := v.f.Binding(name)
	if binding == nil {
		return v.word(name.Id)
	}
	for _, def := range binding.Definitions {
		switch def.Kind {
		case names.Parameter:
			if arg, ok := def.Node.(*python.Arg); ok && arg.Annotation != nil {
				if known, ok := v.annotation(arg.Annotation); ok {
					return known
				}
			}
		case names.Looped:
			if known := v.looped(def.Value); known != Unknown {
				return known
			}
		case names.Defined, names.Imported:
			return Few
		}
	}
	return v.word(name.Id)
}

// annotation returns the variety that the type of a parameter implies, if it implies one.
func (v *varieties) annotation(annotation python.Expr) (Variety, bool) {
	if subscript, ok := annotation.(*python.Subscript); ok {
		switch v.f.Qualified(subscript.Value) {
		case "builtins.type", "typing.Type", "typing.Literal":
			return Few, true
		}
		return Unknown, false
	}
	switch name := v.f.Qualified(annotation); {
	case name == "builtins.bool", name == "builtins.type":
		return Few, true
	case strings.HasSuffix(name, "HttpRequest"), strings.HasSuffix(name, "WSGIRequest"), name == "rest_framework.request.Request":
		return Many, true
	default:
		class := v.f.LocalClass(name)
		return Few, v.f.IsEnum(class)
	}
}

// looped returns the variety of the elements of what a loop walks over.
func (v *varieties) looped(iterable python.Expr) Variety {
	switch e := v.f.Deref(iterable).(type) {
	case *python.List:
		return v.together(e.Elts)
	case *python.Tuple:
		return v.together(e.Elts)
	case *python.Set:
		return v.together(e.Elts)
	case *python.Dict:
		return v.together(e.Keys)
	case *python.Call:
		if v.f.QuerySet(e) != nil {
			return Many
		}
		if access, ok := e.Func.(*python.Attribute); ok {
			switch access.Attr {
			case "items", "keys", "values":
				return v.looped(access.Value)
			case "get_models", "get_app_configs", "get_fields":
				return Few
			}
		}
		switch v.f.Qualified(e.Func) {
		case "builtins.sorted", "builtins.list", "builtins.enumerate", "builtins.reversed", "builtins.set", "builtins.tuple":
			if len(e.Args) > 0 {
				return v.looped(e.Args[0])
			}
		}
	case *python.Attribute:
		if isSetting(v.f, e) || e.Attr == "fields" || e.Attr == "local_fields" || e.Attr == "choices" || e.Attr == "__mro__" {
			return Few
		}
	}
	return Unknown
}

func isSetting(f *django.File, expr python.Expr) bool {
	name := f.Qualified(expr)
	return strings.HasPrefix(name, "django.conf.settings.")
}

func (v *varieties) attribute(access *python.Attribute) Variety {
	if isSetting(v.f, access) {
		return Few
	}
	if access.Attr == "path" || access.Attr == "path_info" || access.Attr == "META" || access.Attr == "body" {
		if receiver, ok := access.Value.(*python.Name); ok && (receiver.Id == "request" || receiver.Id == "req") {
			return Many
		}
	}
	if receiver := python.LastName(access.Value); fewWords[receiver] && receiver != "cls" {
		// content_type.pk
		return Few
	}
	if known := v.word(access.Attr); known != Unknown {
		return known
	}
	if name := v.f.Qualified(access); name != "" {
		// Something that a module holds: a class, an enumeration's member.
		return Few
	}
	return Unknown
}

func (v *varieties) call(call *python.Call) Variety {
	name := v.f.Qualified(call.Func)
	switch {
	case name == "builtins.type", name == "builtins.bool", name == "builtins.len":
		return Few
	case manyCalls[name]:
		return Many
	}
	last := python.LastName(call.Func)
	var receiver python.Expr
	if method, ok := call.Func.(*python.Attribute); ok {
		receiver = method.Value
	}
	switch {
	case v.f.QuerySet(call) != nil, strings.Contains(v.f.Text(call.Func), ".objects."):
		return Many
	case strings.HasPrefix(name, "importlib."), last == "import_string", last == "import_module":
		return Few
	case keeping[last]:
		exprs := slices.Clone(call.Args)
		for _, keyword := range call.Keywords {
			exprs = append(exprs, keyword.Value)
		}
		if receiver != nil && name == "" {
			exprs = append(exprs, receiver)
		}
		return v.together(exprs)
	case last == "getattr" && len(call.Args) > 1:
		return v.element(nil, call.Args[1])
	case last == "get" && len(call.Args) > 0:
		return v.element(receiver, call.Args[0])
	case fewWords[last] && !called[last]:
		return Few
	}
	return Unknown
}

// called are those of fewWords that are functions: what they return may be anything.
var called = map[string]bool{"func": true, "fn": true, "function": true, "view_func": true, "callback": true, "handler": true, "callable": true}

func (v *varieties) subscript(subscript *python.Subscript) Variety {
	return v.element(subscript.Value, subscript.Slice)
}

// element is the variety of what a mapping has under a key: of kwargs["pk"] many, by the key.
func (v *varieties) element(container, key python.Expr) Variety {
	if access, ok := container.(*python.Attribute); ok {
		switch access.Attr {
		case "GET", "POST", "data", "query_params", "headers", "META", "COOKIES", "session", "cleaned_data", "validated_data":
			return Many
		}
	}
	if constant, ok := key.(*python.Constant); ok {
		if text, ok := constant.Str(); ok {
			return v.word(text)
		}
	}
	return Unknown
}

// VarietyOfParam returns the variety of a function's parameter, by its type and its name.
func VarietyOfParam(f *django.File, param *python.Arg) Variety {
	v := varieties{f: f}
	if param.Annotation != nil {
		if known, ok := v.annotation(param.Annotation); ok {
			return known
		}
	}
	return v.word(param.Name)
}

// codeWord ends the names of what stands for code: a class, a function, a module.
var codeWord = pattern.New(`(?i)(^|_)(cls|klass|class|class_|model|func|fn|function|callback|callable|handler|plugin|extension|` +
	`module|mod|checker|provider|backend|receiver|signal|view|hook|middleware|decorator|validator|task|wrapped)$`)

// IsCode reports whether a value is a class, a function or the like, of which a program has as many as were written.
func IsCode(f *django.File, value python.Expr) bool {
	switch e := f.Deref(value).(type) {
	case *python.Name:
		if binding := f.Binding(e); binding != nil {
			switch kind := binding.Definitions[0].Kind; kind {
			case names.Defined, names.Imported:
				return true
			case names.Parameter, names.Looped:
				return codeWord.MatchString(e.Id)
			}
		}
		return false
	case *python.Attribute:
		return codeWord.MatchString(e.Attr) && !isSetting(f, e)
	}
	return false
}
