package django

import (
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer/python"
)

// A Scale says how many rows a model's table is likely to have, by what the model's name says its rows are.
type Scale uint8

// The scales.
const (
	// UnknownScale is that of most models: only those who run the project know.
	UnknownScale Scale = iota
	// Configured tables hold what people set up by hand, and stay small: roles, plugins, projects, schedules.
	Configured
	// Collected tables hold what use brings in, and grow with it: users, orders, messages, files, logs.
	Collected
)

// Scale returns how many rows the table behind a QuerySet is likely to have.
func (f *File) Scale(q *QuerySet) Scale {
	model := f.ModelName(q)
	scale := scaleOf(model)
	if scale == Configured && isStateOf(q, model) {
		return UnknownScale
	}
	if scale != UnknownScale {
		return scale
	}
	switch apps := collectedIn[model]; {
	case apps != nil && f.isOfApp(q, apps):
		return Collected
	case f.isIndexed(model):
		return Configured
	}
	return UnknownScale
}

// isStateOf reports whether a model that is called a status has one row for each thing that is in a state, and not for each state: its rows
// are asked for by what state they have, as in DeliveryStatus.objects.exclude(state="lost").
func isStateOf(q *QuerySet, model string) bool {
	return (strings.HasSuffix(model, "Status") || strings.HasSuffix(model, "State")) && slices.ContainsFunc(q.Steps, func(step Step) bool {
		return (step.Method == "filter" || step.Method == "exclude") && slices.ContainsFunc(step.Call.Keywords, func(k *python.Keyword) bool {
			column, _, _ := strings.Cut(k.Name, "__")
			return (column == "state" || column == "status") && !isNone(k.Value)
		})
	})
}

// isIndexed reports whether the file puts the whole table of a model into a dict by what people call its rows:
// {kind.slug: kind for kind in Kind.objects.all()}. Whoever does so knows that they are few.
func (f *File) isIndexed(model string) bool {
	return model != "" && slices.ContainsFunc(f.Comprehensions, func(clause *python.Comprehension) bool {
		dict, ok := f.Parent(clause).(*python.DictComp)
		if !ok || len(clause.Ifs) > 0 {
			return false
		}
		key, ok := dict.Key.(*python.Attribute)
		if !ok || !HoldsRow(key.Value, clause.Target) || !appellations[key.Attr] {
			return false
		}
		rows := f.QuerySet(clause.Iter)
		return rows != nil && !rows.Given && !rows.Related && !rows.conditional() && f.ModelName(rows) == model
	})
}

// appellations are columns with what people call a row.
var appellations = map[string]bool{"slug": true, "name": true, "code": true, "key": true, "label": true, "codename": true, "identifier": true}

// isOfApp reports whether a model's module or the file at hand belongs to an app of one of the names.
func (f *File) isOfApp(q *QuerySet, apps []string) bool {
	parts := strings.Split(f.Path, "/")
	if access, ok := q.Root.(*python.Attribute); ok {
		parts = append(parts, strings.Split(f.Qualified(access.Value), ".")...)
	}
	return slices.ContainsFunc(parts, func(part string) bool { return slices.Contains(apps, part) })
}

func scaleOf(model string) Scale {
	model = stem(model)
	if owner, ok := strings.CutSuffix(model, "Profile"); ok && (endsIn(configured, owner) || endsIn(personnel, owner) || smallTable(owner)) {
		return Configured // One for each.
	}
	switch {
	case model == "":
		return UnknownScale
	case strings.HasPrefix(model, "Historical"):
		return Collected // Every change of a row makes one.
	case smallTable(model) || endsIn(configured, model):
		return Configured
	case endsIn(edited, model):
		return UnknownScale
	case speaksForItself(model), endsIn(mostly, model):
		return Collected
	}
	return UnknownScale
}

// speaksForItself reports whether the name of a model alone says that use brings its rows.
func speaksForItself(model string) bool {
	return strings.HasPrefix(model, "Historical") || endsIn(collected, model) || isOneOf(alone, model)
}

// SpeaksForItself reports whether what the model behind a QuerySet is called says that use brings its rows in nearly every project
// that has one of that name.
func (f *File) SpeaksForItself(q *QuerySet) bool {
	model := f.ModelName(q)
	return speaksForItself(stem(model)) || collectedIn[model] != nil && f.Scale(q) == Collected
}

// MerelyProducts reports whether a QuerySet is of products of which nothing but the name of their app says that they are a shop's.
func (f *File) MerelyProducts(q *QuerySet) bool {
	return f.ModelName(q) == "Product" && !f.isOfApp(q, shops)
}

// IsSession reports whether a QuerySet is of the model in which Django itself keeps sessions, whatever the project calls its own. Nothing
// refers to its rows.
func (f *File) IsSession(q *QuerySet) bool {
	manager, ok := q.Root.(*python.Attribute)
	return ok && strings.HasPrefix(f.Qualified(manager.Value), "django.contrib.sessions.")
}

// IsAccount reports whether a model is by its name the one of those who sign in: User, CustomUser.
func IsAccount(model string) bool {
	return strings.EqualFold(model, "User") || strings.EqualFold(model, "CustomUser")
}

// endsIn reports whether a model's name ends in one of the words. Names that have no capitals, as get_model() allows, are
// compared without; a short word may stand at their end by chance, as line does in timeline.
func endsIn(words []string, model string) bool {
	lower := model == strings.ToLower(model)
	return slices.ContainsFunc(words, func(word string) bool {
		if !lower {
			return strings.HasSuffix(model, word)
		}
		word = strings.ToLower(word)
		return model == word || len(word) > len("line") && strings.HasSuffix(model, word)
	})
}

// isOneOf reports whether a model has one of the names, in capitals or without, as get_model() allows.
func isOneOf(names []string, model string) bool {
	return slices.ContainsFunc(names, func(name string) bool { return strings.EqualFold(model, name) })
}
