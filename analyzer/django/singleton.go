package django

import (
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

// singletonBases are classes of which Django, Celery or Python make one object a process, or one for each place that
// names it, by qualified name, with a word for what it is.
var singletonBases = map[string]string{
	"django.template.Node":                                TemplateNode,
	"django.template.base.Node":                           TemplateNode,
	"django.core.files.storage.Storage":                   "storage",
	"django.core.files.storage.FileSystemStorage":         "storage",
	"django.core.files.storage.base.Storage":              "storage",
	"storages.backends.s3boto3.S3Boto3Storage":            "storage",
	"storages.backends.s3.S3Storage":                      "storage",
	"django.core.cache.backends.base.BaseCache":           "cache backend",
	"django.contrib.admin.AdminSite":                      "admin site",
	"django.contrib.admin.sites.AdminSite":                "admin site",
	"django.contrib.staticfiles.finders.BaseFinder":       "finder",
	"django.contrib.staticfiles.finders.FileSystemFinder": "finder",
	"django.template.loaders.base.Loader":                 "template loader",
	"django.template.loaders.filesystem.Loader":           "template loader",
	"logging.Handler":                                     LoggingHandler,
	"logging.StreamHandler":                               LoggingHandler,
	"logging.FileHandler":                                 LoggingHandler,
	"logging.Filter":                                      "logging filter",
	"logging.Formatter":                                   "logging formatter",
	"logging.LoggerAdapter":                               "logger adapter",
	"django.utils.log.AdminEmailHandler":                  LoggingHandler,
	"django.db.backends.base.base.BaseDatabaseWrapper":    "database wrapper",
	"django.db.backends.mysql.base.DatabaseWrapper":       "database wrapper",
	"django.db.backends.postgresql.base.DatabaseWrapper":  "database wrapper",
	"django.db.backends.sqlite3.base.DatabaseWrapper":     "database wrapper",
}

// kindSingletons says the same of the kinds of classes.
var kindSingletons = map[ClassKind]string{
	Middleware: "middleware", Command: "command", AppConfig: "app config", Admin: AdminClass, TaskClass: "task",
	Manager: "manager",
}

// Singleton says what a class is whose objects live as long as the process, or "" for any other. Django makes an inline
// admin and a related manager anew for each use, so neither is one.
func (f *File) Singleton(class *names.Class) string {
	if class == nil {
		return ""
	}
	for _, base := range f.Ancestors(class) {
		if word := singletonBases[base]; word != "" {
			return word
		}
		if strings.HasSuffix(base, "Inline") {
			return ""
		}
	}
	if word := kindSingletons[f.ClassKind(class)]; word != "" {
		return word
	}
	if isRouter(class) {
		return DatabaseRouter
	}
	if f.madeAtModuleLevel(class) {
		return ModuleObject
	}
	return ""
}

// What Singleton says of some classes: of ModuleObject the module makes the only object.
const (
	AdminClass     = "admin class"
	DatabaseRouter = "database router"
	LoggingHandler = "logging handler"
	ModuleObject   = "module's object"
	TemplateNode   = "template node"
)

// ProcessWide names what holds the one object of a class for the whole process: a variable of the module, a function
// whose result is cached once for all, or an attribute of a class. It returns "" for any other class.
func (f *File) ProcessWide(class *names.Class) string {
	binding := f.Module.Lookup(class.Name)
	if binding == nil || class.Scope.Parent != f.Module {
		return ""
	}
	holder := ""
	for _, call := range f.Made(class) {
		here := f.holderOf(call)
		if here == "" {
			// Others of its objects come and go.
			return ""
		}
		holder = here
	}
	return holder
}

// Made returns the calls that make objects of a class of the module: by its name, and by cls in its class methods.
func (f *File) Made(class *names.Class) []*python.Call {
	var calls []*python.Call
	add := func(use *python.Name) {
		if call, ok := f.Parent(use).(*python.Call); ok && call.Func == python.Expr(use) {
			calls = append(calls, call)
		}
	}
	if binding := f.Module.Lookup(class.Name); binding != nil {
		for _, use := range binding.Uses {
			add(use)
		}
	}
	for _, fn := range f.Functions {
		if fn.Class != class || !isClassMethod(fn) {
			continue
		}
		if cls := fn.Scope.Lookup(fn.Self()); cls != nil {
			for _, use := range cls.Uses {
				add(use)
			}
		}
	}
	return calls
}

// holderOf names what keeps the result of a call for the life of the process, or returns "".
func (f *File) holderOf(call *python.Call) string {
	fn := f.FunctionAt(call)
	switch parent := f.Parent(call).(type) {
	case *python.Return:
		if fn != nil && f.cachedOnce(fn) {
			return "`" + fn.Name + "()`"
		}
	case *python.Assign:
		switch target := parent.Targets[0].(type) {
		case *python.Name:
			if binding := f.Binding(target); binding != nil && binding.Scope == f.Module {
				return "`" + target.Id + "`"
			}
		case *python.Attribute:
			if name := python.LastName(target.Value); name == "cls" || f.LocalClass(":"+name) != nil {
				return "`" + name + "." + target.Attr + "`"
			}
		}
	case *python.AnnAssign:
		if target, ok := parent.Target.(*python.Name); ok && fn == nil && f.ClassAt(call) == nil {
			return "`" + target.Id + "`"
		}
	}
	return ""
}

// RunsOnObject reports whether a method may run again and again on one object: as RunsAgain has it, and no constructor.
func (f *File) RunsOnObject(fn *names.Function) bool {
	return f.RunsAgain(fn) && fn.Name != "__init__" && fn.Name != "__new__" && fn.Name != "__post_init__"
}

// isRouter reports whether a class has the shape of DATABASE_ROUTERS.
// Source: https://docs.djangoproject.com/en/5.2/topics/db/multi-db/#using-routers
func isRouter(class *names.Class) bool {
	return class.Method("db_for_read") != nil || class.Method("db_for_write") != nil
}

// madeAtModuleLevel reports whether objects of the class are made at the module's level, as in client = Client(), and
// nowhere else in the file.
func (f *File) madeAtModuleLevel(class *names.Class) bool {
	if f.ProcessWide(class) == "" {
		return false
	}
	return !slices.ContainsFunc(f.Module.Lookup(class.Name).Uses, func(use *python.Name) bool {
		call, ok := f.Parent(use).(*python.Call)
		return ok && call.Func == python.Expr(use) && f.FunctionAt(use) != nil
	})
}

// IsEnum reports whether a class is an enumeration, whose objects are few and live as long as the process.
func (f *File) IsEnum(class *names.Class) bool {
	return class != nil && slices.ContainsFunc(f.Ancestors(class), func(base string) bool {
		last := base[strings.LastIndexAny(base, ".:")+1:]
		return strings.HasSuffix(last, "Enum") || strings.HasSuffix(last, "Flag") || strings.HasSuffix(last, "Choices")
	})
}
