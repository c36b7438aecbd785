package analyzer

import (
	"path"
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/python"
)

// A model is a class of a Django model whose members are all known, those of its bases among them.
type model struct {
	// names are its own and those of its bases, to which others may refer.
	names []string
	// members are what the class and its objects have: true for what its body assigns, as its fields.
	members map[string]bool
	// manages is true where a manager of the project's own may compute more for each row.
	manages bool
}

// maxModelDepth is how many modules and bases are gone through for a model.
const maxModelDepth = 10

// refuses reports whether code takes a model of the repository to have what it plainly lacks, so that the code fails.
func (l *library) refuses(file string, d django.Demand) bool {
	m := l.model(file, d.Model, maxModelDepth)
	if m == nil {
		return false
	}
	if _, has := m.members[d.Manager]; !has && !ofEveryModel[d.Manager] && !l.adds(m, d.Manager) {
		return true
	}
	return !m.manages && slices.ContainsFunc(d.Names, func(name string) bool { return m.lacks(name) && !l.adds(m, name) })
}

// model returns the model that a qualified name means in a file, or nil where not all of it is known.
func (l *library) model(file, qualified string, depth int) *model {
	module, name, ok := l.definer(file, qualified)
	if !ok || depth == 0 {
		return nil
	}
	key := module + ":" + name
	m, known := l.models[key]
	if !known {
		m = l.newModel(module, name, depth)
		l.models[key] = m
	}
	return m
}

// definer returns the file of the module that a qualified name of a file says, and the name behind it.
func (l *library) definer(file, qualified string) (module, name string, ok bool) {
	if local, isLocal := strings.CutPrefix(qualified, ":"); isLocal {
		return file, local, !strings.Contains(local, ".")
	}
	dotted := strings.TrimLeft(qualified, ".")
	level := len(qualified) - len(dotted)
	name = dotted[strings.LastIndexByte(dotted, '.')+1:]
	place := asPath(strings.TrimSuffix(strings.TrimSuffix(dotted, name), "."))
	if level > 0 {
		module, ok = l.moduleFile(path.Join(django.Above(file, level), place))
		return module, name, ok
	}
	places := l.placesOf(place)
	if place == "" || len(places) != 1 || !l.modules.isSeen(file, place) && places[0] != l.folder+place && !isAround(places[0], place, file) {
		return "", "", false
	}
	module, ok = l.moduleFile(places[0])
	return module, name, ok
}

// isAround reports whether the package that a module's path begins with is one in which a file stands: it is the one that the file means,
// whatever folder is on the search path.
func isAround(place, module, file string) bool {
	top, _, _ := strings.Cut(module, "/")
	return strings.HasPrefix(file, strings.TrimSuffix(place, module)+top+"/")
}

// moduleFile returns the only file of the module or the package at a path without its extension.
func (l *library) moduleFile(place string) (file string, ok bool) {
	for _, candidate := range []string{place + ".py", place + "/__init__.py"} {
		if l.isThere(candidate) {
			file, ok = candidate, file == ""
		}
	}
	return file, ok
}

func (l *library) newModel(file, name string, depth int) *model {
	shape, ok := l.shape(file, name)
	switch {
	case !ok:
		return nil
	case shape.Means != "":
		return l.model(file, shape.Means, depth-1)
	case !shape.Class:
		return l.amongStars(file, name, shape.Stars, depth)
	}
	m := &model{names: []string{name}, members: make(map[string]bool), manages: shape.Manages}
	for _, member := range shape.Members {
		m.members[member] = false
	}
	for _, field := range shape.Fields {
		m.members[field] = true
	}
	for _, base := range shape.Bases {
		if members, ok := libraryBases[base]; ok {
			for _, member := range members {
				m.members[member] = true
			}
			continue
		}
		above := l.model(file, base, depth-1)
		if above == nil {
			return nil
		}
		m.names = append(m.names, above.names...)
		m.manages = m.manages || above.manages
		for member, isField := range above.members {
			m.members[member] = m.members[member] || isField
		}
	}
	return m
}

// libraryBases are well-known bases of models, with the fields that they bring.
// Sources: https://django-extensions.readthedocs.io/en/latest/model_extensions.html,
// https://django-model-utils.readthedocs.io/en/latest/models.html
var libraryBases = map[string][]string{
	"abc.ABC": nil, "builtins.object": nil, "django.db.models.Model": nil, "django.db.models.base.Model": nil,
	"django_extensions.db.models.TimeStampedModel": {"created", "modified", "update_modified"},
	"model_utils.models.TimeStampedModel":          {"created", "modified"},
}

// amongStars returns the model of a name that a module has from one of those of which it imports all.
func (l *library) amongStars(file, name string, stars []string, depth int) *model {
	var found *model
	for _, star := range stars {
		qualified := star + "." + name
		if strings.HasSuffix(star, ".") {
			qualified = star + name
		}
		module, _, ok := l.definer(file, qualified)
		if !ok {
			return nil
		}
		if shape, ok := l.shape(module, name); !ok {
			return nil
		} else if !shape.Class && shape.Means == "" && len(shape.Stars) == 0 {
			continue
		}
		m := l.model(file, qualified, depth-1)
		if m == nil || found != nil && found != m {
			return nil
		}
		found = m
	}
	return found
}

// shape returns what the module of a file says of a name. It returns false where that may be anything.
func (l *library) shape(file, name string) (django.Shape, bool) {
	raw, ok := l.text(file)
	if !ok {
		return django.Shape{}, false
	}
	source, err := python.Decode([]byte(raw))
	if err != nil {
		return django.Shape{}, false
	}
	bench := takeWorkbench()
	defer bench.put(source.Text)
	parsed := bench.parser.Parse(source.Text)
	if len(parsed.Errors) > 0 {
		return django.Shape{}, false
	}
	return django.NewFile(bench.resolver.Resolve(parsed), file).Shape(name)
}

// ofEveryModel are the names that Django gives every model, and those by which libraries add to models that are registered with them.
// Source: https://docs.djangoproject.com/en/5.2/ref/models/instances/
var ofEveryModel = map[string]bool{
	"id": true, "pk": true, "objects": true, "_default_manager": true, "_base_manager": true, "save": true, "asave": true, "save_base": true, "delete": true, "adelete": true,
	"refresh_from_db": true, "arefresh_from_db": true, "from_db": true, "full_clean": true, "clean": true, "clean_fields": true,
	"validate_unique": true, "validate_constraints": true, "unique_error_message": true, "date_error_message": true, "get_constraints": true,
	"get_deferred_fields": true, "serializable_value": true, "prepare_database_save": true, "check": true,
	"DoesNotExist": true, "MultipleObjectsReturned": true, "NotUpdated": true,
	"save_without_historical_record": true, "delete_without_historical_record": true, "skip_history_when_saving": true,
	"history": true, "tags": true, "translations": true, "versions": true,
}

// lacks reports whether a model has neither a name nor a field from whose name others are made: get_status_display, owner_id, title_en.
func (m *model) lacks(name string) bool {
	if _, has := m.members[name]; has || ofEveryModel[name] || strings.HasPrefix(name, "_") || strings.HasSuffix(name, "_set") {
		return false
	}
	for member, isField := range m.members {
		if isField && strings.Contains("_"+name+"_", "_"+member+"_") {
			return false
		}
	}
	return true
}
