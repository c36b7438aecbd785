package analyzer

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/pattern"
)

// adds reports whether other code of the repository may give a model or its rows a name: a relation back from another model, or what
// sets attributes.
func (l *library) adds(m *model, name string) bool {
	var mu sync.Mutex
	var classes []string
	if l.anyModule(func(_, text string) bool {
		back, made := relatesBack(text, name)
		if m.isHandedDown(text) {
			made = append(made, name)
		}
		mu.Lock()
		classes = append(classes, made...)
		mu.Unlock()
		return back || sets(text, m.names[0], name)
	}) {
		return true
	}
	return l.anyModule(func(_, text string) bool {
		return definesOneOf(text, classes) || definesOneOf(text, []string{name}) && m.isNamed(text)
	})
}

// abstract matches what makes a class a base of other models.
var abstract = pattern.New(`\babstract\s*=\s*True\b`)

// isHandedDown reports whether a text has an abstract class that names a model, or more of them than anybody looks at: what refers to the
// model may inherit that from it.
func (m *model) isHandedDown(text string) bool {
	if !m.isNamed(text) {
		return false
	}
	places := abstract.Regexp().FindAllStringIndex(text, maxPlaces+1)
	return len(places) > maxPlaces || slices.ContainsFunc(places, func(at []int) bool {
		body := text[max(0, strings.LastIndex(text[:at[0]], "\nclass ")):]
		if end := behindClass.Regexp().FindStringIndex(body[1:]); end != nil {
			body = body[:end[0]+1]
		}
		return m.isNamed(body)
	})
}

// isNamed reports whether a text names a model or one of its bases, as what refers to it does.
func (m *model) isNamed(text string) bool {
	return slices.ContainsFunc(m.names, func(name string) bool {
		for range django.Words(text, name) {
			return true
		}
		return false
	})
}

// definesOneOf reports whether a text defines a class from whose name Django makes that of a relation back: an Invoice is the invoice of
// the order that it refers to.
func definesOneOf(text string, classes []string) bool {
	text = strings.ToLower(text)
	return slices.ContainsFunc(classes, func(class string) bool {
		for start := range django.Words(text, strings.ToLower(class)) {
			if strings.HasSuffix(text[:start], "class ") {
				return true
			}
		}
		return false
	})
}

// relatedName matches what names a relation back, and the start of its name: related_name="lines", {"related_name": "lines"}.
var relatedName = pattern.New(`related_(?:query_)?name(?:\s*=|['"]\s*[:,]|['"]\]\s*=)\s*(None\b|related_\w*name\b|[a-zA-Z]?"[^"\n]*"|[a-zA-Z]?'[^'\n]*'|)`)

// relatesBack reports whether a text gives a name to a relation back, as related_name="lines" does, and returns the classes that
// would have to be there for related_name="%(class)s_lines" to give it. What a text neither spells nor takes from who calls it may be any
// name.
func relatesBack(text, name string) (back bool, classes []string) {
	if !strings.Contains(text, "related_") {
		return false, nil
	}
	for _, match := range relatedName.Regexp().FindAllStringSubmatch(text, -1) {
		value := match[1]
		switch quote := strings.IndexAny(value, `"'`); {
		case value == "None":
		case strings.HasPrefix(value, "related_"): // A parameter: who calls may give it by its place.
			back = back || strings.Contains(text, `"`+name+`"`) || strings.Contains(text, "'"+name+"'")
		case quote < 0 || value[0] == 'f':
			back = true
		case strings.Contains(value, "%("):
			if class, ok := classIn(value[quote+1:len(value)-1], name); ok {
				classes = append(classes, class)
			}
		default:
			back = back || value[quote+1:len(value)-1] == name
		}
	}
	return back, classes
}

// filledIn are what Django fills in for the parts of a related name that it knows.
// Source: https://docs.djangoproject.com/en/5.2/topics/db/models/#abstract-related-name
var filledIn = strings.NewReplacer(`%\(class\)s`, `([a-z0-9]+)`, `%\(model_name\)s`, `([a-z0-9]+)`, `%\(app_label\)s`, `\w+`)

// classIn returns the class for which Django makes a name of a related name such as %(app_label)s_%(class)s_lines.
func classIn(related, name string) (class string, ok bool) {
	expression, err := regexp.Compile("^" + filledIn.Replace(regexp.QuoteMeta(related)) + "$")
	if err != nil {
		return "", false
	}
	switch match := expression.FindStringSubmatch(name); {
	case match == nil:
		return "", false
	case len(match) == 1: // No class is a part of it.
		return name, true
	default:
		return match[1], true
	}
}

// sets reports whether a text sets an attribute on a class, or on what a signal hands on: Order.total = ..., Order.add_to_class("total", ...),
// instance.total = ... That of a form, form.instance.total, is no other code's row.
func sets(text, class, name string) bool {
	for start := range django.Words(text, name) {
		before, behind := text[:start], strings.TrimLeft(text[start+len(name):], " ")
		switch {
		case strings.HasSuffix(before, class+"."), strings.HasSuffix(before, "instance.") && !strings.HasSuffix(before, ".instance."):
			if strings.HasPrefix(behind, "=") && !strings.HasPrefix(behind, "==") {
				return true
			}
		case strings.HasSuffix(before, `"`), strings.HasSuffix(before, "'"):
			line := before[strings.LastIndexByte(before, '\n')+1:]
			if strings.Contains(line, "setattr(") || strings.Contains(line, "add_to_class(") {
				return true
			}
		}
	}
	return false
}
