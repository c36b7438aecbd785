// Package loopaccumulates reports loops that keep something of every pass in a container that nothing empties.
package loopaccumulates

import (
	_ "embed"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

//go:embed doc.md
var doc string

// Rule reports what an endless loop, a loop over a table or a loop over the pieces of a file collects.
var Rule = &analyzer.Rule{
	Name:       "loop-accumulates",
	Doc:        doc,
	Severity:   analyzer.Medium,
	Confidence: analyzer.MediumConfidence,
	Fix:        analyzer.NoFix,
	Status:     analyzer.Stable,
	Run:        run,
}

func run(pass *analyzer.Pass) {
	python.Walk(pass.Module.Node, func(node python.Node) bool {
		if loop, ok := node.(*python.While); ok {
			if isEndless(pass, loop) {
				endless(pass, loop)
			} else {
				pieces(pass, loop, loop.Body, piece(loop))
			}
		}
		return true
	})
	for _, loop := range pass.Loops {
		if isPieces(pass, loop) {
			target, _ := loop.Target.(*python.Name)
			pieces(pass, loop, loop.Body, target)
			continue
		}
		rows(pass, loop)
	}
}

// A collection is one place in a loop that adds to a container made before the loop.
type collection struct {
	name string
	use  names.Use
}

// collected returns what the statements of a loop add to local containers that were made before the loop and that
// nothing in it empties, replaces or measures.
func collected(pass *analyzer.Pass, loop python.Node, body []python.Stmt) []collection {
	var found []collection
	for _, stmt := range body {
		python.Walk(stmt, func(node python.Node) bool {
			switch n := node.(type) {
			case *python.FunctionDef, *python.Lambda, *python.ClassDef:
				return false
			case *python.Name:
				if use, ok := grows(pass, loop, n); ok {
					found = append(found, collection{name: n.Id, use: use})
				}
			}
			return true
		})
	}
	return found
}

// grows returns what a use of a name adds to the container behind it.
func grows(pass *analyzer.Pass, loop python.Node, name *python.Name) (names.Use, bool) {
	use := useOf(pass, name)
	if use.Kind != names.Grows && use.Kind != names.GrowsKeyed {
		return use, false
	}
	made := false
	for _, def := range pass.Reaching(name) {
		switch {
		case def.Kind == names.Augmented:
		case def.Kind != names.Assigned || loop.Range().Contains(def.Node.Range()) || !isContainer(pass, def.Value):
			return use, false
		default:
			made = true
		}
	}
	return use, made && !emptied(pass, loop, pass.Binding(name))
}

// useOf is names.UseOf, which knows no buffers.
func useOf(pass *analyzer.Pass, name *python.Name) names.Use {
	use := pass.UseOf(name)
	if use.Kind == names.Reads && use.Method == "write" {
		if call, ok := use.Node.(*python.Call); ok && len(call.Args) == 1 {
			use.Kind, use.Value = names.Grows, call.Args[0]
		}
	}
	return use
}

// isContainer reports whether an expression makes an empty container, text or buffer in memory.
func isContainer(pass *analyzer.Pass, expr python.Expr) bool {
	switch pass.Container(expr) {
	case names.NoContainer, names.BoundedContainer:
	default:
		return true
	}
	switch e := expr.(type) {
	case *python.Constant:
		return (e.Kind == python.Str || e.Kind == python.Bytes) && len(e.Raw) <= len(`b""`)
	case *python.Call:
		switch pass.Qualified(e.Func) {
		case "builtins.bytearray", "io.BytesIO", "io.StringIO", "builtins.bytes", "builtins.str":
			return len(e.Args) == 0
		}
	}
	return false
}

// emptied reports whether something in a loop takes out of a container, replaces it or looks at its size.
func emptied(pass *analyzer.Pass, loop python.Node, binding *names.Binding) bool {
	for _, def := range binding.Definitions {
		if def.Kind != names.Augmented && loop.Range().Contains(def.Node.Range()) {
			return true
		}
	}
	for _, use := range binding.Uses {
		if !loop.Range().Contains(use.Range()) {
			continue
		}
		switch u := pass.UseOf(use); {
		case u.Kind == names.Prunes, u.Kind == names.Rebinds, u.Kind == names.Measures:
			return true
		case u.Method == "truncate", u.Method == "tell", u.Method == "getbuffer":
			return true
		case isLength(pass, u):
			return true
		}
	}
	return false
}

// isLength reports whether a use asks for the length: nobody asks it of what may grow without an end.
func isLength(pass *analyzer.Pass, use names.Use) bool {
	call, ok := use.Node.(*python.Call)
	return ok && pass.Qualified(call.Func) == "builtins.len"
}
