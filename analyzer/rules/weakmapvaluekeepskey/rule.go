// Package weakmapvaluekeepskey reports weak dictionaries whose values keep their keys alive.
package weakmapvaluekeepskey

import (
	_ "embed"
	"slices"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

//go:embed doc.md
var doc string

// Rule reports an entry of a WeakKeyDictionary whose value refers to its key.
var Rule = &analyzer.Rule{
	Name:       "weak-map-value-keeps-key",
	Doc:        doc,
	Severity:   analyzer.Medium,
	Confidence: analyzer.MediumConfidence,
	Status:     analyzer.Stable,
	Triggers:   []string{"WeakKeyDictionary"},
	Run:        run,
}

func run(pass *analyzer.Pass) {
	for _, call := range pass.Calls {
		if pass.Qualified(call.Func) != "weakref.WeakKeyDictionary" {
			continue
		}
		for _, use := range uses(pass, call) {
			if use.Kind == names.GrowsKeyed && use.Key != nil && use.Value != nil {
				check(pass, use)
			}
		}
	}
}

// uses returns what the file does to the dictionary that a call makes, by its variable or its attribute.
func uses(pass *analyzer.Pass, call *python.Call) []names.Use {
	var list []names.Use
	var target python.Expr
	switch stmt := pass.Parent(call).(type) {
	case *python.Assign:
		target = stmt.Targets[0]
	case *python.AnnAssign:
		target = stmt.Target
	}
	switch t := target.(type) {
	case *python.Name:
		if class := pass.ClassAt(t); class != nil && pass.FunctionAt(t) == nil {
			return ofAttribute(pass, t.Id)
		}
		if binding := pass.Binding(t); binding != nil {
			for _, use := range binding.Uses {
				list = append(list, pass.UseOf(use))
			}
		}
	case *python.Attribute:
		return ofAttribute(pass, t.Attr)
	}
	return list
}

func ofAttribute(pass *analyzer.Pass, name string) []names.Use {
	var list []names.Use
	for _, access := range pass.AttributesNamed(name) {
		list = append(list, pass.UseOf(access))
	}
	return list
}

func check(pass *analyzer.Pass, use names.Use) {
	key, ok := use.Key.(*python.Name)
	if !ok {
		return
	}
	confidence, held := holds(pass, use.Value, key)
	if !held {
		return
	}
	pass.Report(analyzer.Diagnostic{
		Span: use.Node.Range(),
		Message: "The value under `" + key.Id + "` in `" + pass.Text(use.Expr) + "` refers to `" + key.Id +
			"` itself: neither of them ever goes",
		Confidence: &confidence,
		Remedy:     pass.Text(use.Expr) + "[" + key.Id + "] = ...  # what is computed from " + key.Id + ", or weakref.ref(" + key.Id + ")\n",
	})
}

// holds reports whether a value holds a key, and how surely: a container with the key in it, a method of it and a
// function that closes over it do; an object that is made with it most likely does.
func holds(pass *analyzer.Pass, value python.Expr, key *python.Name) (analyzer.Confidence, bool) {
	same := func(expr python.Expr) bool {
		name, ok := expr.(*python.Name)
		return ok && pass.Binding(name) == pass.Binding(key) && name.Id == key.Id
	}
	switch v := pass.Deref(value).(type) {
	case *python.Name:
		return analyzer.HighConfidence, same(v)
	case *python.Tuple:
		return analyzer.HighConfidence, slices.ContainsFunc(v.Elts, same)
	case *python.List:
		return analyzer.HighConfidence, slices.ContainsFunc(v.Elts, same)
	case *python.Dict:
		return analyzer.HighConfidence, slices.ContainsFunc(v.Values, same) || slices.ContainsFunc(v.Keys, same)
	case *python.Lambda:
		return analyzer.HighConfidence, mentions(v.Body, same)
	case *python.Attribute:
		return analyzer.LowConfidence, same(v.Value)
	case *python.Call:
		return ofCall(pass, v, same)
	}
	return analyzer.LowConfidence, false
}

func ofCall(pass *analyzer.Pass, call *python.Call, same func(python.Expr) bool) (analyzer.Confidence, bool) {
	at := slices.IndexFunc(call.Args, same)
	keyword := slices.IndexFunc(call.Keywords, func(k *python.Keyword) bool { return same(k.Value) })
	if at < 0 && keyword < 0 {
		return analyzer.LowConfidence, false
	}
	name := pass.Qualified(call.Func)
	if name == "functools.partial" {
		return analyzer.HighConfidence, true
	}
	class := pass.LocalClass(name)
	if class == nil {
		return analyzer.LowConfidence, looksLikeClass(call.Func)
	}
	construct := class.Method("__init__")
	if construct == nil {
		return analyzer.LowConfidence, true
	}
	param := ""
	if keyword >= 0 {
		param = call.Keywords[keyword].Name
	} else if params := construct.Params(); at+1 < len(params) {
		param = params[at+1].Name
	}
	return analyzer.MediumConfidence, keeps(pass, construct, param)
}

// keeps reports whether a constructor puts a parameter on the object.
func keeps(pass *analyzer.Pass, construct *names.Function, param string) bool {
	for node := range pass.Own(construct) {
		stmt, ok := node.(*python.Assign)
		if !ok {
			continue
		}
		value, ok := stmt.Value.(*python.Name)
		_, attribute := stmt.Targets[0].(*python.Attribute)
		if ok && attribute && value.Id == param {
			return true
		}
	}
	return false
}

func looksLikeClass(callee python.Expr) bool {
	name := ""
	switch e := callee.(type) {
	case *python.Name:
		name = e.Id
	case *python.Attribute:
		name = e.Attr
	}
	return name != "" && name[0] >= 'A' && name[0] <= 'Z'
}

func mentions(expr python.Expr, same func(python.Expr) bool) bool {
	found := false
	python.Walk(expr, func(node python.Node) bool {
		if e, ok := node.(python.Expr); ok && same(e) {
			found = true
		}
		return !found
	})
	return found
}
