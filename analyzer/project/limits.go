package project

import (
	"path"
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

// tellsOfLimits reports whether a module is one in which Django projects keep what checks uploads.
func tellsOfLimits(file string) bool {
	folder, base := path.Split(file)
	for _, name := range []string{strings.TrimSuffix(base, ".py"), path.Base(folder)} {
		switch name {
		case "forms", "serializers", "validators", "fields":
			return true
		}
		if name == "validation" || strings.HasSuffix(name, "_validation") || strings.HasSuffix(name, "_validators") {
			return true
		}
	}
	return false
}

// tellingOfLimits are words without one of which a module tells nothing of what checks uploads.
var tellingOfLimits = []string{".size", "._size", "FileField(", "ImageField("}

// addLimits takes what a module of forms, serializers, fields or validators says of the sizes of uploads.
func (r *Reader) addLimits(file string, raw []byte) {
	if !tells(raw, tellingOfLimits) {
		return // Most do not, and need no parsing.
	}
	source, err := python.Decode(raw)
	if err != nil {
		return
	}
	r.addCheckers(file, r.resolver.Resolve(r.parser.Parse(source.Text)))
}

// addCheckers takes what a module says of the sizes of uploads.
func (r *Reader) addCheckers(file string, f *names.File) {
	for _, checker := range django.NewFile(f, file).SizeCheckers() {
		checker.Name = strings.Clone(checker.Name)
		for i, name := range checker.Asks {
			checker.Asks[i] = strings.Clone(name)
		}
		checker.Model = strings.Clone(checker.Model)
		r.checkers = append(r.checkers, checker)
	}
}

// RefusesLarge reports whether a form, a serializer, a model, a field or a validator of the project refuses an upload for its size.
// It is false where nothing is known.
func (f *Facts) RefusesLarge(name string) bool { return f != nil && slices.Contains(f.Refusing, name) }

// RefusingAmong returns which of a file's own checkers refuse an upload for its size, also by what they ask of the project.
func (f *Facts) RefusingAmong(checkers []django.Checker) []string {
	if f == nil {
		return Refusing(checkers, nil)
	}
	return Refusing(checkers, f.Refusing)
}

// Refusing returns the names of the checkers that refuse an upload for its size, by themselves or by what they ask; others are known
// to do so. A name that several have counts if each of them does.
func Refusing(checkers []django.Checker, others []string) []string {
	list := make([]claim, len(checkers))
	for i, c := range checkers {
		list[i] = claim{c.Name, c.Refuses, c.Asks}
	}
	return saying(list, others)
}

// FilesBounded reports whether a form or a serializer of a model refuses an upload for its size, so that the files of its rows are
// small. It is false where nothing is known.
func (f *Facts) FilesBounded(model string) bool { return f != nil && slices.Contains(f.Bounded, model) }

// bounded returns the models whose forms or serializers are among those that refuse an upload for its size, sorted.
func bounded(checkers []django.Checker, refusing []string) []string {
	var models []string
	for _, c := range checkers {
		// One that refuses by what its model says of itself adds nothing: how much that allows, a form need not narrow.
		own := slices.DeleteFunc(slices.Clone(c.Asks), func(name string) bool { return name == c.Model })
		if c.Model != "" && (c.Refuses || slices.ContainsFunc(own, func(name string) bool { return slices.Contains(refusing, name) })) {
			models = append(models, c.Model)
		}
	}
	slices.Sort(models)
	return slices.Compact(models)
}
