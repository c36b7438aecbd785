package django

import (
	"strings"

	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

// signalModules hold Django's signals and those of packages that are built like them.
var signalModules = []string{
	"django.db.models.signals.", "django.core.signals.", "django.contrib.auth.signals.", "django.test.signals.",
	"django.db.backends.signals.", "django.contrib.sites.signals.", "rest_framework.signals.", "reversion.signals.",
	"simple_history.signals.", "guardian.signals.", "waffle.signals.",
}

// IsSignal reports whether an expression is a Django signal: one of Django's own, one that this file makes, or one that
// comes from a module called signals. Celery's signals are others.
func (f *File) IsSignal(expr python.Expr) bool {
	name := f.Qualified(expr)
	for _, module := range signalModules {
		if strings.HasPrefix(name, module) {
			return true
		}
	}
	if call, ok := f.Deref(expr).(*python.Call); ok {
		switch f.Qualified(call.Func) {
		case "django.dispatch.Signal", "django.dispatch.dispatcher.Signal", "django.db.models.signals.ModelSignal":
			return true
		}
	}
	return !strings.HasPrefix(name, "celery.") && !strings.HasPrefix(name, "blinker.") &&
		(strings.Contains(name, ".signals.") || strings.HasPrefix(name, "signals."))
}

// A Connection is a call that connects a receiver to a signal.
type Connection struct {
	Call   *python.Call
	Signal python.Expr
	// Receiver is what is connected; nil where the call names none.
	Receiver python.Expr
	// Sender and ID are the arguments sender and dispatch_uid, or nil.
	Sender, ID python.Expr
	// Strong is true with weak=False: the signal keeps the receiver alive.
	Strong bool
}

// Connection returns what a call of a signal's connect() or disconnect() is about.
func (f *File) Connection(call *python.Call, method string) (Connection, bool) {
	access, ok := call.Func.(*python.Attribute)
	if !ok || access.Attr != method || !f.IsSignal(access.Value) {
		return Connection{}, false
	}
	c := Connection{Call: call, Signal: access.Value}
	for i, arg := range call.Args {
		switch i {
		case 0:
			c.Receiver = arg
		case 1:
			c.Sender = arg
		}
	}
	c.keywords(call)
	return c, true
}

// A ReceiverKind tells how long a receiver lives without the signal.
type ReceiverKind uint8

// The kinds of receivers.
const (
	// UnknownReceiver is anything else.
	UnknownReceiver ReceiverKind = iota
	// ModuleReceiver is a function or a class of a module: it lives as long as the process.
	ModuleReceiver
	// LocalReceiver is a function, a lambda or a partial made by the function that connects it.
	LocalReceiver
	// BoundReceiver is a method of an object.
	BoundReceiver
)

// ReceiverKind returns the kind of what is connected in a call.
func (f *File) ReceiverKind(expr python.Expr) ReceiverKind {
	switch e := f.Deref(expr).(type) {
	case *python.Lambda, *python.Call:
		return LocalReceiver
	case *python.Attribute:
		if f.Qualified(e) != "" {
			return ModuleReceiver
		}
		return BoundReceiver
	case *python.Name:
		binding := f.Binding(e)
		if binding == nil || len(binding.Definitions) == 0 {
			return UnknownReceiver
		}
		switch kind := binding.Definitions[0].Kind; {
		case kind == names.Imported, kind == names.Defined && binding.Scope == f.Module:
			return ModuleReceiver
		case kind == names.Defined && binding.Scope.Kind == names.FunctionScope:
			return LocalReceiver
		}
	}
	return UnknownReceiver
}

// ReceiverDecorator returns the connection that a decorator @receiver(signal, ...) makes.
func (f *File) ReceiverDecorator(decorator python.Expr) (Connection, bool) {
	call, ok := decorator.(*python.Call)
	if !ok || len(call.Args) == 0 {
		return Connection{}, false
	}
	switch f.Qualified(call.Func) {
	case "django.dispatch.receiver", "django.dispatch.dispatcher.receiver":
	default:
		return Connection{}, false
	}
	c := Connection{Call: call, Signal: call.Args[0]}
	c.keywords(call)
	return c, true
}

func (c *Connection) keywords(call *python.Call) {
	for _, keyword := range call.Keywords {
		switch keyword.Name {
		case "receiver":
			c.Receiver = keyword.Value
		case "sender":
			c.Sender = keyword.Value
		case "dispatch_uid":
			c.ID = keyword.Value
		case "weak":
			constant, ok := keyword.Value.(*python.Constant)
			c.Strong = ok && constant.Kind == python.False
		}
	}
}
