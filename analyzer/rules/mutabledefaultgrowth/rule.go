// Package mutabledefaultgrowth reports parameters whose default is a container that the function fills.
package mutabledefaultgrowth

import (
	_ "embed"
	"slices"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/growth"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/pattern"
	"github.com/djleak/djleak/analyzer/python"
)

//go:embed doc.md
var doc string

// Rule reports a list, a dict or a set as the default of a parameter that the function adds to.
var Rule = &analyzer.Rule{
	Name:       "mutable-default-growth",
	Doc:        doc,
	Severity:   analyzer.Medium,
	Confidence: analyzer.HighConfidence,
	Fix:        analyzer.UnsafeFix,
	Status:     analyzer.Stable,
	Triggers:   []string{"=[", "={", "= []", "= {}", "=list()", "=dict()", "=set()", "= list()", "= dict()", "= set()", "=defaultdict", "= defaultdict"},
	Run:        run,
}

func run(pass *analyzer.Pass) {
	for _, fn := range pass.Functions {
		// A function inside another gets its defaults anew with every call of the outer one.
		if fn.Parent != nil {
			continue
		}
		for param, value := range defaults(fn) {
			if h, ok := growth.OfDefault(pass.File, fn, param, value); ok {
				check(pass, fn, param, h)
			}
		}
	}
}

// defaults yields the parameters that have a default, with it.
func defaults(fn *names.Function) func(yield func(*python.Arg, python.Expr) bool) {
	return func(yield func(*python.Arg, python.Expr) bool) {
		positional := slices.Concat(fn.Args.Posonlyargs, fn.Args.Args)
		without := len(positional) - len(fn.Args.Defaults)
		for i, value := range fn.Args.Defaults {
			if !yield(positional[without+i], value) {
				return
			}
		}
		for i, value := range fn.Args.KwDefaults {
			if value != nil && !yield(fn.Args.Kwonlyargs[i], value) {
				return
			}
		}
	}
}

func check(pass *analyzer.Pass, fn *names.Function, param *python.Arg, h growth.Holder) {
	h.Uses = slices.DeleteFunc(slices.Clone(h.Uses), func(use growth.Use) bool {
		grows := use.Kind == names.Grows || use.Kind == names.GrowsKeyed
		return grows && (beyondDefault(pass, param, use.Node) || mergesFixed(pass, use))
	})
	always := func(*names.Function) bool { return true }
	d := analyzer.Diagnostic{Span: h.Initial.Range()}
	shared := "The default of `" + h.Name + "` is one object for all calls of " + fn.QualifiedName + ", which adds to it"
	growing := slices.DeleteFunc(growth.First(h.Growing(pass.File, always)), func(g growth.Growth) bool {
		_, isList := h.Initial.(*python.List)
		return isList && g.Method == "add" // Lists have no such method: callers pass a set.
	})
	remembers := h.Remembers(pass.File) || remembering.MatchString(h.Name)
	switch {
	case len(growing) > 0:
		d.Message = shared + ": it keeps " + growth.Kept(pass.File, growing[0].Use.Use, "call")
	case !remembers && setsKeys(pass, h):
		low := analyzer.Low
		d.Severity = &low
		d.Preview = true // Most callers pass their own, or each call writes it anew.
		d.Message = shared + ": each call sees what the last one left"
	default:
		return
	}
	switch callers(pass, fn, param) {
	case onlyAtImport:
		return // The container is filled once, and that is what it is for.
	case unseen, allPassTheirOwn, mayLeaveItOut:
		d.Preview = true
	case someLeaveItOut:
		// What remembers results does so on purpose, and where keys may be few they soon are all there.
		d.Preview = d.Preview || remembers || growing[0].Variety != growth.Many || !pass.RunsAgain(fn)
	}
	if remembers {
		// The function remembers results on purpose.
		confidence := analyzer.MediumConfidence
		if growing[0].Variety != growth.Many {
			confidence = analyzer.LowConfidence
		}
		d.Confidence = &confidence
		d.Remedy = "@lru_cache(maxsize=1024)\ndef " + fn.Name + "(...):\n    ...\n"
	} else if fix, ok := none(pass, fn, param, h.Initial); ok {
		d.Fixes = []analyzer.SuggestedFix{fix}
	} else {
		d.Remedy = h.Name + " = " + pass.Text(h.Initial) + " if " + h.Name + " is None else " + h.Name + "  # and the default None\n"
	}
	pass.Report(d)
}

// remembering is in the names of containers that are meant to remember.
var remembering = pattern.New(`(?i)cache|memo`)

// setsKeys reports whether the function puts something under keys, of which there are few where the container does not
// grow, and leaves it there.
func setsKeys(pass *analyzer.Pass, h growth.Holder) bool {
	var taken []string
	for _, use := range h.Uses {
		if use.Kind == names.Rebinds {
			return false
		}
		if use.Kind == names.Prunes {
			taken = append(taken, takenOut(pass, use.Use))
		}
	}
	return slices.ContainsFunc(h.Uses, func(use growth.Use) bool {
		return use.Kind == names.GrowsKeyed && !isAlwaysSame(pass, use) && !growth.Replaces(pass.File, use) && !slices.Contains(taken, all) && (use.Key == nil || !slices.Contains(taken, pass.Text(use.Key)))
	})
}

// beyondDefault reports whether a node is met only where the parameter holds something already, which an empty default never does:
// if "request" in context.
func beyondDefault(pass *analyzer.Pass, param *python.Arg, node python.Node) bool {
	for branch, holds := range pass.Branches(node) {
		if holds && asksForContent(branch.Test, param.Name) {
			return true
		}
	}
	return false
}

// asksForContent reports whether a test holds only if a container has something in it.
func asksForContent(test python.Expr, container string) bool {
	isIt := func(expr python.Expr) bool {
		name, ok := expr.(*python.Name)
		return ok && name.Id == container
	}
	switch t := test.(type) {
	case *python.Name:
		return isIt(t)
	case *python.Compare:
		return len(t.Ops) == 1 && t.Ops[0] == python.In && isIt(t.Comparators[0])
	case *python.BoolOp:
		return t.Op == python.And && slices.ContainsFunc(t.Values, func(value python.Expr) bool { return asksForContent(value, container) })
	}
	return false
}

// mergesFixed reports whether a use puts the same few keys in each time: params.update(DEFAULTS).
func mergesFixed(pass *analyzer.Pass, use growth.Use) bool {
	_, augmented := use.Node.(*python.AugAssign)
	if use.Value == nil || use.Method != "update" && (!augmented || use.Key != nil) {
		return false
	}
	merged := pass.Deref(use.Value)
	if call, ok := merged.(*python.Call); ok {
		if fn := pass.FunctionOf(call.Func); fn != nil {
			results, generator := fn.Results()
			return len(results) > 0 && !generator && !slices.ContainsFunc(results, func(result python.Expr) bool { return !hasFixedKeys(pass, result) })
		}
	}
	return hasFixedKeys(pass, merged)
}

// hasFixedKeys reports whether an expression makes a dict whose keys the code names.
func hasFixedKeys(pass *analyzer.Pass, expr python.Expr) bool {
	switch e := expr.(type) {
	case *python.Dict:
		return !slices.ContainsFunc(e.Keys, func(key python.Expr) bool {
			_, constant := key.(*python.Constant)
			return !constant
		})
	case *python.Call:
		return pass.Qualified(e.Func) == "builtins.dict" && len(e.Args) == 0 &&
			!slices.ContainsFunc(e.Keywords, func(k *python.Keyword) bool { return k.Name == "" })
	}
	return false
}

// isAlwaysSame reports whether every call puts the same value under the same key, so that none sees what another left.
func isAlwaysSame(pass *analyzer.Pass, use growth.Use) bool {
	_, sameKey := use.Key.(*python.Constant)
	_, sameValue := use.Value.(*python.Constant)
	if !sameKey || !sameValue {
		return false
	}
	for node := pass.Parent(use.Node); node != nil; node = pass.Parent(node) {
		switch node.(type) {
		case *python.If, *python.Try, *python.For, *python.While, *python.IfExp, *python.Match:
			return false
		case *python.FunctionDef:
			return true
		}
	}
	return false
}

// all stands for every key.
const all = "*"

// takenOut returns the source of the key that a use takes out, or all.
func takenOut(pass *analyzer.Pass, use names.Use) string {
	switch node := use.Node.(type) {
	case *python.Call:
		if use.Method == "pop" && len(node.Args) > 0 {
			return pass.Text(node.Args[0])
		}
	case *python.Delete:
		if subscript, ok := pass.Parent(use.Expr).(*python.Subscript); ok {
			return pass.Text(subscript.Slice)
		}
	}
	return all
}
