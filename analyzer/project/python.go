package project

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/pattern"
	"github.com/djleak/djleak/analyzer/python"
	"github.com/djleak/djleak/analyzer/selection"
	"github.com/djleak/djleak/analyzer/settings"
)

// telling are words without one of which a module tells nothing of models and receivers.
var telling = []string{"_delete", "signals", "receivers", "handlers", "ForeignKey(", "OneToOneField(", "ParentalKey(", "auto_now_add", ".now", "FileField(", "ImageField(", "(Abstract", "TimeStamped", "AutoCreatedField(", "CreationDateTimeField(", "objects =", "QuerySet("}

// addPython takes the facts of a settings module, or of one with models, receivers or what checks uploads.
func (r *Reader) addPython(file string, raw []byte) {
	isSettings := isSettings(file)
	if !isSettings && !tellsOfModels(file) && !isConsumers(file) {
		r.addLimits(file, raw)
		return
	}
	r.facts.SharesCache = r.facts.SharesCache || invalidates(raw)
	r.layer.add(file, raw)
	checks := tells(raw, tellingOfLimits)
	if !isSettings && !isConfig(file) && !checks && !tells(raw, telling) {
		return
	}
	source, err := python.Decode(raw)
	if err != nil {
		return
	}
	resolved := r.resolver.Resolve(r.parser.Parse(source.Text))
	if isSettings {
		r.addSettings(settings.ReadPython(resolved, file))
	}
	r.addRelations(resolved)
	if !isSettings && !isConfig(file) {
		r.addModels(resolved)
		r.addMarkings(resolved)
	}
	if checks {
		r.addCheckers(file, resolved)
	}
	r.receivers.add(file, resolved)
}

// isSettings reports whether a module may be one of settings: production.py beside settings.py is, too.
func isSettings(file string) bool {
	switch kind := selection.KindOf(file); path.Base(file) {
	case "production.py", "prod.py":
		return kind&(selection.Settings|selection.Code) != 0
	default:
		return kind&selection.Settings != 0
	}
}

// tells reports whether a module has one of some words.
func tells(raw []byte, words []string) bool {
	return slices.ContainsFunc(words, func(word string) bool { return bytes.Contains(raw, []byte(word)) })
}

func (r *Reader) addSettings(file *settings.File) {
	r.facts.Recycling = append(r.facts.Recycling, file.Recycles()...)
	r.starts.addModule(file)
	if _, configured := file.GunicornOption(); configured {
		r.processes.more = true
	}
	for _, setting := range file.Settings {
		if file.Role == settings.Production && sharesThrough(setting) {
			r.sharing = append(r.sharing, sharing{SettingOf{strings.Clone(setting.Name), strings.Clone(file.Path)}, file.SaysProduction()})
		}
		// An example of production's settings tells what the real ones set. What it changes a part of stays the base's.
		if file.SaysProduction() && file.Role != settings.Testing && (settings.SetPerDeployment(setting.Name) || replacesWhole(setting)) {
			r.facts.Production = append(r.facts.Production, ProductionSetting{strings.Clone(setting.Name), path.Dir(file.Path)})
		}
		switch setting.Name {
		case sessionEngine:
			r.addSessions(file, setting)
		case "MIDDLEWARE", "MIDDLEWARE_CLASSES":
			r.facts.Middleware = append(r.facts.Middleware, texts(setting.Value)...)
		case "INSTALLED_APPS":
			for _, app := range texts(setting.Value) {
				if app == "daphne" && file.Role == settings.Production {
					r.note(Evidence{Certain, file.Path})
				}
			}
		case "CELERY_RESULT_BACKEND", "result_backend":
			r.backend = r.backend || keepsResults(setting) && file.Role == settings.Production
		case "CELERY_TASK_IGNORE_RESULT", "CELERY_IGNORE_RESULT", "task_ignore_result":
			r.ignored = r.ignored || setting.Value.Kind == settings.Bool && setting.Value.Bool
		case "worker_class":
			if isASGIWorker(setting.Value.Text) && file.Role == settings.Production {
				r.note(Evidence{Certain, file.Path})
			}
		case "DEFAULT_FILE_STORAGE", "STORAGES":
			if file.Role == settings.Production {
				r.addStorage(setting)
			}
		case "DATABASES":
			if file.Role == settings.Production {
				r.facts.Databases = true
				r.facts.AtomicRequests = r.facts.AtomicRequests || wrapsRequests(setting.Value)
			}
		case "CHANNEL_LAYERS":
			r.layer.set = true
		case "ASGI_APPLICATION":
			r.asgiUsed = true
			r.note(Evidence{Weak, file.Path})
		}
	}
}

// wrapsRequests reports whether the settings of some database put each request into a transaction.
// Source: https://docs.djangoproject.com/en/5.2/ref/settings/#atomic-requests
func wrapsRequests(databases settings.Value) bool {
	return slices.ContainsFunc(databases.Entries, func(database settings.Entry) bool {
		atomic := database.Value.Entry("ATOMIC_REQUESTS")
		if atomic == nil {
			return false
		}
		on, _ := atomic.AsBool()
		return on
	})
}

// replacesWhole reports whether a setting that rules ask about leaves nothing of what the base says.
func replacesWhole(setting settings.Setting) bool {
	switch setting.Name {
	case "DATABASES", "LOGGING", "REST_FRAMEWORK", sessionEngine, "DATA_UPLOAD_MAX_MEMORY_SIZE", "FILE_UPLOAD_MAX_MEMORY_SIZE", "FILE_UPLOAD_HANDLERS":
		return setting.Depth == 0 && !setting.Guarded
	default:
		return false
	}
}

// addStorage takes whether the storage of files is one that keeps them in the database, such as that of django-db-file-storage.
func (r *Reader) addStorage(setting settings.Setting) {
	storage := &setting.Value
	if setting.Name == "STORAGES" {
		if storage = setting.Value.Entry("default"); storage != nil {
			storage = storage.Entry("BACKEND")
		}
	}
	if storage == nil {
		return
	}
	kept := databaseStorage.MatchString(storage.Text)
	r.inDatabase = r.inDatabase || kept
	r.outsideDatabase = r.outsideDatabase || !kept
}

// databaseStorage matches the classes of storages that keep files in the database.
var databaseStorage = pattern.New(`(?i)^(db_file_storage|binary_database_files|database_files)\.`)

// addFileField takes where a model's field keeps its files, if it is one for files.
func (r *Reader) addFileField(f *names.File, field *python.Call) {
	switch python.LastName(field.Func) {
	case "FileField", "ImageField":
		whole := opensWhole(f, names.Keyword(field, "storage"))
		r.fieldsWhole = r.fieldsWhole || whole
		r.fieldsInPieces = r.fieldsInPieces || !whole
	}
}

// wholeStorage matches the classes of a project's own storages that have a file in one piece: in Redis, in a row.
var wholeStorage = pattern.New(`(?i)(redis|database|memcached?|mongo)\w*storage$`)

// opensWhole reports whether a field's storage reads a file whole to open it, as its name says or its _open(), which returns what is in
// memory.
func opensWhole(f *names.File, storage *python.Keyword) bool {
	if storage == nil {
		return false
	}
	class := storage.Value
	if call, ok := class.(*python.Call); ok {
		class = call.Func
	}
	name := python.LastName(class)
	return wholeStorage.MatchString(name) || slices.ContainsFunc(f.Functions, func(fn *names.Function) bool {
		return fn.Name == "_open" && fn.Class != nil && fn.Class.Name == name && slices.ContainsFunc(fn.Body, isOfMemory)
	})
}

// isOfMemory reports whether a statement returns a file that is in memory: return ContentFile(row.data).
func isOfMemory(stmt python.Stmt) bool {
	returned, ok := stmt.(*python.Return)
	if !ok {
		return false
	}
	call, ok := returned.Value.(*python.Call)
	return ok && (python.LastName(call.Func) == "ContentFile" || python.LastName(call.Func) == "BytesIO")
}

// keepsResults reports whether a setting of Celery's result backend names one that keeps them.
func keepsResults(backend settings.Setting) bool {
	switch value := backend.Value; value.Kind {
	case settings.Text:
		return value.Text != "" && !strings.HasPrefix(value.Text, "disabled") && !strings.HasPrefix(value.Text, "rpc")
	case settings.Unknown:
		return true
	case settings.Null, settings.Bool, settings.Number, settings.List, settings.Dict:
	}
	return false
}

func texts(value settings.Value) []string {
	var list []string
	for _, item := range value.Items {
		if item.Kind == settings.Text {
			list = append(list, strings.Clone(item.Text))
		}
	}
	return list
}

// relations are the fields that refer to another model and take an on_delete.
var relations = map[string]bool{
	"django.db.models.ForeignKey": true, "django.db.models.OneToOneField": true,
	"django.db.models.fields.related.ForeignKey": true, "django.db.models.fields.related.OneToOneField": true,
}

// addRelations takes the models that a field of another refers to with on_delete=CASCADE, or with none: Django 1 cascaded then.
func (r *Reader) addRelations(f *names.File) {
	for _, call := range f.Calls {
		if !relations[f.Qualified(call.Func)] || !cascades(f, call) {
			continue
		}
		if model := ModelName(referred(call)); model == "self" {
			if class := f.ClassAt(call); class != nil {
				r.facts.Cascades = append(r.facts.Cascades, strings.Clone(class.Name))
			}
		} else if model != "" {
			r.facts.Cascades = append(r.facts.Cascades, strings.Clone(model))
		}
	}
}

func cascades(f *names.File, call *python.Call) bool {
	var rule python.Expr
	if keyword := names.Keyword(call, "on_delete"); keyword != nil {
		rule = keyword.Value
	} else if len(call.Args) > 1 {
		rule = call.Args[1]
	} else {
		return true
	}
	return strings.HasSuffix(f.Qualified(rule), ".CASCADE")
}

// ModelName returns the last part of a reference to a model: Order, models.Order, "shop.Order".
func ModelName(expr python.Expr) string {
	if constant, ok := expr.(*python.Constant); ok {
		text, _ := constant.Str()
		return text[strings.LastIndexByte(text, '.')+1:]
	}
	return python.LastName(expr)
}
