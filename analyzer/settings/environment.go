package settings

import (
	"strings"

	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

// call understands dict(...), conversions, dj_database_url and what reads the environment: os.environ.get, os.getenv,
// django-environ's and environs' env, decouple's config, and the values of django-configurations. The default is what holds where the environment says
// nothing.
func (p *pythonValues) call(v *Value, call *python.Call, depth int) {
	function := p.f.Qualified(call.Func)
	switch {
	case function == "builtins.dict":
		v.Kind, v.Entries = Dict, p.keywords(call, depth)
		v.Partial = len(call.Args) > 0 || len(v.Entries) < len(call.Keywords)
		return
	case p.database(v, call, function, depth), p.converted(v, call, function, depth):
		return
	}
	variable, env := p.readsEnvironment(call, function)
	if variable == nil {
		return
	}
	v.FromEnv, v.Variable = true, variable.name
	fallback := variable.fallback
	if fallback == nil && env != nil {
		fallback = schemeDefault(env, variable.name)
	}
	if fallback != nil {
		span := v.Span
		*v = p.value(fallback, depth+1)
		v.Span, v.FromEnv, v.Variable = span, true, variable.name
	}
}

// database takes dj_database_url.config(conn_max_age=600), and env.dj_db_url of environs, for the entry of DATABASES that
// it returns.
func (p *pythonValues) database(v *Value, call *python.Call, function string, depth int) bool {
	access, _ := call.Func.(*python.Attribute)
	if function != "dj_database_url.config" && function != "dj_database_url.parse" && (access == nil || access.Attr != "dj_db_url") {
		return false
	}
	v.Kind, v.FromEnv, v.Partial = Dict, true, true
	if age := names.Keyword(call, "conn_max_age"); age != nil {
		span := python.Span{Start: age.Start, End: age.Start + int32(len(age.Name))}
		v.Entries = []Entry{{Key: "CONN_MAX_AGE", KeySpan: span, Value: p.value(age.Value, depth+1)}}
	}
	return true
}

// converted takes int(x), bool(x), x.lower() and the like for what they make of a known x.
func (p *pythonValues) converted(v *Value, call *python.Call, function string, depth int) bool {
	if access, ok := call.Func.(*python.Attribute); ok && len(call.Args)+len(call.Keywords) == 0 {
		inner := Value{}
		switch access.Attr {
		case "lower", "casefold":
			inner = p.value(access.Value, depth+1)
			inner.Text = strings.ToLower(inner.Text)
		case "upper", "title", "capitalize":
			inner = p.value(access.Value, depth+1)
			inner.Text = cased(inner.Text, access.Attr)
		case "strip":
			inner = p.value(access.Value, depth+1)
			inner.Text = strings.TrimSpace(inner.Text)
		default:
			return false
		}
		if inner.Kind == Text || inner.FromEnv {
			inner.Span = v.Span
			*v = inner
		}
		return true
	}
	if len(call.Args) != 1 {
		return false
	}
	_, name, _ := strings.Cut(function, ".")
	switch {
	case !strings.HasPrefix(function, "builtins."):
		if !readsBool(function) && function != "ast.literal_eval" && function != "json.loads" {
			return false
		}
		name = "" // A function of the project's own may be called bool too.
	case name != "int" && name != "float" && name != "str" && name != "bool" && name != "list" && name != "tuple":
		return false
	}
	inner := p.value(call.Args[0], depth+1)
	switch name {
	case "":
		if on, ok := inner.AsBool(); ok && inner.Kind == Text {
			inner = inner.decided(Value{Kind: Bool, Bool: on})
		}
	case "bool":
		if on, ok := inner.truth(); ok {
			inner = inner.decided(Value{Kind: Bool, Bool: on})
		}
	case "int", "float":
		if number, ok := inner.AsNumber(); ok {
			inner = inner.decided(Value{Kind: Number, Number: number})
		}
	}
	inner.Span = v.Span
	*v = inner
	return true
}

// decided returns what is made of the value: what decides the one decides the other.
func (v *Value) decided(made Value) Value {
	made.FromEnv, made.Variable = v.FromEnv, v.Variable
	return made
}

// readsBool reports whether a function makes true or false of a text by what it says, by the function's name: strtobool,
// utils.str2bool, parse_bool.
func readsBool(function string) bool {
	name := strings.ToLower(function[strings.LastIndexAny(function, ".:")+1:])
	return name != "bool" && strings.HasSuffix(name, "bool") || name == "boolean" || name == "str_to_boolean" || name == "is_true" || name == "istrue"
}

// cased is text in capitals, or with one capital in front as capitalize() and title() make of a single word.
func cased(text, method string) string {
	if method == "upper" || text == "" {
		return strings.ToUpper(text)
	}
	return strings.ToUpper(text[:1]) + strings.ToLower(text[1:])
}

// A variable is one that a call reads from the environment. Its fallback is nil where the call has none.
type variable struct {
	name     string
	fallback python.Expr
}

// readsEnvironment returns the variable that a call reads, and the call that made its reader where the file shows it.
func (p *pythonValues) readsEnvironment(call *python.Call, function string) (*variable, *python.Call) {
	read := &variable{}
	if len(call.Args) > 0 {
		read.name, _ = text(call.Args[0])
	}
	if fallback := names.Keyword(call, "default"); fallback != nil {
		read.fallback = fallback.Value
	} else if len(call.Args) > 1 {
		read.fallback = call.Args[1]
	}
	if strings.HasPrefix(function, "configurations.values.") {
		// Its variable is named after the setting, its first argument is the default.
		if read.name, read.fallback = "", nil; len(call.Args) > 0 {
			read.fallback = call.Args[0]
		} else if fallback := names.Keyword(call, "default"); fallback != nil {
			read.fallback = fallback.Value
		}
		return read, nil
	}
	switch function {
	case "os.environ.get", "os.getenv", "decouple.config", "os.environ.setdefault", "environs.env", "os.environ.pop":
		return read, nil
	}
	// env = environ.Env(); env("X"), env.bool("X"), env.int("X").
	receiver := call.Func
	if access, ok := receiver.(*python.Attribute); ok {
		receiver = access.Value
	}
	name, ok := receiver.(*python.Name)
	if !ok {
		return nil, nil
	}
	made, ok := p.f.Value(name).(*python.Call)
	if !ok {
		if name.Id == "env" || name.Id == "config" && p.f.Binding(name) == nil || p.f.Qualified(name) == "environs.env" {
			return read, nil
		}
		return nil, nil
	}
	switch p.f.Qualified(made.Func) {
	case "environ.Env", "environ.FileAwareEnv", "environs.Env", "environs.FileAwareEnv", "decouple.AutoConfig", "decouple.Config":
		return read, made
	}
	return nil, nil
}

// schemeDefault returns the default that django-environ's environ.Env(DEBUG=(bool, False)) gives a variable, or nil.
func schemeDefault(made *python.Call, name string) python.Expr {
	if scheme := names.Keyword(made, name); scheme != nil {
		if pair, ok := scheme.Value.(*python.Tuple); ok && len(pair.Elts) == 2 {
			return pair.Elts[1]
		}
	}
	return nil
}
