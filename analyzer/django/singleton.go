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
	"django.template.Node":                                "template node",
	"django.template.base.Node":                           "template node",
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
	"logging.Handler":                                     "logging handler",
	"logging.StreamHandler":                               "logging handler",
	"logging.FileHandler":                                 "logging handler",
	"logging.Filter":                                      "logging filter",
	"logging.Formatter":                                   "logging formatter",
	"logging.LoggerAdapter":                               "logger adapter",
	"django.utils.log.AdminEmailHandler":                  "logging handler",
	"django.db.backends.base.base.BaseDatabaseWrapper":    "database wrapper",
}

// kindSingletons says the same of the kinds of classes.
var kindSingletons = map[ClassKind]string{
	Middleware: "middleware", Command: "command", AppConfig: "app config", Admin: "admin class", TaskClass: "task",
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
		return "database router"
	}
	if f.madeAtModuleLevel(class) {
		return "module's object"
	}
	return ""
}

// isRouter reports whether a class has the shape of DATABASE_ROUTERS.
// Source: https://docs.djangoproject.com/en/5.2/topics/db/multi-db/#using-routers
func isRouter(class *names.Class) bool {
	return class.Method("db_for_read") != nil || class.Method("db_for_write") != nil
}

// madeAtModuleLevel reports whether objects of the class are made at the module's level, as in client = Client(), and
// nowhere else in the file.
func (f *File) madeAtModuleLevel(class *names.Class) bool {
	binding := f.Module.Lookup(class.Name)
	if binding == nil || class.Scope.Parent != f.Module {
		return false
	}
	made := false
	for _, use := range binding.Uses {
		call, ok := f.Parent(use).(*python.Call)
		if !ok || call.Func != python.Expr(use) {
			continue
		}
		if f.FunctionAt(use) != nil {
			return false
		}
		_, assigned := f.Parent(call).(*python.Assign)
		_, annotated := f.Parent(call).(*python.AnnAssign)
		made = made || (assigned || annotated) && f.ClassAt(use) == nil
	}
	return made
}

// IsEnum reports whether a class is an enumeration, whose objects are few and live as long as the process.
func (f *File) IsEnum(class *names.Class) bool {
	return class != nil && slices.ContainsFunc(f.Ancestors(class), func(base string) bool {
		last := base[strings.LastIndexAny(base, ".:")+1:]
		return strings.HasSuffix(last, "Enum") || strings.HasSuffix(last, "Flag") || strings.HasSuffix(last, "Choices")
	})
}
