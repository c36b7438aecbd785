// Package classattributegrowth reports containers of a class body that its objects fill.
package classattributegrowth

import (
	_ "embed"
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/growth"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

//go:embed doc.md
var doc string

// Rule reports a list, a dict or a set in a class body that a method grows.
var Rule = &analyzer.Rule{
	Name:       "class-attribute-growth",
	Doc:        doc,
	Severity:   analyzer.High,
	Confidence: analyzer.HighConfidence,
	Fix:        analyzer.UnsafeFix,
	Status:     analyzer.Stable,
	Triggers:   []string{"class "},
	Run:        run,
}

func run(pass *analyzer.Pass) {
	for _, class := range pass.Classes {
		if pass.Singleton(class) != "" || pass.IsEnum(class) {
			continue
		}
		for _, h := range growth.OfClassBody(pass.File, class) {
			for _, g := range growth.First(h.Growing(pass.File, pass.RunsAgain)) {
				pass.Report(diagnose(pass, class, h, g))
			}
		}
	}
}

func diagnose(pass *analyzer.Pass, class *names.Class, h growth.Holder, g growth.Growth) analyzer.Diagnostic {
	d := analyzer.Diagnostic{
		Span:    g.Node.Range(),
		Message: "`" + h.Name + "` belongs to the class " + class.Name + " and keeps " + growth.Kept(pass.File, g.Use.Use, "call") + ": all objects share it",
	}
	confidence := confidence(pass, class, g)
	d.Confidence = &confidence
	d.Preview = !knowsBases(pass, class) || pass.DevelopersTool(g.Node) || !g.AddsEachTime() && !isKeyedByRow(pass, g) || fillsOnMaking(pass, g.Function) && !isMadeAgain(pass, g.Function.Class)
	if !throughObject(pass, g) {
		d.Remedy = "from django.core.cache import cache\n\ncache.set(key, value, timeout=300)  # instead of " + class.Name + "." + h.Name + "\n"
	} else if fix, ok := ownContainer(pass, class, h); ok {
		d.Fixes = []analyzer.SuggestedFix{fix}
	} else {
		d.Remedy = remedy(pass, class, h)
	}
	return d
}

// knowsBases reports whether all that a class derives from is at hand or Django's: any other may give each object a container of
// its own, and take the one in the class body for a default.
func knowsBases(pass *analyzer.Pass, class *names.Class) bool {
	return !slices.ContainsFunc(pass.Ancestors(class), func(base string) bool {
		return pass.LocalClass(base) == nil && !strings.HasPrefix(base, "builtins.") && !strings.HasPrefix(base, "django.") && !strings.HasPrefix(base, "rest_framework.")
	})
}

// isKeyedByRow reports whether a container has something for each row of a table.
func isKeyedByRow(pass *analyzer.Pass, g growth.Growth) bool {
	if g.Key == nil {
		return false
	}
	row := false
	python.Walk(pass.Deref(g.Key), func(node python.Node) bool {
		access, ok := node.(*python.Attribute)
		row = row || ok && (access.Attr == "id" || access.Attr == "pk")
		return !row
	})
	return row
}

// fillsOnMaking reports whether a method runs while an object is made, and for nothing else.
func fillsOnMaking(pass *analyzer.Pass, fn *names.Function) bool {
	switch {
	case fn.Class == nil:
		return false
	case fn.Name == "__init__":
		return true
	}
	calls := pass.References(fn)
	return len(calls) > 0 && !slices.ContainsFunc(calls, func(call python.Expr) bool {
		caller := pass.FunctionAt(call)
		return caller == nil || caller.Name != "__init__"
	})
}

// isMadeAgain reports whether objects of a class are made again and again: by Django, or by functions of this file.
func isMadeAgain(pass *analyzer.Pass, class *names.Class) bool {
	if isOfOneRequest(pass, class) {
		return true
	}
	binding := pass.Module.Lookup(class.Name)
	return binding != nil && slices.ContainsFunc(binding.Uses, func(use *python.Name) bool {
		call, ok := pass.Parent(use).(*python.Call)
		return ok && call.Func == python.Expr(use) && pass.RunsAgain(pass.FunctionAt(use))
	})
}

// confidence is high where Django makes a new object for each request, so that what is meant for one request is surely
// shared. On other classes the container may be meant to be shared.
func confidence(pass *analyzer.Pass, class *names.Class, g growth.Growth) analyzer.Confidence {
	if g.Variety != growth.Many {
		return analyzer.LowConfidence
	}
	if isOfOneRequest(pass, class) && throughObject(pass, g) {
		return analyzer.HighConfidence
	}
	return analyzer.MediumConfidence
}

// isOfOneRequest reports whether Django makes a new object of a class for each request or connection.
func isOfOneRequest(pass *analyzer.Pass, class *names.Class) bool {
	switch pass.ClassKind(class) {
	case django.View, django.Form, django.Serializer, django.Consumer:
		return true
	}
	return false
}

// isReachedThroughClass reports whether the file reaches an attribute through the class too, and so shares it on purpose.
func isReachedThroughClass(pass *analyzer.Pass, class *names.Class, name string) bool {
	return slices.ContainsFunc(pass.AttributesNamed(name), func(access *python.Attribute) bool {
		receiver, ok := access.Value.(*python.Name)
		return ok && (receiver.Id == class.Name || receiver.Id == "cls")
	})
}

// throughObject reports whether the container is reached as self.name, which reads as if it were the object's own.
func throughObject(pass *analyzer.Pass, g growth.Growth) bool {
	access, ok := g.Expr.(*python.Attribute)
	if !ok {
		return false
	}
	receiver, ok := access.Value.(*python.Name)
	return ok && receiver.Id == g.Function.Self() && !slices.ContainsFunc(g.Function.Decorators, func(d python.Expr) bool {
		return pass.Qualified(d) == "builtins.classmethod"
	})
}

// ownContainer gives each object a container of its own in the class's __init__.
func ownContainer(pass *analyzer.Pass, class *names.Class, h growth.Holder) (analyzer.SuggestedFix, bool) {
	construct := class.Method("__init__")
	if !isOfOneRequest(pass, class) || isReachedThroughClass(pass, class, h.Name) || construct == nil || construct.Self() == "" || strings.Contains(pass.Text(h.Initial), "\n") {
		return analyzer.SuggestedFix{}, false
	}
	edit, ok := pass.Prepend(construct.Body, construct.Self()+"."+h.Name+" = "+pass.Text(h.Initial))
	if !ok {
		return analyzer.SuggestedFix{}, false
	}
	return analyzer.SuggestedFix{
		Message: "Give each " + class.Name + " its own `" + h.Name + "` in __init__",
		Kind:    analyzer.UnsafeFix,
		Check:   "Is `" + h.Name + "` meant for one " + class.Name + ", and not shared by all of them on purpose?",
		Edits:   []analyzer.TextEdit{edit},
	}, true
}

// remedy shows where an object of that kind of class gets a container of its own.
func remedy(pass *analyzer.Pass, class *names.Class, h growth.Holder) string {
	initial := pass.Text(h.Initial)
	if strings.Contains(initial, "\n") {
		initial = "..."
	}
	assignment := "        self." + h.Name + " = " + initial + "\n"
	if pass.ClassKind(class) == django.View {
		return "class " + class.Name + "(...):\n    def setup(self, request, *args, **kwargs):\n" +
			"        super().setup(request, *args, **kwargs)\n" + assignment
	}
	return "class " + class.Name + "(...):\n    def __init__(self, *args, **kwargs):\n        super().__init__(*args, **kwargs)\n" + assignment
}
